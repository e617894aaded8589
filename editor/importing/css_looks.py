"""What a style says of slant, weight, lines through or below, and of what is hidden: in a style attribute, or for a class in a
style sheet. Everything else is ignored.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,5000})\}")
_CLASS = re.compile(r"(?:^|[\s,}])(\w*)\.([\w-]+)(?=\s*(?:,|$))")
_STYLE = re.compile(r"(?<![\w-])font-style\s*:\s*(\w+)")
_WEIGHT = re.compile(r"(?<![\w-])font-weight\s*:\s*(\w+)")
_LINE = re.compile(r"(?<![\w-])text-decoration(?:-line)?\s*:\s*([\w -]+)")
_SMALL = re.compile(r"font-variant(?:-caps)?\s*:\s*small-caps|vertical-align\s*:\s*(?:super|sub)\b")
_PLACE = re.compile(r"(?<![\w-])text-align\s*:\s*(\w+)")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden")
_WORDS = ("font", "decoration", "display", "align", "hide", "visibility")


class Look(NamedTuple):
    """Slant and weight; None where nothing is said."""

    emphasis: bool | None = None
    strong: bool | None = None


UNSAID = Look()


class CssLook(NamedTuple):
    """What is said; None where nothing is."""

    emphasis: bool | None = None
    strong: bool | None = None
    is_underlined: bool | None = None
    is_struck: bool | None = None
    is_small: bool | None = None
    is_hidden: bool | None = None
    is_centred: bool | None = None


NOTHING = CssLook()
Looks = Mapping[str, CssLook]
"""Looks of a style sheet, by "class" or "tag.class"."""


def parse_look(style: str) -> CssLook:
    """Return what the declarations of a style say."""
    if not any(word in style for word in _WORDS):
        return NOTHING
    slant, weight, line = _STYLE.search(style), _WEIGHT.search(style), _LINE.search(style)
    place = _PLACE.search(style)
    return CssLook(
        slant[1] in {"italic", "oblique"} if slant else None,
        weight[1] in {"bold", "bolder", "600", "700", "800", "900"} if weight else None,
        "underline" in line[1] if line else None,
        "line-through" in line[1] if line else None,
        True if _SMALL.search(style) else None,
        True if _HIDDEN.search(style) else None,
        place[1] in {"center", "right", "end"} if place else None,
    )


def over(below: CssLook, above: CssLook) -> CssLook:
    """Return what holds where one says something over another."""
    return CssLook(*(low if high is None else high for low, high in zip(below, above, strict=True)))


def parse_classes(sheet: str) -> dict[str, CssLook]:
    """Return the looks of the classes of a style sheet that say something that we read."""
    looks: dict[str, CssLook] = {}
    for selectors, declarations in _RULE.findall(sheet):
        look = parse_look(declarations.lower())
        if look != NOTHING:
            for tag, name in _CLASS.findall(selectors):
                key = f"{tag.lower()}.{name}" if tag else name
                looks[key] = over(looks.get(key, NOTHING), look)
    return looks


def look_of_classes(looks: Looks, tag: str, classes: Iterable[str]) -> CssLook:
    """Return what the classes of an element say."""
    found = NOTHING
    for name in sorted(classes):
        for key in (name, f"{tag}.{name}"):
            if key in looks:
                found = over(found, looks[key])
    return found
