"""The dialog with the places that both sides changed: each is seen, chosen and written in with the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QRadioButton

from editor.manuscript.merging import merge_lines
from editor.ui.conflict_dialog import Choice, ConflictDialog

BASE = ["The gull sat.", "", "B", "", "The end.", "", "C"]
MINE = ["The 😀 gull sat still.", "", "B", "", "The end of it."]
THEIRS = ["The 😀 gull flew.", "", "B", "", "C"]


@pytest.fixture
def dialog(qtbot):
    dialog = ConflictDialog(merge_lines(BASE, [*MINE, "", "C"], THEIRS), "chapter.txt")
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    return dialog


def page(dialog, name):
    return dialog.findChild(QPlainTextEdit, f"conflict_{name}")


def button(dialog, name):
    return dialog.findChild(QPushButton, f"conflict{name}")


def heading(dialog):
    return dialog.findChild(QLabel, "conflictHeading").text()


def marked(shown):
    return [selection.cursor.selectedText() for selection in shown.extraSelections()]


def test_a_place_is_shown_on_both_sides_with_the_words_that_differ_marked(dialog):
    assert heading(dialog) == "Place 1 of 2 (2 still to choose)"
    assert page(dialog, "mine").document().toRawText() == MINE[0]
    assert page(dialog, "theirs").document().toRawText() == THEIRS[0]
    assert marked(page(dialog, "mine")) == ["sat still"]
    assert marked(page(dialog, "theirs")) == ["flew"]


def test_nothing_can_be_taken_before_all_is_chosen(dialog):
    dialog.choose(Choice.MINE)
    assert not button(dialog, "Take").isEnabled()
    button(dialog, "Next").click()
    assert dialog.findChild(QLabel, "conflictContext").text() == "After: B"
    dialog.choose(Choice.THEIRS)
    assert button(dialog, "Take").isEnabled()
    assert dialog.choices() == [[MINE[0]], []]


def test_the_places_are_gone_through_and_back_and_keep_their_choices(dialog):
    assert not button(dialog, "Previous").isEnabled()
    dialog.choose(Choice.BOTH)
    button(dialog, "Next").click()
    assert not button(dialog, "Next").isEnabled()
    button(dialog, "Previous").click()
    assert dialog.findChild(QRadioButton, "conflictChoice-both").isChecked()
    assert page(dialog, "result").document().toRawText().split("\u2029") == [MINE[0], "", THEIRS[0]]


@pytest.mark.parametrize(
    ("name", "expected"), [("AllMine", [[MINE[0]], [MINE[4], ""]]), ("AllTheirs", [[THEIRS[0]], []])]
)
def test_all_places_can_be_chosen_at_once(dialog, name, expected):
    button(dialog, name).click()
    assert dialog.choices() == expected
    assert "all chosen" in heading(dialog)


def test_writing_in_the_result_is_a_choice_by_hand(dialog):
    QTest.keyClicks(page(dialog, "result"), "A heron.")
    button(dialog, "Next").click()
    QTest.keyClicks(page(dialog, "result"), "x")
    QTest.keyClick(page(dialog, "result"), Qt.Key.Key_Backspace)
    assert dialog.choices() == [["A heron."], []]
    assert "all chosen" in heading(dialog)


def test_everything_is_reached_with_the_tab_key(dialog, qtbot):
    dialog.activateWindow()
    page(dialog, "mine").setFocus()
    seen = set()
    for _ in range(24):
        focus = dialog.focusWidget()
        seen.add(focus.objectName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    wanted = {"conflict_mine", "conflict_theirs", "conflict_result", "conflictNext", "conflictAllMine"}
    assert wanted | {"conflictAllTheirs", "conflictLater"} <= seen
    assert any(name.startswith("conflictChoice-") for name in seen)


def test_every_part_has_a_name_for_those_who_do_not_see_it(dialog):
    named = [*dialog.findChildren(QPlainTextEdit), *dialog.findChildren(QPushButton)]
    assert all(widget.objectName() for widget in named)
    assert all(widget.accessibleName() or widget.text() for widget in named)


def test_closing_it_is_no_choice(dialog, qtbot):
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
