"""Which words of two passages differ."""

from hypothesis import given
from hypothesis import strategies as st

from editor.manuscript.word_differences import word_differences

TEXT = st.text("ab é—.\n,", max_size=40)


def cut(text, ranges):
    return [text[start:end] for start, end in ranges]


def test_a_changed_word_is_marked_and_its_neighbours_are_not():
    one, other = "The gull sat on the quay, waiting.", "The gull stood on the old quay, waiting."
    mine, theirs = word_differences(one, other)
    assert cut(one, mine) == ["sat"]
    assert [piece.strip() for piece in cut(other, theirs)] == ["stood", "old"]


def test_equal_passages_have_nothing_to_mark():
    assert word_differences("Rain.", "Rain.") == ([], [])


def test_an_empty_passage_leaves_the_other_marked_as_a_whole():
    assert word_differences("", "Rain all day.") == ([], [(0, 13)])


@given(TEXT, TEXT)
def test_without_what_differs_both_are_the_same(one, other):
    rest = []
    for text, ranges in zip((one, other), word_differences(one, other), strict=True):
        assert all(start < end for start, end in ranges)
        marked = {place for start, end in ranges for place in range(start, end)}
        assert len(marked) == sum(end - start for start, end in ranges)
        rest.append("".join(character for place, character in enumerate(text) if place not in marked))
    assert rest[0] == rest[1]
