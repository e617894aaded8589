"""The law of every profile that comes with the program: each word of the manuscript leaves once and in order.

The words are those of the grammar; what is written is read back by programs of other people (`readers.py`).
"""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from editor.app.profiles import load_profiles
from editor.export.document_options import BOOK, PAGED
from editor.export.profile import PDF, Profile
from editor.export.registry import export_files
from editor.manuscript.manuscript import Manuscript
from editor.markup.inlines import plain_text
from editor.markup.lines import split_lines
from editor.markup.model import PROSE, Kind, Level
from editor.ui.pdf import RENDERERS
from tests.export.conformity import words
from tests.export.readers import letters, read_text
from tests.export.test_registry import has_title_heading, texts
from tests.manuscript.generated import manuscripts

pytestmark = pytest.mark.usefixtures("qapp")  # fonts, for PDF

PROFILES = load_profiles(None)

_COUNT = re.compile(r"about [\d,]+ words?\s+")
_IN_THE_RAIN = [
    "*rain*",
    "**rain**",
    "***rain***",
    "_rain_",
    "r<i>ai</i>n",
    '"rain"',
    "rain--rain",
    "it's",
    "漢字",
    "גשם",
    "مطر",
    "😀 rain",
    "naïve",
    "<rain>",
    "&rain;",
    "[rain]",
    "\\*rain\\*",
    "{rain}",
    "5 < 6",
    "1986.",
    "#rain",
]
_ASIDES = [
    ["> Dear M,", ">", "> come at *once*."],
    ["    Low water, slow water,", "    water at the weir."],
    ["> Yours,  ", "> T."],
]


@st.composite
def written(draw):
    """Return a manuscript with emphasis, verse, letters and signs that mean something elsewhere."""
    whole = draw(manuscripts())
    lines = []
    for line in whole.text.lines:
        rain = draw(st.sampled_from(_IN_THE_RAIN)) if "the rain" in line else ""
        lines.append(line.replace("the rain", f"the {rain}"))
        if rain and draw(st.integers(0, 5)) == 0:
            lines += ["", *draw(st.sampled_from(_ASIDES)), ""]
    return Manuscript(lines, whole.text.mode)


def shown_words(whole, profile):
    """Return the text that leaves by a profile: what the grammar shows, without what the profile leaves out."""
    levels = {
        Level.TITLE: profile.include_title,
        Level.PART: profile.include_headings,
        Level.CHAPTER: profile.include_headings,
        Level.SCENE: profile.include_scene_titles,
    }
    kinds = {
        **dict.fromkeys(PROSE, True),
        Kind.NOTE: profile.include_notes,
        Kind.END_MATTER: profile.include_end_matter,
    }
    blocks = [
        block
        for block in whole.text.blocks
        if (levels[block.level] if block.kind is Kind.HEADING else kinds.get(block.kind))
    ]
    return "\n".join(map(plain_text, blocks)), bool(blocks) and blocks[-1].kind is Kind.END_MATTER


def exported(whole, profile):
    return read_text(profile.renderer, export_files(whole, profile, renderers=RENDERERS))


def body_of(read, profile, *, ends_itself=False):
    """Return what was read without what a manuscript to submit has around the text: the count, the last line."""
    if profile.renderer not in PAGED or profile.layout == BOOK:
        return read
    counted = _COUNT.search(read)
    assert counted
    assert not read[: counted.start()].strip()
    body = read[counted.end() :]
    if not profile.closing or ends_itself:
        return body
    before, last, after = body.rpartition(profile.closing)
    assert last
    assert before[-1:] in {"", "\n", "\f"}
    assert not after.strip()
    return before


def assert_equal_letters(found, expected, profile):
    """Compare letters; of a PDF those of one alphabet, because others need fonts that may not be installed here."""
    found, expected = letters(found), letters(expected)
    if profile.renderer == PDF:
        found, expected = ("".join(filter(str.isascii, text)) for text in (found, expected))
    assert found == expected


