"""The values that the grammar produces: blocks of a manuscript and spans of a paragraph.

Rules: the markup specification, summarised in `editor/README.md`. Section numbers in this room are its.

A *line* is one line of the file without its line end; line numbers count from 0 inside the program (and from 1 for
people). A *block* covers one or more whole lines. A block knows nothing about where it stands, so a block that an edit
did not touch is the same value before and after; `editor.markup.text.MarkedText` keeps the line numbers.

A block's *content* is what the writer meant without its wrapping: indentation, quote markers and heading wrappers are
taken off, its lines joined by "\\n". Spans are positions in the content; `Block.columns` leads back to the source.
"""

import enum
from dataclasses import dataclass, field


class Kind(enum.StrEnum):
    """What a block is (section 4)."""

    PARAGRAPH = "paragraph"
    VERSE = "verse"
    QUOTE = "quote"
    NOTE = "note"  # to the reader (4.8)
    END_MATTER = "end"  # 4.9
    BREAK = "break"  # 4.5, idle or not
    HEADING = "heading"  # 4.6; `level` says which
    HEADER = "header"  # 4.2 and 4.3; `fields` holds it
    COMMENT = "comment"  # 4.4: the writer's own, with or without scene facts
    BOILERPLATE = "boilerplate"  # 4.1
    CONTENTS = "contents"  # 4.6h
    BOUNDARY = "boundary"  # the line that heads a file; its content is the file's label


PROSE = frozenset({Kind.PARAGRAPH, Kind.VERSE, Kind.QUOTE})
"""The kinds that make a scene exist and that are counted."""


class Level(enum.IntEnum):
    """What a heading opens (4.6); a file is opened by its boundary."""

    FILE = -1
    TITLE = 0
    PART = 1
    CHAPTER = 2
    SCENE = 3


class WrapMode(enum.StrEnum):
    """What a line break inside a block of text means (section 3)."""

    BLOCKS = "blocks"
    WRAPPED = "wrapped"
    INDENTED = "indented"
    LINES = "lines"


NOT_COUNTED = -1


@dataclass(frozen=True, slots=True)
class Block:
    """One block.

    `height` is its number of source lines. `columns[i]` is (line inside the block, column in that line) where line i of
    `content` starts in the source; content lines are verbatim source from there on. A heading with a subtitle (4.6d) has
    two content lines. A heading's content is its core (4.6c-e) or its ATX, setext or label text.
    `reflows`: line breaks inside are joined (3, reflowing); otherwise each is a hard break.
    `facts` are scene facts (4.4), keys in lower
    case, in order. `fields` are the keys and values of a header.
    """

    kind: Kind
    height: int
    content: str = ""
    columns: tuple[tuple[int, int], ...] = ((0, 0),)
    reflows: bool = False
    level: Level | None = None
    facts: tuple[tuple[str, str], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    _words: int = field(default=NOT_COUNTED, init=False, repr=False, compare=False)

    @property
    def words(self) -> int:
        """How many words it has by section 7, 0 for everything that is not prose; counted when first asked for."""
        if self._words == NOT_COUNTED:
            from editor.markup.words import count_content_words

            words = count_content_words(self.content, self.reflows) if self.kind in PROSE else 0
            object.__setattr__(self, "_words", words)
        return self._words


class SpanKind(enum.StrEnum):
    """What a span of a paragraph is (section 6)."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    STRONG_EMPHASIS = "strong emphasis"
    COMMENT = "comment"  # [[...]]
    ESCAPE = "escape"  # backslash and one character
    URL = "url"
    LINE_BREAK = "line break"  # <br>, or a backslash before a line break


@dataclass(frozen=True, slots=True)
class Span:
    """One span of a block's content, in code points from its start, half open.

    The marks are content[start:inner_start] and content[inner_end:end]; what they enclose is
    content[inner_start:inner_end]. For atoms (comment, url, line break) the inner range is what a reader would call
    the text of it (an escape's character, a whole url, nothing for a comment or a line break).
    """

    kind: SpanKind
    start: int
    end: int
    inner_start: int
    inner_end: int


class Style(enum.StrEnum):
    """What marked text means to a reader."""

    EMPHASIS = "emphasis"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Text:
    """Characters for the reader. `is_literal`: from an escape or a URL, so typography leaves them alone (section 9)."""

    text: str
    is_literal: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """Marked text starts."""

    style: Style


@dataclass(frozen=True, slots=True)
class Close:
    """Marked text ends; always that of the last `Open` not yet closed."""

    style: Style


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A hard line break."""


Inline = Text | Open | Close | LineBreak
"""A block's content, resolved, is a sequence of these: marks gone, comments gone, escapes resolved, lines joined or
broken, runs of spaces and tabs one space, nothing but balanced `Open` and `Close` around `Text` and `LineBreak`."""
