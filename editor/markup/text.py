"""A text with its blocks, kept true while the text changes.

Blocks are found in two steps. A *scan* (`scanning`) reads lines with regard to their neighbours only, so after an edit it
starts a few blocks above and stops where the old blocks fit again. What depends on the whole text (which numbers are
headings, what a level means, where a text ends) stays a claim; `resolution` decides all claims together, and only when a
claim, or text between two claims, came or went. A key in an ordinary paragraph costs the same in any text.

Limits: an edit that touches a boilerplate marker (4.1) reads the whole text again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from editor.markup.characters import WHITE_SPACE
from editor.markup.claims import Claim, Claims, block_for, is_decided
from editor.markup.header import Header, parse_header
from editor.markup.matter import find_body, is_marker
from editor.markup.model import PROSE, Block, Kind, WrapMode
from editor.markup.resolution import resolve
from editor.markup.scanning import Scan, Scanner, isolates
from editor.markup.wrapping import detect_mode

IsKnown = Callable[[int, bool], bool]
"""Tells a scan, by a line and whether it is isolated above, that what follows is known."""

_MARKER_REACH = 31  # lines above the end marker in which its first line may stand (4.1)
_LOOK_BACK = 3  # blocks; a heading looks past blank lines to its subtitle, and at the line below that


@dataclass(frozen=True, slots=True)
class BlockChange:
    """What a change of lines did to the blocks.

    `removed` blocks from index `first` on were replaced by `added`; equal neighbours are in neither. `line_shift` was added
    to the start of all later blocks. `reclassified` are the indexes, after the change, of blocks outside that range
    whose kind, level or count of words changed.
    """

    first: int
    removed: tuple[Block, ...]
    added: tuple[Block, ...]
    line_shift: int
    reclassified: tuple[int, ...] = ()


class MarkedText:
    """The lines of a text, their blocks, and the line each block starts on (`starts`).

    Blocks cover every line that is not blank exactly once, in order. Read the attributes, never change them: that is what
    `replace_lines` and `set_mode` are for.
    """

    def __init__(self, lines: Sequence[str], mode: WrapMode | None = None) -> None:
        """Read `lines`. Without a `mode` it is detected, then kept whatever the text becomes."""
        self.lines: list[str] = list(lines)
        self.mode = mode if mode is not None else detect_mode(self.lines)
        self.blocks: list[Block] = []
        self.starts: list[int] = []
        self._claims: list[Claim | None] = []
        self._claiming: list[int] = []  # indexes of the blocks with a claim
        self._body = (0, 0)  # the lines that are not boilerplate
        self._header = Header()
        self._read_all()

    def block_at(self, line: int) -> int | None:
        """Return the index of the block that covers `line`, or None."""
        index = bisect_right(self.starts, line) - 1
        return index if index >= 0 and line < self.starts[index] + self.blocks[index].height else None

    def block_from(self, line: int) -> int:
        """Return the index of the first block that starts at or after `line`; len(blocks) if none does."""
        return bisect_left(self.starts, line)

    def set_mode(self, mode: WrapMode) -> None:
        """Read the text again by another wrap mode."""
        self.mode = mode
        self._read_all()

    def replace_lines(self, first: int, count: int, lines: Sequence[str]) -> BlockChange:
        """Replace `count` lines from `first` on by `lines`, and return what that did to the blocks."""
        removed = self.lines[first : first + count]
        shift = len(lines) - len(removed)
        self.lines[first : first + count] = lines
        if self._concerns_boilerplate(first, removed, lines):
            return self._read_all_again(shift)
        start, stop = self._body
        self._body = (start, stop + shift)
        return self._read_around(first, lines, shift, stop)

    # Reading everything

    def _read_all(self) -> None:
        scan = self._scan_all()
        self.starts, self.blocks, self._claims = scan.starts, scan.blocks, scan.claims
        self._claiming = [index for index, claim in enumerate(self._claims) if claim is not None]
        self._resolve()

    def _scan_all(self) -> Scan:
        start, stop = self._body = find_body(self.lines)
        scan = self._boilerplate(0, start)
        scan.extend(self._scan_head(start, stop))
        scan.extend(self._boilerplate(stop, len(self.lines)))
        return scan

    def _boilerplate(self, start: int, stop: int) -> Scan:
        scan = Scan()
        filled = [number for number in range(start, stop) if self.lines[number].strip(WHITE_SPACE)]
        if filled:
            scan.add(filled[0], Block(Kind.BOILERPLATE, filled[-1] - filled[0] + 1), None)
        return scan

    def _scan_head(self, start: int, stop: int, is_known: IsKnown | None = None) -> Scan:
        """Read the body from its start on: breaks and a header, if there is one, then the rest."""
        self._header = header = parse_header(self.lines, start, stop)
        if header.end == header.first:
            return Scanner(self.lines, stop, self.mode).scan(start, is_isolated=True, is_known=is_known)
        scan = Scanner(self.lines, header.first, self.mode).scan(start, is_isolated=True)
        block = Block(Kind.HEADER, header.end - header.first, fields=tuple(header.fields))
        scan.add(header.first, block, None)
        rest = Scanner(self.lines, stop, self.mode).scan(header.end, is_isolated=True, is_known=is_known)
        scan.extend(rest)
        return scan

    def _read_all_again(self, shift: int) -> BlockChange:
        return self._splice(0, len(self.blocks), self._scan_all(), shift)

    # Reading around a change

    def _concerns_boilerplate(self, first: int, removed: Sequence[str], added: Sequence[str]) -> bool:
        start, stop = self._body
        has_any = start > 0 or stop < len(self.lines) - len(added) + len(removed)
        is_near = first < start or first + len(removed) > stop - _MARKER_REACH
        return (has_any and is_near) or any(map(is_marker, removed)) or any(map(is_marker, added))

    def _read_around(self, first: int, added: Sequence[str], shift: int, old_stop: int) -> BlockChange:
        """Read again from a few blocks above an edit to where the old blocks fit."""
        restart = max(0, bisect_right(self.starts, first) - _LOOK_BACK)
        if any("-->" in line for line in added):
            restart = self._first_unclosed(restart)
        sync_from = max(first + len(added), self._header.end + shift)
        is_known = self._knowing(sync_from, shift)
        body_start, stop = self._body
        if restart == 0 or first < self._header.examined or self.starts[restart] < self._header.end:
            restart = bisect_left(self.starts, body_start)
            scan = self._scan_head(body_start, stop, is_known)
        else:
            line = self.starts[restart]
            is_isolated = self._was_isolated(restart)
            scan = Scanner(self.lines, stop, self.mode).scan(line, is_isolated=is_isolated, is_known=is_known)
        known = bisect_left(self.starts, scan.end - shift if scan.end < stop else old_stop)
        return self._splice(restart, known, scan, shift)

    def _knowing(self, sync_from: int, shift: int) -> IsKnown:
        """Return what tells a scan that from a line on the old blocks hold, `shift` lines further down."""

        def is_known(line: int, is_isolated: bool) -> bool:
            if line < sync_from:
                return False
            index = bisect_left(self.starts, line - shift)
            if index == len(self.starts) or self.starts[index] != line - shift:
                return False
            return self._was_isolated(index) == is_isolated

        return is_known

    def _was_isolated(self, index: int) -> bool:
        """Say whether a block was isolated above (4) before the change."""
        if index == 0 or self.mode in {WrapMode.LINES, WrapMode.INDENTED}:
            return True
        above = self.blocks[index - 1]
        has_gap = self.starts[index - 1] + above.height < self.starts[index]
        return has_gap or isolates(above, self._claims[index - 1])

    def _first_unclosed(self, before: int) -> int:
        """Return the first block before index `before` that holds the start of a comment without an end."""
        for index in self._claiming[: bisect_left(self._claiming, before)]:
            claim = self._claims[index]
            if claim is not None and claim.unclosed:
                return index
        return before

    # Putting in what was read

    def _splice(self, first: int, stop: int, scan: Scan, shift: int) -> BlockChange:
        """Put the blocks of a scan in the place of blocks[first:stop], as far as they differ, and let claims be decided."""
        first, stop, new = self._trim(first, stop, scan, shift)
        removed, removed_claims = self.blocks[first:stop], self._claims[first:stop]
        added_stop = first + len(new.blocks)
        self.blocks[first:stop] = new.blocks
        self._claims[first:stop] = new.claims
        self.starts[first:stop] = new.starts
        if shift:
            self.starts[added_stop:] = [start + shift for start in self.starts[added_stop:]]
        self._update_claiming(first, stop, new.claims)
        changed: list[int] = []
        has_claims = _has_claims(removed_claims) or _has_claims(new.claims)
        if has_claims or _has_prose(removed) != _has_prose(new.blocks):
            changed = self._resolve()
        added = tuple(self.blocks[first:added_stop])
        outside = tuple([index for index in changed if not first <= index < added_stop])
        return BlockChange(first, tuple(removed), added, shift, outside)

    def _trim(self, first: int, stop: int, scan: Scan, shift: int) -> tuple[int, int, Scan]:
        """Leave out what is the same at both ends."""
        low, high = 0, len(scan.blocks)
        while first < stop and low < high and self._is_same(first, scan, low, 0):
            first, low = first + 1, low + 1
        while first < stop and low < high and self._is_same(stop - 1, scan, high - 1, shift):
            stop, high = stop - 1, high - 1
        return first, stop, Scan(scan.starts[low:high], scan.blocks[low:high], scan.claims[low:high])

    def _is_same(self, index: int, scan: Scan, new: int, shift: int) -> bool:
        if self.starts[index] + shift != scan.starts[new]:
            return False
        old_claim, claim = self._claims[index], scan.claims[new]
        if old_claim is None and claim is None:
            return self.blocks[index] == scan.blocks[new]
        return old_claim == claim

    def _update_claiming(self, first: int, stop: int, claims: Sequence[Claim | None]) -> None:
        low, high = bisect_left(self._claiming, first), bisect_left(self._claiming, stop)
        if growth := len(claims) - (stop - first):
            self._claiming[high:] = [index + growth for index in self._claiming[high:]]
        self._claiming[low:high] = [
            first + number for number, claim in enumerate(claims) if claim is not None
        ]

    def _resolve(self) -> list[int]:
        """Decide all claims and return the indexes of the blocks that this changed."""
        indexes: list[int] = []
        claims: list[Claim] = []
        for index in self._claiming:
            claim = self._claims[index]
            if claim is not None and claim.kind is not Claims.NOTHING:
                indexes.append(index)
                claims.append(claim)
        bounds = [-1, *indexes, len(self.blocks)]
        has_text_before = [self._has_text(above + 1, below) for above, below in pairwise(bounds)]
        changed = []
        for index, claim, verdict in zip(indexes, claims, resolve(claims, has_text_before), strict=True):
            if not is_decided(self.blocks[index], claim, verdict):
                self.blocks[index] = block_for(claim, verdict)
                changed.append(index)
        return changed

    def _has_text(self, first: int, stop: int) -> bool:
        blocks = self.blocks
        return any(blocks[index].kind in PROSE for index in range(first, stop))


def _has_claims(claims: Sequence[Claim | None]) -> bool:
    return any(claim is not None and claim.kind is not Claims.NOTHING for claim in claims)


def _has_prose(blocks: Sequence[Block]) -> bool:
    return any(block.kind in PROSE for block in blocks)
