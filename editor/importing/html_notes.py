"""Footnotes of web pages and electronic books: a short link to a place further down that links back.

The link and the note come together: the link becomes a node "#note" with the words of the note, which go where the text is.
"""

import re
from collections.abc import Callable, Mapping

from editor.importing.draft import Draft, Loss, Run
from editor.importing.html_blocks import HtmlBlocks
from editor.importing.html_tree import Node
from editor.importing.marks import note_text

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[ivxlc]{1,6}|[a-z]|[*†‡§]{1,3}|note \d{1,3})[\])]?", re.IGNORECASE)
_HOLDERS = frozenset({"p", "li", "aside", "div", "dd", "section", "blockquote", "td"})
_NEVER = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "body", "html", "table", "nav", ""})
_LONGEST = 5_000

Resolve = Callable[[str, str], str]
"""The name of the page that a reference in a page leads to."""


def gather_notes(pages: Mapping[str, Node], resolve: Resolve, draft: Draft) -> None:
    """Put the words of each footnote of some pages where its link is, and take the note out. Linear in their length."""
    places: dict[tuple[str, str], int] = {}
    parents: dict[int, Node] = {}
    order: list[tuple[str, Node]] = []
    for name, root in pages.items():
        for node in root.walk():
            if named := node.id or node.attributes.get("name", ""):
                places.setdefault((name, named), len(order))
            order.append((name, node))
            for child in node.children:
                if isinstance(child, Node):
                    parents[id(child)] = node
    for number, (name, link) in enumerate(order):
        if link.tag != "a" or not _MARK.fullmatch(link.text()):
            continue
        page, _, fragment = link.attributes.get("href", "").partition("#")
        place = places.get((resolve(name, page) if page else name, fragment)) if fragment else None
        if place is None or place <= number:
            continue
        note = _holder(order[place][1], parents)
        if note is not None and _links_back(note, _names(link, parents)):
            words = _words(note, order[place][1])
            parents[id(note)].children.remove(note)
            link.tag, link.attributes, link.children = "#note", {"words": f"{_label(fragment)}: {words}"}, []
            draft.lose(Loss.REMARK if _label(fragment) == "Comment" else Loss.FOOTNOTE)


def _label(fragment: str) -> str:
    """Return what a note is, by the names that word processors give to them."""
    return (
        "Comment"
        if "cmnt" in fragment
        else "Endnote"
        if "edn" in fragment or "endnote" in fragment
        else "Footnote"
    )


def _holder(node: Node, parents: Mapping[int, Node]) -> Node | None:
    """Return the block that a place is in, None if that is no note."""
    while node.tag not in _HOLDERS:
        if node.tag in _NEVER or id(node) not in parents:
            return None
        node = parents[id(node)]
    return node if id(node) in parents and len(node.text()) <= _LONGEST else None


def _names(link: Node, parents: Mapping[int, Node]) -> set[str]:
    """Return the names by which a link and what is closely around it can be linked to."""
    names = set()
    node: Node | None = link
    for _ in range(4):
        if node is None:
            break
        names |= {node.id, node.attributes.get("name", "")}
        names |= {child.id for child in node.children if isinstance(child, Node)}
        node = parents.get(id(node))
    return names - {""}


def _links_back(note: Node, names: set[str]) -> bool:
    return any(link.attributes.get("href", "").rpartition("#")[2] in names for link in note.find_all(tag="a"))


def _words(note: Node, target: Node) -> str:
    """Return the words of a note, without the links back."""
    for node in [note, *note.find_all()]:
        node.children = [
            child
            for child in node.children
            if isinstance(child, str) or not (child.tag == "a" and "#" in child.attributes.get("href", ""))
        ]
    if target.tag == "a" and target in note.children:
        note.children.remove(target)
    inside = Draft()
    HtmlBlocks(inside).add(note)
    runs: list[Run] = []
    for piece in inside.pieces:
        runs += [*piece.runs, Run(" ")]
    return re.sub(
        r"\A[.:)\s]+|\A(?:[\[(]?\d{1,3}[\])]|\d{1,3}\.)\s+|\s*[↩↑^]\ufe0e?\Z", "", note_text(runs)
    ).strip()
