"""A long edit of ours, its undo and its redo are followed without reading all that lies between, and just as truly."""

import random

import pytest
from PySide6.QtGui import QTextCursor

from editor.manuscript.edits import Position, TextEdit, apply_edits
from editor.manuscript.manuscript import Manuscript
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.own_steps import LONG_RANGE, hunks_of, reversed_hunks
from tests.manuscript.notation import whole_shape


def long_lines() -> list[str]:
    lines: list[str] = []
    for number in range(LONG_RANGE // 4):
        lines += [f"Paragraph {number} of the rain.", "", "* * *" if number % 9 == 8 else "", ""]
    return lines


def random_edits(dice, lines, count) -> list[TextEdit]:
    places = sorted({dice.randrange(len(lines) - 1) for _ in range(2 * count)})
    edits = []
    for first, following in zip(places[::2], places[1::2], strict=False):
        last = min(following, first + dice.randrange(3))
        start = Position(first, dice.randrange(len(lines[first]) + 1))
        end = Position(last, len(lines[last]))
        edits.append(TextEdit(start, end, dice.choice(["", "x", "a\nb", "\n\n* * *\n\n", "# Ice\n"])))
    return edits


@pytest.mark.parametrize("seed", range(20))
def test_hunks_do_what_the_edits_do_and_their_reverse_takes_them_back(seed):
    dice = random.Random(seed)
    lines = long_lines()
    edits = random_edits(dice, lines, 5)
    hunks = hunks_of(edits, lines)
    if hunks is None:
        return
    after = list(lines)
    for first, count, new in reversed(hunks):
        after[first : first + count] = new
    assert after == apply_edits(lines, edits)
    back = list(after)
    for first, count, new in reversed(reversed_hunks(hunks, lines)):
        back[first : first + count] = new
    assert back == lines


@pytest.mark.parametrize("seed", range(25))
def test_the_manuscript_is_that_of_the_document_after_long_edits_typing_undo_and_redo(qtbot, seed):
    dice = random.Random(seed)
    buffer = ManuscriptBuffer()
    buffer.load(long_lines())
    for _ in range(25):
        action = dice.choice(["edit", "edit", "type", "undo", "undo", "redo"])
        if action == "edit":
            buffer.apply(random_edits(dice, buffer.lines(), dice.randrange(1, 5)), joins=dice.random() < 0.1)
        elif action == "type":
            cursor = QTextCursor(buffer.document)
            cursor.setPosition(dice.randrange(buffer.document.characterCount()))
            cursor.insertText(dice.choice(["a", "b\n", " "]))
        elif action == "undo":
            buffer.document.undo()
        else:
            buffer.document.redo()
        assert buffer.manuscript.text.lines == buffer.lines(), action
    fresh = Manuscript(buffer.lines(), modes=buffer.manuscript.text.modes)
    assert whole_shape(buffer.manuscript.outline) == whole_shape(fresh.outline)
