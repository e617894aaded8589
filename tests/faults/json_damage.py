"""Broken copies of a small JSON file of our own, always the same ones for a number."""

import json
import os
import random

ODD = [
    None,
    True,
    -1,
    0,
    10**30,
    10**400,
    1e308,
    "",
    "x",
    "\0",
    "\ud800",
    "\u202e",
    [],
    {},
    [[]],
    [None],
    {"": None},
    "/" * 5000,
]


def damage(path, number: int) -> None:
    """Put the broken copy of that number in place of the file at `path`."""
    rng = random.Random(number)
    data = path.read_bytes()
    kind = number % 10
    if kind == 0:
        _replace_by_something_else(path, number // 10)
    elif kind == 1:
        path.write_bytes(data[: rng.randrange(len(data))])
    elif kind == 2:
        path.write_bytes(rng.randbytes(rng.randrange(1, 3000)))
    elif kind == 3:
        path.write_bytes(_with_flips(data, rng))
    elif kind == 4:
        path.write_bytes(data + data)
    else:
        path.write_text(json.dumps(_with_odd_values(json.loads(data), rng, 1 + number % 3)))


def _replace_by_something_else(path, number):
    path.unlink()
    kind = number % 7
    if kind == 0:
        path.mkdir()
        (path / "inside").touch()
    elif kind == 1:
        path.touch()
        os.truncate(path, 100 * 1024 * 1024)
    elif kind == 2:
        path.symlink_to(path)
    elif kind == 3 and hasattr(os, "mkfifo"):
        os.mkfifo(path)
    else:
        path.write_bytes([b"", b"\0" * 4096, b"[" * 100_000][kind - 4] if kind > 3 else b"")


def _with_flips(data, rng):
    changed = bytearray(data)
    for _ in range(rng.randrange(1, 6)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _with_odd_values(table, rng, count):
    """Put odd values in place of some, at any depth."""
    for _ in range(count):
        at, key = table, None
        while isinstance(at, dict) and at and (key is None or rng.random() < 0.6):
            key = rng.choice(sorted(at))
            if not isinstance(at[key], dict) or not at[key] or rng.random() < 0.4:
                break
            at = at[key]
        if isinstance(at, dict) and key is not None:
            at[key] = rng.choice(ODD)
    return table
