"""A book as HTML for the form of a site, in the few tags that the site lets through, so that nothing of it is changed there.

Two sets of tags: those of Archive of Our Own, whose rules for paragraphs leave this form alone (each element one line, nothing empty, no
white space at the edges of a paragraph or beside a line break, never two line breaks in a row), and the few that every site takes.
Limits: no attribute but `align`; control characters are dropped.
"""

import html
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from editor.export.book import Book, Element, Part
from editor.export.encoding import encode_joined
from editor.export.page_frame import PAGE_END, attribute, escape
from editor.export.profile import BLANK, IMPORT, RULE, Profile
from editor.export.progress import Watch, unwatched
from editor.export.runs import Line, stanzas_of, steps_of, tidy
from editor.markup.model import Style

Tags = tuple[str, str]

_HEADINGS = frozenset({Part.TITLE, Part.PART, Part.CHAPTER, Part.SCENE_TITLE})


@dataclass(frozen=True, slots=True)
class _Set:
    """The tags of a site: of styles, of parts (a paragraph where nothing is said), of runs of equal parts."""

    styles: Mapping[Style, str]
    parts: Mapping[Part, Tags]
    groups: Mapping[Part, Tags]


_PARAGRAPH = ("<p>", "</p>")
_CENTRED = ('<p align="center">', "</p>")
_BOLD = ("<p><b>", "</b></p>")
_QUOTATION = ("<blockquote>", "</blockquote>")

_SETS = {
    "ao3": _Set(
        styles={Style.EMPHASIS: "em", Style.STRONG: "strong"},
        parts={
            Part.TITLE: ("<h2>", "</h2>"),
            Part.PART: ("<h2>", "</h2>"),
            Part.CHAPTER: ("<h3>", "</h3>"),
            Part.SCENE_TITLE: ("<h4>", "</h4>"),
            Part.END_MATTER: _CENTRED,
            Part.DINKUS: _CENTRED,
        },
        groups={Part.QUOTE: _QUOTATION, Part.NOTE: _QUOTATION},
    ),
    "few": _Set(
        styles={Style.EMPHASIS: "i", Style.STRONG: "b"}, parts=dict.fromkeys(_HEADINGS, _BOLD), groups={}
    ),
}


def render_posting(book: Book, profile: Profile, watch: Watch = unwatched) -> bytes:
    """Return `book` as HTML in the tags of the profile, in UTF-8; for an import as a whole page, because a site fetches it."""
    form = _Form(_SETS[profile.tags], profile.scene_break, is_import=profile.header == IMPORT)
    if profile.header != IMPORT:
        return encode_joined(form.blocks(book, watch), "\n\n")
    head = (
        f'<!DOCTYPE html>\n<html lang="{attribute(book.language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(book.title)}</title>\n</head>\n<body>\n"
    )
    return head.encode("utf-8") + encode_joined(form.blocks(book, watch), "\n\n") + f"{PAGE_END}\n".encode()


class _Form:
    """How elements become blocks of HTML, each on one line."""

    def __init__(self, tags: _Set, scene_break: str, *, is_import: bool) -> None:
        self._tags = tags
        self._between, self._after = ("<br>\n", "\n</p>") if is_import else ("<br>", "</p>")
        start, end = tags.parts.get(Part.DINKUS, _PARAGRAPH)
        dinkus = {RULE: "<hr>", BLANK: "<p>&nbsp;</p>"}
        self._dinkus = dinkus.get(scene_break, f"{start}{_escape(tidy(scene_break))}{end}")

    def blocks(self, book: Book, watch: Watch) -> Iterator[str]:
        """Yield the blocks of the whole text."""
        has_title = bool(book.elements) and book.elements[0].part is Part.TITLE
        yield from self._runs(book.elements[:has_title])
        if author := tidy(book.author):
            yield f"<p>{_escape(author)}</p>"
        fields = [f"{tidy(key)}: {tidy(value)}" if tidy(key) else tidy(value) for key, value in book.header]
        if any(fields):
            lines = [_escape(field.strip()) for field in fields if field]
            yield "<p>" + self._between.join(lines) + self._after
        yield from self._runs(watch(book.elements[has_title:]))

    def _runs(self, elements: Iterable[Element]) -> Iterator[str]:
        for part, run in groupby(elements, key=attrgetter("part")):
            blocks = [block for element in run for block in self._element(element)]
            if part in self._tags.groups and blocks:
                start, end = self._tags.groups[part]
                yield start + "".join(blocks) + end
            else:
                yield from blocks

    def _element(self, element: Element) -> Iterator[str]:
        part = element.part
        if part is Part.DINKUS:
            yield self._dinkus
            return
        start, end = self._tags.parts.get(part, _PARAGRAPH)
        stanzas = stanzas_of(element.inlines)
        if part in _HEADINGS and stanzas:
            stanzas = [[line for stanza in stanzas for line in stanza]]
        for stanza in stanzas:
            between = " " if part in _HEADINGS else "<br>"
            yield start + between.join(map(self._line, stanza)) + end

    def _line(self, line: Line) -> str:
        if len(line) == 1 and not line[0].styles:
            return _escape(line[0].text)
        names = self._tags.styles
        return "".join(
            "".join(f"</{names[style]}>" for style in closed)
            + "".join(f"<{names[style]}>" for style in opened)
            + _escape(text)
            for closed, opened, text in steps_of(line)
        )


def _escape(text: str) -> str:
    return html.escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text
