"""Titles of scenes that the writer has not named (section 5, "title of an untitled scene")."""

from editor.markup.characters import WHITE, WHITE_SPACE
from editor.markup.patterns import compile_later

_MAX_WORDS = 6
_MAX_LETTERS = 40
_GAP = compile_later(f"[{WHITE}]+")
_DROPPED_AT_CUT = WHITE_SPACE + ",;:-–—.…，。、；："


def derive_title(plain: str) -> str:
    """Return the first words of a scene's first block, given as plain text: six at most, 40 letters at most."""
    words = _GAP.split(plain.strip(WHITE_SPACE), _MAX_WORDS)
    title = " ".join(words[:_MAX_WORDS])
    if len(words) <= _MAX_WORDS and len(title) <= _MAX_LETTERS:
        return title
    return title[:_MAX_LETTERS].rstrip(_DROPPED_AT_CUT) + "…"
