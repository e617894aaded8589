"""Which way each straight quote of a paragraph turns (9.4 and 9.5).

Quotes are read from left to right, remembering whether a double and a single one are open; quotes that are curly
already are left alone but remembered too.
"""

import re
from dataclasses import dataclass

from editor.markup.characters import CLASS_OF, SPACE, UNSPACED, WORD

Edit = tuple[int, int, str]
"""Start, end and replacement, of the characters of a paragraph."""


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a language sets for double quotes, single quotes, a hyphen between spaces, and two or three hyphens.

    `drops_g`: its words may end like takin'; of a language where they cannot, "nein'" ends a quotation.
    """

    open_double: str
    close_double: str
    open_single: str
    close_single: str
    spaced_dash: str
    dash: str
    drops_g: bool = False


_APOSTROPHE = "’"
_QUOTE = re.compile("[\"'“”„«»‘’‚‹›]")
_OPENING_BRACKETS = frozenset("([{<")
_DASHES = frozenset("-–—")
_YEAR = re.compile(r"\d\ds?(?![^\W_])")
_CLIPPED = re.compile(
    r"(?:n|tis|twas|twere|twill|twould|em|til|till|cause|cuz|coz|bout|round|neath|nother|sposed|spose|scuse|kay|cept"
    r"|fore|fraid|gainst|mongst|pon|un|uns|ud|e|im|er|ere|ello|ow|ave|aven|ouse|ome|ead|eart|tain|twasn|twon|nuff|stead"
    r")(?![^\W_])",
    re.IGNORECASE,
)
_WORD_IN = re.compile(r"(?<![^\W\d_])[^\W\d_]*[aeiouy][^\W\d_]*in\Z", re.IGNORECASE)
_LONGEST_WORD_IN = 24
_ORDINARY_WORD_IN = re.compile(
    r"(?:aga|atta|bas|beg|bobb|bra|bullet|cab|capta|certa|chapla|coff|compla|conta|cous|curta|deta|disda"
    r"|dolph|dra|elf|enterta|expla|founta|ga|gobl|gra|la|lat|ma|mainta|marg|mounta|muff|obta|orda|orig|pa"
    r"|pengu|perta|pla|planta|pumpk|ra|refra|rema|res|restra|reta|rob|ru|sat|sla|spra|sta|stra|susta|terra"
    r"|tra|uncerta|urch|va|ve|verm|villa|viol|virg|where|with)in",
    re.IGNORECASE,
)


def find_quote_edits(text: str, conventions: Conventions) -> list[Edit]:
    """Return the replacement of each straight quote of a paragraph's characters that is to be replaced."""
    return _QuoteReader(text, conventions).read()


def _is_word(character: str) -> bool:
    return character != "" and CLASS_OF[character] in {WORD, UNSPACED}


def _is_space(character: str) -> bool:
    return character != "" and CLASS_OF[character] == SPACE


class _QuoteReader:
    """Reads one paragraph once."""

    def __init__(self, text: str, conventions: Conventions) -> None:
        self._text = text
        self._conventions = conventions
        self._closing_curls = {conventions.close_double[-1], conventions.close_single[-1], "”", "’", "»", "›"}
        self._inner_curls = {conventions.open_single, conventions.close_single}
        self._is_double_open = False
        self._is_single_open = False
        self._opened_at = -2
        self._last_closable: int | None = None

    def read(self) -> list[Edit]:
        """Return the edits, in order."""
        edits: list[Edit] = []
        for found in _QUOTE.finditer(self._text):
            index = found.start()
            if found[0] == '"':
                edits.append((index, index + 1, self._turn_double(index)))
            elif found[0] != "'":
                self._note_curly(index, found[0])
            elif (turned := self._turn_single(index)) is not None:
                edits.append((index, index + 1, turned))
        return edits

    def _around(self, index: int) -> tuple[str, str]:
        """Return the characters before and after a place; "" at the start and at the end."""
        return self._text[index - 1] if index else "", self._text[index + 1 : index + 2]

    def _may_open(self, before: str, index: int) -> bool:
        return (
            before == ""
            or before in _OPENING_BRACKETS
            or self._opened_at == index - 1
            or CLASS_OF[before] == SPACE
        )

    def _turn_double(self, index: int) -> str:
        before, after = self._around(index)
        if after == "" or CLASS_OF[after] == SPACE:
            self._is_double_open = False
        else:
            self._is_double_open = self._may_open(before, index) or not self._is_double_open
        if not self._is_double_open:
            return self._conventions.close_double
        self._opened_at = index
        return self._conventions.open_double

    def _turn_single(self, index: int) -> str | None:
        before, after = self._around(index)
        if _is_word(before):
            return _APOSTROPHE if _is_word(after) else self._close_single()
        if _YEAR.match(self._text, index + 1) or _CLIPPED.match(self._text, index + 1):
            return _APOSTROPHE
        if after and not _is_space(after) and (before in _DASHES or self._may_open(before, index)):
            return self._open_single(index, after)
        if _is_space(before) and _is_space(after):
            return None
        return self._close_single()

    def _open_single(self, index: int, after: str) -> str:
        if self._last_closable_single() <= index and not (after.isupper() and self._is_at_start(index)):
            return _APOSTROPHE
        self._is_single_open = True
        self._opened_at = index
        return self._conventions.open_single

    def _close_single(self) -> str:
        was_open, self._is_single_open = self._is_single_open, False
        return self._conventions.close_single if was_open else _APOSTROPHE

    def _is_at_start(self, index: int) -> bool:
        return self._text[:index].strip('"“”„«»\xa0\u202f') == ""

    def _last_closable_single(self) -> int:
        """Return where the last straight single quote stands that could close one; -1 if none could."""
        if self._last_closable is None:
            index = self._text.rfind("'")
            while index >= 0 and not self._can_close(index):
                index = self._text.rfind("'", 0, index)
            self._last_closable = index
        return self._last_closable

    def _can_close(self, index: int) -> bool:
        before, after = self._around(index)
        if before == "" or CLASS_OF[before] == SPACE or _is_word(after):
            return False
        return not self._is_dropped_g(index)

    def _is_dropped_g(self, index: int) -> bool:
        """Say whether this ends a word like takin', going by its vowels and a list of words that end in "in" anyway."""
        if not self._conventions.drops_g:
            return False
        word = _WORD_IN.search(self._text, max(0, index - _LONGEST_WORD_IN), index)
        return word is not None and not _ORDINARY_WORD_IN.fullmatch(word[0])

    def _note_curly(self, index: int, quote: str) -> None:
        """Remember what a quote that is curly already has opened or closed."""
        before, after = self._around(index)
        if quote == "’" and _is_word(after):
            return
        opens = quote not in self._closing_curls or (
            quote == self._conventions.open_double[0] and self._may_open(before, index)
        )
        if quote in "‘’‚‹›" or quote in self._inner_curls:
            self._is_single_open = opens
        else:
            self._is_double_open = opens
        if opens:
            self._opened_at = index
