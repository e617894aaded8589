"""The head of a file is one calm line: a label between two rules, whatever its name, its theme and what is selected."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QTextCursor

from editor.app.themes import Colour, contrast, load_themes
from editor.ui.boundary_painting import title_of
from tests.ui.page_fixtures import settle, shown_editor
from tests.ui.page_hands import at

LONG = "a name " * 40
LINES = ["\rone.txt", "First.", "\r" + LONG, "Second.", "\rפרק.txt", "Third.", "\rcuts.txt", "Fourth."]
HEADS = (0, 2, 4, 6)
THEMES = load_themes()


@pytest.fixture(params=sorted(THEMES))
def theme(request):
    return THEMES[request.param]


@pytest.fixture
def editor(qtbot, theme):
    editor = shown_editor(LINES, (600, 760), theme)
    qtbot.addWidget(editor)
    editor.go_to(at(1, 0), centre=False)
    settle()
    return editor


def room_of(editor, line):
    block = editor.document().findBlockByNumber(line)
    rect = editor.blockBoundingGeometry(block).translated(editor.contentOffset())
    return QRect(0, round(rect.top()), editor.viewport().width(), round(rect.height()))


def picture_of(editor, line):
    return editor.viewport().grab(room_of(editor, line)).toImage()


def ink_columns(picture, paper):
    """Return the columns in which anything but paper is seen."""
    return [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y).name() != paper for y in range(picture.height()))
    ]


def test_the_scratch_file_is_called_what_it_is():
    assert title_of("cuts.txt") == "Cuts · not part of the book"
    assert title_of("chapter-01.txt") == "chapter-01.txt"


@pytest.mark.parametrize("odd", ["\x1c", "\u2029", "\ud800", "\ufeff", "\U0010fffd"])
def test_what_cannot_be_shown_of_a_name_is_a_sign(odd):
    assert title_of(f"a{odd}b") == "a\ufffdb"


def test_a_long_name_takes_one_line(editor):
    heights = {room_of(editor, line).height() for line in HEADS[1:]}
    assert len(heights) == 1


def test_a_rule_stands_on_both_sides_of_every_label(editor, theme):
    for line in HEADS:
        picture = picture_of(editor, line)
        columns = ink_columns(picture, theme.colours[Colour.PAPER])
        gaps = [(left, right) for left, right in pairwise(columns) if right - left > 8]
        assert len(gaps) >= 2, "paper between each rule and the label"
        left_rule, right_rule = gaps[0][0] - columns[0], columns[-1] - gaps[-1][1]
        assert min(left_rule, right_rule) > 20
        assert left_rule == pytest.approx(right_rule, abs=3)


def test_a_selection_is_not_seen_on_a_label(editor):
    before = [picture_of(editor, line) for line in HEADS]
    cursor = QTextCursor(editor.document())
    cursor.select(QTextCursor.SelectionType.Document)
    top = editor.verticalScrollBar().value()
    editor.setTextCursor(cursor)
    editor.verticalScrollBar().setValue(top)
    settle()
    assert [picture_of(editor, line) for line in HEADS] == before


def test_a_label_can_be_read(theme):
    assert contrast(theme.colours[Colour.MUTED], theme.colours[Colour.PAPER]) >= 4.5


def test_a_label_grows_with_the_text(editor):
    height = room_of(editor, 2).height()
    editor.set_zoom(200)
    settle()
    assert room_of(editor, 2).height() == pytest.approx(2 * height, rel=0.1)
