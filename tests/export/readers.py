"""Every kind of export as a reader of another make sees it: its text, blocks and lines apart, notes to the program left out.

`read_text` takes the files of one export in their order. HTML is read by html5lib, which is told to stop at the first fault;
Markdown by markdown-it and then as HTML; an e-book from its package document on, as XML; Word and OpenDocument by python-docx and
odfpy; PDF by pdftotext, without what stands in the margins. Rich text, BBCode and flowed mail have small readers of our own.
"""

import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from xml.etree import ElementTree as ET

import html5lib
import pytest
from markdown_it import MarkdownIt

from editor.export.profile import (
    BBCODE,
    DOCX,
    EPUB,
    FLOWED,
    FRAGMENT,
    HTML,
    MARKDOWN,
    ODT,
    PDF,
    POSTING,
    RTF,
    TEXT,
)
from tests.export.reading_back import read_docx, read_odt, read_rtf

_INLINE = {"em", "strong", "i", "b", "a", "span"}
_OPF = "{http://www.idpf.org/2007/opf}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_FORUM_TAG = re.compile(r"\[/?(?:i|b|quote|center|size|hr)(?:=[0-9]+)?\]")
_MARGIN = 60  # in points: less than the smallest margin around the text of our pages


_FORM_LINES = re.compile(r"(?:[A-Z][A-Za-z ]+: [^\n]*\n)+")
"""What the import takes for its form: it ends with a line end inside its paragraph, which no text of the story does."""


def read_text(renderer: str, files: dict[str, bytes]) -> str:
    """Return what a reader sees in the files of an export."""
    return "\n".join(_READERS[renderer](data) for data in files.values())


def letters(text: str) -> str:
    """Return letters and digits in order, ligatures undone: what is left where lines were broken and words divided."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def text_of(element) -> str:
    """Return the text of an element of HTML, blocks and lines apart."""
    pieces: list[str] = []
    _collect(element, pieces)
    return "".join(pieces)


def _collect(element, pieces):
    if not isinstance(element.tag, str):
        return
    edge = "" if element.tag.removeprefix(_XHTML) in _INLINE else "\n"
    pieces.append(edge)
    pieces.append(element.text or "")
    for child in element:
        _collect(child, pieces)
        pieces.append(child.tail or "")
    pieces.append(edge)


def strict_page(source: bytes):
    """Return the tree of a web page without any fault."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(source.decode())


def strict_fragment(source: str):
    """Return the tree of a piece of HTML without any fault."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(source)


def _read_page(data):
    return text_of(strict_page(data).find(".//main"))


def _read_fragment(data):
    return text_of(strict_fragment(data.decode()))


def _read_posting(data):
    """Return the text of what is posted; of a page that is imported, what stands below the lines for the form."""
    if not data.startswith(b"<!DOCTYPE"):
        return _read_fragment(data)
    body = strict_page(data).find("body")
    for element in list(body):
        if not (element.tag == "p" and _FORM_LINES.fullmatch("".join(element.itertext()))):
            break
        body.remove(element)
    return text_of(body)


def _read_markdown(data):
    return text_of(strict_fragment(MarkdownIt("commonmark").render(data.decode())))


def _read_bbcode(data):
    return _FORUM_TAG.sub("", data.decode()).replace("\u200b", "")


def _read_marked(data):
    """Return a text without the marks of emphasis, which may stand in the middle of a word."""
    return re.sub("[*_]", "", data.decode())


def _read_flowed(data):
    lines = [re.sub("^>+", "", line).removeprefix(" ") for line in _read_marked(data).split("\n")]
    return "".join(line if line.endswith(" ") and line != "-- " else f"{line}\n" for line in lines)


def _read_epub(data):
    """Return the text of the pages in the order of the spine."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        opf = ET.fromstring(package.read("EPUB/package.opf"))
        files = {each.get("id"): each.get("href") for each in opf.iter(f"{_OPF}item")}
        names = [files[each.get("idref")] for each in opf.iter(f"{_OPF}itemref")]
        pages = [ET.fromstring(package.read(f"EPUB/{name}")) for name in names]
    return "\n".join(text_of(page.find(f"{_XHTML}body")) for page in pages)


def read_pdf(data: bytes, *, margin: int = _MARGIN, is_right_to_left: bool = False) -> str:
    """Return the text within the margins of a PDF (in points), with a form feed after each page. Skip where pdftotext is not installed.

    It is taken in the order of writing; of what is written from right to left that is the order of its places on the page, so
    there the reader finds out the lines.
    """
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    width, height = map(float, re.findall(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+)", data)[0])
    inside = {"-x": 0, "-y": margin, "-W": width, "-H": height - 2 * margin}
    options = [str(part) for name, number in inside.items() for part in (name, round(number))]
    order = [] if is_right_to_left else ["-raw"]
    command = [reader, *order, "-enc", "UTF-8", *options, "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True, timeout=60).stdout.decode()


def _lines_of(read):
    return lambda data: "\n".join(paragraph.text for paragraph in read(data))


_READERS = {
    HTML: _read_page,
    FRAGMENT: _read_fragment,
    POSTING: _read_posting,
    MARKDOWN: _read_markdown,
    TEXT: _read_marked,
    BBCODE: _read_bbcode,
    FLOWED: _read_flowed,
    EPUB: _read_epub,
    DOCX: _lines_of(read_docx),
    ODT: _lines_of(read_odt),
    RTF: _lines_of(read_rtf),
    PDF: read_pdf,
}
