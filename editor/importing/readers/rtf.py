"""Rich text files (.rtf), in any code page, with escapes for Unicode.

Pictures, objects, page headers and everything marked as "ignore if unknown" is passed over; footnotes and comments become
private notes. Underlining is taken for emphasis.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from editor.importing.draft import Draft, Loss, Role, Run
from editor.importing.list_signs import tidy_sign
from editor.importing.refusal import DAMAGED, DEEPEST, TOO_DEEP, Refusal
from editor.importing.rtf_paragraphs import PLACES, RtfParagraph, RtfRank, add_empty, add_words
from editor.importing.rtf_tables import RtfTables
from editor.importing.rtf_tokens import CLOSE, OPEN, SIGN, TEXT, WORD, Token, lex_rtf
from editor.importing.style_names import is_quote, is_title

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
                     "bkmkend", "atnid", "atnauthor", "atnref", "atndate", "atnicn", "filetbl", "shprslt", "annotation-date")),
}  # fmt: skip
_ASIDES = {"footnote": (Loss.FOOTNOTE, "Footnote"), "annotation": (Loss.REMARK, "Comment")}
_READ_THOUGH_MARKED = frozenset(
    {"annotation", "footnote", "fldinst", "shppict", "shptxt", "atnid", "atnauthor"}
)
_KEPT = frozenset({"fldinst", "pntext", "listtext", "atnauthor"})
"""Destinations whose text is set aside: what a field does, the sign of a list, who makes a comment."""


@dataclass(frozen=True, slots=True)
class _State:
    """What a brace saves and restores."""

    emphasis: bool = False
    strong: bool = False
    is_hidden: bool = False
    is_underlined: bool = False
    losses: frozenset[Loss] = frozenset()  # what its characters lose
    skips: int = 1  # characters after a Unicode escape that stand in for it
    font: int = -1
    destination: str = ""  # "": the text; else what is passed over or set aside
    depth: int = 0  # of the paragraph's outline, from 1
    is_link: bool = False


def _losing(loss: Loss) -> "_Change":
    return lambda state, number: replace(
        state, losses=state.losses - {loss} if number == 0 else state.losses | {loss}
    )


_Change = Callable[[_State, int | None], _State]
_LOOKS: dict[str, _Change] = {
    "i": lambda state, number: replace(state, emphasis=number != 0),
    "b": lambda state, number: replace(state, strong=number != 0),
    "v": lambda state, number: replace(state, is_hidden=number != 0),
    "deleted": lambda state, number: replace(state, is_hidden=number != 0),
    **dict.fromkeys(("strike", "striked"), _losing(Loss.STRUCK)),
    **dict.fromkeys(("super", "sub", "scaps"), _losing(Loss.LETTERS)),
    "nosupersub": lambda state, _number: replace(state, losses=state.losses - {Loss.LETTERS}),
    "highlight": _losing(Loss.HIGHLIGHT),
    **dict.fromkeys(
        ("ul", "ulw", "uld", "uldb", "uldash"),
        lambda state, number: replace(state, is_underlined=number != 0),
    ),
    "ulnone": lambda state, _number: replace(state, is_underlined=False),
    "plain": lambda state, _number: _State(
        skips=state.skips,
        font=state.font,
        destination=state.destination,
        depth=state.depth,
        is_link=state.is_link,
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
        self._tables = RtfTables()
        self._kept: dict[str, str] = {}
        self._raw: list[bytes] = []
        self._paragraph = RtfParagraph()
        self._around: list[tuple[int, RtfParagraph]] = []  # of text boxes, with how many braces are open
        self._aside: _Aside | None = None
        self._to_skip = 0
        self._is_marked = False
        self._high = 0
        self._was_ruled = False
        self._row_end = -1  # how many pieces there were when the last row of a table ended

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
                self._paragraph.notes.append(f"{aside.label}: {words}")
            self._aside = None
        if self._around and len(self._stack) <= self._around[-1][0]:
            if any(run.text.strip() for run in self._paragraph.runs):
                self._end_paragraph()
            _level, self._paragraph = self._around.pop()
        if self._stack:
            self._state = self._stack.pop()

    def _enter(self, destination: str) -> None:
        loss = _SKIPPED.get(destination)
        above = self._state.destination
        if loss is not None and (not above or (above == "shpinst" and loss is Loss.IMAGE)):
            self._draft.lose(loss)
        if destination in _KEPT and not above:
            self._kept[destination] = ""
        self._state = replace(self._state, destination=above or destination)

    def _enter_box(self) -> None:
        self._draft.lose(Loss.BOX)
        self._around.append((len(self._stack), self._paragraph))
        self._paragraph = RtfParagraph()
        self._state = replace(self._state, destination="")

    # --- words

    def _take_word(self, token: Token) -> None:
        word, number = token.word, token.number
        if word not in {"u", "uc"}:
            self._flush()
            self._to_skip = 0
        is_marked, self._is_marked = self._is_marked, False
        destination = self._state.destination
        if word == "shptxt" and destination == "shpinst":
            self._enter_box()
        elif word in _SKIPPED or (is_marked and word not in _READ_THOUGH_MARKED):
            self._enter(word)
        elif word == "u" and (not destination or destination in _KEPT):
            self._take_unicode(number or 0)
        elif destination:
            self._tables.take_word(destination, word, number)
        elif word in _ASIDES and self._aside is None:
            self._start_aside(word)
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        else:
            if word in _LOOKS:
                self._state = _LOOKS[word](self._state, number)
            self._do(word, number)

    def _start_aside(self, word: str) -> None:
        loss, label = _ASIDES[word]
        self._draft.lose(loss)
        if word == "annotation" and (author := self._kept.pop("atnauthor", "").strip()):
            label = f"{label} by {author}"
        self._aside = _Aside(label, len(self._stack))

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
        if not destination or destination in _KEPT:
            self._add(self._tables.decode(raw, self._state.font))
        else:
            self._tables.take_text(destination, raw)

    def _add(self, text: str) -> None:
        state = self._state
        if state.destination in _KEPT:
            self._kept[state.destination] = (self._kept.get(state.destination, "") + text)[:1000]
        if state.destination or state.is_hidden:
            return
        if self._aside is not None:
            self._aside.words.append(text)
            return
        is_underlined = state.is_underlined and not state.is_link
        if not text.isspace():
            self._draft.lose_in_passage(state.losses | ({Loss.UNDERLINE} if is_underlined else set()))
        self._paragraph.runs.append(Run(text, state.emphasis or is_underlined, state.strong))

    def end_paragraph(self) -> None:
        """End the paragraph that is open, or go on in the footnote that is."""
        if self._aside is not None:
            self._aside.words.append(" ")
            return
        self._end_paragraph()

    def _end_paragraph(self) -> None:
        self._flush()
        ended = self._paragraph
        self._paragraph = RtfParagraph(
            style=ended.style, borders=set(ended.borders), is_centred=ended.is_centred
        )
        style = self._tables.name_of(ended.style)
        depth = self._state.depth or self._tables.depth_of(ended.style)
        sign = tidy_sign(self._kept.pop("listtext", "") or self._kept.pop("pntext", ""))
        text = "".join(run.text for run in ended.runs)
        is_ruled = ended.borders == {"bottom"} and not (depth or is_quote(style) or is_title(style))
        if self._was_ruled and not is_ruled:
            self._draft.add_break()
        self._was_ruled = is_ruled and bool(text.strip())
        if text.strip() or (depth and sign):
            add_words(self._draft, ended, RtfRank(style, depth, sign, self._tables.look_of(ended.style)))
        else:
            add_empty(self._draft, ended)
        for note in ended.notes:
            self._draft.add(Role.COMMENT, note)

    def break_page(self) -> None:
        """Take a new page for a scene break."""
        if self._aside is None:
            if any(run.text.strip() for run in self._paragraph.runs):
                self._end_paragraph()
            self._draft.add_break()

    def _do(self, word: str, number: int | None) -> None:
        """Do what a word says that is about more than the look of the characters."""
        if word in {"par", "row"}:
            self.end_paragraph()
            self._row_end = len(self._draft.pieces) if word == "row" else -1
        elif word == "trowd":
            self._draft.lose(Loss.TABLE, self._row_end != len(self._draft.pieces))
            self._row_end = len(self._draft.pieces)
        elif word in {"page", "sect", "pagebb", "column"}:
            self.break_page()
        elif word == "pard":
            self._state = replace(self._state, depth=0)
            self._paragraph.style = -1
            self._paragraph.is_centred = False
            self._paragraph.borders.clear()
        elif word == "s":
            self._paragraph.style = number or 0
        elif word.startswith("brdr") or word in PLACES:
            self._paragraph.take_look(word)
        elif word in {"revised", "deleted", "v"} and number != 0:
            self._draft.lose(_REVISIONS[word])
        elif word == "fldrslt":
            self._start_field()
        elif word == "ftnalt" and self._aside is not None:
            self._aside.label = "Endnote"
        else:
            self._tables.set_code_page(word, number)

    def _start_field(self) -> None:
        """Begin what a field shows; of a link, that is its words."""
        does = self._kept.pop("fldinst", "").split()
        if does and does[0].upper() == "HYPERLINK":
            self._draft.lose(Loss.LINK, not does[1:] or not does[1].startswith(("\\l", '"scriv')))
            self._state = replace(self._state, is_link=True)


_REVISIONS = {"revised": Loss.INSERTION, "deleted": Loss.DELETION, "v": Loss.HIDDEN}
