"""From a manuscript and a profile to the bytes of an export: the one way, for the window and for the command line."""

from collections.abc import Collection, Mapping
from typing import Protocol

from editor.export.assemble import assemble_book
from editor.export.book import Book
from editor.export.document_options import DOCX, EPUB, ODT, RTF
from editor.export.profile import FRAGMENT, HTML, TEXT, Profile
from editor.export.progress import Report, Watch, watched
from editor.export.renderers.html import render_fragment, render_page
from editor.export.renderers.text import render_text
from editor.manuscript.manuscript import Manuscript

TOTAL = 1000
"""What a finished export reports."""

_ASSEMBLED = 600


class Render(Protocol):
    """What a renderer is."""

    def __call__(self, book: Book, profile: Profile, watch: Watch) -> bytes:
        """Return the bytes of `book`."""


def _epub(book: Book, profile: Profile, watch: Watch) -> bytes:
    from editor.export.renderers.epub import render_epub

    return render_epub(book, profile, watch)


def _docx(book: Book, profile: Profile, watch: Watch) -> bytes:
    from editor.export.renderers.docx import render_docx

    return render_docx(book, profile, watch)


def _odt(book: Book, profile: Profile, watch: Watch) -> bytes:
    from editor.export.renderers.odt import render_odt

    return render_odt(book, profile, watch)


def _rtf(book: Book, profile: Profile, watch: Watch) -> bytes:
    from editor.export.renderers.rtf import render_rtf

    return render_rtf(book, profile, watch)


RENDERERS: Mapping[str, Render] = {
    HTML: render_page,
    FRAGMENT: render_fragment,
    TEXT: render_text,
    EPUB: _epub,
    DOCX: _docx,
    ODT: _odt,
    RTF: _rtf,
}
"""The renderers by name; those of packages are imported when they are used."""


def export_bytes(
    manuscript: Manuscript,
    profile: Profile,
    selection: Collection[int] | None = None,
    progress: Report | None = None,
    renderers: Mapping[str, Render] = RENDERERS,
) -> bytes:
    """Return the bytes of `manuscript` exported with `profile`; equal arguments give equal bytes.

    `selection` holds the ids of chapters and scenes of its outline, None everything. `progress` is told (done, total)
    now and then; raising `editor.export.progress.Cancelled` in it ends the export. A renderer that is not ours is passed in
    `renderers` (`editor.ui.pdf.RENDERERS`: pages are set by Qt).
    """
    book = assemble_book(manuscript, profile, selection, watched(progress, 0, _ASSEMBLED, TOTAL))
    return renderers[profile.renderer](book, profile, watched(progress, _ASSEMBLED, TOTAL, TOTAL))
