"""Headings (4.6 a to f): which lines are one, of what kind, and with what text."""

import pytest

from editor.markup.headings import parse_keyword, split_core
from editor.markup.model import Level
from tests.markup.sketch import sketch


def keyword_level(line):
    keyword = parse_keyword(split_core(line)[1])
    return keyword.level.name.lower() if keyword else None


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Chapter 1",
            "chapter one",
            "CHAPTER XIV",
            "Chapter xiv",
            "Chapter the First",
            "Chapter Ninety-Nine",
            "Chapter 1204",
        ),
        *("Chap. 3", "Ch. 3", "Ch.3", "Episode 7", "Stave Two", "Canto IV", "Letter 4", "Adventure III"),
        *(
            "Chapter 1: anything at all, even this.",
            "Chapter 1. anything.",
            "CHAPTER I.—Ebb",
            "Chapter 2 - Ebb",
            "Chapter 2, Ebb",
        ),
        *(
            "Chapter 2 – the ebb",
            "Chapter 1 The Boat",
            "Chapter 1 1914",
            "Chapter 6 他来了",
            'Chapter 1: "Ebb"',
        ),
        *(
            "/Chapter Six/",
            "~Chapter 3~",
            "*** Chapter 3 ***",
            "[Prologue]",
            "**Interlude**",
            "=== Epilogue ===",
            "“Chapter 2”",
        ),
        *(
            "Prologue",
            "PROLOGUE.",
            "Epilogue: Ten Years On",
            "Interlude 2",
            "Interlude II - Ebb",
            "Acknowledgements",
            "avant-propos",
        ),
        *(
            "Kapitel 4",
            "Kapitel Vier",
            "Erstes Kapitel",
            "3. Kapitel",
            "Chapitre II",
            "Chapitre premier",
            "Capítulo Primero",
        ),
        *(
            "Capitolo 3: Il fiume",
            "Hoofdstuk 2",
            "Rozdział trzeci",
            "Kapitola 1",
            "Глава третья",
            "ГЛАВА II. Туман",
            "Пролог",
        ),
        *("第四章 大雾", "第12回", "第一話　出会い", "第十章：大雾", "序章", "尾声", "番外 3"),
    ],
)
def test_chapters(line):
    assert keyword_level(line) == "chapter"


@pytest.mark.parametrize(
    "line",
    [
        *("Part Two", "PART II: ICE", "Book the Third", "Volume 3", "Vol. 3", "Act I", "**Part Two**"),
        *(
            "Teil 2",
            "Zweiter Teil",
            "Première partie",
            "Livre deuxième",
            "Parte prima",
            "Часть вторая",
            "Книга 1",
            "第二部 海",
            "第3卷",
        ),
    ],
)
def test_parts(line):
    assert keyword_level(line) == "part"


@pytest.mark.parametrize("line", ["Scene 3", "Section Four: Ebb", "SCENE IX."])
def test_scenes(line):
    assert keyword_level(line) == "scene"


@pytest.mark.parametrize(
    "line",
    [
        "Chapter 6 was the worst of it, she decided.",
        "Chapter 6, she decided, was the worst.",
        "Chapter 6 - that was all, he thought.",
        '"Chapter 6," he said.',
        "Chapter 6 Was it, she asked?",
        "Part of her agreed.",
        *(
            "Chapter",
            "Chapter IIII",
            "Chapter CD",
            "Chapter Xi",
            "Chapter 12345",
            "Chapter 1a",
            "Chapter I'm",
        ),
        *(
            "Prologue to the story",
            "Introduction, she said",
            "Prologues",
            "Book a room",
            "Act now",
            "Teil eines Ganzen",
            "Глава семьи",
        ),
        "Erstes Kapitel war das beste von allen.",
        "第一章写得很好。",
        "第" + "一" * 41 + "章",
        "Chapter 1: " + "x" * 80,
    ],
)
def test_prose(line):
    assert keyword_level(line) is None


@pytest.mark.parametrize(
    ("line", "core"),
    [
        ("  ~Chapter 3~ ", "Chapter 3"),
        ("Chapter 1: The *Boat*", "Chapter 1: The *Boat*"),
        ("*Chapter 1: The **Boat***", "Chapter 1: The **Boat**"),
        ("Chapter 1 (Part 2)", "Chapter 1 (Part 2)"),
        ("(Chapter 1)", "Chapter 1"),
        ('Chapter 1: "Ebb"', 'Chapter 1: "Ebb"'),
        ('"Chapter 1"', "Chapter 1"),
        ("--- Chapter 1 ---", "Chapter 1"),
    ],
)
def test_a_core_keeps_marks_whose_partner_is_inside(line, core):
    column, found = split_core(line)
    assert found == core
    assert line[column:].startswith(core)


def test_an_atx_heading_has_up_to_three_spaces_a_blank_and_optional_closing_hashes():
    assert sketch("   # Ice ##") == ["chapter Ice"]
    assert sketch("#\tC#") == ["chapter C#"]
    assert sketch("    # Ice") == ["p # Ice"]
    assert sketch("#Ice") == ["p #Ice"]
    assert sketch("####### Ice") == ["p ####### Ice"]


def test_an_atx_heading_ends_a_paragraph():
    assert sketch("One.\n# Ice\nTwo.") == ["p One.", "chapter Ice", "p Two."]


def test_a_setext_heading_is_short_and_about_as_long_as_its_underline():
    assert sketch("Ice and Iron\n=========\nOne.") == ["chapter Ice and Iron", "p One."]
    assert sketch("Ice and Iron\n========\nOne.") == ["p Ice and Iron", "hr ========", "p One."]
    assert sketch("He left.\n--------\nOne.") == ["p He left.", "hr --------", "p One."]


