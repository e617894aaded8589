"""The writer's private notes and the scene facts among them (4.4)."""

import pytest

from editor.markup.facts import parse_facts
from editor.markup.text import MarkedText
from tests.markup.sketch import sketch, sketch_blocks


def test_a_line_of_two_percent_signs_is_a_comment_and_ends_a_paragraph():
    assert sketch("One.\n%% remember\nTwo.") == ["p One.", "comment remember", "p Two."]


def test_a_block_comment_runs_to_the_first_end_over_blank_lines_and_headings():
    assert sketch("<!-- cut\n\n# One\n  this -->\nTwo.") == ["comment cut / # One / this", "p Two."]


def test_text_right_behind_a_block_comment_is_not_lost():
    text = MarkedText(["<!-- cut", "this --> He woke", "late.", "", "Two."], "blocks")
    assert sketch_blocks(text.blocks) == ["p He woke / late.", "p Two."]
    assert text.blocks[0].columns == ((1, 9), (2, 0))


def test_a_comment_that_is_nowhere_closed_is_ordinary_text():
    assert sketch("<!-- cut\n\nOne.") == ["p <!-- cut", "p One."]


def test_closing_a_comment_far_below_takes_in_everything_between_and_opening_gives_it_back():
    text = MarkedText(["<!-- cut", "", "One.", "", "# Two", "", "Three."], "blocks")
    change = text.replace_lines(6, 1, ["Three. -->"])
    assert sketch_blocks(text.blocks) == ["comment cut / One. / # Two / Three."]
    assert len(change.removed) == 4
    text.replace_lines(6, 1, ["Three."])
    assert sketch_blocks(text.blocks) == ["p <!-- cut", "p One.", "chapter Two", "p Three."]


def test_a_paragraph_of_nothing_but_comments_is_a_comment():
    assert sketch("[[status: draft]]\n[[pov: Mara]] [[a\nb]]") == [
        "comment [[status: draft]] / [[pov: Mara]] [[a / b]]"
    ]
    assert sketch("[[Prologue]]\n\n[[ *** ]]") == ["comment [[Prologue]]", "comment [[ *** ]]"]
    assert sketch("  [[a]]\n  [[b]]") == ["comment [[a]] / [[b]]"]


def test_a_paragraph_with_a_comment_in_it_is_prose():
    (block,) = MarkedText(["[[pov: Mara]] She sat."], "blocks").blocks
    assert (block.kind, block.words, block.facts) == ("paragraph", 2, (("pov", "Mara"),))


@pytest.mark.parametrize(
    ("content", "facts"),
    [
        ("[[status: draft]]", (("status", "draft"),)),
        ("[[ STATUS :  first draft ]]", (("status", "first draft"),)),
        ("[[synopsis: They\nmeet.]] [[target: 900]]", (("synopsis", "They meet."), ("target", "900"))),
        ("[[pov: a]] x [[pov: b]]", (("pov", "a"), ("pov", "b"))),
        ("[[mood: dark]] [[status]] [[ ]]", ()),
        (r"\[[status: draft]] [[status: draft", ()),
        ("[[synopsis: a: b ] c]]", (("synopsis", "a: b ] c"),)),
        ("http://x.example/[[label:a [[label: b]]", (("label", "b"),)),
    ],
)
def test_scene_facts(content, facts):
    assert parse_facts(content) == facts


def test_an_escaped_comment_is_text():
    assert sketch(r"\[[status: draft]]") == [r"p \[[status: draft]]"]
