"""Laws of merging, for manuscripts that were edited on both sides and for any lines at all."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from editor.manuscript.merging import merge_lines
from editor.markup.lines import is_blank, is_boundary
from tests.manuscript.versions import SHORT, Versions, rearranged_versions, versions

ANY = st.one_of(versions(), rearranged_versions(), st.builds(Versions, SHORT, SHORT, SHORT))


def boundaries(lines):
    return [line for line in lines if is_boundary(line)]


def texts(lines):
    return Counter(line for line in lines if not is_blank(line))


@given(ANY)
def test_what_only_one_side_did_is_taken_as_it_is(either):
    base, theirs = either.base, either.theirs
    assert merge_lines(base, base, theirs).lines == theirs
    assert merge_lines(base, theirs, base).lines == theirs
    assert merge_lines(base, theirs, theirs).lines == theirs
    assert not merge_lines(base, base, theirs).conflicts
    assert not merge_lines(base, theirs, base).conflicts
    assert not merge_lines(base, theirs, theirs).conflicts


@given(ANY)
def test_no_new_text_is_lost(either):
    merge = merge_lines(either.base, either.mine, either.theirs)
    base, lines = texts(either.base), texts(merge.lines)
    theirs = Counter(line for conflict in merge.conflicts for line in conflict.theirs)
    for line in set(texts(either.mine)) - set(base):
        assert lines[line] >= 1
    for line in set(texts(either.theirs)) - set(base):
        assert is_boundary(line) or lines[line] + theirs[line] >= 1


@given(st.one_of(versions(), rearranged_versions()))
def test_no_text_is_doubled(either):
    """Breaks are no text: they are not followed as moved."""
    once = [
        line
        for line, count in texts(either.base).items()
        if line != "* * *"
        and count == 1
        and texts(either.mine)[line] <= 1
        and texts(either.theirs)[line] <= 1
    ]
    lines = texts(merge_lines(either.base, either.mine, either.theirs).lines)
    assert [line for line in once if lines[line] > 1] == []


@given(st.one_of(versions(), rearranged_versions()))
def test_text_that_neither_side_took_out_stays(either):
    merge = merge_lines(either.base, either.mine, either.theirs)
    stays = texts(either.base) & texts(either.mine) & texts(either.theirs)
    del stays["* * *"]  # one of several that look alike may be the one that was taken out
    assert not stays - texts(merge.lines)


@given(st.one_of(versions(), rearranged_versions()))
def test_the_row_of_files_is_mine(either):
    merge = merge_lines(either.base, either.mine, either.theirs)
    assert boundaries(merge.lines) == boundaries(either.mine)


@given(rearranged_versions())
def test_a_file_that_has_lines_on_both_sides_keeps_one_at_least(either):
    def hollow(lines):
        pairs = zip(lines, [*lines[1:], "\r"], strict=True)
        return [line for line, below in pairs if is_boundary(line) and is_boundary(below)]

    merge = merge_lines(either.base, either.mine, either.theirs)
    assert set(hollow(merge.lines)) <= set(hollow(either.mine) + hollow(either.theirs))


@given(ANY)
def test_no_boundary_is_doubled_or_lost(either):
    merge = merge_lines(either.base, either.mine, either.theirs)
    before = Counter(boundaries(either.mine)) | Counter(boundaries(either.theirs))
    assert not Counter(boundaries(merge.lines)) - before
    if boundaries(either.mine) != boundaries(either.base):
        assert not Counter(boundaries(either.mine)) - Counter(boundaries(merge.lines))


@given(ANY)
def test_conflicts_ascend_and_mine_stands_in_them(either):
    merge = merge_lines(either.base, either.mine, either.theirs)
    at = 0
    for conflict in merge.conflicts:
        assert at <= conflict.first <= conflict.end <= len(merge.lines)
        mine = merge.lines[conflict.first : conflict.end]
        assert mine != list(conflict.theirs)
        assert not texts(mine) - texts(either.mine)
        at = conflict.end


@given(versions())
def test_what_merges_without_a_conflict_is_the_same_whichever_side_is_mine(either):
    """Unless both moved the same text to different places: then mine decides."""
    one = merge_lines(either.base, either.mine, either.theirs)
    other = merge_lines(either.base, either.theirs, either.mine)
    assert len(one.conflicts) == len(other.conflicts)
    assert texts(one.lines) + theirs_of(one) == texts(other.lines) + theirs_of(other)


def theirs_of(merge):
    return texts(line for conflict in merge.conflicts for line in conflict.theirs)
