"""A text with its blocks, kept true while the text changes; of one file, or of several with boundaries between them.

Blocks are found in two steps. A *scan* (`scanning`) reads lines with regard to their neighbours only, so after an edit it
starts a few blocks above and stops where the old blocks fit again. What depends on the whole text (which numbers are
headings, what a level means, where a text ends) stays a claim; `resolution` decides all claims together, and only when a
claim, or text between two claims, came or went. A key in an ordinary paragraph costs the same in any text.

Limits: an edit at a boilerplate marker (4.1), or (in `indented`) near a number that is the last line of a paragraph, reads the
whole text again.
"""

import copy
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from editor.markup.claims import Claim, Claims, block_for, is_decided
from editor.markup.files import FileReadings
from editor.markup.lines import is_boundary
from editor.markup.model import PROSE, Block, WrapMode
from editor.markup.reading import Reading
from editor.markup.resolution import decide
from editor.markup.rewording import reworded
from editor.markup.scanning import IsKnown, Scan, joins_below

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

    def __init__(
        self,
        lines: Sequence[str],
        mode: WrapMode | None = None,
        modes: Mapping[str | None, WrapMode] | None = None,
        limit: int | None = None,
    ) -> None:
        """Read `lines`, or of them the first `limit`: below those all is taken for blank. A wrap mode that is given neither as `mode` (of one file) nor in `modes` (by label) is detected."""
        self.lines: list[str] = list(lines)
        known: dict[str | None, WrapMode] = {**(modes or {})}
        if mode is not None:
            known[None] = WrapMode(mode)
        self._files = FileReadings(self.lines, known, limit)
        self.blocks: list[Block] = []
        self.starts: list[int] = []
        self._claims: list[Claim | None] = []
        self._claiming: list[int] = []  # indexes of the blocks with a claim
        self._read_all()

    @property
    def files(self) -> Sequence[Reading]:
        """The files in order: each says its `label`, `top`, `first` line, `end` and `mode`."""
        return self._files.files

    @property
    def mode(self) -> WrapMode:
        """The wrap mode of the first file."""
        return self._files.files[0].mode

    @property
    def modes(self) -> dict[str | None, WrapMode]:
        """The wrap mode of each file, by label (None: the only one)."""
        return self._files.modes

    def file_at(self, line: int) -> Reading:
        """Return the file that a line belongs to, its boundary included."""
        is_top = line < len(self.lines) and is_boundary(self.lines[line])
        return self._files.at(line + is_top)

    def expect_file(self, label: str, mode: WrapMode) -> None:
        """Take note of the wrap mode of a file whose text is about to be put in."""
        self._files.expect(label, mode)

    def twin(self) -> "MarkedText":
        """Return a copy that can be edited; blocks and claims, which never change, are shared."""
        own = (self.lines, self.blocks, self.starts, self._claims, self._claiming)
        return copy.deepcopy(self, {id(value): list(value) for value in own})

    def block_at(self, line: int) -> int | None:
        """Return the index of the block that covers `line`, or None."""
        index = bisect_right(self.starts, line) - 1
        return index if index >= 0 and line < self.starts[index] + self.blocks[index].height else None

    def block_from(self, line: int) -> int:
        """Return the index of the first block that starts at or after `line`; len(blocks) if none does."""
        return bisect_left(self.starts, line)

    def set_mode(self, mode: WrapMode, line: int = 0) -> None:
        """Read the file that `line` belongs to again by another wrap mode."""
        self._files.set_mode(self.file_at(line), mode)
        self._read_all()

    def replace_lines(self, first: int, count: int, lines: Sequence[str]) -> BlockChange:
        """Replace `count` lines from `first` on by `lines`, and return what that did to the blocks."""
        removed = self.lines[first : first + count]
        shift = len(lines) - len(removed)
        concerns_boundary = any(map(is_boundary, removed)) or any(map(is_boundary, lines))
        if concerns_boundary or self._files.is_above_all(first):
            return self._replace_files(first, count, lines, shift)
        file = self._files.at(first)
        concerns_boilerplate = file.concerns_boilerplate(first, removed, lines)
        old_end = file.end
        self.lines[first : first + count] = lines
        self._files.shift_after(file, shift)
        if concerns_boilerplate:
            block, stop = bisect_left(self.starts, file.top), bisect_left(self.starts, old_end)
            return self._splice(block, stop, self._files.read(file), shift)
        index = bisect_left(self.starts, first)
        if shift == 0 and len(lines) == 1 and self.starts[index : index + 1] == [first]:
            old = self.blocks[index]
            new = reworded(file, self.lines, first, index, blocks=self.blocks, claims=self._claims)
            if new is not None:
                self.blocks[index] = new
                is_same = old == new
                return BlockChange(index, () if is_same else (old,), () if is_same else (new,), 0)
        return self._read_around(file, first, lines, shift)

    def _replace_files(self, first: int, count: int, lines: Sequence[str], shift: int) -> BlockChange:
        """Replace lines where a boundary comes, goes or changes: the files around it are read again."""
        top, bottom = self._files.span(first, first + count)
        block, stop = bisect_left(self.starts, top), bisect_left(self.starts, bottom)
        self.lines[first : first + count] = lines
        scan = self._files.replace(first, first + count, shift)
        return self._splice(block, stop, scan, shift)

    def _read_all(self) -> None:
        scan = self._files.read_all()
        self.starts, self.blocks, self._claims = scan.starts, scan.blocks, scan.claims
        self._claiming = [index for index, claim in enumerate(self._claims) if claim is not None]
        self._decide()

    def _read_around(self, file: Reading, first: int, added: Sequence[str], shift: int) -> BlockChange:
        """Read again from a few blocks above an edit, in its file, to where the old blocks fit."""
        header_end, old_stop = file.header.end, file.stop
        file.stop += shift
        head = bisect_left(self.starts, file.start)
        restart = max(head, bisect_right(self.starts, first) - _LOOK_BACK)
        if any("-->" in line for line in added):
            restart = max(head, self._first_unclosed(head, restart))
        is_known = self._knowing(max(first + len(added), header_end + shift), shift)
        if restart == head or first < file.header.examined or self.starts[restart] < header_end:
            restart = head
            scan = file.read_head(is_known)
        else:
            was_joined = self._was_joined(restart)
            scan = file.read_from(self.starts[restart], is_joined=was_joined, is_known=is_known)
        known = bisect_left(self.starts, scan.end - shift if scan.end < file.stop else old_stop)
        return self._splice(restart, known, scan, shift)

    def _knowing(self, sync_from: int, shift: int) -> IsKnown:
        """Return what tells a scan that from a line on the old blocks hold, `shift` lines further down."""

        def is_known(line: int, is_joined: bool) -> bool:
            if line < sync_from:
                return False
            index = bisect_left(self.starts, line - shift)
            if index == len(self.starts) or self.starts[index] != line - shift:
                return False
            return self._was_joined(index) == is_joined

        return is_known

    def _was_joined(self, index: int) -> bool:
        """Say whether a block stood right below text before the change."""
        if index == 0:
            return False
        above = self.blocks[index - 1]
        has_gap = self.starts[index - 1] + above.height < self.starts[index]
        return not has_gap and joins_below(above, self._claims[index - 1])

    def _first_unclosed(self, first: int, before: int) -> int:
        """Return the first of blocks[first:before] that holds the start of a comment without an end, or `before`."""
        low, high = bisect_left(self._claiming, first), bisect_left(self._claiming, before)
        for index in self._claiming[low:high]:
            claim = self._claims[index]
            if claim is not None and claim.unclosed:
                return index
        return before

    def _splice(self, first: int, stop: int, scan: Scan, shift: int) -> BlockChange:
        """Put what a scan read in the place of blocks[first:stop], as far as it differs, and decide what hangs on it."""
        near = [*self._claims[first:stop], *scan.claims]
        first, stop, new = self._trim(first, stop, scan, shift)
        must_decide = self._must_decide(first, stop, new)
        if self._files.must_read_all(near, must_decide=must_decide):
            first, stop, new = self._trim(0, len(self.blocks), self._files.read_all(), shift)
            must_decide = True
        removed = tuple(self.blocks[first:stop])
        added_stop = first + len(new.blocks)
        self.blocks[first:stop] = new.blocks
        self._claims[first:stop] = new.claims
        self.starts[first:stop] = new.starts
        if shift:
            self.starts[added_stop:] = map(shift.__add__, self.starts[added_stop:])
        self._update_claiming(first, stop, new.claims)
        changed = self._decide() if must_decide else []
        outside = tuple([index for index in changed if not first <= index < added_stop])
        return BlockChange(first, removed, tuple(self.blocks[first:added_stop]), shift, outside)

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

    def _must_decide(self, first: int, stop: int, new: Scan) -> bool:
        """Say whether what is taken out and put in may change what claims anywhere become."""
        if any(map(_matters, self._claims[first:stop])) or any(map(_matters, new.claims)):
            return True
        return _has_prose(self.blocks[first:stop]) != _has_prose(new.blocks)

    def _update_claiming(self, first: int, stop: int, claims: Sequence[Claim | None]) -> None:
        low, high = bisect_left(self._claiming, first), bisect_left(self._claiming, stop)
        if growth := len(claims) - (stop - first):
            self._claiming[high:] = [index + growth for index in self._claiming[high:]]
        self._claiming[low:high] = [
            first + number for number, claim in enumerate(claims) if claim is not None
        ]

    def _decide(self) -> list[int]:
        """Let all claims be decided and return the indexes of the blocks that this changed."""
        changed = []
        for index, claim, verdict in decide(self.blocks, self._claims, self._claiming):
            if not is_decided(self.blocks[index], claim, verdict):
                self.blocks[index] = block_for(claim, verdict)
                changed.append(index)
        return changed


def _matters(claim: Claim | None) -> bool:
    return claim is not None and (claim.kind is not Claims.NOTHING or bool(claim.numbers_inside))


def _has_prose(blocks: Sequence[Block]) -> bool:
    return any(block.kind in PROSE for block in blocks)
