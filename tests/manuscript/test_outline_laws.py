"""The outline after any edits is the outline of the text, and what an edit did not touch stays the very same."""

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.manuscript.manuscript import Manuscript
from editor.markup.model import WrapMode
from tests.manuscript.notation import whole_shape

NASTY_LINES = [
    "", "", "", "", " ", "One is here.", "Two is there, and more of it.", "A short line", "A short line", "ALL CAPITALS",
    "* * *", "++++++", "***", "#", "~", "---", "=====", "-----", "Chapter One", "Chapter Two", "/Chapter Six/", "Part One",
    "Part Two", "# Title", "## Ice", "## Thaw", "### Scene", "I.", "II.", "1", "2", "3. The Boat", "*** Later ***",
    "[[status: draft]]", "[[title: The Ferry]]", "[[just a note]]", "%% mine", "<!-- open", "close -->", "A/N: thanks!",
    "Summary: rain", "Title: The Weir", "Author: N. Body", "The End", "To Be Concluded in Chapter 7", "> quoted", "  verse",
    "    verse two", "\tindented", "\\* * *", "*** START OF THE PROJECT GUTENBERG EBOOK ***", "*** END OF THE PROJECT GUTENBERG EBOOK ***",
]  # fmt: skip

lines = st.lists(st.sampled_from(NASTY_LINES), min_size=1, max_size=24)
edits = st.tuples(st.integers(0, 40), st.integers(0, 4), st.lists(st.sampled_from(NASTY_LINES), max_size=4))


def apply_edit(manuscript: Manuscript, edit: tuple[int, int, list[str]]) -> None:
    place, count, new = edit
    present = manuscript.text.lines
    first = place % (len(present) + 1)
    count = min(count, len(present) - first)
    if len(present) - count + len(new) == 0:
        new = [""]
    manuscript.replace_lines(first, count, new)


@settings(deadline=None, max_examples=200)
@given(lines, st.lists(edits, min_size=1, max_size=6), st.sampled_from(WrapMode))
def test_the_outline_after_any_edits_is_that_of_the_text(start, changes, mode):
    manuscript = Manuscript(start, mode)
    for change in changes:
        apply_edit(manuscript, change)
    anew = Manuscript(manuscript.text.lines, mode)
    assert whole_shape(manuscript.outline) == whole_shape(anew.outline)


CHAPTERS = ["", "", "Text.", "More text.", "* * *", "Chapter One", "Chapter Two", "Chapter 3", "## Ice", "### Scene", "%% mine",
            "Part One", "[[status: draft]]", "A/N: thanks!", "The End"]  # fmt: skip
chapter_lines = st.lists(st.sampled_from(CHAPTERS), min_size=8, max_size=30)
large_edits = st.tuples(
    st.integers(0, 60), st.integers(0, 16), st.lists(st.sampled_from(CHAPTERS), max_size=16)
)


@settings(deadline=None, max_examples=200)
@given(chapter_lines, st.lists(large_edits, min_size=1, max_size=4), st.sampled_from(WrapMode))
def test_the_outline_after_chapters_came_and_went_is_that_of_the_text(start, changes, mode):
    manuscript = Manuscript(start, mode)
    for change in changes:
        apply_edit(manuscript, change)
        outline = manuscript.outline
        assert whole_shape(outline) == whole_shape(Manuscript(manuscript.text.lines, mode).outline)
        ids = [node.id for node in outline.walk()]
        assert len(set(ids)) == len(ids)
        assert [outline.node(node_id).id for node_id in ids] == ids


@settings(deadline=None, max_examples=200)
@given(chapter_lines, st.data(), st.sampled_from(WrapMode))
def test_the_outline_after_many_rewordings_at_once_is_that_of_the_text(start, data, mode):
    manuscript = Manuscript(start, mode)
    texts = [number for number, line in enumerate(start) if line in {"Text.", "More text."}]
    places = data.draw(st.lists(st.sampled_from(texts or [0]), max_size=6))
    words = st.sampled_from(
        [*["Another text.", "Text now of more words.", "*Text*"] * 3, "* * *", "[[pov: Mara]]", ""]
    )
    manuscript.replace_all([(place, 1, [data.draw(words)]) for place in places])
    anew = Manuscript(manuscript.text.lines, mode)
    assert whole_shape(manuscript.outline) == whole_shape(anew.outline)


@settings(deadline=None, max_examples=80)
@given(lines, st.lists(edits, min_size=1, max_size=6))
def test_ids_are_never_shared_and_paths_lead_to_them(start, changes):
    manuscript = Manuscript(start, WrapMode.BLOCKS)
    for change in changes:
        apply_edit(manuscript, change)
        outline = manuscript.outline
        ids = [node.id for node in outline.walk()]
        assert len(set(ids)) == len(ids)
        assert [outline.node(node_id).id for node_id in ids] == ids


@settings(deadline=None, max_examples=80)
@given(lines)
def test_the_tiles_of_an_outline_cover_every_line_in_order(start):
    outline = Manuscript(start, WrapMode.BLOCKS).outline
    firsts = [outline.line_of(node.id) for node in outline.walk()]
    assert firsts == sorted(firsts)
    for node in outline.walk():
        assert outline.deepest_at(outline.line_of(node.id)) in {
            node,
            *node.children,
            *(g for c in node.children for g in c.children),
        }
        assert outline.line_of(node.id) < outline.end_line_of(node.id) <= len(start)
