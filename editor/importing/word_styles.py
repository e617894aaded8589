"""The styles of a Word file: what a named style says of slant, weight and rank, what it is based on included."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from editor.importing.css_looks import UNSAID, Look
from editor.importing.style_names import depth_of, is_contents, is_quote, is_rule, is_title
from editor.importing.xml_parts import find_in, parse_tree

_OFF = frozenset({"0", "false", "off", "none"})
_MOST_BASES = 20


@dataclass(frozen=True, slots=True)
class WordStyle:
    """A style: its name in lower case, its look, its outline depth (0: none), the id of what it is based on, and the rest."""

    name: str = ""
    look: Look = UNSAID
    depth: int = 0
    base: str = ""
    id: str = ""
    list_id: str = ""
    borders: frozenset[str] = frozenset()
    alignment: str = ""

    @property
    def is_title(self) -> bool:
        return is_title(self.name)

    @property
    def is_quote(self) -> bool:
        return is_quote(self.name)

    @property
    def is_contents(self) -> bool:
        return is_contents(self.name)

    @property
    def is_rule(self) -> bool:
        return is_rule(self.name)


NO_STYLE = WordStyle()


def is_on(attributes: Mapping[str, str]) -> bool:
    """Say whether a switch such as `w:i` is on."""
    return attributes.get("w:val", "1").lower() not in _OFF


def is_centred(alignment: str) -> bool:
    """Say whether a paragraph stands in the middle or to the right."""
    return alignment in {"center", "right", "end"}


def has_border(attributes: Mapping[str, str]) -> bool:
    """Say whether an element that names a side of a border puts a line there."""
    return attributes.get("w:val", "none") not in {"none", "nil"}


def parse_styles(data: bytes) -> dict[str, WordStyle]:
    """Return the styles of `word/styles.xml` by id, each with what it inherits; raise Refusal."""
    own = {style.get("w:styleId", ""): _own(style) for style in parse_tree(data).iter("w:style")}
    return {id_: _with_bases(style, own) for id_, style in own.items()}


def _own(style: Element) -> WordStyle:
    name = find_in(style, "w:name")
    base = find_in(style, "w:basedOn")
    level = find_in(style, "w:pPr", "w:outlineLvl")
    text = "" if name is None else name.get("w:val", "").lower()
    depth = int(level.get("w:val", "9")) + 1 if level is not None else 0
    depth = depth_of(text) or depth
    list_id = find_in(style, "w:pPr", "w:numPr", "w:numId")
    borders = find_in(style, "w:pPr", "w:pBdr")
    alignment = find_in(style, "w:pPr", "w:jc")
    return WordStyle(
        text,
        Look(_switch(style, "w:i"), _switch(style, "w:b")),
        depth if depth <= 9 else 0,
        "" if base is None else base.get("w:val", ""),
        style.get("w:styleId", ""),
        "" if list_id is None else list_id.get("w:val", ""),
        frozenset()
        if borders is None
        else frozenset(each.tag for each in borders if has_border(each.attrib)),
        "" if alignment is None else alignment.get("w:val", ""),
    )


def _switch(style: Element, name: str) -> bool | None:
    found = find_in(style, "w:rPr", name)
    return None if found is None else is_on(found.attrib)


def _with_bases(style: WordStyle, own: Mapping[str, WordStyle]) -> WordStyle:
    base = own.get(style.base)
    for _ in range(_MOST_BASES):
        if base is None:
            break
        look = Look(
            *(
                there if there is not None else below
                for there, below in zip(style.look, base.look, strict=True)
            )
        )
        style = replace(
            style,
            look=look,
            depth=style.depth or (0 if base.name == "heading" else base.depth),
            list_id=style.list_id or base.list_id,
            borders=style.borders or base.borders,
            alignment=style.alignment or base.alignment,
        )
        base = own.get(base.base)
    return style
