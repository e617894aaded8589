"""What holds for every move, in every style of manuscript."""

from collections import Counter

from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from editor.manuscript.edits import apply_edits
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.moves import Place, Where, can_move, move_down, move_nodes, move_up
from editor.manuscript.outline import Node, Outline
from editor.markup.model import PROSE, Kind, Level
from tests.manuscript.generated import manuscripts, styles
from tests.manuscript.notation import titles, whole_shape

FILTERS = [HealthCheck.filter_too_much, HealthCheck.too_slow]


def draw_move(data, outline: Outline) -> tuple[list[Node], Place]:
    """Draw some nodes of one level and a place for them."""
    level = data.draw(st.sampled_from([Level.SCENE, Level.SCENE, Level.SCENE, Level.CHAPTER, Level.PART]))
    peers = [node for node in outline.walk() if node.level is level]
    assume(peers)
    nodes = data.draw(
        st.lists(st.sampled_from(peers), min_size=1, max_size=3, unique_by=lambda node: node.id)
    )
    containers = [node for node in outline.walk() if node.level == level - 1]
    places = [Place(peer.id, where) for peer in peers for where in (Where.BEFORE, Where.AFTER)]
    places += [Place(container.id, Where.INTO) for container in containers]
    place = data.draw(st.sampled_from(places))
    assume(can_move(outline, [node.id for node in nodes], place))
    return nodes, place


def paragraphs(manuscript: Manuscript) -> Counter:
    return Counter(
        (block.kind, block.content) for block in manuscript.text.blocks if block.kind is not Kind.BREAK
    )


def count_idle_breaks(manuscript: Manuscript) -> int:
    """Count the breaks that separate no two scenes: doubled, leading, trailing ones."""
    breaks = sum(block.kind is Kind.BREAK for block in manuscript.text.blocks)
    useful = 0
    for node in manuscript.outline.walk():
        if node.level is Level.CHAPTER:
            useful += sum(not scene.has_heading for scene in node.children[1:])
    return breaks - useful


def moved_order(outline: Outline, nodes: list[Node], place: Place) -> list[str]:
    """Return the rows the outline should have, worked out on the rows alone."""
    moving = {node.id for node in nodes}
    moved = [node for node in outline.walk() if node.id in moving]

    def rows(node: Node | None, children) -> list[str]:
        found = [] if node is None else [f"{node.level.name.lower()}: {node.title}".strip()]
        for child in children:
            if place == Place(child.id, Where.BEFORE):
                for each in moved:
                    found += rows(each, each.children)
            if child.id not in moving:
                found += rows(child, child.children)
            if place == Place(child.id, Where.AFTER):
                for each in moved:
                    found += rows(each, each.children)
        if node is not None and place == Place(node.id, Where.INTO):
            for each in moved:
                found += rows(each, each.children)
        return found

    return ([f"title: {outline.title}"] if outline.title else []) + rows(None, outline.roots)


@settings(max_examples=120, suppress_health_check=FILTERS)
@given(manuscripts(), st.data())
def test_a_move_permutes_the_text_and_nothing_else(manuscript, data):
    nodes, place = draw_move(data, manuscript.outline)
    note("\n".join(["--- before", *manuscript.text.lines]))
    edits = move_nodes(manuscript, [node.id for node in nodes], place)
    after = Manuscript(apply_edits(manuscript.text.lines, edits), manuscript.text.mode)
    assert paragraphs(after) == paragraphs(manuscript)
    assert titles(after) == moved_order(manuscript.outline, nodes, place)
    assert count_idle_breaks(after) <= count_idle_breaks(manuscript)
    assert (after.text.lines[-1] == "") == (manuscript.text.lines[-1] == "")


