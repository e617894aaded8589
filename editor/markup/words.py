"""Word counts (section 7): the rule of the Archive of Our Own, with three repairs.

Every way through this module maps characters to "a" (part of a word), " " (not) or nothing (removed), and counts what
white space then separates; a Chinese, Japanese or Thai letter becomes " a ", a word of its own.

Limits: Thai, Chinese and Japanese are counted by letters, as the archive does, not by words.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

from editor.markup.characters import CLASS_OF, UNSPACED, WORD
from editor.markup.inlines import joins_with_spaces, resolve_content, text_of
from editor.markup.model import Span, SpanKind
from editor.markup.patterns import compile_later
from editor.markup.spans import has_markup, parse_spans

_JOINERS = "'’‘-\u2010\u2011"
_ONE_WORD_EACH = compile_later(
    "[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46"  # Thai
    "\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # Han
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff6f\uff71-\uff9d"  # kana
    "\U0001aff0-\U0001b16f\U0001f200]"
)
_Cuts = tuple[tuple[int, int, str], ...]
"""Ranges of a content, and what to put in their place."""

_FIRST_ONE_WORD = "\u0e01"
_INVISIBLE = compile_later("[\xad\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
_INSIDE_NUMBER = compile_later(r"(?<=\d)[.,:](?=\d)")
_INSIDE_NUMBER_BYTES = re.compile(rb"[0-9][.,:][0-9]")
_STARS = compile_later(r"\*+")


def _counted_as(character: str) -> str | None:
    if character in _JOINERS:
        return None
    category = unicodedata.category(character)
    if category[0] not in "LNM" and category != "Pc":
        return " "
    return " a " if character >= _FIRST_ONE_WORD and _ONE_WORD_EACH.match(character) else "a"


class _CountedAs(dict[int, str | None]):
    """A table for `str.translate` that works each character out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = found = _counted_as(chr(code))
        return found


_COUNTED_AS = _CountedAs()


def _table_of(codec: str) -> tuple[str, bytes, bytes]:
    """Return a codec of one byte a character, the table for `bytes.translate`, and the bytes it removes."""
    characters = "".join(bytes([code]).decode(codec, "replace") for code in range(256))
    table = "".join(_counted_as(character) or " " for character in characters)
    return codec, table.encode(), _JOINERS.encode(codec, "ignore")


_TABLES = tuple(map(_table_of, ("cp1252", "cp1251", "cp1250")))
_SOFT_HYPHEN = b"\xad"


def count_words(plain: str) -> int:
    """Count the words of a plain text, marks and comments already gone (7)."""
    for codec, table, joiners in _TABLES:
        try:
            data = plain.encode("ascii" if plain.isascii() else codec)
        except UnicodeEncodeError:
            continue
        if b"*" in data or _SOFT_HYPHEN in data or _has_number_with_signs(data):
            break
        if b"--" in data:
            data = data.replace(b"--", b" ")
        return (b" " + data.translate(table, joiners)).count(b" a")
    return _count_any(plain)


def _has_number_with_signs(data: bytes) -> bool:
    return len(data.translate(None, b"0123456789")) != len(data) and bool(_INSIDE_NUMBER_BYTES.search(data))


def _count_any(plain: str) -> int:
    """Count by the five steps of section 7, in their order."""
    text = plain.replace("--", "—")
    text = _INVISIBLE.sub("", text)
    text = _INSIDE_NUMBER.sub("", text)
    if "*" in text:
        text = _STARS.sub(_without_stars_in_word, text)
    return len(text.translate(_COUNTED_AS).split())


def _without_stars_in_word(stars: re.Match[str]) -> str:
    text, start, end = stars.string, stars.start(), stars.end()
    is_inside = start > 0 and end < len(text) and _is_in_word(text[start - 1]) and _is_in_word(text[end])
    return "" if is_inside else stars[0]


def _is_in_word(character: str) -> bool:
    return CLASS_OF[character] in {WORD, UNSPACED} or unicodedata.category(character) == "Pc"


def count_content_words(content: str, reflows: bool) -> int:
    """Count the words of a block's content, as `count_words` of its plain text would.

    Without markup the plain text differs from the content in white space only, and joining lines changes the count
    only where a line ends in a hyphen or between characters that need no space.
    """
    spans = parse_spans(content) if has_markup(content) else ()
    plain = _without_marks(content, spans) if spans else content
    if not reflows or joins_with_spaces(plain):
        return count_words(plain)
    return count_words(text_of(resolve_content(content, spans, reflows)))


def _without_marks(content: str, spans: Sequence[Span]) -> str:
    """Return a content as `text_of(resolve_content(...))` would, but for white space and with its lines not yet joined."""
    pieces: list[str] = []
    position = 0
    for start, end, between in sorted([cut for span in spans for cut in _CUTS[span.kind](span)]):
        pieces += content[position:start], between
        position = end
    pieces.append(content[position:])
    return "".join(pieces)


def _both_marks(span: Span) -> _Cuts:
    return (span.start, span.inner_start, ""), (span.inner_end, span.end, "")


_CUTS: dict[SpanKind, Callable[[Span], _Cuts]] = {
    SpanKind.EMPHASIS: _both_marks,
    SpanKind.STRONG: _both_marks,
    SpanKind.STRONG_EMPHASIS: _both_marks,
    SpanKind.ESCAPE: _both_marks,
    SpanKind.URL: _both_marks,
    SpanKind.COMMENT: lambda span: ((span.start, span.end, ""),),
    SpanKind.LINE_BREAK: lambda span: ((span.start, span.end, "\n"),),
}
"""What a span takes out of the text, and what comes in its place."""
