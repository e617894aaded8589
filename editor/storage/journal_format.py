"""How a journal is written down: one record a line, each with its checksum and its number.

    1f0c3a77 [0, "journal", {"version": 1, "owner": {...}, "path": "...", "base": "....base", ...}]
    9b1d2e00 [1, "typed", 41, 17, 0, "a"]                     line, column, characters removed, text put in
    77aa0d31 [2, "lines", [[41, 2, ["one line", "another"]]]]    first line, lines removed, lines put in; all in old numbers
    0c8810fe [3, "caret", 41, 18]

A record counts only if its line is whole, its checksum is right and its number is the next one; what follows a broken one is
not read. A record that was written twice counts once. Lines and columns are those of the manuscript (code points); a surrogate
is written as if UTF-8 could carry it, so any text comes back as it was.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from editor.manuscript.differences import common_prefix
from editor.manuscript.edits import Position

VERSION = 1
Record = list[Any]
Hunk = tuple[int, int, Sequence[str]]
"""First line, number of lines removed, lines put in."""


def encode_record(number: int, *body: object) -> bytes:
    """Return one record as the bytes of its line."""
    # Not escaped: what reads JSON takes two escaped surrogates that stand together for one character.
    payload = json.dumps([number, *body], separators=(",", ":"), ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )
    return b"%08x %b\n" % (zlib.crc32(payload), payload)


def read_records(data: bytes) -> tuple[list[Record], bool]:
    """Return the records, without their numbers, up to the first that is broken or missing, and whether whole lines follow it.

    A last line without an end is what a crash leaves; a whole line that is no record is damage.
    """
    records: list[Record] = []
    for line in data.split(b"\n")[:-1]:
        record = _decoded(line)
        if record is None or record[0] > len(records):
            return records, True
        if record[0] == len(records):
            records.append(record[1:])
    return records, False


def _decoded(line: bytes) -> Record | None:
    checksum, _, payload = line.partition(b" ")
    try:
        if len(checksum) != 8 or int(checksum, 16) != zlib.crc32(payload):
            return None
        record = json.loads(payload.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None
    is_record = isinstance(record, list) and len(record) > 1 and isinstance(record[0], int)
    return record if is_record else None


def body_of(hunks: Sequence[Hunk], removed: Sequence[Sequence[str]]) -> tuple[object, ...]:
    """Return the body of the record for a change, as short as it can be said.

    `removed` are the lines that each hunk removed.
    """
    if len(hunks) == 1 and len(removed[0]) == len(hunks[0][2]) == 1:
        line, old, new = hunks[0][0], removed[0][0], hunks[0][2][0]
        ahead = common_prefix(old, new)
        behind = common_prefix(old[ahead:][::-1], new[ahead:][::-1])
        return ("typed", line, ahead, len(old) - ahead - behind, new[ahead : len(new) - behind])
    return ("lines", [[first, count, list(lines)] for first, count, lines in hunks])


@dataclass(frozen=True, slots=True)
class Replayed:
    """The text that a journal leads to. `is_whole`: every record that was read could be applied."""

    lines: list[str]
    caret: Position | None
    is_whole: bool


def replay(base: Sequence[str], records: Sequence[Record]) -> Replayed:
    """Return `base` after the changes in `records`, up to the first that does not fit it."""
    lines, caret = list(base), None
    for record in records:
        try:
            caret = _apply(lines, record) or caret
        except (ValueError, TypeError, IndexError):
            return Replayed(lines, caret, is_whole=False)
    return Replayed(lines, caret, is_whole=True)


def _apply(lines: list[str], record: Record) -> Position | None:
    """Apply one record; return where the caret is then. Raise ValueError, TypeError or IndexError if it does not fit."""
    match record:
        case ["typed", int(line), int(column), int(removed), str(text)]:
            old = lines[_checked(line, len(lines))]
            end = _checked(column + removed, len(old) + 1)
            lines[line] = old[: _checked(column, end + 1)] + text + old[end:]
            return Position(line, column + len(text))
        case ["lines", list(hunks)]:
            return _apply_hunks(lines, [(first, count, list(new)) for first, count, new in hunks])
        case ["caret", int(line), int(column)]:
            return Position(line, column)
        case _:
            return None  # of a later version: nothing that changes the text


def _apply_hunks(lines: list[str], hunks: Sequence[tuple[int, int, list[str]]]) -> Position | None:
    end = 0
    for first, count, new in hunks:
        if first < end or count < 0 or not all(isinstance(line, str) for line in new):
            raise ValueError
        end = _checked(first + count, len(lines) + 1)
    for first, count, new in reversed(hunks):
        lines[first : first + count] = new
    if not hunks:
        return None
    growth = sum(len(new) - count for _, count, new in hunks[:-1])
    first, _, new = hunks[-1]
    last = max(0, first + growth + len(new) - 1)
    return Position(last, len(new[-1]) if new else 0)


def _checked(number: int, limit: int) -> int:
    if not 0 <= number < limit:
        raise ValueError(number)
    return number
