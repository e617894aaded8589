"""A draft becomes lines of our text that our own grammar reads as they were meant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.importing.draft import Draft, Loss, Rank, Role, Run, tidy_runs
from editor.importing.marks import has_letter, mark_up
from editor.importing.writing import BREAK, write_lines
from editor.markup.inlines import resolve_content
from editor.markup.model import Kind, Level
from editor.markup.spans import parse_spans
from editor.markup.text import MarkedText
from tests.importing.reading import blocks_of, looks

NASTY = st.text(
    st.sampled_from("ab é1.,!?*_/\\[]<>#%&:;-—~=+'\"`|他\u00a0\n \t")
    | st.characters(exclude_categories=["Cs"]),
    max_size=14,
)
RUNS = st.lists(st.builds(Run, NASTY, st.booleans(), st.booleans()), max_size=6)
WORDS = st.text(st.sampled_from("abc dE,."), min_size=1, max_size=20).map(lambda text: f"xy {text} z")


def draft_of(*pieces):
    draft = Draft()
    for role, runs in pieces:
        draft.add(role, runs)
    return draft


def shown(runs):
    return [run for run in runs if run.text]


@given(RUNS)
def test_runs_come_back_from_our_marks_with_every_character_and_look(runs):
    draft = draft_of((Role.PARAGRAPH, runs))
    for piece in draft.pieces:
        text, is_whole = mark_up(piece.runs)
        back = looks(resolve_content(text, parse_spans(text), reflows=False))
        assert "".join(run.text for run in back) == piece.text
        if is_whole:
            assert back == piece.runs
        else:
            assert any((run.emphasis or run.strong) for run in piece.runs)


@given(st.lists(st.tuples(WORDS, st.booleans(), st.booleans()), min_size=1, max_size=5))
def test_emphasis_on_words_is_never_lost(parts):
    runs = tidy_runs(Run(*part) for part in parts)
    assert mark_up(runs)[1]


SCENES = st.lists(
    st.lists(st.tuples(st.sampled_from([Role.PARAGRAPH, Role.QUOTE]), RUNS), min_size=1, max_size=4),
    max_size=4,
)
KEPT = {Kind.PARAGRAPH, Kind.QUOTE, Kind.VERSE}


@given(SCENES)
@settings(max_examples=400)
def test_a_document_comes_back_with_its_words_its_emphasis_and_its_breaks(scenes):
    draft = Draft()
    for scene in scenes:
        for role, runs in scene:
            draft.add(role, runs)
        draft.add_break()
    pieces = [piece for piece in draft.pieces if piece.role is not Role.BREAK]
    lines = write_lines(draft)
    blocks = [
        (kind, runs, lines[start])
        for start, (kind, runs) in zip(MarkedText(lines).starts, blocks_of(lines), strict=True)
    ]
    seen = [block for block in blocks if block[2] != BREAK]
    assert len(blocks) - len(seen) == sum(piece.role is Role.BREAK for piece in draft.pieces[:-1])
    assert len(seen) == len(pieces)
    for piece, (kind, runs, line) in zip(pieces, seen, strict=True):
        if kind is Kind.BREAK:
            assert piece.text == line
        elif kind in KEPT and not draft.losses[Loss.EMPHASIS]:
            assert runs == piece.runs
        else:
            assert letters("".join(run.text for run in runs)) == letters(piece.text)


def letters(text):
    return [character for character in text if character.isalnum()]


@pytest.mark.parametrize(
    "text",
    ["%% not a comment", "<!-- words -->", "> quoted?", "[[note]]", "[[status: draft]]", "*** START OF THE PROJECT GUTENBERG EBOOK",
     "    indented", "* a list", "# 1", "\\# x", "http://x.org/_a_/b_c"],
)  # fmt: skip
def test_a_paragraph_that_looks_like_markup_stays_a_paragraph(text):
    lines = write_lines(draft_of((Role.PARAGRAPH, "One."), (Role.PARAGRAPH, text), (Role.PARAGRAPH, "Two.")))
    assert [runs for kind, runs in blocks_of(lines) if kind is Kind.PARAGRAPH] == [
        (Run("One."),),
        (Run(" ".join(text.split())),),
        (Run("Two."),),
    ]


def test_plain_words_are_written_without_a_single_escape():
    text = "He said: “no”—and/or maybe 2*3; snake_case [sic] & <3."
    assert write_lines(draft_of((Role.PARAGRAPH, text))) == [text]


def test_emphasis_is_written_with_our_marks():
    runs = [Run("It was "), Run("not ", emphasis=True), Run("his "), Run("gun", strong=True), Run(".")]
    assert write_lines(draft_of((Role.PARAGRAPH, runs))) == ["It was *not* his **gun**."]


def test_emphasis_inside_a_word_is_written_with_tags_because_no_mark_can_say_it():
    runs = [Run("un"), Run("frigging", emphasis=True), Run("believable")]
    assert write_lines(draft_of((Role.PARAGRAPH, runs))) == ["un<i>frigging</i>believable"]


def test_a_single_bold_sign_is_not_taken_for_a_break_nor_a_quoted_sign_for_a_deeper_quotation():
    draft = draft_of((Role.PARAGRAPH, [Run("0", strong=True)]), (Role.QUOTE, ">0"))
    draft.add(Role.QUOTE, [Run("a\n"), Run("0", strong=True)])
    assert write_lines(draft) == ["<b>0</b>", "", "> \\>0", ">", "> a", "> <b>0</b>"]


def test_emphasis_on_a_dash_alone_is_told_as_lost():
    draft = draft_of(
        (Role.PARAGRAPH, [Run("Well "), Run("—", emphasis=True), Run(" no "), Run("no", emphasis=True)])
    )
    assert write_lines(draft) == ["Well — no *no*"]
    assert draft.losses == {Loss.EMPHASIS: 1}
    assert not has_letter("—")


def test_a_break_next_to_a_heading_or_another_break_is_not_written():
    draft = draft_of(
        (Role.BREAK, ""), (Role.PARAGRAPH, "a"), (Role.BREAK, ""), (Role.BREAK, ""), (Role.PARAGRAPH, "b")
    )
    draft.add(Role.BREAK)
    draft.add(Role.HEADING, "Chapter 2", 1)
    draft.add(Role.BREAK)
    draft.add(Role.PARAGRAPH, "c")
    draft.add(Role.BREAK)
    assert write_lines(draft) == ["a", "", "* * *", "", "b", "", "# Chapter 2", "", "c"]


def test_facts_stand_between_the_break_and_the_scene_they_belong_to():
    draft = Draft()
    draft.add(Role.HEADING, "Dusk", Rank.CHAPTER)
    draft.add_fact("title", "The weir")
    draft.add_fact("synopsis", "She swims.\nHe ]] watches.")
    draft.add(Role.PARAGRAPH, "Water.")
    lines = write_lines(draft)
    assert lines == [
        "# Dusk",
        "",
        "[[title: The weir]]",
        "[[synopsis: She swims. He ] ] watches.]]",
        "",
        "Water.",
    ]
    assert [fact for block in MarkedText(lines).blocks for fact in block.facts] == [
        ("title", "The weir"),
        ("synopsis", "She swims. He ] ] watches."),
    ]


def test_a_header_is_read_as_one_and_ends_before_the_text():
    draft = draft_of((Role.PARAGRAPH, "Date: the fruit."))
    draft.set_field("Title", "The  Weir")
    draft.set_field("Author", "")
    blocks = MarkedText(write_lines(draft)).blocks
    assert [(block.kind, block.fields) for block in blocks] == [
        (Kind.HEADER, (("Title", "The Weir"),)),
        (Kind.PARAGRAPH, ()),
    ]


@pytest.mark.parametrize(
    "ranks",
    [
        [Rank.CHAPTER],
        [Rank.CHAPTER, Rank.CHAPTER],
        [Rank.PART, Rank.CHAPTER, Rank.CHAPTER],
        [Rank.PART, Rank.CHAPTER, Rank.PART, Rank.CHAPTER],
        [Rank.CHAPTER, Rank.SCENE, Rank.SCENE, Rank.CHAPTER, Rank.SCENE],
        [Rank.PART, Rank.CHAPTER, Rank.SCENE, Rank.SCENE],
        [Rank.PART],
        [Rank.SCENE, Rank.SCENE],
    ],
)
def test_a_heading_opens_what_the_other_program_said_it_opens(ranks):
    draft = Draft()
    for number, rank in enumerate(ranks):
        draft.add(Role.HEADING, f"The river {'abcdef'[number]}", rank)
        draft.add(Role.PARAGRAPH, "Some text.")
    levels = [block.level for block in MarkedText(write_lines(draft)).blocks if block.kind is Kind.HEADING]
    wanted = {Rank.PART: Level.PART, Rank.CHAPTER: Level.CHAPTER, Rank.SCENE: Level.SCENE}
    assert levels == [wanted[rank] for rank in ranks]


def test_verse_keeps_its_lines_and_quotes_their_paragraphs():
    draft = draft_of(
        (Role.VERSE, "O moon\nO *star"), (Role.QUOTE, "Dear A,"), (Role.QUOTE, "Come."), (Role.PARAGRAPH, "x")
    )
    assert write_lines(draft) == ["    O moon", "    O *star", "", "> Dear A,", ">", "> Come.", "", "x"]


def test_a_text_full_of_line_breaks_is_still_one_paragraph_a_line():
    verse = "\n".join(["a line of some forty-five characters, or more"] * 4)
    draft = draft_of(*[(Role.PARAGRAPH, verse)] * 6)
    assert [runs for _kind, runs in blocks_of(write_lines(draft))] == [(Run(verse),)] * 6


def test_a_note_to_the_reader_is_read_as_one_and_a_private_one_is_not_shown():
    draft = draft_of(
        (Role.PARAGRAPH, "Words."), (Role.NOTE, "Thanks for reading!"), (Role.COMMENT, "check\nthis")
    )
    lines = write_lines(draft)
    assert lines[2:] == ["A/N: Thanks for reading!", "", "%% check", "%% this"]
    assert [kind for kind, _runs in blocks_of(lines)] == [
        Kind.PARAGRAPH,
        Kind.NOTE,
        Kind.COMMENT,
        Kind.COMMENT,
    ]
