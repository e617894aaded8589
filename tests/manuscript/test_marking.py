"""Ctrl+I and Ctrl+B: `|` stands for the caret, two of them for the ends of the selection."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from editor.manuscript.edits import Position, apply_edits
from editor.manuscript.marking import toggle_style
from editor.markup.model import SpanKind, Style, WrapMode
from editor.markup.spans import parse_spans
from editor.markup.text import MarkedText


def unpack(source):
    lines, positions = [], []
    for number, line in enumerate(source.split("\n")):
        rest = line
        while "|" in rest:
            positions.append(Position(number, rest.index("|")))
            rest = rest.replace("|", "", 1)
        lines.append(rest)
    return lines, positions[0], positions[-1]


def toggled(source, style=Style.EMPHASIS, mode=WrapMode.BLOCKS):
    lines, start, end = unpack(source)
    marking = toggle_style(MarkedText(lines, mode), start, end, style)
    result = apply_edits(lines, marking.edits)
    for position in sorted({marking.start, marking.end}, reverse=True):
        line = result[position.line]
        result[position.line] = f"{line[: position.column]}|{line[position.column :]}"
    return "\n".join(result)


def check(cases):
    return pytest.mark.parametrize(("source", "wanted"), cases, ids=[source for source, _ in cases])


@check(
    [
        ("a |word| b", "a *|word|* b"),
        ("a |two words| b", "a *|two words|* b"),
        ("a wo|rd b", "a *wo|rd* b"),
        ("a |word b", "a *|word* b"),
        ("a word| b", "a *word|* b"),
        ("well-kn|own", "*well-kn|own*"),
        ('He said "do|n\'t".', 'He said "*do|n\'t*".'),
        ("a | b", "a *|* b"),
        ("a\n|\nb", "a\n*|*\nb"),
        ("a | word | b", "a  *|word|*  b"),
        ("😀 |a𝔸| b", "😀 *|a𝔸|* b"),
        ("> |quote\n> me|", "> *|quote\n> me|*"),
        ("    |Down by\n    the| weir", "    *|Down by\n    the|* weir"),
        ("# |Ice|", "# *|Ice|*"),
        ("Chapter 6: The |Ice| Boat\n\nText.", "Chapter 6: The *|Ice|* Boat\n\nText."),
        ("un|believ|able", "un<i>|believ|</i>able"),
    ]
)
def test_emphasis_goes_around_the_selection_or_the_word_and_comes_off_again(source, wanted):
    assert toggled(source) == wanted
    assert toggled(wanted).replace("|", "") == source.replace("|", "")


@check(
    [
        ("a |word| b", "a **|word|** b"),
        ("a *|word|* b", "a ***|word|*** b"),
        ("un|believ|able", "un<b>|believ|</b>able"),
    ]
)
def test_strong_works_alike(source, wanted):
    assert toggled(source, Style.STRONG) == wanted
    assert toggled(wanted, Style.STRONG) == source


@check(
    [
        ("a *|two words|* b", "a |two words| b"),
        ("a |*two words*| b", "a |two words| b"),
        ("a *two |words|* b", "a two |words| b"),
        ("a *two| words* b", "a two| words b"),
        ("a ***|x|*** b", "a **|x|** b"),
        ("a <I>|x|</I> b", "a |x| b"),
        ("**a *|b|***", "**a |b|**"),
        ("|*a* *b*|", "|a b|"),
        ("*|Ice*\n\n*Fog|*", "|Ice\n\nFog|"),
    ]
)
def test_what_has_the_style_already_loses_it(source, wanted):
    assert toggled(source) == wanted


@check(
    [
        ("_a_ _b_ *c* |d|", "_a_ _b_ *c* _|d|_"),
        ("/a/ b |c|", "/a/ b /|c|/"),
        ("<em>a</em> |b|", "<em>a</em> <em>|b|</em>"),
    ]
)
def test_the_marks_are_those_of_the_file(source, wanted):
    assert toggled(source) == wanted


@check(
    [
        ("|a *b* c|", "*|a b c|*"),
        ("|a *b| c* d", "*|a b| c* d"),
        ("*a |b* c| d", "*a |b c|* d"),
        ("**bold |x** y| z", "**bold *|x*** *y|* z"),
        ("|Ice\n\nFog| rose", "*|Ice*\n\n*Fog|* rose"),
        ("|Ice\n\n***\n\n%% cut\n\nFog|", "*|Ice*\n\n***\n\n%% cut\n\n*Fog|*"),
        ("*|Ice*\n\nFog| rose", "*|Ice*\n\n*Fog|* rose"),
    ]
)
def test_a_selection_across_spans_and_paragraphs_is_marked_in_pieces(source, wanted):
    assert toggled(source) == wanted


@check(
    [
        ("|?!|", None),
        ("|Chapter Six|\n\nText.", None),
        ("Chapter |Six|\n\nText.", None),
        ("a\n\n|***|\n\nb", None),
        ("%% a |b| c", None),
    ]
)
def test_what_the_grammar_cannot_mark_stays(source, wanted):
    assert toggled(source) == (wanted or source)


def test_an_empty_pair_is_taken_away_again():
    assert toggled("a *|* b") == "a | b"
    assert toggled("*|*") == "|"
    assert toggled("***|***", Style.STRONG) == "*|*"


words = st.sampled_from(
    ["one", "two", "don't", "Zoë", "他的", "7", "--", "...", '"No,"', "(so)", "well-known", "and/or", "**bold**", "www.a.b/c", r"\*", "f*ck",
     "!", "—", "[[x]]", "a_b", "_", "*"]
)  # fmt: skip
STYLE_OF = {
    SpanKind.EMPHASIS: {Style.EMPHASIS},
    SpanKind.STRONG: {Style.STRONG},
    SpanKind.STRONG_EMPHASIS: {Style.STRONG, Style.EMPHASIS},
}


@settings(max_examples=200)
@given(st.lists(words, min_size=1, max_size=8), st.data(), st.sampled_from(list(Style)))
def test_marking_gives_the_words_the_style_and_unmarking_restores_every_character(chosen, data, style):
    line = " ".join(chosen)
    ends = [0]
    for word in chosen:
        ends.append(ends[-1] + len(word) + 1)
    first = data.draw(st.integers(0, len(chosen) - 1))
    last = data.draw(st.integers(first, len(chosen) - 1))
    start, end = Position(0, ends[first]), Position(0, ends[last + 1] - 1)
    text = MarkedText([line], WrapMode.BLOCKS)
    spans = parse_spans(line)
    assume(not any(style in STYLE_OF.get(span.kind, ()) for span in spans))
    marking = toggle_style(text, start, end, style)
    assume(marking.edits)
    (marked,) = apply_edits([line], marking.edits)
    assert any(
        style in STYLE_OF.get(span.kind, ())
        and span.start <= marking.start.column
        and marking.end.column <= span.end
        for span in parse_spans(marked)
    )
    again = toggle_style(MarkedText([marked], WrapMode.BLOCKS), marking.start, marking.end, style)
    assert apply_edits([marked], again.edits) == [line]


@settings(max_examples=200)
@given(
    st.lists(st.lists(words, max_size=4).map(" ".join), min_size=1, max_size=5),
    st.data(),
    st.sampled_from(list(Style)),
)
def test_marking_never_fails_and_touches_nothing_but_marks(lines, data, style):
    positions = []
    for _ in range(2):
        number = data.draw(st.integers(0, len(lines) - 1))
        positions.append(Position(number, data.draw(st.integers(0, len(lines[number])))))
    start, end = sorted(positions)
    marking = toggle_style(MarkedText(lines), start, end, style)
    result = apply_edits(lines, marking.edits)
    assert [strip_marks(line) for line in result] == [strip_marks(line) for line in lines]
    for position in (marking.start, marking.end):
        assert 0 <= position.column <= len(result[position.line])


def strip_marks(line):
    for mark in ("<i>", "</i>", "<b>", "</b>", "*", "_", "/"):
        line = line.replace(mark, "")
    return line
