"""The inlines of an element in the plainest form: lines of runs, a run being characters of one style.

What most markup languages stumble over is settled here once: no control characters, no white space at the ends of a line or
at the edges of an emphasis, no empty emphasis, no two runs of one style side by side. Renderers of text-like formats start from it.
Limits: which emphasis was inside which is forgotten; a run is only plain, emphasised, strong, or both.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from editor.markup.model import Close, Inline, LineBreak, Open, Style, Text

PLAIN: frozenset[Style] = frozenset()

_SPACE = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]")
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_TWO_SPACES = re.compile("  +")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style."""

    text: str
    styles: frozenset[Style] = PLAIN


Line = tuple[Run, ...]


def clean(text: str) -> str:
    """Return `text` on one line and without control characters; half a character becomes U+FFFD."""
    if text.isprintable():
        return text
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", _SPACE.sub(" ", text)))


def count_controls(text: str) -> int:
    """Return how many characters of `text` are control characters, which `clean` drops."""
    return 0 if text.isprintable() else len(_CONTROL.findall(text))


def tidy(text: str) -> str:
    """Return `text` cleaned, with single spaces and none around it."""
    return _TWO_SPACES.sub(" ", clean(text)).strip()


def lines_of(inlines: Sequence[Inline]) -> list[Line]:
    """Return the lines of an element, cut at its hard line breaks; a line without a visible character is ()."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        text = tidy(inlines[0].text)
        return [(Run(text),)] if text else [()]
    lines: list[list[Run]] = [[]]
    depths = dict.fromkeys(Style, 0)
    for inline in inlines:
        match inline:
            case Text():
                styles = frozenset(style for style, depth in depths.items() if depth)
                lines[-1].append(Run(clean(inline.text), styles))
            case LineBreak():
                lines.append([])
            case Open():
                depths[inline.style] += 1
            case Close():
                depths[inline.style] -= 1
    return [_tidied(line) for line in lines]


def stanzas_of(inlines: Sequence[Inline]) -> list[list[Line]]:
    """Return the lines of an element in groups between its empty lines; no group and no line is empty."""
    stanzas: list[list[Line]] = [[]]
    for line in lines_of(inlines):
        if line:
            stanzas[-1].append(line)
        elif stanzas[-1]:
            stanzas.append([])
    return [stanza for stanza in stanzas if stanza]


def text_on_one_line(inlines: Sequence[Inline]) -> str:
    """Return the characters of an element without styles, its lines joined by spaces."""
    return " ".join("".join(run.text for run in line) for line in lines_of(inlines) if line)


def steps_of(line: Line) -> Iterator[tuple[list[Style], list[Style], str]]:
    """Yield, for each run, the styles that close before it, those that open, and its text; properly nested, all closed at the end."""
    open_styles: list[Style] = []
    for index, run in enumerate(line):
        closed = _close(open_styles, run.styles)
        opened = sorted(run.styles.difference(open_styles))
        if len(opened) > 1 and index + 1 < len(line) and opened[1] in line[index + 1].styles:
            opened.reverse()  # two runs with both do not stand side by side, so the next one decides which lasts
        open_styles += opened
        yield closed, opened, run.text
    if open_styles:
        yield open_styles[::-1], [], ""


def _close(open_styles: list[Style], wanted: frozenset[Style]) -> list[Style]:
    """Take off the stack, and return, what the next run does not want, and what was opened inside it."""
    closed = []
    while not wanted.issuperset(open_styles):
        closed.append(open_styles.pop())
    return closed


def _tidied(runs: Iterable[Run]) -> Line:
    """Return a line with spaces single and never at the edge of a style, equal neighbours joined, the ends trimmed."""
    pieces: list[tuple[str, frozenset[Style]]] = []
    for run in runs:
        inner = run.text.strip()
        if run.styles and len(inner) < len(run.text):
            start = len(run.text) - len(run.text.lstrip())
            end = start + len(inner)
            pieces += [(run.text[:start], PLAIN), (inner, run.styles), (run.text[end:], PLAIN)]
        else:
            pieces.append((run.text, run.styles))
    return _trimmed(_joined(_with_spaces_inside(_joined(pieces))))


def _with_spaces_inside(pieces: list[tuple[str, frozenset[Style]]]) -> list[tuple[str, frozenset[Style]]]:
    """Give the spaces between two words the styles that both words have."""
    inside = [
        (text, before & after if text.isspace() else styles)
        for (_, before), (text, styles), (_, after) in zip(pieces, pieces[1:], pieces[2:], strict=False)
    ]
    return [*pieces[:1], *inside, *pieces[1:][-1:]]


def _joined(pieces: Iterable[tuple[str, frozenset[Style]]]) -> list[tuple[str, frozenset[Style]]]:
    groups: list[tuple[list[str], frozenset[Style]]] = []
    for text, styles in pieces:
        if text and groups and groups[-1][1] == styles:
            groups[-1][0].append(text)
        elif text:
            groups.append(([text], styles))
    result: list[tuple[str, frozenset[Style]]] = []
    for texts, styles in groups:
        text = _TWO_SPACES.sub(" ", "".join(texts))
        if result and text[0] == " " and result[-1][0].endswith(" "):
            text = text[1:]
        if text:
            result.append((text, styles))
    return result


def _trimmed(pieces: list[tuple[str, frozenset[Style]]]) -> Line:
    while pieces and not pieces[0][0].strip():
        del pieces[0]
    while pieces and not pieces[-1][0].strip():
        pieces.pop()
    if not pieces:
        return ()
    pieces[0] = (pieces[0][0].lstrip(), pieces[0][1])
    pieces[-1] = (pieces[-1][0].rstrip(), pieces[-1][1])
    return tuple(Run(text, styles) for text, styles in pieces)
