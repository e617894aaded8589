"""Scenes are known again in other versions by what they say, and come back as scenes of their own."""

import pytest

from editor.errors import InputError
from editor.manuscript.edits import apply_edits
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.past_scenes import find_scene, insert_scene, scenes_gone, scenes_of

STORM = "The storm came at noon and took the roof of the boat house."
SHOE = "In the morning the keeper found a shoe upon the stairs."
BAKER = "Nobody here had ever owned such a shoe, said the baker."


def book(*scenes, heading="# One"):
    return Manuscript(f"{heading}\n\n{'@@* * *@@'.join(scenes)}\n".replace("@", "\n").split("\n"))


def test_a_scene_is_found_where_it_was_moved_to_and_under_another_title():
    (storm, _shoe) = scenes_of(book(STORM, SHOE))
    then = scenes_of(book(SHOE, BAKER, f"[[title: Weather]]\n\n{STORM}"))
    assert find_scene(storm, then) is then[2]


def test_a_scene_that_was_rewritten_is_known_by_its_words():
    (_storm, shoe) = scenes_of(book(STORM, SHOE))
    then = scenes_of(book(STORM, SHOE.replace("a shoe", "a boot").replace("morning", "evening")))
    assert find_scene(shoe, then) is then[1]


def test_a_scene_that_was_not_there_yet_is_not_found():
    (baker,) = scenes_of(book("Quite another thing altogether, with weather and dogs."))
    assert find_scene(baker, scenes_of(book(STORM, SHOE))) is None
    assert find_scene(baker, []) is None


def test_scenes_that_are_gone_are_those_of_which_little_is_left():
    past = scenes_of(book(STORM, SHOE, BAKER))
    assert scenes_gone(past, book(BAKER, STORM).text.lines) == [past[1]]
    assert scenes_gone(past, []) == past


def test_a_scene_comes_back_behind_the_one_at_the_caret_in_the_style_of_the_file():
    whole = book(STORM, SHOE, BAKER)
    shoe = scenes_of(whole)[1]
    now = book(STORM, BAKER)
    assert apply_edits(now.text.lines, insert_scene(now, 2, shoe.lines)) == list(whole.text.lines)


def test_a_scene_comes_back_at_the_end_of_the_last_one_and_into_an_empty_text():
    now = book(STORM)
    lines = apply_edits(now.text.lines, insert_scene(now, 2, ["", SHOE, ""]))
    assert [scene.lines for scene in scenes_of(Manuscript(lines))] == [(STORM,), (SHOE,)]
    empty = Manuscript([""])
    assert SHOE in apply_edits(empty.text.lines, insert_scene(empty, 0, [SHOE]))


def test_what_would_be_no_scene_of_its_own_is_refused():
    now = book(STORM)
    with pytest.raises(InputError):
        insert_scene(now, 2, ["# Another chapter", "", SHOE, "", "# And one", "", BAKER])
