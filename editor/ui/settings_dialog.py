"""The settings: theme, font, page width, language of exports. Choices show at once; Cancel takes them back."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFontComboBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from editor.app.settings import Settings
from editor.errors import InputError
from editor.export.profile import Profile

LANGUAGES = ("auto", "en", "de", "fr", "ru", "es", "sv")


class SettingsDialog(QDialog):
    """A form over `Settings`."""

    settings_changed = Signal(object)

    def __init__(
        self, settings: Settings, themes: Sequence[str], default_family: str, parent: QWidget | None = None
    ) -> None:
        """`default_family` is the font that is used while none is chosen."""
        super().__init__(parent)
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
        rows = (
            ("themeBox", "&Theme", self._theme),
            ("fontBox", "&Font of the page", self._family),
            ("fontSizeBox", "Font si&ze", self._size),
            ("pageWidthBox", "&Width of the page", self._width),
            ("languageBox", "&Language of exports", self._language),
        )
        for name, label, widget in rows:
            widget.setObjectName(name)
            widget.setAccessibleName(label.replace("&", ""))
            form.addRow(label, widget)
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

    def _connect(self) -> None:
        self._theme.currentIndexChanged.connect(self._tell)
        self._family.currentFontChanged.connect(self._tell)
        self._size.valueChanged.connect(self._tell)
        self._width.valueChanged.connect(self._tell)
        self._language.currentTextChanged.connect(self._tell)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _tell(self, *_value: object) -> None:
        self.settings_changed.emit(self.settings())

    def reject(self) -> None:
        self.settings_changed.emit(self._before)
        super().reject()
