"""How an e-book looks: its style sheet and, if it has one, its cover.

Little is said, because the reader chooses the face, the size and the colours: what is centred, what is indented, and what
stands between two scenes.
"""

from editor.export.filling import fill, measure
from editor.export.languages import is_right_to_left
from editor.export.package import clean, escape
from editor.export.profile import BLANK, RULE

_BASE = """\
body { margin: 0 5%; }
h1, h2, h3 { font-weight: normal; line-height: 1.3; text-align: center; hyphens: none; break-after: avoid; page-break-after: avoid; }
h1 { font-size: 1.6em; margin: 3em 0 1.5em; }
h1.title { font-size: 2em; margin: 30% 0 1em; }
h1.part { margin-top: 30%; }
h2 { font-size: 1.4em; margin: 2.5em 0 1.5em; }
h3 { font-size: 1.1em; font-style: italic; margin: 2em 0 1em; }
p { margin: 0; orphans: 2; widows: 2; }
.byline { text-align: center; font-style: italic; margin: 1em 0 3em; }
.fields { font-size: 0.9em; margin: 2em 0; }
.verse { margin: 1em 0 1em 2em; }
blockquote { margin: 1em 2em; }
.note { font-size: 0.9em; margin: 1.5em 0; padding-left: 1em; border-left: 2px solid; }
.note p + p, blockquote p + p { margin-top: 0.5em; }
.end { text-align: center; margin: 2em 0 0; font-style: italic; }
.cover { text-align: center; margin: 0; }
.cover img { max-width: 100%; max-height: 100%; }
nav ol { list-style-type: none; padding-left: 1.5em; }
nav > ol { padding-left: 0; }
nav li { margin: 0.4em 0; }
nav a { text-decoration: none; }
:lang(zh) em, :lang(ja) em, :lang(ko) em { font-style: normal; text-emphasis: filled; }
"""

_PARAGRAPHS = {
    "indented": """\
p + p { text-indent: 1.4em; }
p[class], p[class] + p, blockquote p + p, .note p + p { text-indent: 0; }
""",
    "spaced": """\
section > p { margin: 0 0 0.9em; }
""",
}

_BREAKS = {
    RULE: "hr.scene { border: 0; border-top: 1px solid; width: 30%; margin: 1.6em auto; }\n",
    BLANK: "hr.scene { border: 0; height: 1em; margin: 0.6em 0; }\n",
}
_KEPT = "hr.scene { break-after: avoid; page-break-after: avoid; }\n"

_COVER_COLUMNS = 18
_COVER_ROOM = 1240  # between the sides of the frame, with air
_COLUMN, _CAPITAL = (
    0.58,
    0.8,
)  # of the size of the letters, in the widest faces that stand in for the one asked for
_SMALLEST = 40
_INK, _PAPER = "#f4efe4", "#26343b"


def style_sheet(paragraphs: str, scene_break: str) -> str:
    """Return the style sheet for values of these two options."""
    ornament = (
        "hr.scene { border: 0; height: auto; margin: 1.6em 0; text-align: center; }\n"
        f"hr.scene::before {{ content: {_css_string(scene_break)}; }}\n"
    )
    return _BASE + _PARAGRAPHS[paragraphs] + _BREAKS.get(scene_break, ornament) + _KEPT


def _css_string(text: str) -> str:
    """Return `text` as a string of CSS; what could end it is written as a number."""
    return '"' + "".join(f"\\{ord(each):06x}" if each in "\"\\<>&'" else each for each in clean(text)) + '"'


def cover_image(title: str, author: str, language: str) -> str:
    """Return a plain cover, as SVG of 1600 to 2560: the title in lines, a line across, the author."""
    lines = fill(clean(title).strip(), _COVER_COLUMNS)[:8]
    size = min(_size_to_fit(line, 170 if len(lines) <= 4 else 120) for line in lines)
    top = 900 - size * len(lines) // 2
    texts = [_cover_line(line, top + number * size * 5 // 4, size) for number, line in enumerate(lines)]
    if author:
        texts.append(_cover_line(author, 2250, _size_to_fit(author, 90)))
    direction = ' direction="rtl"' if is_right_to_left(language) else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="2560" viewBox="0 0 1600 2560">\n'
        f'<rect width="1600" height="2560" fill="{_PAPER}"/>\n'
        f'<rect x="90" y="90" width="1420" height="2380" fill="none" stroke="{_INK}" stroke-width="6"/>\n'
        f'<rect x="650" y="1950" width="300" height="6" fill="{_INK}"/>\n'
        f'<g fill="{_INK}" font-family="Georgia, serif" text-anchor="middle"{direction}>\n'
        + "\n".join(texts)
        + "\n</g>\n</svg>\n"
    )


def _cover_line(line: str, y: int, size: int) -> str:
    pressed = f' textLength="{_COVER_ROOM}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="800" y="{y}" font-size="{size}"{pressed if _width(line, size) > _COVER_ROOM else ""}>{escape(line)}</text>'


def _size_to_fit(line: str, largest: int) -> int:
    """Return the size at which `line` stays within the frame of the cover, or the smallest that can be read."""
    return max(min(largest, int(_COVER_ROOM / max(_width(line, 1), 1))), _SMALLEST)


def _width(line: str, size: int) -> float:
    capitals = sum(each.isupper() for each in line)
    return size * (_COLUMN * (measure(line) - capitals) + _CAPITAL * capitals)
