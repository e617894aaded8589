"""Laws of `MarkedText`, tried on texts put together from everything that means something to the grammar."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from editor.markup.lines import is_blank
from editor.markup.model import PROSE, Kind, WrapMode
from editor.markup.text import MarkedText
from editor.markup.words import count_content_words

LINES = [
    *("", "", "", " ", "\f"),
    *("The lamp went out.", "Mara said no", "He *never* came back, and nobody asked him why."),
    "The lock-keeper had kept the lock for thirty years and in all that",
    "  The lock-keeper had kept the lock for thirty years and in all that",
    "time he had never once seen the gate move on its own; but tonight it-",
    *("    Down by the weir", "\twhere the willows lean", "  nobody hears", "\u3000她来了。"),
    *(
        "***",
        "* * *",
        "---",
        "===",
        "=====",
        "-x-x-x-",
        "[scene break]",
        "#",
        "--",
        "oOo",
        "x x x",
        ". . .",
        "...",
    ),
    *("# One", "# Two #", "## Chapter 3", "### Ebb", "# Part Two", "#"),
    *(
        "Chapter 1",
        "CHAPTER II.",
        "Chapter 3: The Weir",
        "chapter 4 was bad.",
        "~Part One~",
        "Scene 2",
        "Prologue",
    ),
    *("Chapter 1: The Weir", "Chapter 2: The Boat", "Chapter 3: The Bell", "第四章 大雾", "Erstes Kapitel"),
    *("The Boat", "THE DROWNED BELL", "Ice and Iron", "============", "------------"),
    *(
        "1",
        "2",
        "3",
        "4",
        "I.",
        "II.",
        "i",
        "ii",
        "One",
        "Two",
        "1. The Boat",
        "2. The Weir",
        "42",
        "  1",
        "  2",
    ),
    *("*** Three weeks later ***", "*** XII ***", "~~ the end ~~", "--- Meanwhile ---"),
    *("> From: the keeper", "> > deeper", ">", ">  indented", ">From here", "> ---"),
    *("A/N: sorry!", "(Author's Note: thanks)", "Warning: deep water", "Summary: a bell", "Disclaimer: none"),
    *("THE END", "~fin~", "To be continued...", "-30-", "End of Chapter 1"),
    *(
        "%% remember",
        "<!-- cut",
        "cut --> and go on",
        "-->",
        "<!-- all -->",
        "<!--",
        "<!-----",
        "[[not this]]",
    ),
    *(
        "[[status: draft]]",
        "[[pov: Mara]] She sat.",
        "[[Chapter 3",
        "is weak]]",
        r"\# not a heading",
        r"\* * *",
    ),
    *("Title: The Weir", "**Author:** N. Body", "Rating: PG", "key: value", "...", "The Weir", "by N. Body"),
    "*** START OF THIS PROJECT GUTENBERG EBOOK ***",
    "End of the Project Gutenberg EBook",
    "*** END OF THE PROJECT GUTENBERG EBOOK ***",
    "x" * 300,
]

lines = st.lists(
    st.one_of(st.sampled_from(LINES), st.sampled_from(LINES), st.text(max_size=8)), max_size=24
).map(lambda texts: [line for text in texts for line in text.replace("\r", "\n").split("\n")])
modes = st.sampled_from(list(WrapMode))
edits = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 5), lines.map(lambda some: some[:6])), max_size=6
)


@settings(max_examples=400)
@given(lines, modes, edits)
def test_after_any_edits_the_blocks_are_those_of_a_fresh_reading(first_lines, mode, some_edits):
    text = MarkedText(first_lines or [""], mode)
    for first, count, new in some_edits:
        text.replace_lines(min(first, len(text.lines)), count, new)
        fresh = MarkedText(text.lines, mode)
        assert list(zip(text.starts, text.blocks, strict=True)) == list(
            zip(fresh.starts, fresh.blocks, strict=True)
        )


paragraphs = st.sampled_from([line for line in LINES if line.strip()])
filled = st.lists(paragraphs, min_size=3, max_size=10)


@settings(max_examples=300)
@given(filled, modes, st.lists(st.tuples(st.integers(0, 9), paragraphs), min_size=1, max_size=6))
def test_a_line_reworded_between_blank_lines_reads_as_in_a_fresh_reading(some, mode, rewordings):
    text = MarkedText([line for paragraph in some for line in (paragraph, "")], mode)
    for place, line in rewordings:
        first = 2 * (place % len(some))
        before = list(text.blocks)
        change = text.replace_lines(first, 1, [line])
        fresh = MarkedText(text.lines, mode)
        assert (text.starts, text.blocks) == (fresh.starts, fresh.blocks)
        if not change.reclassified:
            stop = change.first + len(change.removed)
            assert [*before[: change.first], *change.added, *before[stop:]] == text.blocks
            assert change.removed == tuple(before[change.first : stop])


NUMBERS = [*("", "", "Ice", "He sat.", "  He rose.", "***", "# Ice", "*** Later ***", "*** 1 ***")]
NUMBERS += [
    *(
        "1",
        "2",
        "3",
        "I",
        "II",
        "i",
        "One",
        "Two",
        "Three",
        "1. The Boat",
        "- 2 -",
        "[[c]]",
        "> q",
        "A/N: q",
        "XIV",
    )
]
numbers = st.lists(st.sampled_from(NUMBERS), max_size=12)
number_edits = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 3), numbers.map(lambda some: some[:3])))


@settings(max_examples=200)
@given(numbers, number_edits)
@example(["One", "***", "Ice", "# Ice", "II", "Two", "3", "", "*** Later ***", "Ice"], [(7, 1, [])])
@example(["[[c]]", "i", "i", "***"], [(3, 1, [])])
@example(["Author's Note", "XIV", "XIV", "..."], [(3, 0, [""])])
@example(["ii", "One", "", "A/N: x", "One", "A/N: x", "3"], [(3, 1, [])])
def test_numbers_beside_text_are_read_alike_after_any_edits(first_lines, some_edits):
    text = MarkedText(first_lines or [""], WrapMode.INDENTED)
    for first, count, new in some_edits:
        text.replace_lines(min(first, len(text.lines)), count, new)
        fresh = MarkedText(text.lines, WrapMode.INDENTED)
        assert (text.starts, text.blocks) == (fresh.starts, fresh.blocks)


@settings(max_examples=200)
@given(lines, modes, edits)
def test_a_change_tells_the_truth(first_lines, mode, some_edits):
    text = MarkedText(first_lines or [""], mode)
    for first, count, new in some_edits:
        old_blocks, old_starts = list(text.blocks), list(text.starts)
        change = text.replace_lines(min(first, len(text.lines)), count, new)
        stop = change.first + len(change.removed)
        assert tuple(old_blocks[change.first : stop]) == change.removed
        added_stop = change.first + len(change.added)
        assert tuple(text.blocks[change.first : added_stop]) == change.added
        told = old_blocks[: change.first] + list(change.added) + old_blocks[stop:]
        assert len(told) == len(text.blocks)
        differing = {index for index, block in enumerate(text.blocks) if block != told[index]}
        assert differing == set(change.reclassified)
        assert text.starts[: change.first] == old_starts[: change.first]
        assert text.starts[added_stop:] == [start + change.line_shift for start in old_starts[stop:]]


@settings(max_examples=300)
@given(lines, modes)
def test_blocks_cover_every_line_that_is_not_blank_once_and_in_order(some_lines, mode):
    text = MarkedText(some_lines, mode)
    covered = [
        line
        for start, block in zip(text.starts, text.blocks, strict=True)
        for line in range(start, start + block.height)
    ]
    assert covered == sorted(set(covered))
    assert covered == [] or covered[-1] < len(some_lines)
    assert {number for number, line in enumerate(some_lines) if not is_blank(line)} <= set(covered)


@settings(max_examples=300)
@given(lines, modes)
def test_every_line_of_a_content_stands_verbatim_where_its_column_says(some_lines, mode):
    text = MarkedText(some_lines, mode)
    for start, block in zip(text.starts, text.blocks, strict=True):
        contents = block.content.split("\n")
        assert len(contents) == len(block.columns)
        for content, (line, column) in zip(contents, block.columns, strict=True):
            assert line < block.height
            assert some_lines[start + line][column:].startswith(content)


@settings(max_examples=200)
@given(lines, modes)
def test_no_character_of_prose_is_lost(some_lines, mode):
    text = MarkedText(some_lines, mode)
    for start, block in zip(text.starts, text.blocks, strict=True):
        if block.kind in {Kind.PARAGRAPH, Kind.VERSE, Kind.NOTE, Kind.END_MATTER}:
            source = some_lines[start + block.columns[0][0] : start + block.height]
            source[0] = source[0][block.columns[0][1] :]
            assert "".join(block.content.split()) == "".join("".join(source).split())


@settings(max_examples=200)
@given(lines, modes)
def test_words_are_counted_of_prose_and_of_nothing_else(some_lines, mode):
    for block in MarkedText(some_lines, mode).blocks:
        expected = count_content_words(block.content, block.reflows) if block.kind in PROSE else 0
        assert block.words == expected


@settings(max_examples=200)
@given(lines)
def test_a_mode_is_detected_for_any_text_and_then_kept(some_lines):
    text = MarkedText(some_lines)
    mode = text.mode
    text.replace_lines(0, len(some_lines), ["One.", "Two.", "Three."])
    assert text.mode is mode
