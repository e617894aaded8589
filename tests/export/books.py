"""Small books to render, and strategies for books of any kind."""

from hypothesis import strategies as st

from editor.export.book import Book, Element, Part
from editor.markup.model import Close, LineBreak, Open, Style, Text


def book(*elements, title="A Small Book", language="en", header=(), author=""):
    """Return a book of elements given as (part, text or inlines)."""
    return Book(title, language, tuple(header), tuple(element(*each) for each in elements), author)


def element(part, content=()):
    """Return an element whose content is one text or a tuple of inlines."""
    return Element(part, (Text(content),) if isinstance(content, str) else content)


def emphasis(text):
    """Return the inlines of an emphasised text."""
    return (Open(Style.EMPHASIS), Text(text), Close(Style.EMPHASIS))


def strong(text):
    """Return the inlines of a strong text."""
    return (Open(Style.STRONG), Text(text), Close(Style.STRONG))


_HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "</title>",
        "[url=http://x]",
        "[/quote]",
        "](javascript:x)",
        "~~~",
        "1. ",
        "> ",
        "From ",
        "-- ",
        "-->",
        "]]>",
        "&amp;",
        "&#0;",
        '"onload=x',
        "\x00",
        "\x1b[2J",
        "\ufffe",
        "\x85",
        "<!--",
        "\u202e",
    ]
)
words = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.text("abc <>&\"'/=é漢\u00a0", max_size=12),
    _HOSTILE,
)


@st.composite
def inline_sequences(draw, depth=2):
    """Return balanced inlines."""
    pieces = []
    for _ in range(draw(st.integers(0, 4))):
        match draw(st.sampled_from(["text", "break", "styled"] if depth else ["text"])):
            case "text":
                pieces.append(Text(draw(words)))
            case "break":
                pieces.append(LineBreak())
            case "styled":
                style = draw(st.sampled_from(list(Style)))
                pieces += [Open(style), *draw(inline_sequences(depth=depth - 1)), Close(style)]
    return tuple(pieces)


@st.composite
def books(draw):
    """Return a book of any content."""
    parts = draw(st.lists(st.sampled_from(list(Part)), max_size=8))
    elements = tuple(Element(part, () if part is Part.DINKUS else draw(inline_sequences())) for part in parts)
    header = draw(st.lists(st.tuples(words, words), max_size=2))
    return Book(
        draw(words) or "x",
        draw(st.sampled_from(["en", "de", "zh-Hant", "he"])),
        tuple(header),
        elements,
        draw(words),
    )
