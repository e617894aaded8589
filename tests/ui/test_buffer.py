"""The manuscript follows the document, whatever happens to the document."""

import gc
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.manuscript.chapter_files import split_into_files
from editor.manuscript.edits import Position, TextEdit
from editor.manuscript.edits import apply_edits as apply_to_lines
from editor.markup.model import WrapMode
from editor.markup.text import MarkedText
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.page_layout import LineShape
from editor.ui.text_bridge import read_lines
from tests.ui.page_fixtures import SAMPLE, settle, shown_editor

PIECES = [
    "",
    "* * *",
    "Chapter Two",
    "/Chapter Six/",
    "Some words of *prose* here.",
    "> a letter",
    "    a verse line",
    "[[status: draft]]",
    "*unclosed",
    "😀 astral 😀",
    "no\u00a0break\u2028and more",
    "++++++++",
    "The End",
    "A/N: thanks",
    "# Heading",
    "===",
]


@pytest.fixture
def buffer(qapp):
    buffer = ManuscriptBuffer()
    buffer.load(SAMPLE)
    return buffer


def assert_in_step(buffer):
    """The manuscript's lines are the document's, and its blocks are those of a fresh parse."""
    text = buffer.manuscript.text
    assert text.lines == read_lines(buffer.document)
    fresh = MarkedText(text.lines, text.mode)
    assert text.blocks == fresh.blocks
    assert text.starts == fresh.starts


def edit_at(first, last, text):
    return TextEdit(Position(*first), Position(*last), text)


def test_what_is_loaded_is_in_both_and_cannot_be_undone(buffer):
    assert buffer.lines() == SAMPLE
    assert_in_step(buffer)
    assert not buffer.document.isUndoAvailable()
    assert not buffer.document.isModified()


def test_several_edits_are_one_step_of_undo(buffer):
    edits = [
        edit_at((0, 0), (0, 5), "Name"),
        edit_at((9, 4), (9, 10), ""),
        edit_at((20, 0), (22, 3), "x\ny\nz"),
    ]
    buffer.apply(edits)
    assert buffer.lines() == apply_to_lines(SAMPLE, edits)
    assert_in_step(buffer)
    buffer.document.undo()
    assert buffer.lines() == SAMPLE
    assert_in_step(buffer)
    assert not buffer.document.isUndoAvailable()
    buffer.document.redo()
    assert buffer.lines() == apply_to_lines(SAMPLE, edits)


def test_an_edit_is_told_once_and_names_the_lines_that_changed(buffer, qtbot):
    told, ranges = [], []
    buffer.edited.connect(lambda: told.append(buffer.lines()[9]))
    buffer.blocks_changed.connect(lambda first, end: ranges.append((first, end)))
    buffer.apply([edit_at((9, 0), (9, 3), "A")])
    assert told == [SAMPLE[9].replace("The", "A", 1)]
    assert ranges == [(9, 10)]


def test_the_outline_follows_within_a_turn_of_the_event_loop(buffer, qtbot):
    with qtbot.waitSignal(buffer.outline_changed) as told:
        buffer.apply([edit_at((5, 9), (5, 12), "Seven")])
    assert told.args == [buffer.manuscript.outline]
    assert [node.title for node in told.args[0].roots][-1] == "Chapter Seven"


def test_many_edits_in_one_turn_send_one_outline(buffer, qtbot):
    sent = []
    buffer.outline_changed.connect(sent.append)
    for _ in range(5):
        buffer.apply([edit_at((9, 0), (9, 0), "word ")])
    settle()
    assert sent == [buffer.manuscript.outline]


def test_the_counts_that_keys_change_are_sent_once_and_soon(buffer, qtbot):
    sent = []
    buffer.outline_changed.connect(sent.append)
    cursor = QTextCursor(buffer.document.findBlockByNumber(9))
    for letter in "words":
        cursor.insertText(letter + " ")
    qtbot.waitUntil(lambda: bool(sent))
    assert sent == [buffer.manuscript.outline]
    cursor.insertText("\n\n* * *\n\nA new scene.")
    settle()
    assert sent[1:] == [buffer.manuscript.outline], "a row that comes does not wait"


