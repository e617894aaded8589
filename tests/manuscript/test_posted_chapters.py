"""What has changed since it was posted: laws over whole books, and what happens to single chapters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.manuscript.chapter_prints import print_chapters
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.posted_chapters import How, Posted, State
from editor.markup.model import WrapMode

NEW, SAME, CHANGED = State.NEW, State.SAME, State.CHANGED
FIRST, LATER = "2026-11-03T10:00:00Z", "2026-11-04T10:00:00Z"
BOOK = (("One", "Rain."), ("Two", "Ice."), ("Three", "Snow."), ("Four", "Fog."))


def chapters_of(book):
    text = "".join(f"## {title}\n\n{body}\n\n" for title, body in book)
    manuscript = Manuscript(text.split("\n"), WrapMode.BLOCKS)
    return print_chapters(manuscript.outline, manuscript.text.blocks)[0]


def posted(book=BOOK, before=None, when=FIRST, places=None):
    chapters = chapters_of(book)
    ids = [each.id for each in chapters if places is None or each.place in places]
    return (before or Posted()).with_chapters("ao3", chapters, ids, when, How.FILE)


def states(book, remembered=None):
    remembered = posted() if remembered is None else remembered
    return [each.state for each in remembered.states("ao3", chapters_of(book))]


def matched(book, remembered=None):
    remembered = posted() if remembered is None else remembered
    return [each.posted and each.posted.title for each in remembered.states("ao3", chapters_of(book))]


words = st.lists(st.sampled_from(["rain", "ice", "snow", "fog", "wind"]), min_size=1, max_size=4).map(
    lambda found: " ".join(found).capitalize() + "."
)
titles = st.sampled_from(["One", "Two", "Three", "Interlude", "Home", "Away"])
books = st.lists(st.tuples(titles, words), min_size=1, max_size=6).map(tuple)


@given(books)
def test_what_was_just_posted_is_as_posted(book):
    assert set(states(book, posted(book))) == {SAME}


@given(books, st.data())
def test_other_order_makes_nothing_stale(book, data):
    assert set(states(data.draw(st.permutations(book)), posted(book))) == {SAME}


@given(books, st.data())
def test_editing_one_chapter_makes_that_one_stale_and_no_other(book, data):
    place = data.draw(st.integers(0, len(book) - 1))
    edited = list(book)
    edited[place] = (book[place][0], book[place][1] + " Thunder.")
    expected = [CHANGED if index == place else SAME for index in range(len(book))]
    assert states(edited, posted(book)) == expected
    assert states(book, posted(book)) == [SAME] * len(book)


@given(books, st.data())
def test_renaming_a_chapter_makes_it_stale_and_it_is_still_known(book, data):
    place = data.draw(st.integers(0, len(book) - 1))
    renamed = list(book)
    renamed[place] = ("A New Name", book[place][1])
    assert states(renamed, posted(book)) == [
        CHANGED if index == place else SAME for index in range(len(book))
    ]
    assert matched(renamed, posted(book))[place] is not None


@given(books, books)
def test_a_posted_chapter_is_one_chapter_at_most_and_posting_all_makes_all_fresh(book, other):
    remembered = posted(book)
    found = [each.posted for each in remembered.states("ao3", chapters_of(other)) if each.posted]
    assert len(found) <= len(book)
    again = posted(other, remembered, LATER)
    assert set(states(other, again)) == {SAME}
    assert len(again.targets["ao3"]) >= max(len(other), len(book) - len(found))


different = books.filter(lambda book: len(set(book)) == len(book))  # of twins nobody can say which was posted


@given(books, different, st.data())
def test_what_is_not_posted_now_keeps_how_it_stood(book, other, data):
    remembered = posted(book)
    chapters = chapters_of(other)
    before = remembered.states("ao3", chapters)
    place = data.draw(st.integers(0, len(chapters) - 1))
    after = posted(other, remembered, LATER, {place}).states("ao3", chapters)
    stale_before = sum(each.state is not SAME for each in before)
    assert after[place].state is SAME
    assert sum(each.state is not SAME for each in after) == stale_before - (before[place].state is not SAME)


@pytest.mark.parametrize(
    "book, expected, names",
    [
        (BOOK[:2], [SAME, SAME], ["One", "Two"]),
        ((*BOOK, ("Five", "Sun.")), [SAME] * 4 + [NEW], ["One", "Two", "Three", "Four", None]),
        (
            (("Zero", "Sun."), *BOOK),
            [NEW] + [SAME] * 4,
            [None, "One", "Two", "Three", "Four"],
        ),
        (  # split
            (BOOK[0], ("Two", "I"), ("Two and a half", "ce."), *BOOK[2:]),
            [SAME, CHANGED, NEW, SAME, SAME],
            ["One", "Two", None, "Three", "Four"],
        ),
        (  # joined
            (BOOK[0], ("Two", "Ice. Snow."), BOOK[3]),
            [SAME, CHANGED, SAME],
            ["One", "Two", "Four"],
        ),
        (  # another title and other words in the same place
            (BOOK[0], ("Second", "Frost."), *BOOK[2:]),
            [SAME, CHANGED, SAME, SAME],
            ["One", "Two", "Three", "Four"],
        ),
    ],
)
def test_chapters_that_come_go_are_split_and_joined(book, expected, names):
    assert states(book) == expected
    assert matched(book) == names


def test_a_new_chapter_that_makes_all_others_count_up_is_the_new_one():
    numbered = tuple((f"Chapter {number}", body) for number, (_, body) in enumerate(BOOK, 1))
    bodies = ["Rain.", "Sun.", "Ice.", "Snow.", "Fog."]
    book = tuple((f"Chapter {number}", body) for number, body in enumerate(bodies, 1))
    assert states(book, posted(numbered)) == [SAME, NEW, CHANGED, CHANGED, CHANGED]


def test_a_chapter_that_comes_back_is_known_again():
    gone = posted(BOOK[:1], posted(), LATER)
    assert states(BOOK, gone) == [SAME] * 4
    assert [each.title for each in gone.targets["ao3"]] == ["One", "Two", "Three", "Four"]


def test_each_target_is_remembered_apart_and_forgotten_apart():
    chapters = chapters_of(BOOK)
    both = posted().with_chapters("mail", chapters, [chapters[0].id], LATER, How.COPY)
    both = both.with_shown("mail", is_shown=True).with_shown("ao3", is_shown=True)
    assert [each.state for each in both.states("mail", chapters)] == [SAME, NEW, NEW, NEW]
    assert [each.state for each in both.states("ao3", chapters)] == [SAME] * 4
    left = both.without("ao3")
    assert (set(left.targets), left.shown) == ({"mail"}, {"mail"})


def test_a_chapter_that_shows_nothing_is_not_posted():
    empty = Manuscript(["[[export: no]]", "", "Rain."])
    chapters = print_chapters(empty.outline, empty.text.blocks)[0]
    assert (
        not Posted().with_chapters("ao3", chapters, [each.id for each in chapters], FIRST, How.MARK).targets
    )
    assert Posted().states("ao3", chapters) == []
