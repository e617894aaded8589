"""The menu of rows in the outline. It asks by signals; titles stand in it as plain text."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from editor.manuscript.chapter_names import CUTS_NAME, chapter_name, is_in_book
from editor.manuscript.outline import Node, Outline
from editor.manuscript.selection import Place, Where
from editor.markup.model import Level
from editor.ui.outline_projection import FileRow, row_of_file, start_of
from editor.ui.outline_words import STATUSES, display_title, fact_of

LONGEST_TITLE = 48


class OutlineMenu(QObject):
    """Builds the menu of some rows, and asks for what is chosen."""

    scene_activated = Signal(int)
    show_only_requested = Signal(int)
    rename_requested = Signal(int)
    """To edit the title in its row."""
    move_requested = Signal(object, object)
    move_up_requested = Signal(object)
    move_down_requested = Signal(object)
    merge_requested = Signal(int)
    fact_requested = Signal(object, str, str)
    """The ids of scenes, a key, and a value ("" takes the fact away)."""
    synopsis_requested = Signal(int)
    delete_requested = Signal(object)
    cut_requested = Signal(object)
    """The ids of scenes to be taken out of the book."""
    file_name_requested = Signal(int)
    """To edit the name of a file in its row."""
    new_file_requested = Signal(int)
    join_file_requested = Signal(int)
    posted_requested = Signal(object, str)
    """The ids of nodes whose chapters are posted as they are, and the target."""

    posted_targets: Callable[[], Mapping[str, str]] = staticmethod(dict)
    """What gives the targets to which something was posted, with their names."""

    def build(self, outline: Outline, ids: Sequence[int], parent: QWidget) -> QMenu:
        """Return the menu for the rows `ids`, the cuts only if alone; it deletes itself when it closes."""
        if outline.cuts is not None and len(ids) > 1:
            ids = [node_id for node_id in ids if node_id != outline.cuts.id]
        nodes = [outline.node(node_id) for node_id in ids]
        scenes = [node for node in nodes if node.level is Level.SCENE]
        menu = _menu("Scene", "outlineMenu", parent)
        menu.aboutToHide.connect(menu.deleteLater)
        if len(nodes) == 1:
            self._add_entries_of_one(menu, outline, nodes[0])
        if nodes[0].is_cuts:
            return menu
        if len(scenes) == len(nodes):
            menu.addMenu(self._chapters_menu(outline, ids, menu))
        self._add(menu, "Move &up", partial(self.move_up_requested.emit, list(ids)), "Ctrl+Shift+Up")
        self._add(menu, "Move &down", partial(self.move_down_requested.emit, list(ids)), "Ctrl+Shift+Down")
        if scenes and len(scenes) == len(nodes):
            self._add_scene_entries(menu, outline, scenes)
        if not scenes and (targets := self.posted_targets()):
            menu.addMenu(self._posted_menu(ids, targets, menu))
        menu.addSeparator()
        if outline.files and len(scenes) == len(nodes):
            cut = self._add(menu, "Move to the cu&ts", partial(self.cut_requested.emit, list(ids)))
            cut.setEnabled(any(is_in_book(outline, node) for node in nodes))
        self._add(menu, _deletion(nodes), partial(self.delete_requested.emit, list(ids)), "Del")
        return menu

    def _add_entries_of_one(self, menu: QMenu, outline: Outline, node: Node) -> None:
        row = row_of_file(node) if node.level is Level.FILE else node
        self._add(menu, "&Go to", partial(self.scene_activated.emit, start_of(row)))
        self._add(menu, "Sh&ow only this", partial(self.show_only_requested.emit, node.id))
        if node.is_cuts:
            return
        what = "&Rename..." if not isinstance(row, FileRow) else "&Rename the chapter..."
        if not isinstance(row, FileRow) or row.is_named_by_heading:
            self._add(menu, what, partial(self.rename_requested.emit, node.id), "F2")
        menu.addSeparator()
        if isinstance(row, FileRow):
            key = "" if row.is_named_by_heading else "F2"
            self._add(menu, "&New chapter file after this", partial(self.new_file_requested.emit, node.id))
            self._add(menu, "Rename the &file...", partial(self.file_name_requested.emit, node.id), key)
            ask = partial(self.join_file_requested.emit, node.id)
            self._add(menu, "&Join with the next file", ask).setEnabled(_has_next(outline, node))
            menu.addSeparator()

    def _add_scene_entries(self, menu: QMenu, outline: Outline, scenes: Sequence[Node]) -> None:
        ids = [node.id for node in scenes]
        if len(scenes) == 1:
            merge = self._add(menu, "&Merge with next scene", partial(self.merge_requested.emit, ids[0]))
            above = outline.parent(ids[0])
            merge.setEnabled(above is not None and above.children[-1].id != ids[0])
        menu.addSeparator()
        menu.addMenu(self._status_menu(scenes, menu))
        if len(scenes) == 1:
            self._add(menu, "S&ynopsis...", partial(self.synopsis_requested.emit, ids[0]))
        are_out = all(not node.is_exported for node in scenes)
        leave_out = partial(self.fact_requested.emit, ids, "export", "" if are_out else "no")
        self._check(self._add(menu, "E&xclude from export", leave_out), is_checked=are_out)

    def _chapters_menu(self, outline: Outline, ids: Sequence[int], parent: QWidget) -> QMenu:
        menu = _menu("Move to &chapter", "moveToChapterMenu", parent)
        homes = {above.id for node_id in ids if (above := outline.parent(node_id)) is not None}
        for node in outline.walk():
            if not is_in_book(outline, node):
                break
            if node.level is Level.PART or (node.level is Level.FILE and len(node.children) > 1):
                menu.addSection(_plain(display_title(node)))
            elif node.level is Level.CHAPTER or (node.level is Level.FILE and not node.children):
                move = partial(self.move_requested.emit, list(ids), Place(node.id, Where.INTO))
                name = chapter_name(outline, node) or display_title(node)
                self._add(menu, _plain(name), move).setEnabled(homes != {node.id})
        if outline.files:
            menu.addSeparator()
            cut = self._add(menu, CUTS_NAME, partial(self.cut_requested.emit, list(ids)))
            cut.setEnabled(any(is_in_book(outline, outline.node(node_id)) for node_id in ids))
        return menu

    def _posted_menu(self, ids: Sequence[int], targets: Mapping[str, str], parent: QWidget) -> QMenu:
        menu = _menu("Mark as &posted to", "markPostedMenu", parent)
        for target, title in targets.items():
            self._add(menu, _plain(title), partial(self.posted_requested.emit, list(ids), target))
        return menu

    def _status_menu(self, scenes: Sequence[Node], parent: QWidget) -> QMenu:
        menu = _menu("&Status", "statusMenu", parent)
        ids, now = [node.id for node in scenes], {fact_of(node, "status").casefold() for node in scenes}
        for status in STATUSES:
            ask = partial(self.fact_requested.emit, ids, "status", status)
            self._check(self._add(menu, status.capitalize(), ask), is_checked=now == {status})
        menu.addSeparator()
        none = self._add(menu, "None", partial(self.fact_requested.emit, ids, "status", ""))
        self._check(none, is_checked=now == {""})
        return menu

    def _add(self, menu: QMenu, text: str, ask: Callable[[], None], shortcut: str = "") -> QAction:
        action = menu.addAction(f"{text}\t{shortcut}" if shortcut else text)
        action.triggered.connect(lambda _checked=False: ask())
        return action

    def _check(self, action: QAction, *, is_checked: bool) -> None:
        action.setCheckable(True)
        action.setChecked(is_checked)


def _deletion(nodes: Sequence[Node]) -> str:
    if any(node.level is not Level.FILE for node in nodes):
        return "De&lete"
    return "Remove the fi&le" if len(nodes) == 1 else "Remove the fi&les"


def _has_next(outline: Outline, file: Node) -> bool:
    """Whether a file is not the last one of the book."""
    books = [each for each in outline.files if not each.is_cuts]
    return books[-1] is not file


def _menu(title: str, name: str, parent: QWidget) -> QMenu:
    menu = QMenu(title, parent)
    menu.setObjectName(name)
    menu.setAccessibleName(title.replace("&", ""))
    return menu


def _plain(title: str) -> str:
    """A title as the text of a menu entry: short, on one line, its & no shortcut and its tab no column."""
    line = " ".join(title.split())
    short = line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 3].rstrip() + "..."
    return short.replace("&", "&&")
