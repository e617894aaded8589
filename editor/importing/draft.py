"""The neutral form of a text on its way in: what every reader makes and the one writer takes.

A draft knows nothing of files, of other programs' formats, or of our marks. It is the counterpart of `export.book.Book`.
Readers hand over what they find; tidying (joining equal runs, taking white space out of emphasis) is done here, once.
"""

import enum
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple


class Run(NamedTuple):
    """Characters with one look. "\\n" is a hard line break."""

    text: str
    emphasis: bool = False
    strong: bool = False


class Role(enum.StrEnum):
    """What one piece of a draft is."""

    HEADING = "heading"  # `level` says which
    PARAGRAPH = "paragraph"
    VERSE = "verse"  # "\n" between its lines
    QUOTE = "quote"  # one per paragraph of the quotation
    NOTE = "note"  # to the reader
    COMMENT = "comment"  # the writer's own
    FACT = "fact"  # of the scene that follows; `key` says which
    ITEM = "item"  # of a list, with its sign: a paragraph, and never a heading
    BREAK = "break"  # between scenes
    GAP = "gap"  # an empty paragraph: a break, if the text has few of them and no other breaks


class Rank(enum.IntEnum):
    """What a heading opens, where the other program says it; else a heading has a depth, from 1."""

    PART = -3
    CHAPTER = -2
    SCENE = -1


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece. `level` of a heading: a `Rank`, or a depth from 1. `key` of a fact: status, pov, synopsis, title..."""

    role: Role
    runs: tuple[Run, ...] = ()
    level: int = 0
    key: str = ""

    @property
    def text(self) -> str:
        """The characters of the piece."""
        return "".join(run.text for run in self.runs)


class Loss(enum.Enum):
    """What cannot be carried: one of it, several of it, and what became of it."""

    IMAGE = ("image", "images", "left out")
    TABLE = ("table", "tables", "turned into lines of text")
    FOOTNOTE = ("footnote", "footnotes", "put below its paragraph as a private note")
    REMARK = ("comment", "comments", "kept as a private note")
    DELETION = ("tracked deletion", "tracked deletions", "left out")
    INSERTION = ("tracked insertion", "tracked insertions", "taken into the text")
    LINK = ("link", "links", "kept as words, without its address")
    HEADER = ("page header or footer", "page headers and footers", "left out")
    EMPHASIS = ("emphasised mark without a letter", "emphasised marks without a letter", "left plain")
    EMBEDDED = ("embedded object", "embedded objects", "left out")
    MACRO = ("macro", "macros", "left out; nothing of it was run")
    SCRIPT = ("script", "scripts", "left out; nothing of it was run")
    CONTROL = (
        "character that no text file should hold",
        "characters that no text file should hold",
        "left out",
    )
    DOCUMENT = ("document outside the manuscript", "documents outside the manuscript", "left out")
    UNREADABLE = ("document that could not be read", "documents that could not be read", "left out")
    CONTENTS = (
        "line of a table of contents",
        "lines of a table of contents",
        "left out; it can be made again",
    )
    UNDERLINE = ("underlined passage", "underlined passages", "taken for emphasis")
    FIELD = ("computed field", "computed fields", "kept as it last read")
    HIDDEN = ("hidden passage", "hidden passages", "left out")
    STRUCK = ("struck-out passage", "struck-out passages", "kept as plain words")
    LETTERS = (
        "passage in small capitals, or raised or lowered",
        "passages in small capitals, or raised or lowered",
        "kept in ordinary letters",
    )
    HIGHLIGHT = ("highlighted passage", "highlighted passages", "kept without the colour")
    CENTRED = (
        "centred or right-aligned paragraph",
        "centred or right-aligned paragraphs",
        "kept, and not put there",
    )
    LIST = ("item of a list", "items of lists", "turned into a paragraph, with its sign or number")
    BOX = ("text box", "text boxes", "put before the paragraph that it stands beside")

    def tell(self, count: int) -> str:
        """Return a line for the writer."""
        one, several, fate = self.value
        return f"{count:,} {one if count == 1 else several}: {fate}."


@dataclass(slots=True)
class Draft:
    """A text as it came: `fields` of the story header (Title, Author, ...), `pieces` in order, and what was lost."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    losses: Counter[Loss] = field(default_factory=Counter)
    _passage: frozenset[Loss] = frozenset()

    def lose(self, loss: Loss, count: int = 1) -> None:
        """Take note of what cannot be carried."""
        if count > 0:
            self.losses[loss] += count

    def lose_in_passage(self, losses: Iterable[Loss]) -> None:
        """Take note of what the next characters lose; what the characters before them lost too is the same passage."""
        now = frozenset(losses)
        for loss in now - self._passage:
            self.lose(loss)
        self._passage = now

    def lose_place(self, role: Role, runs: Iterable[Run]) -> None:
        """Take note of a paragraph that stood in the middle or to the right; a heading or a break may stand there."""
        if role in {Role.PARAGRAPH, Role.QUOTE} and any(map(str.isalnum, "".join(run.text for run in runs))):
            self.lose(Loss.CENTRED)

    def set_field(self, key: str, value: str) -> None:
        """Set a field of the story header; without a value, or if it is there already, do nothing."""
        value = " ".join(value.split())
        if value and all(key != there for there, _ in self.fields):
            self.fields.append((key, value))

    def add(
        self,
        role: Role,
        runs: Iterable[Run] | str = (),
        level: int = 0,
        key: str = "",
        *,
        tidied: bool = False,
    ) -> None:
        """Add a piece, tidied; nothing but a break may be empty."""
        self._passage = frozenset()
        given = [Run(runs)] if isinstance(runs, str) else runs
        tidy = tuple(given) if tidied else tidy_runs(self._without_controls(given))
        if tidy or role is Role.BREAK:
            self.pieces.append(Piece(role, tidy, level, key))

    def add_break(self) -> None:
        """Add a scene break, unless there is one already or nothing above it."""
        if self.pieces and self.pieces[-1].role not in {Role.BREAK, Role.HEADING}:
            self.pieces.append(Piece(Role.BREAK))

    def add_gap(self) -> None:
        """Add an empty paragraph."""
        if self.pieces and self.pieces[-1].role is not Role.GAP:
            self.pieces.append(Piece(Role.GAP))

    def add_fact(self, key: str, value: str) -> None:
        """Add a fact of the scene that follows, if it says anything."""
        value = " ".join(value.replace("]]", "] ]").split())
        if value:
            self.pieces.append(Piece(Role.FACT, (Run(value),), key=key))

    def extend(self, other: "Draft") -> None:
        """Take in the pieces and losses of another draft; its header is not ours."""
        self.pieces += other.pieces
        self.losses += other.losses

    def _without_controls(self, runs: Iterable[Run]) -> list[Run]:
        clean = []
        for run in runs:
            text, count = _CONTROL.subn("", _LINE_ENDS.sub("\n", run.text))
            self.lose(Loss.CONTROL, count)
            clean.append(run._replace(text=text))
        return clean


