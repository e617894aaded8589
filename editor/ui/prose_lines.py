"""Prose divided into justified lines: breaks by `editor.export.line_breaking`, words divided by `editor.export.hyphenation`.

A line that is to be full gets its spaces widened or narrowed by what Qt says it lacks, so its end stands exactly at the margin.
Only for letters that stand one after the other from left to right (Latin, Greek, Cyrillic); for all others
`is_prose` says no, and Qt breaks the lines. Lengths are in dots.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextLayout

from editor.export.document import Align, Look, Run
from editor.export.hyphenation import Divide
from editor.export.line_breaking import Break, Piece, break_evenly, break_lines
from editor.ui.page_fonts import Form, PageFonts, Range

_PROSE = re.compile(
    "[\n -~\u00a0-\u00ac\u00ae-\u052f\u1e00-\u1fff\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2100-\u214f\ufb00-\ufb06]*"
)
_SPACES = re.compile(" {2,}")
_CHUNK = re.compile("(?:[^ ]*« )?[^ ]+(?: [–—»!?;:…][»”’.,;:!?…]*(?![^ ]))*")
"""What a line does not end in, but at some points: letters, with the dash or the marks behind a space that no line begins with."""

_POINT = re.compile(r"(?<=[^\W\d_])[-/](?=[^\W\d_])|[—–…](?=[\w‘“„«¿¡(])")
"""What a line may end with inside a chunk of letters."""

_LINE_END = "\u2028"
_ENDLESS = float("inf")
_LETTER = re.compile("(?s).[\u0300-\u036f]*")
_KEPT_CHUNKS = 100_000
_SHORT = 100
"""Fewer letters than this may stand on one line; it is quicker to try."""

_LONG = 200
"""From so many letters on a chunk is measured piece by piece; together, they take as long as their number squared."""

Part = tuple[int, Piece]
"""A piece, and where it ends in its chunk."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph: where it starts and ends in the text, whether a hyphen stands at its end, whether it is filled."""

    start: int
    end: int
    has_hyphen: bool = False
    is_full: bool = True


def is_prose(runs: Sequence[Run]) -> bool:
    """Return whether the lines of this text can be made here."""
    return all(_PROSE.fullmatch(run.text) for run in runs)


