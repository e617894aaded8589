"""What changed between two texts, told by words: nothing that came or went is left out, and what stayed is shortened."""

from hypothesis import given
from hypothesis import strategies as st

from editor.manuscript import word_changes
from editor.manuscript.word_changes import Fate, Piece, word_pieces

lines = st.lists(
    st.lists(st.sampled_from(["the", "sea", "was", "grey,", "and", "cold."]), max_size=6).map(" ".join),
    min_size=1,
    max_size=12,
)


def shown(pieces):
    marks = {Fate.SAME: "{}", Fate.ADDED: "<+{}>", Fate.REMOVED: "<-{}>", Fate.SKIPPED: "[{}]"}
    return "".join(marks[piece.fate].format(piece.text) for piece in pieces)


def test_words_that_came_and_went_stand_where_they_did():
    old, new = ["The sea was grey.", "", "End."], ["The sea was very cold.", "", "End."]
    assert shown(word_pieces(old, new)) == "The sea was <-grey><+very cold>.\n\nEnd.\n"


def test_texts_that_are_the_same_give_nothing():
    assert word_pieces(["one", "two"], ["one", "two"]) == []


def test_long_stretches_that_stayed_are_left_out_and_counted():
    old = [f"Paragraph number {number}." for number in range(50)]
    new = [*old[:25], "A new one.", *old[25:]]
    assert shown(word_pieces(old, new)) == (
        "[72 words the same]Paragraph number 24.\n<+A new one.\n>Paragraph number 25.\n[72 words the same]"
    )


def test_after_the_limit_it_is_said_that_more_follows():
    old, new = ["one two"] * 3 + [f"x{n}" for n in range(900)], [f"y{n}" for n in range(900)]
    pieces = word_pieces(old, new, limit=10)
    assert pieces[-1] == Piece(Fate.SKIPPED, "more differences follow")


@given(lines, lines)
def test_what_went_came_and_stayed_is_each_text_again(old, new):
    pieces = list(word_changes._joined(word_changes._changed(old, new)))
    if not any("…" in piece.text for piece in pieces):
        before = "".join(piece.text for piece in pieces if piece.fate in {Fate.SAME, Fate.REMOVED})
        after = "".join(piece.text for piece in pieces if piece.fate in {Fate.SAME, Fate.ADDED})
        assert before == "".join(f"{line}\n" for line in old)
        assert after == "".join(f"{line}\n" for line in new)


@given(lines, lines)
def test_something_is_shown_as_changed_wherever_texts_differ(old, new):
    assert bool(word_pieces(old, new)) == (old != new)
