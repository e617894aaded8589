"""The small document that all word processor formats are made from: paragraphs with a look, and runs of text.

`editor.export.document_content` makes one from a `Book`, `editor.export.document_sheets` decides how it looks; the renderers write
both down in their own notation. All lengths are in points. Text is clean: no character that XML forbids, and in it a "\\n" is
a line break and a "\\t" goes to the tab stop.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


class Look(enum.StrEnum):
    """What a paragraph is, and so how it looks."""

    CONTACT = "contact"
    TITLE = "title"
    BYLINE = "byline"
    FIELDS = "fields"
    PART = "part"
    CHAPTER = "chapter"
    SCENE_TITLE = "scene title"
    FIRST = "first"  # a paragraph that does not follow another one
    BODY = "body"
    VERSE = "verse"
    QUOTE = "quote"
    NOTE = "note"
    END = "end"
    BREAK = "break"
    RULE = "rule"  # a scene break that is a line across


class Around(enum.StrEnum):
    """What stands around the text of a book."""

    HEAD = "head"
    NUMBER = "number"


class Align(enum.StrEnum):
    """Where the lines of a paragraph stand."""

    START = "start"
    END = "end"
    CENTRE = "centre"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one form."""

    text: str
    is_emphasised: bool = False
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `starts_page` if it stands at the top of a page, `starts_right` if that is a right page."""

    look: Look
    runs: tuple[Run, ...]
    starts_page: bool = False
    starts_right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a look is set.

    `line` is the height of a line in lines, `first` the indent of the first line, `tab` a tab stop for text that ends
    there (0: none), `outline` the level of a heading from 1 (0: none). `keeps_next`: never last on a page.
    `is_hyphenated`: words may be divided at the ends of its lines.
    """

    name: str
    size: float
    align: Align = Align.START
    line: float = 1.0
    first: float = 0
    left: float = 0
    right: float = 0
    above: float = 0
    below: float = 0
    tab: float = 0
    outline: int = 0
    is_italic: bool = False
    keeps_next: bool = False
    keeps_together: bool = False
    has_rule: bool = False
    is_hyphenated: bool = False


@dataclass(frozen=True, slots=True)
class Running:
    """What stands at the top or the foot of pages: a text and then the number of the page."""

    text: str
    align: Align


@dataclass(frozen=True, slots=True)
class RunningHeads:
    """What stands above the text of a book, with the number at the outer edge: on left pages and on right ones.

    `has_chapter`: on right pages the chapter's title instead. Pages on which a chapter begins have the number at the foot.
    """

    left: str
    right: str
    has_chapter: bool = False
    styles: Mapping[Around, Style] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The page and all styles.

    The first page has neither header nor footer. `first_number` is the number of that page: 1, or 0 if it is a title
    page that is not counted. `underlines`: emphasis is underlined instead of italic. `gutter` is added to the inner margin: the
    left one, or, if the sheet `is_two_sided`, that at the fold. `heads` are for renderers that know their pages, instead of header
    and footer.
    """

    width: float
    height: float
    margin: float
    font: str
    styles: Mapping[Look, Style]
    header: Running | None = None
    footer: Running | None = None
    first_number: int = 1
    underlines: bool = False
    gutter: float = 0
    is_two_sided: bool = False
    heads: RunningHeads | None = None

    @property
    def hyphenates(self) -> bool:
        """Return whether words of some paragraphs may be divided."""
        return any(style.is_hyphenated for style in self.styles.values())


@dataclass(frozen=True, slots=True)
class Document:
    """A document: what it says of itself, how it looks, and its paragraphs in order (at least one)."""

    title: str
    author: str
    language: str
    is_right_to_left: bool
    sheet: Sheet
    paragraphs: Sequence[Paragraph]
