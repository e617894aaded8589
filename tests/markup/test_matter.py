"""Boilerplate (4.1), notes to the reader (4.8), end matter (4.9)."""

import pytest

from editor.markup.matter import is_end_mark
from editor.markup.text import MarkedText
from tests.markup.sketch import sketch, sketch_blocks

START = "*** START OF THIS PROJECT GUTENBERG EBOOK THE WEIR ***"
END = "*** END OF THE PROJECT GUTENBERG EBOOK THE WEIR ***"


def test_boilerplate_is_everything_around_its_two_markers():
    assert sketch(f"Produced by\n\n{START}\n\nOne.\n\n{END}\nLicence") == [
        "boilerplate",
        "p One.",
        "boilerplate",
    ]


def test_the_end_of_boilerplate_may_be_announced_within_thirty_lines():
    announced = "End of Project Gutenberg's The Weir"
    assert sketch(f"One.\n\n{announced}\n\n{END}") == ["p One.", "boilerplate"]
    far = "\n".join([""] * 31)
    assert sketch(f"One.\n\n{announced}{far}\n{END}") == ["p One.", f"p {announced}", "boilerplate"]


def test_a_marker_typed_into_the_text_and_taken_out_again_leaves_the_text_as_it_was():
    text = MarkedText(["One.", "", "x", "", "Two."], "blocks")
    before = list(text.blocks)
    text.replace_lines(2, 1, [START])
    assert sketch_blocks(text.blocks) == ["boilerplate", "p Two."]
    text.replace_lines(2, 1, ["x"])
    assert text.blocks == before


@pytest.mark.parametrize(
    "line",
    [
        *("A/N: sorry", "(A/N: sorry)", "*A/N* sorry", "a/n sorry", "A.N. sorry", "AN: sorry", "[AN: sorry]"),
        *("Author's Note: x", "AUTHOR’S NOTES - x", "Author's note.", "(Author's Notes)", "_Author's Note_"),
        *(
            "T/N: x",
            "TL note: x",
            "Translator's note x",
            "B/N: x",
            "E/N: x",
            "Editor's note: x",
            "**Disclaimer:** mine",
        ),
    ],
)
def test_notes_anywhere(line):
    assert sketch(f"One.\n\n{line}") == ["p One.", f"note {line}"]


@pytest.mark.parametrize(
    "line", ["And: so", "An: x", "Author's notebook", "Author's Note on eels", "BAN: x", "A disclaimer: x"]
)
def test_what_only_looks_like_a_note(line):
    assert sketch(f"One.\n\n{line}") == ["p One.", f"p {line}"]


@pytest.mark.parametrize(
    "line", ["Warnings: x", "Trigger warning: x", "Summary: x", "*Notes:* x", "Fandom: x", "Pairing: x"]
)
def test_notes_before_the_first_text_of_a_chapter_only(line):
    assert sketch(f"# A\n\n{line}\n\nOne.\n\n{line}\n\n# B\n\n{line}") == [
        *("chapter A", f"note {line}", "p One.", f"p {line}", "chapter B", f"note {line}"),
    ]


def test_a_note_is_a_whole_paragraph_and_is_not_counted():
    (block,) = MarkedText(["A/N: one", "two three"], "blocks").blocks
    assert (block.kind, block.content, block.words) == ("note", "A/N: one\ntwo three", 0)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "The End",
            "THE END.",
            "~fin~",
            "* * The End? * *",
            "(end)",
            "# END",
            "Finis",
            "Ende!",
            "конец",
            "完",
            "（完）",
            "つづく",
        ),
        *(
            "TBC",
            "T.B.C.",
            "To be continued",
            "To be continued...",
            "To Be Concluded in Chapter 3",
            "Continued in Part 2",
        ),
        *(
            "End of Chapter 1",
            "END OF PART TWO",
            "end of this book",
            "The end of book the third",
            "-30-",
            "— 30 —",
            "FIN!!!",
        ),
        *("À suivre", "Continuará…", "Fortsetzung folgt", "продолжение следует"),
    ],
)
def test_end_marks(line):
    assert is_end_mark(line)


@pytest.mark.parametrize(
    "line",
    [
        "The end of the story",
        "The end was near",
        "30",
        "Ending",
        "To be continuedly",
        "end of",
        "Fine weather",
        "",
        "To be continued" + " x" * 26,
    ],
)
def test_no_end_marks(line):
    assert not is_end_mark(line)


def test_an_end_mark_with_text_after_it_is_a_paragraph():
    assert sketch("One.\n\nThe end.\n\nTwo.\n\nThe End\n\n***\n\nA/N: bye\n\nFin") == [
        *("p One.", "p The end.", "p Two.", "end The End", "hr ***", "note A/N: bye", "end Fin"),
    ]


def test_an_end_mark_may_end_each_chapter():
    assert sketch("# A\n\nOne.\n\nEnd of chapter 1\n\n# B\n\nTwo.\n\nThe End") == [
        *("chapter A", "p One.", "end End of chapter 1", "chapter B", "p Two.", "end The End"),
    ]


def test_typing_below_an_end_mark_makes_it_a_paragraph_and_says_so():
    text = MarkedText(["One.", "", "The End", "", ""], "blocks")
    assert text.blocks[1].words == 0
    change = text.replace_lines(4, 1, ["Two."])
    assert sketch_blocks(text.blocks) == ["p One.", "p The End", "p Two."]
    assert change.reclassified == (1,)
    assert text.blocks[1].words == 2
    assert text.replace_lines(4, 1, [""]).reclassified == (1,)


def test_an_end_mark_is_a_paragraph_of_one_line():
    assert sketch("One.\n\nThe End\nof it") == ["p One.", "p The End / of it"]
