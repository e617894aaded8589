"""The figures of a manuscript."""

from editor.manuscript.statistics import count_statistics
from tests.manuscript.notation import manuscript_of


def test_the_whole_is_the_sum_of_its_chapters():
    text = "Chapter 1\n\nIt *rained*.\n\n***\n\nA/N: hm\n\nStill.\n\nMore.\n\nChapter 2\n\nNo.\n\nChapter 3\n"
    statistics = count_statistics(manuscript_of(text))
    assert [(title, f.words, f.characters, f.paragraphs, f.scenes) for title, f in statistics.chapters] == [
        ("Chapter 1", 4, 10 + 6 + 5, 3, 2),
        ("Chapter 2", 1, 3, 1, 1),
        ("Chapter 3", 0, 0, 0, 0),
    ]
    whole = statistics.whole
    assert (whole.words, whole.characters, whole.paragraphs, whole.scenes, whole.chapters) == (5, 24, 4, 3, 3)
    assert whole.reading_minutes == 1


def test_nothing_takes_no_time_to_read():
    assert count_statistics(manuscript_of("")).whole.reading_minutes == 0
