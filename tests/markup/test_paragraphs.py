"""Quotes (4.7), verse and set-off text (4.10), paragraphs (4.11)."""

from editor.markup.text import MarkedText
from tests.markup.sketch import sketch, sketch_blocks

NOTICE = [
    "    By order of the board of the river authority, no person shall",
    "    open, close, lean on, or otherwise interfere with the gates of",
    "    this lock between the hours of ten and six.",
]


def test_what_a_paragraph_is_depends_on_the_mode():
    text = "One,\ntwo.\n  Three\nfour.\n\nFive."
    assert sketch(text, "blocks") == ["p One, / two. / Three / four.", "p Five."]
    assert sketch(text, "wrapped") == ["p One, / two. / Three / four.", "p Five."]
    assert sketch(text, "indented") == ["p One, / two.", "p Three / four.", "p Five."]
    assert sketch(text, "lines") == ["p One,", "p two.", "p Three", "p four.", "p Five."]


def test_lines_reflow_in_wrapped_and_indented_only():
    reflowing = {
        mode: MarkedText(["One.", "Two."], mode).blocks[0].reflows
        for mode in ("blocks", "wrapped", "indented", "lines")
    }
    assert reflowing == {"blocks": False, "wrapped": True, "indented": True, "lines": False}


def test_quote_markers_are_taken_off_and_nested_levels_flattened():
    text = MarkedText(["> > From: Tom", ">> come", "   >at once"], "blocks")
    assert sketch_blocks(text.blocks) == ["quote From: Tom / come / at once"]
    assert text.blocks[0].columns == ((0, 4), (1, 3), (2, 4))


def test_blank_quote_lines_separate_paragraphs_and_belong_to_one_of_them():
    text = MarkedText([">", "> One.", "> ", "> Two.", ">", "Three."], "blocks")
    assert sketch_blocks(text.blocks) == ["quote One.", "quote Two.", "p Three."]
    assert (text.starts, [block.height for block in text.blocks]) == ([0, 3, 5], [3, 2, 1])


def test_a_quote_ends_a_paragraph_and_does_not_go_on_without_its_marker():
    assert sketch("One.\n> Two.\nThree.") == ["p One.", "quote Two.", "p Three."]


def test_the_from_of_a_mailbox_is_no_quote():
    assert sketch(">From here on") == ["p >From here on"]
    assert sketch("    > four spaces") == ["p > four spaces"]


def test_a_quote_has_the_paragraphs_of_the_mode():
    text = "> One\n> two.\n>   Three\n> four."
    assert sketch(text, "blocks") == ["quote One / two. / Three / four."]
    assert sketch(text, "indented") == ["quote One / two.", "quote Three / four."]
    assert sketch(text, "lines") == ["quote One", "quote two.", "quote Three", "quote four."]


def test_a_marker_that_quotes_nothing_stays_visible():
    assert sketch("One.\n\n>\n\nTwo.") == ["p One.", "p >", "p Two."]


def test_several_indented_lines_are_verse_with_their_breaks_kept():
    text = MarkedText(["\tDown by the weir", "    where the willows lean"], "wrapped")
    (block,) = text.blocks
    assert (block.kind, block.reflows, block.words) == ("verse", False, 8)
    assert block.columns == ((0, 1), (1, 4))


def test_one_indented_line_or_only_the_first_is_a_paragraph():
    assert sketch("    One.") == ["p One."]
    assert sketch("    One\ntwo.") == ["p One / two."]
    assert sketch(" One\n two.") == ["p One / two."]


def test_indented_prose_that_is_hard_wrapped_is_a_quote_in_wrapped_text_only():
    assert MarkedText(NOTICE, "wrapped").blocks[0].kind == "quote"
    assert MarkedText(NOTICE, "wrapped").blocks[0].reflows
    assert MarkedText(NOTICE, "blocks").blocks[0].kind == "verse"
    assert MarkedText(NOTICE[:2], "wrapped").blocks[0].kind == "verse"


def test_indented_lines_that_begin_with_capitals_are_verse_however_long():
    lines = [f"    {line.strip().capitalize()}" for line in NOTICE]
    assert MarkedText(lines, "wrapped").blocks[0].kind == "verse"


def test_verse_is_no_kind_of_indented_and_of_lines():
    assert sketch("  One,\n  two.", "indented") == ["p One,", "p two."]
    assert sketch("  One,\n  two.", "lines") == ["p One,", "p two."]


def test_many_blank_lines_mean_nothing():
    assert sketch("One.\n\n\n\n\n\nTwo.") == ["p One.", "p Two."]
