"""The text of an export as bytes, without ever being one long string: one sign outside Latin-1 would double that."""

from collections.abc import Iterable
from itertools import islice

_CHUNK = 1000


def encode_joined(pieces: Iterable[str], between: str) -> bytes:
    """Return `pieces` with `between` them and a line end behind the last, in UTF-8."""
    upcoming = iter(pieces)
    chunks: list[bytes] = []
    while chunk := list(islice(upcoming, _CHUNK)):
        chunks.append(between.join(chunk).encode("utf-8"))
    return between.encode("utf-8").join(chunks) + b"\n"
