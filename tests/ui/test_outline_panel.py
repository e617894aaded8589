"""The outline panel: real events on a real view, and what it asks for."""

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QPalette,
)
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QStyleOptionViewItem, QWidget

from editor.app.themes import load_themes
from editor.manuscript.moves import Place, Where
from editor.manuscript.outline import Outline
from editor.markup.model import Level
from editor.ui.outline_menu import OutlineMenu
from editor.ui.outline_mime import write_mime
from editor.ui.outline_panel import OutlinePanel
from editor.ui.theme_adapter import palette_of
from tests.ui.outlines import make_node, outline_of

BOOK = """
    part One #1
      chap Arrivals #2
        scene The ferry (100) {status: draft} #3
        scene The inn (50) {pov: Mara} #4
      chap Letters & <b>keys</b> #5
        scene A key (10) {export: no} #6
        scene Night #9
    part Two #7
      chap Fire #8
"""
# What the offscreen platform says about every window that is shown.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)", "grabbing the keyboard")

MOVE = Qt.DropAction.MoveAction
TOP, MIDDLE, BOTTOM = 0.1, 0.5, 0.9


class Asked(list):
    """Everything that a panel asked for: (signal, arguments...)."""

    def __init__(self, panel):
        names = """scene_activated move_requested move_up_requested move_down_requested rename_requested merge_requested
            fact_requested synopsis_requested copy_requested delete_requested"""
        for name in names.split():
            getattr(panel, name).connect(lambda *args, name=name: self.append((name, *args)))


@pytest.fixture
def panel(qtbot):
    panel = OutlinePanel()
    qtbot.addWidget(panel)
    panel.tester = QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    panel.resize(320, 500)
    panel.set_outline(outline_of(BOOK))
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def asked(panel):
    return Asked(panel)


def index_of(panel, node_id):
    return panel.model.index_of(node_id)


def select(panel, *ids):
    flags = QItemSelectionModel.SelectionFlag
    panel.view.setFocus()
    panel.view.selectionModel().setCurrentIndex(index_of(panel, ids[-1]), flags.NoUpdate)
    panel.view.selectionModel().clearSelection()
    for one in ids:
        panel.view.selectionModel().select(index_of(panel, one), flags.Select)


def point_on(panel, node_id, fraction=MIDDLE, x=None):
    row = panel.view.visualRect(index_of(panel, node_id))
    return QPoint(row.center().x() if x is None else x, row.top() + int(row.height() * fraction))


def drag_to(panel, data, *points, drops=True):
    """Send what Qt sends while rows are dragged over the points; return whether the last one was accepted."""
    target, accepted = panel.view.viewport(), False
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, enter := QDragEnterEvent(points[0], MOVE, data, buttons, keys))
    for point in points:
        move = QDragMoveEvent(point, MOVE, data, buttons, keys)
        move.ignore()
        QApplication.sendEvent(target, move)
        accepted = enter.isAccepted() and move.isAccepted()
    if drops and accepted:
        QApplication.sendEvent(target, QDropEvent(QPointF(points[-1]), MOVE, data, buttons, keys))
    elif drops:
        QApplication.sendEvent(target, QDragLeaveEvent())
    return accepted


def in_hand(panel, *ids):
    return panel.model.mimeData([index_of(panel, one) for one in ids])


def colours_in(panel, rect):
    image = panel.view.viewport().grab(rect).toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


