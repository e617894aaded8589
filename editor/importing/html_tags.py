"""What the tags of HTML mean for a text."""

from editor.importing.css_looks import CssLook
from editor.importing.draft import Loss

SKIPPED = frozenset(
    [
        "head",
        "title",
        "style",
        "noscript",
        "template",
        "nav",
        "select",
        "option",
        "button",
        "textarea",
        "input",
        "form",
        "svg",
        "math",
        "iframe",
        "object",
        "audio",
        "video",
        "canvas",
        "script",
        "rp",
        "#note",
    ]
)
"""What holds nothing of the text."""

LOST = {
    **dict.fromkeys(("img", "svg", "canvas", "picture"), Loss.IMAGE),
    "script": Loss.SCRIPT,
    **dict.fromkeys(("iframe", "object", "embed", "audio", "video", "math"), Loss.EMBEDDED),
    "table": Loss.TABLE,
}
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "header",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
LOOKS = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), CssLook(emphasis=True)),
    **dict.fromkeys(("strong", "b"), CssLook(strong=True)),
    "u": CssLook(is_underlined=True),
    **dict.fromkeys(("s", "strike", "del"), CssLook(is_struck=True)),
    **dict.fromkeys(("sup", "sub"), CssLook(is_small=True)),
}
OWN_LINES = frozenset(["p", "div", "blockquote", "body", "section", "article", "td", "li"])
"""What is laid out as a paragraph: heavy letters in all of it are a matter of design."""

TITLES = frozenset({"title", "MsoTitle"})
"""Classes of a paragraph that holds the title of the work, as Google Docs and Word write it."""

QUOTES = frozenset({"MsoQuote", "MsoIntenseQuote", "MsoBlockText"})
CONTENTS = frozenset(f"MsoToc{depth}" for depth in range(1, 10))
