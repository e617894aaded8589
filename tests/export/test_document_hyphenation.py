"""Word processors are told to hyphenate the prose of books, and nothing else."""

import io
import re
import zipfile

import pytest

from editor.export.document import Align, Look
from editor.export.document_sheets import PAGES, make_sheet
from editor.export.profile import Profile
from editor.export.renderers.docx import render_docx
from editor.export.renderers.odt import render_odt
from editor.export.renderers.rtf import render_rtf
from tests.export.books import novel


def part(data, name):
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def profile(renderer, **choices):
    return Profile("x", renderer=renderer, **choices)


@pytest.mark.parametrize("page_size", list(PAGES))
def test_only_justified_prose_of_books_is_hyphenated(page_size):
    sheet = make_sheet(profile("docx", page_size=page_size), has_parts=True)
    assert {look for look, style in sheet.styles.items() if style.is_hyphenated} == {Look.FIRST, Look.BODY}
    assert all(style.align is Align.JUSTIFY for style in sheet.styles.values() if style.is_hyphenated)


@pytest.mark.parametrize(
    "choices", [{"layout": "story"}, {"layout": "novel"}, {"hyphenation": False}, {"paragraphs": "spaced"}]
)
def test_nothing_else_is_hyphenated(choices):
    assert not make_sheet(profile("docx", **choices), has_parts=True).hyphenates
    assert "autoHyphenation" not in part(
        render_docx(novel(), profile("docx", **choices)), "word/settings.xml"
    )
    assert "fo:hyphenate=" not in part(render_odt(novel(), profile("odt", **choices)), "styles.xml")
    assert b"\\hyph" not in render_rtf(novel(), profile("rtf", **choices))


def test_word_hyphenates_prose_and_no_headings():
    data = render_docx(novel(), profile("docx"))
    assert "<w:autoHyphenation/>" in part(data, "word/settings.xml")
    styles = re.findall(
        r'<w:style [^>]*w:styleId="(\w+)".*?</w:style>', part(data, "word/styles.xml"), re.DOTALL
    )
    written = part(data, "word/styles.xml")
    whole = [
        name
        for name in styles
        if "suppressAutoHyphens" in written.split(f'w:styleId="{name}"')[1].split("</w:style>")[0]
    ]
    assert {"Normal", "FirstParagraph", "BodyText"} == set(styles) - set(whole)


def test_an_open_document_hyphenates_prose_and_no_headings():
    written = part(render_odt(novel(), profile("odt")), "styles.xml")
    names = re.findall(
        r'style:display-name="([^"]+)"(?:(?!</style:style>).)*fo:hyphenate="true"', written, re.DOTALL
    )
    assert set(names) == {"First Paragraph", "Body Text"}


def test_rich_text_hyphenates_prose_and_no_headings():
    written = render_rtf(novel(), profile("rtf")).decode("ascii")
    assert "\\hyphauto1" in written
    sheet = written.split("{\\stylesheet")[1].split("{\\info")[0]
    prose = [
        line
        for line in sheet.splitlines()
        if line.startswith("{\\s") and "\\hyphpar0" not in line and "Normal" not in line
    ]
    assert len(prose) == 2
    assert all(re.search("First Paragraph|Body Text", line) for line in prose)
