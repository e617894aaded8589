"""Rich text from the clipboard as text with our own marks: emphasis, headings and breaks as the file writes them.

Only the words that came as plain text come in; where the rich text says other words, or nothing more than those, the plain
text is taken as it is, to the last space.
"""

from editor.importing.draft import Draft, Role
from editor.importing.html_blocks import HtmlBlocks
from editor.importing.html_tree import parse_html
from editor.importing.writing import write_lines

LARGEST_CHARACTERS = 1_000_000
"""Longer rich text is pasted as its plain words: the window would have to wait for it."""

_PLAIN = frozenset({Role.PARAGRAPH, Role.GAP})


def marked_text(html: str, plain: str | None) -> str | None:
    """Return what to paste of a rich text, None if its plain text says the same. `plain` is None if there is none."""
    if len(html) > LARGEST_CHARACTERS:
        return None
    draft = Draft()
    HtmlBlocks(draft).add_page(parse_html(html))
    if plain is not None and (not _says_more(draft) or _letters(plain) != _letters(_words(draft))):
        return None
    lines = write_lines(draft)
    if plain is None or len(lines) != 1:
        return "\n".join(lines)
    before = plain[: len(plain) - len(plain.lstrip(" "))]
    after = plain[len(plain.rstrip(" ")) :]
    return before + lines[0] + after


def _says_more(draft: Draft) -> bool:
    return any(
        piece.role not in _PLAIN or any(run.emphasis or run.strong for run in piece.runs)
        for piece in draft.pieces
    )


def _words(draft: Draft) -> str:
    return "".join([*(value for _key, value in draft.fields), *(piece.text for piece in draft.pieces)])


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
