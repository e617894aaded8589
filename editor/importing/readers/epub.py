"""Electronic books (.epub): the text of their pages in reading order, slant and weight from their style sheets too."""

from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from editor.importing.css_looks import Look, parse_classes
from editor.importing.draft import Draft, Loss
from editor.importing.html_blocks import HtmlBlocks
from editor.importing.html_tree import Node, decode_html, parse_html
from editor.importing.refusal import DAMAGED, Refusal
from editor.importing.sources import Parts
from editor.importing.xml_parts import find_in, parse_tree, text_in

_FIELDS = (
    ("Title", "dc:title"),
    ("Author", "dc:creator"),
    ("Summary", "dc:description"),
)
_NOBODY = frozenset({"unknown", "unknown author"})
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/xml"})


def read(parts: Parts) -> Draft:
    """Return the draft of a book; raise Refusal."""
    package = next(
        (
            each.get("full-path", "")
            for each in parse_tree(parts.read("META-INF/container.xml")).iter("rootfile")
        ),
        "",
    )
    if package not in parts.names:
        raise Refusal(DAMAGED)
    tree = parse_tree(parts.read(package))
    pages = _pages(tree, dirname(package))
    _refuse_locked(parts, pages)
    draft = Draft()
    metadata = find_in(tree, "metadata")
    if metadata is not None:
        for key, name in _FIELDS:
            value = parse_html(text_in(metadata, name)).text()
            draft.set_field(key, "" if value.lower() in _NOBODY else value)
    looks: dict[str, dict[str, Look]] = {}
    for page in pages:
        if page in parts.names:
            _add_page(draft, parts, page, looks)
        else:
            draft.lose(Loss.UNREADABLE)
    return draft


def _pages(package: Element, folder: str) -> list[str]:
    """Return the names of the pages in reading order, without the list of contents."""
    items = {item.get("id", ""): item for item in package.iter("item")}
    pages = []
    for reference in package.iter("itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or "nav" in item.get("properties", "").split():
            continue
        if item.get("media-type", "text/html") in _PAGES:
            pages.append(_resolve(folder, item.get("href", "")))
    return list(dict.fromkeys(pages))


def _resolve(folder: str, reference: str) -> str:
    """Return the name of the part that a reference in a page of that folder means; nothing outside the file has one."""
    return normpath(join(folder, unquote(reference.partition("#")[0])))


def _refuse_locked(parts: Parts, pages: list[str]) -> None:
    name = "META-INF/encryption.xml"
    if name not in parts.names:
        return
    locked = {
        each.get("URI", "")
        for each in parse_tree(parts.read(name)).iter()
        if each.tag.endswith("CipherReference")
    }
    if locked & set(pages):
        raise Refusal("is locked against copying by whoever sold it")


def _add_page(draft: Draft, parts: Parts, page: str, looks: dict[str, dict[str, Look]]) -> None:
    root = parse_html(decode_html(parts.read(page)))
    classes: dict[str, Look] = {}
    for link in root.find_all(tag="link"):
        sheet = _resolve(dirname(page), link.attributes.get("href", ""))
        if sheet not in looks:
            is_there = sheet in parts.names and sheet.endswith(".css")
            looks[sheet] = parse_classes(decode_html(parts.read(sheet))) if is_there else {}
        classes |= looks[sheet]
    body: Node = root.find(tag="body") or root
    draft.add_break()
    HtmlBlocks(draft, classes).add_page(body)
