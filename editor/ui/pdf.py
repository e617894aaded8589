"""A book as PDF, through Qt: the same document as for word processors, set in pages.

The file says no time: the dates and the identifier that Qt writes are replaced, and `editor.export.pdf_file` puts its objects in one
order, so equal books give equal bytes where the same fonts are installed. `editor.ui.page_setting` sets the pages, and so knows
what they look like. Limits: not tagged for screen readers; Qt rounds the size of pages to whole points.
"""

import hashlib
import re
import sys
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter

from editor.export.book import Book
from editor.export.document import Document
from editor.export.document_content import compose_document
from editor.export.document_options import PDF
from editor.export.pdf_file import finish_pdf
from editor.export.profile import Profile
from editor.export.progress import Watch, divide, unwatched
from editor.export.registry import RENDERERS as OTHER_RENDERERS
from editor.export.registry import Render
from editor.ui.missing_letters import tell_missing
from editor.ui.page_setting import RESOLUTION, SetPages

_WITHOUT_A_DISPLAY = [] if sys.platform in {"win32", "darwin"} else ["-platform", "offscreen"]
_DATES = re.compile(
    rb"(?P<pdf>/(?:Creation|Mod)Date \(D:)\d{14}|(?P<xmp>xmp:(?:Create|Modify|Metadata)Date=\")[\d:T-]{19}"
)
_IDENTIFIERS = re.compile(
    rb"(?<=xmpMM:DocumentID=\"uuid:)[0-9a-f-]{36}"
    rb"|(?<=/ID \[ <)[0-9a-f]{72}(?=>)|(?<=> <)[0-9a-f]{72}(?=> \])"  # a title in the outline has hexadecimal digits too
)


Tell = Callable[[str], None]
"""Takes a sentence for the writer."""


def render_pdf(
    book: Book, profile: Profile, watch: Watch = unwatched, tell: Tell = lambda _sentence: None
) -> bytes:
    """Return `book` as a PDF file. A QGuiApplication is made if there is none: fonts need one.

    `tell` hears of characters that no font has.
    """
    application = QGuiApplication.instance() or QGuiApplication(["dinkus", *_WITHOUT_A_DISPLAY])
    composing, setting, painting = divide(watch, 10, 45, 45)
    document = compose_document(book, profile, composing)
    pages = SetPages(document, setting)
    if pages.missing:
        tell(tell_missing(pages.missing))
    data = write_pages(document, pages, painting)
    del application
    return data


def write_pages(document: Document, pages: SetPages, watch: Watch = unwatched) -> bytes:
    """Return the PDF file of `document`, whose `pages` are set."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _make_writer(buffer, document)
    painter = QPainter(writer)
    try:
        painter.scale(RESOLUTION / 72, RESOLUTION / 72)
        for page in watch(range(pages.count)):
            if page:
                writer.newPage()
            pages.paint(painter, page)
    finally:
        painter.end()
    finished = finish_pdf(
        bytes(data.data()),
        headings=pages.headings(),
        language=document.language,
        is_two_sided=document.sheet.is_two_sided,
        is_right_to_left=document.is_right_to_left,
    )
    return _without_chance(finished)


def _make_writer(buffer: QBuffer, document: Document) -> QPdfWriter:
    sheet = document.sheet
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    size = QPageSize(
        QSizeF(sheet.width, sheet.height), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch
    )
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    writer.setTitle(document.title)
    if hasattr(writer, "setAuthor"):  # since Qt 6.9
        writer.setAuthor(document.author)
    writer.setCreator("Dinkus")
    return writer


def _without_chance(data: bytes) -> bytes:
    """Return a PDF file with the same dates each time, and an identifier that follows from the rest of it."""

    def fixed(found: re.Match[bytes]) -> bytes:
        return found["pdf"] + b"20000101000000" if found["pdf"] else found["xmp"] + b"2000-01-01T00:00:00"

    data = _IDENTIFIERS.sub(lambda found: b"0" * len(found[0]), _DATES.sub(fixed, data))
    digest = hashlib.sha256(data).hexdigest().encode() * 2
    return _IDENTIFIERS.sub(lambda found: digest[: len(found[0])], data)


RENDERERS: Mapping[str, Render] = {**OTHER_RENDERERS, PDF: render_pdf}
"""All renderers: those that need no Qt, and PDF."""


def renderers_that_tell(tell: Tell) -> Mapping[str, Render]:
    """Return all renderers, of which that of PDF tells of characters that no font has."""
    return {**RENDERERS, PDF: partial(render_pdf, tell=tell)}
