"""Laws of folding: no text is changed by it, what is hidden stays what it was, and in the end everything is shown."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from editor.manuscript.edits import Position, TextEdit
from editor.ui.fold_bar import tell_folded
from editor.ui.folding import Folding
from editor.ui.page_pair import PagePair
from tests.ui.page_fixtures import settle, shown_editor
from tests.ui.page_hands import FILES

TEXT = """\
Chapter One

It began.

* * *

It went on.
And on.

* * *

It stopped.

Chapter Two

Nobody *knew*.

* * *

The end."""
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

_KEYS = [
    (Qt.Key.Key_Return, NONE),
    (Qt.Key.Key_Backspace, NONE),
    (Qt.Key.Key_Delete, NONE),
    (Qt.Key.Key_Backspace, CTRL),
    (Qt.Key.Key_Delete, CTRL),
    (Qt.Key.Key_Up, NONE),
    (Qt.Key.Key_Down, NONE),
    (Qt.Key.Key_Left, NONE),
    (Qt.Key.Key_Right, NONE),
    (Qt.Key.Key_Home, CTRL),
    (Qt.Key.Key_End, CTRL),
    (Qt.Key.Key_Down, SHIFT),
    (Qt.Key.Key_End, CTRL | SHIFT),
    (Qt.Key.Key_Home, CTRL | SHIFT),
    (Qt.Key.Key_A, CTRL),
    (Qt.Key.Key_Z, CTRL),
    (Qt.Key.Key_Y, CTRL),
    (Qt.Key.Key_X, CTRL),
    (Qt.Key.Key_V, CTRL),
]


def blocks_of(editor):
    block = editor.document().firstBlock()
    while block.isValid():
        yield block
        block = block.next()


def hidden_text(editor):
    """Return what is hidden above and below what is shown."""
    lines, shown = editor.buffer.lines(), editor.buffer.page.shown_lines()
    return lines[: shown.start], lines[shown.stop :]


def is_true_to_itself(editor, folding):
    """Say whether just those blocks are visible that the layout takes for shown, and the caret is in one of them."""
    shown = editor.buffer.page.shown_lines()
    flags = [block.isVisible() for block in blocks_of(editor)]
    if folding.node is None:
        return all(flags) and len(shown) == len(flags)
    is_right = [line in shown for line in range(len(flags))] == flags
    return is_right and editor.textCursor().blockNumber() in shown


edits = st.one_of(
    st.tuples(st.just("fold"), st.integers(0, 20)),
    st.tuples(st.just("unfold"), st.just(0)),
    st.tuples(st.just("type"), st.sampled_from(["a", "# ", "* * *", "Chapter Nine", "  "])),
    st.tuples(st.just("paste"), st.sampled_from(["one", "one\ntwo\n\n* * *\n\nthree\n", "\n\n"])),
    st.tuples(st.just("go"), st.integers(0, 40)),
    st.tuples(st.just("apply"), st.integers(0, 40)),
    st.tuples(st.just("key"), st.sampled_from(_KEYS)),
)
LAWS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def do(editor, folding, kind, what):
    if kind == "fold":
        nodes = list(editor.buffer.manuscript.outline.walk())
        if nodes:
            folding.show_only(nodes[what % len(nodes)].id)
            editor.go_to(Position(editor.buffer.page.shown_lines().start, 0))
    elif kind == "unfold":
        folding.show_all()
    elif kind == "type":
        QTest.keyClicks(editor, what)
    elif kind == "paste":
        editor.insert_typed(what)
    elif kind == "go":
        editor.go_to(Position(what, 0))
    elif kind == "apply":
        line = Position(min(what, editor.document().blockCount() - 1), 0)
        editor.buffer.apply([TextEdit(line, line, "put\nin ")])
    else:
        QTest.keyClick(editor, *what)


@LAWS
@given(st.sampled_from([TEXT.split("\n"), FILES]), st.lists(edits, max_size=25))
def test_a_hand_changes_nothing_that_is_hidden_and_all_is_shown_in_the_end(qtbot, lines, steps):
    editor = shown_editor(lines)
    folding = Folding(editor.buffer)
    editor.hidden_line_requested.connect(folding.show_all)
    for kind, what in steps:
        node, hidden = folding.node, hidden_text(editor)
        before, steps_of_undo = editor.buffer.lines(), editor.document().availableUndoSteps()
        do(editor, folding, kind, what)
        if kind in {"fold", "unfold", "go"}:
            assert editor.buffer.lines() == before
            assert editor.document().availableUndoSteps() == steps_of_undo
        elif folding.node is node:
            assert hidden_text(editor) == hidden
        settle()
        assert is_true_to_itself(editor, folding)
        assert editor.buffer.manuscript.text.lines == editor.buffer.lines()
    folding.show_all()
    assert is_true_to_itself(editor, folding)
    while editor.document().isUndoAvailable():
        editor.undo()
    assert editor.buffer.lines() == lines
    editor.close()
    editor.deleteLater()


def test_everything_is_shown_when_undo_takes_away_more_lines_than_are_left(qtbot):
    editor = shown_editor(FILES)
    folding = Folding(editor.buffer)
    editor.insert_typed("one\ntwo\n\n* * *\n\nthree\n")
    do(editor, folding, "fold", 0)
    editor.undo()
    settle()
    assert editor.buffer.lines() == FILES
    assert folding.node is None
    assert is_true_to_itself(editor, folding)


replacements = st.tuples(
    st.integers(0, 18), st.integers(0, 18), st.sampled_from(["", "x", "a\nb", "* * *\n", "# H\n\n"])
)


@LAWS
@given(st.lists(st.tuples(replacements, st.none() | st.integers(0, 20), st.booleans()), max_size=12))
def test_the_same_edits_give_the_same_text_and_undo_with_and_without_folding(qtbot, steps):
    folded, plain = shown_editor(TEXT.split("\n")), shown_editor(TEXT.split("\n"))
    folding = Folding(folded.buffer)
    for (line, column, text), fold, undoes in steps:
        if fold is not None:
            do(folded, folding, "fold", fold)
        start = Position(min(line, folded.document().blockCount() - 1), 0)
        end = Position(start.line, min(column, len(folded.buffer.lines()[start.line])))
        for editor in (folded, plain):
            editor.buffer.apply([TextEdit(start, end, text)])
            if undoes:
                editor.document().undo()
        settle()
        assert folded.buffer.lines() == plain.buffer.lines()
        assert folded.document().availableUndoSteps() == plain.document().availableUndoSteps()
        assert folded.document().isModified() == plain.document().isModified()
    folding.show_all()
    settle()
    assert all(block.isVisible() for block in blocks_of(folded))
    for editor in (folded, plain):
        editor.close()
        editor.deleteLater()


def folded_editor(number):
    editor = shown_editor(TEXT.split("\n"))
    folding = Folding(editor.buffer, editor)
    do(editor, folding, "fold", number)
    settle()
    return editor, folding


def test_hidden_lines_take_no_room_and_the_shown_ones_stand_as_at_the_top_of_a_text(qtbot):
    editor, folding = folded_editor(2)
    shown = editor.buffer.page.shown_lines()
    for block in blocks_of(editor):
        height = editor.blockBoundingRect(block).height()
        assert (height > 0) == (block.blockNumber() in shown)
    first = editor.document().findBlockByNumber(shown.start)
    pitch = editor.buffer.page.pitch
    assert editor.buffer.page.line_bands(first)[0][0] == pytest.approx(2 * pitch, abs=0.1)
    folding.show_all()
    top = editor.document().firstBlock()
    assert editor.blockBoundingRect(top).height() > 2 * pitch
    assert editor.buffer.page.line_bands(top)[0][0] > 2 * pitch
    editor.close()


def test_what_is_shown_fills_the_view_so_that_painting_never_walks_over_hidden_lines(qtbot):
    editor, _folding = folded_editor(2)
    shown = editor.buffer.page.shown_lines()
    last = editor.document().findBlockByNumber(shown[-1])
    bottom = editor.blockBoundingGeometry(last).translated(editor.contentOffset()).bottom()
    assert bottom > editor.viewport().height()
    QTest.keyClick(editor, Qt.Key.Key_A, CTRL)
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    settle()
    last = editor.document().findBlockByNumber(editor.buffer.page.shown_lines()[-1])
    bottom = editor.blockBoundingGeometry(last).translated(editor.contentOffset()).bottom()
    assert bottom > editor.viewport().height()
    editor.close()


def test_the_bar_counts_in_words():
    assert tell_folded("“The Ferry”", 41200) == "Only “The Ferry” is shown. 41,200 words are hidden."
    assert tell_folded("the untitled scene", 1) == "Only the untitled scene is shown. 1 word is hidden."


def test_two_views_with_random_hands_are_one_text(qtbot):
    """The same keys, given to either of two views, with and without the split, give what one view gives."""

    @LAWS
    @given(st.lists(st.tuples(edits, st.booleans(), st.booleans()), max_size=20))
    def law(steps):
        pair, alone = PagePair(), shown_editor(TEXT.split("\n"), size=(700, 500))
        pair.resize(700, 500)
        pair.first.buffer.load(TEXT.split("\n"))
        pair.show()
        settle()
        for (kind, what), is_split, is_below in steps:
            if kind in {"fold", "unfold"}:
                continue
            pair.set_split(is_split)
            page = pair.pages[-1 if is_below else 0]
            page.setFocus()
            page.setTextCursor(_same_cursor(page, alone))
            alone.setTextCursor(_same_cursor(alone, alone))  # so that neither remembers a column from before
            for editor in (page, alone):
                do(editor, None, kind, what)
            settle()
            assert page.buffer.lines() == alone.buffer.lines()
            assert page.buffer.manuscript.text.lines == page.buffer.lines()
            assert page.textCursor().position() == alone.textCursor().position()
        for widget in (pair, alone):
            widget.close()
            widget.deleteLater()

    law()


def _same_cursor(page, other):
    cursor = page.textCursor()
    cursor.setPosition(other.textCursor().anchor())
    cursor.setPosition(other.textCursor().position(), QTextCursor.MoveMode.KeepAnchor)
    return cursor
