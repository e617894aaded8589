"""The outline panel of a folder of chapter files: what its rows say, and what they ask for."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit

from editor.app.themes import load_themes
from editor.manuscript.moves import Place, Where
from editor.ui.outline_menu import OutlineMenu
from editor.ui.outline_model import Role
from editor.ui.outline_panel import OutlinePanel
from editor.ui.outline_projection import RowKind
from editor.ui.theme_adapter import palette_of
from tests.ui.outlines import outline_of
from tests.ui.test_outline_panel import (
    BOTTOM,
    MIDDLE,
    TOP,
    Asked,
    drag_to,
    in_hand,
    index_of,
    point_on,
    select,
)

BOOK = """
    file one.txt #1
      chap Arrivals #2
        scene The ferry (100) #3
        scene The inn (50) #4
    file two.txt #5
      chap #6
        scene A key (10) #7
    file three.txt #8
      chap Fire #9
        scene Smoke #10
      chap Ash #11
    file four.txt #12
    file cuts.txt #16
      chap #17
        scene Gone (5) #18
"""
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)", "grabbing the keyboard")

NEW = "cut_requested file_rename_requested new_file_requested join_file_requested remove_file_requested"
INTO, BEFORE, AFTER = Where.INTO, Where.BEFORE, Where.AFTER


@pytest.fixture
def panel(qtbot):
    panel = OutlinePanel()
    qtbot.addWidget(panel)
    panel.tester = QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    panel.resize(320, 600)
    panel.set_outline(outline_of(BOOK))
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def asked(panel):
    asked = Asked(panel)
    for name in NEW.split():
        getattr(panel, name).connect(lambda *args, name=name: asked.append((name, *args)))
    return asked


class TestRows:
    @pytest.mark.parametrize(
        ("row", "title", "said"),
        [
            (1, "Arrivals", "Arrivals, chapter, 150 words, file one.txt"),
            (5, "two", "two, chapter, 10 words, file two.txt"),
            (8, "three.txt", "three.txt, file, 0 words"),
            (12, "four.txt", "four.txt, empty file, 0 words"),
            (16, "Cuts", "Cuts, taken out of the book, 5 words"),
        ],
    )
    def test_a_row_says_what_it_is_to_the_eye_and_to_a_screen_reader(self, panel, row, title, said):
        assert index_of(panel, row).data() == title
        assert index_of(panel, row).data(Qt.ItemDataRole.AccessibleTextRole) == said

    @pytest.mark.parametrize(
        ("row", "name"),
        [(1, "File: one.txt"), (5, "File: two.txt"), (16, "never exported"), (8, "three.txt")],
    )
    def test_the_tooltip_names_the_file(self, panel, row, name):
        assert name in index_of(panel, row).data(Qt.ItemDataRole.ToolTipRole)

    def test_chapter_files_are_open_at_first_and_the_cuts_are_not(self, panel):
        assert panel.view.isExpanded(index_of(panel, 1))
        assert panel.view.isExpanded(index_of(panel, 9))
        assert not panel.view.isExpanded(index_of(panel, 16))

    def test_the_caret_in_a_chapter_marks_the_row_of_its_file(self, panel):
        panel.filter.setFocus()
        panel.set_current(6)
        assert panel.view.currentIndex() == index_of(panel, 5)
        assert panel.selected_ids() == [5]

    def test_every_kind_of_row_is_painted(self, panel):
        panel.setPalette(palette_of(load_themes()["dark"]))
        panel.view.expand(index_of(panel, 16))
        assert not panel.view.grab().isNull()

    def test_selection_and_closed_rows_survive_a_second_chapter_in_a_file(self, panel):
        panel.view.collapse(index_of(panel, 5))
        select(panel, 4)
        two = BOOK.replace("scene The inn", "chap The inn #30\n scene The inn")
        panel.set_outline(outline_of(two, revision=2))
        assert index_of(panel, 1).data(Role.KIND) == RowKind.FILE
        assert index_of(panel, 1).data() == "one.txt"
        assert panel.view.isExpanded(index_of(panel, 30))
        assert panel.selected_ids() == [4]
        panel.set_outline(outline_of(BOOK, revision=3))
        assert index_of(panel, 1).data() == "Arrivals"
        assert panel.view.isExpanded(index_of(panel, 1))
        assert not panel.view.isExpanded(index_of(panel, 5))
        assert panel.selected_ids() == [4]

    @pytest.mark.parametrize(
        ("query", "left"),
        [
            ("arrivals", [1, 3, 4]),
            ("one.txt", [1, 3, 4]),
            ("smoke", [8, 9, 10]),
            ("gone", [16, 18]),
            ("cuts", [16, 18]),
        ],
    )
    def test_the_filter_finds_chapters_by_their_titles_and_files_by_their_names(self, panel, query, left):
        panel.filter.setText(query)
        ids = (1, 3, 4, 5, 7, 8, 9, 10, 11, 12, 16, 18)
        shown = [one for one in ids if not panel.view.visualRect(index_of(panel, one)).isEmpty()]
        assert shown == left
        panel.filter.clear()
        assert not panel.view.isExpanded(index_of(panel, 16))

    def test_what_is_typed_goes_to_the_row_that_begins_so(self, panel, qtbot):
        select(panel, 3)
        qtbot.keyClicks(panel.view, "two")
        assert panel.view.currentIndex() == index_of(panel, 5)


class TestGoing:
    @pytest.mark.parametrize(("row", "start"), [(1, 2), (5, 6), (8, 9), (12, 12), (16, 17), (3, 3)])
    def test_return_goes_to_where_the_text_of_a_row_starts(self, panel, asked, qtbot, row, start):
        select(panel, row)
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
        assert asked == [("scene_activated", start)]

    def test_a_click_does_too(self, panel, asked, qtbot):
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=point_on(panel, 1))
        assert asked == [("scene_activated", 2)]

    def test_copying_a_file_asks_for_its_chapters_and_never_for_the_line_with_its_name(self, panel, asked):
        select(panel, 1, 8)
        panel.copy_rows()
        assert QGuiApplication.clipboard().text() == "Arrivals\nthree.txt"
        assert asked == [("copy_requested", [2, 9, 11])]
        assert panel.text_ids() == [2, 9, 11]


class TestNaming:
    def edit(self, panel, qtbot, text):
        field = panel.findChildren(QLineEdit, "titleField")[-1]
        was = field.text()
        field.setText(text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()
        return was

    @pytest.mark.parametrize(
        ("row", "was", "request_"),
        [
            (1, "Arrivals", ("rename_requested", 2, "New")),
            (5, "two", ("file_rename_requested", 5, "New.txt")),
            (8, "three.txt", ("file_rename_requested", 8, "New.txt")),
            (12, "four.txt", ("file_rename_requested", 12, "New.txt")),
            (9, "Fire", ("rename_requested", 9, "New")),
        ],
    )
    def test_f2_edits_the_heading_that_a_row_shows_else_the_name_of_the_file(
        self, panel, asked, qtbot, row, was, request_
    ):
        select(panel, row)
        qtbot.keyClick(panel.view, Qt.Key.Key_F2)
        assert self.edit(panel, qtbot, "New") == was
        assert asked == [request_]

    def test_the_name_of_a_chapter_file_is_edited_when_asked_for_once(self, panel, asked, qtbot):
        panel.edit_file_name(1)
        assert panel.findChild(QLineEdit, "titleField").accessibleName() == "File name"
        assert self.edit(panel, qtbot, "arrivals.txt") == "one.txt"
        assert asked == [("file_rename_requested", 1, "arrivals.txt")]
        panel.edit_title(2)
        assert self.edit(panel, qtbot, "Arrivals") == "Arrivals"
        assert len(asked) == 1

    def test_an_empty_name_and_the_same_name_ask_for_nothing(self, panel, asked, qtbot):
        for text in ("", " four.txt "):
            panel.edit_title(12)
            self.edit(panel, qtbot, text)
        assert asked == []

    def test_the_cuts_cannot_be_renamed_dragged_or_taken_in_hand(self, panel, asked, qtbot):
        flags = index_of(panel, 16).flags()
        assert not flags & (Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled)
        select(panel, 16)
        panel.view.startDrag(Qt.DropAction.MoveAction)
        panel.cut_rows()
        assert panel.view.rows_delegate.cut_ids == set()
        panel.edit_title(16)
        panel.edit_file_name(16)
        assert panel.findChild(QLineEdit, "titleField") is None
        qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
        assert asked == []


class TestDragging:
    @pytest.mark.parametrize(
        ("ids", "target", "fraction", "place"),
        [
            ([5], 1, TOP, Place(1, BEFORE)),
            ([1], 10, BOTTOM, Place(8, AFTER)),
            ([7], 1, MIDDLE, Place(2, INTO)),
            ([7], 4, TOP, Place(4, BEFORE)),
            ([7], 12, MIDDLE, Place(12, INTO)),
            ([7], 16, MIDDLE, Place(16, INTO)),
            ([11], 3, TOP, Place(2, BEFORE)),
            ([11], 4, BOTTOM, Place(2, AFTER)),
            ([11], 1, MIDDLE, Place(1, INTO)),
        ],
    )
    def test_a_drop_asks_for_the_move_that_was_shown(self, panel, asked, ids, target, fraction, place):
        assert drag_to(panel, in_hand(panel, *ids), point_on(panel, target, fraction), drops=False)
        assert panel.view.drag.place == place
        assert panel.view.drag.mark() is not None
        assert drag_to(panel, in_hand(panel, *ids), point_on(panel, target, fraction))
        assert asked == [("move_requested", ids, place)]

    def mark_of(self, panel, ids, target, fraction):
        drag_to(panel, in_hand(panel, *ids), point_on(panel, target, fraction), drops=False)
        return panel.view.drag.mark()

    def test_the_line_of_a_chapter_stands_inside_the_file(self, panel):
        scene = panel.view.visualRect(index_of(panel, 3))
        first = self.mark_of(panel, [11], 3, TOP)
        assert (first.rect.left(), first.rect.top()) == (scene.left(), scene.top())
        last = self.mark_of(panel, [11], 4, BOTTOM)
        below = panel.view.visualRect(index_of(panel, 4)).bottom() + 1
        assert (last.rect.left(), last.rect.top()) == (scene.left(), below)

    def test_the_line_of_a_file_stands_between_files(self, panel):
        mark = self.mark_of(panel, [8], 4, BOTTOM)
        assert mark.rect.left() == panel.view.visualRect(index_of(panel, 1)).left()
        assert mark.rect.top() == panel.view.visualRect(index_of(panel, 5)).top()

    def test_scenes_below_all_rows_go_to_the_cuts(self, panel, asked):
        drag_to(panel, in_hand(panel, 3), QPoint(100, panel.view.viewport().height() - 60))
        assert asked == [("move_requested", [3], Place(16, INTO))]

    def test_a_file_below_all_rows_is_the_last_of_the_book(self, panel, asked):
        point = QPoint(100, panel.view.viewport().height() - 60)
        assert drag_to(panel, in_hand(panel, 1), point, drops=False)
        assert panel.view.drag.mark().rect.top() == panel.view.visualRect(index_of(panel, 16)).top()
        drag_to(panel, in_hand(panel, 1), point)
        assert asked == [("move_requested", [1], Place(12, AFTER))]

    def test_cut_and_paste_moves_files_and_scenes(self, panel, asked):
        for ids, target in (([1], 8), ([3], 5), ([3], 16)):
            select(panel, *ids)
            panel.cut_rows()
            select(panel, target)
            panel.paste_rows()
        places = [Place(8, AFTER), Place(6, INTO), Place(16, INTO)]
        assert [place for _name, _ids, place in asked] == places

    def test_keys_move_a_chapter_file(self, panel, asked, qtbot):
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        select(panel, 5)
        qtbot.keyClick(panel.view, Qt.Key.Key_Up, keys)
        qtbot.keyClick(panel.view, Qt.Key.Key_Down, keys)
        assert asked == [("move_up_requested", [5]), ("move_down_requested", [5])]


class TestDeleting:
    def test_a_file_is_removed_and_not_deleted(self, panel, asked, qtbot):
        select(panel, 1, 3)
        qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
        assert asked == [("remove_file_requested", 1)]

    def test_several_files_are_removed_one_by_one_and_the_cuts_stay(self, panel, asked, qtbot):
        select(panel, 1, 8, 16)
        qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
        assert asked == [("remove_file_requested", 1), ("remove_file_requested", 8)]

    def test_scenes_and_chapters_are_deleted_as_ever(self, panel, asked, qtbot):
        select(panel, 4, 9)
        qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
        assert asked == [("delete_requested", [4, 9])]


class TestMenus:
    def menu(self, panel, *ids):
        menu = panel.findChild(OutlineMenu).build(outline_of(BOOK), list(ids), panel.view)
        return {
            action.text().replace("&", "").split("\t")[0]: action
            for action in menu.actions()
            if action.text()
        }

    def test_the_menu_of_a_chapter_file_has_what_can_be_done_with_files(self, panel, asked):
        menu = self.menu(panel, 1)
        assert list(menu) == [
            "Go to",
            "Show only this",
            "Rename the chapter...",
            "New chapter file after this",
            "Rename the file...",
            "Join with the next file",
            "Move up",
            "Move down",
            "Remove the file",
        ]
        for name in ("Go to", "New chapter file after this", "Join with the next file", "Remove the file"):
            menu[name].trigger()
        assert asked == [
            ("scene_activated", 2),
            ("new_file_requested", 1),
            ("join_file_requested", 1),
            ("remove_file_requested", 1),
        ]

    def test_rename_the_file_edits_its_name_in_the_row(self, panel):
        self.menu(panel, 1)["Rename the file..."].trigger()
        assert panel.findChild(QLineEdit, "titleField").text() == "one.txt"

    def test_a_file_without_a_heading_to_rename_is_renamed_as_a_file(self, panel):
        for row in (5, 8, 12):
            assert "Rename the chapter..." not in self.menu(panel, row)

    def test_the_last_file_of_the_book_cannot_be_joined_with_the_cuts(self, panel):
        assert self.menu(panel, 8)["Join with the next file"].isEnabled()
        assert not self.menu(panel, 12)["Join with the next file"].isEnabled()

    def test_the_cuts_can_only_be_gone_to_and_shown(self, panel):
        assert list(self.menu(panel, 16)) == ["Go to", "Show only this"]
        assert list(self.menu(panel, 1, 8, 16)) == ["Move up", "Move down", "Remove the files"]

    def test_scenes_can_be_moved_to_the_cuts_unless_they_are_there(self, panel, asked):
        self.menu(panel, 3, 7)["Move to the cuts"].trigger()
        assert asked == [("cut_requested", [3, 7])]
        assert not self.menu(panel, 18)["Move to the cuts"].isEnabled()

    def test_the_list_of_chapters_has_the_names_of_the_rows_and_the_cuts(self, panel, asked):
        chapters = self.menu(panel, 3)["Move to chapter"].menu()
        entries = {action.text(): action for action in chapters.actions() if action.text()}
        assert list(entries) == ["Arrivals", "two", "three.txt", "Fire", "Ash", "four.txt", "Cuts"]
        assert not entries["Arrivals"].isEnabled()
        entries["two"].trigger()
        entries["Cuts"].trigger()
        assert asked == [("move_requested", [3], Place(6, INTO)), ("cut_requested", [3])]

    def test_a_manuscript_of_one_file_has_no_entries_for_files(self, panel):
        one = outline_of("chap One #1\nscene A #2\nscene B #3")
        panel.set_outline(one)
        for ids in ([1], [2]):
            menu = panel.findChild(OutlineMenu).build(one, ids, panel.view)
            texts = " ".join(action.text() for action in menu.actions())
            assert "file" not in texts
            assert "cu&ts" not in texts
