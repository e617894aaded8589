"""Typography on export (section 9): curly quotes, dashes, ellipses and primes by language; or all of it back to ASCII.

Works on a copy of a paragraph's inlines. Rules look at the paragraph's characters in order, span boundaries being
invisible and a hard line break being white space; characters from escapes and addresses are seen but never changed.

Limits: nothing else is touched; no spelling, no spaces (but those that belong to French quotes), no normalisation.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from editor.export.quotes import Conventions, Edit, find_quote_edits
from editor.markup.characters import WHITE
from editor.markup.model import Inline, LineBreak, Text

_CONVENTIONS = {
    "en": Conventions("“", "”", "‘", "’", "–", "—", drops_g=True),
    "de": Conventions("„", "“", "‚", "‘", "–", "–"),
    "fr": Conventions("«\xa0", "\xa0»", "“", "”", "–", "—"),
    "ru": Conventions("«", "»", "„", "“", "—", "—"),
    "es": Conventions("«", "»", "“", "”", "—", "—"),
    "sv": Conventions("”", "”", "’", "’", "–", "–"),
}

_PROTECTED_RUN, _PROTECTED_QUOTE = "\ufffe", "\uffff"
_STAND_INS = str.maketrans(
    {".": _PROTECTED_RUN, "-": _PROTECTED_RUN, '"': _PROTECTED_QUOTE, "'": _PROTECTED_QUOTE}
)

# Each pattern starts with its literal character, which is found quickly, and looks behind that from there.
_ELLIPSIS = re.compile(rf"\.\.\.(?<![.{_PROTECTED_RUN}]\.\.\.)(?=\.?(?![.{_PROTECTED_RUN}]))")
_NO_QUOTE = "(?![\xa0\u202f]»)"  # the space inside a French quotation is part of the quote
_DIALOGUE_DASH = re.compile(rf"-{{1,3}}(?=[{WHITE}]){_NO_QUOTE}")
_DASH = re.compile(rf"--(?<![-{_PROTECTED_RUN}]--)-?(?![-{_PROTECTED_RUN}])")
_SPACED_HYPHEN = re.compile(rf"-(?<=[{WHITE}]-)(?=[{WHITE}]){_NO_QUOTE}")
_FEET_AND_INCHES = re.compile(r"'(?<=\d')(\d{1,2})\"")
_APOSTROPHE = re.compile(r"'(?<=[^\W_]')(?=[^\W_])")
_SURELY_CLOSES = re.compile(rf"\"(?=[{WHITE}]|\Z)")
_SURELY_OPENS = re.compile(rf"\"(?<![^{WHITE}(\[{{<]\")")


def conventions_of(language: str) -> Conventions:
    """Return the conventions of a BCP 47 language tag; the English ones where there is no row for it."""
    return _CONVENTIONS.get(language.replace("_", "-").split("-")[0].lower(), _CONVENTIONS["en"])


def apply_typography(inlines: tuple[Inline, ...], language: str) -> tuple[Inline, ...]:
    """Return a paragraph's inlines with the typography of a language (9)."""
    if not any(_holds_something_to_set(inline.text) for inline in inlines if isinstance(inline, Text)):
        return inlines
    conventions = conventions_of(language)
    if len(inlines) == 1 and isinstance(inlines[0], Text) and not inlines[0].is_literal:
        return (Text(_set_text(inlines[0].text, conventions)),)
    text = "".join(map(_as_context, inlines))
    edits = [*_run_edits(text, conventions), *_prime_edits(text)]
    edits += find_quote_edits(
        _FEET_AND_INCHES.sub(rf"{_PROTECTED_QUOTE}\1{_PROTECTED_QUOTE}", text), conventions
    )
    return tuple(_apply_edits(inlines, sorted(edits)))


def _holds_something_to_set(text: str) -> bool:
    return "'" in text or '"' in text or ".." in text or "-" in text


def _as_context(inline: Inline) -> str:
    if isinstance(inline, Text):
        return inline.text.translate(_STAND_INS) if inline.is_literal else inline.text
    return "\n" if isinstance(inline, LineBreak) else ""


