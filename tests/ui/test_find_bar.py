"""The find bar: what it asks for, and what it says."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from editor.app.themes import load_themes
from editor.ui.find_bar import FindBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def bar(qtbot):
    bar = FindBar()
    qtbot.addWidget(bar)
    bar.open()
    qtbot.waitExposed(bar)
    return bar


@pytest.fixture
def asked(bar):
    found = []
    for name in (
        "search_changed",
        "next_requested",
        "previous_requested",
        "replace_requested",
        "replace_all_requested",
        "closed",
    ):
        getattr(bar, name).connect(lambda *args, name=name: found.append((name, *args)))
    return found


def test_a_new_bar_is_hidden(qtbot):
    bar = FindBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    assert bar.objectName() == "findBar"


def test_typing_asks_for_a_search(bar, asked, qtbot):
    qtbot.keyClicks(bar.query_field, "fe")
    assert asked == [("search_changed", "f", False, False), ("search_changed", "fe", False, False)]


def test_the_toggles_ask_again_with_the_same_words(bar, asked, qtbot):
    bar.query_field.setText("Ferry")
    qtbot.mouseClick(bar.case_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.word_button, Qt.MouseButton.LeftButton)
    assert asked[1:] == [("search_changed", "Ferry", True, False), ("search_changed", "Ferry", True, True)]


def test_opening_takes_the_words_and_the_focus_and_asks(bar, asked):
    bar.close_bar()
    asked.clear()
    bar.open("ferry")
    assert asked == [("search_changed", "ferry", False, False)]
    assert bar.focusWidget() is bar.query_field
    assert bar.query_field.selectedText() == "ferry"


def test_opening_without_words_keeps_those_of_last_time(bar):
    bar.open("ferry")
    bar.open()
    assert bar.query_field.text() == "ferry"


def test_return_finds_the_next_and_with_shift_the_previous(bar, asked, qtbot):
    bar.query_field.setText("ferry")
    asked.clear()
    qtbot.keyClick(bar.query_field, Qt.Key.Key_Return)
    qtbot.keyClick(bar.query_field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.mouseClick(bar.next_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.previous_button, Qt.MouseButton.LeftButton)
    assert [name for (name,) in asked] == ["next_requested", "previous_requested"] * 2


@pytest.mark.parametrize(
    "query, current, total, text",
    [
        ("ferry", 3, 17, "3 of 17"),
        ("ferry", 1234, 5678, "1,234 of 5,678"),
        ("ferry", 0, 17, "17 hits"),
        ("ferry", 0, 1, "1 hit"),
        ("ferry", 0, 0, "No results"),
        ("", 0, 0, ""),
    ],
)
def test_the_hits_are_told_in_words(bar, query, current, total, text):
    bar.query_field.setText(query)
    bar.show_hits(current, total)
    assert bar.hits_label.text() == text


def test_a_query_that_is_not_found_is_tinted_and_the_tint_goes_again(bar):
    theme = load_themes()["light"]
    bar.set_theme(theme)
    bar.query_field.setText("xyzzy")
    bar.show_hits(0, 0)
    assert bar.query_field.palette().base().color().name() == theme.colours["error"]
    bar.show_hits(1, 1)
    assert bar.query_field.palette().base().color() == bar.palette().base().color()


def test_the_row_to_replace_is_shown_when_asked_for(bar, asked, qtbot):
    assert not bar.replacement_field.isVisible()
    bar.open("ferry", replaces=True)
    bar.show_hits(1, 2)
    bar.replacement_field.setText("boat")
    asked.clear()
    qtbot.mouseClick(bar.replace_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.replace_all_button, Qt.MouseButton.LeftButton)
    bar.replacement_field.setFocus()
    qtbot.keyClick(bar.replacement_field, Qt.Key.Key_Return)
    assert asked == [
        ("replace_requested", "boat"),
        ("replace_all_requested", "boat"),
        ("replace_requested", "boat"),
    ]


def test_nothing_is_replaced_where_nothing_was_found(bar, asked, qtbot):
    bar.open("xyzzy", replaces=True)
    bar.show_hits(0, 0)
    asked.clear()
    bar.replacement_field.setFocus()
    qtbot.keyClick(bar.replacement_field, Qt.Key.Key_Return)
    qtbot.mouseClick(bar.replace_button, Qt.MouseButton.LeftButton)
    assert asked == []
    assert not bar.replace_all_button.isEnabled()


def test_escape_closes_the_bar_once_and_is_claimed_before_the_window_gets_it(bar, asked, qtbot):
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(bar.query_field, event)
    assert event.isAccepted()
    qtbot.keyClick(bar.query_field, Qt.Key.Key_Escape)
    bar.close_bar()
    assert bar.isHidden()
    assert asked.count(("closed",)) == 1


def test_every_widget_one_can_use_has_a_name(bar):
    used = [one for one in bar.findChildren(QWidget) if isinstance(one, QAbstractButton | QLineEdit)]
    ours = [one for one in used if one.parent() is bar]
    assert len(ours) == 9
    for widget in ours:
        assert widget.objectName()
        assert widget.accessibleName()
