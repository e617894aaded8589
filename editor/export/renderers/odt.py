"""A book as an OpenDocument text (ODT), for LibreOffice and others: real headings, named styles, emphasis by character styles.

A paragraph that starts a page has an automatic style of its own, because OpenDocument keeps page breaks in styles. Equal
books give equal bytes; the file says no date.
"""

import re
from collections.abc import Iterator

from editor.export.book import Book
from editor.export.document import Align, Document, Look, Paragraph, Run, Running, Sheet, Style
from editor.export.document_content import compose_document
from editor.export.encoding import encode_chunks
from editor.export.package import escape, escape_attribute, pack
from editor.export.profile import Profile
from editor.export.progress import Watch, unwatched

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = (
    "office",
    "style",
    "text",
    "meta",
)
_NAMESPACES = " ".join(
    [
        *(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _NAMES),
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'office:version="1.3"',
    ]
)
_ALIGN = {Align.START: "start", Align.END: "end", Align.CENTRE: "center", Align.JUSTIFY: "justify"}
_MARK = re.compile("(\n|\t| {2,})")
_FORMS = {(True, False): "Emphasis", (False, True): "Strong", (True, True): "Strong_20_Emphasis"}


def render_odt(book: Book, profile: Profile, watch: Watch = unwatched) -> bytes:
    """Return `book` as an ODT file."""
    document = compose_document(book, profile, watch)
    parts = {"META-INF/manifest.xml": _MANIFEST, "meta.xml": _meta(document), "styles.xml": _styles(document)}
    texts = {name: [(_HEAD + text).encode("utf-8")] for name, text in parts.items()}
    return pack({**texts, "content.xml": _content(document)}.items(), media_type=MEDIA_TYPE)


# --- the text


def _content(document: Document) -> list[bytes]:
    """Return the file of the text in chunks; the styles that the paragraphs turn out to need stand before them."""
    writer = _Writer(document.sheet)
    text = list(encode_chunks(map(writer.paragraph, document.paragraphs)))
    start = (
        f"{_HEAD}<office:document-content {_NAMESPACES}>\n<office:automatic-styles>\n{''.join(writer.page_styles())}"
        f"</office:automatic-styles>\n<office:body><office:text>\n"
    )
    end = "</office:text></office:body>\n</office:document-content>\n"
    return [start.encode("utf-8"), *text, end.encode("utf-8")]


