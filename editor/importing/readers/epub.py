"""Electronic books (.epub): the text of their pages in reading order, slant and weight from their style sheets too."""

from posixpath import dirname
from xml.etree.ElementTree import Element

from editor.importing.css_looks import CssLook, parse_classes
from editor.importing.draft import Draft, Loss
from editor.importing.epub_contents import Entry, entries_of_map, entries_of_page, mark_chapters
from editor.importing.html_blocks import HtmlBlocks
from editor.importing.html_notes import gather_notes
from editor.importing.html_tree import Node, decode_html, parse_html
from editor.importing.readers.html import read_archive_front
from editor.importing.refusal import DAMAGED, Refusal
from editor.importing.sources import Parts, resolve_part
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
    roots = {page: parse_html(decode_html(parts.read(page))) for page in pages if page in parts.names}
    draft.lose(Loss.UNREADABLE, len(pages) - len(roots))
    mark_chapters(roots, _entries(tree, dirname(package), parts))
    gather_notes(roots, lambda page, reference: resolve_part(dirname(page), reference), draft)
    looks: dict[str, dict[str, CssLook]] = {}
    for page, root in roots.items():
        if not read_archive_front(draft, root):
            _add_page(draft, parts, page, root, looks)
    return draft


def _entries(package: Element, folder: str, parts: Parts) -> list[Entry]:
    """Return what the table of contents says, the newer one if there are two; nothing if it cannot be read."""
    items = list(package.iter("item"))
    navs = [item for item in items if "nav" in item.get("properties", "").split()]
    maps = [item for item in items if item.get("media-type") == "application/x-dtbncx+xml"]
    name = next((resolve_part(folder, item.get("href", "")) for item in navs or maps), "")
    if name not in parts.names:
        return []
    data = parts.read(name)
    if navs:
        return list(entries_of_page(parse_html(decode_html(data)), name))
    try:
        return list(entries_of_map(parse_tree(data), name))
    except Refusal:
        return []


def _pages(package: Element, folder: str) -> list[str]:
    """Return the names of the pages in reading order, without the list of contents."""
    items = {item.get("id", ""): item for item in package.iter("item")}
    pages = []
    for reference in package.iter("itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or "nav" in item.get("properties", "").split():
            continue
        if item.get("media-type", "text/html") in _PAGES:
            pages.append(resolve_part(folder, item.get("href", "")))
    return list(dict.fromkeys(pages))


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


def _add_page(
    draft: Draft, parts: Parts, page: str, root: Node, looks: dict[str, dict[str, CssLook]]
) -> None:
    classes: dict[str, CssLook] = {}
    for link in root.find_all(tag="link"):
        sheet = resolve_part(dirname(page), link.attributes.get("href", ""))
        if sheet not in looks:
            is_there = sheet in parts.names and sheet.endswith(".css")
            looks[sheet] = parse_classes(decode_html(parts.read(sheet))) if is_there else {}
        classes |= looks[sheet]
    body: Node = root.find(tag="body") or root
    draft.add_break()
    HtmlBlocks(draft, classes).add_page(body)
