"""HTML as a tree, however broken it is: nothing is loaded, nothing is run, and no nesting goes deeper than ours."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from editor.importing.refusal import DEEPEST

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_ENDS_PARAGRAPH = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HEAD = 4096


@dataclass(slots=True)
class Node:
    """An element: its tag, its attributes, and what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    def walk(self) -> Iterator["Node"]:
        """Yield this element and all in it, in order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += [child for child in reversed(node.children) if isinstance(child, Node)]

    def find(self, *, tag: str = "", id: str = "", class_: str = "") -> "Node | None":  # noqa: A002 - as HTML calls it
        """Return the first element in this one that fits."""
        return next(self.find_all(tag=tag, id=id, class_=class_), None)

    def find_all(self, *, tag: str = "", id: str = "", class_: str = "") -> Iterator["Node"]:  # noqa: A002
        """Yield the elements in this one that fit."""
        for node in self.walk():
            if (
                node is not self
                and (not tag or node.tag == tag)
                and (not id or node.id == id)
                and (not class_ or class_ in node.classes)
            ):
                yield node

    def text(self) -> str:
        """Return the characters in it, white space collapsed."""
        parts: list[str] = []
        stack: list[Node | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                parts.append(node)
            elif node.tag not in {"script", "style"}:
                stack += reversed(node.children)
        return " ".join("".join(parts).split())


def parse_html(text: str) -> Node:
    """Return the tree of a page or a piece of one. Linear in its length."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.root


def decode_html(data: bytes) -> str:
    """Return the characters of a page: by its byte order mark, by what it says of itself, as UTF-8, as windows-1252."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "surrogateescape" if codec == "utf-8" else "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        said = _CHARSET.search(data[:_HEAD])
        codec = said[1].decode("ascii", "replace") if said else "cp1252"
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return data.decode("latin-1")


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self._stack = [self.root]
        self._open: Counter[str] = Counter()
        self._unplaced: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ENDS_PARAGRAPH and self._open["p"]:
            self._close("p")
        if tag == "li" and self._stack[-1].tag == "li":
            self._close("li")
        node = Node(tag, {key: value or "" for key, value in attrs})
        self._stack[-1].children.append(node)
        if tag in VOID:
            return
        if len(self._stack) > DEEPEST:
            self._unplaced[tag] += 1  # what is in it goes to the element above
            return
        self._stack.append(node)
        self._open[tag] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._unplaced[tag]:
            self._unplaced[tag] -= 1
        elif self._open[tag]:
            self._close(tag)
        elif tag == "br":
            self._stack[-1].children.append(Node("br"))

    def handle_data(self, data: str) -> None:
        self._stack[-1].children.append(data)

    def _close(self, tag: str) -> None:
        while True:
            node = self._stack.pop()
            self._open[node.tag] -= 1
            if node.tag == tag:
                return
