"""What a target refuses: texts, titles, summaries and notes that are too long. The numbers stand in the profile.

Characters are code points as they are posted, markup included. Limits: only what the export holds is measured, not what is typed
into a form there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from editor.export.book import Book
from editor.export.import_header import import_fields
from editor.export.page_frame import escape
from editor.export.pieces import Piece, PieceKind
from editor.export.profile import Profile
from editor.export.runs import tidy


@dataclass(frozen=True, slots=True)
class Measured:
    """One file of an export: what it is called in a message, what it is for, and its text."""

    name: str
    kind: PieceKind
    text: str


def too_long(
    book: Book, full: Book, pieces: Iterable[Piece], made: Iterable[Measured], profile: Profile
) -> Iterator[str]:
    """Yield a sentence for each title, summary or note that the target refuses. `full` is the book with its whole header."""
    yield from _over("The title", book.title, profile.title_limit)
    fields = dict(import_fields(full.header, ""))
    yield from _over("The summary", fields.get("Summary", ""), profile.summary_limit)
    yield from _over("The note in the story header", fields.get("Note", ""), profile.notes_limit)
    for piece in pieces:
        if piece.kind is PieceKind.TEXT and piece.title != book.title:
            yield from _over(f"The chapter title “{piece.title[:40]}...”", piece.title, profile.title_limit)
    for each in made:
        if each.kind is not PieceKind.TEXT:
            yield from _over(f"“{each.name}”", each.text.strip(), profile.notes_limit, is_markup=True)


def _over(what: str, text: str, limit: int, *, is_markup: bool = False) -> Iterator[str]:
    size = len(text if is_markup else escape(tidy(text)))
    if limit and size > limit:
        yield f"{what} has {size:,} characters; {limit:,} are allowed."
