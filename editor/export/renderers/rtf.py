"""A book as rich text (RTF), which every word processor reads: named styles, headings with levels, ASCII only.

Every character beyond ASCII is written by its number, so no code page can change one. Limits: the language is told for the
tongues in the table below and left open for others.
"""

import re
from collections.abc import Iterator, Sequence

from editor.export.book import Book
from editor.export.document import Align, Document, Look, Paragraph, Run, Running, Sheet, Style
from editor.export.document_content import compose_document
from editor.export.profile import Profile
from editor.export.progress import Watch, unwatched

_ALIGN = {Align.START: r"\ql", Align.END: r"\qr", Align.CENTRE: r"\qc", Align.JUSTIFY: r"\qj"}
_SPECIAL = re.compile(r"[^ -\[\]-z|~]")  # all but the printable ASCII characters that mean themselves
_CONTROLS = {"\\": r"\\", "{": r"\{", "}": r"\}", "\n": "\\line\n", "\t": "\\tab "}

_LANGUAGES = {
    "ar": 1025,
    "cs": 1029,
    "de": 1031,
    "de-at": 3079,
    "de-ch": 2055,
    "el": 1032,
    "en": 1033,
    "en-au": 3081,
    "en-ca": 4105,
    "en-gb": 2057,
    "es": 3082,
    "fi": 1035,
    "fr": 1036,
    "fr-ca": 3084,
    "he": 1037,
    "it": 1040,
    "ja": 1041,
    "ko": 1042,
    "nl": 1043,
    "pl": 1045,
    "pt": 2070,
    "pt-br": 1046,
    "ru": 1049,
    "sv": 1053,
    "zh": 2052,
    "zh-tw": 1028,
}
_OPEN_LANGUAGE = 1024


def render_rtf(book: Book, profile: Profile, watch: Watch = unwatched) -> bytes:
    """Return `book` as an RTF file."""
    document = compose_document(book, profile, watch)
    text = "".join([*_head(document), *map(_Writer(document).paragraph, document.paragraphs), "}\n"])
    return text.encode("ascii")


def _head(document: Document) -> Iterator[str]:
    sheet = document.sheet
    numbers = _numbers(sheet)
    font = _escape(sheet.font.replace(";", " "))
    yield f"{{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0\\deflang{_language(document.language)}\n"
    yield f"{{\\fonttbl{{\\f0\\froman {font};}}}}\n"
    yield "{\\stylesheet{\\s0 Normal;}\n"
    for look, style in sheet.styles.items():
        if style.name in numbers and look in _first_looks(sheet):
            form = _form(style, document)
            yield f"{{\\s{numbers[style.name]}{form}\\sbasedon0 {style.name};}}\n"
    yield f"}}\n{{\\info{{\\title {_escape(document.title)}}}{{\\author {_escape(document.author)}}}}}\n"
    yield f"\\paperw{_twips(sheet.width)}\\paperh{_twips(sheet.height)}"
    yield "".join(f"\\marg{side}{_twips(sheet.margin)}" for side in "lrtb")
    yield f"\\headery{_twips(sheet.margin / 2)}\\footery{_twips(sheet.margin / 2)}\\widowctrl"
    if sheet.hyphenates:
        yield "\\hyphauto1\\hyphcaps0\\hyphconsec2"
    yield f"\\pgnstart{sheet.first_number}\\titlepg\n"
    yield _running("header", sheet.header, sheet)
    yield _running("footer", sheet.footer, sheet)


def _first_looks(sheet: Sheet) -> frozenset[Look]:
    """Return the first look of each style."""
    firsts: dict[str, Look] = {}
    for look, style in sheet.styles.items():
        firsts.setdefault(style.name, look)
    return frozenset(firsts.values())


def _numbers(sheet: Sheet) -> dict[str, int]:
    names = dict.fromkeys(style.name for style in sheet.styles.values())
    return {name: number for number, name in enumerate(names, 1)}


def _running(name: str, line: Running | None, sheet: Sheet) -> str:
    if line is None:
        return ""
    size = round(sheet.styles[Look.BODY].size * 2)
    return f"{{\\{name}\\pard\\plain\\f0\\fs{size}{_ALIGN[line.align]} {_escape(line.text)}\\chpgn\\par}}\n"


class _Writer:
    """How paragraphs are written with the styles of one document; what is the same for all is made once."""

    def __init__(self, document: Document) -> None:
        sheet = document.sheet
        numbers = _numbers(sheet)
        self._starts = {
            look: f"{{\\pard\\plain\\s{numbers[style.name]}{_form(style, document)}"
            for look, style in sheet.styles.items()
        }
        slant = ("ul",) if sheet.underlines else ("i",)
        forms = {(True, False): slant, (False, True): ("b",), (True, True): ("b", *slant)}
        self._forms = {form: _characters(controls, document) + " " for form, controls in forms.items()}

    def paragraph(self, paragraph: Paragraph) -> str:
        """Return one paragraph."""
        page = "\\pagebb" if paragraph.starts_page else ""
        return f"{self._starts[paragraph.look]}{page} {''.join(map(self._run, paragraph.runs))}\\par}}\n"

    def _run(self, run: Run) -> str:
        form = self._forms.get((run.is_emphasised, run.is_strong))
        text = _escape(run.text)
        return f"{{{form}{text}}}" if form else text


def _form(style: Style, document: Document) -> str:
    """Return the controls of a style, which RTF repeats with every paragraph."""
    direction = "\\rtlpar" if document.is_right_to_left else "\\ltrpar"
    align = style.align
    if document.is_right_to_left and align is Align.START:
        align = Align.END
    pieces = [
        direction,
        _ALIGN[align],
        f"\\fi{_twips(style.first)}\\li{_twips(style.left)}\\ri{_twips(style.right)}",
        f"\\sb{_twips(style.above)}\\sa{_twips(style.below)}\\sl{round(240 * style.line)}\\slmult1",
        "\\hyphpar0" * (document.sheet.hyphenates and not style.is_hyphenated),
        "\\keepn" * style.keeps_next,
        "\\keep" * style.keeps_together,
        "\\brdrb\\brdrs\\brdrw10" * style.has_rule,
        f"\\tqr\\tx{_twips(style.tab)}" if style.tab else "",
        f"\\outlinelevel{style.outline - 1}" if style.outline else "",
        f"\\lang{_language(document.language)}",
        _characters(("f0", f"fs{round(style.size * 2)}", *(["i"] * style.is_italic)), document),
    ]
    return "".join(pieces)


def _characters(controls: Sequence[str], document: Document) -> str:
    """Return controls for the form of characters; writing from right to left has a set of its own."""
    usual = "".join(f"\\{control}" for control in controls)
    if not document.is_right_to_left:
        return usual
    return f"\\ltrch{usual}\\rtlch" + "".join(f"\\a{control}" for control in controls)


def _language(tag: str) -> int:
    tag = tag.lower()
    return _LANGUAGES.get(tag) or _LANGUAGES.get(tag.split("-", maxsplit=1)[0], _OPEN_LANGUAGE)


def _escape(text: str) -> str:
    return _SPECIAL.sub(_control, text)


def _control(special: re.Match[str]) -> str:
    character = special[0]
    if character in _CONTROLS:
        return _CONTROLS[character]
    data = character.encode("utf-16-le", "surrogatepass")
    units = (
        int.from_bytes(data[place : place + 2], "little", signed=True) for place in range(0, len(data), 2)
    )
    return "".join(f"\\u{unit}?" for unit in units)


def _twips(points: float) -> int:
    return round(points * 20)
