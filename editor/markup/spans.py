"""The spans of a paragraph (section 6): what its marks, tags, escapes, comments and addresses enclose.

`parse_spans` is the normative parser: highlighting, counts and exports all call it. Its time grows with the length of
the content, whatever stands in it: the search of an opening mark ends at the next one of its kind, and what a search
learns about words and white space ahead is remembered.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from editor.markup.atoms import Run, scan_pieces
from editor.markup.characters import CLASS_OF, OTHER, SPACE, SYMBOL, UNSPACED, WHITE, WORD
from editor.markup.model import Span, SpanKind
from editor.markup.tags import Pair, drop_crossing, pair_tags, span_of

_KIND_OF_MARK = {
    "*": SpanKind.EMPHASIS,
    "_": SpanKind.EMPHASIS,
    "/": SpanKind.EMPHASIS,
    "**": SpanKind.STRONG,
    "__": SpanKind.STRONG,
    "***": SpanKind.STRONG_EMPHASIS,
}
_OTHER_LENGTH = {"*": "**", "**": "*", "_": "__", "__": "_"}
_SWITCHED_OFF = {"***": frozenset({"*", "**", "***"})}
_NO_SLASH_AFTER = frozenset("/:.#@&=?~%+")
_NO_SLASH_BEFORE = frozenset("/\\,;:!?)]}>.=")

_OPENS, _STRONG, _WEAK = 1, 2, 4
_CLOSES = _STRONG | _WEAK


def _abilities(before: str, after: str) -> int:
    """Return what a run between characters of two classes can do (6.3); start and end of a text are like WS."""
    opens = _OPENS if after != SPACE and before not in {WORD, SYMBOL} else 0
    if before == SPACE:
        return opens
    return opens | (_WEAK if after == WORD else 0 if after == SYMBOL else _STRONG)


_CLASSES = (SPACE, UNSPACED, WORD, SYMBOL, OTHER)
_ABILITIES = {before + after: _abilities(before, after) for before in _CLASSES for after in _CLASSES}

_Candidate = tuple[str, int, int, int]
"""A run with what it can do: mark, start, end, abilities."""


def has_markup(content: str) -> bool:
    """Say whether a content holds any character that could make its plain text differ from it."""
    return (
        "*" in content
        or "_" in content
        or "/" in content
        or "\\" in content
        or "[[" in content
        or "<" in content
    )


def parse_spans(content: str) -> tuple[Span, ...]:
    """Return the spans of a block's content, ordered by start, nested ones after the one around them."""
    if not has_markup(content) and "www." not in content and "mailto:" not in content:
        return ()
    return _parse_marked_up(content)


@lru_cache(maxsize=8)  # a paragraph is parsed to be counted and again to be coloured, at every key
def _parse_marked_up(content: str) -> tuple[Span, ...]:
    pieces = scan_pieces(content)
    if not pieces.runs and not pieces.tags:
        return tuple(pieces.atoms)
    ahead = _Ahead(_without(content, pieces.hidden))
    pairs = pair_tags(pieces.tags, ahead.has_word) if pieces.tags else []
    breaks = [
        atom for atom in pieces.atoms if atom.kind is SpanKind.LINE_BREAK and content[atom.start] == "<"
    ]
    marked = _match_runs(_candidates(content, pieces.runs, pairs, breaks), ahead)
    if len(nested := drop_crossing(pairs, marked)) < len(pairs):
        # What stands beside a tag that is no mark reads differently, so once more; what crosses now is dropped as it is.
        marked = _match_runs(_candidates(content, pieces.runs, nested, breaks), ahead)
        nested = drop_crossing(nested, marked)
    spans = pieces.atoms + marked + [span_of(pair) for pair in nested]
    spans.sort(key=lambda span: (span.start, -span.end))
    return tuple(spans)


def _without(content: str, hidden: Sequence[tuple[int, int]]) -> str:
    """Return the content with hidden ranges blotted out by characters that are neither words nor white space."""
    if not hidden:
        return content
    parts: list[str] = []
    position = 0
    for start, end in hidden:
        parts += (content[position:start], "\0" * (end - start))
        position = end
    return "".join([*parts, content[position:]])


class _Ahead:
    """Answers what the next word character and the next white space after a place are, remembering the last answer.

    Questions come mostly in ascending order, so every stretch of text is searched about once.
    """

    _WORD_OR_RARE = re.compile(r"[^\W_]|[^\x00-\u02ff]")
    _WHITE = re.compile(f"[{WHITE}]")

    def __init__(self, text: str) -> None:
        self._text = text
        self._word_asked, self._word_found = 0, -1
        self._white_asked, self._white_found = 0, -1

    def has_word(self, start: int, end: int) -> bool:
        """Say whether a W or U character stands between two places."""
        if not self._word_asked <= start <= self._word_found:
            self._word_asked, self._word_found = start, self._next_word(start)
        return self._word_found < end

    def has_white(self, start: int, end: int) -> bool:
        """Say whether white space stands between two places."""
        if not self._white_asked <= start <= self._white_found:
            found = self._WHITE.search(self._text, start)
            self._white_asked, self._white_found = start, found.start() if found else len(self._text)
        return self._white_found < end

    def has_unbroken_word(self, start: int, end: int) -> bool:
        """Say whether a W or U character but no white space stands between two places."""
        return self.has_word(start, end) and not self.has_white(start, end)

    def _next_word(self, start: int) -> int:
        for found in self._WORD_OR_RARE.finditer(self._text, start):
            if CLASS_OF[found[0]] in {WORD, UNSPACED}:
                return found.start()
        return len(self._text)


