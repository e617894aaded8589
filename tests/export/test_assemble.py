"""What a profile lets through, and where the dinkuses stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.errors import InputError
from editor.export.assemble import UNTITLED, assemble_book
from editor.export.book import Part
from editor.export.profile import Profile
from editor.manuscript.manuscript import Manuscript
from editor.markup.lines import split_lines
from editor.markup.model import Level, Text

STORY = """\
Chapter One

The rain began at six.

* * *

[[status: draft]]
By eight it had stopped.

Chapter Two

Nobody came.

* * *

Then somebody did.

* * *

Then nobody again.

The End
"""


def manuscript(text):
    return Manuscript(split_lines(text))


def assemble(text, selection=None, **choices):
    choices = {"typography": "typed"} | choices
    return assemble_book(manuscript(text), Profile("test", **choices), selection)


def shape(text, selection=None, **choices):
    """Return the elements as lines: words of each, a star for a dinkus, headings in capitals."""
    return [show(each) for each in assemble(text, selection, **choices).elements]


def show(element):
    words = " ".join(each.text for each in element.inlines if isinstance(each, Text))
    match element.part:
        case Part.DINKUS:
            return "*"
        case Part.TITLE | Part.PART | Part.CHAPTER | Part.SCENE_TITLE:
            return f"{element.part.value}: {words}"
        case Part.NOTE | Part.END_MATTER:
            return f"({words})"
    return words


def ids(text, *names):
    """Return the ids of the nodes whose titles begin with `names`, in a fresh manuscript of the same text."""
    nodes = list(manuscript(text).outline.walk())
    return [next(node.id for node in nodes if node.title.startswith(name)) for name in names]


def select(text, *names, **choices):
    """Return the shape of a selection of nodes by the beginnings of their titles."""
    whole = manuscript(text)
    chosen = [next(n.id for n in whole.outline.walk() if n.title.startswith(name)) for name in names]
    profile = Profile("test", **({"typography": "typed"} | choices))
    return [show(each) for each in assemble_book(whole, profile, chosen).elements]


def test_one_dinkus_stands_between_two_scenes_and_none_beside_headings():
    assert shape(STORY) == [
        "chapter: Chapter One",
        "The rain began at six.",
        "*",
        "By eight it had stopped.",
        "chapter: Chapter Two",
        "Nobody came.",
        "*",
        "Then somebody did.",
        "*",
        "Then nobody again.",
        "(The End)",
    ]


def test_idle_breaks_are_left_out():
    text = "***\n\nChapter One\n\n***\n\nRain.\n\n***\n\n***\n\nSun.\n\n***\n\nChapter Two\n\n***\n\nFog.\n\n***\n"
    assert shape(text) == ["chapter: Chapter One", "Rain.", "*", "Sun.", "chapter: Chapter Two", "Fog."]


def test_a_scene_with_a_heading_needs_no_dinkus():
    text = "Chapter One\n\nRain.\n\n*** Later ***\n\nSun.\n\n***\n\nFog.\n"
    assert shape(text) == ["chapter: Chapter One", "Rain.", "scene title: Later", "Sun.", "*", "Fog."]


def test_without_scene_titles_a_dinkus_takes_their_place():
    text = "Chapter One\n\nRain.\n\n*** Later ***\n\nSun.\n\n*** Never ***\n\nChapter Two\n\nFog.\n"
    assert shape(text, include_scene_titles=False) == [
        "chapter: Chapter One",
        "Rain.",
        "*",
        "Sun.",
        "chapter: Chapter Two",
        "Fog.",
    ]


def test_without_chapter_headings_a_dinkus_takes_their_place():
    assert shape("Chapter One\n\nRain.\n\n***\n\nTBC\n\nChapter Two\n\nFog.\n", include_headings=False) == [
        "Rain.",
        "(TBC)",
        "*",
        "Fog.",
    ]


@pytest.mark.parametrize(
    "left_out, rest",
    [
        ("Rain.", ["Sun.", "*", "Fog."]),
        ("Sun.", ["Rain.", "*", "Fog."]),
        ("Fog.", ["Rain.", "*", "Sun."]),
    ],
)
def test_a_scene_left_out_leaves_no_doubled_and_no_dangling_dinkus(left_out, rest):
    scenes = [f"[[export: no]]\n\n{name}" if name == left_out else name for name in ("Rain.", "Sun.", "Fog.")]
    assert shape("\n\n***\n\n".join(scenes)) == rest


def test_a_note_inside_a_scene_that_is_left_out_goes_with_it():
    text = "Rain.\n\n***\n\n[[export: no]]\n\nA/N: draft!\n\nSun.\n\n***\n\nA/N: thanks!\n\nFog.\n"
    assert shape(text) == ["Rain.", "*", "(A/N: thanks!)", "Fog."]


def test_comments_facts_and_boilerplate_never_leave():
    text = "%% secret\n\n[[pov: Mara]]\nRain [[or snow?]] fell.\n\n<!-- no\n\nno -->\n\nSun.\n"
    assert shape(text) == ["Rain fell.", "Sun."]


def test_notes_and_end_matter_and_titles_leave_if_the_profile_lets_them():
    text = "Title: The Weir\nAuthor: M.\n\nA/N: late\n\nRain.\n\nThe End\n"
    assert shape(text) == ["title: The Weir", "(A/N: late)", "Rain.", "(The End)"]
    assert shape(text, include_notes=False, include_end_matter=False, include_title=False) == ["Rain."]


def test_the_title_heading_stands_where_it_is_typed():
    text = "# The Weir\n\n## One\n\nRain.\n\n## Two\n\nSun.\n"
    assert shape(text) == ["title: The Weir", "chapter: One", "Rain.", "chapter: Two", "Sun."]


def test_headings_may_be_in_capitals():
    assert shape("Chapter One: *Night*\n\nRain.\n", headings="upper")[0] == "chapter: CHAPTER ONE:  NIGHT"


def test_verse_and_quotations_keep_their_parts():
    parts = [
        each.part
        for each in assemble(
            "Rain.\n\n  low water\n  slow water\n\n> Dear M,\n> come.\n>\n> Yours\n"
        ).elements
    ]
    assert parts == [Part.PARAGRAPH, Part.VERSE, Part.QUOTE, Part.QUOTE]


# --- the story header


def test_of_the_header_a_profile_takes_nothing_the_author_or_all_of_it():
    text = "Title: The Weir\nAuthor: M. R.\nRating: PG\n\nRain.\n"
    assert assemble(text, header="none").author == ""
    book = assemble(text, header="author")
    assert (book.author, book.header) == ("M. R.", ())
    book = assemble(text, header="all")
    assert (book.author, book.header) == ("", (("Author", "M. R."), ("Rating", "PG")))
    assert assemble(text, header="all", include_title=False).header[0] == ("Title", "The Weir")


@pytest.mark.parametrize(
    "line, choice, tag",
    [
        ("Language: Deutsch", "auto", "de"),
        ("Language: English", "auto", "en"),
        ("Language: pt_br", "auto", "pt-BR"),
        ("Language: the tongue of the sea", "auto", "en"),
        ("Rating: PG", "auto", "en"),
        ("Language: Deutsch", "fr", "fr"),
    ],
)
def test_the_language_is_the_profiles_else_the_headers_else_english(line, choice, tag):
    assert assemble(f"Title: x\n{line}\n\nRain.\n", language=choice).language == tag


@pytest.mark.parametrize(
    "text, title",
    [
        ("# The Weir\n\n## One\n\nRain.\n\n## Two\n\nx\n", "The Weir"),
        ("Chapter One\n\nRain.", "Chapter One"),
        ("", UNTITLED),
    ],
)
def test_a_page_always_has_a_title(text, title):
    assert assemble(text).title == title


# --- typography


def test_typography_reaches_paragraphs_and_headings_but_never_the_manuscript():
    text = 'Chapter One: "Rain"\n\n"No," she said -- *"no"*...\n'
    whole = manuscript(text)
    book = assemble_book(whole, Profile("test", typography="smart"))
    assert [show(each) for each in book.elements] == [
        "chapter: Chapter One: “Rain”",
        "“No,” she said —  “no” …",
    ]
    assert whole.text.lines == split_lines(text)


def test_ascii_turns_typographic_characters_into_keyboard_ones():
    assert shape("“No,” she said—no…", typography="ascii") == ['"No," she said--no...']


# --- selections


def test_a_selected_chapter_brings_its_heading_and_all_its_scenes():
    assert select(STORY, "Chapter One") == [
        "chapter: Chapter One",
        "The rain began at six.",
        "*",
        "By eight it had stopped.",
    ]


def test_selected_scenes_of_several_chapters_stand_between_dinkuses_without_headings():
    assert select(STORY, "By eight", "Nobody came", "Then nobody") == [
        "By eight it had stopped.",
        "*",
        "Nobody came.",
        "*",
        "Then nobody again.",
    ]


def test_all_scenes_of_a_chapter_are_the_chapter():
    assert select(STORY, "The rain", "By eight", "Nobody came")[:4] == [
        "chapter: Chapter One",
        "The rain began at six.",
        "*",
        "By eight it had stopped.",
    ]


def test_a_chapter_is_whole_without_the_scenes_that_are_never_exported():
    text = "Chapter One\n\nRain.\n\n***\n\n[[export: no]]\nSun.\n\n***\n\nFog.\n"
    assert select(text, "Rain", "Fog") == ["chapter: Chapter One", "Rain.", "*", "Fog."]
    assert select(text, "Sun") == []


def test_notes_between_scenes_and_end_matter_go_with_the_chapter():
    text = "Chapter One\n\nRain.\n\nA/N: in it\n\n***\n\nA/N: between\n\nSun.\n\nThe End\n"
    assert select(text, "Rain") == ["Rain.", "(A/N: in it)"]
    assert select(text, "Chapter One")[-3:] == ["(A/N: between)", "Sun.", "(The End)"]


def test_the_order_of_a_selection_is_that_of_the_text():
    whole = manuscript(STORY)
    chosen = [node.id for node in whole.outline.walk() if node.level is Level.SCENE]
    profile = Profile("test")
    assert assemble_book(whole, profile, chosen) == assemble_book(whole, profile, chosen[::-1])


def test_a_selected_node_that_is_gone_is_told():
    with pytest.raises(InputError, match="not in the manuscript any more"):
        assemble(STORY, [10_000])


# --- laws

_LINES = st.sampled_from(
    [
        "",
        "",
        "Rain.",
        "More rain.",
        "* * *",
        "Chapter One",
        "Chapter Two",
        "*** Later ***",
        "[[export: no]]",
        "A/N: x",
        "The End",
        "> q",
    ]
)


@given(st.lists(_LINES, max_size=30), st.booleans(), st.booleans())
@settings(deadline=None, max_examples=150)
def test_a_dinkus_never_leads_trails_or_stands_beside_another_or_a_heading(lines, headings, titles):
    text = "\n\n".join(lines)
    made = [
        each.part
        for each in assemble(text, include_headings=headings, include_scene_titles=titles).elements
        if each.part not in {Part.NOTE, Part.END_MATTER}
    ]
    beside = {None, Part.DINKUS, Part.CHAPTER, Part.PART, Part.SCENE_TITLE, Part.TITLE}
    for before, part, after in zip([None, *made], made, [*made[1:], None], strict=False):
        if part is Part.DINKUS:
            assert before not in beside
            assert after not in beside


@given(st.lists(_LINES, max_size=30))
@settings(deadline=None, max_examples=100)
def test_selecting_everything_is_exporting_everything_but_what_belongs_to_no_chapter(lines):
    whole = manuscript("\n\n".join(lines))
    everything = [node.id for node in whole.outline.roots]
    profile = Profile("test", include_notes=False, include_end_matter=False)
    assert assemble_book(whole, profile, everything) == assemble_book(whole, profile)
