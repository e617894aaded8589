"""Rows of the outline on a drag or on the clipboard.

The format is our own: JSON with the window's session, the revision of the outline and the ids. Nothing is unpickled,
nothing else is accepted, and the text of the scenes is not in it, so that a drop into a text field copies nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData

MIME_TYPE = "application/x-manuscript-scenes+json"


@dataclass(frozen=True, slots=True)
class RowsInHand:
    """The rows that are dragged or were copied: in which window, of which outline, and which."""

    session: str
    revision: int
    ids: tuple[int, ...]


def write_mime(session: str, revision: int, ids: Sequence[int]) -> QMimeData:
    """Return `ids` as what Qt drags and puts on the clipboard."""
    data = QMimeData()
    text = json.dumps({"session": session, "revision": revision, "ids": list(ids)})
    data.setData(MIME_TYPE, text.encode())
    return data


def read_mime(data: QMimeData | None) -> RowsInHand | None:
    """Return the rows in `data`, or None if it holds something else or something broken."""
    if data is None or not data.hasFormat(MIME_TYPE):
        return None
    try:
        found = json.loads(bytes(data.data(MIME_TYPE).data()))
        ids = tuple(found["ids"])
        rows = RowsInHand(str(found["session"]), int(found["revision"]), ids)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return rows if ids and all(type(one) is int for one in ids) else None
