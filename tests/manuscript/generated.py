"""Manuscripts made up for the laws of the structural commands, in the styles that writers use."""

from dataclasses import dataclass

from hypothesis import strategies as st

from editor.manuscript.manuscript import Manuscript
from editor.markup.model import WrapMode

BREAKS = ["* * *", "++++++++++++++++", "~~~~~", "-=-=-", "***", "#", "~o~", "<hr>"]
WEAK = {"#", "~o~"}
SOMETIMES = st.booleans()


@dataclass(frozen=True)
class Style:
    """How a made-up manuscript is written.

    `breaks` are used in turn. `air`: blank lines around breaks; without it only where the grammar needs them.
    """

    mode: WrapMode
    breaks: tuple[str, ...]
    air: int
    heading: str  # with {} for the number
    blank_after_heading: int
    scene_headings: str | None  # with {}; some scenes have one


@st.composite
def styles(draw, *, has_scene_headings=SOMETIMES, is_uniform=SOMETIMES):
    mode = draw(st.sampled_from(WrapMode))
    count = 1 if draw(is_uniform) else 3
    breaks = tuple(draw(st.lists(st.sampled_from(BREAKS), min_size=count, max_size=count)))
    is_packed = mode in {WrapMode.LINES, WrapMode.INDENTED} and draw(st.booleans())
    air = 0 if is_packed else draw(st.sampled_from([0, 1, 1, 2]))
    if not is_packed and WEAK & set(breaks):
        air = max(air, 1)
    return Style(
        mode,
        breaks,
        air,
        draw(st.sampled_from(["Chapter {}", "/Chapter {}/", "## Name {}", "Chapter {}: Of Rain"])),
        0 if is_packed else draw(st.sampled_from([1, 1, 2])),
        draw(st.sampled_from(["### Scene {}", "*** Later {} ***"])) if draw(has_scene_headings) else None,
    )


class Writer:
    """Writes one manuscript; every paragraph is unique."""

    def __init__(self, draw, style: Style) -> None:
        self.draw, self.style = draw, style
        self.lines: list[str] = []
        self.count = 0
        self.breaks = 0
        self.indent = "    " if style.mode is WrapMode.INDENTED else ""
        self.is_packed = style.blank_after_heading == 0

    def chance(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == 1

    def blank(self, count: int = 1) -> None:
        if not self.is_packed:
            self.lines += [""] * count

    def paragraph(self) -> None:
        self.count += 1
        self.lines.append(
            f"{self.indent}Paragraph {self.count} is about the rain, and about what it fell on."
        )
        if self.style.mode is not WrapMode.LINES and self.chance(3):
            self.lines.append(f"It goes on for a line, number {self.count}.")

    def scene_break(self) -> None:
        self.lines += [""] * self.style.air
        self.lines.append(self.style.breaks[self.breaks % len(self.style.breaks)])
        self.lines += [""] * self.style.air
        self.breaks += 1

    def scene(self, *, is_first: bool) -> None:
        heading = self.style.scene_headings if self.chance(2) else None
        if not is_first:
            if heading:
                self.blank()
            else:
                self.scene_break()
        elif self.chance(8):
            self.lines.append(f"{self.indent}A/N: thanks for waiting!")
            self.blank()
        if heading:
            self.count += 1
            self.lines.append(heading.format(self.count))
            self.blank()
        if self.chance(4):
            comment = self.draw(st.sampled_from(["[[status: draft]]", "[[pov: Mara]]", "[[mind the rope]]"]))
            self.lines.append(f"{self.indent}{comment}")
            self.blank()
        for number in range(self.draw(st.integers(1, 3))):
            if number:
                self.blank()
            self.paragraph()
        if self.chance(6):
            self.blank()
            self.lines.append(f"{self.indent}[[check the tide here]]")

    def chapter(self, number: int, scenes: int) -> None:
        self.lines.append(self.style.heading.format(number))
        self.blank(self.style.blank_after_heading)
        for index in range(scenes):
            self.scene(is_first=not index)


@st.composite
def manuscripts(draw, style=None, *, smallest_chapter=0, has_end_matter=SOMETIMES, has_parts=SOMETIMES):
    """Return a manuscript; its chapters hold from `smallest_chapter` to four scenes."""
    style = draw(styles()) if style is None else draw(style)
    writer = Writer(draw, style)
    if draw(st.booleans()):
        writer.lines.append("++++++++++++++++")
    number = 0
    for part in range(2 if draw(has_parts) else 1):
        if part or writer.chance(6):
            writer.blank(2)
            writer.lines.append(f"Part {part + 1}")
            writer.blank()
        for chapter in range(draw(st.integers(1, 3))):
            number += 1
            if chapter:
                writer.blank(2)
            writer.chapter(number, draw(st.integers(smallest_chapter, 4)))
    if draw(has_end_matter):
        writer.scene_break()
        writer.lines.append(f"To Be Concluded in Chapter {number + 1}")
    if draw(st.booleans()):
        writer.lines.append("")
    return Manuscript(writer.lines, style.mode)
