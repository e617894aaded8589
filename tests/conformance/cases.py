"""Conformance cases of the markup specification (its section 11): read them, run them through the real code, compare."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.markup.inlines import resolve_inlines
from editor.markup.lines import split_lines
from editor.markup.model import Block, Close, Inline, Kind, Level, LineBreak, Open, Style, Text, WrapMode
from editor.markup.text import MarkedText
from editor.markup.wrapping import detect_mode

_EXPECTATIONS = ("html", "outline", "words", "detected", "typo", "encoding", "eol", "text")
_HEADING_TAGS = {
    Level.TITLE: ('<h1 class="title">', "</h1>"),
    Level.PART: ("<h1>", "</h1>"),
    Level.CHAPTER: ("<h2>", "</h2>"),
    Level.SCENE: ("<h3>", "</h3>"),
}
_TAGS = {
    Kind.PARAGRAPH: ("<p>", "</p>"),
    Kind.VERSE: ('<p class="verse">', "</p>"),
    Kind.QUOTE: ("<blockquote>", "</blockquote>"),
    Kind.NOTE: ("<aside>", "</aside>"),
    Kind.END_MATTER: ('<p class="end">', "</p>"),
}
_SILENT = {Kind.COMMENT, Kind.BOILERPLATE, Kind.CONTENTS}
_TEXT_KINDS = {Kind.PARAGRAPH, Kind.VERSE, Kind.QUOTE, Kind.NOTE, Kind.END_MATTER}
_TAG_OF_STYLE = {Style.EMPHASIS: "em", Style.STRONG: "strong"}


@dataclass(frozen=True)
class Failure:
    """One expectation that was not met."""

    key: str
    want: Any
    got: Any


@dataclass(frozen=True)
class Case:
    """One case: its id and its fields as they stand in the file."""

    id: str
    fields: dict[str, Any]

    def failures(self) -> Iterator[Failure]:
        """Run the case and yield what differs."""
        for key in _EXPECTATIONS:
            if key in self.fields:
                try:
                    got = _RUNNERS[key](self)
                except Exception as error:  # noqa: BLE001 - a case that raises is a failure to report, and the others still run
                    got = f"{type(error).__name__}: {error}"
                if got != self.fields[key]:
                    yield Failure(key, self.fields[key], got)

    @property
    def data(self) -> bytes:
        """The bytes of the input."""
        if "input_hex" in self.fields:
            return bytes.fromhex(self.fields["input_hex"])
        return self.fields["input"].encode()

    @property
    def lines(self) -> list[str]:
        """The lines of the input."""
        if "input_hex" in self.fields:
            return split_lines(_decoded(self).text)
        return split_lines(self.fields["input"])

    @property
    def mode(self) -> WrapMode | None:
        """The wrap mode that the case forces, if any."""
        return WrapMode(self.fields["mode"]) if "mode" in self.fields else None


def read_cases(path: Path) -> list[Case]:
    """Read the cases of a file in the form of section 11."""
    with path.open("rb") as file:
        return [Case(fields["id"], fields) for fields in tomllib.load(file)["case"]]


def _decoded(case: Case) -> Any:
    from editor.storage.encoding import decode

    return decode(case.data)


def _html(case: Case) -> list[str]:
    blocks = MarkedText(case.lines, case.mode).blocks
    return [_block_html(block) for block in blocks if block.kind not in _SILENT]


def _block_html(block: Block) -> str:
    if block.kind is Kind.BREAK:
        return "<hr>"
    if block.kind is Kind.HEADER:
        fields = [f"<dt>{_escaped(key)}</dt><dd>{_escaped(value)}</dd>" for key, value in block.fields]
        return f"<dl>{''.join(fields)}</dl>"
    start, end = _HEADING_TAGS[block.level] if block.kind is Kind.HEADING else _TAGS[block.kind]
    return start + _inline_html(resolve_inlines(block)) + end


def _inline_html(inlines: tuple[Inline, ...]) -> str:
    return "".join(map(_one_inline_html, inlines))


def _one_inline_html(inline: Inline) -> str:
    match inline:
        case Text(text):
            return _escaped(text)
        case Open(style):
            return f"<{_TAG_OF_STYLE[style]}>"
        case Close(style):
            return f"</{_TAG_OF_STYLE[style]}>"
        case LineBreak():
            return "<br>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _outline(case: Case) -> list[str]:
    from editor.manuscript.manuscript import Manuscript

    outline = Manuscript(case.lines, case.mode).outline
    title = [f"title: {outline.title}"] if outline.title else []
    return title + [f"{node.level.name.lower()}: {node.title}".rstrip() for node in outline.walk()]


def _words(case: Case) -> int:
    return sum(block.words for block in MarkedText(case.lines, case.mode).blocks)


def _typography(case: Case) -> list[str]:
    from editor.export.typography import apply_typography

    blocks = MarkedText(case.lines, case.mode).blocks
    language = case.fields.get("lang", "en")
    return [
        _inline_html(apply_typography(resolve_inlines(block), language))
        for block in blocks
        if block.kind in _TEXT_KINDS
    ]


_RUNNERS = {
    "html": _html,
    "outline": _outline,
    "words": _words,
    "detected": lambda case: str(detect_mode(case.lines)),
    "typo": _typography,
    "encoding": lambda case: _decoded(case).encoding,
    "eol": lambda case: _decoded(case).eol,
    "text": lambda case: _decoded(case).text,
}
