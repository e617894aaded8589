"""Manuscripts and what two writers make of them, for tests of merging."""

from dataclasses import dataclass

from hypothesis import strategies as st

from editor.markup.lines import BOUNDARY

BREAK = ["", "* * *", ""]
Scenes = list[list[str]]


def prose(name: str) -> str:
    """Return a paragraph that tells itself apart."""
    return f"This is the paragraph that everybody here calls {name}."


def scene(number: int, paragraphs: int = 3) -> list[str]:
    """Return the paragraphs of a scene."""
    return [prose(f"{number}.{paragraph}") for paragraph in range(paragraphs)]


def chapter(scenes: Scenes) -> list[str]:
    """Return scenes as lines, a break between each two; blank lines between paragraphs."""
    lines: list[str] = []
    for number, paragraphs in enumerate(scenes):
        lines += BREAK if number else []
        lines += [line for paragraph in paragraphs for line in (paragraph, "")][:-1] if paragraphs else []
    return lines


def book(files: dict[str, Scenes]) -> list[str]:
    """Return files of scenes as the lines of one manuscript."""
    return [line for label, scenes in files.items() for line in (BOUNDARY + label, *chapter(scenes), "")]


@dataclass(frozen=True)
class Versions:
    """A manuscript and what the two sides made of it."""

    base: list[str]
    mine: list[str]
    theirs: list[str]


@st.composite
def edited(draw, base: list[str], name: str, steps: int = 4):
    """Return lines after some steps: paragraphs changed, taken out, put in, and stretches moved; boundaries are let be."""
    lines = list(base)
    for step in range(draw(st.integers(0, steps))):
        texts = [number for number, line in enumerate(lines) if not line.startswith(BOUNDARY)]
        if not texts:
            break
        at = draw(st.sampled_from(texts))
        kind = draw(st.sampled_from(["change", "take out", "put in", "move"]))
        if kind == "change":
            lines[at] = prose(f"{name}, changed in step {step}")
        elif kind == "put in":
            lines[at:at] = [prose(f"{name}, new in step {step}"), ""]
        else:
            end = at + 1
            while end < len(lines) and end < at + 6 and not lines[end].startswith(BOUNDARY):
                end += 1
            end = draw(st.integers(at + 1, end))
            taken, lines[at:end] = lines[at:end], []
            if kind == "move":
                place = draw(st.integers(1 if lines and lines[0].startswith(BOUNDARY) else 0, len(lines)))
                lines[place:place] = taken
    return lines


@st.composite
def rearranged(draw, lines: list[str]):
    """Return lines with their files in another order, under other names, joined or split."""
    lines = list(lines)
    for step in range(draw(st.integers(1, 3))):
        tops = [number for number, line in enumerate(lines) if line.startswith(BOUNDARY)]
        files = [lines[top:end] for top, end in zip(tops, [*tops[1:], len(lines)], strict=True)]
        kind = draw(st.sampled_from(["reorder", "rename", "join", "split"]))
        if kind == "reorder":
            files = draw(st.permutations(files))
        elif kind == "rename":
            draw(st.sampled_from(files))[0] = f"{BOUNDARY}renamed {step}.txt"
        elif kind == "join" and len(files) > 1:
            del files[draw(st.integers(1, len(files) - 1))][0]
        elif kind == "split":
            file = draw(st.sampled_from(files))
            if len(file) > 2:
                file.insert(draw(st.integers(2, len(file) - 1)), f"{BOUNDARY}split {step}.txt")
        lines = [line for file in files for line in file]
    return lines


@st.composite
def rearranged_versions(draw):
    """Return versions of which mine has other files."""
    either = draw(versions(max_files=3).filter(lambda each: each.base[0].startswith(BOUNDARY)))
    return Versions(either.base, draw(rearranged(either.mine)), either.theirs)


@st.composite
def versions(draw, max_files: int = 3):
    """Return two edited versions of a manuscript of up to `max_files` files; one without boundaries if that is 0."""
    count = draw(st.integers(0, max_files))
    number = 0
    files: dict[str, Scenes] = {}
    for file in range(count or 1):
        scenes = draw(st.integers(1, 3))
        files[f"{file}.txt"] = [scene(number + each, 2) for each in range(scenes)]
        number += scenes
    base = book(files) if count else chapter(files["0.txt"])
    return Versions(base, draw(edited(base, "mine")), draw(edited(base, "theirs")))


SHORT = st.lists(st.sampled_from(["", "a", "b", "c", "* * *", BOUNDARY + "x", BOUNDARY + "y"]), max_size=12)
"""Hostile texts: lines that stand there often, boundaries too."""
