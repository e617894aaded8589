"""Names and facts: the title in a heading, and the `[[key: value]]` lines of a scene; pure functions to text edits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from editor.errors import InputError
from editor.manuscript.break_style import is_packed
from editor.manuscript.edits import Position, TextEdit
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.outline import Node
from editor.manuscript.selection import selected_nodes
from editor.manuscript.splicing import Splice, edits_for
from editor.manuscript.trial import Outcome, summary_of, try_out
from editor.markup.facts import FACT_KEYS
from editor.markup.inlines import plain_text
from editor.markup.lines import is_blank
from editor.markup.model import PROSE, Block, Kind, Level, SpanKind, WrapMode
from editor.markup.spans import parse_spans

_LINE_ENDS = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
"""What a title has no room for; a no-break space in it is the writer's."""
_UNDERLINE = re.compile(r"\s*(=+|-+)\s*")


def rename(manuscript: Manuscript, node_id: int, title: str) -> list[TextEdit]:
    """Return the edits that give a part, chapter or scene another title.

    In a heading only the words change: what they are wrapped in (`/Chapter Six/`, `## Ice ##`) stays. A scene without a
    heading gets a `[[title: ...]]`, or loses it for an empty title. Raises InputError if the line would no longer be a
    heading of its level, and for a chapter that has no heading.
    """
    (node,) = selected_nodes(manuscript.outline, [node_id])
    if title == node.title:
        return []
    title = _LINE_ENDS.sub(" ", title).strip(" ")
    if node.level is Level.SCENE and not node.has_heading:
        return set_fact(manuscript, node_id, "title", title)
    if not node.has_heading or node.opening is None:
        raise InputError("This chapter has no heading. Write one above its first line.")
    if not title:
        raise InputError("A heading needs at least one word. Nothing was changed.")
    for edits, content in _reworded(manuscript, node, node.opening, title):
        if _is_reworded(try_out(manuscript, edits), manuscript, node.opening, content):
            return edits
    name = node.level.name.lower()
    raise InputError(
        f"“{title}” would not be read as the heading of a {name} here. Keep the words that make it one, as in "
        f"“{node.title}”. Nothing was changed."
    )


def set_fact(manuscript: Manuscript, node_id: int, key: str, value: str) -> list[TextEdit]:
    """Return the edits that write, change or (for an empty value) remove a scene fact (4.4).

    A fact that is there is changed where it stands; a new one goes under the facts at the start of the scene. Raises
    InputError for an unknown key, a value that holds `]]`, and anything but a scene.
    """
    (scene,) = selected_nodes(manuscript.outline, [node_id])
    key, value = key.lower(), " ".join(value.split())
    if key not in FACT_KEYS:
        raise InputError(f"“{key}” is not a scene fact; there are {', '.join(FACT_KEYS)}.")
    if scene.level is not Level.SCENE:
        raise InputError("Only scenes have facts such as a status. Nothing was changed.")
    if "]]" in value or value.endswith("]"):
        raise InputError("The value may not hold or end in “]]”, which ends the note. Nothing was changed.")
    if value and value == dict(scene.facts).get(key):
        return []
    found = list(_facts_in_text(manuscript, scene, key))
    if not value:
        candidates = [_removed(manuscript, found)]
    elif found:
        candidates = [[TextEdit(found[-1].value_start, found[-1].end, f"{found[-1].space}{value}]]")]]
    else:
        candidates = list(_written(manuscript, scene, f"[[{key}: {value}]]"))
    if not any(candidates):
        return []
    wanted = {name: old for name, old in scene.facts if name != key} | ({key: value} if value else {})
    for edits in candidates:
        if _has_only_new_facts(try_out(manuscript, edits), manuscript, scene, wanted):
            return edits
    raise InputError(
        f"The {key} cannot be written here without changing how the text is read. Nothing was changed."
    )


# Headings


def _reworded(
    manuscript: Manuscript, node: Node, heading: Block, title: str
) -> Iterator[tuple[list[TextEdit], str]]:
    """Yield edits that put `title` into a heading, and what its content should be then."""
    lines, first = manuscript.text.lines, manuscript.outline.first_block_of(node.id)
    while manuscript.text.blocks[first] != heading:
        first += 1
    top = manuscript.text.starts[first]
    old = heading.content.split("\n")
    places = [Position(top + row, column) for row, column in heading.columns]
    if len(old) == 2:
        beginning = node.title[: len(node.title) - len(plain_text(_line_of_heading(heading, old[1])))]
        if beginning and title.startswith(beginning) and title != beginning:
            subtitle = title.removeprefix(beginning)
            yield [_put(places[1], old[1], subtitle)], f"{old[0]}\n{subtitle}"
        line = places[0].line
        end = Position(places[1].line, len(lines[places[1].line]))
        yield [_put(places[0], old[0], title), TextEdit(Position(line, len(lines[line])), end, "")], title
        return
    yield [_put(places[0], old[0], title)], title
    underline = lines[top + heading.height - 1]
    if heading.height == 2 and _UNDERLINE.fullmatch(underline):
        below = Position(top + 1, 0)
        yield (
            [_put(places[0], old[0], title), _put(below, underline, underline.strip()[0] * len(title))],
            title,
        )


def _line_of_heading(heading: Block, content: str) -> Block:
    return Block(heading.kind, 1, content, level=heading.level)


def _put(place: Position, old: str, new: str) -> TextEdit:
    return TextEdit(place, Position(place.line, place.column + len(old)), new)


