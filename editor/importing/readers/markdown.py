"""Markdown files, as CommonMark says, and what Obsidian adds to it. Front matter becomes the story header; HTML is read as the
words in it; comments (of HTML, and between "%%") become private notes, links between pages their words.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from editor.importing.draft import Draft, Loss, Role, Run
from editor.importing.html_blocks import HtmlBlocks
from editor.importing.html_tree import decode_html, parse_html
from editor.importing.list_signs import BULLET, is_dash, with_sign
from editor.importing.refusal import DEEPEST

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z][\w -]{0,30}):[ \t]+(.*)")
_KNOWN = ("Title", "Author", "Summary", "Date", "Language", "Series", "Rating")
_MOST_BRACKETS = 2_000
_OBSIDIAN_NOTE = re.compile(r"%%((?:(?!%%|-->).){1,5000})%%", re.DOTALL)
_PAGE_LINK = re.compile(r"(!?)\[\[([^\[\]|#\n]{1,200})(?:#[^\[\]|\n]{0,200})?(?:\|([^\[\]\n]{1,200}))?\]\]")
_OWN_FACT = re.compile(r"\[\[(status|pov|synopsis|label|target|title|export):(.*)\]\]", re.IGNORECASE)
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
    text = _PAGE_LINK.sub(reader.words_of_link, _OBSIDIAN_NOTE.sub(r"<!--\1-->", text))
    for token in parser.parse(text):
        reader.take(token)


class _Tokens:
    """Adds the blocks of a parsed text to a draft."""

    def __init__(self, draft: Draft, *, keeps_lines: bool) -> None:
        self._draft, self._keeps_lines = draft, keeps_lines
        self._quotes = 0
        self._depth = 0
        self._sign = ""
        self._notes: list[str] = []

    def words_of_link(self, match: re.Match[str]) -> str:
        """Return what stays of a link between pages."""
        if _OWN_FACT.fullmatch(match[0]):
            return match[0]
        self._draft.lose(Loss.IMAGE if match[1] else Loss.LINK)
        return "" if match[1] else (match[3] or match[2])

    def take(self, token: Token) -> None:
        """Take one block token."""
        if token.type in {"blockquote_open", "blockquote_close"}:
            self._quotes += token.nesting
        elif token.type == "heading_open":
            self._depth = int(token.tag[1:])
        elif token.type == "list_item_open":
            self._sign = (
                f"{token.info}{token.markup}" if token.info else "-" if token.markup == "-" else BULLET
            )
        elif token.type == "hr":
            self._draft.add_break()
        elif token.type in {"code_block", "fence"}:
            self._draft.add(Role.VERSE, token.content)
        elif token.type == "html_block":
            self._take_html(token.content)
        elif token.type == "inline":
            self._take_words(token)

    def _take_words(self, token: Token) -> None:
        if fact := _OWN_FACT.fullmatch(token.content.strip()):
            self._draft.add_fact(fact[1].lower(), fact[2])
            return
        sign, self._sign = self._sign, ""
        role = Role.HEADING if self._depth else Role.QUOTE if self._quotes else Role.PARAGRAPH
        if role is Role.PARAGRAPH and sign and not is_dash(sign):
            role = Role.ITEM
            self._draft.lose(Loss.LIST)
        runs = self._runs(token.children or [])
        self._draft.add(role, with_sign(runs, sign) if sign else runs, self._depth)
        self._depth = 0
        for note in self._notes:
            self._draft.add(Role.COMMENT, note)
        self._notes = []

    def _take_html(self, html: str) -> None:
        html = html.strip()
        if html.startswith("<!--"):
            comment, _, html = html[4:].partition("-->")
            self._draft.add(Role.COMMENT, comment)
        HtmlBlocks(self._draft).add(parse_html(html))

    def _runs(self, tokens: list[Token]) -> list[Run]:
        looks = {"em": 0, "strong": 0}
        runs: list[Run] = []
        for token in tokens:
            if token.type == "s_open":
                self._draft.lose(Loss.STRUCK)
            elif token.tag in looks and token.nesting:
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
        if tag.startswith("<!--"):
            self._notes.append(tag[4:].removesuffix("-->"))
            return
        name = tag.strip("</> ").lower()
        if name == "br":
            runs.append(Run("\n"))
        elif name in _TAG_LOOKS:
            look = _TAG_LOOKS[name]
            looks[look] = max(0, looks[look] + (-1 if tag.startswith("</") else 1))
