"""Web pages come in; of a story saved from an archive only the story."""

import pytest

from editor.export.profile import FRAGMENT, HTML, Profile
from editor.export.registry import export_bytes
from editor.importing.registry import import_bytes
from editor.manuscript.manuscript import Manuscript
from tests.importing.reading import words_of


def lines_of(html, name="page.html"):
    return list(import_bytes(html.encode(), name).lines)


def test_paragraphs_emphasis_rules_and_headings():
    html = "<html><body><h2>Chapter 1</h2><p>It <em>is</em>\n <b>so</b>.</p><hr><p>a<br>b &amp; c</p></body></html>"
    assert lines_of(html) == ["# Chapter 1", "", "It *is* **so**.", "", "* * *", "", "a", "b & c"]


def test_slant_may_come_from_a_style_or_a_class_and_be_taken_back():
    html = (
        "<style>.c1{font-style:italic} span.c2 , .c3 { font-weight:700 }</style><p><span class=c1>one</span> <span class='c2'>two</span>"
        "<b style='font-weight:normal'> three <i style='font-style: normal'>four</i></b></p>"
    )
    assert lines_of(html) == ["*one* **two** three four"]


def test_what_is_no_text_is_left_out_and_told_of():
    html = "<html><script>alert(1)</script><p>Hi <a href='javascript:alert(1)'>there</a><img src=x onerror=y></p><iframe src=z></iframe>"
    done = import_bytes(html.encode(), "x.html")
    assert done.lines == ("Hi there",)
    assert done.left_out == (
        "1 embedded object: left out.",
        "1 image: left out.",
        "1 link: kept as words, without its address.",
        "1 script: left out; nothing of it was run.",
    )


def test_lists_tables_and_quotations_keep_their_words():
    html = "<ul><li>one<li>two</ul><blockquote><p>Dear A,</p><p>Come.</p></blockquote><table><tr><td>x1</td><td>y1</td></tr></table>"
    assert lines_of(html) == ["• one", "", "• two", "", "> Dear A,", ">", "> Come.", "", "x1 y1"]


AO3 = """<!DOCTYPE html><html><head><title>Work - Archive</title></head><body><ul class="primary navigation"><li>Menu</li></ul>
<dl class="work meta group"><dt>Rating:</dt><dd>Teen</dd></dl>
<div id="workskin"><div class="preface group"><h2 class="title heading"> The Weir </h2><h3 class="byline heading"><a>ann</a></h3>
<div class="summary module"><h3>Summary:</h3><blockquote class="userstuff"><p>She swims.</p></blockquote></div>
<div class="notes module"><h3>Notes:</h3><blockquote class="userstuff"><p>For <b>Bea</b>.</p></blockquote></div></div>
<div id="chapters"><div class="chapter" id="chapter-1"><div class="chapter preface group"><h3 class="title"><a>Chapter 1</a>: Dusk</h3><div id="summary" class="summary module"><h3 class="heading">Summary:</h3><blockquote class="userstuff"><p>Night falls.</p></blockquote></div></div>
<div class="userstuff module" role="article"><h3 class="landmark heading" id="work">Chapter Text</h3><p>It was <em>dark</em>.</p><hr/><p>Then light.</p></div>
<div class="end notes module"><h3>Notes:</h3><blockquote class="userstuff"><p>Thanks!</p></blockquote></div></div></div></div>
<div id="comments">Great story</div></body></html>"""


def test_of_a_page_saved_from_ao3_only_the_story_comes():
    assert lines_of(AO3) == [
        "Title: The Weir", "Author: ann", "Summary: She swims.", "Notes: For Bea.", "", "",
        "# Chapter 1: Dusk", "", "Summary: Night falls.", "", "It was *dark*.", "", "* * *", "", "Then light.", "", "A/N: Thanks!",
    ]  # fmt: skip


def test_of_a_story_downloaded_from_ao3_only_the_story_comes():
    html = """<html><body><div id="preface"><p class="message">Posted originally on the Archive</p><div class="meta"><dl class="tags"><dt>Rating</dt></dl>
    <h1>The Weir</h1><div class="byline">by <a>ann</a></div><p>Summary</p><blockquote class="userstuff"><p>She swims.</p></blockquote></div></div>
    <div id="chapters" class="userstuff"><div class="meta group"><h2 class="heading">Chapter 1</h2></div><div class="userstuff"><p>Dark.</p></div></div>
    <div id="afterword"><p>Please comment</p></div></body></html>"""
    assert lines_of(html) == [
        "Title: The Weir",
        "Author: ann",
        "Summary: She swims.",
        "",
        "",
        "# Chapter 1",
        "",
        "Dark.",
    ]


def test_of_a_page_saved_from_fanfiction_net_only_the_story_comes():
    html = """<html><body><div id=top>Menu</div><div id=profile_top><b class='xcontrast_txt'>The Weir</b> By: <a class='xcontrast_txt' href='/u/1/ann'>ann</a>
    <div class='xcontrast_txt'>She swims.</div><span>Rated: T</span></div><select id=chap_select><option value=1>1. Dusk<option value=2 selected>2. Dawn</select>
    <div id=storytext><p>Light, <em>light</em>.</p><hr size=1 noshade><p>The end</p></div><div>Review</div></body></html>"""
    assert lines_of(html) == [
        "Title: The Weir", "Author: ann", "Summary: She swims.", "", "",
        "# Chapter 2: Dawn", "", "Light, *light*.", "", "* * *", "", "The end",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_page_is_read_in_the_encoding_it_is_in(encoding):
    html = "<html><meta charset=windows-1252><p>“Café”</p>"
    assert import_bytes(html.encode(encoding), "x.html").lines == ("“Café”",)


BOOK = """Title: The Weir
Author: Ann

# Part One

## Chapter 1: Dusk

It was *dark*, **very** dark -- "no," he said.

* * *

    O moon
    O star

> Dear A,
>
> Come.

*** Later ***

A/N: thanks

The end."""


SEEN = [
    "Part",
    "One",
    "Chapter",
    "1:",
    "Dusk",
    "It",
    "was",
    "dark,",
    "very",
    "dark",
    "—",
    "“no,”",
    "he",
    "said.",
    "O",
    "moon",
    "O",
    "star",
    "Dear",
    "A,",
    "Come.",
    "Later",
    "A/N:",
    "thanks",
    "The",
    "end.",
]


@pytest.mark.parametrize("renderer", [HTML, FRAGMENT])
def test_what_we_export_as_html_comes_back(renderer):
    manuscript = Manuscript(BOOK.split("\n"))
    profile = Profile("x", renderer=renderer)
    data = export_bytes(manuscript, profile)
    back = import_bytes(data, "x.html").lines
    front = [] if renderer == HTML else ["The", "Weir", "Ann"]  # a fragment has no place for a header
    assert words_of(back) == front + SEEN
    again = export_bytes(Manuscript(list(back)), profile)
    assert import_bytes(again, "x.html").lines == back


def test_thousands_of_open_elements_do_no_harm():
    html = "<html>" + "<div><b><i>" * 60_000 + "deep" + "</div>" * 60_000
    assert import_bytes(html.encode(), "x.html").lines == ("***deep***",)
