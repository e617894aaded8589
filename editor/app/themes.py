"""Themes: what the page and the window look like, read from `resources/themes/*.toml`. No Qt here.

A theme gives a colour for each `Colour` and a style for each `Role` of the text. `editor.ui.theme_adapter` turns them
into what Qt wants. A theme that lacks a name, has one too many or a colour that is none is refused as a whole.
"""

import enum
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from editor.app.resources import resource_path
from editor.errors import ResourceError


class Colour(enum.StrEnum):
    """A colour of the page or of the window around it."""

    PAPER = "paper"
    TEXT = "text"
    CARET = "caret"
    SELECTION = "selection"
    SELECTED_TEXT = "selected_text"
    MATCH = "match"  # behind what the find bar has found
    DIMMED = "dimmed"  # text of the paragraphs that focus mode sets back
    WINDOW = "window"  # tool bars, menus, dialogs
    WINDOW_TEXT = "window_text"
    PANEL = "panel"  # lists, trees, fields
    MUTED = "muted"  # labels that may be overlooked
    BORDER = "border"
    BUTTON = "button"
    ACCENT = "accent"
    ACCENT_TEXT = "accent_text"
    INFORMATION = "information"  # behind a message bar
    WARNING = "warning"
    ERROR = "error"
    STATUS_TODO = "status_todo"
    STATUS_DRAFT = "status_draft"
    STATUS_REVISED = "status_revised"
    STATUS_DONE = "status_done"
    STATUS_OTHER = "status_other"


class Role(enum.StrEnum):
    """What a piece of the text is, as far as its looks go."""

    MARK = "mark"  # the characters around emphasis, the escaping backslash, heading wrappers
    EMPHASIS = "emphasis"
    STRONG = "strong"
    TITLE = "title"
    PART = "part"
    CHAPTER = "chapter"
    SCENE = "scene"
    BREAK = "break"
    NOTE = "note"
    COMMENT = "comment"
    FACT = "fact"
    QUOTE = "quote"
    VERSE = "verse"
    HEADER_KEY = "header_key"
    HEADER = "header"
    END_MATTER = "end_matter"
    CONTENTS = "contents"
    BOILERPLATE = "boilerplate"
    LINK = "link"
    UNCLOSED = "unclosed"  # the wavy line under an opening mark without a partner


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How one role looks: `colour` as "#rrggbb", or None for that of the text around; `size` is a factor."""

    colour: str | None = None
    bold: bool = False
    italic: bool = False
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme. `key` is the name of its file, `name` what the writer reads."""

    key: str
    name: str
    is_dark: bool
    colours: Mapping[Colour, str]
    styles: Mapping[Role, TextStyle]


_HEX = re.compile(r"#[0-9a-f]{6}")
_STYLE_KEYS = frozenset({"colour", "bold", "italic", "size"})


def load_themes() -> dict[str, Theme]:
    """Return the themes that come with the program by key; raise ResourceError if one is broken."""
    paths = sorted(resource_path("themes").glob("*.toml"))
    return {path.stem: parse_theme(path.stem, _read(path)) for path in paths}


def parse_theme(key: str, toml_text: str) -> Theme:
    """Return the theme that `toml_text` describes; raise ResourceError with what is wrong in it."""
    try:
        table = tomllib.loads(toml_text)
        colours = {Colour(name): _colour(value) for name, value in table["colours"].items()}
        styles = {Role(name): _style(value) for name, value in table["styles"].items()}
        _require_all(colours, Colour)
        _require_all(styles, Role)
        name, is_dark = str(table["name"]), bool(table["dark"])
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError, AttributeError) as fault:
        raise ResourceError(f"The theme “{key}” is broken ({fault}). Choose another theme.") from fault
    return Theme(key, name, is_dark, MappingProxyType(colours), MappingProxyType(styles))


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours by WCAG 2, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise ResourceError(f"The theme “{path.stem}” cannot be read. Choose another theme.") from fault


def _colour(value: object) -> str:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise ValueError(f"{value!r} is not a colour like #1a2b3c")
    return value


def _style(table: Mapping[str, Any]) -> TextStyle:
    unknown = table.keys() - _STYLE_KEYS
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    colour = _colour(table["colour"]) if "colour" in table else None
    return TextStyle(
        colour,
        bold=bool(table.get("bold", False)),
        italic=bool(table.get("italic", False)),
        size=float(table.get("size", 1.0)),
    )


def _require_all(found: Mapping[Any, object], names: type[enum.StrEnum]) -> None:
    missing = [str(name) for name in names if name not in found]
    if missing:
        raise ValueError(f"missing: {', '.join(missing)}")


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
