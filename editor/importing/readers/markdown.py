"""Markdown files, as CommonMark says. Front matter becomes the story header; HTML in them is read as the words in it."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from editor.importing.draft import Draft, Loss, Role, Run
from editor.importing.html_tree import decode_html, parse_html
from editor.importing.refusal import DEEPEST

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z][\w -]{0,30}):[ \t]+(.*)")
_KNOWN = ("Title", "Author", "Summary", "Date", "Language", "Series", "Rating")
_MOST_BRACKETS = 2_000
_TAG_LOOKS = {"i": "em", "em": "em", "b": "strong", "strong": "strong"}


def read(data: bytes) -> Draft:
    """Return the draft of a Markdown file."""
    draft = Draft()
    text = decode_html(data)
    if front := _FRONT.match(text[:20_000]):
        for line in front[1].split("\n"):
            if (found := _FIELD.fullmatch(line.strip())) and found[1].capitalize() in _KNOWN:
                draft.set_field(found[1].capitalize(), found[2].strip("\"' "))
        text = text[front.end() :]
    add_markdown(draft, text)
    return draft


def add_markdown(draft: Draft, text: str, *, keeps_lines: bool = False) -> None:
    """Add the pieces of a text in Markdown. `keeps_lines`: a line end in a paragraph is a line break."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("strikethrough")
    if text.count("[") > _MOST_BRACKETS + len(text) // 100:
        parser.disable(["link", "image"])  # which look for the end of each of them again and again
    reader = _Tokens(draft, keeps_lines=keeps_lines)
    for token in parser.parse(text):
        reader.take(token)


class _Tokens:
    """Adds the blocks of a parsed text to a draft."""

    def __init__(self, draft: Draft, *, keeps_lines: bool) -> None:
        self._draft, self._keeps_lines = draft, keeps_lines
        self._quotes = 0
        self._depth = 0

    def take(self, token: Token) -> None:
        """Take one block token."""
        if token.type in {"blockquote_open", "blockquote_close"}:
            self._quotes += token.nesting
        elif token.type == "heading_open":
            self._depth = int(token.tag[1:])
        elif token.type == "hr":
            self._draft.add_break()
        elif token.type in {"code_block", "fence"}:
            self._draft.add(Role.VERSE, token.content)
        elif token.type == "html_block":
            self._take_html(token.content)
        elif token.type == "inline":
            role = Role.HEADING if self._depth else Role.QUOTE if self._quotes else Role.PARAGRAPH
            self._draft.add(role, self._runs(token.children or []), self._depth)
            self._depth = 0

    def _take_html(self, html: str) -> None:
        if html.lstrip().startswith("<!--"):
            self._draft.add(Role.COMMENT, html.strip()[4:].removesuffix("-->"))
            return
        if html.lower().lstrip().startswith("<hr"):
            self._draft.add_break()
        self._draft.add(Role.PARAGRAPH, parse_html(html).text())

    def _runs(self, tokens: list[Token]) -> list[Run]:
        looks = {"em": 0, "strong": 0}
        runs: list[Run] = []
        for token in tokens:
            if token.tag in looks and token.nesting:
                looks[token.tag] += token.nesting
            elif token.type == "html_inline":
                self._take_tag(token.content, looks, runs)
            elif token.type == "image":
                self._draft.lose(Loss.IMAGE)
            elif token.type in {"softbreak", "hardbreak"}:
                is_hard = token.type == "hardbreak" or self._keeps_lines
                runs.append(Run("\n" if is_hard else " ", looks["em"] > 0, looks["strong"] > 0))
            elif token.type == "link_open":
                self._draft.lose(Loss.LINK)
            elif token.content:
                runs.append(Run(token.content, looks["em"] > 0, looks["strong"] > 0))
        return runs

    def _take_tag(self, tag: str, looks: dict[str, int], runs: list[Run]) -> None:
        name = tag.strip("</> ").lower()
        if name == "br":
            runs.append(Run("\n"))
        elif name in _TAG_LOOKS:
            look = _TAG_LOOKS[name]
            looks[look] = max(0, looks[look] + (-1 if tag.startswith("</") else 1))
