"""Renaming and scene facts, told as texts before and after."""

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from editor.errors import InputError
from editor.manuscript.edits import apply_edits
from editor.manuscript.naming import rename, set_fact
from editor.markup.model import WrapMode
from tests.manuscript.generated import manuscripts
from tests.manuscript.notation import manuscript_of, scene


def renamed(text: str, old: str, new: str, mode: WrapMode | None = None) -> str:
    manuscript = manuscript_of(text, mode)
    return "\n".join(apply_edits(manuscript.text.lines, rename(manuscript, scene(manuscript, old).id, new)))


def with_fact(text: str, title: str, key: str, value: str, mode: WrapMode | None = None) -> str:
    manuscript = manuscript_of(text, mode)
    edits = set_fact(manuscript, scene(manuscript, title).id, key, value)
    return "\n".join(apply_edits(manuscript.text.lines, edits))


@pytest.mark.parametrize(
    ("text", "old", "new", "result"),
    [
        ("/Chapter Six/\n\nOne.", "Chapter Six", "Chapter Six: Rain", "/Chapter Six: Rain/\n\nOne."),
        ("  ** Chapter 3 **\n\nOne.", "Chapter 3", "Chapter 4", "  ** Chapter 4 **\n\nOne."),
        ("# A\n\n## Ice ##\n\nOne.\n\n## Thaw\n\nTwo.", "Ice", "Hail", "# A\n\n## Hail ##\n\nOne.\n\n## Thaw\n\nTwo."),
        ("One.\n\n*** Later ***\n\nTwo.", "Later", "Much later", "One.\n\n*** Much later ***\n\nTwo."),
        ("The Ice\n=======\n\nOne.", "The Ice", "The Breaking Of It", "The Breaking Of It\n==================\n\nOne."),
        ("Chapter 1\nRAIN\n\nOne.", "Chapter 1: RAIN", "Chapter 1: HAIL", "Chapter 1\nHAIL\n\nOne."),
        ("Chapter 1\nRAIN\n\nOne.", "Chapter 1: RAIN", "Chapter 2 - Ice", "Chapter 2 - Ice\n\nOne."),
        ("One.\n\n***\n\nTwo.", "Two", "The Ferry", "One.\n\n***\n\n[[title: The Ferry]]\n\nTwo."),
        ("[[title: Rain]]\n\nOne.", "Rain", "Hail", "[[title: Hail]]\n\nOne."),
        ("[[title: Rain]]\n\nOne.", "Rain", "", "One."),
    ],
)  # fmt: skip
def test_only_the_words_of_a_heading_change(text, old, new, result):
    assert renamed(text, old, new) == result


@pytest.mark.parametrize("new", ["Rain", "", "  "])
def test_a_heading_that_would_be_none_is_refused(new):
    with pytest.raises(InputError, match="Nothing was changed"):
        renamed("Chapter 1\n\nOne.\n\nChapter 2\n\nTwo.", "Chapter 1", new)


def test_a_chapter_without_a_heading_has_no_name_to_change():
    manuscript = manuscript_of("One.")
    with pytest.raises(InputError, match="no heading"):
        rename(manuscript, manuscript.outline.roots[0].id, "Rain")


def test_the_name_it_has_changes_nothing():
    assert renamed("Chapter 1\n\nOne.", "Chapter 1", "Chapter 1") == "Chapter 1\n\nOne."


@pytest.mark.parametrize(
    ("text", "key", "value", "result"),
    [
        ("One.", "status", "draft", "[[status: draft]]\n\nOne."),
        ("One.", "Status", " two\nlines ", "[[status: two lines]]\n\nOne."),
        ("[[Status: draft]]\n\nOne.", "status", "done", "[[Status: done]]\n\nOne."),
        ("[[status:draft]]\n\nOne.", "status", "done", "[[status: done]]\n\nOne."),
        ("[[status: draft]]\n\nOne.", "pov", "Mara", "[[status: draft]]\n[[pov: Mara]]\n\nOne."),
        ("[[status: draft]]\n[[pov: Mara]]\n\nOne.", "status", "", "[[pov: Mara]]\n\nOne."),
        ("[[status: draft]]\n[[pov: Mara]]\n\nOne.", "pov", "", "[[status: draft]]\n\nOne."),
        ("[[status: draft]]\n\nOne.", "status", "", "One."),
        ("One.", "status", "", "One."),
        ("One, [[pov: Mara]] two.", "pov", "Jo", "One, [[pov: Jo]] two."),
        ("One, [[pov: Mara]] two.", "pov", "", "One, two."),
        ("[[status: a]]\n\n[[status: b]]\n\nOne.", "status", "c", "[[status: a]]\n\n[[status: c]]\n\nOne."),
    ],
)
def test_a_fact_is_written_where_it_stands_or_at_the_start_of_its_scene(text, key, value, result):
    manuscript = manuscript_of(text)
    (node,) = manuscript.outline.scenes()
    assert "\n".join(apply_edits(manuscript.text.lines, set_fact(manuscript, node.id, key, value))) == result


