"""The files of a manuscript among its lines: each is read as a text of its own, numbers are judged over all of them.

A file is headed by its boundary line (`editor.markup.lines`); a manuscript of one file has none. What a file decides for
itself is boilerplate, header, wrap mode and what its first lines mean; which numbers are headings (4.6e) and what levels mean
(4.6g) is decided over the whole manuscript, the cuts file aside, which is judged by itself.

Limits: text above the first boundary, which the window never lets stand, is read as a file without a label.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from editor.markup.claims import Claim, Claims
from editor.markup.lines import BOUNDARY
from editor.markup.model import Block, Kind, Level, WrapMode
from editor.markup.reading import Reading, is_joined_number, joined_numbers, learn_plain_numbers
from editor.markup.scanning import NO_PLAIN_NUMBERS, Scan
from editor.markup.wrapping import detect_mode


class FileReadings:
    """The readings of all files of `lines`, in order; each knows its `label` (None: a manuscript of one file)."""

    def __init__(
        self, lines: list[str], modes: Mapping[str | None, WrapMode], limit: int | None = None
    ) -> None:
        """Take the lines, which the owner changes; `modes` are known wrap modes by label, the others are detected.

        `limit`: read no more than so many lines, those at the top.
        """
        self._lines = lines
        self._limit = limit
        self._modes: dict[str | None, WrapMode] = dict(modes)
        self._plain_numbers = NO_PLAIN_NUMBERS
        self._has_joined_numbers = False
        self.files = self._divide(0, len(lines), None)

    @property
    def modes(self) -> dict[str | None, WrapMode]:
        """The wrap mode of each file there is, by label."""
        return {reading.label: reading.mode for reading in self.files}

    def expect(self, label: str, mode: WrapMode) -> None:
        """Take note of the wrap mode of a file that will come."""
        self._modes[label] = mode

    def set_mode(self, reading: Reading, mode: WrapMode) -> None:
        """Read a file by another wrap mode from the next reading on."""
        self._modes[reading.label] = reading.mode = mode

    def at(self, line: int) -> Reading:
        """Return the file that `line` belongs to; a line that is put before a boundary belongs to the file above."""
        return self.files[self._index_at(line)]

    def read_all(self) -> Scan:
        """Read all files.

        In `indented` a number on a line of its own may be the last line of a paragraph. So the text is first read as if all
        numbers were headings; if the whole manuscript says that some are not, such files are read again, until that shows
        no more of them (a number below a number that turned out to be text is beside text itself).
        """
        self._plain_numbers = NO_PLAIN_NUMBERS
        scans = [self._read(reading) for reading in self.files]
        self._has_joined_numbers = any(
            joined_numbers(scan)
            for reading, scan in zip(self.files, scans, strict=True)
            if reading.mode is WrapMode.INDENTED
        )
        while self._has_joined_numbers:
            known = self._plain_numbers
            self._plain_numbers = learn_plain_numbers(_joined(scans), known)
            if self._plain_numbers == known:
                break
            scans = [
                self._read(reading) if reading.mode is WrapMode.INDENTED else scan
                for reading, scan in zip(self.files, scans, strict=True)
            ]
        return _joined(scans)

    def read(self, reading: Reading) -> Scan:
        """Read one file again, its boundary included."""
        return self._read(reading)

    def shift_after(self, reading: Reading, shift: int) -> None:
        """Take note that `reading` has grown by `shift` lines, so that all files below have moved."""
        reading.end += shift
        if shift and reading is not self.files[-1]:
            for below in self.files[self.files.index(reading) + 1 :]:
                below.move(shift)

    def is_above_all(self, line: int) -> bool:
        """Say whether `line` is, or a line put there would be, above the first boundary."""
        top = self.files[0]
        return line <= top.top if top.label is not None else len(self.files) > 1 and line <= top.end

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Return the lines from the top to the end of the files that an edit of the lines [first, end) concerns."""
        low, high = self._indexes(first, end)
        return self.files[low].top, self.files[high].end

    def replace(self, first: int, end: int, shift: int) -> Scan:
        """Divide anew where boundaries came, went or changed, and read the files that the edit concerns.

        `first` and `end` are the edited lines as numbered before, `shift` is by how much the text has grown.
        """
        low, high = self._indexes(first, end)
        old = self.files[low : high + 1]
        top, bottom = old[0].top, old[-1].end + shift
        new = self._divide(top, bottom, old)
        for below in self.files[high + 1 :]:
            below.move(shift)
        self.files[low : high + 1] = new
        if not self.files:
            self.files = self._divide(0, len(self._lines), old)
            new = self.files
        scan = _joined([self._read(reading) for reading in new])
        scan.end = bottom
        return scan

    def must_read_all(self, near: Sequence[Claim | None], *, must_decide: bool) -> bool:
        """Say whether an edit may mean that paragraphs elsewhere are cut at their numbers, or no longer.

        `near` are the claims of the blocks around it, before and after; `must_decide`: it changed claims, or what is between.
        """
        if self._has_joined_numbers:
            return must_decide or any(map(_has_number, near))
        is_indented = any(file.mode is WrapMode.INDENTED for file in self.files)
        return must_decide and is_indented and any(map(is_joined_number, near))

    def _read(self, reading: Reading) -> Scan:
        reading.plain_numbers = self._plain_numbers
        scan = Scan()
        if reading.label is not None:
            block = Block(Kind.BOUNDARY, 1, reading.label, ((0, 1),), level=Level.FILE)
            scan.add(reading.top, block, Claim(Claims.BOUNDARY, block, block))
        scan.extend(reading.read_everything())
        return scan

    def _divide(self, top: int, bottom: int, old: Sequence[Reading] | None) -> list[Reading]:
        """Return the files among the lines [top, bottom); `old` are those that were there before."""
        lines = self._lines
        tops = [line for line, text in enumerate(lines[top:bottom], top) if text.startswith(BOUNDARY)]
        spans = [(line, line + 1, end) for line, end in pairwise([*tops, bottom])]
        above = tops[0] if tops else bottom
        if above > top or (not tops and (old is None or top == 0)):
            spans.insert(0, (top, top, above))
        readings: list[Reading] = []
        for line, first, end in spans:
            label = lines[line][1:] if first > line else None
            kin = readings[-1] if readings else None
            if old is not None and len(old) == len(spans):
                kin = old[len(readings)]  # under another label
            mode = self._mode_of(label, first, end, old, kin)
            readings.append(Reading(lines, mode, first, end, label))
            if self._limit is not None:
                readings[-1].limit = max(0, self._limit - first)
        return readings

    def _mode_of(
        self,
        label: str | None,
        first: int,
        end: int,
        old: Sequence[Reading] | None,
        kin: Reading | None,
    ) -> WrapMode:
        """Return the mode that is known; a file that is split off keeps that of its text, any other is detected."""
        mode = self._modes.get(label)
        if mode is None and old is not None:
            there = kin.mode if kin is not None else old[0].mode
            mode = there if label is not None else None
        if mode is None:
            end = end if self._limit is None else min(end, first + self._limit)
            is_all = first == 0 and end == len(self._lines)
            mode = detect_mode(self._lines if is_all else self._lines[first:end])
        self._modes[label] = mode
        return mode

    def _index_at(self, line: int) -> int:
        index = bisect_right(self.files, line, key=lambda reading: reading.first) - 1
        return max(0, index)

    def _indexes(self, first: int, end: int) -> tuple[int, int]:
        """Return the first and the last file that an edit of the lines [first, end) concerns."""
        low = self._index_at(first)
        return low, max(low, bisect_right(self.files, end, key=lambda reading: reading.top) - 1)


def _joined(scans: Sequence[Scan]) -> Scan:
    whole = Scan()
    for scan in scans:
        whole.extend(scan)
    return whole


def _has_number(claim: Claim | None) -> bool:
    return claim is not None and (claim.number is not None or bool(claim.numbers_inside))
