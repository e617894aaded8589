"""The outline and the figures of a manuscript as listings: for people, and as JSON for programs."""

import dataclasses
import json
from collections.abc import Iterator

from editor.export.filling import measure
from editor.manuscript.chapter_names import chapter_name, file_name, is_in_book, merged_chapter
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.outline import Node, Outline, walk_below
from editor.manuscript.statistics import Figures, Statistics
from editor.markup.model import Level

_WIDEST_TITLE = 60
_COLUMNS = ("words", "characters", "paragraphs", "scenes", "minutes")


def outline_json(manuscript: Manuscript, *, path: str, encoding: str, eol: str) -> str:
    """Return the outline as a JSON object on one text.

    `path`, `encoding` and `eol` are passed through. Nodes stand in the order of the text; `level` is 1 for a part, 2 for
    a chapter, 3 for a scene; `line` and `end_line` count from 1 and are the first and the last line of the node; an
    untitled chapter has the title ""; what the writer has not set is null.

    In a folder the files are nodes of level 0 with their names for titles, lines are counted in their file, and `cuts` holds the
    words and the nodes of what was cut, if there is such a file.
    """
    outline = manuscript.outline
    table: dict[str, object] = {
        "path": path,
        "encoding": encoding,
        "eol": eol,
        "mode": manuscript.text.mode.value,
        "title": outline.title,
        "words": outline.words,
        "nodes": [_json_node(node, outline) for node in outline.walk() if is_in_book(outline, node)],
    }
    if outline.cuts is not None:
        nodes = [_json_node(node, outline) for node in walk_below(outline.cuts)]
        table["cuts"] = {"words": outline.cuts.words, "nodes": nodes}
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _json_node(node: Node, outline: Outline) -> dict[str, object]:
    facts = dict(node.facts)
    line, end_line = _lines_of(node, outline)
    return {
        "kind": node.level.name.lower(),
        "level": max(0, node.level.value),
        "title": node.title,
        "line": line,
        "end_line": end_line,
        "words": node.words,
        "status": facts.get("status"),
        "pov": facts.get("pov"),
        "synopsis": facts.get("synopsis"),
    }


def _lines_of(node: Node, outline: Outline) -> tuple[int, int]:
    """Return the first and the last line of a node, from 1 and counted in its file."""
    file = outline.file_of(node.id)
    above = 0 if file is None else outline.line_of(file.id) + 1
    return max(1, outline.line_of(node.id) + 1 - above), outline.end_line_of(node.id) - above


def outline_text(manuscript: Manuscript) -> str:
    """Return the outline as an indented list: number, title, words, line, and status where it is set.

    In a folder lines are counted in their file. A file with one chapter is named behind the chapter, any other one heads what
    it holds. What was cut stands below the sum.
    """
    outline = manuscript.outline
    rows = [
        (reference, node)
        for reference, node in numbered(outline)
        if node.level is not Level.FILE or merged_chapter(node) is None
    ]
    cut = [] if outline.cuts is None else [("", node) for node in _rows_of_cuts(outline.cuts)]
    widths = [_left_width(reference, node, outline) for reference, node in [*rows, *cut]]
    width = min(max(widths, default=0), _WIDEST_TITLE)
    head = [printable(outline.title), ""] if outline.title else []
    lines = [_line(reference, node, outline, width) for reference, node in rows]
    below = [_line(reference, node, outline, width) for reference, node in cut]
    return "\n".join([*head, *lines, f"{outline.words:,} words", *([""] if below else []), *below, ""])


def _rows_of_cuts(cuts: Node) -> list[Node]:
    below = [node for node in walk_below(cuts) if node.level is not Level.CHAPTER or node.has_heading]
    return [cuts, *below]


def numbered(outline: Outline) -> Iterator[tuple[str, Node]]:
    """Yield all nodes of the book with the numbers they are called by: chapter 2, its scene 2.3; a part and a file have none."""
    chapter = scene = 0
    for node in outline.walk():
        if not is_in_book(outline, node):
            return
        match node.level:
            case Level.CHAPTER:
                chapter, scene = chapter + 1, 0
                yield str(chapter), node
            case Level.SCENE:
                scene += 1
                yield f"{chapter}.{scene}", node
            case _:
                yield "", node


def _left(reference: str, node: Node, outline: Outline) -> str:
    name = file_name(node) if node.level is Level.FILE else chapter_name(outline, node)
    title = printable(name) or "(untitled)"
    match node.level:
        case Level.SCENE:
            return f"  {reference:<7}{title}"
        case Level.CHAPTER:
            return f"{reference:<4}{title}"
        case _:
            return title


def _left_width(reference: str, node: Node, outline: Outline) -> int:
    return measure(_left(reference, node, outline))


def _line(reference: str, node: Node, outline: Outline, width: int) -> str:
    left = _left(reference, node, outline)
    room = " " * (width - measure(left))
    facts = dict(node.facts)
    status = f"  {printable(facts['status'])}" if facts.get("status") else ""
    left_out = "" if node.is_exported else "  not exported"
    file = outline.file_of(node.id)
    is_file = file is not None and not file.is_cuts and merged_chapter(file) is node
    name = f"  {printable(file.title)}" if file is not None and is_file else ""
    unit = "word " if node.words == 1 else "words"
    return (
        f"{left}{room}  {node.words:>9,} {unit}  line {_lines_of(node, outline)[0]}{name}{status}{left_out}"
    )


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