def test_a_change_of_formats_is_no_edit(buffer):
    told = []
    buffer.edited.connect(lambda: told.append("edited"))
    cursor = QTextCursor(buffer.document)
    cursor.select(QTextCursor.SelectionType.Document)
    bold = QTextCharFormat()
    bold.setFontWeight(700)
    cursor.mergeCharFormat(bold)
    buffer.document.markContentsDirty(0, 40)
    assert told == []
    assert_in_step(buffer)


def test_replacing_by_the_same_text_is_no_edit(buffer):
    told = []
    buffer.edited.connect(lambda: told.append("edited"))
    buffer.apply([edit_at((9, 0), (9, 3), "The")])
    assert told == []


def test_a_scene_moved_far_leaves_the_blocks_between_alone(qapp):
    buffer = ManuscriptBuffer()
    lines = [text for number in range(2000) for text in (f"Paragraph number {number}.", "")]
    buffer.load(lines)
    middle = buffer.manuscript.text.blocks[1000]
    buffer.apply([edit_at((20, 0), (24, 0), ""), edit_at((3900, 0), (3900, 0), "\n".join(lines[20:25]))])
    assert_in_step(buffer)
    assert any(block is middle for block in buffer.manuscript.text.blocks)
    buffer.document.undo()
    assert buffer.lines() == lines
    assert_in_step(buffer)


def test_a_scene_keeps_its_identity_when_it_is_moved_far_and_back(qapp):
    scenes = [
        [f"Scene {number} starts like this.", "", "And goes on.", "", "* * *", ""] for number in range(300)
    ]
    buffer = ManuscriptBuffer()
    buffer.load([line for scene in scenes for line in scene])
    ids = [node.id for node in buffer.manuscript.outline.walk()]
    moved = "\n".join([*scenes[2], ""])
    buffer.apply([edit_at((12, 0), (18, 0), ""), edit_at((1500, 0), (1500, 0), moved)])
    after = [node.id for node in buffer.manuscript.outline.walk()]
    assert after != ids
    assert sorted(after) == sorted(ids)
    buffer.document.undo()
    assert [node.id for node in buffer.manuscript.outline.walk()] == ids


def test_a_document_filled_by_hand_is_followed_too(buffer):
    for text in ("", "one", "one\ntwo\n\nthree\n", "\n\n\n"):
        buffer.document.setPlainText(text)
        assert buffer.lines() == text.split("\n")
        assert_in_step(buffer)


def test_the_mode_can_be_changed_and_the_text_stays(buffer):
    buffer.set_mode(WrapMode.LINES)
    assert buffer.manuscript.text.mode is WrapMode.LINES
    assert buffer.lines() == SAMPLE
    assert not buffer.document.isModified()
    assert buffer.shape_of(9) is LineShape.SPACED


def test_lines_are_set_by_what_they_are(buffer):
    shapes = {SAMPLE[line]: buffer.shape_of(line) for line in range(len(SAMPLE))}
    assert shapes["* * *"] is LineShape.BREAK
    assert shapes["/Chapter Six/"] is LineShape.HEADING
    assert shapes[""] is LineShape.BLANK
    assert buffer.shape_of(9) is LineShape.BODY
    assert buffer.shape_of(10_000) is LineShape.BODY


@st.composite
def edit_lists(draw):
    lines = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
    steps = []
    for _ in range(draw(st.integers(1, 6))):
        spots = draw(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=4))
        texts = draw(
            st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3), min_size=2, max_size=2)
        )
        steps.append((spots, ["\n".join(text) for text in texts]))
    return lines, steps


@given(edit_lists())
@settings(deadline=None, max_examples=120)
def test_the_manuscript_stays_in_step_through_any_edits_undo_and_redo(qapp, case):
    lines, steps = case
    buffer = ManuscriptBuffer()
    buffer.load(lines, WrapMode.BLOCKS)
    states = [buffer.lines()]
    for spots, texts in steps:
        now = buffer.lines()
        places = sorted(
            Position(int(y * (len(now) - 1)), int(x * len(now[int(y * (len(now) - 1))]))) for y, x in spots
        )
        pairs = zip(places[::2], places[1::2], texts, strict=False)
        edits = [TextEdit(start, end, text) for start, end, text in pairs]
        buffer.apply(edits)
        assert buffer.lines() == apply_to_lines(now, edits)
        assert_in_step(buffer)
        states.append(buffer.lines())
    while buffer.document.isUndoAvailable():
        buffer.document.undo()
        assert_in_step(buffer)
    assert buffer.lines() == states[0]
    while buffer.document.isRedoAvailable():
        buffer.document.redo()
        assert_in_step(buffer)
    assert buffer.lines() == states[-1]


