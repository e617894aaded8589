"""What holds for every structural command on a manuscript of several files."""

from collections import Counter

from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from editor.errors import InputError
from editor.manuscript.edits import apply_edits
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.moves import Place, Where, can_move, move_down, move_nodes, move_up
from editor.manuscript.outline import Outline
from editor.manuscript.scenes import delete_nodes
from editor.markup.model import Kind, Level, WrapMode
from tests.manuscript.folders import files_of, folders
from tests.manuscript.notation import whole_shape
from tests.manuscript.test_outline_laws import NASTY_LINES

FILTERS = [HealthCheck.filter_too_much, HealthCheck.too_slow]
LABELS = ["\rone.txt", "\rtwo.txt", "\rcuts.txt"]


def draw_move(data, outline: Outline) -> tuple[list[int], Place]:
    level = data.draw(st.sampled_from([Level.SCENE, Level.SCENE, Level.CHAPTER, Level.FILE]))
    peers = [node for node in outline.walk() if node.level is level]
    assume(peers)
    nodes = data.draw(st.lists(st.sampled_from(peers), min_size=1, max_size=3, unique_by=lambda n: n.id))
    places = [Place(peer.id, where) for peer in peers for where in (Where.BEFORE, Where.AFTER)]
    holders = [node for node in outline.walk() if node.level < level]
    places += [Place(holder.id, Where.INTO) for holder in holders]
    place = data.draw(st.sampled_from(places))
    ids = [node.id for node in nodes]
    assume(can_move(outline, ids, place))
    return ids, place


def texts(manuscript: Manuscript) -> Counter:
    return Counter(
        (block.kind, block.content) for block in manuscript.text.blocks if block.kind is not Kind.BREAK
    )


def check_move(manuscript: Manuscript, edits) -> Manuscript:
    note("\n".join(["--- before", *manuscript.text.lines]))
    lines = apply_edits(manuscript.text.lines, edits)
    after = Manuscript(lines, modes=manuscript.text.modes)
    assert texts(after) == texts(manuscript)
    assert files_of(lines).keys() == files_of(manuscript.text.lines).keys()
    return after


@settings(max_examples=150, suppress_health_check=FILTERS)
@given(folders(), st.data())
def test_a_move_between_files_permutes_the_text_and_keeps_every_file(manuscript, data):
    ids, place = draw_move(data, manuscript.outline)
    try:
        edits = move_nodes(manuscript, ids, place)
    except InputError:
        return
    moved = {id_ for one in ids for id_ in [one, *[n.id for n in manuscript.outline.walk() if n.id == one]]}
    before = files_of(manuscript.text.lines)
    outline = manuscript.outline
    touched = {outline.file_of(one).title for one in [*moved, place.target]}
    after = check_move(manuscript, edits)
    level = outline.node(ids[0]).level
    for label, lines in files_of(after.text.lines).items():
        assert lines == before[label] or (label in touched and level is not Level.FILE)


@settings(max_examples=100, suppress_health_check=FILTERS)
@given(folders(), st.data())
def test_applying_a_move_leaves_the_outline_of_the_text_and_the_ids_of_what_moved(manuscript, data):
    ids, place = draw_move(data, manuscript.outline)
    try:
        edits = move_nodes(manuscript, ids, place)
    except InputError:
        return
    manuscript.apply(edits)
    assert all(one in manuscript.outline for one in ids)
    anew = Manuscript(manuscript.text.lines, modes=manuscript.text.modes)
    assert whole_shape(manuscript.outline) == whole_shape(anew.outline)


@settings(max_examples=80, suppress_health_check=FILTERS)
@given(folders(), st.data())
def test_moving_up_and_down_stays_in_the_text(manuscript, data):
    node = data.draw(st.sampled_from(list(manuscript.outline.walk())))
    move = data.draw(st.sampled_from([move_up, move_down]))
    try:
        edits = move(manuscript, [node.id])
    except InputError:
        return
    check_move(manuscript, edits)


@settings(max_examples=80, suppress_health_check=FILTERS)
@given(folders(), st.data())
def test_deleting_a_file_takes_that_file_and_nothing_else(manuscript, data):
    file = data.draw(st.sampled_from([node for node in manuscript.outline.files if not node.is_cuts]))
    before = files_of(manuscript.text.lines)
    try:
        edits = delete_nodes(manuscript, [file.id])
    except InputError:
        return
    after = files_of(apply_edits(manuscript.text.lines, edits))
    assert after == {label: lines for label, lines in before.items() if label != file.title}


lines = st.lists(st.sampled_from([*NASTY_LINES, *LABELS]), min_size=1, max_size=24)
edits = st.tuples(st.integers(0, 40), st.integers(0, 4), lines.map(lambda some: some[:4]))


@settings(deadline=None, max_examples=250)
@given(lines, st.lists(edits, min_size=1, max_size=6), st.sampled_from(WrapMode))
def test_the_outline_of_a_folder_after_any_edits_is_that_of_the_text(start, changes, mode):
    modes = dict.fromkeys([None, *[label[1:] for label in LABELS]], mode)
    manuscript = Manuscript(start, modes=modes)
    for place, count, new in changes:
        first = place % (len(manuscript.text.lines) + 1)
        manuscript.replace_lines(first, min(count, len(manuscript.text.lines) - first), new or [""])
    anew = Manuscript(manuscript.text.lines, modes=modes)
    assert whole_shape(manuscript.outline) == whole_shape(anew.outline)


@given(folders())
def test_no_scene_and_no_chapter_spans_two_files(manuscript):
    outline = manuscript.outline
    ends = {outline.line_of(file.id): outline.end_line_of(file.id) for file in outline.files}
    for node in outline.walk():
        file = outline.file_of(node.id)
        top = outline.line_of(file.id)
        assert top <= outline.line_of(node.id) < outline.end_line_of(node.id) <= ends[top]
