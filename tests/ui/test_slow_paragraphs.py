"""Tests for what is said of paragraphs that are too long to be typed in at ease."""

import pytest

from editor.manuscript.edits import Position
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.slow_paragraphs import SLOW_FROM, TOPIC, SlowParagraphs


@pytest.fixture
def told(qapp):
    buffer = ManuscriptBuffer()
    buffer.load(["Short.", "", "long " * (SLOW_FROM // 5), "", "Short again."])
    slow, heard = SlowParagraphs(buffer, buffer), []
    slow.noticed.connect(lambda notice: heard.append((notice.topic, notice.text)))
    slow.notice_settled.connect(lambda topic: heard.append((topic, "settled")))

    def go(*lines: int) -> list[tuple[str, str]]:
        heard.clear()
        for line in lines:
            slow.follow(Position(line, 0))
        return list(heard)

    yield go
    buffer.deleteLater()


def test_nothing_is_said_of_ordinary_paragraphs(told):
    assert told(0, 1, 4) == []


def test_a_giant_paragraph_is_told_of_once_with_its_length_and_what_helps(told):
    [(topic, text)] = told(2, 2, 2)
    assert topic == TOPIC
    assert "100,000 characters" in text
    assert "Enter" in text


def test_the_message_goes_when_the_caret_leaves_and_comes_again_with_it(told):
    assert [text == "settled" for _, text in told(2, 0, 4, 2)] == [False, True, False]
