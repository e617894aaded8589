"""The dialog of several exports in one go: which formats, and the folder they go to."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.export.profile import GROUPS, Profile
from editor.ui.profile_box import OWN
from editor.ui.several_exports import AskFolder

NAME = Qt.ItemDataRole.UserRole
INTRODUCTION = (
    "Tick the formats to make. Each goes into the folder below, called after the title and the format."
)


class SeveralDialog(QDialog):
    """Choose formats and a folder."""

    chosen = Signal(object, str)  # the names of the profiles, in their order; the folder as it was typed

    def __init__(
        self,
        profiles: Mapping[str, Profile],
        ticked: Collection[str],
        folder: str,
        ask: AskFolder,
        parent: QWidget | None = None,
    ) -> None:
        """`ticked` are the names of the profiles that are ticked at first, `folder` is the one to begin with."""
        super().__init__(parent)
        self.setObjectName("severalDialog")
        self.setWindowTitle("Export several formats")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 700)
        self._ask = ask
        about = QLabel(INTRODUCTION, self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._list = self._make_list(profiles, ticked)
        self._folder = QLineEdit(folder, self)
        self._folder.setObjectName("severalFolder")
        self._folder.setAccessibleName("Folder for the exports")
        self._export = QPushButton("&Export", self)
        self._export.setObjectName("severalExport")
        self._export.setDefault(True)
        self._count = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._count.setObjectName("severalCount")
        self._lay_out(about)
        self._list.itemChanged.connect(lambda _: self._show_count())
        self._folder.textChanged.connect(lambda _: self._show_count())
        self._export.clicked.connect(self._choose)
        self._show_count()
        self._list.setFocus()

    def names(self) -> tuple[str, ...]:
        """Return the names of the profiles that are ticked."""
        items = map(self._list.item, range(self._list.count()))
        return tuple(
            str(item.data(NAME))
            for item in items
            if item.data(NAME) is not None and item.checkState() is Qt.CheckState.Checked
        )

    def _make_list(self, profiles: Mapping[str, Profile], ticked: Collection[str]) -> QListWidget:
        formats = QListWidget(self)
        formats.setObjectName("severalFormats")
        formats.setAccessibleName("Formats to export")
        formats.setSpacing(2)
        for group, title in (*GROUPS.items(), ("", OWN)):
            names = [name for name, profile in profiles.items() if profile.group == group]
            if names:
                self._add_heading(formats, title)
            for name in names:
                item = QListWidgetItem(profiles[name].title or name, formats)
                item.setData(NAME, name)
                item.setToolTip(profiles[name].description.replace("<", "‹").replace(">", "›"))
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                item.setCheckState(Qt.CheckState.Checked if name in ticked else Qt.CheckState.Unchecked)
        formats.setCurrentRow(1)
        return formats

    def _add_heading(self, formats: QListWidget, title: str) -> None:
        item = QListWidgetItem(title, formats)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        item.setForeground(self.palette().text())  # not the pale colour of what is switched off

    def _lay_out(self, about: QLabel) -> None:
        browse = QPushButton("&Choose...", self)
        browse.setObjectName("severalBrowse")
        browse.setAccessibleName("Choose the folder")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        label = QLabel("&Folder", self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(self._folder)
        place = QHBoxLayout()
        for part in (label, self._folder, browse):
            place.addWidget(part)
        close = QPushButton("Cancel", self)
        close.setObjectName("severalCancel")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(close)
        row.addStretch()
        row.addWidget(self._count)
        row.addWidget(self._export)
        layout = QVBoxLayout(self)
        layout.addWidget(about)
        layout.addWidget(self._list)
        layout.addLayout(place)
        layout.addLayout(row)

    def _browse(self) -> None:
        folder = self._ask(self, self._folder.text())
        if folder:
            self._folder.setText(folder)

    def _show_count(self) -> None:
        count = len(self.names())
        self._count.setText(
            "1 format" if count == 1 else f"{count} formats" if count else "Nothing is ticked"
        )
        self._export.setEnabled(bool(count and self._folder.text().strip()))

    def _choose(self) -> None:
        self.chosen.emit(self.names(), self._folder.text().strip())
        self.accept()