class TestDragging:
    @pytest.mark.parametrize(
        "ids, target, fraction, place",
        [
            ([3], 6, TOP, Place(6, Where.BEFORE)),
            ([3], 6, BOTTOM, Place(6, Where.AFTER)),
            ([3, 9], 6, TOP, Place(6, Where.BEFORE)),
            ([3], 5, MIDDLE, Place(5, Where.INTO)),
            ([3], 8, MIDDLE, Place(8, Where.INTO)),
            ([5], 3, TOP, Place(2, Where.BEFORE)),
            ([7], 1, TOP, Place(1, Where.BEFORE)),
        ],
    )
    def test_a_drop_asks_for_the_move_that_was_shown(self, panel, asked, ids, target, fraction, place):
        assert drag_to(panel, in_hand(panel, *ids), point_on(panel, target, fraction), drops=False)
        assert panel.view.drag.place == place
        assert drag_to(panel, in_hand(panel, *ids), point_on(panel, target, fraction))
        assert asked == [("move_requested", ids, place)]
        assert panel.view.drag.place is None

    def test_the_indentation_strip_means_the_same_as_the_rest_of_the_row(self, panel, asked):
        for x in (0, 3, 20, panel.view.viewport().width() - 1):
            drag_to(panel, in_hand(panel, 3), point_on(panel, 6, TOP, x))
        assert asked == [("move_requested", [3], Place(6, Where.BEFORE))] * 4

    def test_below_the_last_row_is_the_end_of_the_last_chapter(self, panel, asked):
        drag_to(panel, in_hand(panel, 3), QPoint(100, panel.view.viewport().height() - 60))
        assert asked == [("move_requested", [3], Place(8, Where.INTO))]

    @pytest.mark.parametrize("target, fraction", [(3, TOP), (3, BOTTOM), (4, TOP)])
    def test_where_the_row_stands_already_a_drop_is_refused_visibly(self, panel, asked, target, fraction):
        assert not drag_to(panel, in_hand(panel, 3), point_on(panel, target, fraction))
        assert asked == []

    def test_a_chapter_cannot_land_in_itself(self, panel, asked):
        for fraction in (TOP, MIDDLE, BOTTOM):
            for row in (2, 3, 4):
                assert not drag_to(panel, in_hand(panel, 2), point_on(panel, row, fraction))
        assert asked == []

    def test_foreign_things_are_not_taken(self, panel, asked):
        text = QMimeData()
        text.setText("a scene from elsewhere")
        assert not drag_to(panel, text, point_on(panel, 6, TOP))
        assert not drag_to(panel, write_mime("another window", 0, [3]), point_on(panel, 6, TOP))
        assert asked == []

    def test_escape_takes_the_mark_away_and_asks_for_nothing(self, panel, asked):
        drag_to(panel, in_hand(panel, 3), point_on(panel, 6, TOP), drops=False)
        assert panel.view.drag.mark() is not None
        QApplication.sendEvent(panel.view.viewport(), QDragLeaveEvent())
        assert panel.view.drag.mark() is None
        assert asked == []

    @pytest.mark.parametrize(
        "target, fraction, edge", [(6, TOP, "top"), (6, BOTTOM, "bottom"), (9, BOTTOM, "bottom")]
    )
    def test_the_line_stands_at_the_gap_and_at_the_level_of_the_row(self, panel, target, fraction, edge):
        drag_to(panel, in_hand(panel, 3), point_on(panel, target, fraction), drops=False)
        mark, row = panel.view.drag.mark(), panel.view.visualRect(index_of(panel, target))
        assert mark.is_line
        assert mark.rect.top() == (row.top() if edge == "top" else row.bottom() + 1)
        assert mark.rect.left() == row.left()

    def test_the_line_after_an_open_chapter_stands_below_its_last_scene(self, panel):
        drag_to(panel, in_hand(panel, 8), point_on(panel, 9, BOTTOM), drops=False)
        assert panel.view.drag.place == Place(5, Where.AFTER)
        assert panel.view.drag.mark().rect.top() == panel.view.visualRect(index_of(panel, 9)).bottom() + 1
        assert panel.view.drag.mark().rect.left() == panel.view.visualRect(index_of(panel, 5)).left()

    def test_into_a_chapter_marks_the_whole_row(self, panel):
        drag_to(panel, in_hand(panel, 3), point_on(panel, 8), drops=False)
        mark, row = panel.view.drag.mark(), panel.view.visualRect(index_of(panel, 8))
        assert not mark.is_line
        assert (mark.rect.top(), mark.rect.height()) == (row.top(), row.height())
        assert mark.rect.width() == panel.view.viewport().width()

    def test_a_place_inside_a_closed_chapter_marks_the_chapter(self, panel):
        panel.view.collapse(index_of(panel, 2))
        drag_to(panel, in_hand(panel, 6), point_on(panel, 5, TOP), drops=False)
        assert panel.view.drag.place == Place(4, Where.AFTER)
        assert panel.view.drag.mark().rect.top() == panel.view.visualRect(index_of(panel, 2)).top()

    def test_the_line_is_painted_in_the_accent_colour(self, panel):
        panel.setPalette(palette_of(load_themes()["light"]))
        panel.view.clearSelection()
        accent = panel.palette().color(QPalette.ColorRole.Highlight).name()
        strip = panel.view.visualRect(index_of(panel, 9)).adjusted(60, -3, 0, 3)
        assert accent not in colours_in(panel, strip)
        drag_to(panel, in_hand(panel, 3), point_on(panel, 9, TOP), drops=False)
        assert accent in colours_in(panel, strip)

    def test_a_closed_chapter_opens_after_a_moment_under_the_pointer(self, panel, qtbot):
        panel.view.collapse(index_of(panel, 5))
        drag_to(panel, in_hand(panel, 3), point_on(panel, 5), drops=False)
        assert not panel.view.isExpanded(index_of(panel, 5))
        qtbot.waitUntil(lambda: panel.view.isExpanded(index_of(panel, 5)), timeout=5000)
        panel.view.drag.end()

    def test_near_the_edges_the_list_scrolls_while_dragging(self, panel, qtbot):
        many = "\n".join(f"scene S{number} #{number}" for number in range(100, 200))
        panel.set_outline(outline_of(f"chap C #2\n{many}"))
        bar, bottom = panel.view.verticalScrollBar(), panel.view.viewport().height() - 2
        drag_to(panel, in_hand(panel, 100), QPoint(50, bottom), drops=False)
        first = panel.view.drag.place
        qtbot.waitUntil(lambda: bar.value() > 60, timeout=5000)
        assert panel.view.drag.place.target > first.target, "the place moves on under the resting pointer"
        drag_to(panel, in_hand(panel, 100), QPoint(50, 200), drops=False)
        stopped = bar.value()
        qtbot.wait(120)
        assert bar.value() == stopped
        drag_to(panel, in_hand(panel, 100), QPoint(50, 2), drops=False)
        qtbot.waitUntil(lambda: bar.value() == 0, timeout=5000)
        panel.view.drag.end()

    def test_a_drag_that_ends_takes_no_rows_away(self, panel, asked):
        """Qt's views remove the dragged rows after a move; ours must not, whatever Qt believes happened."""
        rows = panel.model.rowCount(index_of(panel, 2))
        drag_to(panel, in_hand(panel, 3), point_on(panel, 6, TOP))
        assert panel.model.rowCount(index_of(panel, 2)) == rows


