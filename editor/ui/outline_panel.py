"""The outline beside the page: a filter and the rows.

Everything the writer asks for leaves as a signal with ids; the panel changes no text. `set_outline` and `set_current`
keep it beside the text.
"""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from editor.app.themes import Theme
from editor.manuscript.outline import Outline
from editor.markup.model import Level
from editor.ui.outline_filter_field import OutlineFilterField
from editor.ui.outline_menu import OutlineMenu
from editor.ui.outline_model import OutlineModel
from editor.ui.outline_opening import OutlineOpening
from editor.ui.outline_view import OutlineView


class OutlinePanel(QWidget):
    """Shows an outline, and asks for what is to be done with its rows."""

    scene_activated = Signal(int)
    show_only_requested = Signal(int)
    move_requested = Signal(object, object)
    """A list of ids, and the `Place` they shall go to."""
    move_up_requested = Signal(object)
    move_down_requested = Signal(object)
    rename_requested = Signal(int, str)
    merge_requested = Signal(int)
    fact_requested = Signal(object, str, str)
    """A list of ids of scenes, a key, and a value ("" takes the fact away)."""
    synopsis_requested = Signal(int)
    copy_requested = Signal(object)
    delete_requested = Signal(object)
    cut_requested = Signal(object)
    """The ids of scenes to be taken out of the book, to its cuts."""
    file_rename_requested = Signal(int, str)
    """The id of a file, and its new name with its ending."""
    new_file_requested = Signal(int)
    """The id of the file behind which an empty one is wanted."""
    join_file_requested = Signal(int)
    """The id of the file that is to be one with the next."""
    remove_file_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outlinePanel")
        self.model = OutlineModel(self)
        self.view = OutlineView(self.model, self)
        self._opening = OutlineOpening(self.view)
        self.filter = OutlineFilterField(self.view, self)
        self._hint = QLabel("Dragging is off while the list is filtered.", self)
        self.menu = OutlineMenu(self)
        self._set_up()
        self._connect()

    def set_outline(self, outline: Outline) -> None:
        """Show `outline`; open rows stay open, selected rows stay selected, new chapters are open."""
        if outline.revision == 0:
            self.filter.forget()
            self.view.forget()
        self.model.set_outline(outline)
        self._opening.open_new()
        self.filter.follow()
        self._tell_if_empty()

    def set_current(self, node_id: int | None) -> None:
        """Mark the row of the scene (or chapter) with the caret; nothing is activated and the focus stays."""
        self.view.set_current(node_id)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of the statuses; all others come with the palette."""
        self.view.rows_delegate.set_theme(theme)
        self.view.viewport().update()

    def selected_ids(self) -> list[int]:
        """Return the selected rows in the order of the text."""
        return self.view.selected_ids()

    def has_focus(self) -> bool:
        """Return whether keys go to the rows, or will as soon as a dialog or menu over the window has gone."""
        return self.window().focusWidget() is self.view

    def focus_tree(self) -> None:
        """Give the rows the focus, at the row of the scene with the caret."""
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.view.select_for_keys()

    def cut_rows(self) -> None:
        """Take the selected rows in hand, to be moved by `paste_rows`."""
        self.view.cut()

    def copy_rows(self) -> None:
        """Copy the titles of the selected rows as text."""
        self.view.copy()

    def paste_rows(self) -> None:
        """Ask to move the rows that were cut behind the current row."""
        self.view.paste()

    def select_all(self) -> None:
        """Select all rows that are shown."""
        self.view.selectAll()

    def text_ids(self) -> list[int]:
        """Return the nodes whose text the selected rows are, in its order: never a file, whose first line is no text."""
        return self.view.text_ids()

    def edit_file_name(self, file_id: int) -> None:
        """Open the name of a row's file for editing in the place of its title; that of the cuts stays."""
        index = self.model.index_of(file_id)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.model.naming_file = file_id
            self.edit_title(file_id)

    def edit_title(self, node_id: int) -> None:
        """Open the title of a row for editing in its place; that of the cuts stays."""
        index = self.model.index_of(node_id)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.view.setCurrentIndex(index)
            self.view.edit(index)

    def _set_up(self) -> None:
        self._hint.setObjectName("outlineHint")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._hint.setContentsMargins(8, 0, 8, 2)
        self._hint.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(6)
        field = QVBoxLayout()
        field.setContentsMargins(6, 0, 6, 0)
        field.addWidget(self.filter)
        layout.addLayout(field)
        layout.addWidget(self._hint)
        layout.addWidget(self.view)
        self._tell_if_empty()

    def _connect(self) -> None:
        self.filter.filtered.connect(self._tell_if_empty)
        self.model.move_requested.connect(self.move_requested)
        self.model.rename_requested.connect(self.rename_requested)
        self.view.menu_requested.connect(self._open_menu)
        self.menu.rename_requested.connect(self.edit_title)
        for source in (self.view, self.menu):
            source.scene_activated.connect(self.scene_activated)
            source.move_up_requested.connect(self.move_up_requested)
            source.move_down_requested.connect(self.move_down_requested)
            source.delete_requested.connect(self._ask_to_delete)
        self.view.copy_requested.connect(self.copy_requested)
        self.menu.show_only_requested.connect(self.show_only_requested)
        self.menu.move_requested.connect(self.move_requested)
        self.menu.merge_requested.connect(self.merge_requested)
        self.menu.fact_requested.connect(self.fact_requested)
        self.menu.synopsis_requested.connect(self.synopsis_requested)
        self.menu.cut_requested.connect(self.cut_requested)
        self.menu.new_file_requested.connect(self.new_file_requested)
        self.menu.join_file_requested.connect(self.join_file_requested)
        self.menu.file_name_requested.connect(self.edit_file_name)
        self.model.file_rename_requested.connect(self.file_rename_requested)
        self.view.rows_delegate.closeEditor.connect(self._forget_naming)

    def _forget_naming(self) -> None:
        self.model.naming_file = None

    def _ask_to_delete(self, ids: list[int]) -> None:
        """Ask to delete rows; files, if there are nothing but files, one by one, and the cuts never."""
        rows = [(one, self.model.node_of(self.model.index_of(one))) for one in ids]
        doomed = [(one, row.level) for one, row in rows if row is not None and not row.is_cuts]
        if doomed and all(level is Level.FILE for _one, level in doomed):
            for one, _level in doomed:
                self.remove_file_requested.emit(one)
        elif doomed:
            self.delete_requested.emit([one for one, _level in doomed])

    def _tell_if_empty(self) -> None:
        """Say why there are no rows, if there are none, and why they cannot be dragged."""
        outline = self.model.outline
        text = ""
        if outline is None or not outline.roots:
            text = "Scenes appear here as you write."
        elif self.filter.hides_all:
            text = f"Nothing here has “{self.filter.text().strip()}”."
        self.view.set_empty_text(text)
        self._hint.setVisible(self.filter.is_filtering)

    def _open_menu(self, ids: list[int], at: QPoint) -> None:
        if self.model.outline is not None:
            self.menu.build(self.model.outline, ids, self.view).popup(at)
