"""No hand removes, doubles or edits the boundary between two files, whatever door it comes through."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest

from editor.manuscript.edits import Position, TextEdit
from editor.ui.clipboard import text_of
from editor.ui.page_guard import PageGuard, seen_text, selected_text
from tests.ui.page_fixtures import settle
from tests.ui.page_hands import (
    COPY,
    CTRL,
    CUTS,
    FILES,
    LEFT,
    MOVE,
    NONE,
    ONE,
    SHIFT,
    THREE,
    TWO,
    assert_files_unharmed,
    at,
    choose,
    click,
    compose,
    drop,
    mime,
    move_mouse,
    point_at,
    press,
    shown_page,
    sweep,
)

Key = Qt.Key
OVER_TWO = (at(3, 3), at(9, 6))
"""From the middle of the first file into the third, over the empty second."""

CUT_OUT = [*FILES[:3], "It ", TWO, "", THREE, " 😀 knew.", *FILES[10:]]
TYPED_OVER = [*FILES[:3], "It x", *CUT_OUT[4:]]


@pytest.fixture
def page(qtbot):
    QGuiApplication.clipboard().setText("old")
    page = shown_page()
    qtbot.addWidget(page)
    yield page
    assert_files_unharmed(page)


def assert_one_step(page, before=FILES):
    """One undo takes everything back, one redo brings it again."""
    after = page.buffer.lines()
    page.undo()
    assert page.buffer.lines() == before
    page.redo()
    assert page.buffer.lines() == after


@pytest.mark.parametrize(
    "keys",
    [
        (Key.Key_Backspace,),
        (Key.Key_Backspace, SHIFT),
        (Key.Key_Backspace, CTRL),
        (Key.Key_Delete,),
        (Key.Key_Delete, CTRL),
    ],
)
def test_a_deletion_over_files_leaves_them_standing(page, keys):
    page.select_range(*OVER_TWO)
    press(page, *keys)
    assert page.buffer.lines() == CUT_OUT
    assert page.caret_position() == at(3, 3)
    assert_one_step(page)


def test_a_letter_over_a_selection_goes_where_the_selection_began(page):
    page.select_range(*OVER_TWO)
    QTest.keyClicks(page, "x")
    assert page.buffer.lines() == TYPED_OVER
    assert page.caret_position() == at(3, 4)
    assert_one_step(page)


def test_what_is_typed_on_stands_behind_the_first_letter(page):
    page.select_range(*reversed(OVER_TWO))
    QTest.keyClicks(page, "xyz")
    assert page.buffer.lines()[3] == "It xyz"


def test_enter_over_a_selection_breaks_the_line_where_the_selection_began(page):
    page.select_range(*OVER_TWO)
    press(page, Key.Key_Return)
    assert page.buffer.lines() == [*FILES[:3], "It ", "", TWO, "", THREE, " 😀 knew.", *FILES[10:]]
    assert page.caret_position() == at(4, 0)
    assert_one_step(page)


def test_a_tab_over_a_selection_goes_where_the_selection_began(page):
    page.select_range(*OVER_TWO)
    press(page, Key.Key_Tab)
    assert page.buffer.lines()[3] == "It \t"
    assert_one_step(page)


def test_text_over_everything_goes_behind_the_first_boundary(page):
    press(page, Key.Key_A, CTRL)
    QTest.keyClicks(page, "x")
    assert page.buffer.lines() == [ONE, "x", TWO, "", THREE, "", CUTS, ""]
    assert_one_step(page)


def test_everything_can_be_deleted_but_the_files(page):
    press(page, Key.Key_A, CTRL)
    press(page, Key.Key_Delete)
    assert page.buffer.lines() == [ONE, "", TWO, "", THREE, "", CUTS, ""]
    assert page.caret_position() == at(1, 0)
    assert_one_step(page)


@pytest.mark.parametrize(
    "keys", [(Key.Key_Backspace,), (Key.Key_Backspace, SHIFT), (Key.Key_Backspace, CTRL)]
)
@pytest.mark.parametrize("line", [1, 6, 8, 13])
def test_deleting_back_from_the_start_of_a_file_does_nothing(page, keys, line):
    page.go_to_line(line)
    press(page, *keys)
    assert page.buffer.lines() == FILES
    assert page.caret_position() == at(line)
    assert not page.document().isUndoAvailable()


@pytest.mark.parametrize("keys", [(Key.Key_Delete,), (Key.Key_Delete, CTRL)])
@pytest.mark.parametrize("line", [4, 6, 11, 13])
def test_deleting_on_from_the_end_of_a_file_does_nothing(page, keys, line):
    page.go_to(at(line, len(FILES[line])))
    press(page, *keys)
    assert page.buffer.lines() == FILES
    assert page.caret_position() == at(line, len(FILES[line]))


def test_words_and_line_ends_are_deleted_inside_a_file_as_ever(page):
    page.go_to(at(4, 11))
    press(page, Key.Key_Backspace, CTRL)
    press(page, Key.Key_Backspace, CTRL)
    assert page.buffer.lines()[4] == "It went "
    page.go_to(at(3, 0))
    press(page, Key.Key_Delete, CTRL)
    assert page.buffer.lines()[3] == "began on a *Tuesday*."
    page.select_range(at(3, 0), at(3, 22))
    press(page, Key.Key_Delete)
    press(page, Key.Key_Delete)
    assert page.buffer.lines()[3:6] == ["It went ", TWO, ""]


def test_cut_takes_the_text_and_leaves_the_files(page):
    page.select_range(*OVER_TWO)
    press(page, Key.Key_X, CTRL)
    assert page.buffer.lines() == CUT_OUT
    assert QGuiApplication.clipboard().text() == "began on a *Tuesday*.\nIt went on.\n\n# Three\nNobody"
    assert_one_step(page)


def test_a_copy_joins_both_sides_of_a_boundary_by_one_line_end(page):
    page.select_range(at(4, 3), at(8, 2))
    press(page, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "went on.\n\n# "
    assert page.selected_text() == "went on.\n\n# "


def test_a_selection_without_text_leaves_the_clipboard_alone(page):
    cursor = QTextCursor(page.document().findBlockByNumber(5))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    assert selected_text(cursor) == ""
    page.setTextCursor(cursor)
    page.copy()
    page.cut()
    assert QGuiApplication.clipboard().text() == "old"
    assert page.buffer.lines() == FILES


def test_a_paste_over_a_selection_goes_where_the_selection_began(page):
    QGuiApplication.clipboard().setText("new\nlines")
    page.select_range(*OVER_TWO)
    press(page, Key.Key_V, CTRL)
    assert page.buffer.lines() == [*FILES[:3], "It new", "lines", *CUT_OUT[4:]]
    assert page.caret_position() == at(4, 5)
    assert_one_step(page)


@pytest.mark.parametrize(
    "data",
    [
        mime("\x1cfalse.txt\n\x1cfalse"),
        mime("\rfalse.txt\r\n\rfalse"),
        mime("a\u2029\x1cfalse"),
        mime("x", **{"application/x-dinkus-text": b"a\n\x1cfalse.txt\n\rfalse"}),
    ],
)
def test_no_pasted_text_makes_a_boundary(page, data):
    page.go_to_line(6)
    page.insertFromMimeData(data)
    assert_files_unharmed(page)
    drop(page, data, point_at(page, 3, 2))


@pytest.mark.parametrize("text", ["a\x1cb", "\x1c", "a\rb", "a\u2029\x1cb", "\u2029"])
def test_no_key_and_no_input_method_types_a_boundary(page, text):
    page.go_to_line(6)
    press(page, Key.Key_unknown, NONE, text)
    assert_files_unharmed(page)
    compose(page, commit="\n" + text)


def test_odd_characters_that_are_typed_are_kept(page):
    page.go_to_line(6)
    press(page, Key.Key_unknown, NONE, "a\x1cb")
    compose(page, commit="\x1c")
    assert page.buffer.lines()[6] == "a\x1cb\x1c"


def test_composing_over_a_selection_leaves_the_files(page):
    page.select_range(*OVER_TWO)
    compose(page, preedit="x")
    assert page.buffer.lines() == CUT_OUT
    compose(page, commit="x")
    assert page.buffer.lines() == TYPED_OVER


def test_a_committed_text_over_a_selection_goes_where_the_selection_began(page):
    page.select_range(*OVER_TWO)
    compose(page, commit="x")
    assert page.buffer.lines() == TYPED_OVER


@pytest.mark.parametrize(("line", "column"), [(6, 0), (8, 0), (4, 11), (13, 0)])
@pytest.mark.parametrize("replaced", [(-9, 9), (-9, 99), (0, 30), (-500, 1000), (-40, 2)])
def test_an_input_method_replaces_nothing_outside_the_file(page, line, column, replaced):
    page.go_to(at(line, column))
    compose(page, commit="neu", replaced=replaced)
    assert_files_unharmed(page)
    head = FILES.index(
        max((file for file in (ONE, TWO, THREE, CUTS) if FILES.index(file) < line), key=FILES.index)
    )
    assert page.buffer.lines()[: head + 1] == FILES[: head + 1]


def test_an_input_method_replaces_beside_a_selection_no_more_than_the_file_holds(page):
    page.select_range(at(4, 0), at(4, 10))
    compose(page, commit="x", replaced=(0, 5))
    assert page.buffer.lines() == [*FILES[:4], "x", *FILES[5:]]


def test_an_input_method_may_replace_what_is_in_the_line(page):
    page.go_to(at(4, 7))
    compose(page, commit="came", replaced=(-4, 4))
    assert page.buffer.lines()[4] == "It came on."


@pytest.mark.parametrize("key", [Key.Key_Up, Key.Key_Down, Key.Key_End, Key.Key_PageDown])
def test_a_key_during_a_composition_ends_it_and_stays_in_the_text(page, key):
    page.go_to(at(13, 0))
    compose(page, preedit="かかかかかかかかかかかかかかかかか")
    press(page, Key.Key_Shift)
    assert page.document().lastBlock().layout().preeditAreaText()
    press(page, key)
    assert page.textCursor().position() < page.document().characterCount()
    assert not page.document().lastBlock().layout().preeditAreaText()
    QTest.keyClicks(page, "x")
    assert len("".join(page.buffer.lines())) == len("".join(FILES)) + 1


def test_an_input_method_may_select_no_boundary(page):
    page.go_to_line(6)
    selecting = QInputMethodEvent.Attribute(QInputMethodEvent.AttributeType.Selection, -4, 2, None)
    compose(page, preedit="x", attributes=[selecting])
    compose(page, commit="y")


def test_a_selection_that_is_dragged_arrives_once(page):
    page.select_range(*OVER_TWO)
    page.drag_ends = (page, point_at(page, 11, 4), MOVE)
    sweep(page, point_at(page, 3, 10), point_at(page, 11, 4))
    moved = ["The began on a *Tuesday*.", "It went on.", "", "# Three", "Nobodyend."]
    assert page.buffer.lines() == [*CUT_OUT[:9], *moved, *FILES[12:]]
    assert_one_step(page)


def test_a_selection_may_be_dragged_to_an_earlier_file(page):
    page.select_range(at(9, 0), at(13, 8))
    page.drag_ends = (page, point_at(page, 6), MOVE)
    sweep(page, point_at(page, 9, 3), point_at(page, 6))
    moved = ["Nobody 😀 knew.", "", "The end.", "A scene "]
    assert page.buffer.lines() == [*FILES[:6], *moved, *FILES[7:9], "", CUTS, "that was cut."]
    assert_one_step(page)


@pytest.mark.parametrize(("line", "column"), [(3, 3), (4, 4), (5, 3), (6, 0), (7, 2), (9, 6)])
def test_a_selection_that_is_dropped_on_itself_stays(page, line, column):
    page.select_range(*OVER_TWO)
    page.drag_ends = (page, point_at(page, line, column), MOVE)
    sweep(page, point_at(page, 3, 10), point_at(page, 9, 2))
    assert page.buffer.lines() == FILES
    assert page.selection() == OVER_TWO


def test_a_selection_that_is_dragged_as_a_copy_stays(page):
    page.select_range(at(4, 3), at(6, 0))
    page.drag_ends = (page, point_at(page, 13, 0), COPY)
    sweep(page, point_at(page, 4, 5), point_at(page, 13, 0))
    assert page.buffer.lines() == [*FILES[:13], "went on.", FILES[13]]


def test_a_selection_that_another_program_has_taken_is_gone_and_the_files_are_not(page):
    page.select_range(*OVER_TWO)
    page.drag_ends = (None, None, MOVE)
    sweep(page, point_at(page, 3, 10), point_at(page, 9, 2))
    assert page.dragged_text == "began on a *Tuesday*.\nIt went on.\n\n# Three\nNobody"
    assert page.buffer.lines() == CUT_OUT


def test_a_drag_that_is_given_up_changes_nothing(page):
    page.select_range(*OVER_TWO)
    sweep(page, point_at(page, 3, 10), point_at(page, 9, 2))
    assert page.buffer.lines() == FILES
    assert page.selection() == OVER_TWO


def test_a_click_on_a_selection_still_puts_the_caret_there(page):
    page.select_range(*OVER_TWO)
    click(page, point_at(page, 4, 3))
    assert page.selection() == (at(4, 3), at(4, 3))


def test_text_moves_from_one_view_of_a_manuscript_to_the_other_and_arrives_once(page, qtbot):
    other = shown_page(buffer=page.buffer)
    qtbot.addWidget(other)
    page.select_range(*OVER_TWO)
    page.drag_ends = (other, point_at(other, 4, 2), MOVE)
    sweep(page, point_at(page, 3, 10), point_at(page, 9, 2))
    assert page.buffer.lines() == FILES, "dropped on itself"
    page.drag_ends = (other, point_at(other, 1, 0), MOVE)
    sweep(page, point_at(page, 3, 10), point_at(page, 9, 2))
    moved = ["began on a *Tuesday*.", "It went on.", "", "# Three", "NobodyChapter One"]
    assert page.buffer.lines() == [ONE, *moved, *CUT_OUT[2:]]
    assert_one_step(page)


def test_what_is_dropped_on_a_boundary_goes_behind_it(page):
    drop(page, mime("new "), point_at(page, 7, 2))
    assert page.buffer.lines()[8] == "new # Three"


def test_the_menu_deletes_cuts_and_pastes_as_the_keys_do(page):
    page.select_range(*OVER_TWO)
    choose(page, "edit-delete")
    assert page.buffer.lines() == CUT_OUT
    choose(page, "edit-undo")
    assert page.buffer.lines() == FILES
    page.select_range(*OVER_TWO)
    choose(page, "edit-cut")
    assert page.buffer.lines() == CUT_OUT
    choose(page, "edit-undo")
    choose(page, "select-all")
    choose(page, "edit-paste")
    assert page.buffer.lines() == [
        ONE, "began on a *Tuesday*.", "It went on.", "", "# Three", "Nobody", TWO, "", THREE, "", CUTS, ""
    ]  # fmt: skip
    choose(page, "edit-undo")
    choose(page, "edit-redo")
    assert len(page.buffer.lines()) == 12


def test_the_menu_offers_what_can_be_done(page):
    enabled = {action.objectName() for action in page.page_menu().actions() if action.isEnabled()}
    assert enabled - {""} == {"edit-paste", "select-all"}


@pytest.mark.parametrize(
    "slot", ["clear", "setPlainText", "insertPlainText", "appendPlainText", "appendHtml"]
)
def test_no_slot_of_qt_harms_a_file(page, slot):
    page.selectAll()
    getattr(page, slot)(*([] if slot == "clear" else ["\x1cfalse.txt\r<b>word</b>"]))
    assert_files_unharmed(page)
    while page.document().isUndoAvailable():
        page.undo()
    assert page.buffer.lines() == FILES


def test_a_text_that_is_only_read_stays_whole(page):
    page.setReadOnly(True)
    page.select_range(*OVER_TWO)
    for keys in ((Key.Key_Delete,), (Key.Key_X, CTRL), (Key.Key_V, CTRL), (Key.Key_Return,)):
        press(page, *keys)
    page.clear()
    page.select_range(*OVER_TWO)
    page.drag_ends = (None, None, MOVE)
    sweep(page, point_at(page, 3, 10), point_at(page, 9, 2))
    compose(page, commit="x")
    assert page.buffer.lines() == FILES


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        (at(8, 0), (Key.Key_Left,), at(6, 0)),
        (at(8, 0), (Key.Key_Up,), at(6, 0)),
        (at(6, 0), (Key.Key_Right,), at(8, 0)),
        (at(6, 0), (Key.Key_Down,), at(8, 0)),
        (at(6, 0), (Key.Key_Up,), at(4, 0)),
        (at(4, 11), (Key.Key_Right, CTRL), at(6, 0)),
        (at(6, 0), (Key.Key_Left, CTRL), at(4, 11)),
        (at(9, 3), (Key.Key_Home, CTRL), at(1, 0)),
        (at(1, 0), (Key.Key_Up,), at(1, 0)),
        (at(1, 0), (Key.Key_Left,), at(1, 0)),
        (at(1, 0), (Key.Key_End, CTRL), at(13, 21)),
    ],
)
def test_a_caret_goes_over_a_boundary_the_way_it_came(page, start, keys, end):
    page.go_to(start)
    press(page, *keys)
    assert page.caret_position() == end


def test_a_caret_keeps_its_column_over_a_boundary(page):
    page.buffer.load([ONE, "iiiiiiiiiiii", TWO, "iiiiiiiiiiii", CUTS, ""])
    page.go_to(at(3, 7))
    press(page, Key.Key_Up)
    assert page.caret_position() == at(1, 7)
    press(page, Key.Key_Down)
    assert page.caret_position() == at(3, 7)
    page.buffer.load(FILES)


def test_a_selection_by_key_goes_over_a_boundary(page):
    page.go_to(at(8, 0))
    press(page, Key.Key_Left, SHIFT)
    assert page.selection() == (at(6, 0), at(8, 0))
    press(page, Key.Key_Up, SHIFT)
    assert page.selection() == (at(4, 0), at(8, 0))
    press(page, Key.Key_Home, CTRL | SHIFT)
    assert page.selection() == (at(1, 0), at(8, 0))


@pytest.mark.parametrize("times", [1, 2, 3])
def test_clicks_on_a_boundary_put_the_caret_behind_it(page, times):
    page.go_to(at(3, 3))
    click(page, point_at(page, 7, 3), times=times)
    assert page.selection() == (at(8, 0), at(8, 0))


def test_a_triple_click_on_the_last_line_of_a_file_selects_that_line(page):
    click(page, point_at(page, 4, 3), times=3)
    assert page.selected_text() == "It went on."


def test_the_mouse_selects_up_to_a_boundary_and_beyond_it(page):
    page.go_to(at(1, 0))
    QTest.mousePress(page.viewport(), LEFT, NONE, point_at(page, 4, 3))
    move_mouse(page, point_at(page, 5, 4))
    assert page.selection() == (at(4, 3), at(4, 11))
    move_mouse(page, point_at(page, 8, 2))
    assert page.selection() == (at(4, 3), at(8, 2))
    QTest.mouseRelease(page.viewport(), LEFT, NONE, point_at(page, 8, 2))


def test_places_that_are_gone_to_are_never_on_a_boundary(page):
    for line in (0, 5, 7, 12):
        page.go_to(at(line, 2))
        assert page.caret_position() == at(line + 1, 0)
    page.select_range(at(3, 3), at(5, 2))
    assert page.selection() == (at(3, 3), at(4, 11))


def test_a_caret_steps_out_of_a_line_that_becomes_a_boundary(page):
    page.go_to(at(9, 0))
    page.buffer.apply([TextEdit(at(9, 0), at(9, 0), "\rnew.txt\n")])
    settle()
    assert page.caret_position() == at(10, 0)
    page.undo()


def hide(page, *lines):
    for line in lines:
        page.document().findBlockByNumber(line).setVisible(False)
    page.document().markContentsDirty(0, page.document().characterCount())
    settle()


def test_what_is_folded_away_is_neither_deleted_nor_typed_into(page):
    hide(page, 9, 10)
    page.select_range(at(8, 1), at(11, 3))
    press(page, Key.Key_Delete)
    assert page.buffer.lines() == [*FILES[:8], "#", *FILES[9:11], " end.", *FILES[12:]]
    assert_one_step(page)
    page.undo()
    for line, key in ((8, Key.Key_Delete), (11, Key.Key_Backspace)):
        page.go_to(at(line, 7 if line == 8 else 0))
        press(page, key)
        assert page.buffer.lines() == FILES


def test_a_copy_takes_what_is_folded_away_and_a_cut_leaves_it_in_both_places_once(page):
    hide(page, 9, 10)
    page.select_range(at(8, 1), at(11, 3))
    page.copy()
    assert QGuiApplication.clipboard().text() == " Three\nNobody 😀 knew.\n\nThe"
    page.cut()
    assert QGuiApplication.clipboard().text() == " Three\nThe"
    assert page.buffer.lines()[9:11] == FILES[9:11]


def test_the_guard_tells_where_text_may_go(page):
    guard, document = PageGuard(page.document()), page.document()
    start_of = lambda line: document.findBlockByNumber(line).position()  # noqa: E731 - reads as a word
    assert guard.free_position(start_of(3) + 2) == start_of(3) + 2
    assert guard.free_position(start_of(5) + 2) == start_of(6)
    hide(page, 9, 10, 11)
    assert guard.free_position(start_of(10)) == start_of(8) + len(FILES[8])
    hide(page, 8)
    assert guard.free_position(start_of(10)) is None
    cursor = QTextCursor(document)
    cursor.setPosition(start_of(10))
    assert not guard.insert(cursor, "x")
    assert page.buffer.lines() == FILES
    assert seen_text(cursor) == ""


def test_our_own_clipboard_never_holds_a_boundary():
    assert text_of(mime("x", **{"application/x-dinkus-text": b"\x1ca"})) == "\na"


def test_one_file_alone_is_edited_as_ever(qtbot):
    page = shown_page(["one", "two"])
    qtbot.addWidget(page)
    page.select_range(at(0, 1), at(1, 2))
    QTest.keyClicks(page, "x")
    press(page, Key.Key_Backspace)
    press(page, Key.Key_Delete)
    assert page.buffer.lines() == ["o"]
    assert page.caret_position() == Position(0, 1)
