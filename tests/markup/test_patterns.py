"""Tests for patterns that are compiled when they are first used."""

import re

import pytest

from editor.markup.patterns import compile_later


def test_a_pattern_that_is_compiled_later_finds_what_one_compiled_at_once_finds():
    late, soon = (
        compile_later(r"(?P<word>kapitel)\s+(\d+)", re.IGNORECASE),
        re.compile(r"(?i)(?P<word>kapitel)\s+(\d+)"),
    )
    for text in ("Kapitel 12", "Kapitel", "ein Kapitel 3"):
        for method in ("match", "fullmatch", "search"):
            ours, theirs = getattr(late, method)(text), getattr(soon, method)(text)
            assert (ours and (ours.span(), ours["word"])) == (theirs and (theirs.span(), theirs["word"]))
    assert late.sub("x", "a Kapitel 3 b") == "a x b"


def test_a_broken_pattern_is_told_when_it_is_used():
    broken = compile_later("(")
    with pytest.raises(re.error):
        broken.match("")
