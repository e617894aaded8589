"""XML from files that nobody vouches for: no document type with rules of its own, so no entities; nesting bounded; read as a stream.

Names come with a short prefix for the namespaces that we know ("w:p"), bare for all others.
"""

from collections.abc import Callable, Mapping
from typing import Protocol
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from editor.importing.refusal import DAMAGED, DEEPEST, TOO_DEEP, Refusal

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office:",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text:",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style:",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table:",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw:",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo:",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest:",
}


class Listener(Protocol):
    """What hears of the elements and characters of a document, in order."""

    def start(self, name: str, attributes: Mapping[str, str]) -> object:
        """Hear of a start tag."""

    def end(self, name: str) -> object:
        """Hear of an end tag."""

    def data(self, text: str) -> object:
        """Hear of characters."""


def parse_xml(data: bytes, listener: Listener) -> None:
    """Tell `listener` of a document; raise Refusal."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    names: dict[str, str] = {}
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Refusal(TOO_DEEP)
        listener.start(short(name), {short(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        listener.end(short(name))

    def short(name: str) -> str:
        found = names.get(name)
        if found is None:
            space, _, local = name.rpartition(" ")
            found = names[name] = _PREFIXES.get(space, "") + local
        return found

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = listener.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    _feed(parser.Parse, data)


def _feed(parse: Callable[[bytes, bool], object], data: bytes) -> None:
    try:
        parse(data, True)  # noqa: FBT003 - the parser takes it by place: this was all
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Refusal(DAMAGED) from error


def _refuse_doctype(_name: str, _system: str | None, _public: str | None, has_own_rules: int) -> None:
    """Refuse a document type that brings rules of its own; one that only names rules elsewhere says nothing, as none are loaded."""
    if not has_own_rules:
        return
    raise Refusal("declares a document type, which no such file needs and which can hide anything")


def parse_tree(data: bytes) -> Element:
    """Return a document as a tree, for the small ones; raise Refusal."""
    builder = TreeBuilder()

    class _Grow:
        def start(self, name: str, attributes: Mapping[str, str]) -> None:
            builder.start(name, dict(attributes))

        def end(self, name: str) -> None:
            builder.end(name)

        def data(self, text: str) -> None:
            builder.data(text)

    parse_xml(data, _Grow())
    return builder.close()


def find_in(element: Element, *path: str) -> Element | None:
    """Return the first element at the end of a path of names."""
    for child in element:
        if child.tag == path[0]:
            found = child if len(path) == 1 else find_in(child, *path[1:])
            if found is not None:
                return found
    return None


def text_in(element: Element, *path: str) -> str:
    """Return the characters of the element at the end of a path, "" if there is none."""
    found = find_in(element, *path)
    return "" if found is None else "".join(found.itertext())
