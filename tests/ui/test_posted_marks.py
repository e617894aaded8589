"""Marks of chapters in the outline: where they stand, what they say, and that they can be seen."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStyleOptionViewItem

from editor.app.themes import Colour, contrast, load_themes
from editor.manuscript.posted_chapters import State
from editor.ui.icons import icon_pixmap
from editor.ui.outline_panel import OutlinePanel
from editor.ui.posted_marks import PostedMark
from tests.ui.outlines import outline_of

OUTLINE = """
chap One #1
scene Rain. (120) #2
chap A title that is far longer than any outline is wide #3
scene Ice. (12345) #4
"""
CHANGED = PostedMark(State.CHANGED, ("Changed since it was posted to <b>Somewhere</b> on 3 November 2026",))
NEW = PostedMark(State.NEW, ("Not posted to Somewhere yet",))


@pytest.fixture
def panel(qtbot):
    panel = OutlinePanel()
    qtbot.addWidget(panel)
    panel.set_theme(next(iter(load_themes().values())))
    panel.set_outline(outline_of(OUTLINE))
    return panel


def layout_of(panel, node_id, width, direction=Qt.LayoutDirection.LeftToRight):
    option = QStyleOptionViewItem()
    option.rect, option.font, option.direction = QRect(0, 0, width, 30), panel.font(), direction
    return panel.view.rows_delegate.lay_out(option, panel.model.index_of(node_id))


@pytest.mark.parametrize("width", [60, 110, 150, 300])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_mark_has_its_place_and_covers_neither_title_nor_words(panel, width, direction):
    panel.model.show_posted({3: CHANGED})
    layout = layout_of(panel, 3, width, direction)
    pieces = [piece for piece in (layout.title, layout.mark, layout.words) if piece.width() > 1]
    assert layout.mark.width() == 14
    assert all(not one.intersects(other) for one in pieces for other in pieces if one is not other)


def test_a_chapter_without_a_mark_keeps_the_room_for_its_title(panel):
    before = layout_of(panel, 1, 200).title.width()
    panel.model.show_posted({1: NEW})
    assert layout_of(panel, 1, 200).title.width() < before
    panel.model.show_posted({})
    assert layout_of(panel, 1, 200).title.width() == before


def test_only_rows_whose_mark_is_another_are_painted_anew(panel, qtbot):
    panel.model.show_posted({1: NEW, 3: NEW})
    changed = []
    panel.model.dataChanged.connect(lambda first, _last: changed.append(first.internalId()))
    panel.model.show_posted({1: NEW, 3: CHANGED, 99: NEW})
    assert changed == [3]


def test_what_a_mark_means_is_told_as_plain_text(panel):
    panel.model.show_posted({1: CHANGED})
    index = panel.model.index_of(1)
    tooltip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Somewhere&lt;/b&gt; on 3 November 2026." in tooltip
    assert "One, chapter, 120 words, Changed since" in index.data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.parametrize("name", sorted(load_themes()))
def test_a_mark_can_be_seen_in_every_theme(name):
    colours = load_themes()[name].colours
    for ground in (Colour.PANEL, Colour.WINDOW):
        assert contrast(colours[Colour.ACCENT], colours[ground]) >= 3


def test_the_two_marks_differ_without_their_colours(qapp):
    one, other = (
        icon_pixmap(name, QColor("black").rgba(), 14, 1.0).toImage()
        for name in ("posted-changed", "posted-new")
    )
    assert one != other
