"""From a manuscript and a profile to the bytes of an export: the one way, for the window and for the command line."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Protocol

from editor.export.assemble import assemble_book
from editor.export.book import Book, Part
from editor.export.pieces import Piece, file_stem, split_chapters
from editor.export.profile import (
    BBCODE,
    CHAPTER_FILES,
    FLOWED,
    FRAGMENT,
    HTML,
    MARKDOWN,
    POSTING,
    SITE,
    TEXT,
    Profile,
)
from editor.export.progress import Report, Watch, unwatched, watched
from editor.export.renderers.bbcode import render_bbcode
from editor.export.renderers.flowed import render_flowed
from editor.export.renderers.html import render_body, render_fragment, render_page
from editor.export.renderers.markdown import render_markdown
from editor.export.renderers.posting import render_posting
from editor.export.renderers.site import SitePage, render_site
from editor.export.renderers.text import render_text
from editor.manuscript.manuscript import Manuscript

TOTAL = 1000
"""What a finished export reports."""

_ASSEMBLED = 600


class Render(Protocol):
    """What a renderer is."""

    def __call__(self, book: Book, profile: Profile, watch: Watch) -> bytes:
        """Return the bytes of `book`."""


RENDERERS: Mapping[str, Render] = {
    HTML: render_page,
    FRAGMENT: render_fragment,
    TEXT: render_text,
    MARKDOWN: render_markdown,
    POSTING: render_posting,
    BBCODE: render_bbcode,
    FLOWED: render_flowed,
}


def export_bytes(
    manuscript: Manuscript,
    profile: Profile,
    selection: Collection[int] | None = None,
    progress: Report | None = None,
) -> bytes:
    """Return the bytes of `manuscript` exported with `profile`; equal arguments give equal bytes.

    `selection` holds the ids of chapters and scenes of its outline, None everything. `progress` is told (done, total)
    now and then; raising `editor.export.progress.Cancelled` in it ends the export.
    """
    book = assemble_book(manuscript, profile, selection, watched(progress, 0, _ASSEMBLED, TOTAL))
    return RENDERERS[profile.renderer](book, profile, watched(progress, _ASSEMBLED, TOTAL, TOTAL))


def export_pieces(
    manuscript: Manuscript,
    profile: Profile,
    selection: Collection[int] | None = None,
    progress: Report | None = None,
) -> list[tuple[Piece, bytes]]:
    """Return the export in the pieces it is posted in, each with its bytes: chapters, and notes where the profile sets them apart.

    Arguments as for `export_bytes`; never an empty list.
    """
    book = assemble_book(manuscript, profile, selection, watched(progress, 0, _ASSEMBLED, TOTAL))
    pieces = split_chapters(book, notes_apart=profile.notes_apart)
    watch = watched(progress, _ASSEMBLED, TOTAL, TOTAL)
    return [(piece, RENDERERS[profile.renderer](piece.book, profile, unwatched)) for piece in watch(pieces)]


def export_files(
    manuscript: Manuscript,
    profile: Profile,
    selection: Collection[int] | None = None,
    progress: Report | None = None,
) -> dict[str, bytes]:
    """Return the files of an export by their names, which every system takes, in the order of the text.

    Arguments as for `export_bytes`; a profile that makes one file gives one. A site is made of web pages only; another format gives
    a file for each chapter instead.
    """
    if profile.files == SITE and profile.renderer == HTML:
        return _export_site(manuscript, profile, selection, progress)
    if profile.files in {CHAPTER_FILES, SITE}:
        made = export_pieces(manuscript, profile, selection, progress)
        width = len(str(made[-1][0].number))
        return {f"{piece.file_stem(width)}{profile.suffix}": data for piece, data in made}
    data = export_bytes(manuscript, profile, selection, progress)
    return {file_stem(manuscript.outline.title) + profile.suffix: data}


def _export_site(
    manuscript: Manuscript, profile: Profile, selection: Collection[int] | None, progress: Report | None
) -> dict[str, bytes]:
    book = assemble_book(manuscript, profile, selection, watched(progress, 0, _ASSEMBLED, TOTAL))
    titles = tuple(each for each in book.elements[:1] if each.part is Part.TITLE)
    pages = []
    watch = watched(progress, _ASSEMBLED, TOTAL, TOTAL)
    for piece in watch(split_chapters(book, notes_apart=False)):
        elements = piece.book.elements[len(titles) if piece.number == 1 else 0 :]
        own = replace(piece.book, elements=elements, author="", header=())
        pages.append(SitePage(piece.title, render_body(own, profile)))
    front = render_body(replace(book, elements=titles), profile)
    return render_site(
        book.title, book.language, front, pages, paragraphs=profile.paragraphs, author=book.author
    )
