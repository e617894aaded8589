"""What only the whole text decides: bare numbers (4.6e), levels (4.6g), contents lists (4.6h)."""

import pytest

from editor.markup.model import Kind
from editor.markup.text import MarkedText
from tests.markup.sketch import sketch, sketch_blocks


def headings(text, mode="blocks"):
    return [line for line in sketch(text, mode) if line.split()[0] in {"title", "part", "chapter", "scene"}]


def apart(*lines):
    """Put lines into paragraphs of their own."""
    return "\n\n".join(lines)


class TestBareNumbers:
    @pytest.mark.parametrize(
        "numbers",
        [
            *(
                ["1", "2", "3"],
                ["1.", "2."],
                ["I", "II"],
                ["i.", "ii."],
                ["One", "Two"],
                ["First", "The Second"],
                ["- 1 -", "- 2 -"],
            ),
            *(
                ["1. The Boat", "2) The Weir"],
                ["I – The Boat", "II: *The* Weir"],
                ["One. The Boat", "Two. The Weir"],
            ),
            ["1", "2", "1", "2", "3"],
        ],
    )
    def test_numbers_that_count_from_one_with_text_between_are_chapters(self, numbers):
        text = apart("Before.", *[line for number in numbers for line in (number, "Some text.")])
        assert [line.split()[0] for line in headings(text)] == ["chapter"] * len(numbers)

    @pytest.mark.parametrize(
        "lines",
        [
            *(
                ["1", "Text.", "3"],
                ["2", "Text.", "3"],
                ["1", "Text.", "2", "Text.", "4"],
                ["1", "2"],
                ["1"],
                ["42"],
            ),
            *(
                ["1", "Text.", "II"],
                ["1", "Text.", "2. The Weir"],
                ["One.", "Text.", "Two."],
                ["1. the boat", "Text.", "2. the weir"],
            ),
            ["1. The boat left.", "Text.", "2. The weir broke."],
        ],
    )
    def test_other_numbers_are_paragraphs(self, lines):
        assert headings(apart("Before.", *lines, "Text.")) == []

    def test_a_number_on_the_first_text_line_is_a_chapter_kept_in_a_file_of_its_own(self):
        assert headings(apart("VII", "The tide came back.")) == ["chapter VII"]
        assert headings(apart("# The Weir", "***", "%% x", "A/N: hi", "VII", "Text.")) == [
            "title The Weir",
            "chapter VII",
        ]
        assert headings(apart("7. The Boat", "Text.")) == ["chapter 7. The Boat"]

    def test_numbers_after_such_a_first_line_must_count_on_from_it(self):
        assert headings(apart("7", "Text.", "8", "Text.", "9")) == ["chapter 7", "chapter 8", "chapter 9"]
        assert headings(apart("7", "Text.", "9", "Text.")) == ["chapter 7"]

    def test_numbers_are_scenes_if_something_else_is_a_chapter(self):
        assert headings(apart("Chapter One", "I.", "Text.", "II.", "Text.")) == [
            "chapter Chapter One",
            "scene I.",
            "scene II.",
        ]
        assert headings(apart("# A", "1", "T.", "2", "T.", "# B", "1", "T.")) == [
            *("chapter A", "scene 1", "scene 2", "chapter B", "scene 1"),
        ]

    def test_of_two_styles_the_first_to_come_is_the_outer_one(self):
        assert headings(apart("I", "1", "T.", "2", "T.", "II", "1", "T.")) == [
            *("chapter I", "scene 1", "scene 2", "chapter II", "scene 1"),
        ]

    def test_a_refused_number_between_ornaments_is_a_labelled_break(self):
        assert headings(apart("Text.", "*** XII ***", "Text.")) == ["scene XII"]
        assert headings(apart("Text.", "*** 12 ***", "Text.")) == []

    def test_typing_the_second_number_makes_headings_of_both(self):
        text = MarkedText(apart("Text.", "1", "Text.", "", "Text.").split("\n"), "blocks")
        assert headings("\n".join(text.lines)) == []
        change = text.replace_lines(6, 1, ["2"])
        assert sketch_blocks(text.blocks) == ["p Text.", "chapter 1", "p Text.", "chapter 2", "p Text."]
        assert change.reclassified == (1,)

    def test_taking_away_the_text_between_two_numbers_unmakes_them(self):
        text = MarkedText(apart("Text.", "1", "Text.", "2", "Text.").split("\n"), "blocks")
        change = text.replace_lines(4, 1, [])
        assert sketch_blocks(text.blocks) == ["p Text.", "p 1", "p 2", "p Text."]
        assert change.reclassified == (1, 2)


