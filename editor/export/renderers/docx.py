"""A book as a document for Word (DOCX, Office Open XML): real headings and named styles, emphasis as italics or underlining.

The order of the elements is that of the schema (ECMA-376): Word refuses a file in which they stand otherwise. Equal books
give equal bytes; the file says no date.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from editor.export.book import Book
from editor.export.document import Align, Document, Look, Paragraph, Run, Running, Sheet, Style
from editor.export.document_content import compose_document
from editor.export.encoding import encode_chunks
from editor.export.package import escape, escape_attribute, pack
from editor.export.profile import Profile
from editor.export.progress import Watch, unwatched

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_ALIGN = {Align.START: "", Align.END: "right", Align.CENTRE: "center", Align.JUSTIFY: "both"}
_BUILT_IN = frozenset({"Title", "Subtitle", "Body Text", "Quote"})
"""The names of Word's own styles among ours."""

_MARK = re.compile("([\n\t])")
_MARKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def render_docx(book: Book, profile: Profile, watch: Watch = unwatched) -> bytes:
    """Return `book` as a DOCX file."""
    document = compose_document(book, profile, watch)
    sheet = document.sheet
    margins = {"header": sheet.header, "footer": sheet.footer}
    running = {name: line for name, line in margins.items() if line is not None}
    parts = {
        "[Content_Types].xml": _content_types(running),
        "_rels/.rels": _RELATIONSHIPS_OF_PACKAGE,
        "docProps/core.xml": _properties(document),
        "word/document.xml": "",  # its place; the text comes in chunks
        "word/styles.xml": _styles(document),
        "word/settings.xml": _settings(sheet),
        "word/_rels/document.xml.rels": _relationships(running),
        **{f"word/{name}.xml": _running(name, line) for name, line in running.items()},
    }
    texts = {name: [(_HEAD + text).encode("utf-8")] for name, text in parts.items()}
    return pack({**texts, "word/document.xml": _text(document, running)}.items())


# --- the text


def _text(document: Document, running: Iterable[str]) -> Iterator[bytes]:
    """Yield the file of the text in chunks."""
    start = f"{_HEAD}<w:document {_NAMESPACES}><w:body>\n"
    end = f"{_section(document, running)}</w:body></w:document>\n"
    return encode_chunks(chain([start], map(_Writer(document.sheet).paragraph, document.paragraphs), [end]))


class _Writer:
    """How paragraphs are written with the styles of one sheet; what is the same for all is made once."""

    def __init__(self, sheet: Sheet) -> None:
        self._starts = {
            look: f'<w:p><w:pPr><w:pStyle w:val="{_style_id(style)}"/>'
            for look, style in sheet.styles.items()
        }
        slant = '<w:u w:val="single"/>' if sheet.underlines else "<w:i/><w:iCs/>"
        strong = "<w:b/><w:bCs/>"
        self._forms = {
            (False, False): "<w:r>",
            (True, False): f"<w:r><w:rPr>{slant}</w:rPr>",
            (False, True): f"<w:r><w:rPr>{strong}</w:rPr>",
            (True, True): f"<w:r><w:rPr>{strong}{slant}</w:rPr>",
        }

    def paragraph(self, paragraph: Paragraph) -> str:
        """Return one paragraph."""
        page = "<w:pageBreakBefore/>" if paragraph.starts_page else ""
        runs = "".join(map(self._run, paragraph.runs))
        return f"{self._starts[paragraph.look]}{page}</w:pPr>{runs}</w:p>\n"

    def _run(self, run: Run) -> str:
        text = run.text
        if "\n" in text or "\t" in text:
            content = "".join(_MARKS.get(piece) or _piece(piece) for piece in _MARK.split(text) if piece)
        else:
            content = _piece(text)
        return f"{self._forms[run.is_emphasised, run.is_strong]}{content}</w:r>"


def _piece(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def _section(document: Document, running: Iterable[str]) -> str:
    """Return the page; the first one has headers and footers of its own: none."""
    sheet = document.sheet
    references = "".join(f'<w:{name}Reference w:type="default" r:id="{name}"/>' for name in running)
    margins = " ".join(f'w:{side}="{_twips(sheet.margin)}"' for side in ("top", "right", "bottom", "left"))
    half = _twips(sheet.margin / 2)
    start = f'<w:pgNumType w:start="{sheet.first_number}"/>' if sheet.first_number != 1 else ""
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{_twips(sheet.width)}" w:h="{_twips(sheet.height)}"/>'
        f'<w:pgMar {margins} w:header="{half}" w:footer="{half}" w:gutter="0"/>'
        f"{start}<w:titlePg/>{'<w:bidi/>' if document.is_right_to_left else ''}</w:sectPr>"
    )


