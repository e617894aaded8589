"""Lines of a text (section 2): what ends one, and when one is blank.

Limits: `str.splitlines` and `str.isspace` know more line ends and more white space than the specification does and are
used nowhere in this room.
"""

import re

from editor.markup.characters import WHITE_SPACE

BOUNDARY = "\r"
"""What a file boundary begins with in the lines of a manuscript; behind it stands the file's label.

No line of a file can begin so, because a carriage return ends a line.
"""

CUTS_LABEL = "cuts.txt"
"""The label of the file with what was taken out of the book; it stands last and is judged by itself."""

_LINE_END = re.compile(r"\r\n|\n|\r")


def split_lines(text: str) -> list[str]:
    """Split `text` at CR LF, LF and CR and nowhere else; "a\\n" gives ["a", ""], "" gives [""]."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def split_line_ends(text: str) -> tuple[list[str], list[str]]:
    """Return the lines of `text` and, equally many, the end of each: "\\r\\n", "\\n" or "\\r", and "" for the last."""
    lines = split_lines(text)
    if "\r" not in text:
        return lines, ["\n"] * (len(lines) - 1) + [""]
    return lines, [*_LINE_END.findall(text), ""]


def is_blank(line: str) -> bool:
    """Say whether a line is all white space."""
    return not line.strip(WHITE_SPACE)


def is_boundary(line: str) -> bool:
    """Say whether a line of a manuscript is a file boundary: it belongs to no file's text."""
    return line.startswith(BOUNDARY)


def is_comment_line(trimmed: str) -> bool:
    """Say whether a trimmed line is, or may begin, a private comment (4.4)."""
    return trimmed.startswith(("%%", "<!--", "[["))