class TestNumbersInIndentedText:
    LINES = (
        "  He had been counting them all night, and there were in the end",
        "1914.",
        "  Nobody believed it.",
    )

    def test_the_last_line_of_a_paragraph_may_be_a_number(self):
        assert sketch("\n".join(self.LINES), "indented") == [
            "p He had been counting them all night, and there were in the end / 1914.",
            "p Nobody believed it.",
        ]

    def test_numbers_that_count_are_headings_without_blank_lines_too(self):
        lines = ["  Before.", "1.", "  One, two.", "2.", "  Three, four."]
        assert headings("\n".join(lines), "indented") == ["chapter 1.", "chapter 2."]

    def test_a_paragraph_is_cut_at_its_number_once_the_numbers_count_and_joined_again(self):
        text = MarkedText(["  Before", "1.", "  Text.", "3.", "  Text."], "indented")
        assert sketch_blocks(text.blocks) == ["p Before / 1.", "p Text. / 3.", "p Text."]
        text.replace_lines(3, 1, ["2."])
        assert sketch_blocks(text.blocks) == ["p Before", "chapter 1.", "p Text.", "chapter 2.", "p Text."]
        change = text.replace_lines(3, 1, ["3."])
        assert sketch_blocks(text.blocks) == ["p Before / 1.", "p Text. / 3.", "p Text."]
        assert (change.first, len(change.removed), len(change.added)) == (0, 4, 2)

    def test_a_number_may_begin_a_paragraph(self):
        assert sketch("  Three\nmen came.\n  One, two.", "indented") == [
            "chapter Three",
            "p men came.",
            "p One, two.",
        ]
        assert sketch("  Text.\n  Three\nmen came.", "indented") == ["p Text.", "p Three / men came."]


class TestLevels:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("# A\n# B", "chapter chapter"),
            ("# A", "chapter"),
            ("# A\n## B\n# C", "part chapter part"),
            ("# A\n## B\n### C\n#### D\n# E", "part chapter scene scene part"),
            ("# T\n## A\n## B", "title chapter chapter"),
            ("# T\n## A\n### B\n#### C", "title chapter scene scene"),
            ("# T\nChapter 1", "title chapter"),
            ("# T\nPart 1", "title part"),
            ("# T\n\n1\n\nx\n\n2\n\nx", "title chapter chapter"),
            ("***\n\nA/N: x\n\n%% y\n\n# T\n## A", "title chapter"),
            ("Text.\n# T\n## A", "part chapter"),
            ("# Chapter 1\n## A", "chapter scene"),
            ("# Chapter 1\n# Two\n# Three", "chapter chapter chapter"),
            ("## Chapter 1\n# A\n### B\n## C", "chapter part scene chapter"),
            ("# T\n## Part One\n### A\n#### B", "title part chapter scene"),
            ("# Part One\n## A\n## B\n### C\n# Part Two", "part chapter chapter scene part"),
            ("# Part One\nChapter 1\n## A\n# Part Two", "part chapter scene part"),
            ("Text.\n\nChapter 1\n# A\n# B", "chapter scene scene"),
            ("Text.\n\nChapter 1\n# A\n## B\n# C", "chapter part scene part"),
            ("# Scene 1\n# Scene 2", "scene scene"),
            ("Text.\n# A\n## Scene 1\n# B\n## Scene 2", "chapter scene chapter scene"),
            ("Text.\n# A\n## B\n### Scene 1\n# C", "part chapter scene part"),
            ("## A\n## Part Two\n## Chapter 1\n## D", "chapter part chapter chapter"),
            ("A\n===\nB\n---\nC\n===", "part chapter part"),
            ("# Prologue\n## A\n## B", "chapter scene scene"),
        ],
    )
    def test_what_the_levels_mean(self, text, expected):
        assert " ".join(line.split()[0] for line in headings(text)) == expected

    def test_another_heading_may_change_what_the_levels_mean_far_above(self):
        text = MarkedText(apart("# A", "One.", "# B", "Two.", "x").split("\n"), "blocks")
        change = text.replace_lines(8, 1, ["Chapter 3"])
        assert sketch_blocks(text.blocks) == ["scene A", "p One.", "scene B", "p Two.", "chapter Chapter 3"]
        assert change.reclassified == (0, 2)


