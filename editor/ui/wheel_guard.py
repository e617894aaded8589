"""Keep the mouse wheel from changing a field that it only passes over while a form is scrolled."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class WheelGuard(QObject):
    """Hands the wheel of a field that has not the focus to what the field lies in."""

    def watch(self, field: QWidget) -> None:
        """Guard `field`, which the wheel does not give the focus to from now on."""
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to the parent, unless the field has the focus."""
        if event.type() != QEvent.Type.Wheel or not isinstance(watched, QWidget) or watched.hasFocus():
            return False
        event.ignore()
        return True
