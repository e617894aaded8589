"""The numbers and signs that Word counts up before list items and headings; they are in no paragraph's text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from editor.importing.list_signs import number_text, tidy_sign
from editor.importing.xml_parts import find_in, parse_tree

_PLACE = re.compile(r"%(\d)")
_NONE = "none"
_DEEPEST = 9


class Numbering(NamedTuple):
    """Where a paragraph stands in a list: the list's id ("" or "0": in none) and the depth from 0."""

    list_id: str = ""
    depth: int = 0


@dataclass(slots=True)
class Level:
    """How one depth of a list is numbered."""

    kind: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class WordNumbers:
    """Counts as Word does: lists of one kind count on, and a number starts again below the next one above it."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by the kind of list
    kinds: dict[str, str] = field(default_factory=dict)  # by the list
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    depths: dict[str, int] = field(default_factory=dict)  # of heading styles, by their id
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def depth_of_style(self, style_id: str) -> int:
        """Return the depth that belongs to a paragraph style."""
        return self.depths.get(style_id, 0)

    def next_sign(self, place: Numbering) -> str:
        """Return what stands before the next paragraph at that place, and count it."""
        kind = self.kinds.get(place.list_id, "")
        level = self.levels.get(kind, {}).get(place.depth)
        if level is None:
            return ""
        if level.kind == "bullet":
            return tidy_sign(level.text)
        self._count(kind, place)
        return "" if level.kind == _NONE else tidy_sign(self._spell(kind, level))

    def _count(self, kind: str, place: Numbering) -> None:
        counts = self._counts.setdefault(kind, {})
        restart = self.restarts.pop((place.list_id, place.depth), None)
        if restart is not None:
            counts[place.depth] = restart
        elif place.depth in counts:
            counts[place.depth] += 1
        else:
            counts[place.depth] = self.levels[kind][place.depth].start
        for deeper in [depth for depth in counts if depth > place.depth]:
            del counts[deeper]

    def _spell(self, kind: str, level: Level) -> str:
        counts, levels = self._counts[kind], self.levels[kind]

        def number(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            there = levels.get(depth, Level())
            return number_text(counts.get(depth, there.start), there.kind)

        return _PLACE.sub(number, level.text)


def parse_numbering(data: bytes) -> WordNumbers:
    """Return the numbers of `word/numbering.xml`; raise Refusal."""
    numbers = WordNumbers()
    for element in parse_tree(data):
        if element.tag == "w:abstractNum":
            levels = numbers.levels.setdefault(element.get("w:abstractNumId", ""), {})
            for each in element.iter("w:lvl"):
                depth = _number(each.attrib, "w:ilvl", 0)
                levels[depth] = Level(
                    _said(each, "w:numFmt", "decimal"),
                    _said(each, "w:lvlText", ""),
                    int(start) if (start := _said(each, "w:start", "1")).isdigit() else 1,
                )
                if style := _said(each, "w:pStyle", ""):
                    numbers.depths[style] = depth
        elif element.tag == "w:num":
            list_id = element.get("w:numId", "")
            numbers.kinds[list_id] = _said(element, "w:abstractNumId", "")
            for each in element.iter("w:lvlOverride"):
                start = _said(each, "w:startOverride", "")
                if start.isdigit():
                    numbers.restarts[list_id, _number(each.attrib, "w:ilvl", 0)] = int(start)
    return numbers


def _said(element: Element, name: str, otherwise: str) -> str:
    found = find_in(element, name)
    return otherwise if found is None else found.get("w:val", otherwise)


def _number(attributes: Mapping[str, str], name: str, otherwise: int) -> int:
    text = attributes.get(name, "")
    return min(int(text), _DEEPEST) if text.isdigit() and len(text) < _DEEPEST else otherwise
