"""Words with their emphasis in the tags of HTML, for web pages and for e-books.

What differs between the two is given: how text is escaped, and how a line break is written.
"""

from collections.abc import Callable, Sequence

from editor.markup.model import Close, Inline, LineBreak, Open, Style, Text

_TAGS: dict[type[Inline], dict[Style, str]] = {
    Open: {Style.EMPHASIS: "<em>", Style.STRONG: "<strong>"},
    Close: {Style.EMPHASIS: "</em>", Style.STRONG: "</strong>"},
}


def tag_inlines(inlines: Sequence[Inline], escape: Callable[[str], str], line_break: str) -> str:
    """Return `inlines` as the content of an element; every text goes through `escape`."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return escape(inlines[0].text)
    pieces: list[str] = []
    for inline in inlines:
        match inline:
            case Text():
                pieces.append(escape(inline.text))
            case LineBreak():
                pieces.append(line_break)
            case Open() | Close():
                pieces.append(_TAGS[type(inline)][inline.style])
    return "".join(pieces)
