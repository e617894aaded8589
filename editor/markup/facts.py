"""Private comments inside a paragraph, and the scene facts among them (4.4)."""

import re

from editor.markup.atoms import scan_pieces
from editor.markup.characters import WHITE, WHITE_SPACE
from editor.markup.model import SpanKind
from editor.markup.patterns import compile_later

FACT_KEYS = ("status", "pov", "synopsis", "label", "target", "title", "export")
"""The keys that make a comment a scene fact; any other key is an ordinary comment."""

_FACT = compile_later(rf"[{WHITE}]*({'|'.join(FACT_KEYS)})[{WHITE}]*:(.*)", re.IGNORECASE | re.DOTALL)
_WHITE_RUN = compile_later(rf"[{WHITE}]+")


def parse_facts(content: str) -> tuple[tuple[str, str], ...]:
    """Return the scene facts in a block's content, keys in lower case, in order; of two equal keys the last wins."""
    if "[[" not in content:
        return ()
    facts = []
    for start, end in _comment_ranges(content):
        if found := _FACT.fullmatch(content, start + 2, end - 2):
            facts.append((found[1].lower(), _WHITE_RUN.sub(" ", found[2]).strip(" ")))
    return tuple(facts)


def is_all_comment(content: str) -> bool:
    """Say whether nothing is left of a content once its comments are taken out."""
    if not content.startswith("[[") or not content.endswith("]]"):
        return False
    position = 0
    for start, end in _comment_ranges(content):
        if content[position:start].strip(WHITE_SPACE):
            return False
        position = end
    return not content[position:].strip(WHITE_SPACE)


def _comment_ranges(content: str) -> list[tuple[int, int]]:
    return [(atom.start, atom.end) for atom in scan_pieces(content).atoms if atom.kind is SpanKind.COMMENT]
