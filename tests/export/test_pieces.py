"""A book in pieces, and the names of their files."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.export.assemble import assemble_book
from editor.export.book import Part
from editor.export.pieces import file_stem, split_chapters
from editor.export.profile import CHAPTER_FILES, MARKDOWN, TEXT, Profile
from editor.export.registry import export_bytes, export_files
from editor.manuscript.manuscript import Manuscript
from editor.markup.lines import split_lines
from tests.export.test_registry import texts

STORY = "Title: The Weir\nAuthor: N.\n\nPart One\n\n/Chapter One/\n\nRain.\n\n* * *\n\nMore.\n\n/Chapter Two/\n\nDry.\n"


def names(text, **choices):
    profile = Profile("x", renderer=TEXT, files=CHAPTER_FILES, **choices)
    return list(export_files(Manuscript(split_lines(text)), profile))


def test_each_chapter_is_a_file_with_its_number_and_title():
    assert names(STORY) == ["1 Chapter One.txt", "2 Chapter Two.txt"]


def test_numbers_of_files_are_padded_so_that_they_sort():
    many = "".join(f"/Chapter {number}/\n\nRain.\n\n" for number in range(1, 12))
    assert names(many)[:2] == ["01 Chapter 1.txt", "02 Chapter 2.txt"]
    assert names(many) == sorted(names(many))


def test_the_first_file_has_the_title_and_the_author():
    profile = Profile("x", renderer=MARKDOWN, files=CHAPTER_FILES)
    first, second = export_files(Manuscript(split_lines(STORY)), profile).values()
    assert first.decode().startswith("# The Weir\n\nN.\n\n")
    assert "N." not in second.decode()


def test_a_story_without_chapters_is_one_file_named_after_it():
    assert names("Title: Low Water\n\nRain.\n") == ["1 Low Water.txt"]
    assert names("Rain.\n") == ["1 Rain.txt"]
    assert names("") == ["1 Untitled.txt"]


def test_a_chapter_of_which_nothing_leaves_has_no_file():
    text = "/Chapter One/\n\n[[export: no]]\nNothing.\n\n/Chapter Two/\n\nDry.\n"
    assert names(text, include_headings=False) == ["1 Chapter Two.txt"]


def test_one_file_is_what_other_profiles_make():
    whole = Manuscript(split_lines(STORY))
    profile = Profile("x", renderer=TEXT)
    assert export_files(whole, profile) == {"The Weir.txt": export_bytes(whole, profile)}


@pytest.mark.parametrize(
    "title, stem",
    [
        ("CON", "CON 2"),
        ("../../etc/passwd", "etc passwd"),
        ('a:b?c*d|e<f>g"h\\i', "a b c d e f g h i"),
        ("<script>", "script"),
        ("evil\u202etxt.exe", "eviltxt.exe"),
        ("\x00\x1b", "Chapter"),
        ("ends. ", "ends"),
        ("漢" * 80, "漢" * 50),
        ("e\u0301", "\u00e9"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title, stem):
    assert file_stem(title) == stem


@given(texts, st.booleans(), st.booleans())
@settings(deadline=None, max_examples=100)
def test_every_element_is_in_one_piece_and_in_order(text, apart, has_headings):
    profile = Profile("x", include_headings=has_headings, include_title=False)
    book = assemble_book(Manuscript(split_lines(text)), profile)
    pieces = split_chapters(book, notes_apart=apart)
    found = [each for piece in pieces for each in piece.book.elements if each.part is not Part.DINKUS]
    expected = [each for each in book.elements if each.part is not Part.DINKUS]
    if apart:
        found, expected = ([each for each in row if each.part is not Part.NOTE] for row in (found, expected))
    assert found == expected
    assert len({piece.file_stem(3).casefold() for piece in pieces}) == len(pieces)
    for piece in pieces:
        ends = [each.part for each in (*piece.book.elements[:1], *piece.book.elements[-1:])]
        assert len(pieces) == 1 or Part.DINKUS not in ends


def test_a_chapter_that_is_exported_alone_gets_the_name_it_has_among_all():
    text = "\n\n".join(f"# Chapter {number}\n\nRain {number}." for number in range(1, 12))
    whole = Manuscript(split_lines(text))
    profile = Profile("x", renderer="text", files="chapters")
    third = [node.id for node in whole.outline.walk() if node.title == "Chapter 3"]
    names = list(export_files(whole, profile))
    assert len(third) == 1
    assert list(export_files(whole, profile, third)) == names[2:3]
