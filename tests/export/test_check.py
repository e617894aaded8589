"""What is said before an export: does it fit, how many words, what changes."""

from dataclasses import replace

import pytest

from editor.app.profiles import load_profiles
from editor.export.assemble import assemble_book
from editor.export.check import check_manuscript, count_ao3_words
from editor.export.profile import BBCODE, CHAPTER_FILES, FLOWED, POSTING, Profile
from editor.export.progress import unwatched
from editor.export.registry import RENDERERS, export_bytes, export_files
from editor.manuscript.manuscript import Manuscript
from editor.markup.lines import split_lines
from tests.export.conformity import unpacked
from tests.export.conftest import GOLDEN

STORY = (
    "/Chapter One/\n\nIt's a well-known -- *rain*.\n\n*** Three weeks later ***\n\n[b]More\x01.\n\n> Dear M,\n\nA/N: late\n\n"
    "/Chapter Two/\n\nDry.\n\nThe End\n"
)


def manuscript(text=STORY):
    return Manuscript(split_lines(text))


def weir():
    return manuscript(GOLDEN.joinpath("export", "the-weir.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text, words",
    [
        ("well-known", 1),
        ("one--two", 2),
        ("it's ’twas", 2),
        ("* * *", 0),
        ("++++", 0),
        ("oOo", 1),
        ("漢字 かな カナ", 6),
        ("ไทย", 3),
        ("word漢word", 3),
        ("", 0),
    ],
)
def test_words_are_counted_as_the_archive_counts_them(text, words):
    assert count_ao3_words(text) == words


@pytest.mark.parametrize(
    "name", sorted(name for name, each in load_profiles(None).items() if each.medium.is_text)
)
def test_the_characters_are_those_of_what_is_written(name):
    profile = load_profiles(None)[name]
    check = check_manuscript(weir(), profile)
    if profile.files == CHAPTER_FILES:
        files = export_files(weir(), profile)
        assert [size for _, size in check.sizes] == [len(data.decode()) for data in files.values()]
    elif profile.files == "one":
        assert [size for _, size in check.sizes] == [len(export_bytes(weir(), profile).decode())]
    assert check.fits


def test_the_summary_is_one_sentence_with_the_limit_and_the_words():
    check = check_manuscript(manuscript("Rain.\n"), Profile("x", renderer=POSTING, character_limit=510_000))
    assert check.summary == "13 of 510,000 characters; 1 word."
    by_ao3 = Profile("x", renderer=POSTING, word_rule="ao3")
    assert check_manuscript(manuscript("It's -- rain.\n"), by_ao3).summary.endswith(
        "; 2 words by AO3's count."
    )


def test_a_chapter_that_is_too_long_is_named():
    profile = Profile("x", renderer=POSTING, files=CHAPTER_FILES, character_limit=60)
    check = check_manuscript(manuscript(), profile)
    assert not check.fits
    assert "in the longest of 2 files, “Chapter One”" in check.summary
    assert check.summary.endswith(" 1 is too long.")


def test_words_by_our_count_are_those_of_the_window():
    whole = weir()
    left_out = sum(node.words for node in whole.outline.walk() if not node.is_exported)
    assert check_manuscript(whole, Profile("x")).words == whole.outline.words - left_out


def test_what_is_left_out_or_changed_is_told():
    profile = Profile(
        "x",
        renderer=BBCODE,
        include_scene_titles=False,
        include_headings=False,
        include_notes=False,
        include_end_matter=False,
    )
    assert check_manuscript(manuscript(), profile).notes == (
        "1 scene title becomes a scene break.",
        "2 headings are left out.",
        "1 note to readers is left out.",
        "1 line of end matter is left out.",
        "1 square bracket gets an invisible sign.",
        "1 control character is dropped.",
    )
    few = Profile("x", renderer=POSTING, tags="few")
    assert "1 quoted paragraph becomes a plain one." in check_manuscript(manuscript(), few).notes
    flowed = replace(profile, renderer=FLOWED, marks="none")
    assert "1 emphasis is lost." in check_manuscript(manuscript(), flowed).notes


@pytest.mark.parametrize("renderer", list(RENDERERS))
def test_what_becomes_of_control_characters_is_told_of_every_format(renderer):
    profile = Profile("x", renderer=renderer)
    (note,) = check_manuscript(manuscript("Ra\x01in.\n"), profile).notes
    made = RENDERERS[renderer](assemble_book(manuscript("Ra\x01in.\n"), profile), profile, unwatched)
    shown = unpacked(made).decode().replace(r"\u-3?", "\ufffd")  # as rich text writes it
    assert "\x01" not in shown
    assert note == (
        "1 control character is replaced." if "Ra\ufffdin" in shown else "1 control character is dropped."
    )
    assert ("Rain" in shown) != ("Ra\ufffdin" in shown)


def test_nothing_is_told_where_nothing_changes():
    assert check_manuscript(manuscript("Rain.\n"), Profile("x")).notes == ()
    assert check_manuscript(manuscript(""), Profile("x", renderer=BBCODE)).fits
