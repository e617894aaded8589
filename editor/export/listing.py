"""The outline and the figures of a manuscript as listings: for people, and as JSON for programs."""

import dataclasses
import json
from collections.abc import Iterator

from editor.export.filling import measure
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.outline import Node, Outline
from editor.manuscript.statistics import Figures, Statistics
from editor.markup.model import Level

_WIDEST_TITLE = 60
_COLUMNS = ("words", "characters", "paragraphs", "scenes", "minutes")


def outline_json(manuscript: Manuscript, *, path: str, encoding: str, eol: str) -> str:
    """Return the outline as a JSON object on one text.

    `path`, `encoding` and `eol` are passed through. Nodes stand in the order of the text; `level` is 1 for a part, 2 for
    a chapter, 3 for a scene; `line` and `end_line` count from 1 and are the first and the last line of the node; an
    untitled chapter has the title ""; what the writer has not set is null.
    """
    outline = manuscript.outline
    table = {
        "path": path,
        "encoding": encoding,
        "eol": eol,
        "mode": manuscript.text.mode.value,
        "title": outline.title,
        "words": outline.words,
        "nodes": [_json_node(node, outline) for node in outline.walk()],
    }
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _json_node(node: Node, outline: Outline) -> dict[str, object]:
    facts = dict(node.facts)
    return {
        "kind": node.level.name.lower(),
        "level": node.level.value,
        "title": node.title,
        "line": outline.line_of(node.id) + 1,
        "end_line": outline.end_line_of(node.id),
        "words": node.words,
        "status": facts.get("status"),
        "pov": facts.get("pov"),
        "synopsis": facts.get("synopsis"),
    }


def outline_text(manuscript: Manuscript) -> str:
    """Return the outline as an indented list: number, title, words, line, and status where it is set."""
    outline = manuscript.outline
    rows = [(reference, node) for reference, node in numbered(outline)]
    width = min(max((_left_width(reference, node) for reference, node in rows), default=0), _WIDEST_TITLE)
    head = [printable(outline.title), ""] if outline.title else []
    lines = [_line(reference, node, outline, width) for reference, node in rows]
    return "\n".join([*head, *lines, f"{outline.words:,} words", ""])


def numbered(outline: Outline) -> Iterator[tuple[str, Node]]:
    """Yield all nodes with the numbers they are called by: chapter 2, its scene 2.3; a part has none."""
    chapter = scene = 0
    for node in outline.walk():
        match node.level:
            case Level.CHAPTER:
                chapter, scene = chapter + 1, 0
                yield str(chapter), node
            case Level.SCENE:
                scene += 1
                yield f"{chapter}.{scene}", node
            case _:
                yield "", node


def _left(reference: str, node: Node) -> str:
    title = printable(node.title) or "(untitled)"
    match node.level:
        case Level.SCENE:
            return f"  {reference:<7}{title}"
        case Level.CHAPTER:
            return f"{reference:<4}{title}"
        case _:
            return title


def _left_width(reference: str, node: Node) -> int:
    return measure(_left(reference, node))


def _line(reference: str, node: Node, outline: Outline, width: int) -> str:
    left = _left(reference, node)
    room = " " * (width - measure(left))
    facts = dict(node.facts)
    status = f"  {printable(facts['status'])}" if facts.get("status") else ""
    left_out = "" if node.is_exported else "  not exported"
    unit = "word " if node.words == 1 else "words"
    return f"{left}{room}  {node.words:>9,} {unit}  line {outline.line_of(node.id) + 1}{status}{left_out}"


def statistics_json(statistics: Statistics, *, path: str) -> str:
    """Return the figures as a JSON object: of the whole, and of each chapter; `reading_minutes` is rounded up."""
    chapters = [{"title": title, **_json_figures(figures)} for title, figures in statistics.chapters]
    whole = {"path": path, "chapters": statistics.whole.chapters, **_json_figures(statistics.whole)}
    table = {**whole, "by_chapter": chapters}
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _json_figures(figures: Figures) -> dict[str, int]:
    table = {**dataclasses.asdict(figures), "reading_minutes": figures.reading_minutes}
    del table["chapters"]  # of a chapter always one
    return table


def statistics_text(statistics: Statistics) -> str:
    """Return the figures as a table, the whole last."""
    rows = [(printable(title) or "(untitled)", figures) for title, figures in statistics.chapters]
    rows.append(("In all", statistics.whole))
    width = min(max(measure(title) for title, _ in rows), _WIDEST_TITLE)
    head = f"{'':<{width}}" + "".join(f"{name:>12}" for name in _COLUMNS)
    return "\n".join([head, *(_statistics_line(title, figures, width) for title, figures in rows), ""])


def _statistics_line(title: str, figures: Figures, width: int) -> str:
    numbers = (figures.words, figures.characters, figures.paragraphs, figures.scenes, figures.reading_minutes)
    return title + " " * (width - measure(title)) + "".join(f"{number:>12,}" for number in numbers)


def printable(text: str) -> str:
    """Return `text` without characters that would steer a terminal."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
