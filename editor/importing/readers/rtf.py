"""Rich text files (.rtf), in any code page, with escapes for Unicode.

Pictures, objects, page headers and everything marked as "ignore if unknown" is passed over; footnotes and comments become
private notes. Underlining is taken for emphasis.
"""

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from editor.importing.draft import Draft, Loss, Role, Run
from editor.importing.refusal import DAMAGED, DEEPEST, TOO_DEEP, Refusal
from editor.importing.rtf_tokens import CLOSE, OPEN, SIGN, TEXT, WORD, Token, lex_rtf

_CHARSETS = {0: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255,
             178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850}  # fmt: skip
_CODECS = {10000: "mac_roman", 65001: "utf-8"}
_PAGES = {"mac": 10000, "pc": 437, "pca": 850, "ansi": 1252}
_SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "cell": "\t", "softline": "\n",
}  # fmt: skip
_ESCAPES = {"~": "\u00a0", "-": "\u00ad", "_": "\u2011", "\\": "\\", "{": "{", "}": "}"}
_SKIPPED = {
    "pict": Loss.IMAGE, "object": Loss.EMBEDDED, **dict.fromkeys(("header", "headerl", "headerr", "headerf"), Loss.HEADER),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), Loss.HEADER),
    **dict.fromkeys(("fonttbl", "colortbl", "stylesheet", "info", "fldinst", "pntext", "listtext", "generator", "xmlnstbl",
                     "themedata", "datastore", "nonshppict", "listtable", "listoverridetable", "revtbl", "tc", "xe", "bkmkstart",
                     "bkmkend", "atnid", "atnauthor", "atnref", "atndate", "atnicn", "filetbl")),
}  # fmt: skip
_ASIDES = {"footnote": (Loss.FOOTNOTE, "Footnote"), "annotation": (Loss.REMARK, "Comment")}
_READ_THOUGH_MARKED = frozenset({"annotation", "fldinst", "shppict", "shptxt", "atnid", "atnauthor"})


@dataclass(frozen=True, slots=True)
class _State:
    """What a brace saves and restores."""

    emphasis: bool = False
    strong: bool = False
    is_hidden: bool = False
    is_underlined: bool = False
    skips: int = 1  # characters after a Unicode escape that stand in for it
    font: int = -1
    destination: str = ""  # "": the text; else what is passed over or set aside
    depth: int = 0  # of the paragraph's outline, from 1


_Change = Callable[[_State, int | None], _State]
_LOOKS: dict[str, _Change] = {
    "i": lambda state, number: replace(state, emphasis=number != 0),
    "b": lambda state, number: replace(state, strong=number != 0),
    "v": lambda state, number: replace(state, is_hidden=number != 0),
    "deleted": lambda state, number: replace(state, is_hidden=number != 0),
    **dict.fromkeys(
        ("ul", "ulw", "uld", "uldb", "uldash"),
        lambda state, number: replace(state, is_underlined=number != 0),
    ),
    "ulnone": lambda state, _number: replace(state, is_underlined=False),
    "plain": lambda state, _number: _State(
        skips=state.skips, font=state.font, destination=state.destination, depth=state.depth
    ),
    "f": lambda state, number: replace(state, font=number or 0),
    "uc": lambda state, number: replace(state, skips=max(0, min(8, 1 if number is None else number))),
    "outlinelevel": lambda state, number: replace(state, depth=((number or 0) + 1) % 10),
}
"""What a word changes of the state."""


@dataclass(slots=True)
class _Aside:
    """A footnote or comment that is being read, and how many braces are open in it."""

    label: str
    level: int
    words: list[str] = field(default_factory=list)


def read(data: bytes) -> Draft:
    """Return the draft of a rich text file; raise Refusal."""
    return RtfReader().read(lex_rtf(data))


