"""The `manuscript.toml` of a folder: the title of the book and the order of its chapters.

The file is the writer's. Only the two keys are ever written, each in the place where it stands; all else, comments
included, stays as it is to the byte. A file that is not valid TOML is reported and never written over.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

from editor.errors import InputError

_MARK = "\ufeff"
_MAY_END_A_VALUE = re.compile(r"\]|\}|\"\"\"|'''")


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """What a folder says about itself. `order` holds file names, those of files that are gone included.

    `raw` is the file as it was read, b"" if there is none; it does not count in a comparison. `problem` is a sentence for
    the writer if the file could not be read, else "".
    """

    title: str = ""
    order: tuple[str, ...] = ()
    raw: bytes = field(default=b"", compare=False, repr=False)
    problem: str = ""


def parse_settings(data: bytes) -> FolderSettings:
    """Read the bytes of a `manuscript.toml`. Never raises: what is wrong is in `FolderSettings.problem`."""
    try:
        table = tomllib.loads(data.decode("utf-8").removeprefix(_MARK))
    except (ValueError, RecursionError) as error:
        why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        return FolderSettings(
            raw=data,
            problem=f"manuscript.toml cannot be read ({why}). The files are shown in the order of their names, and"
            " manuscript.toml is left as it is; mend it, or rename it to start anew.",
        )
    title, order = table.get("title", ""), table.get("order", [])
    problem = "" if isinstance(title, str) else "The title in manuscript.toml is not a text in quotes. "
    if not isinstance(order, list) or not all(isinstance(name, str) for name in order):
        problem += "The order in manuscript.toml is not a list of file names in quotes. "
        order = [name for name in order if isinstance(name, str)] if isinstance(order, list) else []
    return FolderSettings(title if isinstance(title, str) else "", tuple(order), data, problem.strip())


def render_settings(settings: FolderSettings) -> bytes:
    """Return the bytes of the file for these settings, keeping all that the writer has in it besides.

    Law: `parse_settings(render_settings(s)) == s` for what was read without a problem. A name that is no Unicode text
    cannot stand in the file and is left out of the order. Raise InputError if the file could not be read.
    """
    if settings.problem:
        raise InputError(f"The order and the title were not written. {settings.problem}")
    text = settings.raw.decode("utf-8")
    mark, text = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    order = tuple(name for name in settings.order if _is_text(name))
    table = tomllib.loads(text)
    if table.get("title", "") != settings.title:
        text = _with_statement(text, "title", _quoted(settings.title) if settings.title else "")
    if tuple(table.get("order", ())) != order:
        text = _with_statement(text, "order", _rendered_list(order) if order else "")
    return (mark + text).encode("utf-8")


def _with_statement(text: str, key: str, value: str) -> str:
    """Return TOML with `key = value` in place of the statement for that key, or before the first table; "": without it."""
    end = "\r\n" if "\r\n" in text else "\n"
    new = f"{key} = {value}\n".replace("\n", end) if value else ""
    head_end = 0
    for start, stop, keys in _statements_of_the_head(text):
        if key in keys:
            return text[:start] + new + text[stop:]
        if keys:
            head_end = stop
    before = text[:head_end]
    return before + (end if before and not before.endswith("\n") else "") + new + text[head_end:]


def _statements_of_the_head(text: str) -> Iterator[tuple[int, int, set[str]]]:
    """Yield start, end and keys of each statement before the first table; blank lines and comments have no keys."""
    start = stop = 0
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        stop += len(line)
        if start == stop - len(line) and line.lstrip().startswith("["):
            return
        if start < stop - len(line) and not _MAY_END_A_VALUE.search(line):
            continue
        try:
            keys = set(tomllib.loads(text[start:stop]))
        except tomllib.TOMLDecodeError:
            continue
        yield start, stop, keys
        start = stop


def _rendered_list(names: tuple[str, ...]) -> str:
    return "[\n" + "".join(f"    {_quoted(name)},\n" for name in names) + "]"


def _quoted(text: str) -> str:
    """Return a basic string: that of JSON, with DEL escaped as well and other characters as they are."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
