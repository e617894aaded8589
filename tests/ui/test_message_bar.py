"""The message bar: one message at a time, in order, and never in the way."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.app.themes import load_themes
from editor.ui.message_bar import Action, MessageBar, MessageKind

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def bar(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


def buttons(bar):
    return [one for one in bar.findChildren(QPushButton) if one.isVisible()]


def test_a_message_shows_and_goes(bar):
    assert bar.isHidden()
    message = bar.show_message("The file has changed.")
    assert bar.isVisible()
    assert bar.text() == "The file has changed."
    bar.remove_message(message)
    bar.remove_message(message)
    assert bar.isHidden()
    assert bar.text() == ""


def test_messages_wait_in_line_and_worse_ones_come_first(bar):
    first = bar.show_message("one")
    bar.show_message("two")
    bar.show_message("three", kind="warning")
    last = bar.show_message("four", kind=MessageKind.ERROR)
    assert bar.findChild(QLabel, "messageMore").text() == "3 more"
    seen = []
    bar.remove_message(first)
    for _ in range(3):
        seen.append(bar.text())
        bar.dismiss()
    assert seen == ["four", "three", "two"]
    assert bar.isHidden()
    assert last > first


def test_a_button_reports_its_message_and_its_id_and_settles_the_message(bar, qtbot):
    told = []
    bar.action_triggered.connect(lambda *args: told.append((*args, bar.isHidden())))
    message = bar.show_message("Changed.", [Action("Keep &mine", "mine"), Action("Take theirs", "theirs")])
    qtbot.mouseClick(buttons(bar)[1], Qt.MouseButton.LeftButton)
    assert told == [(message, "theirs", True)]


def test_the_next_message_has_its_own_buttons(bar):
    first = bar.show_message("one", [Action("A", "a"), Action("B", "b")])
    bar.show_message("two", [Action("C", "c")])
    bar.remove_message(first)
    QApplication.processEvents()
    assert [button.text() for button in buttons(bar)] == ["C"]


def test_a_message_with_a_time_goes_by_itself_and_says_so(bar, qtbot):
    with qtbot.waitSignal(bar.dismissed, timeout=3000) as dismissed:
        message = bar.show_message("Saved a copy.", timeout_ms=20)
    assert dismissed.args == [message]
    assert bar.isHidden()


def test_the_time_of_a_waiting_message_has_not_begun(bar, qtbot):
    first = bar.show_message("first", kind="error")
    bar.show_message("second", timeout_ms=20)
    qtbot.wait(60)
    bar.remove_message(first)
    assert bar.text() == "second"


def test_a_message_takes_no_focus(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    layout, field, bar = QVBoxLayout(window), QLineEdit(window), MessageBar(window)
    layout.addWidget(bar)
    layout.addWidget(field)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    bar.show_message("Changed.", [Action("Keep mine", "mine")])
    assert field.hasFocus()
    qtbot.keyClick(field, Qt.Key.Key_Backtab)
    assert bar.isAncestorOf(QApplication.focusWidget()), "but the keyboard reaches it"


def test_escape_closes_it_and_is_claimed_before_the_window_gets_it(bar, qtbot):
    bar.show_message("Changed.", [Action("Keep mine", "mine")])
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(buttons(bar)[0], event)
    assert event.isAccepted()
    qtbot.keyClick(buttons(bar)[0], Qt.Key.Key_Escape)
    assert bar.isHidden()


def test_hostile_text_is_shown_as_it_stands_and_cut_where_it_has_no_end(bar):
    bar.show_message("<img src='file:///etc/passwd'><b>x</b>")
    label = bar.findChild(QLabel, "messageText")
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<img src='file:///etc/passwd'><b>x</b>"
    bar.show_message("x" * 100_000, kind="error")
    assert len(label.text()) < 1000


@pytest.mark.parametrize("kind", list(MessageKind))
def test_kinds_differ_in_shape_and_in_colour(bar, kind):
    theme = load_themes()["dark"]
    bar.set_theme(theme)
    bar.show_message("Something.", kind=kind)
    names = {MessageKind.INFO: "information", MessageKind.WARNING: "warning", MessageKind.ERROR: "error"}
    assert bar.palette().window().color().name() == theme.colours[names[kind]]
    assert not bar.findChild(QLabel, "messageIcon").pixmap().isNull()
    assert bar.accessibleDescription() == kind


def test_an_unknown_kind_is_an_error_of_the_caller(bar):
    with pytest.raises(ValueError):
        bar.show_message("x", kind="fatal")


def test_every_widget_one_can_use_has_a_name_and_the_bar_says_its_message(bar):
    bar.show_message("Changed.", [Action("Keep &mine", "mine")])
    assert bar.objectName() == "messageBar"
    assert bar.accessibleName() == "Changed."
    assert {one.accessibleName() for one in bar.findChildren(QAbstractButton)} == {
        "Keep mine",
        "Close this message (Esc)",
    }
    assert all(one.objectName() for one in bar.findChildren(QAbstractButton))
