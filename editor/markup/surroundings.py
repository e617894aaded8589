"""The lines around a line: what its own characters cannot say (section 4: "isolated")."""

from collections.abc import Sequence

from editor.markup.breaks import is_escaped, is_strong_break
from editor.markup.characters import WHITE_SPACE
from editor.markup.headings import is_keyword_line, parse_atx
from editor.markup.lines import is_blank, is_comment_line
from editor.markup.model import WrapMode


class Surroundings:
    """The lines that blocks are read from, as far as `stop`, and what stands around each.

    `lines` is not copied and must not change while this lives.
    """

    def __init__(self, lines: Sequence[str], stop: int, mode: WrapMode) -> None:
        self.lines = lines
        self.stop = stop
        self.mode = mode
        self.is_always_isolated = mode in {WrapMode.LINES, WrapMode.INDENTED}
        self._no_comment_end_from = stop  # no line from here on holds "-->"

    def indent(self, line: int) -> int:
        """Return the column of the first character that is not white space."""
        text = self.lines[line]
        return len(text) - len(text.lstrip(WHITE_SPACE))

    def is_gap(self, line: int) -> bool:
        """Say whether a line is blank or past the end."""
        return line >= self.stop or is_blank(self.lines[line])

    def is_isolated_below(self, line: int) -> bool:
        """Say whether the line below is blank, the end, a strong break, or would be an ATX or keyword heading."""
        if self.is_always_isolated or self.is_gap(line + 1):
            return True
        return is_strong_break(self.lines[line + 1]) or self.is_heading(line + 1)

    def is_heading(self, line: int) -> bool:
        """Say whether a line would be an ATX or keyword heading if it were isolated above."""
        text = self.lines[line]
        trimmed = text.strip(WHITE_SPACE)
        if not trimmed or is_escaped(trimmed) or is_comment_line(trimmed):
            return False
        return parse_atx(text) is not None or is_keyword_line(trimmed)

    def comment_end(self, line: int) -> int | None:
        """Return the line with the first "-->" after the "<!--" that begins `line`, or None (4.4)."""
        if "-->" in self.lines[line].strip(WHITE_SPACE)[4:]:
            return line
        for number in range(line + 1, self._no_comment_end_from):
            if "-->" in self.lines[number]:
                return number
        self._no_comment_end_from = min(self._no_comment_end_from, line + 1)
        return None