class TestSelectionAndCaret:
    def test_a_click_goes_to_the_scene(self, panel, asked, qtbot):
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=point_on(panel, 4))
        assert asked == [("scene_activated", 4)]

    def test_a_click_with_control_selects_and_goes_nowhere(self, panel, asked, qtbot):
        for node_id in (3, 6):
            qtbot.mouseClick(
                panel.view.viewport(),
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.ControlModifier,
                point_on(panel, node_id),
            )
        assert panel.selected_ids() == [3, 6]
        assert asked == []

    def test_return_goes_to_the_scene(self, panel, asked, qtbot):
        select(panel, 6)
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
        assert asked == [("scene_activated", 6)]

    def test_left_and_right_close_and_open_a_chapter(self, panel, qtbot):
        select(panel, 5)
        qtbot.keyClick(panel.view, Qt.Key.Key_Left)
        assert not panel.view.isExpanded(index_of(panel, 5))
        qtbot.keyClick(panel.view, Qt.Key.Key_Right)
        assert panel.view.isExpanded(index_of(panel, 5))

    def test_following_the_caret_neither_activates_nor_takes_the_focus(self, panel, asked, qtbot):
        other = QLineEdit(panel)
        other.show()
        other.setFocus()
        panel.set_current(6)
        assert asked == []
        assert other.hasFocus()
        assert panel.view.currentIndex() == index_of(panel, 6)
        assert panel.selected_ids() == [6]

    def test_following_the_caret_leaves_a_selection_in_use_alone(self, panel):
        select(panel, 3, 4)
        panel.set_current(6)
        assert panel.selected_ids() == [3, 4]

    def test_a_closed_chapter_stands_for_the_scene_with_the_caret(self, panel):
        panel.view.collapse(index_of(panel, 5))
        panel.filter.setFocus()
        panel.set_current(6)
        assert not panel.view.isExpanded(index_of(panel, 5)), "what was closed stays closed"
        assert panel.view.currentIndex() == index_of(panel, 5)

    def test_expansion_and_selection_survive_an_edit(self, panel):
        panel.view.collapse(index_of(panel, 2))
        select(panel, 6)
        panel.set_outline(
            outline_of(BOOK.replace("A key (10)", "A key (11)").replace("#9", "#9\n scene Dawn #10"))
        )
        assert not panel.view.isExpanded(index_of(panel, 2))
        assert panel.view.isExpanded(index_of(panel, 5))
        assert panel.selected_ids() == [6]

    def test_a_new_chapter_is_open(self, panel):
        panel.set_outline(outline_of(BOOK + "chap Ash #20\nscene End #21"))
        assert panel.view.isExpanded(index_of(panel, 20))

    def test_another_manuscript_starts_anew_and_what_was_cut_is_not_pasted_into_it(self, panel, asked):
        panel.view.collapse(index_of(panel, 2))
        select(panel, 3)
        panel.cut_rows()
        panel.set_outline(outline_of(BOOK, revision=0))
        assert panel.view.isExpanded(index_of(panel, 2))
        assert panel.selected_ids() == []
        select(panel, 6)
        panel.paste_rows()
        assert asked == []

    def test_a_long_book_opens_with_its_chapters_closed(self, panel):
        chapters = [f"chap C #{number}\nscene S\nscene T" for number in range(6000, 6300)]
        panel.set_outline(outline_of("part P #5000\n" + "\n".join(chapters), revision=0))
        assert panel.view.isExpanded(index_of(panel, 5000))
        assert not panel.view.isExpanded(index_of(panel, 6007))

    def test_without_scenes_the_panel_says_what_will_be_here(self, panel):
        panel.set_outline(outline_of(""))
        assert panel.view.empty_text == "Scenes appear here as you write."
        panel.set_outline(outline_of(BOOK))
        assert panel.view.empty_text == ""


