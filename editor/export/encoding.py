"""The text of an export as bytes, without ever being one long string: one sign outside Latin-1 would double that."""

from collections.abc import Iterable, Iterator
from itertools import islice

_CHUNK = 1000


def encode_joined(pieces: Iterable[str], between: str) -> bytes:
    """Return `pieces` with `between` them and a line end behind the last, in UTF-8."""
    return between.encode("utf-8").join(encode_chunks(pieces, between)) + b"\n"


def encode_chunks(pieces: Iterable[str], between: str = "") -> Iterator[bytes]:
    """Yield `pieces` in UTF-8, a thousand at a time with `between` them; nothing stands between two chunks."""
    upcoming = iter(pieces)
    while chunk := list(islice(upcoming, _CHUNK)):
        yield between.join(chunk).encode("utf-8")
