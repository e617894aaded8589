"""Outlines as listings."""

import itertools
import json

from editor.export.listing import numbered, outline_json, outline_text, statistics_text
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.statistics import count_statistics
from editor.markup.lines import split_lines

BOOK = """\
Part One

Chapter One

Rain.

***

[[export: no]]
Sun.

Part Two

他来了。

Chapter Two
"""


def manuscript(text):
    return Manuscript(split_lines(text))


def test_chapters_are_numbered_through_all_parts_and_scenes_within_them():
    assert [(reference, node.title) for reference, node in numbered(manuscript(BOOK).outline)] == [
        ("", "Part One"),
        ("1", "Chapter One"),
        ("1.1", "Rain."),
        ("1.2", "Sun."),
        ("", "Part Two"),
        ("2", ""),
        ("2.1", "他来了。"),
        ("3", "Chapter Two"),
    ]


def test_wide_titles_keep_the_columns_straight():
    assert outline_text(manuscript(BOOK)).splitlines() == [
        "Part One                   2 words  line 1",
        "1   Chapter One            2 words  line 3",
        "  1.1    Rain.             1 word   line 5",
        "  1.2    Sun.              1 word   line 9  not exported",
        "Part Two                   3 words  line 12",
        "2   (untitled)             3 words  line 14",
        "  2.1    他来了。          3 words  line 14",
        "3   Chapter Two            0 words  line 16",
        "5 words",
    ]


def test_an_empty_manuscript_has_an_outline_and_figures():
    empty = manuscript("")
    assert outline_text(empty) == "0 words\n"
    assert json.loads(outline_json(empty, path="x", encoding="utf-8", eol="none"))["nodes"] == []
    assert statistics_text(count_statistics(empty)).splitlines()[-1].split() == [
        "In",
        "all",
        "0",
        "0",
        "0",
        "0",
        "0",
    ]


def test_every_node_ends_before_the_next_one_beside_it_begins():
    nodes = json.loads(outline_json(manuscript(BOOK), path="x", encoding="utf-8", eol="lf"))["nodes"]
    for level in (1, 2, 3):
        same = [node for node in nodes if node["level"] == level]
        assert all(node["line"] <= node["end_line"] for node in same)
        assert all(one["end_line"] < two["line"] for one, two in itertools.pairwise(same))
