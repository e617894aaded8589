"""Laws of a text of several files: what an edit leaves is what a fresh reading finds, and each file is read by itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.markup.lines import BOUNDARY, is_boundary
from editor.markup.model import Kind, Level, WrapMode
from editor.markup.text import MarkedText
from tests.markup.test_marked_text_laws import LINES, NUMBERS

LABELS = ["one.txt", "two.txt", "chapter-10.txt", "cuts.txt"]
BOUNDARIES = [BOUNDARY + label for label in LABELS]

modes = st.fixed_dictionaries({label: st.sampled_from(WrapMode) for label in [None, *LABELS]})
lines = st.lists(
    st.one_of(*[st.sampled_from(some) for some in (LINES, LINES, NUMBERS, BOUNDARIES)]), max_size=24
)
edits = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 5), lines.map(lambda some: some[:6])), max_size=6
)


def facts(text: MarkedText) -> list[object]:
    files = [(file.label, file.top, file.first, file.end, file.mode) for file in text.files]
    return [files, list(zip(text.starts, text.blocks, strict=True))]


@settings(max_examples=300)
@given(lines, modes, edits)
def test_after_any_edits_the_files_and_blocks_are_those_of_a_fresh_reading(first_lines, modes, some_edits):
    text = MarkedText(first_lines or [""], modes=modes)
    for first, count, new in some_edits:
        text.replace_lines(min(first, len(text.lines)), count, new)
        assert facts(text) == facts(MarkedText(text.lines, modes=modes))


@settings(max_examples=150)
@given(lines, modes, edits)
def test_a_twin_is_edited_without_the_text_it_was_taken_from(first_lines, modes, some_edits):
    text = MarkedText(first_lines or [""], modes=modes)
    before = facts(text)
    twin = text.twin()
    for first, count, new in some_edits:
        twin.replace_lines(min(first, len(twin.lines)), count, new)
    assert facts(text) == before
    assert facts(twin) == facts(MarkedText(twin.lines, modes=modes))


CERTAIN = [
    "The lamp went out.",
    "Mara said no",
    "He *never* came back.",
    "The bell rang twice, and then no more.",
]
own_lines = st.lists(
    st.sampled_from([*CERTAIN, "", "", "* * *", "> quoted", "  verse", "    line"]), min_size=1
)


@settings(max_examples=150)
@given(st.lists(own_lines, min_size=1, max_size=4), modes)
def test_each_file_is_read_as_a_document_of_its_own(files, modes):
    labels = LABELS[: len(files)]
    whole = [line for label, own in zip(labels, files, strict=True) for line in [BOUNDARY + label, *own]]
    text = MarkedText(whole, modes=modes)
    for label, own, file in zip(labels, files, text.files, strict=True):
        alone = MarkedText(own, modes[label])
        low, high = text.block_from(file.first), text.block_from(file.end)
        assert text.blocks[low:high] == alone.blocks
        assert [start - file.first for start in text.starts[low:high]] == alone.starts


@given(lines, modes)
def test_every_boundary_is_a_block_of_its_own(some_lines, modes):
    text = MarkedText(some_lines or [""], modes=modes)
    tops = [
        start for start, block in zip(text.starts, text.blocks, strict=True) if block.kind is Kind.BOUNDARY
    ]
    assert tops == [number for number, line in enumerate(text.lines) if is_boundary(line)]


def levels(text: str) -> list[str]:
    blocks = MarkedText(text.split("\n"), modes={}).blocks
    return [
        f"{block.level.name} {block.content}" for block in blocks if block.level not in {None, Level.FILE}
    ]


def test_numbers_that_count_through_all_files_are_headings():
    assert levels("\ra.txt\n1\n\nOne.\n\rb.txt\n2\n\nTwo.") == ["CHAPTER 1", "CHAPTER 2"]


def test_a_number_at_the_top_of_a_file_is_a_heading_wherever_the_files_begin_to_count():
    assert levels("\ra.txt\n7\n\nSeven.\n\rb.txt\n9\n\nNine.") == ["CHAPTER 7", "CHAPTER 9"]


def test_levels_mean_the_same_in_all_files():
    text = "\ra.txt\n# Part One\n\n## Chapter 1\n\nOne.\n\rb.txt\n## The Bell\n\nTwo."
    assert levels(text) == ["PART Part One", "CHAPTER Chapter 1", "CHAPTER The Bell"]


def test_the_headings_of_what_was_cut_do_not_count_with_those_of_the_book():
    book = "\ra.txt\nI.\n\nOne.\n\rb.txt\nII.\n\nTwo."
    assert levels(f"{book}\n\rcuts.txt\nVII.\n\nSeven.")[:2] == ["CHAPTER I.", "CHAPTER II."]


def test_what_was_cut_has_the_levels_of_the_book():
    book = "\ra.txt\n# One\n\n## Ice\n\nA.\n\n## Thaw\n\nB.\n\rb.txt\n# Two\n\nC."
    cut = levels(f"{book}\n\rcuts.txt\n# Three\n\n## Rain\n\nD.")
    assert cut[-2:] == [cut[0].replace("One", "Three"), cut[1].replace("Ice", "Rain")]


def test_a_note_at_the_top_of_a_file_is_a_note():
    text = MarkedText(["\ra.txt", "Chapter 1", "", "One.", "\rb.txt", "A/N: hello", "", "Two."])
    assert [block.kind for block in text.blocks][-2:] == [Kind.NOTE, Kind.PARAGRAPH]


def test_a_contents_list_ends_with_its_file():
    contents = "\r0.txt\nChapter 1\n\nChapter 2\n\nChapter 3"
    chapters = "".join(f"\n\r{n}.txt\nChapter {n}\n\nText." for n in (1, 2, 3))
    kinds = [block.kind for block in MarkedText((contents + chapters).split("\n")).blocks]
    assert kinds.count(Kind.CONTENTS) == 3
    assert kinds.count(Kind.HEADING) == 3


def test_a_file_that_is_split_off_keeps_the_wrap_mode_of_its_text():
    text = MarkedText(["\ra.txt", "One.", "Two."], modes={"a.txt": WrapMode.LINES})
    text.replace_lines(2, 0, ["\rb.txt"])
    assert text.modes == {"a.txt": WrapMode.LINES, "b.txt": WrapMode.LINES}


def test_a_file_under_another_label_keeps_its_wrap_mode():
    modes = {"a.txt": WrapMode.BLOCKS, "b.txt": WrapMode.LINES}
    text = MarkedText(["\ra.txt", "One.", "\rb.txt", "Two."], modes=modes)
    text.replace_lines(2, 1, ["\rc.txt"])
    assert text.modes == {"a.txt": WrapMode.BLOCKS, "c.txt": WrapMode.LINES}
