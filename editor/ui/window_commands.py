"""What each command of the table does in a window: one row a command."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from editor.markup.model import Style
from editor.ui import window_dialogs
from editor.ui.clipboard import paste_plain
from editor.ui.template_files import put_beside

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

Handler = Callable[[], object]


def handlers_of(window: "MainWindow") -> dict[str, Handler]:
    """Return the handler of each command, by its id in `editor.app.commands`."""
    return {
        **_file_handlers(window),
        **_export_handlers(window),
        **_edit_handlers(window),
        **_scene_handlers(window),
        **_chapter_handlers(window),
        **_view_handlers(window),
    }


def _file_handlers(window: "MainWindow") -> dict[str, Handler]:
    return {
        "new": window.new_requested.emit,
        "open": lambda: window_dialogs.ask_open(window),
        "open_folder": lambda: window_dialogs.ask_open_folder(window),
        "import": lambda: window_dialogs.ask_import(window),
        "save": window.store.save,
        "save_as": window.store.save_elsewhere,
        "save_copy": window.store.save_copy,
        "revert": window.store.revert,
        "history_of": window.history.shelf.offer,
        "print": lambda: window.printing.open_dialog(window.ids_to_export()),
        "settings": lambda: window_dialogs.show_settings(window),
        "close": window.close,
        "quit": window.quit_requested.emit,
    }


def _export_handlers(window: "MainWindow") -> dict[str, Handler]:
    copies = window.exports.copies
    return {
        "export": lambda: window.exports.open_dialog(window.ids_to_export()),
        "export_again": window.exports.export_again,
        "export_several": window.exports.several.open_dialog,
        "put_templates": lambda: put_beside(window),
        "copy_rich": lambda: copies.copy_rich(window.ids_to_export()),
        "copy_html": lambda: copies.copy_source("html-fragment", window.ids_to_export()),
        "copy_bbcode": lambda: copies.copy_source("bbcode", window.ids_to_export()),
        "copy_markdown": lambda: copies.copy_source("markdown", window.ids_to_export()),
        "copy_next_chapter": copies.copy_next_chapter,
    }


def _edit_handlers(window: "MainWindow") -> dict[str, Handler]:
    return {
        "undo": window.pages.undo,
        "redo": window.pages.redo,
        "cut": lambda: window.outline.cut_rows() if window.is_in_outline else window.text_in_hand().cut(),
        "copy": lambda: (
            window.structure.copy_text(window.outline.selected_ids())
            if window.is_in_outline
            else window.text_in_hand().copy()
        ),
        "paste": lambda: (
            window.outline.paste_rows() if window.is_in_outline else window.text_in_hand().paste()
        ),
        "paste_plain": lambda: paste_plain(window.text_in_hand()),
        "select_all": lambda: (
            window.outline.select_all() if window.is_in_outline else window.text_in_hand().selectAll()
        ),
        "emphasis": lambda: window.structure.toggle_style(Style.EMPHASIS),
        "strong": lambda: window.structure.toggle_style(Style.STRONG),
        "find": lambda: window.search.open(replaces=False),
        "replace": lambda: window.search.open(replaces=True),
        "find_next": window.search.find_next,
        "find_previous": window.search.find_previous,
    }


def _scene_handlers(window: "MainWindow") -> dict[str, Handler]:
    structure, ids = window.structure, window.ids_in_hand
    return {
        "scene_break": structure.break_scene,
        "merge": lambda: structure.merge_with_next(ids()),
        "rename": lambda: window_dialogs.rename(window, ids()),
        "synopsis": lambda: window_dialogs.ask_synopsis(window, ids()),
        "delete_scene": lambda: structure.delete(ids()),
        "move_up": lambda: structure.move_up(ids()),
        "move_down": lambda: structure.move_down(ids()),
        "next_scene": lambda: structure.go_to_neighbour(1),
        "previous_scene": lambda: structure.go_to_neighbour(-1),
        "go_to_scene": lambda: window_dialogs.choose_scene(window),
    }


def _chapter_handlers(window: "MainWindow") -> dict[str, Handler]:
    chapters = window.chapters
    return {
        "new_chapter_file": chapters.make,
        "split_file": chapters.split,
        "join_files": chapters.join,
        "book_title": chapters.entitle,
        "rename_file": chapters.rename,
        "remove_file": chapters.remove,
        "cut_scene": lambda: chapters.cut_scenes(window.ids_in_hand()),
    }


def _view_handlers(window: "MainWindow") -> dict[str, Handler]:
    return {
        "show_outline": window.show_outline,
        "show_page": window.show_page,
        "hide_outline": window.hide_outline,
        "show_scene": lambda: window.folds.show_scene(window.ids_in_hand()),
        "show_chapter": lambda: window.folds.show_chapter(window.ids_in_hand()),
        "show_all": window.folds.show_all,
        "history": window.history.toggle,
        "posted": lambda: window_dialogs.show_posted(window),
        "split_view": lambda: window.pages.set_split(window.commands["split_view"].isChecked()),
        "focus_mode": lambda: window.pages.set_focus_mode(window.commands["focus_mode"].isChecked()),
        "full_screen": window.toggle_full_screen,
        "zoom_in": lambda: window.page.set_zoom(window.page.zoom + 10),
        "zoom_out": lambda: window.page.set_zoom(window.page.zoom - 10),
        "zoom_reset": lambda: window.page.set_zoom(100),
        "palette": lambda: window_dialogs.choose_command(window),
        "help": lambda: window_dialogs.show_help(window),
        "welcome": window.welcome_requested.emit,
        "kept_versions": lambda: window_dialogs.show_kept(window),
        "about": lambda: window_dialogs.show_about(window),
    }
