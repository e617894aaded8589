"""A book as plain text for reading: filled lines or one line per paragraph, in UTF-8 with "\\n" line ends.

Emphasis is shown by marks, by capitals or not at all. Verse keeps its lines, quotations get `> `, notes to readers stand
indented, headings and scene breaks may be centred. No line ends in a space; the text ends with one line end.
Limits: control characters of the manuscript stay as they are.
"""

import re
from collections.abc import Iterator, Sequence

from editor.export.book import Book, Element, Part
from editor.export.encoding import encode_joined
from editor.export.filling import centre, fill
from editor.export.profile import BLANK, RULE, Profile
from editor.export.progress import Watch, unwatched
from editor.markup.model import Close, Inline, LineBreak, Open, Style, Text

INDENT = "    "
RULE_LINE = "-" * 24

_HEADINGS = frozenset({Part.PART, Part.CHAPTER, Part.SCENE_TITLE})
_CENTRED = _HEADINGS | {Part.TITLE, Part.END_MATTER}
_PREFIXES = {Part.VERSE: INDENT, Part.NOTE: INDENT, Part.QUOTE: "> "}
_NO_MARKS = {Style.EMPHASIS: "", Style.STRONG: ""}
_MARKS = {
    "stars": {Style.EMPHASIS: "*", Style.STRONG: "**"},
    "underscores": {Style.EMPHASIS: "_", Style.STRONG: "*"},
}
_SURROGATE = re.compile("[\ud800-\udfff]")


def render_text(book: Book, profile: Profile, watch: Watch = unwatched) -> bytes:
    """Return `book` as plain text, in UTF-8."""
    lines = list(_TextLayout(profile).lines(book, watch))
    try:
        return encode_joined(lines, "\n")
    except UnicodeEncodeError:  # half a character: nothing else cannot be written
        return encode_joined((_SURROGATE.sub("\ufffd", line) for line in lines), "\n")


class _TextLayout:
    """How the elements of a book become lines, by one profile."""

    def __init__(self, profile: Profile) -> None:
        self._width = profile.wrap_width
        self._centres = profile.centre and profile.wrap_width > 0
        self._indents = profile.paragraphs == "indented"
        self._marks = _MARKS.get(profile.marks, _NO_MARKS)
        self._shouts = profile.marks == "capitals"
        self._dinkus = {RULE: RULE_LINE, BLANK: ""}.get(profile.scene_break, profile.scene_break)

    def lines(self, book: Book, watch: Watch) -> Iterator[str]:
        """Yield the lines of the whole text."""
        above: Part | None = None
        has_title = bool(book.elements) and book.elements[0].part is Part.TITLE
        for element in book.elements[:has_title]:
            yield from self._element(element, above)
            above = Part.TITLE
        for line in self._front(book):
            if above is not None:
                yield ""
            yield line
            above = Part.TITLE
        for element in watch(book.elements[has_title:]):
            yield from self._gap(above, element.part)
            yield from self._element(element, above)
            above = element.part

    def _front(self, book: Book) -> Iterator[str]:
        """Yield what stands between title and text: the author, the fields of the story header."""
        if book.author:
            yield "\n".join(self._filled(book.author, Part.TITLE))
        if book.header:
            yield "\n".join(
                line
                for key, value in book.header
                for line in self._hanging(_on_one_line(f"{key}: {value}" if key else value), "", INDENT)
            )

    def _gap(self, above: Part | None, part: Part) -> Sequence[str]:
        """Return the lines between two elements."""
        if above is None:
            return ()
        if above is part is Part.PARAGRAPH:
            return () if self._indents else ("",)
        if above is part is Part.QUOTE:
            return (">",)
        if above is Part.TITLE or (part in _HEADINGS and above not in _HEADINGS):
            return ("", "")
        return ("",)

    def _element(self, element: Element, above: Part | None) -> Iterator[str]:
        part = element.part
        text = self._dinkus if part is Part.DINKUS else self._plain(element.inlines)
        is_indented = self._indents and above is part is Part.PARAGRAPH
        for line in text.split("\n"):
            yield from self._filled(line, part, is_indented=is_indented)
            is_indented = False

    def _filled(self, line: str, part: Part, *, is_indented: bool = False) -> Sequence[str]:
        if part is Part.PARAGRAPH:
            if not is_indented:
                return fill(line, self._width)
            first, *more = fill(line, self._width, len(INDENT))
            return [(INDENT + first).rstrip(" "), *more]
        if part in _PREFIXES:
            prefix = _PREFIXES[part]
            return self._hanging(line, prefix, prefix + INDENT if part is Part.VERSE else prefix)
        lines = fill(line, self._width)
        return [centre(each, self._width).rstrip(" ") for each in lines] if self._centres else lines

    def _hanging(self, line: str, first: str, other: str) -> list[str]:
        """Return the filled lines of `line`, after `first` on the first of them and `other` on all below it."""
        width = max(self._width - len(other), 1) if self._width else 0
        head, *more = fill(line, width, len(first) - len(other))
        return [(first + head).rstrip(" "), *((other + each).rstrip(" ") for each in more)]

    def _plain(self, inlines: Sequence[Inline]) -> str:
        if len(inlines) == 1 and isinstance(inlines[0], Text):
            return inlines[0].text
        depth = 0
        pieces = []
        for inline in inlines:
            match inline:
                case Text():
                    pieces.append(inline.text.upper() if depth and self._shouts else inline.text)
                case LineBreak():
                    pieces.append("\n")
                case Open():
                    pieces.append(self._marks[inline.style])
                    depth += 1
                case Close():
                    pieces.append(self._marks[inline.style])
                    depth -= 1
        return "".join(pieces)


def _on_one_line(text: str) -> str:
    return text.replace("\n", " ").rstrip(" ")
