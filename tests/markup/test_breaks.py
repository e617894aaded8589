"""Scene breaks (4.5)."""

import pytest

from editor.markup.breaks import is_strong_break, is_weak_break
from tests.markup.sketch import sketch

STRONG = [
    *(
        "***",
        "* * *",
        "#####",
        "~~~",
        "+++++",
        "=====",
        "---",
        "_____",
        "-=-=-",
        "◆◇◆",
        "⁂⁂⁂",
        "•••",
        "♥ ♥ ♥",
        "⸻⸻⸻",
    ),
    *("-x-x-x-", "~o~O~o~", "--///--", "<*>-<*>", "*  .  *  .  *", "= ^..^ ="),
    *("<hr>", "<hr/>", "<hr />", "<HR>", "[hr]"),
    *(
        "[scene break]",
        "-- Page Break --",
        "<line break>",
        "[Break]",
        "~Section Divider~",
        "(scene change)",
        "***PAGE BREAK***",
    ),
]
WEAK = [
    *("#", "*", "❦", "~", "§", "∞", "♥"),
    *("* *", "~~", "• •", "--", "★☆"),
    *("~o~", "-x-", "*.*", "'''*'''", "<<*>>"),
    *(". . .", ". . . . . . .", "......", ". . . .", "… … …"),
    *("oOo", "o o o", "o0o0o", "OOO", "ooo", "xXx", "x x x", "xxx", "XXXX"),
    *("<><><>", ">>>", "///", "/\\/\\/", "|||", ":::", "@@@", "$&$", "<^>^", "^^^^", "'''''"),
]
NEITHER = [
    *(
        "...",
        "….",
        "……",
        "?!",
        "-",
        "–",
        "—",
        "——",
        ".",
        '"',
        "-_-",
        "*_*",
        "^_^",
        "xoxo",
        "XXX",
        "XX",
        "x",
        "o",
        "O",
    ),
    *(
        "Ooooo",
        "Oooh",
        "000",
        r"\***",
        r"\* * *",
        r"\///",
        "_ _ *",
        "- -",
        "__",
        "scene break",
        "(break",
        "[[***]]",
        "[[hr]]",
    ),
    *("", " ", "$100", "xo", "***a***", "C+++", "[[scene break]]", "….…", "………"),
]


@pytest.mark.parametrize("line", STRONG)
def test_a_strong_break_needs_nothing_around_it(line):
    assert is_strong_break(line)
    assert is_strong_break(f" \u3000{line}\t")


@pytest.mark.parametrize("line", WEAK)
def test_a_weak_break_is_one_only_when_isolated(line):
    assert is_weak_break(line)
    assert not is_strong_break(line)
    assert sketch(f"One.\n\n{line}\n\nTwo.") == ["p One.", f"hr {line}", "p Two."]


@pytest.mark.parametrize("line", NEITHER)
def test_what_never_is_a_break(line):
    assert not is_strong_break(line)
    assert not is_weak_break(line)


def test_a_strong_break_ends_a_paragraph():
    assert sketch("One.\n***\nTwo.") == ["p One.", "hr ***", "p Two."]


def test_a_weak_break_may_stand_right_above_a_heading_or_right_below_a_break():
    assert sketch("One.\n\n#\nChapter 2\n\nTwo.") == ["p One.", "hr #", "chapter Chapter 2", "p Two."]
    assert sketch("One.\n***\n#\n\nTwo.") == ["p One.", "hr ***", "hr #", "p Two."]


def test_a_weak_break_at_the_start_and_the_end_of_the_text_is_isolated():
    assert sketch("#\n\nOne.\n\n~") == ["hr #", "p One.", "hr ~"]


def test_below_text_without_a_blank_line_a_weak_break_is_text_even_if_a_blank_line_follows():
    assert sketch("One.\n--\n\nTwo.") == ["p One. / --", "p Two."]
