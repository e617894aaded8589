"""Small books to render, and strategies for books of any kind."""

from hypothesis import strategies as st

from editor.export.book import Book, Element, Part
from editor.export.package import clean
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


HOSTILE = '</title><script>alert("1")</script>&#0;]]>\x00\x1b\ud800\ufffe\n"\'\\{\\par}'


def novel():
    """Return a book with everything in it."""
    return book(
        (Part.TITLE, "The Weir & the <Lamp>"),
        (Part.NOTE, "A/N: late"),
        (Part.PART, "Part One"),
        (Part.CHAPTER, emphasis("Low Water")),
        (Part.PARAGRAPH, (Text("She "), *emphasis("never"), Text(" said "), *strong("no"), Text("."))),
        (Part.DINKUS,),
        (Part.SCENE_TITLE, "Night"),
        (Part.QUOTE, "Dear M,"),
        (Part.QUOTE, "come."),
        (Part.VERSE, (Text("Low water"), LineBreak(), Text("slow water"))),
        (Part.CHAPTER, "Chapter Two"),
        (Part.PARAGRAPH, "Rain."),
        (Part.PART, "Part Two"),
        (Part.PART, "Part Three"),
        (Part.CHAPTER, "Chapter Three"),
        (Part.END_MATTER, "The End"),
        title="The Weir & the <Lamp>",
        language="en-GB",
        author="M. R. Anders",
    )


def hostile():
    """Return a book that would like to be something else."""
    return book(
        (Part.TITLE, HOSTILE),
        (Part.CHAPTER, HOSTILE),
        (Part.PARAGRAPH, HOSTILE),
        (Part.DINKUS,),
        (Part.CHAPTER, ()),
        (Part.PARAGRAPH, ()),
        (Part.CHAPTER, "\u200b \n"),
        (Part.VERSE, (LineBreak(), LineBreak())),
        title=HOSTILE,
        header=[(HOSTILE, HOSTILE), ("", "x")],
        author=HOSTILE,
        language="en-ab-cd-ef",
    )


def words_of(a_book):
    """Return what a reader is to see of a book but for scene breaks, in order and without white space."""

    def plain(each):
        return "".join(inline.text for inline in each.inlines if isinstance(inline, Text))

    elements = list(map(plain, a_book.elements))
    head = 1 if a_book.elements and a_book.elements[0].part is Part.TITLE else 0
    front = [a_book.author, *(f"{key}: {value}" if key else value for key, value in a_book.header)]
    return squeeze("".join([*elements[:head], *front, *elements[head:]]))


def squeeze(text):
    """Return a text as packages hold it, without white space."""
    return "".join(clean(text).split())
