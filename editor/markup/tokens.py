"""The token types of a manuscript, for Pygments and for the themes of the window.

Subtypes are ours; a Pygments style that does not know them falls back to their parents.
"""

from pygments.token import Comment, Generic, Name, Punctuation, String, Text
from pygments.token import _TokenType as TokenType

from editor.markup.model import Block, Kind, Level, SpanKind

HEADING = Generic.Heading
SCENE_HEADING = Generic.Subheading
EMPHASIS = Generic.Emph
STRONG = Generic.Strong
STRONG_EMPHASIS = Generic.EmphStrong
PROSE = Text
VERSE = Text.Verse
QUOTE = Text.Quote
NOTE = Text.Note
END_MATTER = Text.End
CONTENTS = Text.Contents
ADDRESS = Text.Address
SPACE = Text.Whitespace
MARK = Punctuation.Mark
SCENE_BREAK = Punctuation.SceneBreak
ESCAPE = String.Escape
COMMENT = Comment
SCENE_FACT = Comment.Special
BOILERPLATE = Comment.Preproc
HEADER_KEY = Name.Attribute
HEADER_VALUE = String

_OF_KIND = {
    Kind.PARAGRAPH: PROSE,
    Kind.VERSE: VERSE,
    Kind.QUOTE: QUOTE,
    Kind.NOTE: NOTE,
    Kind.END_MATTER: END_MATTER,
    Kind.BREAK: SCENE_BREAK,
    Kind.HEADING: HEADING,
    Kind.HEADER: HEADER_VALUE,
    Kind.COMMENT: COMMENT,
    Kind.BOILERPLATE: BOILERPLATE,
    Kind.CONTENTS: CONTENTS,
}

OF_ATOM = {
    SpanKind.COMMENT: COMMENT,
    SpanKind.ESCAPE: ESCAPE,
    SpanKind.URL: ADDRESS,
    SpanKind.LINE_BREAK: MARK,
}


def token_of_block(block: Block) -> TokenType:
    """Return the type of a block's ordinary characters."""
    if block.kind is Kind.HEADING and block.level is Level.SCENE:
        return SCENE_HEADING
    if block.kind is Kind.COMMENT and block.facts:
        return SCENE_FACT
    return _OF_KIND[block.kind]


__all__ = ["OF_ATOM", "TokenType", "token_of_block"]