@pytest.mark.parametrize("name", PROFILES)
@given(whole=written())
@settings(
    max_examples=20, phases=(Phase.generate,), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_word_leaves_once_and_in_order(name, whole):
    profile = PROFILES[name]
    expected, ends_itself = shown_words(whole, profile)
    found = body_of(exported(whole, profile), profile, ends_itself=ends_itself)
    assert_equal_letters(found, expected, profile)
    if profile.renderer != PDF:  # where words are put together from places on a page
        assert words(found) == words(expected)


@pytest.mark.parametrize("name", PROFILES)
@given(text=texts)
@settings(
    max_examples=20, phases=(Phase.generate,), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_letter_of_a_hostile_text_leaves_once_and_in_order(name, text):
    whole = Manuscript(split_lines(text))
    # What stands in a story header is no text of the story; a title stays only where it is a heading.
    profile = replace(PROFILES[name], header="none", include_title=has_title_heading(whole))
    expected, ends_itself = shown_words(whole, profile)
    found = body_of(exported(whole, profile), profile, ends_itself=ends_itself)
    assert_equal_letters(found, expected, profile)


TINY = {
    "nothing": "",
    "one word": "Rain",
    "only white space": " \n\t\n\u00a0\n",
    "only a title": "Title: The Weir\n",
    "only a break": "\n* * *\n",
    "empty scenes": "Rain.\n\n* * *\n\n* * *\n\n[[status: draft]]\n\n* * *\n\nMore rain.\n",
    "empty chapters": "Chapter One\n\nChapter Two\n\n* * *\n\nChapter Three\n\nRain.\n",
    "all control characters": "".join(map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160)]))
    + "Rain\n",
    "a word as long as a book": "rain" * 20_000 + "\n",
    "half a character": "Ra\ud83din\n",
}


@pytest.mark.parametrize("case", TINY)
@pytest.mark.parametrize("name", PROFILES)
def test_what_is_hardly_a_book_leaves_too(name, case):
    profile = PROFILES[name]
    whole = Manuscript(split_lines(TINY[case]))
    expected, ends_itself = shown_words(whole, profile)
    found = body_of(exported(whole, profile), profile, ends_itself=ends_itself)
    if case == "only a title":
        assert letters(found) in {"", "TheWeir", "TitleTheWeir"}
    else:
        assert_equal_letters(found, expected, profile)


HOSTILE_TITLES = [
    "</title><script>alert(1)</script>",
    "{\\rtf1\\par} [url=http://x]y[/url]",
    "<w:p>&amp;]]>",
    "\"onload='x' ](javascript:y)",
    "../../CON.txt",
    "%PDF ${x} $(y) `z`",
    "\u202eevil\u2066 \u200bx",
]


@pytest.mark.parametrize("title", HOSTILE_TITLES)
@pytest.mark.parametrize("name", PROFILES)
def test_hostile_titles_leave_as_they_were_typed_and_do_nothing(name, title):
    profile = replace(PROFILES[name], typography="typed")
    whole = Manuscript([f"Title: {title}", f"Author: {title}", "", f"## {title}", "", "Rain.", ""])
    files = export_files(whole, profile, renderers=RENDERERS)
    assert all(re.fullmatch(r"[^/\\:*?\"<>|\x00-\x1f]+", file) for file in files)
    found = words(read_text(profile.renderer, files))
    shown = words(plain_text(next(each for each in whole.text.blocks if each.kind is Kind.HEADING)))
    if profile.include_headings and profile.renderer != PDF:
        assert " ".join(shown) in " ".join(found)
    assert "Rain" in found


@pytest.mark.fuzz
@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_million_words_leave_once_and_in_order(renderer):
    lines = []
    for first in range(0, 1_000_000, 100):
        if first % 10_000 == 0:
            lines += [f"## Chapter {first}", ""]
        lines += [" ".join(f"w{number}" for number in range(first, first + 100)), ""]
    files = export_files(
        Manuscript(lines), Profile("x", renderer=renderer, marks="none"), renderers=RENDERERS
    )
    assert letters(read_text(renderer, files)) == letters("".join(lines))
