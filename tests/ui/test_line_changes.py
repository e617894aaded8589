"""Hunks lead from the old lines to the new ones, and leave long runs between them alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.ui.line_changes import hunks_between, removals_first

BOOK = [text for number in range(1500) for text in (f"Paragraph {number}.", "", "* * *", "")]
LINES = st.lists(st.sampled_from(["", "a", "b", "* * *"]), max_size=12)


def patched(old, hunks):
    result = list(old)
    for first, count, lines in reversed(hunks):
        result[first : first + count] = lines
    return result


def touched(hunks):
    return sum(count + len(lines) for _, count, lines in hunks)


@given(LINES, LINES, LINES, st.integers(0, 3))
@settings(deadline=None)
def test_hunks_lead_from_the_old_lines_to_the_new(ahead, old, new, copies):
    between = BOOK[:400] * copies
    before = [*ahead, *old, *between, *new]
    after = [*ahead, *new, *between, *old]
    hunks = hunks_between(before, after, 0)
    assert patched(before, hunks) == after
    in_turn = list(before)
    for first, count, lines in removals_first(hunks):
        in_turn[first : first + count] = lines
    assert in_turn == after


def test_equal_lines_have_no_hunks():
    assert hunks_between(BOOK, list(BOOK), 7) == []


def test_hunks_count_from_where_the_old_lines_start():
    assert hunks_between(["a", "b"], ["a", "c"], 10) == [(11, 1, ["c"])]


def test_a_scene_moved_far_touches_only_itself():
    for shift in (40, len(BOOK) - 40):
        moved = [*BOOK[shift:], *BOOK[:shift]]
        hunks = hunks_between(BOOK, moved, 0)
        assert patched(BOOK, hunks) == moved
        assert touched(hunks) <= 2 * 40


def test_a_scene_moved_with_other_changes_touches_little_more():
    moved = [*BOOK[40:3000], "another line", *BOOK[:39], *BOOK[3000:]]
    hunks = hunks_between(BOOK, moved, 0)
    assert patched(BOOK, hunks) == moved
    assert touched(hunks) < 300


def test_words_replaced_here_and_there_touch_their_surroundings_only():
    replaced = [text + "!" if number % 1000 == 0 else text for number, text in enumerate(BOOK)]
    hunks = hunks_between(BOOK, replaced, 0)
    assert patched(BOOK, hunks) == replaced
    assert [(count, len(lines)) for _, count, lines in hunks] == [(1, 1)] * 6