class _Writer:
    """How paragraphs are written with the styles of one sheet, and which of them had to start pages."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._names = {look: _style_name(style) for look, style in sheet.styles.items()}
        self._levels = {look: style.outline for look, style in sheet.styles.items()}
        self._pages: dict[str, str] = {}

    def paragraph(self, paragraph: Paragraph) -> str:
        """Return one paragraph."""
        look = paragraph.look
        name = self._names[look] if self._pages and not paragraph.starts_page else self._page_style(paragraph)
        text = "".join(map(_run, paragraph.runs))
        level = self._levels[look]
        if level:
            return f'<text:h text:style-name="{name}" text:outline-level="{level}">{text}</text:h>\n'
        return f'<text:p text:style-name="{name}">{text}</text:p>\n'

    def page_styles(self) -> Iterator[str]:
        """Yield the automatic styles of the paragraphs that start a page."""
        yield from self._pages.values()

    def _page_style(self, paragraph: Paragraph) -> str:
        """Return the name of a style that starts a page, or the document if there is none yet."""
        parent = self._names[paragraph.look]
        if not self._pages:
            name, master, properties = "Start", ' style:master-page-name="First"', ""
        elif self._sheet.first_number == 0 and "Counted" not in self._pages:
            name, master = "Counted", ' style:master-page-name="Standard"'
            properties = '<style:paragraph-properties style:page-number="1"/>'
        else:
            name, master = f"Page_{parent}", ""
            properties = '<style:paragraph-properties fo:break-before="page"/>'
        self._pages[name] = (
            f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{parent}"{master}>'
            f"{properties}</style:style>\n"
        )
        return name


def _run(run: Run) -> str:
    text = run.text
    if "\n" in text or "\t" in text or "  " in text:
        content = "".join(map(_piece, _MARK.split(text)))
    else:
        content = escape(text)
    form = _FORMS.get((run.is_emphasised, run.is_strong))
    return f'<text:span text:style-name="{form}">{content}</text:span>' if form else content


def _piece(text: str) -> str:
    if text == "\n":
        return "<text:line-break/>"
    if text == "\t":
        return "<text:tab/>"
    if text.startswith("  ") and not text.strip(" "):
        return f' <text:s text:c="{len(text) - 1}"/>'
    return escape(text)


# --- the styles


def _styles(document: Document) -> str:
    sheet = document.sheet
    used = {style.name: style for style in sheet.styles.values()}
    slant = (
        'style:text-underline-style="solid" style:text-underline-width="auto"'
        ' style:text-underline-color="font-color"'
        if sheet.underlines
        else _both("font-style", "italic")
    )
    strong = _both("font-weight", "bold")
    font = escape_attribute(sheet.font)
    return (
        f"<office:document-styles {_NAMESPACES}>\n"
        "<office:font-face-decls>"
        f'<style:font-face style:name="Text" svg:font-family="&apos;{font}&apos;"/></office:font-face-decls>\n'
        f"<office:styles>\n{_usual(document)}"
        f"{''.join(_style(style, is_right_to_left=document.is_right_to_left) for style in used.values())}"
        f"{_text_style('Emphasis', slant)}{_text_style('Strong', strong)}"
        f"{_text_style('Strong_20_Emphasis', f'{strong} {slant}')}</office:styles>\n"
        f"<office:automatic-styles>\n{_page_layouts(sheet)}</office:automatic-styles>\n"
        '<office:master-styles>\n<style:master-page style:name="Standard" style:page-layout-name="Page">'
        f"{_running('header', sheet.header)}{_running('footer', sheet.footer)}</style:master-page>\n"
        '<style:master-page style:name="First" style:page-layout-name="First_20_Page" style:next-style-name="Standard"/>\n'
        "</office:master-styles>\n</office:document-styles>\n"
    )


def _usual(document: Document) -> str:
    """Return the style that all others start from: the language, the direction, no lines alone on a page."""
    language, *rest = document.language.split("-")
    country = next((part for part in rest if len(part) == 2), "none")
    mode = "rl-tb" if document.is_right_to_left else "lr-tb"
    fonts = " ".join(f'style:font-name{kind}="Text"' for kind in ("", "-asian", "-complex"))
    languages = " ".join(
        f'{prefix}:language{kind}="{language}" {prefix}:country{kind}="{country}"'
        for prefix, kind in (("fo", ""), ("style", "-asian"), ("style", "-complex"))
    )
    return (
        '<style:default-style style:family="paragraph">'
        f'<style:paragraph-properties fo:orphans="2" fo:widows="2" style:writing-mode="{mode}"/>'
        f"<style:text-properties {fonts} {languages}/></style:default-style>\n"
        '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>\n'
    )


def _style(style: Style, *, is_right_to_left: bool) -> str:
    level = f' style:default-outline-level="{style.outline}"' if style.outline else ""
    # LibreOffice takes "start" for the left, whatever the direction.
    is_at_right = is_right_to_left and style.align is Align.START
    align = "right" if is_at_right else _ALIGN[style.align]
    tabs = (
        f'<style:tab-stops><style:tab-stop style:position="{style.tab:.4g}pt" style:type="right"/></style:tab-stops>'
        if style.tab
        else ""
    )
    slant = f" {_both('font-style', 'italic')}" if style.is_italic else ""
    return (
        f'<style:style style:name="{_style_name(style)}" style:display-name="{style.name}"'
        f' style:family="paragraph" style:parent-style-name="Standard"{level}>'
        f"<style:paragraph-properties {' '.join(_paragraph_properties(style, align))}>{tabs}</style:paragraph-properties>"
        f"<style:text-properties {_both('font-size', f'{style.size:g}pt')}{slant}"
        f"{_HYPHENATION if style.is_hyphenated else ''}/></style:style>\n"
    )


_HYPHENATION = ' fo:hyphenate="true" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="3"'


def _paragraph_properties(style: Style, align: str) -> Iterator[str]:
    lengths = {
        "margin-top": style.above,
        "margin-bottom": style.below,
        "margin-left": style.left,
        "margin-right": style.right,
        "text-indent": style.first,
    }
    yield from (f'fo:{name}="{length:.4g}pt"' for name, length in lengths.items())
    yield f'fo:line-height="{style.line:.0%}"'
    yield f'fo:text-align="{align}"'
    if style.keeps_next:
        yield 'fo:keep-with-next="always"'
    if style.keeps_together:
        yield 'fo:keep-together="always"'
    if style.has_rule:
        yield 'fo:border-bottom="0.5pt solid #000000"'


def _text_style(name: str, properties: str) -> str:
    return f'<style:style style:name="{name}" style:family="text"><style:text-properties {properties}/></style:style>\n'


def _both(name: str, value: str) -> str:
    """Return a property of text for all scripts."""
    return f'fo:{name}="{value}" style:{name}-asian="{value}" style:{name}-complex="{value}"'


def _page_layouts(sheet: Sheet) -> str:
    """Return the pages: the first, and the others, whose header and footer stand within the margins, half-way to the edge."""
    half = sheet.margin / 2
    has_header, has_footer = sheet.header is not None, sheet.footer is not None
    top, bottom = (half if has_line else sheet.margin for has_line in (has_header, has_footer))
    room = f'="{half / 2:.4g}pt" fo:min-height="{half:.4g}pt"/>'
    header = f"<style:header-footer-properties fo:margin-bottom{room}" if has_header else ""
    footer = f"<style:header-footer-properties fo:margin-top{room}" if has_footer else ""
    line = sheet.header or sheet.footer or Running("", Align.START)
    return (
        f'<style:page-layout style:name="First_20_Page">{_page(sheet, sheet.margin, sheet.margin)}</style:page-layout>\n'
        f'<style:page-layout style:name="Page">{_page(sheet, top, bottom)}'
        f"<style:header-style>{header}</style:header-style><style:footer-style>{footer}</style:footer-style>"
        "</style:page-layout>\n"
        '<style:style style:name="Running" style:family="paragraph" style:parent-style-name="Standard">'
        f'<style:paragraph-properties fo:text-align="{_ALIGN[line.align]}"/>'
        f"<style:text-properties {_both('font-size', f'{sheet.styles[Look.BODY].size:g}pt')}/></style:style>\n"
    )


def _page(sheet: Sheet, top: float, bottom: float) -> str:
    return (
        f'<style:page-layout-properties fo:page-width="{sheet.width}pt" fo:page-height="{sheet.height}pt"'
        f' fo:margin-top="{top}pt" fo:margin-bottom="{bottom}pt"'
        f' fo:margin-left="{sheet.margin}pt" fo:margin-right="{sheet.margin}pt"/>'
    )


def _running(name: str, line: Running | None) -> str:
    if line is None:
        return ""
    return (
        f'<style:{name}><text:p text:style-name="Running">{escape(line.text)}'
        f'<text:page-number text:select-page="current">1</text:page-number></text:p></style:{name}>'
    )


def _style_name(style: Style) -> str:
    return style.name.replace(" ", "_20_")


# --- the package

_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">\n'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>\n'
        for path, kind in (
            ("/", MEDIA_TYPE),
            ("content.xml", "text/xml"),
            ("styles.xml", "text/xml"),
            ("meta.xml", "text/xml"),
        )
    )
    + "</manifest:manifest>\n"
)


def _meta(document: Document) -> str:
    return (
        f"<office:document-meta {_NAMESPACES}><office:meta><dc:title>{escape(document.title)}</dc:title>"
        f"<dc:creator>{escape(document.author)}</dc:creator><dc:language>{document.language}</dc:language>"
        "</office:meta></office:document-meta>\n"
    )