_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_AROUND = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_SPACES = re.compile(r"[ \t]+")
_AT_BREAK = re.compile(r"[ \t\u00a0]*\n[ \t\u00a0]*")
_BREAKS = re.compile(r"\n+")


def tidy_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs as a reader sees them: no white space at the ends, single spaces, equal neighbours joined.

    White space between two runs has the look that both share; line breaks have none.
    """
    pieces = _joined(_split_white_space(_joined(runs)))
    text = _Text()
    for run in pieces:
        text.add(run)
    return tuple(_joined(text.finish()))


def _split_white_space(runs: Iterable[Run]) -> list[Run]:
    """Divide each run that has a look into lines, and those into what is seen and the white space around it."""
    divided: list[Run] = []
    for run in runs:
        if not (run.emphasis or run.strong):
            divided.append(run)
            continue
        for part in re.split(r"(\s*\n\s*)", run.text):
            match = _AROUND.fullmatch(part)
            before, seen, after = match.groups() if match else ("", part, "")
            divided += [Run(before), run._replace(text=seen), Run(after)]
    return _bridged([run for run in divided if run.text])


def _bridged(runs: list[Run]) -> list[Run]:
    """Give white space between two runs that share a look that look."""
    for index in range(1, len(runs) - 1):
        before, run, after = runs[index - 1 : index + 2]
        if not run.emphasis and not run.strong and run.text.isspace() and "\n" not in run.text:
            runs[index] = Run(run.text, before.emphasis and after.emphasis, before.strong and after.strong)
    return runs


def _joined(runs: Iterable[Run]) -> list[Run]:
    filled = (run for run in runs if run.text)
    return [
        Run("".join(run.text for run in group), *look)
        for look, group in groupby(filled, key=lambda run: run[1:])
    ]


class _Text:
    """Collapses white space over the borders of runs."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._last = "\n"

    def add(self, run: Run) -> None:
        """Add one run."""
        text = _BREAKS.sub("\n", _AT_BREAK.sub("\n", _SPACES.sub(" ", run.text)))
        if self._last == "\n":
            text = text.lstrip()
        elif self._last == " " and text[:1] in {" ", "\n"}:
            if text[0] == "\n":
                self._trim()
            else:
                text = text[1:]
        if text[:1] == "\n":
            self._trim()
            text = text if self._runs else text.lstrip()
        if text:
            self._runs.append(run._replace(text=text))
            self._last = text[-1]

    def finish(self) -> list[Run]:
        """Return the runs, trimmed at the end."""
        self._trim()
        return self._runs

    def _trim(self) -> None:
        while self._runs:
            last = self._runs.pop()
            if text := last.text.rstrip():
                self._runs.append(last._replace(text=text))
                return
