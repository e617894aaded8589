"""The wheel scrolls a form; it changes a field only where the writer is."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox

from editor.app.profiles import load_profiles
from editor.ui.export_form import ChoicesArea, ExportForm

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def turn(field):
    """Turn the wheel over a field; return whether the field takes it, rather than what the field lies in."""
    middle = QPointF(field.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(field.mapToGlobal(middle)),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)
    return event.isAccepted()


@pytest.fixture
def area(qtbot):
    form = ExportForm()
    form.set_profile(load_profiles(None)["pdf-book"])
    area = ChoicesArea(form)
    qtbot.addWidget(area)
    area.resize(400, 200)
    area.show()
    qtbot.waitExposed(area)
    return area


@pytest.mark.parametrize("name,kind", [("option_headings", QComboBox), ("option_font_size", QSpinBox)])
def test_the_wheel_over_a_field_is_left_to_the_form(area, name, kind):
    field = area.widget().findChild(kind, name)
    before = area.widget().profile
    assert not turn(field)
    assert area.widget().profile == before


def test_the_wheel_changes_the_field_that_has_the_focus(area, qtbot):
    field = area.widget().findChild(QComboBox, "option_headings")
    area.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    before = field.currentIndex()
    assert turn(field)
    assert field.currentIndex() != before
