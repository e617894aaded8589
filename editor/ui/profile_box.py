"""The list of formats in a dialog: what is for reading, for posting and for submitting under a heading each."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from editor.export.profile import GROUPS, Profile

OWN = "Your own"


class ProfileBox(QComboBox):
    """A box of profiles, of which one is chosen."""

    def __init__(self, profiles: Mapping[str, Profile], chosen: str, parent: QWidget | None = None) -> None:
        """`profiles` in the order in which they are shown within their groups; `chosen` is the name of one."""
        super().__init__(parent)
        self.setAccessibleName("Format")
        model = QStandardItemModel(self)
        for group, title in (*GROUPS.items(), ("", OWN)):
            names = [name for name, profile in profiles.items() if profile.group == group]
            if names:
                model.appendRow(self._heading(title))
            for name in names:
                item = QStandardItem(f"{profiles[name].title or name}")
                item.setData(name, Qt.ItemDataRole.UserRole)
                model.appendRow(item)
        self.setModel(model)
        self.setMaxVisibleItems(model.rowCount())
        self.setCurrentIndex(max(1, self.findData(chosen)))

    @property
    def chosen(self) -> str:
        """The name of the profile that is chosen."""
        return str(self.currentData())

    def _heading(self, title: str) -> QStandardItem:
        item = QStandardItem(title)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.font()
        font.setBold(True)
        item.setFont(font)
        item.setForeground(self.palette().text())  # not the pale colour of what is switched off
        return item
