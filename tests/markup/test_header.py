"""Front matter (4.2) and story headers (4.3)."""

from editor.markup.model import Kind
from editor.markup.text import MarkedText
from tests.markup.sketch import sketch


def fields(text):
    return [field for block in MarkedText(text.split("\n")).blocks for field in block.fields]


def test_front_matter_stands_between_rules_and_is_unquoted_and_joined():
    text = "---\ntitle: \"The Weir\"\ntags:\n  - water\n  - bells\nmood: 'dark'\n...\nOne."
    assert fields(text) == [("title", "The Weir"), ("tags", "- water - bells"), ("mood", "dark")]
    assert sketch(text) == ["header", "p One."]


def test_front_matter_may_follow_blank_lines_and_must_close_within_200_lines():
    assert sketch("\n\n---\na: b\n---\nOne.") == ["header", "p One."]
    assert sketch("---\na: b\n" + "c\n" * 198 + "---\nOne.") == ["header", "p One."]
    assert sketch("---\na: b\n" + "c\n" * 199 + "---\nOne.")[0] == "hr ---"


def test_a_rule_without_a_key_below_it_is_a_break():
    assert sketch("---\n\na: b\n\n---") == ["hr ---", "p a: b", "hr ---"]
    assert sketch(" ---\na: b\n\n---") == ["hr ---", "p a: b", "hr ---"]


def test_known_keys_at_the_start_are_a_header():
    text = "TITLE: The Weir\n**Author:** N. Body\n_Pairings_: none\n*Author's Notes*: a bell\n\nOne."
    assert fields(text) == [
        ("TITLE", "The Weir"),
        ("Author", "N. Body"),
        ("Pairings", "none"),
        ("Author's Notes", "a bell"),
    ]


def test_lines_without_a_key_go_on_with_the_value_above():
    assert fields("Summary: A bell,\n  and water.\nRating: PG\n\nOne.") == [
        ("Summary", "A bell, and water."),
        ("Rating", "PG"),
    ]


def test_one_blank_line_may_stand_between_two_key_lines():
    assert sketch("Title: a\n\nRating: PG\n\nOne.") == ["header", "p One."]
    assert fields("Title: a\n\n\nRating: PG\n\nOne.") == [("Title", "a")]


def test_breaks_and_blank_lines_may_stand_before_a_header():
    assert sketch("\n***\n\nTitle: a\n\nOne.") == ["hr ***", "header", "p One."]


def test_a_header_ends_at_a_break_a_heading_and_a_comment():
    assert sketch("Title: a\n***\nOne.") == ["header", "hr ***", "p One."]
    assert sketch("Title: a\nChapter 1\nOne.") == ["header", "chapter Chapter 1", "p One."]
    assert sketch("Title: a\n# One\nOne.") == ["header", "chapter One", "p One."]
    assert sketch("Title: a\n%% secret\nOne.") == ["header", "comment secret", "p One."]


def test_unknown_keys_and_keys_further_down_are_no_header():
    assert sketch("Weather: rain") == ["p Weather: rain"]
    assert sketch("One.\n\nTitle: a") == ["p One.", "p Title: a"]


def test_short_lines_above_two_keys_become_title_and_author():
    text = "The Weir\nby N. Body\nA tale of eels\n\nRating: PG\nSeries: Locks\n\nOne."
    assert fields(text) == [
        ("Title", "The Weir"),
        ("Author", "N. Body"),
        ("", "A tale of eels"),
        ("Rating", "PG"),
        ("Series", "Locks"),
    ]


def test_a_title_key_takes_the_title_from_the_line_above():
    assert fields("Locks\n\nTitle: The Weir\nRating: PG\n\nOne.")[0] == ("", "Locks")


def test_short_lines_are_a_header_only_above_two_keys_and_up_to_three():
    assert sketch("The Weir\n\nRating: PG\n\nOne.")[0] == "p The Weir"
    assert sketch("A\nB\nC\nD\nRating: PG\nSeries: Locks")[0].startswith("p ")
    assert sketch("He left.\n\nRating: PG\nSeries: Locks")[0] == "p He left."


def test_a_story_without_blank_lines_is_not_swallowed_by_the_value_above():
    text = MarkedText(["Title: a", *["He went on."] * 60], "lines")
    assert [block.kind for block in text.blocks] == [Kind.HEADER, *[Kind.PARAGRAPH] * 60]


def test_typing_a_second_key_turns_the_lines_above_into_a_header_and_back():
    text = MarkedText(["The Weir", "", "Rating: PG", "", "One."], "blocks")
    assert text.blocks[0].kind is Kind.PARAGRAPH
    text.replace_lines(3, 0, ["Series: Locks"])
    assert [block.kind for block in text.blocks] == [Kind.HEADER, Kind.PARAGRAPH]
    text.replace_lines(3, 1, [])
    assert text.blocks[0].kind is Kind.PARAGRAPH
