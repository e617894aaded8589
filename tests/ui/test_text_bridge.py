"""Text goes into Qt and comes back as it was, character by character."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from editor.manuscript.edits import Position, TextEdit
from editor.manuscript.edits import apply_edits as apply_to_lines
from editor.ui import text_bridge as bridge

HOSTILE = (
    "ab *\t\u00a0\u2028\u2029\ufdd0\ufdd1\ufeff\ufffc\uffff\x00\x0b\x0c\x1c\x85\ud800\udfff😀𝒳\u0301\u200d"
)
VEILED = "\U0010001c\U00102029\U0010fdd0\U0010feff\U0010d800\U0010dfff\U0010fffd\U0010fffc\U00100041"
LINE = st.text(
    st.one_of(
        st.sampled_from(HOSTILE + VEILED),
        st.characters(exclude_characters="\n\r"),
        st.characters(categories=["Cs"]),
    ),
    max_size=12,
)
BOUNDARY_LINE = LINE.map(lambda label: "\r" + label)
LINES = st.lists(st.one_of(LINE, LINE, LINE, BOUNDARY_LINE), min_size=1, max_size=6)


@pytest.fixture
def document(qapp):
    document = QTextDocument()
    document.setDocumentLayout(QPlainTextDocumentLayout(document))
    return document


def fresh_document():
    document = QTextDocument()
    document.setDocumentLayout(QPlainTextDocumentLayout(document))
    return document


@st.composite
def lines_and_edits(draw):
    lines = draw(LINES)
    places = st.integers(0, len(lines) - 1).flatmap(
        lambda line: st.integers(0, len(lines[line])).map(lambda column: Position(line, column))
    )
    points = sorted(draw(st.lists(places, min_size=2, max_size=6)))
    pairs = zip(points[::2], points[1::2], strict=False)
    return lines, [TextEdit(start, end, "\n".join(draw(LINES))) for start, end in pairs]


@given(LINES)
@settings(deadline=None, max_examples=300)
def test_lines_loaded_into_a_document_are_read_back_unchanged(qapp, lines):
    document = fresh_document()
    bridge.load_lines(document, lines)
    assert bridge.read_lines(document) == lines
    assert document.blockCount() == len(lines)
    assert bridge.read_block_lines(document, 0, len(lines)) == lines


@given(lines_and_edits())
@settings(deadline=None, max_examples=300)
def test_edits_change_the_document_as_they_change_the_lines_and_one_undo_takes_all_back(qapp, case):
    lines, edits = case
    document = fresh_document()
    bridge.load_lines(document, lines)
    bridge.apply_edits(document, edits)
    after = apply_to_lines(lines, edits)
    assert bridge.read_lines(document) == after
    if document.isUndoAvailable():
        document.undo()
    assert bridge.read_lines(document) == lines
    assert not document.isUndoAvailable()
    if document.isRedoAvailable():
        document.redo()
        assert bridge.read_lines(document) == after


@given(LINE)
@settings(deadline=None, max_examples=300)
def test_every_column_leads_to_qt_and_back(line):
    units = [bridge.utf16_column(line, column) for column in range(len(line) + 1)]
    assert [bridge.code_point_column(line, unit) for unit in units] == list(range(len(line) + 1))
    assert units == sorted(set(units))


def test_a_column_inside_a_surrogate_pair_is_taken_for_the_start_of_its_character():
    assert [bridge.code_point_column("a😀b", unit) for unit in range(6)] == [0, 1, 1, 2, 3, 3]
    assert [bridge.utf16_column("a😀b", column) for column in range(5)] == [0, 1, 3, 4, 4]


def test_a_position_in_the_document_names_line_and_column(document):
    bridge.load_lines(document, ["", "a😀b", "c"])
    assert bridge.position_of(document, 5) == Position(1, 3)
    assert bridge.utf16_position(document, Position(1, 3)) == 5
    assert bridge.utf16_position(document, Position(9, 0)) == document.characterCount() - 1


def test_loading_leaves_nothing_to_undo_and_nothing_to_save(document):
    document.setPlainText("something old")
    bridge.load_lines(document, ["new"])
    assert not document.isUndoAvailable()
    assert not document.isModified()


def test_no_break_spaces_and_line_separators_survive(document):
    lines = ["Mr.\u00a0Smith\u2028and\u202fco", "\ufeffx", "\x1cnot a boundary"]
    bridge.load_lines(document, lines)
    assert bridge.read_lines(document) == lines
    assert not document.findBlockByNumber(2).text().startswith("\x1c")


@given(LINES)
@settings(max_examples=300)
def test_a_block_starts_with_the_mark_of_a_boundary_where_a_line_is_one_and_nowhere_else(qapp, lines):
    document = fresh_document()
    bridge.load_lines(document, lines)
    blocks = [document.findBlockByNumber(number) for number in range(len(lines))]
    assert [bridge.is_boundary_block(block) for block in blocks] == [line.startswith("\r") for line in lines]
    assert [bridge.label_of(block) for block in blocks if bridge.is_boundary_block(block)] == [
        line[1:] for line in lines if line.startswith("\r")
    ]


@given(st.text(st.sampled_from(HOSTILE + VEILED + "\r\n"), max_size=12))
@settings(max_examples=300)
def test_what_is_typed_never_makes_a_boundary(text):
    assert "\x1c" not in bridge.veil_typed(text)
    assert "\r" not in bridge.veil_typed(text)
    assert bridge.unveil(bridge.veil_typed(text)) == text.replace("\0", "").replace("\r\n", "\n").replace(
        "\r", "\n"
    )


def test_ordinary_text_is_carried_without_a_copy():
    text = "Nothing here is strange: “curly”, *marks*, 日本, 😀.\n" * 3
    assert bridge.veil(text) is text
    assert bridge.unveil(text) is text
