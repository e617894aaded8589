"""A serial as a web site: every page valid, every link leading somewhere, every word once."""

import html5lib
from hypothesis import given, settings

from editor.app.profiles import load_profiles
from editor.export.profile import SITE, Profile
from editor.export.registry import export_bytes, export_files
from editor.manuscript.manuscript import Manuscript
from editor.markup.lines import split_lines
from tests.export.test_registry import squeeze, texts

STORY = 'Title: The <Weir>\nAuthor: N. "N"\n\n/Chapter One/\n\nRain.\n\n/Chapter 2: "A" & <script>/\n\nDry.\n\n/Chapter 3/\n\nSnow.\n'


def site(text, **choices):
    files = export_files(Manuscript(split_lines(text)), Profile("x", files=SITE, **choices))
    return {
        name: html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(data.decode())
        for name, data in files.items()
    }


def links(page):
    return [(each.get("href"), each.get("rel"), "".join(each.itertext())) for each in page.iter("a")]


def text_of(element):
    return "".join(element.itertext())


def test_the_contents_lead_to_every_chapter():
    pages = site(STORY)
    assert list(pages) == ["index.html", "chapter-1.html", "chapter-2.html", "chapter-3.html"]
    assert [(href, text) for href, _, text in links(pages["index.html"])] == [
        ("chapter-1.html", "Chapter One"),
        ("chapter-2.html", "Chapter 2: “A” & <script>"),
        ("chapter-3.html", "Chapter 3"),
    ]
    assert squeeze(text_of(pages["index.html"].find(".//main"))) == "TheWeirNN"


def test_a_chapter_leads_to_the_one_before_the_contents_and_the_one_after():
    pages = site(STORY)
    assert links(pages["chapter-2.html"])[:3] == [
        ("chapter-1.html", "prev", "← Chapter One"),
        ("index.html", "up", "Contents"),
        ("chapter-3.html", "next", "Chapter 3 →"),
    ]
    assert [rel for _, rel, _ in links(pages["chapter-1.html"])[:2]] == ["up", "next"]
    assert [rel for _, rel, _ in links(pages["chapter-3.html"])[:2]] == ["prev", "up"]


def test_names_of_pages_sort_as_the_chapters_do():
    pages = list(site("".join(f"/Chapter {number}/\n\nRain.\n\n" for number in range(1, 12))))
    assert pages[1] == "chapter-01.html"
    assert pages == ["index.html", *sorted(pages[1:])]


def test_a_story_without_chapters_has_a_page_too():
    pages = site("Title: Low Water\n\nRain.\n")
    assert links(pages["index.html"]) == [("chapter-1.html", None, "Low Water")]


def test_a_site_is_light_and_dark_and_runs_nothing():
    for data in export_files(Manuscript(split_lines(STORY)), load_profiles(None)["site"]).values():
        made = data.decode()
        assert "prefers-color-scheme: dark" in made
        assert "<script" not in made
        assert "javascript:" not in made


def test_as_one_file_it_is_the_web_page():
    whole = Manuscript(split_lines(STORY))
    assert export_bytes(whole, Profile("x", files=SITE)) == export_bytes(whole, Profile("x"))


@given(texts)
@settings(deadline=None, max_examples=80)
def test_every_visible_letter_stands_once_and_in_order_and_every_link_leads_to_a_page(text):
    pages = site(text, scene_break="rule")
    whole = html5lib.parse(
        export_bytes(Manuscript(split_lines(text)), Profile("x", scene_break="rule")).decode(),
        namespaceHTMLElements=False,
    )
    bodies = "".join(text_of(page.find(".//main")) for page in pages.values())
    assert squeeze(bodies) == squeeze(text_of(whole.find(".//main")))
    assert {href for page in pages.values() for href, _, _ in links(page)} <= set(pages)