def test_a_keyword_heading_may_be_underlined_at_any_length():
    assert sketch("*Chapter 3*\n---\nOne.") == ["chapter Chapter 3", "p One."]


def test_only_a_line_isolated_above_is_underlined():
    assert sketch("One.\nIce and Iron\n------------") == ["p One. / Ice and Iron", "hr ------------"]


def test_a_keyword_heading_must_be_isolated_above():
    assert sketch("He read:\nChapter 9\n\nIt was about eels.") == [
        "p He read: / Chapter 9",
        "p It was about eels.",
    ]
    assert sketch("***\nChapter 9\nIt was about eels.")[1] == "chapter Chapter 9"


def test_a_subtitle_right_below_needs_a_blank_line_after_it():
    assert sketch("Chapter 4\nThe Bell\n\nIt rang.") == ["chapter Chapter 4 / The Bell", "p It rang."]
    assert sketch("Chapter 4\nThe Bell") == ["chapter Chapter 4 / The Bell"]
    assert sketch("Chapter 4\nThe Bell\nIt rang.") == ["chapter Chapter 4", "p The Bell / It rang."]
    assert sketch("Chapter 4\nThe bell rang.\n\nTwo.") == ["chapter Chapter 4", "p The bell rang.", "p Two."]


def test_a_subtitle_is_no_break_heading_comment_or_note():
    assert sketch("Part One\nChapter 1\n\nOne.") == ["part Part One", "chapter Chapter 1", "p One."]
    assert sketch("Chapter 1\n~~\n\nOne.") == ["chapter Chapter 1", "hr ~~", "p One."]
    assert sketch("Chapter 1\n[[status: draft]]\n\nOne.") == [
        "chapter Chapter 1",
        "comment [[status: draft]]",
        "p One.",
    ]
    assert sketch("Chapter 1\nA/N: sorry\n\nOne.") == ["chapter Chapter 1", "note A/N: sorry", "p One."]
    assert sketch("Chapter 1\n> From Tom\n\nOne.") == ["chapter Chapter 1", "quote From Tom", "p One."]


def test_a_heading_with_a_title_takes_no_subtitle():
    assert sketch("Chapter 4: The Bell\nAt Night\n\nOne.") == [
        "chapter Chapter 4: The Bell",
        "p At Night",
        "p One.",
    ]


def test_a_subtitle_in_capitals_may_stand_after_blank_lines():
    assert sketch("CHAPTER V.\n\n\nA QUIET NIGHT\n\nOne.") == ["chapter CHAPTER V. / A QUIET NIGHT", "p One."]
    assert sketch("CHAPTER V.\n\nA QUIET NIGHT\nOne.") == ["chapter CHAPTER V.", "p A QUIET NIGHT / One."]
    assert sketch("CHAPTER V.\n\nQUIET!\n\nOne.") == ["chapter CHAPTER V.", "p QUIET!", "p One."]
    assert sketch("CHAPTER V.\n\nA Night\n\nOne.") == ["chapter CHAPTER V.", "p A Night", "p One."]
    assert sketch("CHAPTER V.\n\nTHE END") == ["chapter CHAPTER V.", "end THE END"]


def test_where_every_line_is_isolated_only_the_line_right_below_can_be_a_subtitle():
    assert sketch("CHAPTER V.\n\nA QUIET NIGHT\n\nOne.", "lines") == [
        "chapter CHAPTER V.",
        "p A QUIET NIGHT",
        "p One.",
    ]
    assert sketch("CHAPTER V.\nA Quiet Night\n\nOne.", "lines")[0] == "chapter CHAPTER V. / A Quiet Night"


def test_labelled_breaks_are_scene_headings():
    assert sketch("One.\n\n*** Three weeks later ***\n\nTwo.") == [
        "p One.",
        "scene Three weeks later",
        "p Two.",
    ]
    assert sketch("~~ Meanwhile ~~") == ["scene Meanwhile"]
    assert sketch("◆◆ 三周后 ◆◆") == ["scene 三周后"]
    assert sketch("--- Later ---") == ["scene Later"]


def test_what_is_no_labelled_break():
    assert sketch("-- not this --") == ["p -- not this --"]
    assert sketch("*** 3 weeks") == ["p *** 3 weeks"]
    assert sketch("One.\n*** Later ***\nTwo.") == ["p One. / *** Later *** / Two."]
    assert sketch(f"*** {'y' * 61} ***")[0].startswith("p ")
    assert sketch("*** !? ***")[0].startswith("hr ") is False


def test_a_labelled_break_may_be_a_keyword_heading_or_an_end_mark():
    assert sketch("◆◆ Chapter 3 ◆◆") == ["chapter Chapter 3"]
    assert sketch("One.\n\n~~ The End ~~") == ["p One.", "end ~~ The End ~~"]


def test_a_line_that_begins_with_an_escape_is_never_structural():
    assert sketch(r"\# Ice") == [r"p \# Ice"]
    assert sketch("\\*Chapter 1*\n\nOne.") == [r"p \*Chapter 1*", "p One."]
    assert sketch("\\--- Ice ---\n======") == [r"p \--- Ice ---", "hr ======"]


def test_levels_are_ordered_from_file_to_scene():
    assert [level.name for level in sorted(Level)] == ["FILE", "TITLE", "PART", "CHAPTER", "SCENE"]