def way_back(outline: Outline, nodes: list[Node]) -> Place:
    """Return the place where neighbours stand, as seen from what will not have moved."""
    siblings = outline.siblings(nodes[0].id)
    is_chapter = nodes[0].level is Level.CHAPTER
    first, last = outline.index(nodes[0].id), outline.index(nodes[-1].id)
    if last + 1 < len(siblings) and (is_chapter or siblings[last + 1].level is nodes[0].level):
        return Place(siblings[last + 1].id, Where.BEFORE)
    if first:
        return Place(siblings[first - 1].id, Where.AFTER)
    parent = outline.parent(nodes[0].id)
    assume(parent is not None)
    return Place(parent.id, Where.INTO)


def knows_breaks(manuscript: Manuscript) -> bool:
    """Whether the manuscript has a break between two scenes to learn from (or never had any to restore)."""
    chapters = [node for node in manuscript.outline.walk() if node.level is Level.CHAPTER]
    return any(not scene.has_heading for chapter in chapters for scene in chapter.children[1:])


def check_there_and_back(manuscript: Manuscript, data) -> None:
    nodes, place = draw_move(data, manuscript.outline)
    nodes.sort(key=lambda node: manuscript.outline.line_of(node.id))
    indexes = [manuscript.outline.index(node.id) for node in nodes]
    assume(len({n.id if (n := manuscript.outline.parent(node.id)) else 0 for node in nodes}) == 1)
    assume(indexes == list(range(indexes[0], indexes[0] + len(nodes))))
    ids = [node.id for node in nodes]
    back = way_back(manuscript.outline, nodes)
    lines = list(manuscript.text.lines)
    manuscript.apply(move_nodes(manuscript, ids, place))
    assert manuscript.text.lines != lines
    assume(knows_breaks(manuscript))
    note("\n".join(["--- there", *manuscript.text.lines]))
    manuscript.apply(move_nodes(manuscript, ids, back))
    assert "\n".join(manuscript.text.lines) == "\n".join(lines)


@settings(max_examples=120, suppress_health_check=FILTERS)
@given(manuscripts(styles(has_scene_headings=st.just(False)), smallest_chapter=2), st.data())
def test_moving_there_and_back_restores_every_byte(manuscript, data):
    check_there_and_back(manuscript, data)


@settings(max_examples=120, suppress_health_check=FILTERS)
@given(manuscripts(styles(is_uniform=st.just(True))), st.data())
def test_moving_there_and_back_restores_every_byte_through_empty_chapters_and_among_headings(
    manuscript, data
):
    check_there_and_back(manuscript, data)


@settings(max_examples=60, suppress_health_check=FILTERS)
@given(manuscripts(styles(is_uniform=st.just(True))), st.data())
def test_moving_down_and_up_again_restores_every_byte(manuscript, data):
    node = data.draw(
        st.sampled_from([node for node in manuscript.outline.walk() if node.level is not Level.PART])
    )
    lines = list(manuscript.text.lines)
    edits = move_down(manuscript, [node.id])
    assume(edits)
    manuscript.apply(edits)
    assume(knows_breaks(manuscript))
    note("\n".join(["--- there", *manuscript.text.lines]))
    manuscript.apply(move_up(manuscript, [node.id]))
    assert "\n".join(manuscript.text.lines) == "\n".join(lines)


@settings(max_examples=60, suppress_health_check=FILTERS)
@given(manuscripts(), st.data())
def test_applying_a_move_leaves_the_outline_of_the_text_and_the_ids_of_all_nodes(manuscript, data):
    nodes, place = draw_move(data, manuscript.outline)
    ids = {node.title: node.id for node in manuscript.outline.walk()}
    manuscript.apply(move_nodes(manuscript, [node.id for node in nodes], place))
    assert {node.title: node.id for node in manuscript.outline.walk()} == ids
    assert whole_shape(manuscript.outline) == whole_shape(
        Manuscript(manuscript.text.lines, manuscript.text.mode).outline
    )


def test_prose_kinds_are_what_the_laws_speak_of():
    assert {Kind.PARAGRAPH, Kind.VERSE, Kind.QUOTE} == PROSE