KEYS = [
    (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
]


def act_at_random(dice, editor):
    """Do one thing that a writer may do."""
    buffer, kind = editor.buffer, dice.random()
    if kind < 0.2:
        cursor = editor.textCursor()
        cursor.setPosition(dice.randrange(editor.document().characterCount()))
        if dice.random() < 0.4:
            cursor.movePosition(
                QTextCursor.MoveOperation.Down, QTextCursor.MoveMode.KeepAnchor, dice.randrange(4)
            )
        editor.setTextCursor(cursor)
    elif kind < 0.5:
        QTest.keyClicks(
            editor, dice.choice(["*", "/", "#", " ", "a", "word", "* * *", "_x_", "Chapter 9", ">"])
        )
    elif kind < 0.85:
        QTest.keyClick(editor, *dice.choice(KEYS))
    elif kind < 0.95:
        mime = QMimeData()
        mime.setText("\r\n".join(dice.choice(PIECES) for _ in range(dice.randrange(1, 5))))
        editor.insertFromMimeData(mime)
    else:
        line = dice.randrange(len(buffer.lines()))
        buffer.apply([edit_at((0, 0), (0, 0), dice.choice(PIECES)), edit_at((line, 0), (line, 0), "\n")])


@pytest.mark.parametrize("seed", range(4))
def test_the_manuscript_stays_in_step_with_a_writer_at_the_keys(qtbot, seed):
    dice = random.Random(seed)
    editor = shown_editor(SAMPLE)
    qtbot.addWidget(editor)
    for step in range(150):
        act_at_random(dice, editor)
        if step % 5 == 0:
            assert_in_step(editor.buffer)
    assert_in_step(editor.buffer)
    while editor.document().isUndoAvailable():
        editor.undo()
    assert editor.buffer.lines() == SAMPLE
    assert_in_step(editor.buffer)


def test_a_buffer_that_is_dropped_is_freed_once(qapp):
    for _ in range(10):
        buffer = ManuscriptBuffer()
        buffer.load(SAMPLE)
        buffer.itself = buffer
        del buffer
        gc.collect()


FOLDER = ["\rone.txt", "First.", "", "\rtwo.txt", "", "\rthree.txt", "Third."]


def delete_behind_our_back(buffer, start, end):
    """Delete as a tool does that edits through the accessibility interface: straight in the document."""
    cursor = QTextCursor(buffer.document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()


def test_a_boundary_that_is_harmed_behind_our_back_is_brought_back_at_once(qtbot):
    buffer = ManuscriptBuffer()
    buffer.load(FOLDER)
    last = buffer.document.characterCount() - 1
    for start in range(last):
        for end in range(start + 1, last + 1):
            delete_behind_our_back(buffer, start, end)
            QApplication.processEvents()
            files = split_into_files(buffer.lines())
            assert [file.label for file in files] == ["one.txt", "two.txt", "three.txt"]
            assert all(file.lines for file in files)
            while buffer.document.isUndoAvailable():
                buffer.document.undo()
            assert buffer.lines() == FOLDER


def test_our_own_edits_of_boundaries_are_undone_and_redone_as_often_as_one_likes(qtbot):
    buffer = ManuscriptBuffer()
    buffer.load(FOLDER)
    buffer.apply([TextEdit(Position(3, 0), Position(3, 0), "\rnew.txt\n\n")])
    after = buffer.lines()
    assert "\rnew.txt" in after
    for _ in range(3):
        buffer.document.undo()
        QApplication.processEvents()
        assert buffer.lines() == FOLDER
        buffer.document.redo()
        QApplication.processEvents()
        assert buffer.lines() == after
