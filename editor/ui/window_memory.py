"""What is remembered of a window from one start to the next, as plain values for the session file."""

import base64
import binascii
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray

from editor.manuscript.edits import Position
from editor.markup.model import WrapMode

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

FIRST_SIZE = (1180, 780)
STEP_ASIDE = 28


def place_in(window: "MainWindow") -> dict[str, Any]:
    """Return what is to be remembered of the file in `window`: caret, wrap mode, a chosen encoding."""
    here = window.page.caret_position()
    place: dict[str, Any] = {"line": here.line, "column": here.column}
    if window.store.is_folder:
        return {**place, **window.store.folder.choices()}
    return {**place, "mode": str(window.buffer.manuscript.text.mode), **encodings_in(window)}


def encodings_in(window: "MainWindow") -> dict[str, Any]:
    """Return the part of `place_in` without which a file would be read as another text: encodings that were chosen."""
    if window.store.is_folder:
        return {"encodings": window.store.folder.encodings()}
    stored = window.files.stored
    return {"encoding": (stored.chosen_encoding if stored else None) or ""}


def remembered_mode(place: Mapping[str, Any]) -> WrapMode | None:
    """Return the wrap mode in `place`, None if there is none."""
    mode = place.get("mode")
    return WrapMode(mode) if mode in [str(each) for each in WrapMode] else None


def remembered_encoding(place: Mapping[str, Any]) -> str | None:
    """Return the encoding that the writer chose for the file, None if they did not."""
    encoding = place.get("encoding")
    return encoding if isinstance(encoding, str) and encoding else None


def remembered_modes(place: Mapping[str, Any]) -> dict[str, WrapMode]:
    """Return the wrap modes of the files of a folder in `place`, by label."""
    modes = place.get("modes")
    known = [str(each) for each in WrapMode]
    found = modes.items() if isinstance(modes, Mapping) else ()
    return {str(label): WrapMode(mode) for label, mode in found if mode in known}


def remembered_encodings(place: Mapping[str, Any]) -> dict[str, str]:
    """Return the encodings that the writer chose for files of a folder, by file name."""
    encodings = place.get("encodings")
    found = encodings.items() if isinstance(encodings, Mapping) else ()
    return {str(name): encoding for name, encoding in found if isinstance(encoding, str) and encoding}


def remembered_position(place: Mapping[str, Any]) -> Position | None:
    """Return where the caret was, None if that is not known."""
    line, column = place.get("line"), place.get("column")
    return (
        Position(max(0, line), max(0, column)) if isinstance(line, int) and isinstance(column, int) else None
    )


def window_state(window: "MainWindow") -> dict[str, Any]:
    """Return geometry and arrangement."""
    return {
        "geometry": _to_text(window.saveGeometry()),
        "splitter": _to_text(window.splitter.saveState()),
        "outline": window.outline.isVisibleTo(window),
        "zoom": window.page.zoom,
    }


def restore_window(window: "MainWindow", state: Mapping[str, Any], others: int) -> None:
    """Give `window` its geometry and arrangement; beside `others` it stands a little aside."""
    if not window.restoreGeometry(_from_text(state.get("geometry"))):
        window.resize(*FIRST_SIZE)
    if others:
        window.move(window.pos().x() + STEP_ASIDE * others, window.pos().y() + STEP_ASIDE * others)
    window.splitter.restoreState(_from_text(state.get("splitter")))
    window.outline.setVisible(state.get("outline") is not False)
    zoom = state.get("zoom")
    if isinstance(zoom, int):
        window.page.set_zoom(zoom)


def _to_text(data: QByteArray) -> str:
    return base64.b64encode(data.data()).decode("ascii")


def _from_text(value: object) -> QByteArray:
    try:
        return QByteArray(base64.b64decode(value, validate=True) if isinstance(value, str) else b"")
    except (binascii.Error, ValueError):
        return QByteArray()
