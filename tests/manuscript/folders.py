"""Folder manuscripts made up for laws: several files, each written in a style of its own."""

from hypothesis import strategies as st

from editor.manuscript.manuscript import Manuscript
from editor.markup.lines import BOUNDARY, CUTS_LABEL, is_boundary
from tests.manuscript.generated import SOMETIMES, Writer, styles


def files_of(lines: list[str]) -> dict[str, list[str]]:
    """Return the lines of each file by its label; every file is there once."""
    files: dict[str, list[str]] = {}
    for line in lines:
        if is_boundary(line):
            assert line[1:] not in files
            files[line[1:]] = []
        else:
            list(files.values())[-1].append(line)
    assert all(files.values())
    return files


@st.composite
def folders(draw, *, has_cuts=SOMETIMES):
    """Return a manuscript of two to four files; every paragraph is unique."""
    lines: list[str] = []
    modes = {}
    number = count = 0
    for index in range(draw(st.integers(2, 4))):
        style = draw(styles(has_scene_headings=st.just(False)))
        writer = Writer(draw, style)
        writer.count = count
        for _ in range(draw(st.sampled_from([1, 1, 2, 0]))):
            number += 1
            if writer.lines:
                writer.blank(2)
            writer.chapter(number, draw(st.integers(0, 3)))
        if draw(st.booleans()) or not writer.lines:
            writer.lines.append("")
        label = f"file-{index + 1}.txt"
        modes[label] = style.mode
        lines += [BOUNDARY + label, *writer.lines]
        count = writer.count
    if draw(has_cuts):
        lines += [BOUNDARY + CUTS_LABEL, ""]
    return Manuscript(lines, modes=modes)
