"""What a style says of slant and weight: in a style attribute, or for a class in a style sheet. Everything else is ignored."""

import re
from typing import NamedTuple

_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,5000})\}")
_CLASS = re.compile(r"(?:^|[\s,}])(?:\w+)?\.([\w-]+)(?=\s*(?:,|$))")
_STYLE = re.compile(r"(?<![\w-])font-style\s*:\s*(\w+)")
_WEIGHT = re.compile(r"(?<![\w-])font-weight\s*:\s*(\w+)")
_HIDDEN = re.compile(r"display\s*:\s*none")


class Look(NamedTuple):
    """Slant and weight; None where nothing is said."""

    emphasis: bool | None = None
    strong: bool | None = None


UNSAID = Look()


def parse_look(style: str) -> Look:
    """Return what the declarations of a style say."""
    if "font" not in style:
        return UNSAID
    slant, weight = _STYLE.search(style), _WEIGHT.search(style)
    return Look(
        slant[1] in {"italic", "oblique"} if slant else None,
        weight[1] in {"bold", "bolder", "600", "700", "800", "900"} if weight else None,
    )


def is_hidden(style: str) -> bool:
    """Say whether a style hides its element."""
    return "display" in style and bool(_HIDDEN.search(style))


def parse_classes(sheet: str) -> dict[str, Look]:
    """Return the looks of the classes of a style sheet that say something of slant or weight."""
    looks: dict[str, Look] = {}
    for selectors, declarations in _RULE.findall(sheet):
        look = parse_look(declarations)
        if look != UNSAID:
            looks.update(dict.fromkeys(_CLASS.findall(selectors), look))
    return looks