def _set_text(text: str, conventions: Conventions) -> str:
    """Set a paragraph of one text: what needs no memory by substitution, the rest quote by quote."""
    if "..." in text:
        text = _ELLIPSIS.sub("…", text)
    if "-" in text:
        if dialogue := _DIALOGUE_DASH.match(text):
            text = "—" + text[dialogue.end() :]
        text = _DASH.sub(conventions.dash, text)
        text = _SPACED_HYPHEN.sub(conventions.spaced_dash, text)
    if "'" in text:
        if '"' in text:
            text = _FEET_AND_INCHES.sub(r"′\1″", text)
        text = _APOSTROPHE.sub("’", text)
    if "'" not in text:
        simple = _SURELY_OPENS.sub(
            conventions.open_double, _SURELY_CLOSES.sub(conventions.close_double, text)
        )
        if '"' not in simple:
            return simple
    return _replace_in(text, find_quote_edits(text, conventions))


def _replace_in(text: str, edits: Sequence[Edit]) -> str:
    parts: list[str] = []
    position = 0
    for start, end, new in edits:
        parts += (text[position:start], new)
        position = end
    return "".join([*parts, text[position:]])


def _run_edits(text: str, conventions: Conventions) -> Iterable[Edit]:
    """Return the edits for ellipses and dashes."""
    edits = {found.start(): (*found.span(), "…") for found in _ELLIPSIS.finditer(text)}
    for pattern, dash in (
        (_SPACED_HYPHEN, conventions.spaced_dash),
        (_DASH, conventions.dash),
    ):
        edits.update({found.start(): (*found.span(), dash) for found in pattern.finditer(text)})
    if dialogue := _DIALOGUE_DASH.match(text):
        edits[0] = (0, dialogue.end(), "—")
    return edits.values()


def _prime_edits(text: str) -> Iterable[Edit]:
    for found in _FEET_AND_INCHES.finditer(text):
        yield found.start(), found.start() + 1, "′"
        yield found.end() - 1, found.end(), "″"


def _apply_edits(inlines: Iterable[Inline], edits: Sequence[Edit]) -> Iterable[Inline]:
    """Yield inlines with their characters edited; what a run over several texts becomes stands where it starts."""
    offset = 0
    remaining = 0
    for inline in inlines:
        if isinstance(inline, LineBreak):
            offset += 1
        if not isinstance(inline, Text):
            yield inline
            continue
        start, offset = offset, offset + len(inline.text)
        parts: list[str] = []
        position = start
        while remaining < len(edits) and edits[remaining][0] < offset:
            first, last, new = edits[remaining]
            if first >= start:
                parts += (inline.text[position - start : first - start], new)
            position = min(last, offset)
            if last > offset:
                break
            remaining += 1
        parts.append(inline.text[position - start :])
        if text := "".join(parts):
            yield replace(inline, text=text)


_ASCII = {
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‘’‚‛′‹›", "'"),
    **dict.fromkeys("—―", "--"),
    **dict.fromkeys("\u2010\u2011−", "-"),
    **dict.fromkeys(
        "\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " "
    ),
    **dict.fromkeys("\xad\u200b\u2060\ufeff", ""),
    "…": "...",
}
_NOT_ASCII = re.compile(f"[{''.join(_ASCII)}]")
_FRENCH_OPEN, _FRENCH_CLOSE = re.compile("«[\xa0\u202f]"), re.compile("[\xa0\u202f]»")
_TIGHT_EN_DASH = re.compile(rf"(?<=[^\d{WHITE}])–|–(?=[^\d{WHITE}])")


def to_ascii(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return inlines whose quotes, dashes, ellipses and spaces are those of a typewriter; letters stay as they are."""
    return tuple(
        Text(_text_to_ascii(inline.text)) if isinstance(inline, Text) and not inline.is_literal else inline
        for inline in inlines
    )


def _text_to_ascii(text: str) -> str:
    if text.isascii():
        return text
    text = _FRENCH_CLOSE.sub('"', _FRENCH_OPEN.sub('"', text))
    if "–" in text:
        text = _TIGHT_EN_DASH.sub("--", text).replace("–", "-")
    return _NOT_ASCII.sub(lambda found: _ASCII[found[0]], text)
