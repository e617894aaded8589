"""The table of contents of an electronic book: it says what the chapters are called where their pages do not mark it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from posixpath import dirname
from typing import NamedTuple
from xml.etree.ElementTree import Element

from editor.importing.html_tree import Node
from editor.importing.sources import resolve_part
from editor.importing.xml_parts import text_in

_DEEPEST = 6
_FIRST_BLOCKS = 3
_NO_CHAPTER = re.compile(
    r"(?:section|split|page|part)[ _]?\d+|cover|title ?page|titelseite|copyright.*|(?:table of )?contents|inhalt(?:sverzeichnis)?|start|"
    r"imprint|impressum|also by.*|about the author|unknown|untitled|.*\.x?html?",
    re.IGNORECASE,
)
_LINES = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "center"})
_HEADINGS = frozenset(f"h{depth}" for depth in range(1, 7))


class Entry(NamedTuple):
    """A line of the contents: where it leads, what it says, and its depth from 1."""

    page: str
    fragment: str
    label: str
    depth: int


def entries_of_page(root: Node, name: str) -> Iterator[Entry]:
    """Yield the entries of a navigation page."""
    nav = next(
        (each for each in root.find_all(tag="nav") if each.attributes.get("epub:type", "toc") == "toc"), None
    )
    stack: list[tuple[Node, int]] = [(nav, 0)] if nav is not None else []
    while stack:
        node, depth = stack.pop()
        if node.tag == "a":
            page, _, fragment = node.attributes.get("href", "").partition("#")
            yield Entry(resolve_part(dirname(name), page), fragment, node.text(), depth)
        inside = depth + (node.tag == "ol")
        stack += [(child, inside) for child in reversed(node.children) if isinstance(child, Node)]


def entries_of_map(tree: Element, name: str) -> Iterator[Entry]:
    """Yield the entries of an older book's map (toc.ncx)."""
    stack = [(tree, 0)]
    while stack:
        element, depth = stack.pop()
        if element.tag == "navPoint":
            label = " ".join(text_in(element, "navLabel").split())
            content = element.find("content")
            page, _, fragment = ("" if content is None else content.get("src", "")).partition("#")
            yield Entry(resolve_part(dirname(name), page), fragment, label, depth)
        stack += [(child, depth + (child.tag == "navPoint")) for child in reversed(element)]


def mark_chapters(pages: Mapping[str, Node], entries: Iterable[Entry]) -> None:
    """Make headings of what the contents lead to, on pages that have none of their own."""
    without = {
        name: page for name, page in pages.items() if not any(each.tag in _HEADINGS for each in page.walk())
    }
    for entry in entries:
        page = without.get(entry.page)
        if page is None or not entry.label or len(entry.label) > 200:
            continue
        body = page.find(tag="body") or page
        start = body.find(id=entry.fragment) if entry.fragment else None
        lines = _lines_from(body, start)
        wanted = _letters(entry.label)
        found = next((line for line in lines if _letters(line.text()) == wanted), None)
        tag = f"h{max(1, min(_DEEPEST, entry.depth))}"
        if found is not None:
            found.tag = tag
        elif start is None and lines and not _NO_CHAPTER.fullmatch(entry.label):
            body.children.insert(0, Node(tag, {}, [entry.label]))


def _lines_from(body: Node, start: Node | None) -> list[Node]:
    """Return the first lines with words of a page, or from a place in it."""
    lines: list[Node] = []
    is_there = start is None
    for node in body.walk():
        is_there = is_there or node is start
        is_line = node.tag in _LINES and not any(
            isinstance(child, Node) and child.tag in _LINES for child in node.children
        )
        if is_there and is_line and node.text():
            lines.append(node)
            if len(lines) == _FIRST_BLOCKS:
                break
    return lines


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
