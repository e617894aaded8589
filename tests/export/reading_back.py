"""Documents read back by other people's programs: paragraphs as (style, text, emphasised text, strong text)."""

import io
import re
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Read:
    """One paragraph as a reader finds it; `level` is 0 for what is no heading."""

    style: str
    text: str
    emphasised: str = ""
    strong: str = ""
    level: int = 0


def read_docx(data):
    """Return what python-docx finds."""
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    return [
        Read(
            paragraph.style.name,
            paragraph.text,
            "".join(run.text for run in paragraph.runs if run.italic or run.underline),
            "".join(run.text for run in paragraph.runs if run.bold),
            int(paragraph.style.name[-1]) if paragraph.style.name.startswith("Heading") else 0,
        )
        for paragraph in docx.Document(io.BytesIO(data)).paragraphs
    ]


def read_odt(data):
    """Return what odfpy finds."""
    opendocument = pytest.importorskip("odf.opendocument", reason="odfpy is not installed")
    from odf import teletype
    from odf.element import Element

    document = opendocument.load(io.BytesIO(data))
    parents = {
        style.getAttribute("name"): style.getAttribute("parentstylename")
        for style in document.automaticstyles.childNodes
        if isinstance(style, Element) and style.tagName == "style:style"
    }

    def marked(paragraph, *names):
        spans = [
            each for each in paragraph.childNodes if isinstance(each, Element) and each.tagName == "text:span"
        ]
        return "".join(
            teletype.extractText(span) for span in spans if span.getAttribute("stylename") in names
        )

    found = []
    for paragraph in document.text.childNodes:
        if isinstance(paragraph, Element) and paragraph.tagName in {"text:p", "text:h"}:
            name = paragraph.getAttribute("stylename")
            level = paragraph.getAttribute("outlinelevel") if paragraph.tagName == "text:h" else 0
            found.append(
                Read(
                    parents.get(name, name).replace("_20_", " "),
                    teletype.extractText(paragraph),
                    marked(paragraph, "Emphasis", "Strong_20_Emphasis"),
                    marked(paragraph, "Strong", "Strong_20_Emphasis"),
                    int(level),
                )
            )
    return found


_TOKEN = re.compile(r"\\([a-z]+)(-?\d+)? ?|\\([^a-z])|([{}])|([^\\{}\n]+)|\n")


def read_rtf(data):
    """Return what a small reader of RTF finds, which knows groups, styles, Unicode and little else."""
    body = data.decode("ascii")
    names = dict(re.findall(r"\{\\s(\d+)[^{}]*?([A-Z][A-Za-z0-9 ]*);\}", body.split("{\\info")[0]))
    found = []
    for chunk in re.findall(r"^\{\\pard\\plain\\s.*?\\par\}$", body, re.DOTALL | re.MULTILINE):
        number = re.match(r"\{\\pard\\plain\\s(\d+)", chunk)[1]
        level = re.search(r"\\outlinelevel(\d)", chunk)
        pieces = _pieces(chunk)
        found.append(
            Read(
                names[number],
                _joined(text for text, _, _ in pieces),
                _joined(text for text, slanted, _ in pieces if slanted),
                _joined(text for text, _, strong in pieces if strong),
                int(level[1]) + 1 if level else 0,
            )
        )
    return found


def _pieces(chunk):
    stack, state, pieces = [], {"slanted": False, "strong": False}, []
    skip = False
    for token in _TOKEN.finditer(chunk):
        word, number, symbol, brace, text = token.groups()
        if brace == "{":
            stack.append(dict(state))
        elif brace == "}":
            state = stack.pop()
        elif word in {"i", "ul"} and len(stack) > 1:  # not of the style
            state["slanted"] = True
        elif word == "b":
            state["strong"] = True
        characters = {"line": "\n", "tab": "\t"}.get(word, "") if word else symbol or text or ""
        if word == "u":
            characters = chr(int(number) % 0x10000)
        elif skip:
            characters = characters[1:]  # what a reader without Unicode would show
        skip = word == "u"
        if characters:
            pieces.append((characters, state["slanted"], state["strong"]))
    return pieces


def _joined(texts):
    return "".join(texts).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
