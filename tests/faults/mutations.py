"""Broken files: what a bad disk, a bad program or a bad day makes of them."""

import random


def mutate(path, dice: random.Random) -> str:
    """Break the file at `path` in one of many ways; return which."""
    data = path.read_bytes()
    way = dice.choice(
        [
            "emptied",
            "cut",
            "flipped",
            "zeros",
            "random",
            "doubled",
            "inserted",
            "swapped",
            "a folder",
            "wrong text",
            "long",
        ]
    )
    place = dice.randrange(len(data) + 1)
    other = dice.randrange(len(data) + 1)
    first, last = min(place, other), max(place, other)
    match way:
        case "emptied":
            data = b""
        case "cut":
            data = data[:place]
        case "flipped":
            changed = bytearray(data)
            for _ in range(dice.randrange(1, 4)):
                if changed:
                    changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
            data = bytes(changed)
        case "zeros":
            data = data[:first] + b"\0" * (last - first) + data[last:]
        case "random":
            data = dice.randbytes(max(1, len(data)))
        case "doubled":
            data = data[:last] + data[first:]
        case "inserted":
            data = data[:place] + dice.randbytes(20) + data[place:]
        case "swapped":
            data = data[last:] + data[first:last] + data[:first]
        case "wrong text":
            data = dice.choice(
                [b"[]", b"{}", b"null", b'"x"', b"[1, 2", b"{" * 5000, b"1e999", b'{"version": 99}\n']
            )
        case "long":
            data = data + b"x" * 3_000_000
    if way == "a folder":
        path.unlink()
        path.mkdir()
        (path / "something").write_bytes(data)
    else:
        path.write_bytes(data)
    return way
