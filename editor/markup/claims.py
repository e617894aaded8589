"""What a block claims to be while only the lines around it are known; `resolution` decides over the whole text."""

import enum
from dataclasses import dataclass, replace

from editor.markup.headings import BareNumber
from editor.markup.model import Block, Kind, Level


class Claims(enum.Enum):
    """What kind of claim it is."""

    LEVELLED = enum.auto()  # an ATX or setext heading: what its level means is open (4.6g)
    KEYWORD = enum.auto()  # a keyword heading: may turn out to be a line of a contents list (4.6h)
    LABEL = enum.auto()  # a labelled break: the same
    NUMBER = enum.auto()  # a bare number: a heading only in a sequence (4.6e)
    NOTE = enum.auto()  # a note only before the first text of its chapter (4.8)
    END = enum.auto()  # end matter only where no text follows (4.9)
    BOUNDARY = enum.auto()  # certain: here another file begins
    NOTHING = enum.auto()  # certain, but something inside it may count elsewhere


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: the block if it is `granted` (a heading still without its level) and if it is `refused`.

    `rank` is the level of an ATX or setext heading, from 1; `own_level` what a keyword says, whatever the heading's
    form. `is_joined`: the bare number stands right below or above text, to which it would belong if refused. `unclosed`: a line
    starts with `<!--` and no `-->` follows in the text (4.4). `numbers_inside` are bare numbers that were refused before
    this was read, with the offsets of their lines in the block: they still count for others of their style (4.6e).
    """

    kind: Claims
    granted: Block
    refused: Block
    rank: int = 0
    own_level: Level | None = None
    number: BareNumber | None = None
    is_joined: bool = False
    unclosed: bool = False
    numbers_inside: tuple[tuple[int, BareNumber], ...] = ()

    @property
    def is_heading(self) -> bool:
        """Say whether this is surely a heading, if only of a contents list."""
        return self.kind in {Claims.LEVELLED, Claims.KEYWORD, Claims.LABEL}


Scanned = tuple[Block, Claim | None]
"""A block as far as the lines around it say what it is, and its claim if there is one to be decided."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a claim has become."""

    is_granted: bool
    level: Level | None = None
    is_contents: bool = False


GRANTED = Verdict(is_granted=True)
REFUSED = Verdict(is_granted=False)
CONTENTS = Verdict(is_granted=True, is_contents=True)


def block_for(claim: Claim, verdict: Verdict) -> Block:
    """Return the block that a claim has become."""
    if not verdict.is_granted:
        return claim.refused
    if verdict.is_contents:
        return replace(claim.granted, kind=Kind.CONTENTS, level=None)
    return replace(claim.granted, level=verdict.level) if verdict.level is not None else claim.granted


def is_decided(block: Block, claim: Claim, verdict: Verdict) -> bool:
    """Say whether `block`, made for `claim`, is already what `verdict` makes of it."""
    if not verdict.is_granted:
        return block.kind is claim.refused.kind and block.level is claim.refused.level
    kind = Kind.CONTENTS if verdict.is_contents else claim.granted.kind
    return block.kind is kind and block.level is verdict.level