class RtfReader:
    """Reads one file."""

    def __init__(self) -> None:
        self._draft = Draft()
        self._state = _State()
        self._stack: list[_State] = []
        self._code_page = 1252
        self._font_pages: dict[int, int] = {}
        self._table_font = 0
        self._style = 0
        self._style_names: dict[int, list[str]] = {}
        self._paragraph_style = -1
        self._raw: list[bytes] = []
        self._runs: list[Run] = []
        self._notes: list[str] = []
        self._aside: _Aside | None = None
        self._to_skip = 0
        self._is_marked = False
        self._high = 0

    def read(self, tokens: Iterator[Token]) -> Draft:
        """Return the draft of a stream of tokens; raise Refusal."""
        take = {
            OPEN: self._open,
            CLOSE: self._close,
            WORD: self._take_word,
            SIGN: self._take_sign,
            TEXT: self._take_text,
        }
        for token in tokens:
            take[token.kind](token)
        self._end_paragraph()
        if self._stack and not self._draft.pieces:
            raise Refusal(DAMAGED)
        return self._draft

    # --- groups

    def _open(self, _token: Token) -> None:
        self._flush()
        if len(self._stack) >= DEEPEST:
            raise Refusal(TOO_DEEP)
        self._stack.append(self._state)
        self._to_skip = 0

    def _close(self, _token: Token) -> None:
        self._flush()
        self._to_skip = 0
        aside = self._aside
        if aside is not None and len(self._stack) <= aside.level:
            words = " ".join("".join(aside.words).split())
            if words:
                self._notes.append(f"{aside.label}: {words}")
            self._aside = None
        if self._stack:
            self._state = self._stack.pop()

    def _enter(self, destination: str) -> None:
        loss = _SKIPPED.get(destination)
        if loss is not None and not self._state.destination:
            self._draft.lose(loss)
        self._state = replace(self._state, destination=self._state.destination or destination)

    # --- words

    def _take_word(self, token: Token) -> None:
        word, number = token.word, token.number
        if word not in {"u", "uc"}:
            self._flush()
            self._to_skip = 0
        is_marked, self._is_marked = self._is_marked, False
        if word in _SKIPPED or (is_marked and word not in _READ_THOUGH_MARKED):
            self._enter(word)
        elif self._state.destination:
            self._take_table_word(word, number)
        elif word in _ASIDES and self._aside is None:
            loss, label = _ASIDES[word]
            self._draft.lose(loss)
            self._aside = _Aside(label, len(self._stack))
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        elif word == "u":
            self._take_unicode(number or 0)
        else:
            if word in _LOOKS:
                self._state = _LOOKS[word](self._state, number)
            self._do(word, number)

    def _take_table_word(self, word: str, number: int | None) -> None:
        destination = self._state.destination
        if destination == "fonttbl" and word == "f":
            self._table_font = number or 0
        elif destination == "fonttbl" and word == "fcharset":
            self._font_pages[self._table_font] = _CHARSETS.get(number or 0, 1252)
        elif destination == "stylesheet" and word == "s":
            self._style = number or 0

    def _take_unicode(self, number: int) -> None:
        """Take a character by its number; those above U+FFFF come as two halves."""
        self._flush()
        code = number % 0x10000
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if self._high:
                self._add(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = 0
        else:
            self._add(chr(code))
        self._to_skip = self._state.skips

    def _take_sign(self, token: Token) -> None:
        sign = token.word
        if sign == "*":
            self._is_marked = True
        elif sign in {"\n", "\r"}:
            self._flush()
            if not self._state.destination:
                self.end_paragraph()
        elif self._to_skip:
            self._to_skip -= 1
        elif sign in _ESCAPES:
            self._flush()
            self._add(_ESCAPES[sign])

    def _take_text(self, token: Token) -> None:
        raw = token.raw
        if self._to_skip:
            skipped = min(self._to_skip, len(raw))
            self._to_skip -= skipped
            raw = raw[skipped:]
        if raw:
            self._raw.append(raw)

    # --- text

    def _flush(self) -> None:
        """Decode the bytes that have come, which may be halves of characters of two bytes."""
        if not self._raw:
            return
        raw, self._raw = b"".join(self._raw), []
        destination = self._state.destination
        if not destination:
            self._add(self._decode(raw))
        elif destination == "stylesheet":
            self._style_names.setdefault(self._style, []).append(raw.decode("latin-1"))

    def _decode(self, raw: bytes) -> str:
        page = self._font_pages.get(self._state.font, self._code_page)
        if page == 1252:
            page = self._code_page
        try:
            codec = codecs.lookup(_CODECS.get(page, f"cp{page}")).name
        except LookupError:
            codec = "cp1252"
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            return raw.decode("latin-1")

    def _add(self, text: str) -> None:
        state = self._state
        if state.destination or state.is_hidden:
            return
        if self._aside is not None:
            self._aside.words.append(text)
            return
        if state.is_underlined and not text.isspace():
            self._draft.lose(Loss.UNDERLINE)
        self._runs.append(Run(text, state.emphasis or state.is_underlined, state.strong))

    def end_paragraph(self) -> None:
        """End the paragraph that is open, or go on in the footnote that is."""
        if self._aside is not None:
            self._aside.words.append(" ")
            return
        self._end_paragraph()

    def _end_paragraph(self) -> None:
        self._flush()
        runs, self._runs = self._runs, []
        depth = self._state.depth or self._style_depth()
        text = "".join(run.text for run in runs)
        if not text.strip():
            self._draft.add_gap()
        elif self._style_name() == "title" and not self._draft.pieces:
            self._draft.set_field("Title", text)
        elif depth:
            self._draft.add(Role.HEADING, text, depth)
        else:
            self._draft.add(Role.QUOTE if "quot" in self._style_name() else Role.PARAGRAPH, runs)
        for note in self._notes:
            self._draft.add(Role.COMMENT, note)
        self._notes = []

    def _style_name(self) -> str:
        return "".join(self._style_names.get(self._paragraph_style, ())).strip(" ;").lower()

    def _style_depth(self) -> int:
        name = self._style_name()
        number = name.removeprefix("heading ")
        return int(number) if number != name and number.isdigit() and int(number) < 10 else 0

    def break_page(self) -> None:
        """Take a new page for a scene break."""
        if self._aside is None:
            if any(run.text.strip() for run in self._runs):
                self._end_paragraph()
            self._draft.add_break()

    def _do(self, word: str, number: int | None) -> None:
        """Do what a word says that is about more than the look of the characters."""
        if word in {"par", "row"}:
            self.end_paragraph()
        elif word in {"page", "sect", "pagebb", "column"}:
            self.break_page()
        elif word == "pard":
            self._state = replace(self._state, depth=0)
            self._paragraph_style = -1
        elif word == "s":
            self._paragraph_style = number or 0
        elif word in _PAGES:
            self._code_page = _PAGES[word]
        elif word == "ansicpg":
            self._code_page = number or 1252
        elif word in {"revised", "deleted"} and number != 0:
            self._draft.lose(Loss.INSERTION if word == "revised" else Loss.DELETION)
