"""A folder of chapter files goes out as one book: no trace of the files, and nothing that was cut."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.app.profiles import load_profiles
from editor.errors import InputError
from editor.export.assemble import UNTITLED, assemble_book
from editor.export.book import Part
from editor.export.listing import outline_json, outline_text, statistics_text
from editor.export.profile import Profile
from editor.export.registry import RENDERERS, export_bytes
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.statistics import count_statistics
from editor.markup.lines import CUTS_LABEL
from editor.markup.model import Level, Text
from editor.ui.export_job import ExportRequest, ordinals_of, run_export, take_snapshot
from tests.export.conformity import unpacked
from tests.manuscript.folders import folders

BOOK = [
    "\rone.txt",
    "Chapter One",
    "",
    "The rain began.",
    "",
    "* * *",
    "",
    "It stopped.",
    "",
    "\rnight-watch.txt",
    "Nobody slept.",
    "",
    "\rthree.txt",
    "No heading here either.",
    "",
    "\rlast.txt",
    "Chapter Two",
    "",
    "The end of it.",
    "\rcuts.txt",
    "# A title that was cut",
    "",
    "Cut words, never seen.",
    "",
    "Chapter Nine",
    "",
    "Cut as well.",
    "",
]


def folder(lines=BOOK):
    return Manuscript(lines)


def shape(manuscript, selection=None):
    names = {Part.DINKUS: "*", Part.CHAPTER: "#", Part.TITLE: "="}
    book = assemble_book(manuscript, Profile("test", typography="typed"), selection)
    return [
        (names.get(each.part, "") + "".join(i.text for i in each.inlines if isinstance(i, Text)))
        for each in book.elements
    ]


def test_files_follow_one_another_with_a_dinkus_where_no_heading_stands_between():
    assert shape(folder()) == [
        "#Chapter One",
        "The rain began.",
        "*",
        "It stopped.",
        "*",
        "Nobody slept.",
        "*",
        "No heading here either.",
        "#Chapter Two",
        "The end of it.",
    ]


def node(manuscript, title):
    return next(node for node in manuscript.outline.walk() if node.title == title)


def test_a_file_can_be_selected_and_its_neighbours_stay_out():
    manuscript = folder()
    assert shape(manuscript, [node(manuscript, "last.txt").id]) == ["#Chapter Two", "The end of it."]
    both = [node(manuscript, "night-watch.txt").id, node(manuscript, "three.txt").id]
    assert shape(manuscript, both) == ["Nobody slept.", "*", "No heading here either."]


def test_what_was_cut_is_left_out_of_a_selection():
    manuscript = folder()
    ids = [
        manuscript.outline.cuts.id,
        node(manuscript, "Cut as well.").id,
        node(manuscript, "Nobody slept.").id,
    ]
    assert shape(manuscript, ids) == ["Nobody slept."]


def test_a_selection_of_nothing_but_cuts_is_refused_in_words():
    manuscript = folder()
    for ids in ([manuscript.outline.cuts.id], [node(manuscript, "Chapter Nine").id]):
        with pytest.raises(InputError, match="cut out of the book"):
            assemble_book(manuscript, Profile("test"), ids)


def test_no_title_and_no_page_name_comes_from_a_file_or_the_cuts():
    assert folder().outline.title == ""
    assert assemble_book(folder(), Profile("test")).title == "Chapter One"
    empty = Manuscript(["\rone.txt", "", "\rcuts.txt", "Chapter Nine", "", "Gone."])
    assert assemble_book(empty, Profile("test")).title == UNTITLED


PROFILES = {name: each for name, each in load_profiles(None).items() if each.renderer in RENDERERS}
FILTERS = [HealthCheck.filter_too_much, HealthCheck.too_slow]


@settings(max_examples=40, suppress_health_check=FILTERS, deadline=None)
@given(folders(has_cuts=st.just(True)), st.sampled_from(sorted(PROFILES)))
def test_no_boundary_no_label_and_no_cut_word_in_any_export_and_every_word_of_the_book(manuscript, name):
    lines = [*manuscript.text.lines[:-1], "Severed phrase that was cut.", "", "* * *", "", "Severed again."]
    manuscript = Manuscript(lines, modes=manuscript.text.modes)
    data = unpacked(export_bytes(manuscript, PROFILES[name]))
    for trace in (b"\r", b"\x1c", b"Severed", CUTS_LABEL.encode(), b"file-1", b"file-2", b".txt"):
        assert trace not in data
    text = re.sub(rb"\s+", b" ", data).decode()
    numbers = [re.search(r"Paragraph (\d+) ", block.content) for block in manuscript.text.blocks]
    wanted = [found[1] for found in numbers if found]
    if PROFILES[name].media_type != "text/html":
        assert re.findall(r"Paragraph (\d+) ", text) == wanted
    else:
        assert [number for number in wanted if f"Paragraph {number} " not in text] == []


@settings(max_examples=40, suppress_health_check=FILTERS, deadline=None)
@given(folders(), st.data())
def test_the_copy_in_the_background_gives_the_bytes_of_the_text_for_all_and_for_a_selection(manuscript, data):
    profile = PROFILES["web-page"]
    assert run_export(ExportRequest(take_snapshot(manuscript), profile)) == export_bytes(manuscript, profile)
    nodes = [node.id for node in manuscript.outline.walk()]
    ids = data.draw(st.lists(st.sampled_from(nodes), min_size=1, max_size=3, unique=True))
    request = ExportRequest(take_snapshot(manuscript), profile, ordinals_of(manuscript.outline, ids))
    try:
        wanted = export_bytes(manuscript, profile, ids)
    except InputError:
        with pytest.raises(InputError):
            run_export(request)
        return
    assert run_export(request) == wanted


def test_the_outline_as_text_names_the_files_and_keeps_the_cuts_apart():
    lines = ["Chapter Seven" if line == "* * *" else line for line in BOOK]
    assert outline_text(folder(lines)).splitlines() == [
        "one.txt                                   5 words  line 1",
        "1   Chapter One                           3 words  line 1",
        "  1.1    The rain began.                  3 words  line 3",
        "2   Chapter Seven                         2 words  line 5",
        "  2.1    It stopped.                      2 words  line 7",
        "3   night-watch                           2 words  line 1  night-watch.txt",
        "  3.1    Nobody slept.                    2 words  line 1",
        "4   three                                 4 words  line 1  three.txt",
        "  4.1    No heading here either.          4 words  line 1",
        "5   Chapter Two                           4 words  line 1  last.txt",
        "  5.1    The end of it.                   4 words  line 3",
        "15 words",
        "",
        "Cuts                                      7 words  line 1",
        "         Cut words, never seen.           4 words  line 3",
        "    Chapter Nine                          3 words  line 5",
        "         Cut as well.                     3 words  line 7",
    ]


def test_the_outline_as_json_has_files_at_level_0_and_the_cuts_apart():
    table = json.loads(outline_json(folder(), path="book", encoding="utf-8", eol="lf"))
    assert table["words"] == 15
    files = [entry for entry in table["nodes"] if entry["kind"] == "file"]
    assert [(entry["level"], entry["title"], entry["line"]) for entry in files] == [
        (0, "one.txt", 1),
        (0, "night-watch.txt", 1),
        (0, "three.txt", 1),
        (0, "last.txt", 1),
    ]
    assert table["cuts"]["words"] == 7
    assert [entry["kind"] for entry in table["cuts"]["nodes"]] == ["chapter", "scene", "chapter", "scene"]
    lone = json.loads(outline_json(Manuscript(["Hm."]), path="x", encoding="utf-8", eol="lf"))
    assert "cuts" not in lone


def test_the_figures_name_chapters_by_their_files_and_leave_out_the_cuts():
    statistics = count_statistics(folder())
    assert [title for title, _figures in statistics.chapters] == [
        "Chapter One",
        "night-watch",
        "three",
        "Chapter Two",
    ]
    assert (statistics.whole.words, statistics.whole.scenes) == (15, 5)
    assert "Cut" not in statistics_text(statistics)


@settings(max_examples=40, suppress_health_check=FILTERS, deadline=None)
@given(folders())
def test_the_words_of_the_figures_are_those_of_the_book(manuscript):
    assert count_statistics(manuscript).whole.words == manuscript.outline.words
    assert all(title for title, _f in count_statistics(manuscript).chapters) or any(
        len(file.children) > 1 for file in manuscript.outline.files
    )


def test_a_level_of_a_listed_node_is_never_negative():
    nodes = json.loads(outline_json(folder(), path="x", encoding="utf-8", eol="lf"))["nodes"]
    assert {entry["level"] for entry in nodes} == {0, Level.CHAPTER, Level.SCENE}
