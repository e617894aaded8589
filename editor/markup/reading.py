"""From the lines of a whole text to its blocks: boilerplate (4.1), head (4.2, 4.3), and the body between.

Here is kept what the blocks cannot say: where the body lies, where the header ends and how far it was looked for, and which
bare numbers are known to be none.
"""

from collections.abc import Sequence

from editor.markup.characters import WHITE_SPACE
from editor.markup.claims import Claim
from editor.markup.header import Header, parse_header
from editor.markup.headings import NumberStyle
from editor.markup.matter import find_body, is_marker
from editor.markup.model import Block, Kind, WrapMode
from editor.markup.resolution import decide
from editor.markup.scanning import NO_PLAIN_NUMBERS, IsKnown, PlainNumbers, Scan, Scanner

_MARKER_REACH = 31  # lines above the end marker in which its first line may stand (4.1)


class Reading:
    """Reads the blocks of `lines`, which may change between two readings if `shift_end` is told."""

    def __init__(self, lines: Sequence[str], mode: WrapMode) -> None:
        self._lines = lines
        self._mode = mode
        self._plain_numbers = NO_PLAIN_NUMBERS
        self._has_joined_numbers = False
        self.start = 0  # the first line that is not boilerplate
        self.stop = len(lines)  # the first line of the boilerplate at the end
        self.header = Header()

    def read_all(self) -> Scan:
        """Read the whole text.

        In `indented` a number on a line of its own may be the last line of a paragraph. So the text is first read as if all
        numbers were headings; if the whole text says that some are not, it is read again, until that shows no more of them
        (a number below a number that turned out to be text is beside text itself).
        """
        self._plain_numbers = NO_PLAIN_NUMBERS
        scan = self._read_everything()
        if self._mode is WrapMode.INDENTED:
            self._has_joined_numbers = any(map(_is_joined_number, scan.claims))
            while self._has_joined_numbers and self._learn_plain_numbers(scan):
                scan = self._read_everything()
        return scan

    def read_head(self, is_known: IsKnown | None = None) -> Scan:
        """Read the body from its start on: breaks and a header, if there is one, then the rest."""
        self.header = header = parse_header(self._lines, self.start, self.stop)
        if header.end == header.first:
            return self.read_from(self.start, is_joined=False, is_known=is_known)
        scan = Scanner(self._lines, header.first, self._mode).scan(self.start, is_joined=False)
        block = Block(Kind.HEADER, header.end - header.first, fields=tuple(header.fields))
        scan.add(header.first, block, None)
        scan.extend(self.read_from(header.end, is_joined=False, is_known=is_known))
        return scan

    def read_from(self, line: int, *, is_joined: bool, is_known: IsKnown | None = None) -> Scan:
        """Read the body from a line on that starts a block, behind the header."""
        scanner = Scanner(self._lines, self.stop, self._mode, self._plain_numbers)
        return scanner.scan(line, is_joined=is_joined, is_known=is_known)

    def must_read_all(self, near: Sequence[Claim | None], *, must_decide: bool) -> bool:
        """Say whether an edit may mean that paragraphs elsewhere are cut at their numbers, or no longer.

        `near` are the claims of the blocks around it, before and after; `must_decide`: it changed claims, or what is between.
        """
        if self._has_joined_numbers:
            return must_decide or any(map(_has_number, near))
        return must_decide and self._mode is WrapMode.INDENTED and any(map(_is_joined_number, near))

    def concerns_boilerplate(self, first: int, removed: Sequence[str], added: Sequence[str]) -> bool:
        """Say whether boilerplate may start or end elsewhere once the lines `removed` from `first` on are `added`."""
        has_any = self.start > 0 or self.stop < len(self._lines) - len(added) + len(removed)
        is_near = first < self.start or first + len(removed) > self.stop - _MARKER_REACH
        return (has_any and is_near) or any(map(is_marker, removed)) or any(map(is_marker, added))

    def _learn_plain_numbers(self, scan: Scan) -> bool:
        """Take in which numbers a reading shows to be no headings, and say whether that is news."""
        known = self._plain_numbers
        refused, granted = _judged_beside_text(scan)
        inside = known.inside | refused
        anywhere = inside - granted - (known.inside - known.anywhere)
        self._plain_numbers = PlainNumbers(inside, anywhere)
        return self._plain_numbers != known

    def _read_everything(self) -> Scan:
        self.start, self.stop = find_body(self._lines)
        scan = self._boilerplate(0, self.start)
        scan.extend(self.read_head())
        scan.extend(self._boilerplate(self.stop, len(self._lines)))
        return scan

    def _boilerplate(self, start: int, stop: int) -> Scan:
        scan = Scan()
        filled = [number for number in range(start, stop) if self._lines[number].strip(WHITE_SPACE)]
        if filled:
            scan.add(filled[0], Block(Kind.BOILERPLATE, filled[-1] - filled[0] + 1), None)
        return scan


def _is_joined_number(claim: Claim | None) -> bool:
    return claim is not None and (
        (claim.number is not None and claim.is_joined) or bool(claim.numbers_inside)
    )


def _has_number(claim: Claim | None) -> bool:
    return claim is not None and (claim.number is not None or bool(claim.numbers_inside))


def _judged_beside_text(scan: Scan) -> tuple[frozenset[NumberStyle], frozenset[NumberStyle]]:
    """Return the styles of the numbers beside text that are no headings, and those of all numbers that are."""
    claiming = [index for index, claim in enumerate(scan.claims) if claim is not None]
    refused: set[NumberStyle] = set()
    granted: set[NumberStyle] = set()
    for _, claim, verdict in decide(scan.blocks, scan.claims, claiming):
        if claim.number is not None and (verdict.is_granted or claim.is_joined):
            (granted if verdict.is_granted else refused).add(claim.number.of_style)
    return frozenset(refused), frozenset(granted)