def _running(name: str, line: Running) -> str:
    tag = "hdr" if name == "header" else "ftr"
    return (
        f'<w:{tag} {_NAMESPACES}><w:p><w:pPr><w:jc w:val="{_ALIGN[line.align]}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(line.text)}</w:t></w:r>'
        f'<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:{tag}>\n'
    )


# --- the styles


def _styles(document: Document) -> str:
    sheet, language = document.sheet, document.language
    font = " ".join(f'w:{kind}="{escape_attribute(sheet.font)}"' for kind in ("ascii", "hAnsi", "cs"))
    body = sheet.styles[Look.BODY]
    rtl = "<w:rtl/>" if document.is_right_to_left else ""
    usual = (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {font}/>{_size(body)}{rtl}"
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="{language}"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>\n"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr><w:widowControl/>{'<w:bidi/>' if document.is_right_to_left else ''}</w:pPr></w:style>\n"
    )
    follows = _style_id(sheet.styles[Look.FIRST])
    used = {style.name: style for style in sheet.styles.values()}
    styles = "".join(_style(style, follows) for style in used.values())
    return f'<w:styles xmlns:w="{_W}">{usual}{styles}</w:styles>\n'


def _style(style: Style, follows: str) -> str:
    name = style.name.lower() if style.outline else style.name  # as Word calls its own headings
    custom = "" if style.outline or style.name in _BUILT_IN else ' w:customStyle="1"'
    next_style = f'<w:next w:val="{follows}"/>' if style.keeps_next else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{_style_id(style)}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/>{next_style}<w:qFormat/>'
        f"<w:pPr>{''.join(_paragraph_properties(style))}</w:pPr>"
        f"<w:rPr>{'<w:i/><w:iCs/>' if style.is_italic else ''}{_size(style)}</w:rPr></w:style>\n"
    )


def _paragraph_properties(style: Style) -> Iterator[str]:
    if style.keeps_next:
        yield "<w:keepNext/>"
    if style.keeps_together:
        yield "<w:keepLines/>"
    if style.has_rule:
        yield '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
    if style.tab:
        yield f'<w:tabs><w:tab w:val="right" w:pos="{_twips(style.tab)}"/></w:tabs>'
    if not style.is_hyphenated:
        yield "<w:suppressAutoHyphens/>"
    yield (
        f'<w:spacing w:before="{_twips(style.above)}" w:after="{_twips(style.below)}"'
        f' w:line="{round(240 * style.line)}" w:lineRule="auto"/>'
    )
    yield (
        f'<w:ind w:left="{_twips(style.left)}" w:right="{_twips(style.right)}" w:firstLine="{_twips(style.first)}"/>'
    )
    if _ALIGN[style.align]:
        yield f'<w:jc w:val="{_ALIGN[style.align]}"/>'
    if style.outline:
        yield f'<w:outlineLvl w:val="{style.outline - 1}"/>'


def _size(style: Style) -> str:
    half_points = round(style.size * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _style_id(style: Style) -> str:
    return style.name.replace(" ", "")


def _twips(points: float) -> int:
    return round(points * 20)


# --- the package


def _content_types(running: Iterable[str]) -> str:
    kinds = {
        "word/document.xml": f"{_WORD}.document.main+xml",
        "word/styles.xml": f"{_WORD}.styles+xml",
        "word/settings.xml": f"{_WORD}.settings+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"word/{name}.xml": f"{_WORD}.{name}+xml" for name in running},
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>\n'
    )


def _relationships(running: Iterable[str]) -> str:
    links = "".join(
        f'<Relationship Id="{name}" Type="{_R}/{name}" Target="{name}.xml"/>'
        for name in ("styles", "settings", *running)
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{links}</Relationships>\n'


_RELATIONSHIPS_OF_PACKAGE = (
    f'<Relationships xmlns="{_RELATIONSHIPS}">'
    f'<Relationship Id="document" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="properties" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
    'core-properties" Target="docProps/core.xml"/></Relationships>\n'
)

_HYPHENATION = (
    '<w:autoHyphenation/><w:consecutiveHyphenLimit w:val="2"/><w:doNotHyphenateCaps/>'  # in this order
)


def _settings(sheet: Sheet) -> str:
    return _SETTINGS.replace("<w:compat>", f"{_HYPHENATION}<w:compat>", 1) if sheet.hyphenates else _SETTINGS


_SETTINGS = (
    f'<w:settings xmlns:w="{_W}"><w:compat><w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>\n'
)


def _properties(document: Document) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:creator>{escape(document.author)}</dc:creator>"
        f"<dc:language>{document.language}</dc:language></cp:coreProperties>\n"
    )