def test_a_titled_scene_has_its_facts_below_its_heading():
    text = "Chapter 1\n\n### Empty\n\n### Full\n\nText.\n"
    assert (
        with_fact(text, "Full", "pov", "Jo") == "Chapter 1\n\n### Empty\n\n### Full\n\n[[pov: Jo]]\n\nText.\n"
    )
    assert (
        with_fact(text, "Empty", "pov", "Jo")
        == "Chapter 1\n\n### Empty\n\n[[pov: Jo]]\n\n### Full\n\nText.\n"
    )


def test_packed_lines_have_their_facts_without_a_blank_line():
    assert with_fact("One.\nOne more.\n* * *\nTwo.\nMore.", "Two", "pov", "Jo", WrapMode.LINES) == (
        "One.\nOne more.\n* * *\n[[pov: Jo]]\nTwo.\nMore."
    )


@pytest.mark.parametrize(("key", "value"), [("mood", "dark"), ("pov", "a]]b"), ("pov", "a]")])
def test_what_is_no_fact_is_refused(key, value):
    with pytest.raises(InputError):
        with_fact("One.", "One", key, value)


def test_a_chapter_has_no_facts():
    with pytest.raises(InputError, match="Only scenes"):
        with_fact("Chapter 1\n\nOne.", "Chapter 1", "pov", "Jo")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(manuscripts(smallest_chapter=1), st.data())
def test_a_fact_set_is_there_and_a_fact_removed_restores_every_byte(manuscript, data):
    node = data.draw(st.sampled_from(list(manuscript.outline.scenes())))
    lines = list(manuscript.text.lines)
    manuscript.apply(set_fact(manuscript, node.id, "synopsis", "They meet."))
    assert dict(manuscript.outline.node(node.id).facts)["synopsis"] == "They meet."
    note("\n".join(["--- there", *manuscript.text.lines]))
    manuscript.apply(set_fact(manuscript, node.id, "synopsis", ""))
    assert "\n".join(manuscript.text.lines) == "\n".join(lines)


def test_a_title_that_is_confirmed_as_it_is_changes_nothing_and_no_break_spaces_stay():
    text = "## Ice\u00a0Age  two\n\nOne."
    assert renamed(text, "Ice\u00a0Age two", "Ice\u00a0Age two") == text
    assert renamed(text, "Ice\u00a0Age two", "Ice\u00a0Age\u2028three") == "## Ice\u00a0Age three\n\nOne."


def test_a_fact_that_is_set_to_what_it_is_changes_nothing():
    text = "/One/\n\nText.\n\n[[synopsis:  \u00ab\u00a0Oui\u00a0\u00bb]]"
    manuscript = manuscript_of(text)
    (node,) = manuscript.outline.scenes()
    assert set_fact(manuscript, node.id, "synopsis", dict(node.facts)["synopsis"]) == []


def test_a_heading_that_took_the_place_of_an_equal_one_can_be_renamed():
    manuscript = manuscript_of("### Later\n### Later")
    manuscript.replace_lines(0, 1, ["* * *"])
    (node,) = manuscript.outline.walk()
    assert apply_edits(manuscript.text.lines, rename(manuscript, node.id, "Now")) == ["* * *", "### Now"]


def test_a_scene_whose_heading_took_the_place_of_an_equal_one_can_be_given_a_fact():
    manuscript = manuscript_of("# B\n\n## A\n\n### S\n### S")
    manuscript.replace_lines(4, 1, ["* * *"])
    (node,) = manuscript.outline.scenes()
    edits = set_fact(manuscript, node.id, "status", "draft")
    assert "[[status: draft]]" in apply_edits(manuscript.text.lines, edits)