def tidy(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return runs with one space where there are several, and none at the end of a line."""
    made: list[Run] = []
    before = "\n"
    for run in runs:
        text = _SPACES.sub(" ", run.text) if "  " in run.text else run.text
        if "\n" in text:
            text = "\n".join(
                part.strip(" ") if index else part.rstrip(" ") for index, part in enumerate(text.split("\n"))
            )
        if text.startswith(" ") and before in {" ", "\n"}:
            text = text[1:]
        if text:
            made.append(Run(text, run.is_emphasised, run.is_strong))
            before = text[-1]
    return tuple(made)


class ProseLines:
    """How paragraphs are divided into lines, with what has been found out about words kept for the next one."""

    def __init__(self, fonts: PageFonts, divide: Divide | None) -> None:
        self._fonts = fonts
        self._divide = divide
        self._whole: dict[tuple[Form, str, float], tuple[Part, ...]] = {}
        self._divided: dict[tuple[Form, str, float], tuple[Part, ...]] = {}

    def break_paragraph(self, runs: Sequence[Run], look: Look, width: float, indent: float) -> list[Line]:
        """Return the lines of a paragraph of tidy runs; the first is shorter by `indent`."""
        lines: list[Line] = []
        text = "".join(run.text for run in runs)
        forms = _forms(runs, look)
        start = 0
        for part in text.split("\n"):
            end = start + len(part)
            lines += self._break_part(text, start, end, forms, (width, width - indent))
            start, indent = end + 1, 0.0
        return lines

    def _break_part(
        self, text: str, start: int, end: int, forms: Sequence[tuple[int, Form]], widths: tuple[float, float]
    ) -> list[Line]:
        may_be_one = end - start < _SHORT and len(forms) == 1  # as most of dialogue is
        if may_be_one and self._fonts.width(text[start:end], forms[0][1]) <= widths[1]:
            return [Line(start, end, is_full=False)]
        ends, pieces = self._cut(text, start, end, forms, _ENDLESS)
        breaks = break_evenly(pieces, *widths)
        if breaks is None:
            ends, pieces = self._cut(text, start, end, forms, min(widths))
            breaks = break_lines(pieces, *widths)
        return list(_lines(start, end, ends, pieces, breaks))

    def _cut(
        self, text: str, start: int, end: int, forms: Sequence[tuple[int, Form]], room: float
    ) -> tuple[list[int], list[Piece]]:
        """Return where the pieces of a text end, and the pieces: words whole if there is endless room, else divided."""
        ends: list[int] = []
        pieces: list[Piece] = []
        place = 0
        for found in _CHUNK.finditer(text, start, end):
            at, chunk = found.start(), found[0]
            while forms[place][0] <= at:
                place += 1
            if forms[place][0] >= found.end():
                parts = self._parts(chunk, forms[place][1], room)
            else:
                own = [(min(stop - at, len(chunk)), form) for stop, form in forms[place:] if stop - at > 0]
                parts = tuple(self._measure(chunk, own, room))
            for stop, piece in parts:
                ends.append(at + stop)
                pieces.append(piece)
        return ends, pieces

    def _parts(self, chunk: str, form: Form, room: float) -> tuple[Part, ...]:
        kept = self._whole if room == _ENDLESS else self._divided
        parts = kept.get((form, chunk, room))
        if parts is None:
            if len(kept) >= _KEPT_CHUNKS:
                kept.clear()
            parts = kept[form, chunk, room] = tuple(self._measure(chunk, [(len(chunk), form)], room))
        return parts

    def _stops(self, chunk: str, *, is_divided: bool) -> list[tuple[int, Break]]:
        """Return where in a chunk a line may end, and how."""
        stops = {found.end(): Break.POINT for found in _POINT.finditer(chunk)}
        if is_divided and self._divide is not None:
            stops.update(dict.fromkeys(self._divide(chunk), Break.HYPHEN))
        stops[len(chunk)] = Break.SPACE
        return sorted(stops.items())

    def _measure(self, chunk: str, forms: Sequence[tuple[int, Form]], room: float) -> Iterator[Part]:
        """Yield the pieces of a chunk; one that is wider than `room` may go on wherever a line ends."""
        start, before = 0, 0.0
        last = forms[-1][1]
        after_widths = {Break.HYPHEN: self._fonts.width("-", last), Break.SPACE: self._fonts.width(" ", last)}
        is_long = len(chunk) > _LONG
        for stop, after in self._stops(chunk, is_divided=room != _ENDLESS):
            upto = (
                before + self._width(chunk, start, stop, forms)
                if is_long
                else self._width(chunk, 0, stop, forms)
            )
            width = upto - before
            if width > room:
                *letters, last_letter = _LETTER.finditer(chunk, start, stop)
                for letter in letters:
                    yield letter.end(), Piece(self._width(chunk, *letter.span(), forms), Break.POINT)
                width = self._width(chunk, *last_letter.span(), forms)
            yield stop, Piece(width, after, after_widths.get(after, 0.0))
            start, before = stop, upto

    def _width(self, chunk: str, start: int, stop: int, forms: Sequence[tuple[int, Form]]) -> float:
        """Return the width of the letters from `start` to `stop`."""
        if len(forms) == 1:
            return self._fonts.width(chunk[start:stop], forms[0][1])
        width = 0.0
        for end, form in forms:
            if start < min(end, stop):
                width += self._fonts.width(chunk[start : min(end, stop)], form)
            start = max(start, end)
        return width

    def lay_out(
        self, runs: Sequence[Run], look: Look, lines: Sequence[Line], width: float, indent: float
    ) -> QTextLayout:
        """Return the layout of a paragraph whose lines are known."""
        text = "".join(run.text for run in runs)
        shown = _shown(text, lines)
        natural = self._fill(shown, look, _ranges(runs, look, lines, [0.0] * len(lines)), width, indent)
        spacings = []
        for index, line in enumerate(lines):
            lacking = width - (0 if index else indent) - natural.lineAt(index).naturalTextWidth()
            gaps = text.count(" ", line.start, line.end) + text.count("\xa0", line.start, line.end)
            spacings.append(lacking / gaps if gaps and (line.is_full or lacking < 0) else 0.0)
        if not any(spacings):
            return natural
        return self._fill(shown, look, _ranges(runs, look, lines, spacings), width, indent)

    def _fill(
        self, text: str, look: Look, ranges: Iterable[Range], width: float, indent: float
    ) -> QTextLayout:
        layout = self._fonts.layout(text, look, Align.START, list(ranges), wraps=False)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width - indent)
            line.setPosition(QPointF(0 if self._fonts.is_right_to_left else indent, 0))
            indent = 0.0
        layout.endLayout()
        return layout


def lines_of(layout: QTextLayout) -> list[Line] | None:
    """Return the lines that Qt has made of a text, so that `ProseLines.lay_out` can fill them.

    WORKAROUND(qt): in text from right to left Qt fills lines together with the space at their end, and leaves them too short. None
    if there are letters that Qt counts as two.
    """
    text = layout.text()
    if any(letter > "\uffff" for letter in text):
        return None
    lines: list[Line] = []
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        start, end = line.textStart(), line.textStart() + line.textLength()
        is_last = end == len(text) or text[start:end].endswith(_LINE_END)
        end = start + len(text[start:end].rstrip(" " + _LINE_END))
        lines.append(Line(start, end, is_full=not is_last))
    return lines


def _forms(runs: Sequence[Run], look: Look) -> list[tuple[int, Form]]:
    """Return where each form ends, and the form."""
    made: list[tuple[int, Form]] = []
    end = 0
    for run in runs:
        end += len(run.text)
        made.append((end, (look, run.is_emphasised, run.is_strong)))
    return made


def _lines(
    start: int, end: int, ends: Sequence[int], pieces: Sequence[Piece], breaks: Sequence[int]
) -> Iterator[Line]:
    for stop in breaks[:-1]:
        after = pieces[stop - 1].after
        yield Line(start, ends[stop - 1], has_hyphen=after is Break.HYPHEN)
        start = ends[stop - 1] + (after is Break.SPACE)
    yield Line(start, end, is_full=False)


def _shown(text: str, lines: Sequence[Line]) -> str:
    return _LINE_END.join(text[line.start : line.end] + "-" * line.has_hyphen for line in lines)


def _ranges(
    runs: Sequence[Run], look: Look, lines: Sequence[Line], spacings: Sequence[float]
) -> Iterator[Range]:
    """Yield the ranges of the shown text: for each line the forms in it, the hyphen in that of the letter before it."""
    forms = _forms(runs, look)
    place, at = 0, 0
    for line, spacing in zip(lines, spacings, strict=True):
        start = line.start
        while start < line.end:
            while forms[place][0] <= start:
                place += 1
            stop = min(forms[place][0], line.end)
            length = stop - start + (line.has_hyphen and stop == line.end)
            form = forms[place][1]
            if spacing or form[1] or form[2]:
                yield at, length, form, spacing
            at += length
            start = stop
        at += 1
