"""Manuskript projects, as a folder or a .msk file: the outline in order, with summaries, statuses and points of view as facts."""

import re
from collections.abc import Iterable

from editor.importing.draft import Draft, Rank, Role
from editor.importing.html_tree import decode_html
from editor.importing.readers.markdown import add_markdown
from editor.importing.sources import Parts

_KEY = re.compile(r"([A-Za-z][\w ]{0,30}):\s*(.*)")
_NUMBER = re.compile(r"(\d+)")
_OUTLINE = "outline/"


def read(parts: Parts) -> Draft:
    """Return the draft of a project; raise Refusal."""
    names = set(parts.names)
    draft = Draft()
    if "infos.txt" in names:
        about, _text = _split(decode_html(parts.read("infos.txt")))
        draft.set_field("Title", about.get("title", ""))
        draft.set_field("Author", about.get("author", "") or about.get("name", ""))
    people = _people(parts)
    outline = [name for name in names if name.startswith(_OUTLINE) and name.endswith((".md", "folder.txt"))]
    folders = {name.rpartition("/")[0] for name in outline if name.endswith("folder.txt")}
    for name in sorted(outline, key=_order):
        about, text = _split(decode_html(parts.read(name)))
        if name.endswith("folder.txt"):
            folder = name.rpartition("/")[0]
            holds_folders = any(other.rpartition("/")[0] == folder for other in folders)
            draft.add(
                Role.HEADING, about.get("title", "Untitled"), Rank.PART if holds_folders else Rank.CHAPTER
            )
            _add_facts(draft, about, people)
        else:
            draft.add_break()
            draft.add_fact("title", about.get("title", ""))
            _add_facts(draft, about, people)
            add_markdown(draft, _with_blank_lines(text), keeps_lines=True)
    return draft


def _order(name: str) -> list[tuple[int, str]]:
    """Return the place of a file in the outline: by the numbers its names start with, a folder's own file first."""
    order = []
    for part in name.removeprefix(_OUTLINE).split("/"):
        number = _NUMBER.match(part)
        order.append((-1 if part == "folder.txt" else int(number[1]) if number else 0, part))
    return order


def _people(parts: Parts) -> dict[str, str]:
    people = {}
    for name in parts.names:
        if name.startswith("characters/") and name.endswith(".txt"):
            about, _text = _split(decode_html(parts.read(name)))
            people[about.get("id", "")] = about.get("name", "")
    return people


def _add_facts(draft: Draft, about: dict[str, str], people: dict[str, str]) -> None:
    draft.add_fact("synopsis", about.get("summaryfull", "") or about.get("summarysentence", ""))
    draft.add_fact("pov", people.get(about.get("pov", ""), ""))
    for key in ("status", "label"):
        value = about.get(key, "")
        if not value.isdigit():
            draft.add_fact(key, value)
    if about.get("compile") == "0" and about.get("type") != "folder":
        draft.add_fact("export", "no")
    draft.add(Role.COMMENT, about.get("notes", ""))


def _split(text: str) -> tuple[dict[str, str], str]:
    """Return the fields at the top of a file, keys in lower case, and the text below them."""
    lines = text.replace("\r\n", "\n").split("\n")
    about: dict[str, str] = {}
    key = ""
    for number, line in enumerate(lines):
        if found := _KEY.fullmatch(line):
            key = found[1].lower()
            about[key] = found[2].strip()
        elif key and line[:1] in {" ", "\t"} and line.strip():
            about[key] = f"{about[key]} {line.strip()}"
        elif not line.strip():
            return about, "\n".join(lines[number:])
        else:
            return about, "\n".join(lines[number:])
    return about, ""


def _with_blank_lines(text: str) -> str:
    """Return a text in which each line is a paragraph, if there is no blank line between any two."""
    lines: Iterable[str] = [line.strip() for line in text.strip().split("\n")]
    return "\n\n".join(lines) if all(lines) else text