class TestContents:
    LIST = ("Chapter 1: Ice", "Chapter 2: Thaw", "Chapter 3: Flood")

    def test_headings_without_text_that_come_again_are_a_contents_list(self):
        body = apart(*[line for title in self.LIST for line in (title, "Text.")])
        assert sketch("\n".join(self.LIST) + "\n\n" + body)[:4] == [
            *(
                "contents Chapter 1: Ice",
                "contents Chapter 2: Thaw",
                "contents Chapter 3: Flood",
                "chapter Chapter 1: Ice",
            ),
        ]

    def test_titles_are_compared_by_letters_and_digits_and_a_long_beginning_will_do(self):
        body = apart("CHAPTER I. ICE", "T.", "CHAPTER II", "T.", "CHAPTER III: *Flood*", "T.")
        blocks = MarkedText(
            ("Chapter I\nChapter II: Thaw\nChapter III - flood\n\n" + body).split("\n"), "blocks"
        ).blocks
        assert [block.kind for block in blocks[:4]] == [Kind.CONTENTS] * 3 + [Kind.HEADING]

    def test_fewer_than_three_or_with_text_between_are_headings(self):
        two = self.LIST[:2]
        assert "contents" not in " ".join(sketch("\n".join(two) + "\n\n" + apart(two[0], "T.", two[1], "T.")))
        spread = apart(*[line for title in self.LIST * 2 for line in (title, "Text.")])
        assert "contents" not in " ".join(sketch(spread))

    def test_all_but_two_of_the_list_must_come_again(self):
        body = apart(*[line for title in self.LIST for line in (title, "Text.")])
        more = ("Chapter 4: Mud", "Chapter 5: Reeds")
        assert "contents" not in " ".join(sketch("\n".join((*self.LIST, *more)) + "\n\n" + body))
        assert sketch("\n".join((*self.LIST, more[0])) + "\n\n" + body)[3] == "chapter Chapter 4: Mud"

    def test_the_book_begins_where_the_first_line_of_the_list_comes_again(self):
        chapters = ("Chapter 1", "Chapter 2", "Chapter 3")
        parts = [("Part One", *chapters), ("Part Two", *chapters)]
        titles = [title for part in parts for title in part]
        body = "\n\nT.\n\n".join(titles).replace("Part One\n\nT.\n\n", "Part One\n\n")
        kinds = [line.split()[0] for line in sketch("\n".join(titles) + "\n\n" + body)]
        assert kinds[:11] == ["contents"] * 8 + ["part", "chapter", "p"]

    def test_a_number_is_not_the_beginning_of_a_longer_number(self):
        titles = [f"Chapter {number}" for number in range(1, 12)]
        kinds = [line.split()[0] for line in sketch("\n".join(titles) + "\n\n" + "\n\nT.\n\n".join(titles))]
        assert kinds[:13] == ["contents"] * 11 + ["chapter", "p"]

    def test_a_contents_list_does_not_decide_about_levels(self):
        text = (
            "\n".join(f"# {title}" for title in self.LIST)
            + "\n"
            + "\nT.\n".join(f"## {title}" for title in self.LIST)
        )
        assert [line.split()[0] for line in sketch(text)][:4] == [
            "contents",
            "contents",
            "contents",
            "chapter",
        ]
