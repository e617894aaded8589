"""The styles of an OpenDocument text: looks, ranks, page breaks, lines, and how lists and headings are numbered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from editor.importing.css_looks import Look
from editor.importing.draft import Loss
from editor.importing.list_signs import number_text, tidy_sign
from editor.importing.style_names import depth_of

_MOST_BASES = 20
_HEAVY = frozenset({"bold", "600", "700", "800", "900"})
OUTLINE = "\0outline"
"""The list style that numbers headings."""


@dataclass(slots=True)
class OdfStyle:
    """A style: what it is based on, its look, its outline depth (0: none), and what it does to the page."""

    name: str = ""
    parent: str = ""
    look: Look = field(default_factory=Look)
    starts_page: bool = False
    ends_page: bool = False
    depth: int = 0
    is_ruled: bool | None = None  # a line below and nowhere else
    is_centred: bool | None = None
    is_hidden: bool = False
    losses: frozenset[Loss] = frozenset()


class Said(NamedTuple):
    """What holds for characters."""

    emphasis: bool = False
    strong: bool = False
    is_hidden: bool = False
    losses: frozenset[Loss] = frozenset()


class _Level(NamedTuple):
    bullet: str = ""
    kind: str = ""
    before: str = ""
    after: str = ""
    start: int = 1


class OdfStyles:
    """Hears the elements of styles, and answers for the text."""

    def __init__(self) -> None:
        self._styles: dict[str, OdfStyle] = {}
        self._style: OdfStyle | None = None
        self._levels: dict[str, dict[int, _Level]] = {}
        self._list = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Hear of a start tag outside the text."""
        if name == "style:style":
            self._start_style(attributes)
        elif name == "style:text-properties" and self._style is not None:
            _set_characters(self._style, attributes)
        elif name == "style:paragraph-properties" and self._style is not None:
            _set_paragraph(self._style, attributes)
        elif name in {"text:list-style", "text:outline-style"}:
            self._list = OUTLINE if name == "text:outline-style" else attributes.get("style:name", "")
        elif name.startswith(("text:list-level-style", "text:outline-level-style")):
            self._add_level(attributes)

    def end(self, name: str) -> None:
        """Hear of an end tag outside the text."""
        if name == "style:style":
            self._style = None

    def chain(self, name: str) -> list[OdfStyle]:
        """Return a style and those that it is based on, nearest first."""
        chain: list[OdfStyle] = []
        while name in self._styles and len(chain) < _MOST_BASES:
            chain.append(self._styles[name])
            name = chain[-1].parent
        return chain

    def said_by(self, name: str, around: Said, *, is_link: bool = False) -> Said:
        """Return what holds for characters of a style within others."""
        emphasis, strong, is_hidden, losses = around
        for style in reversed(self.chain(name)):
            slant = style.look.emphasis
            if Loss.UNDERLINE in style.losses and is_link:
                slant = None
            emphasis = emphasis if slant is None else slant
            strong = strong if style.look.strong is None else style.look.strong
            is_hidden = is_hidden or style.is_hidden
            losses |= style.losses - ({Loss.UNDERLINE} if is_link else set())
        return Said(emphasis, strong, is_hidden, losses)

    def depth_of(self, name: str) -> int:
        """Return the depth of the heading that a paragraph of a style is, 0 if it is none."""
        chain = self.chain(name)
        named = [depth_of(style.name) for style in chain[:2] if style.name != "heading" or style is chain[0]]
        return next((depth for depth in [*(style.depth for style in chain), *named] if depth), 0)

    def sign(self, list_style: str, counts: list[int]) -> str:
        """Return what stands before an item; `counts` are the numbers of the lists around it and its own."""
        level = self._levels.get(list_style, {}).get(len(counts))
        if level is None:
            return ""
        if level.bullet:
            return tidy_sign(level.bullet)
        if not level.kind:
            return tidy_sign(level.before + level.after)
        return tidy_sign(f"{level.before}{number_text(counts[-1], level.kind)}{level.after}")

    def first_number(self, list_style: str, depth: int) -> int:
        """Return the number that a list starts with."""
        level = self._levels.get(list_style, {}).get(depth)
        return level.start if level else 1

    def _start_style(self, attributes: Mapping[str, str]) -> None:
        own = attributes.get("style:name", "")
        label = attributes.get("style:display-name") or own.replace("_20_", " ")
        depth = attributes.get("style:default-outline-level", "")
        self._style = self._styles[own] = OdfStyle(
            label.lower(),
            attributes.get("style:parent-style-name", ""),
            depth=int(depth) if depth.isdigit() else 0,
            starts_page=bool(attributes.get("style:master-page-name")),
        )

    def _add_level(self, attributes: Mapping[str, str]) -> None:
        depth, start = attributes.get("text:level", ""), attributes.get("text:start-value", "")
        if depth.isdigit():
            self._levels.setdefault(self._list, {})[int(depth)] = _Level(
                attributes.get("text:bullet-char", ""),
                attributes.get("style:num-format", ""),
                attributes.get("style:num-prefix", ""),
                attributes.get("style:num-suffix", ""),
                int(start) if start.isdigit() else 1,
            )


def _set_characters(style: OdfStyle, attributes: Mapping[str, str]) -> None:
    slant, weight = attributes.get("fo:font-style"), attributes.get("fo:font-weight")
    is_underlined = attributes.get("style:text-underline-style", "none") != "none"
    style.look = Look(
        slant in {"italic", "oblique"} if slant else True if is_underlined else None,
        weight in _HEAVY if weight else None,
    )
    style.is_hidden = attributes.get("text:display") == "none"
    losses = {
        Loss.UNDERLINE: is_underlined and not slant,
        Loss.STRUCK: attributes.get("style:text-line-through-style", "none") != "none",
        Loss.LETTERS: attributes.get("fo:font-variant") == "small-caps"
        or attributes.get("style:text-position", "0%").split()[0] not in {"0%", "0"},
        Loss.HIGHLIGHT: attributes.get("fo:background-color", "transparent") != "transparent",
    }
    style.losses = frozenset(loss for loss, is_lost in losses.items() if is_lost)


def _set_paragraph(style: OdfStyle, attributes: Mapping[str, str]) -> None:
    style.starts_page = style.starts_page or attributes.get("fo:break-before") == "page"
    style.ends_page = attributes.get("fo:break-after") == "page"
    if "fo:text-align" in attributes:
        style.is_centred = attributes["fo:text-align"] in {"center", "right", "end"}
    if any(key.startswith("fo:border") for key in attributes):
        sides = {key: attributes.get(f"fo:border{key}", "none") != "none" for key in ("", "-top", "-bottom")}
        style.is_ruled = sides["-bottom"] and not sides[""] and not sides["-top"]
