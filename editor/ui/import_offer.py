"""Offer the import where a file of another program was to be opened."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from editor.importing.kinds import is_web_page
from editor.ui.messages import Answer, Notice

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow


def offer_import(window: "MainWindow", paths: Sequence[Path]) -> None:
    """Show what would come of files of other programs, all of them together; of none, nothing."""
    if paths:
        from editor.ui.import_dialog import show_import

        show_import(window, paths)


def tell_of_page(window: "MainWindow", path: Path) -> None:
    """Say of a web page that was opened as text that its words can be had without the tags."""
    if is_web_page(path):
        window.show_notice(
            Notice(
                "This is a web page, shown as it is written. Its text can be imported into a new manuscript.",
                answers=(Answer("Import its text...", lambda: offer_import(window, [path])),),
                topic="web page",
            )
        )
