"""How the tests of this folder write down what a reader gets, and the texts that the laws are tried on."""

from hypothesis import strategies as st

from editor.markup.inlines import resolve_content
from editor.markup.model import Close, LineBreak, Open, Style, Text
from editor.markup.spans import parse_spans

TAGS = {Style.EMPHASIS: "em", Style.STRONG: "strong"}


def written(inlines):
    """Write inlines as `<em>x</em>`, `<strong>`, `<br>`, everything else as it is."""
    parts = []
    for inline in inlines:
        match inline:
            case Text(text):
                parts.append(text)
            case Open(style):
                parts.append(f"<{TAGS[style]}>")
            case Close(style):
                parts.append(f"</{TAGS[style]}>")
            case LineBreak():
                parts.append("<br>")
    return "".join(parts)


def read(content, *, reflows=False):
    """Write down what a reader gets of a content."""
    return written(resolve_content(content, parse_spans(content), reflows))


NASTY = [
    "*", "**", "***", "_", "__", "/", "//", "\\", "[[", "]]", "[", "]", "<", ">", "~", "`", "=", "$",
    "<i>", "</i>", "<b>", "</b>", "<em>", "</em>", "<STRONG>", "</strong>", "<br>", "<br />", "<u>", "</u>",
    "http://a.b/c_d", "www.x", "mailto:", "ftp://", "a", "b", "word", "Zoë", "12", "é", "e\u0301", "\u0301",
    "他", "的", "ก", "ี", "한", "ー", "。", "，", "「", "😀", "𝔸", "\u200b", "\xad", "\ufeff", "\ufe0f",
    " ", "  ", "\t", "\n", "\xa0", "\u202f", "\u3000", "\x0b", "\x1c", "\x85", ".", "...", "…", ",", ":", "!", "?",
    "-", "--", "—", "–", "'", '"', "’", "“", "”", "(", ")", "{", "}", "\0", "\ud800",
]  # fmt: skip

contents = st.lists(st.sampled_from(NASTY) | st.characters(), max_size=24).map("".join)
"""Contents of blocks: marks, letters of several scripts, pictures, brackets, tags, addresses, white space of all kinds."""
