"""Markdown files come in as CommonMark says."""

from editor.importing.registry import import_bytes


def lines_of(text):
    return list(import_bytes(text.encode(), "x.md").lines)


def test_everything_a_story_uses():
    text = """---
title: "The Weir"
author: Ann
tags: [x]
---
# Dusk

It was *not* his __gun__,
he said.\\
New line with [a link](http://x.org) and <b>tag</b>.

***

> Dear A,
> come.

![pic](a.png)

- one
- two
"""
    done = import_bytes(text.encode(), "x.md")
    assert list(done.lines) == [
        "Title: The Weir", "Author: Ann", "", "", "# Dusk", "", "It was *not* his **gun**, he said.",
        "New line with a link and **tag**.", "", "* * *", "", "> Dear A, come.", "", "- one", "", "- two",
    ]  # fmt: skip
    assert done.left_out == ("1 image: left out.", "1 link: kept as words, without its address.")


def test_a_comment_stays_private_and_script_is_only_words_nobody_runs():
    assert lines_of("Hi.\n\n<!-- note -->\n\n<script>alert(1)</script>\n\nBye.") == [
        "Hi.",
        "",
        "%% note",
        "",
        "Bye.",
    ]
