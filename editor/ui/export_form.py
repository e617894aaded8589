"""The fields of an export, made from the table of options, so that no option is named here."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QScrollArea, QSpinBox, QWidget

from editor.errors import InputError
from editor.export.options import Option, Sort
from editor.export.profile import OPTIONS, Profile
from editor.ui.wheel_guard import WheelGuard

NO_FILE = "That of Dinkus"
NO_LIMIT = "No limit"
ZERO = {"wrap_width": "A paragraph to a line", "font_size": "What suits the page"}
"""What 0 stands for in the numbers that are no limit."""


class ChoicesArea(QScrollArea):
    """Room for a form that is scrolled up and down, and never so narrow that its fields are cut off."""

    def __init__(self, form: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the field that has the focus
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(form)
        self._form = form

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._form.minimumSizeHint().width() + bar, super().minimumSizeHint().height())


class ExportForm(QWidget):
    """One field for each option that matters to the profile's renderer."""

    profile_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None, without: Collection[str] = ()) -> None:
        """`without` names options that have no field: somebody else decides about them."""
        super().__init__(parent)
        self.setObjectName("exportForm")
        self._options = tuple(option for option in OPTIONS if option.name not in without)
        self._profile = Profile("")
        self._is_filling = False
        self._layout = QFormLayout(self)
        self._layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._fields: dict[str, QWidget] = {}
        guard = WheelGuard(self)
        for option in self._options:
            field = self._make_field(option)
            if isinstance(field, QComboBox | QSpinBox):
                guard.watch(field)
            field.setObjectName(f"option_{option.name}")
            field.setAccessibleName(option.label)
            field.setAccessibleDescription(option.help)
            field.setToolTip(_plain_tip(option.help))
            self._fields[option.name] = field
            self._layout.addRow("" if option.sort is Sort.SWITCH else option.label, field)

    @property
    def profile(self) -> Profile:
        return self._profile

    def set_profile(self, profile: Profile) -> None:
        """Show the choices of `profile`."""
        self._profile = profile
        self._is_filling = True
        for option in self._options:
            self._fill(option, self._fields[option.name])
        self._is_filling = False
        self._show_rows_that_matter()

    def offer_files(self, names: Mapping[str, Sequence[str]]) -> None:
        """Offer the files there are for each option that names one, by the name of the option."""
        self._is_filling = True
        for option in OPTIONS:
            field = self._fields[option.name]
            if option.sort is Sort.FILE and isinstance(field, QComboBox):
                field.clear()
                _offer_nothing(field, option)
                for name in names.get(option.name, ()):
                    field.addItem(name, name)
                self._fill(option, field)
        self._is_filling = False

    def _make_field(self, option: Option) -> QWidget:
        change = partial(self._change, option)
        match option.sort:
            case Sort.SWITCH:
                box = QCheckBox(option.label, self)
                box.toggled.connect(lambda is_on: change("yes" if is_on else "no"))
                return box
            case Sort.NUMBER:
                spin = QSpinBox(self, minimum=0, maximum=option.limits[1])
                spin.setSpecialValueText(ZERO.get(option.name, NO_LIMIT))
                spin.valueChanged.connect(lambda number: change(str(number)))
                return spin
            case Sort.LANGUAGE | Sort.TEXT | Sort.DATE:
                line = QLineEdit(self)
                line.editingFinished.connect(lambda: change(line.text()))
                return line
            case _:
                return self._make_choices(option)

    def _make_choices(self, option: Option) -> QComboBox:
        combo = QComboBox(self, editable=option.sort in {Sort.CHOICE_OR_TEXT, Sort.FILE})
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(16)
        if option.sort is Sort.FILE and not option.choices:
            _offer_nothing(combo, option)
        for value, label in option.choices:
            combo.addItem(label, value)
        if combo.isEditable():
            combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            line = combo.lineEdit()
            if line is not None:
                line.setObjectName(f"option_{option.name}_text")
                line.setAccessibleName(option.label)
                line.editingFinished.connect(lambda: self._change(option, _value_in(combo)))
        combo.activated.connect(lambda _index: self._change(option, str(combo.currentData())))
        return combo

    def _fill(self, option: Option, field: QWidget) -> None:
        value = getattr(self._profile, option.name)
        if isinstance(field, QCheckBox):
            field.setChecked(bool(value))
        elif isinstance(field, QSpinBox):
            field.setValue(int(value))
        elif isinstance(field, QComboBox):
            index = field.findData(value)
            field.setCurrentIndex(index)
            if index < 0 and field.isEditable():
                field.setEditText(str(value))
            if (line := field.lineEdit()) is not None:
                line.setCursorPosition(0)  # a long text is read from its beginning
        elif isinstance(field, QLineEdit):
            field.setText(str(value))

    def _change(self, option: Option, text: str) -> None:
        if self._is_filling:
            return
        changes: Mapping[str, str] = {option.name: text}
        try:
            self._profile = self._profile.with_options(changes)
        except InputError:
            self.set_profile(self._profile)
            return
        self._show_rows_that_matter()
        self.profile_changed.emit(self._profile)

    def _show_rows_that_matter(self) -> None:
        for option in self._options:
            self._layout.setRowVisible(self._fields[option.name], option.matters_to(self._profile))


def _offer_nothing(combo: QComboBox, option: Option) -> None:
    """Offer to name no file."""
    combo.addItem(option.choices[0][1] if option.choices else NO_FILE, "")


def _value_in(combo: QComboBox) -> str:
    """Return the value of a combo box that may hold the writer's own text."""
    index = combo.findText(combo.currentText())
    return str(combo.itemData(index)) if index >= 0 else combo.currentText()


def _plain_tip(text: str) -> str:
    """Return a tooltip that Qt does not take for rich text."""
    return text.replace("<", "‹").replace(">", "›")
