"""Make files of other programs, small and whole, out of their parts."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    ]
)


def pack(parts, method=zipfile.ZIP_DEFLATED):
    """Return a zip file of named parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body, **parts):
    """Return a Word file with this body; other parts by the name they have in its folder (styles="...")."""
    return pack(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            **{f"word/{name}.xml": content for name, content in parts.items()},
        }
    )


def p(*runs, style="", properties=""):
    """Return a paragraph of Word: a run is a string, or (string, properties)."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{''.join(map(r, runs))}</w:p>"


def r(run):
    text, look = (run, "") if isinstance(run, str) else run
    if text.startswith("<"):
        return text
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def odt(body, automatic="", styles=""):
    """Return a LibreOffice text with this body and these automatic styles."""
    return pack(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {OFFICE}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {OFFICE}><office:styles>{styles}</office:styles></office:document-styles>",
        }
    )
