"""Manuscripts of any size to measure with: word salad in plausible paragraphs, the same for the same size.

One paragraph a line, blank lines between, a chapter about every 25,000 characters, four or five scenes to a chapter,
dialogue, emphasis (also glued to dots), dashes as people type them.
"""

import random
import re
import textwrap
from itertools import accumulate
from pathlib import Path

_LISTS = {
    name: text.split("|")
    for name, text in {
        "thing": "kettle|ledger|window|orchard|ferry|coat|bell|letter|attic|harbour|lantern|cousin|piano|verdict|pocket|"
        "garden|sergeant|bicycle|winter|staircase|parcel|widow|timetable|rope|bakery|map|quarrel|uncle|ribbon|platform",
        "kind": "narrow|borrowed|unlit|second-hand|patient|crooked|salt-stained|forgotten|honest|yellow|cheap|"
        "rain-soaked|famous|careful|lopsided|enormous",
        "person": "Imre|Wanda|Castell|Bo|Perpetua|Yusuf|Hedda|Lorne|Anouk|Silas",
        "deed": "carried|counted|mislaid|opened|mended|sold|described|forgave|painted|followed|inherited|weighed|pawned|"
        "buried|recognised",
        "place": "behind the chapel|on the night train|under the stairs|at the end of the pier|in the second drawer|"
        "before the thaw|across the whole of Tuesday|as far as the customs house|without a word|for the children's sake",
        "remark": "I never said so|You might have asked|It was like that when I found it|Not in front of the curate|"
        "Then who is in the boat|Count them again|Nobody wears a hat like that by accident|She has my umbrella",
    }.items()
}
_TURNS = (", and ", ", but ", " - ", "--", "... ", "; ", " because ", ", since ")

_NUMBERS = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"]

UNITS = {"k": 1_000, "m": 1_000_000}


def parse_size(text: str) -> int:
    """Return the number of characters in "15k" or "6m"."""
    match = re.fullmatch(r"(\d+)([km]?)", text.strip().lower())
    if not match:
        raise ValueError(f"not a size: {text}")
    return int(match[1]) * UNITS.get(match[2], 1)


def write_manuscript(size: int) -> str:
    """Return a manuscript of about `size` characters."""
    chance = random.Random(size)
    sentences = [_sentence(chance) for _ in range(1500)]
    pieces: list[str] = []
    length = chapter = 0
    while length < size:
        chapter += 1
        label = _NUMBERS[chapter - 1] if chapter <= len(_NUMBERS) else str(chapter)
        blocks = [f"Chapter {label}"]
        for scene in range(chance.choice((4, 4, 5))):
            blocks += ["* * *"] * bool(scene)
            blocks += [_paragraph(chance, sentences) for _ in range(chance.randint(12, 24))]
        for block in _take(blocks, size - length):
            pieces.append(block)
            length += len(block) + 2
    return "\n\n".join(pieces) + "\n"


def write_wrapped(size: int, width: int = 72) -> str:
    """Return a manuscript of about `size` characters whose paragraphs are broken into lines of `width`."""
    return "\n".join(textwrap.fill(line, width) for line in write_manuscript(size).split("\n"))


def write_folder(folder: Path, text: str, count: int) -> None:
    """Write `text` as about `count` files into `folder`, each beginning with a chapter heading where there are enough."""
    folder.mkdir(parents=True)
    chapters = re.split(r"(?m)^(?=Chapter )", text)[1:]
    step = max(1, -(-len(chapters) // count))
    pieces = ["".join(chapters[start : start + step]) for start in range(0, len(chapters), step)]
    for number, piece in enumerate(pieces, 1):
        folder.joinpath(f"{number:03} chapter.txt").write_text(piece, encoding="utf-8")


def _take(blocks: list[str], room: int) -> list[str]:
    """Return the first blocks that fit in `room` characters, one at least."""
    ends = accumulate(len(block) + 2 for block in blocks)
    return blocks[: max(1, sum(end <= room for end in ends) + 1)]


def _draw(chance: random.Random, kind: str) -> str:
    return chance.choice(_LISTS[kind])


def _sentence(chance: random.Random) -> str:
    clauses = [_clause(chance) for _ in range(chance.choice((1, 1, 2, 2, 3)))]
    text = clauses[0] + "".join(chance.choice(_TURNS) + clause for clause in clauses[1:])
    return text[0].upper() + text[1:] + chance.choice((".", ".", ".", ".", "?", "..."))


def _clause(chance: random.Random) -> str:
    subject = _draw(chance, "person") if chance.random() < 0.6 else f"the {_draw(chance, 'thing')}"
    thing = _draw(chance, "thing")
    draw = chance.random()
    if draw < 0.06:
        thing = f"*{thing}*"
    elif draw < 0.08:
        thing = f"...so *{thing}*...that"
    elif draw < 0.5:
        thing = f"{_draw(chance, 'kind')} {thing}"
    return f"{subject} {_draw(chance, 'deed')} the {thing} {_draw(chance, 'place')}"


def _paragraph(chance: random.Random, sentences: list[str]) -> str:
    if chance.random() < 0.4:
        remark = _draw(chance, "remark")
        return f'"{remark}," said {_draw(chance, "person")}. "{chance.choice(sentences)}"'
    return " ".join(chance.choices(sentences, k=chance.choice((1, 2, 3, 4, 6, 9))))
