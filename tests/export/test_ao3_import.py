"""Pages for AO3's import: its parser, as an oracle, reads back what the story header says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.app.profiles import load_profiles
from editor.export.check import check_manuscript
from editor.export.import_header import import_fields, not_imported
from editor.export.registry import export_files
from editor.export.runs import tidy
from editor.manuscript.manuscript import Manuscript
from editor.markup.lines import split_lines
from tests.export.ao3_import import read_import
from tests.export.ao3_rules import apply_rules, as_tree

IMPORT = load_profiles(None)["ao3-import"]
STORY = """Title: The Weir & the <Sea>
Author: M. R.
Fandom: Original
Pairing: Mara/Tom
Characters: Mara, Tom
Rated: PG-13
Warnings: none
Date: 2020-01-31
Disclaimer: Mine.
Summary: Rain, and an update: more rain.
Author's Notes: Thanks, all.

Chapter One: Rain

Title: said the sign. Rating: five stars.

* * *

It rained.

Chapter Two

A/N: Again.

Nobody came.
"""


def pages(text=STORY):
    files = export_files(Manuscript(split_lines(text)), IMPORT)
    return [data.decode() for data in files.values()]


def test_the_import_reads_the_story_header():
    first, second = pages()
    assert read_import(first) == {
        "title": "The Weir & the <Sea>",
        "fandom": "Original",
        "relationship": "Mara/Tom",
        "character": "Mara, Tom",
        "rating": "PG-13",
        "warning": "none",
        "date": "2020-01-31",
        "summary": "Rain, and an update: more rain.",
        "note": "Thanks, all.",
        "chapter title": "Chapter One: Rain",
    }
    assert read_import(second) == {"title": "Chapter Two", "chapter title": "Chapter Two"}


def test_a_page_stands_alone_and_says_its_encoding():
    first = pages()[0]
    assert first.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>')
    assert first.endswith("</body>\n</html>\n")
    assert "<script" not in first


def test_the_text_below_the_header_is_left_alone_by_the_archive():
    for page in pages():
        body = page.partition("<body>\n")[2].removesuffix("</body>\n</html>\n")
        text = body.partition("\n</p>\n\n")[2]
        assert apply_rules(text) == as_tree(text)


values = st.text(
    st.sampled_from("abc é,&<>'\"/-.!") | st.characters(exclude_characters=":\x1c"), max_size=60
).map(lambda value: " ".join(value.split()))
keys = st.sampled_from(
    [
        "Fandom",
        "Rating",
        "Warnings",
        "Pairing",
        "Ship",
        "Characters",
        "Tags",
        "Date",
        "Summary",
        "Notes",
        "Genre",
        "Beta",
    ]
)


@given(st.lists(st.tuples(keys, values), max_size=8), values, values)
def test_whatever_the_header_says_is_read_back(header, title, prose):
    text = f"Title: {title or 'T'}\n" + "".join(f"{key}: {value}\n" for key, value in header)
    manuscript = Manuscript(split_lines(f"{text}\nChapter One\n\n{prose}\n"))
    wanted = dict(import_fields(manuscript.header_fields(), manuscript.outline.title))
    page = export_files(manuscript, IMPORT).popitem()[1].decode()
    found = read_import(page)
    for name, value in wanted.items():
        if tidy(value):
            assert found[name.lower()] == tidy(value).strip()


def test_fields_that_the_import_does_not_know_are_told():
    header = Manuscript(split_lines(STORY)).header_fields()
    assert not_imported(header) == ["Disclaimer"]
    assert (
        "The import has no place for Disclaimer."
        in check_manuscript(Manuscript(split_lines(STORY)), IMPORT).notes
    )


@pytest.mark.parametrize("profile", ["ao3", "ao3-import"])
def test_what_the_archive_refuses_does_not_fit(profile):
    profile = load_profiles(None)[profile]

    def refused(text):
        check = check_manuscript(Manuscript(split_lines(text)), profile)
        assert check.fits is not bool(check.refused)
        assert set(check.refused) <= set(check.notes)
        return check.refused

    assert refused(STORY) == ()
    assert refused(f"Title: {'x' * 255}\nAuthor: M\n\nRain.\n") == ()
    assert refused(f"Title: {'x' * 256}\nAuthor: M\n\nRain.\n") == (
        "The title has 256 characters; 255 are allowed.",
    )
    summary = "Title: T\nAuthor: M\nSummary: {}\n\nRain.\n"
    assert refused(summary.format("x" * 1250)) == ()
    assert refused(summary.format("x" * 1247 + "&")) == (
        "The summary has 1,252 characters; 1,250 are allowed.",
    )


def test_notes_that_are_too_long_for_their_box_do_not_fit():
    text = "Chapter One\n\nA/N: {}\n\nRain.\n\nChapter Two\n\nRain.\n\nA/N: {}\n"
    short, long = "x" * 4000, "x" * 6000
    profile = load_profiles(None)["ao3"]

    def refused(*notes):
        return check_manuscript(Manuscript(split_lines(text.format(*notes))), profile).refused

    assert refused(short, short) == ()
    (told,) = refused(short, long)
    assert told.startswith("“Chapter Two: end notes” has 6,0")
    assert len(refused(long, long)) == 2
    assert load_profiles(None)["wattpad"].notes_limit == 0
