"""A book as the text of a mail that flows (RFC 3676, format=flowed): short lines everywhere, whole paragraphs where that is understood.

A line that goes on ends in a space, the last line of a paragraph does not; a line that a mail program could misread ("From ", ">") begins with
a space that the reader's program takes off. Quotations have one `>`. Limits: a word, or a text without spaces, is never cut,
however long; the header that says `format=flowed` is the mail program's part.
"""

from collections.abc import Iterable, Iterator

from editor.export.book import Book, Element, Part
from editor.export.encoding import encode_joined
from editor.export.filling import measure
from editor.export.profile import BLANK, RULE, Profile
from editor.export.progress import Watch, unwatched
from editor.export.runs import Line, stanzas_of, steps_of, tidy
from editor.markup.model import Style

WIDTH, WIDEST = 72, 78
RULE_LINE = "-" * 24

_MARKS = {
    "stars": {Style.EMPHASIS: "*", Style.STRONG: "**"},
    "underscores": {Style.EMPHASIS: "_", Style.STRONG: "*"},
}
_HEADINGS = frozenset({Part.TITLE, Part.PART, Part.CHAPTER, Part.SCENE_TITLE})
_MISREAD = (" ", ">", "From ")


def render_flowed(book: Book, profile: Profile, watch: Watch = unwatched) -> bytes:
    """Return `book` as flowed mail text, in UTF-8."""
    return encode_joined(_Flow(profile).lines(book, watch), "\n")


class _Flow:
    """How the elements of a book become lines, by one profile."""

    def __init__(self, profile: Profile) -> None:
        self._width = min(profile.wrap_width or WIDTH, WIDEST)
        self._marks = _MARKS.get(profile.marks, dict.fromkeys(Style, ""))
        self._shouts = profile.marks == "capitals"
        self._dinkus = {RULE: RULE_LINE, BLANK: ""}.get(profile.scene_break, tidy(profile.scene_break))

    def lines(self, book: Book, watch: Watch) -> Iterator[str]:
        """Yield the lines of the whole text, a blank one between any two blocks."""
        has_title = bool(book.elements) and book.elements[0].part is Part.TITLE
        is_first, above = True, Part.TITLE
        for part, block in self._blocks(book, has_title, watch):
            if not is_first:
                yield ">" if above is part is Part.QUOTE else ""
            yield from block
            is_first, above = False, part

    def _blocks(self, book: Book, has_title: bool, watch: Watch) -> Iterator[tuple[Part, list[str]]]:
        yield from self._elements(book.elements[:has_title])
        if author := tidy(book.author):
            yield Part.TITLE, self._flowed(author)
        fields = [f"{tidy(key)}: {tidy(value)}" if tidy(key) else tidy(value) for key, value in book.header]
        if any(fields):
            yield Part.TITLE, [line for field in fields if field for line in self._flowed(field.strip())]
        yield from self._elements(watch(book.elements[has_title:]))

    def _elements(self, elements: Iterable[Element]) -> Iterator[tuple[Part, list[str]]]:
        for element in elements:
            part = element.part
            if part is Part.DINKUS:
                yield part, self._flowed(self._dinkus)
                continue
            stanzas = stanzas_of(element.inlines)
            if part in _HEADINGS and stanzas:
                heading = " ".join(self._text(line) for stanza in stanzas for line in stanza)
                yield part, self._flowed(heading)
                continue
            for stanza in stanzas:
                texts = [self._text(line) for line in stanza]
                prefix = ">" if part is Part.QUOTE else ""
                yield part, [line for text in texts for line in self._flowed(text, prefix)]

    def _text(self, line: Line) -> str:
        parts: list[str] = []
        depth = 0
        for closed, opened, text in steps_of(line):
            depth += len(opened) - len(closed)
            parts += [self._marks[style] for style in (*closed, *opened)]
            parts.append(text.upper() if self._shouts and depth else text)
        return "".join(parts)

    def _flowed(self, text: str, prefix: str = "") -> list[str]:
        """Return a paragraph (one line) as lines that flow; `prefix` stands before each."""
        lines: list[str] = []
        words: list[str] = []
        width = 0
        room = self._width - len(prefix) - 1
        for word in text.split(" "):
            columns = measure(word) + 1
            if words and width + columns > room + 1 and words != ["--"]:  # "-- " alone begins a signature
                lines.append(" ".join(words) + " ")
                words, width = [], 0
            words.append(word)
            width += columns
        lines.append(" ".join(words))
        return [prefix + (" " if prefix or line.startswith(_MISREAD) else "") + line for line in lines]
