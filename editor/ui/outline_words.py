"""How a file, a part, a chapter or a scene is told in words: titles, tooltips, and what a screen reader says. Pure."""

from editor.manuscript.outline import Node
from editor.markup.model import Level
from editor.ui.outline_projection import FileRow, kind_of

UNTITLED = {
    Level.TITLE: "Untitled",
    Level.PART: "Untitled part",
    Level.CHAPTER: "Untitled chapter",
    Level.SCENE: "Empty scene",
}

STATUSES = ("todo", "draft", "revised", "done")
"""The statuses that the menu offers; a writer may write any other."""

_SAME_STATUS = {
    "to do": "todo",
    "idea": "todo",
    "outline": "todo",
    "planned": "todo",
    "first draft": "draft",
    "started": "draft",
    "wip": "draft",
    "second draft": "revised",
    "revising": "revised",
    "edited": "revised",
    "final": "done",
    "finished": "done",
    "complete": "done",
}


def display_title(node: Node) -> str:
    """Return the title of a row; words in place of an empty one."""
    return node.title or UNTITLED[node.level]


def fact_of(node: Node, key: str) -> str:
    """Return what the scene's facts say about `key` ("" if nothing); the last one counts."""
    return next((value for name, value in reversed(node.facts) if name == key), "")


def status_kind(status: str) -> str:
    """Return which of STATUSES a writer's `status` is, "other" for words of their own, "" for none."""
    plain = " ".join(status.casefold().split())
    kind = _SAME_STATUS.get(plain, plain)
    return kind if kind in STATUSES or not kind else "other"


def format_count(number: int) -> str:
    """Return `number` with separators: 12,345."""
    return f"{number:,}"


def format_words(number: int) -> str:
    """Return a number of words in words."""
    return f"{number:,} word" if number == 1 else f"{number:,} words"


def describe_node(node: Node) -> str:
    """Return what a screen reader says for a row."""
    parts = [display_title(node), kind_of(node).value, format_words(node.words)]
    if isinstance(node, FileRow) and node.is_cuts:
        parts = [display_title(node), "taken out of the book", format_words(node.words)]
    elif isinstance(node, FileRow) and node.title != node.file.title:
        parts.append(f"file {node.file.title}")
    status = fact_of(node, "status")
    if status:
        parts.append(f"status {status}")
    if not node.is_exported:
        parts.append("not exported")
    return ", ".join(parts)


def tooltip_of(node: Node) -> str:
    """Return everything known about a row, as plain text of a few lines."""
    lines = [display_title(node), format_words(node.words)]
    if node.level is not Level.SCENE:
        scenes = sum(1 for child in node.children if child.level is Level.SCENE)
        lines[1] += f" in {scenes:,} scene{'' if scenes == 1 else 's'}" if scenes else ""
    if isinstance(node, FileRow):
        lines += ["File: " + node.file.title] if node.title != node.file.title else []
        lines += ["Taken out of the book: counted apart, never exported"] if node.is_cuts else []
    for key in ("status", "pov", "label", "target"):
        value = fact_of(node, key)
        if value:
            lines.append(f"{key.upper() if key == 'pov' else key.capitalize()}: {value}")
    if not node.is_exported:
        lines.append("Not exported")
    synopsis = fact_of(node, "synopsis")
    if synopsis:
        lines += ["", synopsis]
    return "\n".join(lines)
