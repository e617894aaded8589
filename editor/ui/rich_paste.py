"""Rich text from the clipboard as text with our own marks: emphasis, headings and breaks as the file writes them.

Only the words that came as plain text come in; where the rich text says other words, or nothing more than those, the plain
text is taken as it is, to the last space. Nothing is wrapped: a line of a hard-wrapped file may be long, as for typing.
"""

from typing import NamedTuple

from editor.importing.draft import Draft, Piece, Role, Run
from editor.importing.html_blocks import HtmlBlocks
from editor.importing.html_tree import Node, parse_html
from editor.importing.marks import STANDARD, TAGS
from editor.importing.writing import write_lines
from editor.manuscript.break_style import is_packed
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.own_marks import mark_choices
from editor.markup.model import Style, WrapMode

LARGEST_CHARACTERS = 1_000_000
"""Longer rich text is pasted as its plain words: the window would have to wait for it."""

_PLAIN = frozenset({Role.PARAGRAPH, Role.GAP})
_WITHIN = frozenset({Role.PARAGRAPH, Role.ITEM})
_NEVER_TAKEN = frozenset({Role.GAP})


class PastePlace(NamedTuple):
    """Where text goes: how emphasis is written there, how lines and paragraphs count, and what stands around it on the line."""

    mark: str = STANDARD
    keeps_breaks: bool = False
    is_packed: bool = False
    before: str = ""
    after: str = ""


NOWHERE = PastePlace()


def place_at(manuscript: Manuscript, first: tuple[int, int], last: tuple[int, int]) -> PastePlace:
    """Return what is to be known of the place from line and column `first` to `last`."""
    lines = manuscript.text.lines
    if not (first[0] < len(lines) and last[0] < len(lines)):
        return NOWHERE  # a long text of which only the top was read so far
    mode = manuscript.text.file_at(first[0]).mode
    return PastePlace(
        mark_choices(manuscript.text, first[0], Style.EMPHASIS)[0].opening,
        mode is not WrapMode.BLOCKS,
        is_packed(manuscript, first[0]),
        lines[first[0]][: first[1]],
        lines[last[0]][last[1] :],
    )


def marked_text(html: str, plain: str | None, place: PastePlace = NOWHERE) -> str | None:
    """Return what to paste of a rich text, None if its plain text says the same. `plain` is None if there is none."""
    if len(html) > LARGEST_CHARACTERS:
        return None
    draft = _draft_of(parse_html(html), plain)
    if draft is None:
        return None
    is_in_word = place.before[-1:].isalnum() or place.after[:1].isalnum()
    mark = TAGS if is_in_word and len(draft.pieces) == 1 else place.mark
    fields = [Piece(Role.PARAGRAPH, (Run(value),)) for _key, value in draft.fields]
    draft.fields = []
    draft.pieces = fields + [piece for piece in draft.pieces if piece.role not in _NEVER_TAKEN]
    lines = write_lines(draft, mark, keeps_breaks=place.keeps_breaks)
    if plain is not None and len(lines) == 1 and draft.pieces[0].role in _WITHIN:
        before = plain[: len(plain) - len(plain.lstrip(" "))]
        after = plain[len(plain.rstrip(" ")) :]
        return before + lines[0] + after
    return _apart(lines, draft, place)


def _draft_of(root: Node, plain: str | None) -> Draft | None:
    """Return what a rich text says, None if it says no more than the plain one, or other words."""
    for shows_signs in (True, False):  # some programs count lists in the plain text, some do not
        draft = Draft()
        HtmlBlocks(draft, shows_signs=shows_signs).add_page(root)
        if plain is None or (_says_more(draft) and _letters(plain) == _letters(_words(draft))):
            return draft
    return None


def _apart(lines: list[str], draft: Draft, place: PastePlace) -> str:
    """Return lines as paragraphs of the file, a heading or a break on a line of its own."""
    gap = "\n" if place.is_packed else "\n\n"
    if place.is_packed:
        lines = [line for line in lines if line.strip()]
    text = "\n".join(lines)
    roles = [piece.role for piece in draft.pieces]
    if place.before.strip() and roles[:1] and roles[0] not in _WITHIN:
        text = gap + text
    if place.after.strip() and roles[-1:] and roles[-1] not in _WITHIN:
        text += gap
    return text


def _says_more(draft: Draft) -> bool:
    return any(
        piece.role not in _PLAIN or any(run.emphasis or run.strong for run in piece.runs)
        for piece in draft.pieces
    )


def _words(draft: Draft) -> str:
    return "".join([*(value for _key, value in draft.fields), *(piece.text for piece in draft.pieces)])


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