def _candidates(
    content: str, runs: Sequence[Run], pairs: Sequence[Pair], breaks: Sequence[Span]
) -> list[_Candidate]:
    """Work out what each run can do (6.3).

    Beside a tag that is a mark a run stands as beside any other mark: at the start or end of what the pair encloses, or
    beside punctuation. Beside a break tag it stands as beside a line break.
    """
    classes_before, classes_after = _classes_beside_tags(pairs, breaks)
    padded = f"\n{content}\n"
    result: list[_Candidate] = []
    for mark, start, end in runs:
        before, after = padded[start], padded[end + 1]
        class_before = classes_before.get(start) or CLASS_OF[before]
        class_after = classes_after.get(end) or (OTHER if after == "~" else CLASS_OF[after])
        abilities = _ABILITIES[class_before + class_after]
        if mark == "/":
            abilities &= ~_WEAK
            if abilities & _OPENS and not _slash_may_open(padded, start, start in classes_before):
                abilities &= ~_OPENS
        result.append((mark, start, end, abilities))
    return result


def _classes_beside_tags(
    pairs: Sequence[Pair], breaks: Sequence[Span]
) -> tuple[Mapping[int, str], Mapping[int, str]]:
    before = {atom.end: SPACE for atom in breaks}
    after = {atom.start: SPACE for atom in breaks}
    for opening, closing in pairs:
        before[opening.end], after[opening.start] = SPACE, OTHER
        before[closing.end], after[closing.start] = OTHER, SPACE
    return before, after


def _slash_may_open(padded: str, start: int, is_after_tag: bool) -> bool:
    """Apply what 6.3 asks of `/` besides; `padded` has one more character in front, so the slash is at start + 1."""
    before, after = padded[start], padded[start + 2]
    if before in _NO_SLASH_AFTER and not is_after_tag and padded[max(start - 1, 0) : start + 1] != "..":
        return False
    return after not in _NO_SLASH_BEFORE or padded[start + 2 : start + 4] == ".."


def _match_runs(candidates: list[_Candidate], ahead: _Ahead) -> list[Span]:
    """Return the spans that runs mark, outer ones before what they enclose (6.4)."""
    spans: list[Span] = []
    waiting: list[tuple[Sequence[_Candidate], frozenset[str]]] = [(candidates, frozenset())]
    while waiting:
        runs, switched_off = waiting.pop()
        index = 0
        while index < len(runs):
            mark, start, end, abilities = runs[index]
            index += 1
            if not abilities & _OPENS or mark not in _KIND_OF_MARK or mark in switched_off:
                continue
            closing = _find_close(runs, index - 1, switched_off, ahead)
            if closing is None:
                continue
            last = runs[closing]
            inner_end = last[2] - len(mark)
            spans.append(Span(_KIND_OF_MARK[mark], start, last[2], end, inner_end))
            inside = list(runs[index:closing])
            if inner_end > last[1]:  # of a run of three, what is left closes the span inside
                inside.append((last[0][: inner_end - last[1]], last[1], inner_end, _STRONG))
            if inside:
                waiting.append((inside, switched_off | _SWITCHED_OFF.get(mark, frozenset({mark}))))
            index = closing + 1
    return spans


def _find_close(
    runs: Sequence[_Candidate], opening: int, switched_off: frozenset[str], ahead: _Ahead
) -> int | None:
    """Return the index of the run that closes an opening one, by the numbered rules of 6.4; None if there is none."""
    mark, _, inner_start, _ = runs[opening]
    if mark == "/":
        return _find_slash(runs, opening, ahead)
    triple, other = mark[0] * 3, _OTHER_LENGTH.get(mark)
    if other in switched_off:
        other = None
    weak: int | None = None
    is_inner_open = False
    for index in range(opening + 1, len(runs)):
        this, start, _, abilities = runs[index]
        if this == mark:
            if abilities & _STRONG and ahead.has_word(inner_start, start):
                return index
            if weak is None and abilities & _WEAK and ahead.has_unbroken_word(inner_start, start):
                weak = index
            if abilities & _OPENS:
                break
        elif this == other:
            is_inner_open = not abilities & _CLOSES if is_inner_open else bool(abilities & _OPENS)
        elif is_inner_open and this == triple and abilities & _STRONG and ahead.has_word(inner_start, start):
            return index
    return weak


def _find_slash(runs: Sequence[_Candidate], opening: int, ahead: _Ahead) -> int | None:
    inner_start = runs[opening][2]
    has_slash = False
    for index in range(opening + 1, len(runs)):
        mark, start, _, abilities = runs[index]
        if mark[0] != "/":
            continue
        if mark == "/":
            if (
                abilities & _STRONG
                and ahead.has_word(inner_start, start)
                and (not has_slash or ahead.has_white(inner_start, start))
            ):
                return index
            if abilities & _OPENS:
                return None
        has_slash = True
    return None
