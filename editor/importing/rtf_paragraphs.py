"""A paragraph of a rich text file, and what becomes of it in a draft."""

from dataclasses import dataclass, field
from typing import NamedTuple

from editor.importing.draft import Draft, Loss, Role, Run
from editor.importing.list_signs import is_dash, with_sign
from editor.importing.style_names import is_contents, is_quote, is_title

_BORDERS = {"brdrt": "top", "brdrb": "bottom", "brdrl": "left", "brdrr": "right", "box": "box"}
PLACES = frozenset({"box", "qc", "qr", "ql", "qj"})
_NO_BORDER = frozenset({"brdrnone", "brdrnil"})


@dataclass(slots=True)
class RtfParagraph:
    """A paragraph that is being read."""

    runs: list[Run] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    style: int = -1
    is_centred: bool = False
    borders: set[str] = field(default_factory=set)
    side: str = ""  # of the border that was named last

    def take_look(self, word: str) -> None:
        """Take a word that says where it stands, that there is a border, or of which kind it is."""
        if word in PLACES and word not in _BORDERS:
            self.is_centred = word in {"qc", "qr"}
        elif word in _BORDERS:
            self.side = _BORDERS[word]
        elif word in _NO_BORDER:
            self.borders.discard(self.side)
        elif word.startswith("brdr") and word not in {"brdrw", "brdrcf", "brsp"}:
            self.borders.add(self.side)


class RtfRank(NamedTuple):
    """What a paragraph is: the name of its style, the depth of a heading (0: none), the sign of a list, its style's look."""

    style: str
    depth: int
    sign: str
    look: tuple[bool, bool]


def add_words(draft: Draft, ended: RtfParagraph, rank: RtfRank) -> None:
    """Add a paragraph that has words, or a number that stands for some."""
    style, depth, sign, look = rank
    text = "".join(run.text for run in ended.runs)
    if is_contents(style):
        draft.lose(Loss.CONTENTS)
    elif is_title(style) and not draft.pieces:
        draft.set_field("Title", text)
    elif depth:
        draft.add(Role.HEADING, with_sign([Run(text)], sign, is_heading=True), depth)
    else:
        is_item = bool(sign) and not is_dash(sign)
        role = Role.ITEM if is_item else Role.QUOTE if is_quote(style) else Role.PARAGRAPH
        draft.lose(Loss.LIST, is_item)
        if ended.is_centred:
            draft.lose_place(role, ended.runs)
        runs = _upright(ended.runs, look) if role is Role.QUOTE else ended.runs
        draft.add(role, with_sign(runs, sign))


def _upright(runs: list[Run], look: tuple[bool, bool]) -> list[Run]:
    """Return the runs of a quotation without the look that its style gives to all of it."""
    seen = [run for run in runs if run.text.strip()]
    emphasis = look[0] and all(run.emphasis for run in seen)
    strong = look[1] and all(run.strong for run in seen)
    return [Run(run.text, run.emphasis and not emphasis, run.strong and not strong) for run in runs]


def add_empty(draft: Draft, paragraph: RtfParagraph) -> None:
    """Add what an empty paragraph stands for: a line across the page, or a gap."""
    if paragraph.borders in ({"bottom"}, {"top"}):
        draft.add_break()
    else:
        draft.add_gap()
