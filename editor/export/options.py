"""What a writer may choose for an export: the kinds of choices, and how each is read from text.

`editor.export.profile` holds the choices themselves. From one `Option` come the validation of a profile file, the
`--set` of the command line and the field in the export dialog.
"""

import calendar
import enum
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from editor.errors import InputError

Value = str | bool | int
"""What an option can hold."""

LONGEST_BREAK = 60
LONGEST_TEXT = 300

_TAG = re.compile(r"(?i)auto|[a-z]{2,3}(-[a-z0-9]{2,8})*")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SWITCH = {
    "yes": True,
    "true": True,
    "on": True,
    "1": True,
    "no": False,
    "false": False,
    "off": False,
    "0": False,
}


class Sort(enum.StrEnum):
    """What kind of value an option holds, and with it the field that shows it."""

    CHOICE = "choice"
    CHOICE_OR_TEXT = "choice or text"  # one of the choices, or the writer's own characters
    SWITCH = "switch"
    NUMBER = "number"
    LANGUAGE = "language"
    TEXT = "text"  # one line of the writer's own, or nothing
    DATE = "date"  # a day, or nothing
    FILE = "file"  # the name of a file of the writer's, or nothing


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a profile.

    `name` is the key in a profile file and in `--set` and the attribute of `Profile`. `label` and `help` are for the
    writer. `choices` are pairs of value and label. `renderers` are the renderers it matters to, all if there are none.
    A number is 0 or within `limits`. What `is_personal` is about the writer and not about one export: the window
    remembers it. `only_with` names another option and the values of it that make this one matter.
    """

    name: str
    sort: Sort
    default: Value
    label: str
    help: str
    choices: tuple[tuple[str, str], ...] = ()
    renderers: frozenset[str] = frozenset()
    limits: tuple[int, int] = (0, 0)
    is_personal: bool = False
    only_with: tuple[str, frozenset[str]] | None = None

    def describe_values(self) -> str:
        """Return the values this option takes, in words for a message."""
        choices = ", ".join(value for value, _ in self.choices)
        match self.sort:
            case Sort.CHOICE:
                return choices
            case Sort.CHOICE_OR_TEXT:
                return f"{choices}, or up to {LONGEST_BREAK} characters of your own"
            case Sort.SWITCH:
                return "yes or no"
            case Sort.NUMBER:
                return f"0, or a whole number from {self.limits[0]} to {self.limits[1]}"
            case Sort.LANGUAGE:
                return "auto, or a language tag such as en, de or fr-CA"
            case Sort.TEXT:
                return f"empty, or one line of up to {LONGEST_TEXT} characters"
            case Sort.FILE:
                return "empty, or the name of a file beside the manuscript or in the folder of templates"
            case Sort.DATE:
                return "empty, or a day such as 2026-03-31"

    def matters_to(self, choices: object) -> bool:
        """Return whether this option changes anything beside `choices` (a profile)."""
        if self.renderers and getattr(choices, "renderer", "") not in self.renderers:
            return False
        return self.only_with is None or getattr(choices, self.only_with[0], "") in self.only_with[1]

    def parse(self, text: str) -> Value:
        """Return the value that `text` stands for; raise InputError naming the values there are."""
        value = _PARSERS[self.sort](self, text.strip())
        if value is None:
            raise InputError(f"{self.name} cannot be “{text}”; it can be {self.describe_values()}.")
        return value


def option_field(
    default: Value,
    sort: Sort,
    label: str,
    help_text: str,
    *,
    choices: tuple[tuple[str, str], ...] = (),
    renderers: frozenset[str] = frozenset(),
    limits: tuple[int, int] = (0, 0),
    is_personal: bool = False,
    only_with: tuple[str, frozenset[str]] | None = None,
) -> Any:
    """Return a dataclass field that declares an option; it belongs to one class only."""
    row = {
        "sort": sort,
        "label": label,
        "help": help_text,
        "choices": choices,
        "renderers": renderers,
        "limits": limits,
        "is_personal": is_personal,
        "only_with": only_with,
    }
    return field(default=default, metadata={"option": row})


def switch_field(
    *,
    default: bool,
    label: str,
    help_text: str,
    renderers: frozenset[str] = frozenset(),
    only_with: tuple[str, frozenset[str]] | None = None,
) -> Any:
    """Return a dataclass field that declares an option that is on or off."""
    return option_field(default, Sort.SWITCH, label, help_text, renderers=renderers, only_with=only_with)


def _parse_choice(option: Option, text: str) -> Value | None:
    return text if text in dict(option.choices) else None


def _parse_choice_or_text(_option: Option, text: str) -> Value | None:
    return text if text.isprintable() and 0 < len(text) <= LONGEST_BREAK else None


def _parse_switch(_option: Option, text: str) -> Value | None:
    return _SWITCH.get(text.lower())


def _parse_number(option: Option, text: str) -> Value | None:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    number = int(text)
    lowest, highest = option.limits
    return number if number == 0 or lowest <= number <= highest else None


def _parse_language(_option: Option, text: str) -> Value | None:
    tag = text.replace("_", "-")
    return tag if _TAG.fullmatch(tag) else None


def _parse_text(_option: Option, text: str) -> Value | None:
    return text if text.isprintable() and len(text) <= LONGEST_TEXT else None


def _parse_date(_option: Option, text: str) -> Value | None:
    found = _DAY.fullmatch(text)
    if found is None:
        return None if text else ""
    year, month, day = map(int, found.groups())
    is_a_day = year and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    return text if is_a_day else None


_PARSERS: dict[Sort, Callable[[Option, str], Value | None]] = {
    Sort.CHOICE: _parse_choice,
    Sort.CHOICE_OR_TEXT: _parse_choice_or_text,
    Sort.SWITCH: _parse_switch,
    Sort.NUMBER: _parse_number,
    Sort.LANGUAGE: _parse_language,
    Sort.TEXT: _parse_text,
    Sort.DATE: _parse_date,
    Sort.FILE: _parse_text,
}
