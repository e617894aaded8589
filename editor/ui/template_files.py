"""The command that puts the templates beside the manuscript, to be changed."""

from typing import TYPE_CHECKING

from editor.app.page_files import SHIPPED, put_templates
from editor.errors import DinkusError
from editor.ui.messages import Notice

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

NO_PLACE = "Save the manuscript first: the templates go beside it."


def put_beside(window: "MainWindow") -> None:
    """Write the page template and the style sheet beside the manuscript of `window`, and tell how they are used."""
    if window.store.path is None:
        window.show_notice(Notice(NO_PLACE, kind="warning", topic="export", timeout_ms=12_000))
        return
    try:
        paths = put_templates(window.exports.places()[0])
    except DinkusError as error:
        window.show_notice(Notice(str(error), kind="error", topic="export"))
        return
    page, style = SHIPPED
    text = (
        f"{page} and {style} are now in {paths[0].parent}. Change them, and choose them in the export dialog."
    )
    window.show_notice(Notice(text, topic="export", timeout_ms=20_000))
