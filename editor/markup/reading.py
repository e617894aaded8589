"""From the lines of one file to its blocks: boilerplate (4.1), head (4.2, 4.3), and the body between.

Here is kept what the blocks cannot say: where the body lies, where the header ends and how far it was looked for, and which
bare numbers are known to be none. All lines are numbered as in the manuscript, of which the file is a part.
"""

from collections.abc import Sequence
from dataclasses import replace

from editor.markup.characters import WHITE_SPACE
from editor.markup.claims import Claim, Scanned
from editor.markup.header import Header, parse_header
from editor.markup.headings import NumberStyle
from editor.markup.matter import find_body, is_marker
from editor.markup.model import Block, Kind, WrapMode
from editor.markup.resolution import decide
from editor.markup.scanning import NO_PLAIN_NUMBERS, IsKnown, PlainNumbers, Scan, Scanner

_MARKER_REACH = 31  # lines above the end marker in which its first line may stand (4.1)


class Reading:
    """Reads the blocks of one file, which is lines[first:end] of a manuscript.

    `label` is what its boundary says; None if it has none. `top` is the line of the boundary, or its first. `lines` may change
    between two readings if `end` and `stop` are kept true.
    """

    def __init__(
        self,
        lines: Sequence[str],
        mode: WrapMode,
        first: int = 0,
        end: int | None = None,
        label: str | None = None,
    ) -> None:
        self._lines = lines
        self.mode = mode
        self.first = first
        self.end = len(lines) if end is None else end
        self.label = label
        self.plain_numbers = NO_PLAIN_NUMBERS
        self.limit: int | None = None  # read no more lines than these, as if the file ended there
        self.start = first  # the first line that is not boilerplate
        self.stop = self.end  # the first line of the boilerplate at the end
        self.header = Header()

    @property
    def top(self) -> int:
        """The line of the file's boundary, or its first line if it has none."""
        return self.first - (self.label is not None)

    def move(self, shift: int) -> None:
        """Take note that the file stands `shift` lines further down."""
        self.first += shift
        self.end += shift
        self.start += shift
        self.stop += shift
        header = self.header
        self.header = replace(
            header, first=header.first + shift, end=header.end + shift, examined=header.examined + shift
        )

    def read_everything(self) -> Scan:
        """Read the whole file, as far as `limit`."""
        start, stop = find_body(self._own_lines())
        self.start, self.stop = self.first + start, self.first + stop
        scan = self._boilerplate(self.first, self.start)
        scan.extend(self.read_head())
        if self.limit is None:
            scan.extend(self._boilerplate(self.stop, self.end))
        scan.end = self.end
        return scan

    def read_head(self, is_known: IsKnown | None = None) -> Scan:
        """Read the body from its start on: breaks and a header, if there is one, then the rest."""
        self.header = header = parse_header(self._lines, self.start, self.stop)
        if header.end == header.first:
            return self.read_from(self.start, is_joined=False, is_known=is_known)
        scan = Scanner(self._lines, header.first, self.mode).scan(self.start, is_joined=False)
        block = Block(Kind.HEADER, header.end - header.first, fields=tuple(header.fields))
        scan.add(header.first, block, None)
        scan.extend(self.read_from(header.end, is_joined=False, is_known=is_known))
        return scan

    def read_from(self, line: int, *, is_joined: bool, is_known: IsKnown | None = None) -> Scan:
        """Read the body from a line on that starts a block, behind the header."""
        scanner = Scanner(self._lines, self.stop, self.mode, self.plain_numbers)
        return scanner.scan(line, is_joined=is_joined, is_known=is_known)

    def read_block(self, line: int) -> Scanned:
        """Read the one block of the body that starts at a line with a blank line above it."""
        return Scanner(self._lines, self.stop, self.mode, self.plain_numbers).read_block(line)

    def concerns_boilerplate(self, first: int, removed: Sequence[str], added: Sequence[str]) -> bool:
        """Say whether boilerplate may start or end elsewhere once the lines `removed` from `first` on are `added`.

        `end` is still what it was before the change.
        """
        has_any = self.start > self.first or self.stop < self.end
        is_near = first < self.start or first + len(removed) > self.stop - _MARKER_REACH
        return (has_any and is_near) or any(map(is_marker, removed)) or any(map(is_marker, added))

    def _own_lines(self) -> Sequence[str]:
        end = self.end if self.limit is None else min(self.end, self.first + self.limit)
        is_all = self.first == 0 and end == len(self._lines)
        return self._lines if is_all else self._lines[self.first : end]

    def _boilerplate(self, start: int, stop: int) -> Scan:
        scan = Scan()
        filled = [number for number in range(start, stop) if self._lines[number].strip(WHITE_SPACE)]
        if filled:
            scan.add(filled[0], Block(Kind.BOILERPLATE, filled[-1] - filled[0] + 1), None)
        scan.end = stop
        return scan


def joined_numbers(scan: Scan) -> bool:
    """Say whether some bare number of a scan stands beside text."""
    return any(map(is_joined_number, scan.claims))


def learn_plain_numbers(scan: Scan, known: PlainNumbers) -> PlainNumbers:
    """Return which numbers a reading of the whole manuscript shows to be no headings, besides those `known` before."""
    refused, granted = _judged_beside_text(scan)
    inside = known.inside | refused
    anywhere = inside - granted - (known.inside - known.anywhere)
    return PlainNumbers(inside, anywhere)


def is_joined_number(claim: Claim | None) -> bool:
    """Say whether a claim is that of a bare number beside text, or of text with numbers inside."""
    return claim is not None and (
        (claim.number is not None and claim.is_joined) or bool(claim.numbers_inside)
    )


def _judged_beside_text(scan: Scan) -> tuple[frozenset[NumberStyle], frozenset[NumberStyle]]:
    """Return the styles of the numbers beside text that are no headings, and those of all numbers that are."""
    claiming = [index for index, claim in enumerate(scan.claims) if claim is not None]
    refused: set[NumberStyle] = set()
    granted: set[NumberStyle] = set()
    for _, claim, verdict in decide(scan.blocks, scan.claims, claiming):
        if claim.number is not None and (verdict.is_granted or claim.is_joined):
            (granted if verdict.is_granted else refused).add(claim.number.of_style)
    return frozenset(refused), frozenset(granted)
