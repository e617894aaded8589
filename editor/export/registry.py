"""From a manuscript and a profile to the bytes of an export: the one way, for the window and for the command line."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Protocol

from editor.export.assemble import assemble_book
from editor.export.book import Book, Part, words_of
from editor.export.document_options import DOCX, EPUB, ODT, RTF
from editor.export.import_header import CHAPTER_TITLE
from editor.export.pieces import Piece, file_stem, split_chapters
from editor.export.profile import (
    BBCODE,
    CHAPTER_FILES,
    FLOWED,
    FRAGMENT,
    HTML,
    IMPORT,
    MARKDOWN,
    POSTING,
    SITE,
    TEXT,
    Profile,
)
from editor.export.progress import Report, Watch, divide, unwatched, watched
from editor.manuscript.manuscript import Manuscript

TOTAL = 1000
"""What a finished export reports."""

_ASSEMBLED = 600


class Render(Protocol):
    """What a renderer is."""

    def __call__(self, book: Book, profile: Profile, watch: Watch) -> bytes:
        """Return the bytes of `book`."""


def _later(module: str, function: str) -> Render:
    """Return a renderer that is imported when it is used: most programs that start use one of them, or none."""

    def render(book: Book, profile: Profile, watch: Watch) -> bytes:
        renderer: Render = getattr(import_module(f"editor.export.renderers.{module}"), function)
        return renderer(book, profile, watch)

    return render


RENDERERS: Mapping[str, Render] = {
    HTML: _later("html", "render_page"),
    FRAGMENT: _later("html", "render_fragment"),
    TEXT: _later("text", "render_text"),
    MARKDOWN: _later("markdown", "render_markdown"),
    POSTING: _later("posting", "render_posting"),
    BBCODE: _later("bbcode", "render_bbcode"),
    FLOWED: _later("flowed", "render_flowed"),
    EPUB: _later("epub", "render_epub"),
    DOCX: _later("docx", "render_docx"),
    ODT: _later("odt", "render_odt"),
    RTF: _later("rtf", "render_rtf"),
}
"""The renderers by name."""


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


def export_pieces(
    manuscript: Manuscript,
    profile: Profile,
    selection: Collection[int] | None = None,
    progress: Report | None = None,
    renderers: Mapping[str, Render] = RENDERERS,
) -> list[tuple[Piece, bytes]]:
    """Return the export in the pieces it is posted in, each with its bytes: chapters, and notes where the profile sets them apart.

    Arguments as for `export_bytes`; never an empty list.
    """
    book = assemble_book(manuscript, profile, selection, watched(progress, 0, _ASSEMBLED, TOTAL))
    pieces = pieces_of(book, profile)
    (watch,) = divide(watched(progress, _ASSEMBLED, TOTAL, TOTAL), 100)
    return [(piece, renderers[profile.renderer](piece.book, profile, unwatched)) for piece in watch(pieces)]


def pieces_of(book: Book, profile: Profile) -> list[Piece]:
    """Return the pieces in which `book` is posted with `profile`."""
    title_field = CHAPTER_TITLE if profile.header == IMPORT else ""
    return split_chapters(book, notes_apart=profile.notes_apart, title_field=title_field)


def export_files(
    manuscript: Manuscript,
    profile: Profile,
    selection: Collection[int] | None = None,
    progress: Report | None = None,
    renderers: Mapping[str, Render] = RENDERERS,
) -> dict[str, bytes]:
    """Return the files of an export by their names, which every system takes, in the order of the text.

    Arguments as for `export_bytes`; a profile that makes one file gives one. A site is made of web pages only; another format gives
    a file for each chapter instead.
    """
    if profile.files == SITE and profile.renderer == HTML:
        return _export_site(manuscript, profile, selection, progress)
    if profile.files in {CHAPTER_FILES, SITE}:
        made = export_pieces(manuscript, profile, selection, progress, renderers)
        pieces = [piece for piece, _ in made]
        # What is exported alone gets the file that it has among all, and never that of another chapter.
        whole = pieces if selection is None else pieces_of(assemble_book(manuscript, profile), profile)
        numbers = {each.chapter: each.number for each in whole}
        width = len(str(max(numbers.values())))
        named = [replace(each, number=numbers.get(each.chapter, each.number)) for each in pieces]
        return {
            f"{piece.file_stem(width)}{profile.suffix}": data
            for piece, (_, data) in zip(named, made, strict=True)
        }
    data = export_bytes(manuscript, profile, selection, progress, renderers)
    return {file_stem(manuscript.outline.title) + profile.suffix: data}


def _export_site(
    manuscript: Manuscript, profile: Profile, selection: Collection[int] | None, progress: Report | None
) -> dict[str, bytes]:
    from editor.export.renderers.html import render_body
    from editor.export.renderers.site import Site, SitePage, render_site

    book = assemble_book(manuscript, profile, selection, watched(progress, 0, _ASSEMBLED, TOTAL))
    titles = tuple(each for each in book.elements[:1] if each.part is Part.TITLE)
    pages = []
    making, joining = divide(watched(progress, _ASSEMBLED, TOTAL, TOTAL), 60, 40)
    for piece in making(split_chapters(book, notes_apart=False)):
        elements = piece.book.elements[len(titles) if piece.number == 1 else 0 :]
        own = replace(piece.book, elements=elements, author="", header=())
        words = words_of(elements) if profile.template else 0
        pages.append(SitePage(piece.title, render_body(own, profile), words))
    front = render_body(replace(book, elements=titles), profile)
    return render_site(
        Site(book.title, book.language, front, book.credit, book.header), pages, profile, joining
    )