class TestKeys:
    @pytest.mark.parametrize(
        "key, modifiers, name",
        [
            (
                Qt.Key.Key_Up,
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
                "move_up_requested",
            ),
            (
                Qt.Key.Key_Down,
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
                "move_down_requested",
            ),
            (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "delete_requested"),
        ],
    )
    def test_keys_ask_for_the_selected_rows_in_the_order_of_the_text(
        self, panel, asked, qtbot, key, modifiers, name
    ):
        select(panel, 6, 3)
        qtbot.keyClick(panel.view, key, modifiers)
        assert asked == [(name, [3, 6])]

    def test_cut_and_paste_move_rows_behind_the_current_one(self, panel, asked, qtbot):
        select(panel, 3, 4)
        qtbot.keyClick(panel.view, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
        assert panel.view.rows_delegate.cut_ids == {3, 4}
        panel.set_outline(outline_of(BOOK, revision=7))
        select(panel, 6)
        qtbot.keyClick(panel.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert asked == [("move_requested", [3, 4], Place(6, Where.AFTER))]
        assert panel.view.rows_delegate.cut_ids == set()

    def test_pasting_on_a_chapter_puts_scenes_at_its_end(self, panel, asked):
        select(panel, 3)
        panel.cut_rows()
        select(panel, 8)
        panel.paste_rows()
        assert asked == [("move_requested", [3], Place(8, Where.INTO))]

    def test_pasting_something_else_does_nothing(self, panel, asked):
        QGuiApplication.clipboard().setText("Chapter Nine")
        select(panel, 3)
        panel.paste_rows()
        assert asked == []

    def test_escape_takes_the_marks_of_cutting_away(self, panel, qtbot):
        select(panel, 3)
        panel.cut_rows()
        qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
        assert panel.view.rows_delegate.cut_ids == set()

    def test_copy_gives_the_titles_as_text(self, panel, asked):
        select(panel, 3, 6)
        panel.copy_rows()
        assert QGuiApplication.clipboard().text() == "The ferry\nA key"
        assert asked == [("copy_requested", [3, 6])]

    def test_f2_edits_a_title_in_its_place_and_asks_for_the_rename(self, panel, asked, qtbot):
        select(panel, 3)
        qtbot.keyClick(panel.view, Qt.Key.Key_F2)
        field = panel.findChild(QLineEdit, "titleField")
        assert field.text() == "The ferry"
        assert field.accessibleName() == "Title"
        field.setText("The last ferry")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert asked == [("rename_requested", 3, "The last ferry")]
        assert index_of(panel, 3).data() == "The ferry"

    def test_our_keys_are_claimed_before_the_window_s_shortcuts(self, panel):
        from PySide6.QtGui import QKeyEvent

        for key, modifiers, is_ours in (
            (Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier, True),
            (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, True),
            (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, False),
        ):
            event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
            event.ignore()
            QApplication.sendEvent(panel.view, event)
            assert event.isAccepted() is is_ours


class TestFilter:
    def shown(self, panel):
        ids = (1, 2, 3, 4, 5, 6, 9, 7, 8)
        return [one for one in ids if not panel.view.visualRect(index_of(panel, one)).isEmpty()]

    @pytest.mark.parametrize(
        "query, left",
        [
            ("ferry", [1, 2, 3]),
            ("FERRY the", [1, 2, 3]),
            ("arrivals", [1, 2, 3, 4]),
            ("mara", [1, 2, 4]),
            ("draft", [1, 2, 3]),
            ("fire", [7, 8]),
            ("xyzzy", []),
            ("", [1, 2, 3, 4, 5, 6, 9, 7, 8]),
        ],
    )
    def test_only_rows_that_fit_stay_with_what_is_above_them(self, panel, qtbot, query, left):
        qtbot.keyClicks(panel.filter, query)
        assert self.shown(panel) == left

    def test_closed_chapters_open_while_filtered_and_close_again(self, panel):
        panel.view.collapse(index_of(panel, 5))
        panel.filter.setText("key")
        assert 6 in self.shown(panel)
        panel.filter.clear()
        assert not panel.view.isExpanded(index_of(panel, 5))
        assert panel.view.isExpanded(index_of(panel, 2))

    def test_dragging_is_off_while_filtered_and_a_line_says_so(self, panel, asked):
        hint = panel.findChild(QWidget, "outlineHint")
        assert not hint.isVisible()
        panel.filter.setText("key")
        assert hint.isVisible()
        assert "off" in hint.text()
        assert not panel.view.dragEnabled()
        assert not panel.view.viewport().acceptDrops()
        panel.filter.clear()
        assert panel.view.dragEnabled()
        assert panel.view.viewport().acceptDrops()

    def test_escape_empties_the_filter(self, panel, qtbot):
        panel.filter.setText("key")
        qtbot.keyClick(panel.filter, Qt.Key.Key_Escape)
        assert panel.filter.text() == ""

    def test_down_goes_to_the_first_row_that_is_left(self, panel, qtbot):
        panel.filter.setText("fire")
        panel.filter.setFocus()
        qtbot.keyClick(panel.filter, Qt.Key.Key_Down)
        assert panel.view.hasFocus()
        assert panel.view.currentIndex() == index_of(panel, 7)

    def test_a_filter_holds_while_the_text_changes(self, panel, qtbot):
        panel.filter.setText("ferry")
        panel.set_outline(outline_of(BOOK.replace("#4", "#4\n scene Another ferry #30\n scene Dusk #31")))
        qtbot.waitUntil(lambda: panel.view.visualRect(index_of(panel, 31)).isEmpty(), timeout=3000)
        assert not panel.view.visualRect(index_of(panel, 30)).isEmpty()

    def test_nothing_found_is_said(self, panel):
        panel.filter.setText("xyzzy")
        assert panel.view.empty_text == "Nothing here has “xyzzy”."


class TestMenu:
    def menu(self, panel, *ids):
        self.source = OutlineMenu()
        self.told = []
        for name in (
            "move_requested",
            "fact_requested",
            "merge_requested",
            "synopsis_requested",
            "rename_requested",
        ):
            getattr(self.source, name).connect(lambda *args, name=name: self.told.append((name, *args)))
        return self.source.build(panel.model.outline, list(ids), panel)

    def entry(self, menu, *path):
        for text in path[:-1]:
            menu = next(one.menu() for one in menu.actions() if one.text().replace("&", "") == text)
        return next(one for one in menu.actions() if one.text().replace("&", "").split("\t")[0] == path[-1])

    def texts(self, menu):
        return [one.text().replace("&", "").split("\t")[0] for one in menu.actions() if not one.isSeparator()]

    def test_a_scene_can_do_everything_a_drag_can(self, panel):
        assert self.texts(self.menu(panel, 3)) == [
            "Go to", "Show only this", "Rename...", "Move to chapter", "Move up", "Move down",
            "Merge with next scene", "Status", "Synopsis...", "Exclude from export", "Delete",
        ]  # fmt: skip

    def test_a_chapter_and_several_scenes_have_what_makes_sense_for_them(self, panel):
        assert self.texts(self.menu(panel, 2)) == [
            "Go to",
            "Show only this",
            "Rename...",
            "Move up",
            "Move down",
            "Delete",
        ]
        assert self.texts(self.menu(panel, 3, 6)) == [
            "Move to chapter", "Move up", "Move down", "Status", "Exclude from export", "Delete"
        ]  # fmt: skip

    def test_move_to_chapter_lists_chapters_as_plain_text(self, panel):
        menu = self.menu(panel, 3)
        chapters = next(one.menu() for one in menu.actions() if one.text() == "Move to &chapter")
        texts = [one.text() for one in chapters.actions() if not one.isSeparator()]
        assert texts == ["Arrivals", "Letters && <b>keys</b>", "Fire"]
        assert [one.isEnabled() for one in chapters.actions() if not one.isSeparator()] == [False, True, True]
        self.entry(menu, "Move to chapter", "Fire").trigger()
        assert self.told == [("move_requested", [3], Place(8, Where.INTO))]

    def test_status_is_asked_for_as_a_fact_and_the_present_one_is_checked(self, panel):
        menu = self.menu(panel, 3)
        assert self.entry(menu, "Status", "Draft").isChecked()
        self.entry(menu, "Status", "Done").trigger()
        self.entry(menu, "Status", "None").trigger()
        assert self.told == [("fact_requested", [3], "status", "done"), ("fact_requested", [3], "status", "")]

    def test_exclude_from_export_goes_on_and_off(self, panel):
        self.entry(self.menu(panel, 3, 6), "Exclude from export").trigger()
        assert self.told == [("fact_requested", [3, 6], "export", "no")]
        entry = self.entry(self.menu(panel, 6), "Exclude from export")
        assert entry.isChecked()
        entry.trigger()
        assert self.told == [("fact_requested", [6], "export", "")]

    def test_the_last_scene_of_a_chapter_has_none_to_merge_with(self, panel):
        assert self.entry(self.menu(panel, 6), "Merge with next scene").isEnabled()
        assert not self.entry(self.menu(panel, 9), "Merge with next scene").isEnabled()

    def test_the_keyboard_opens_the_menu_of_the_selected_rows(self, panel, qtbot):
        from PySide6.QtGui import QContextMenuEvent

        select(panel, 3)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
        QApplication.sendEvent(panel.view.viewport(), event)
        menu = panel.findChild(QMenu, "outlineMenu")
        assert menu.isVisible()
        menu.close()


class TestLooks:
    def test_every_widget_has_a_name_for_tests_and_for_screen_readers(self, panel):
        for widget in (panel, panel.view, panel.filter):
            assert widget.objectName()
        assert panel.view.objectName() == "outlineView"
        assert panel.view.accessibleName() == "Outline"
        assert panel.filter.accessibleName() == "Filter scenes"

    @pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
    @pytest.mark.parametrize("width", [320, 160, 90])
    def test_the_pieces_of_a_row_never_overlap(self, panel, direction, width):
        option = QStyleOptionViewItem()
        option.initFrom(panel.view)
        option.direction = direction
        for node_id in (1, 2, 3, 6):
            option.rect = panel.view.visualRect(index_of(panel, node_id))
            option.rect.setWidth(width)
            layout = panel.view.rows_delegate.lay_out(option, index_of(panel, node_id))
            pieces = [
                one for one in (layout.shape, layout.title, layout.mark, layout.words) if one.width() > 1
            ]
            for at, piece in enumerate(pieces):
                assert option.rect.contains(piece)
                assert not any(piece.intersects(other) for other in pieces[at + 1 :])
            assert layout.title.width() > 20

    def test_in_a_narrow_panel_the_title_stays_and_the_count_gives_way(self, panel):
        option = QStyleOptionViewItem()
        option.initFrom(panel.view)
        option.rect = panel.view.visualRect(index_of(panel, 3))
        option.rect.setWidth(100)
        assert panel.view.rows_delegate.lay_out(option, index_of(panel, 3)).words.isEmpty()

    def test_a_status_has_its_colour_from_the_theme(self, panel):
        theme = load_themes()["light"]
        panel.set_theme(theme)
        panel.set_outline(outline_of(BOOK.replace("draft", "done")))
        panel.view.clearSelection()
        row = panel.view.visualRect(index_of(panel, 3))
        assert QColor(theme.colours["status_done"]).name() in colours_in(panel, row)

    @pytest.mark.parametrize("theme", ["light", "dark", "sepia"])
    def test_the_panel_paints_in_every_theme_and_direction(self, panel, theme):
        panel.setPalette(palette_of(load_themes()[theme]))
        panel.set_theme(load_themes()[theme])
        panel.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        drag_to(panel, in_hand(panel, 3), point_on(panel, 6, TOP), drops=False)
        assert not panel.grab().isNull()
        panel.view.drag.end()

    def test_hostile_titles_are_one_line_of_text(self, panel):
        scene = make_node(3, Level.SCENE, "a\tb\u2028c")
        title = "<img src='file:///etc/passwd'> & \u202e" + "x" * 5000
        panel.set_outline(Outline((make_node(2, Level.CHAPTER, title, 0, (), (scene,)),), revision=1))
        assert not panel.grab().isNull()