def _is_reworded(outcome: Outcome, manuscript: Manuscript, heading: Block, content: str) -> bool:
    if outcome.more_breaks or outcome.lost.total() != 1 or outcome.gained.total() != 1:
        return False
    (lost,), (gained,) = outcome.lost, outcome.gained
    is_heading = gained.kind is heading.kind and gained.level is heading.level and gained.content == content
    return lost == heading and is_heading and outcome.summary == summary_of(manuscript)


# Facts


@dataclass(frozen=True, slots=True)
class _Fact:
    """Where `[[key: value]]` stands: from `start` to `end`; `value_start` is after the colon, `space` what stands between
    it and the value; `block` is the index of its block."""

    start: Position
    value_start: Position
    end: Position
    space: str
    block: int


def _facts_in_text(manuscript: Manuscript, scene: Node, key: str) -> Iterator[_Fact]:
    first = manuscript.outline.first_block_of(scene.id)
    for index in range(first, first + scene.extent.own_blocks):
        block = manuscript.text.blocks[index]
        if not any(name == key for name, _value in block.facts):
            continue
        content, top = block.content, manuscript.text.starts[index]
        for span in parse_spans(content):
            inside = re.compile(rf"\[\[\s*{key}\s*:(\s*)", re.IGNORECASE).match(content, span.start, span.end)
            if span.kind is SpanKind.COMMENT and inside is not None:
                yield _Fact(
                    _source_position(block, top, span.start),
                    _source_position(block, top, inside.start(1)),
                    _source_position(block, top, span.end),
                    inside[1] or " ",
                    index,
                )


def _source_position(block: Block, top: int, offset: int) -> Position:
    before = block.content[:offset]
    row, column = block.columns[before.count("\n")]
    return Position(top + row, column + len(before) - before.rfind("\n") - 1)


def _removed(manuscript: Manuscript, facts: list[_Fact]) -> list[TextEdit]:
    lines = manuscript.text.lines
    splices: list[Splice] = []
    edits: list[TextEdit] = []
    for fact in facts:
        line, end = fact.start.line, fact.end
        is_alone = is_blank(lines[line][: fact.start.column]) and is_blank(lines[end.line][end.column :])
        if is_alone:
            splices.append(_without_lines(manuscript, fact))
        elif lines[line][: fact.start.column].endswith(" ") and lines[end.line][end.column :][:1] in {
            " ",
            "",
        }:
            edits.append(TextEdit(Position(line, fact.start.column - 1), end, ""))
        else:
            edits.append(TextEdit(fact.start, end, ""))
    return sorted([*edits, *edits_for(lines, splices)], key=lambda edit: edit.start)


def _without_lines(manuscript: Manuscript, fact: _Fact) -> Splice:
    """Take out the lines of a fact that stands alone, and if its block goes with it, the blank lines it came with."""
    text = manuscript.text
    first, end = fact.start.line, fact.end.line + 1
    block, top = text.blocks[fact.block], text.starts[fact.block]
    if (first, end) != (top, top + block.height):
        return Splice(first, end, ())
    above = text.block_at(first - 1) if first else None
    if above is None or text.blocks[above].kind in {Kind.BREAK, Kind.HEADING}:
        while end < len(text.lines) - 1 and is_blank(text.lines[end]):
            end += 1
    while end == len(text.lines) and first and is_blank(text.lines[first - 1]):
        first -= 1
    return Splice(first, end, ())


def _written(manuscript: Manuscript, scene: Node, line: str) -> Iterator[list[TextEdit]]:
    """Yield ways to write a new fact, best first."""
    text = manuscript.text
    first = manuscript.outline.first_block_of(scene.id)
    own = range(first, first + scene.extent.own_blocks)
    place = text.starts[first]
    blank = () if is_packed(manuscript, place) else ("",)
    if text.file_at(place).mode is WrapMode.INDENTED:
        # a line that is not indented would go on with the paragraph above it
        model = text.lines[text.starts[own.stop - 1]]
        line = model[: len(model) - len(model.lstrip())] + line
    after_heading = first
    if scene.has_heading:
        after_heading = next(index for index in own if text.blocks[index] == scene.opening) + 1
    first_text = next((index for index in own if text.blocks[index].kind in PROSE), own.stop)
    leading = [index for index in range(first, first_text) if text.blocks[index].facts]
    if leading:
        end = text.starts[leading[-1]] + text.blocks[leading[-1]].height
        yield edits_for(text.lines, [Splice(end, end, (line,))])
        yield edits_for(text.lines, [Splice(end, end, ("", line))])
    if after_heading < own.stop:
        place = text.starts[after_heading]
        for new in ((line, *blank), (line, ""), ("", line, "")):
            yield edits_for(text.lines, [Splice(place, place, new)])
    else:
        place = text.starts[own.stop - 1] + text.blocks[own.stop - 1].height
        for new in ((*blank, line), ("", line), ("", line, "")):
            yield edits_for(text.lines, [Splice(place, place, new)])


def _has_only_new_facts(
    outcome: Outcome, manuscript: Manuscript, scene: Node, wanted: dict[str, str]
) -> bool:
    """Whether nothing but private comments changed, and the scene has the facts `wanted`."""
    lost = sorted(_readable(outcome.lost.elements()))
    gained = sorted(_readable(outcome.gained.elements()))
    place = [node.id for node in manuscript.outline.walk()].index(scene.id)
    expected = summary_of(manuscript)
    level, words, _facts = expected[place]
    expected[place] = (level, words, wanted)
    return lost == gained and not outcome.more_breaks and outcome.summary == expected


def _readable(blocks: Iterator[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if block.kind is not Kind.COMMENT:
            yield block.kind.value, " ".join(plain_text(block).split())
