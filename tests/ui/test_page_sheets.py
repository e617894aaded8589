"""Sheets on a desk: what stands where, what is painted, and how a reader gets about."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.ui.page_sheets import PageSheets
from editor.ui.sheet_places import GAP, place_sheets
from tests.ui.painted_pages import PlainPages, colour_of, picture_of, real_pages

A4 = QSizeF(793, 1122)


@pytest.fixture
def sheets(qtbot):
    view = PageSheets()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    return view


def shown(view):
    return view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


# --- places


@given(
    st.integers(1, 60),
    st.integers(150, 3000),
    st.none() | st.floats(0.2, 5),
    st.tuples(st.floats(100, 900), st.floats(100, 1200)),
    st.booleans(),
)
def test_sheets_stand_below_one_another_and_none_overlap(count, width, zoom, paper, is_two_sided):
    places = place_sheets(count, QSizeF(*paper), width, zoom, is_two_sided=is_two_sided)
    rects = [places.rect(page) for page in range(count)]
    assert not any(one.intersects(other) for one, other in pairwise(rects))
    assert [(rect.top(), rect.left()) for rect in rects] == sorted(
        (rect.top(), rect.left()) for rect in rects
    )
    assert all(rect.left() >= GAP and rect.bottom() < places.full_height for rect in rects)


@given(st.integers(1, 60), st.integers(150, 3000), st.floats(0, 1), st.integers(0, 900), st.booleans())
def test_every_sheet_that_is_in_sight_is_found(count, width, share, height, is_two_sided):
    places = place_sheets(count, A4, width, None, is_two_sided=is_two_sided)
    top = share * places.full_height
    seen = {
        page
        for page in range(count)
        if places.rect(page).bottom() >= top and places.rect(page).top() <= top + height
    }
    assert seen <= set(places.pages_between(top, top + height))


def test_two_sheets_stand_side_by_side_only_where_both_can_be_read():
    assert place_sheets(9, A4, 1000, None).columns == 1
    assert place_sheets(9, A4, 1600, None).columns == 2
    assert place_sheets(1, A4, 1600, None).columns == 1


def test_the_pages_of_a_book_face_each_other():
    places = place_sheets(4, A4, 1800, None, is_two_sided=True)
    rects = [places.rect(page) for page in range(4)]
    assert rects[0].left() == rects[2].left() > rects[1].left() == rects[3].left()
    assert rects[0].top() < rects[1].top() == rects[2].top() < rects[3].top()
    assert [places.page_in_row(page, 1) for page in range(4)] == [1, 3, 3, -1]
    assert [places.page_in_row(page, -1) for page in range(4)] == [-1, 0, 0, 1]


def test_small_sheets_stand_in_rows():
    assert place_sheets(9, A4, 1000, 0.25).columns == 4
    assert place_sheets(3, A4, 1000, 0.25).columns == 3
    assert place_sheets(9, A4, 1000, 5).columns == 1


def test_sheets_that_fit_take_the_whole_width():
    places = place_sheets(3, A4, 700, None)
    assert places.full_width == 700


# --- painting


def test_a_sheet_shows_what_the_pages_paint(sheets):
    pages = real_pages(["Rain, and no end of it. " * 30])
    sheets.show_pages(pages)
    sheets.clearFocus()  # and with it the frame around the view
    rect = sheets._places.rect(0)
    wanted = picture_of(pages, 0, rect.width(), rect.height())
    assert wanted != picture_of(real_pages(["Sun."]), 0, rect.width(), rect.height())
    seen = rect.intersected(sheets.viewport().rect())
    assert shown(sheets).copy(seen) == wanted.copy(seen.translated(-rect.topLeft()))


def test_a_very_large_sheet_shows_what_the_pages_paint_too(sheets):
    pages = PlainPages(3)
    sheets.show_pages(pages)
    sheets.set_zoom(5)
    sheets.go_to(1)
    assert shown(sheets).pixelColor(QPoint(200, 200)) == colour_of(1)


def test_only_the_sheets_in_sight_are_painted_and_each_once(sheets):
    pages = PlainPages(400)
    sheets.show_pages(pages)
    shown(sheets)
    sheets.viewport().update()
    shown(sheets)
    assert sorted(set(pages.painted)) == pages.painted
    assert len(pages.painted) <= 3


def test_pages_of_another_setting_are_painted_anew(sheets):
    sheets.show_pages(PlainPages(3))
    shown(sheets)
    other = PlainPages(3)
    sheets.show_pages(other)
    shown(sheets)
    assert 0 in other.painted


def test_without_pages_a_line_says_why(sheets):
    sheets.show_pages(PlainPages())
    before = shown(sheets)
    sheets.show_message("Nothing is ticked.")
    assert sheets.accessibleDescription() == "Nothing is ticked."
    assert shown(sheets) != before
    assert sheets.verticalScrollBar().maximum() == 0


# --- getting about


@pytest.mark.parametrize(
    "keys, page",
    [
        ([Qt.Key.Key_Right], 1),
        ([Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left], 1),
        ([Qt.Key.Key_End], 4),
        ([Qt.Key.Key_End, Qt.Key.Key_Home], 0),
        ([Qt.Key.Key_End, Qt.Key.Key_Right], 4),
        ([Qt.Key.Key_Left], 0),
    ],
)
def test_keys_turn_the_pages(sheets, keys, page):
    sheets.show_pages(PlainPages(5))
    for key in keys:
        QTest.keyClick(sheets, key)
    assert sheets.page == page
    assert sheets.accessibleDescription() == f"Page {page + 1} of 5"


@pytest.mark.parametrize("key", [Qt.Key.Key_PageDown, Qt.Key.Key_Space])
def test_a_key_goes_on_by_what_is_in_sight_and_skips_nothing(sheets, key):
    sheets.show_pages(PlainPages(5))
    QTest.keyClick(sheets, key)
    assert 0 < sheets.verticalScrollBar().value() < sheets.viewport().height()


def test_page_down_ends_at_the_last_page(sheets):
    sheets.show_pages(PlainPages(5))
    for _ in range(40):
        QTest.keyClick(sheets, Qt.Key.Key_PageDown)
    assert sheets.page == 4


def test_the_place_stays_when_the_pages_are_set_anew(sheets):
    sheets.show_pages(PlainPages(9))
    sheets.go_to(6)
    sheets.show_pages(PlainPages(9))
    assert sheets.page == 6


def test_of_fewer_pages_the_last_is_shown(sheets):
    sheets.show_pages(PlainPages(9))
    sheets.go_to(8)
    sheets.show_pages(PlainPages(2))
    assert sheets.page == 1


def test_the_page_stays_when_the_view_becomes_wider(sheets):
    sheets.show_pages(PlainPages(9))
    sheets.go_to(4)
    sheets.resize(1200, 400)
    assert sheets._places.columns == 2
    assert sheets.page == 4


def test_keys_and_the_wheel_change_the_size_within_limits(sheets):
    sheets.show_pages(PlainPages(9))
    fitting = sheets.zoom
    QTest.keyClick(sheets, Qt.Key.Key_Plus)
    assert sheets.zoom > fitting
    assert not sheets.is_fitting
    QTest.keyClick(sheets, Qt.Key.Key_Minus)
    assert sheets.zoom == pytest.approx(fitting)
    QTest.keyClick(sheets, Qt.Key.Key_0)
    assert sheets.is_fitting
    for _ in range(60):
        turn_wheel(sheets, 120, Qt.KeyboardModifier.ControlModifier)
    assert sheets.zoom == pytest.approx(5)
    for _ in range(60):
        turn_wheel(sheets, -120, Qt.KeyboardModifier.ControlModifier)
    assert sheets.zoom == pytest.approx(0.2)


def turn_wheel(view, angle, modifiers):
    where = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        where,
        view.viewport().mapToGlobal(where),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_the_middle_of_the_view_stays_where_it_is_when_the_size_changes(sheets):
    sheets.show_pages(PlainPages(30))
    sheets.go_to(20)
    sheets.set_zoom(2.0)
    assert sheets.page == 20
    sheets.set_zoom(None)
    assert sheets.page == 20


def test_a_page_that_is_not_there_is_not_gone_to(sheets):
    sheets.go_to(3)
    sheets.show_pages(PlainPages(2))
    sheets.go_to(99)
    assert sheets.page == 1
    sheets.go_to(-4)
    assert sheets.page == 0
