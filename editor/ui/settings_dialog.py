"""The settings: theme, font, page width, language of exports, backups. Choices show at once; Cancel takes them back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFontComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from editor.app.settings import Settings
from editor.errors import InputError
from editor.export.profile import Profile

LANGUAGES = ("auto", "en", "de", "fr", "ru", "es", "sv")


def ask_backup_folder(parent: QWidget | None, suggestion: str) -> str:
    """Ask for the folder of backups; "" if the writer would rather not."""
    return QFileDialog.getExistingDirectory(parent, "Folder of backups", suggestion or str(Path.home()))


class SettingsDialog(QDialog):
    """A form over `Settings`."""

    settings_changed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        themes: Sequence[str],
        default_family: str,
        parent: QWidget | None = None,
        ask_path: Callable[[QWidget | None, str], str] = ask_backup_folder,
    ) -> None:
        """`default_family` is the font that is used while none is chosen; `ask_path` asks for a folder (tests answer)."""
        super().__init__(parent)
        self._ask_path = ask_path
        self.setObjectName("settingsDialog")
        self.setWindowTitle("Settings")
        self._before = settings
        self._default_family = default_family
        self._theme = self._make_theme_box(settings, themes)
        self._family = QFontComboBox(self, currentFont=QFont(settings.font_family or default_family))
        self._size = QDoubleSpinBox(self, minimum=7, maximum=48, singleStep=0.5, decimals=1, suffix=" pt")
        self._size.setValue(settings.font_size)
        self._width = QSpinBox(self, minimum=30, maximum=160, suffix=" characters")
        self._width.setValue(settings.page_width)
        self._language = QComboBox(self, editable=True)
        self._language.addItems(LANGUAGES)
        self._language.setCurrentText(settings.language)
        self._backs_up = QCheckBox("&Make a dated copy (zip) when a manuscript is closed", self)
        self._backs_up.setChecked(settings.backs_up)
        self._backup_folder = QLineEdit(settings.backup_folder, self)
        self._backup_folder.setPlaceholderText("none chosen: no copies are made")
        self._choose_folder = QPushButton("&Choose...", self, autoDefault=False)
        self._backups_kept = QSpinBox(self, minimum=1, maximum=1000, suffix=" newest")
        self._backups_kept.setValue(settings.backups_kept)
        self._shares_locks = QCheckBox("Tell &other computers that share the folder", self)
        self._shares_locks.setChecked(settings.shares_locks)
        self._lay_out()
        self._connect()

    def settings(self) -> Settings:
        """Return the settings as the form stands."""
        family = self._family.currentFont().family().split(" [")[0]  # fontconfig may add the foundry
        return replace(
            self._before,
            theme=str(self._theme.currentData()),
            font_family="" if family == self._default_family else family,
            font_size=self._size.value(),
            page_width=self._width.value(),
            language=self._chosen_language(),
            backs_up=self._backs_up.isChecked(),
            backup_folder=self._backup_folder.text().strip(),
            backups_kept=self._backups_kept.value(),
            shares_locks=self._shares_locks.isChecked(),
        )

    def _chosen_language(self) -> str:
        """Return the language as it stands in the form, or the one before as long as it is no language tag."""
        text = self._language.currentText().strip() or "auto"
        try:
            return Profile("").with_options({"language": text}).language
        except InputError:
            return self._before.language

    def _make_theme_box(self, settings: Settings, themes: Sequence[str]) -> QComboBox:
        box = QComboBox(self)
        box.addItem("Follow the system", "system")
        for name in themes:
            box.addItem(name.capitalize(), name)
        box.setCurrentIndex(max(0, box.findData(settings.theme)))
        return box

    def _lay_out(self) -> None:
        form = QFormLayout()
        rows: tuple[tuple[str, str, QWidget, QWidget | QLayout], ...] = (
            ("themeBox", "&Theme", self._theme, self._theme),
            ("fontBox", "&Font of the page", self._family, self._family),
            ("fontSizeBox", "Font si&ze", self._size, self._size),
            ("pageWidthBox", "&Width of the page", self._width, self._width),
            ("languageBox", "&Language of exports", self._language, self._language),
            ("backsUpBox", "Backups", self._backs_up, self._backs_up),
            ("backupFolderField", "Folder of &backups", self._backup_folder, self._folder_row()),
            ("backupsKeptBox", "Backups &kept", self._backups_kept, self._backups_kept),
            ("sharesLocksBox", "While it is open", self._shares_locks, self._shares_locks),
        )
        for name, label, widget, field in rows:
            widget.setObjectName(name)
            own = widget.text() if isinstance(widget, QCheckBox) else label
            widget.setAccessibleName(own.replace("&", ""))
            form.addRow(label, field)  # of a row with a button, the label's key goes to the field below
            buddy = form.labelForField(field)
            if isinstance(buddy, QLabel):
                buddy.setTextFormat(Qt.TextFormat.PlainText)
                buddy.setBuddy(widget)
        line = self._language.lineEdit()
        if isinstance(line, QLineEdit):
            line.setObjectName("languageField")
            line.setAccessibleName("Language of exports")
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        for kind, name in (
            (QDialogButtonBox.StandardButton.Ok, "settingsOk"),
            (QDialogButtonBox.StandardButton.Cancel, "settingsCancel"),
        ):
            self._buttons.button(kind).setObjectName(name)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self._buttons)

    def _folder_row(self) -> QHBoxLayout:
        self._choose_folder.setObjectName("backupFolderButton")
        self._choose_folder.setAccessibleName("Choose the folder of backups")
        row = QHBoxLayout()
        row.addWidget(self._backup_folder, 1)
        row.addWidget(self._choose_folder)
        return row

    def _ask_folder(self) -> None:
        name = self._ask_path(self, self._backup_folder.text())
        if name:
            self._backup_folder.setText(name)

    def _show_what_counts(self) -> None:
        for widget in (self._backup_folder, self._choose_folder, self._backups_kept):
            widget.setEnabled(self._backs_up.isChecked())

    def _connect(self) -> None:
        self._theme.currentIndexChanged.connect(self._tell)
        self._family.currentFontChanged.connect(self._tell)
        self._size.valueChanged.connect(self._tell)
        self._width.valueChanged.connect(self._tell)
        self._language.currentTextChanged.connect(self._tell)
        self._backs_up.toggled.connect(self._show_what_counts)
        self._backs_up.toggled.connect(self._tell)
        self._backup_folder.textChanged.connect(self._tell)
        self._backups_kept.valueChanged.connect(self._tell)
        self._shares_locks.toggled.connect(self._tell)
        self._choose_folder.clicked.connect(self._ask_folder)
        self._show_what_counts()
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _tell(self, *_value: object) -> None:
        self.settings_changed.emit(self.settings())

    def reject(self) -> None:
        self.settings_changed.emit(self._before)
        super().reject()
