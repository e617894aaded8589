"""What the page gives to the clipboard and takes from it: plain text with every character.

Qt's own copy turns no-break spaces into spaces and U+2028 into a new line. Text with a character that Qt's strings
cannot carry goes out under a format of our own as well, so that cut and paste inside Dinkus lose nothing.
"""

import atexit
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QLineEdit

from editor.markup.lines import split_lines
from editor.ui.text_bridge import unveil, veil

if TYPE_CHECKING:
    from editor.ui.rich_paste import PastePlace

SCENES_FORMAT = "application/x-manuscript-scenes+json"
"""What the outline drags; the page never takes it for text."""

_OWN_FORMAT = "application/x-dinkus-text"
_OBJECT = "\ufffc"


class OwnText(QMimeData):
    """Text that was given away here, to be known again."""


def mime_of(text: str) -> QMimeData:
    """Return `text` for the clipboard or a drag."""
    _hand_over_at_exit()
    mime = OwnText()
    fill(mime, text)
    return mime


def fill(mime: QMimeData, text: str) -> None:
    """Put `text` into `mime`, with what Qt's strings cannot carry under a format of our own."""
    mime.setText(text)
    veiled = veil(text)
    if veiled != text:
        mime.setData(_OWN_FORMAT, veiled.encode("utf-8"))


def can_take(mime: QMimeData) -> bool:
    """Say whether `mime` holds text for the page; files and scenes belong to the window and to the outline."""
    if mime.hasFormat(SCENES_FORMAT) or any(url.isLocalFile() for url in mime.urls()):
        return False
    return mime.hasText() or mime.hasHtml()


def text_of(mime: QMimeData, find_place: "Callable[[], PastePlace] | None" = None) -> str:
    """Return the text in `mime`, its line ends normalised, so that no line is a file boundary; of rich text, with our marks.

    `find_place` says where it goes, so that marks are those of the file there.
    """
    if mime.hasHtml() and not mime.hasFormat(_OWN_FORMAT):
        from editor.ui.rich_paste import NOWHERE, marked_text

        place = find_place() if find_place is not None else NOWHERE
        marked = marked_text(mime.html(), mime.text() if mime.hasText() else None, place)
        if marked is not None:
            return "\n".join(split_lines(marked))
    return plain_of(mime)


def plain_of(mime: QMimeData) -> str:
    """Return the text in `mime`, its line ends normalised, so that no line is a file boundary; of rich text, its words."""
    if mime.hasFormat(_OWN_FORMAT):
        own = unveil(bytes(mime.data(_OWN_FORMAT).data()).decode("utf-8", "replace"))
        return "\n".join(split_lines(own))
    text = mime.text() if mime.hasText() else plain_text_of(mime.html())
    return "\n".join(split_lines(text))


class _Page(Protocol):
    def insert_typed(self, text: str) -> None: ...


def paste_plain(taker: "_Page | QLineEdit") -> None:
    """Put the words on the clipboard into a page, or into a field, which knows nothing else."""
    mime = QGuiApplication.clipboard().mimeData()
    if isinstance(taker, QLineEdit):
        taker.paste()
    elif mime is not None and can_take(mime):
        taker.insert_typed(plain_of(mime))


@cache
def _hand_over_at_exit() -> None:
    """Have what we own of the clipboard handed over when the program ends.

    WORKAROUND(PySide6 6.11): some platforms free the clipboard's data after Python has gone, and data that was made in
    Python does not survive that.
    """
    atexit.register(_hand_over)


def _hand_over() -> None:
    if QGuiApplication.instance() is None:
        return
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        if isinstance(clipboard.mimeData(mode), OwnText):
            clipboard.setText(clipboard.text(mode), mode)


def plain_text_of(html: str) -> str:
    """Return the text of `html`; nothing is laid out, so nothing that it names is loaded."""
    document = QTextDocument()
    document.setHtml(html)
    return document.toRawText().replace("\u2029", "\n").replace(_OBJECT, "")
