"""Whole exports: any text, in every format, with every word."""

import re
from dataclasses import replace

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from editor.export.encoding import encode_joined
from editor.export.profile import (
    BBCODE,
    DOCX,
    EPUB,
    FLOWED,
    FRAGMENT,
    HTML,
    MARKDOWN,
    MEDIA,
    ODT,
    POSTING,
    RTF,
    TEXT,
    Profile,
)
from editor.export.progress import Cancelled
from editor.export.registry import RENDERERS, TOTAL, export_bytes, export_files
from editor.manuscript.manuscript import Manuscript
from editor.markup.inlines import plain_text
from editor.markup.lines import split_lines
from editor.markup.model import Kind
from tests.export.conformity import unpacked

_PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\n\n* * *\n\n",
        "\n\nChapter One\n\n",
        "*",
        "**",
        "_",
        "/",
        "\\",
        "[[",
        "]]",
        "<i>",
        "</i>",
        "<br>",
        "> ",
        "  ",
        "<script>",
        "[url=",
        "](javascript:x)",
        "&amp;",
        '"',
        "'",
        " -- ",
        "...",
        "http://a.b/c",
        "\x00",
        "\x85",
        "\ufeff",
        "A/N: ",
        "The End",
        "%% ",
        "rain",
        "漢字",
    ]
)
texts = st.one_of(
    st.lists(_PIECES, max_size=40).map("".join), st.text(st.characters(codec="utf-8"), max_size=60)
)

SHOWN = {Kind.PARAGRAPH, Kind.VERSE, Kind.QUOTE, Kind.NOTE, Kind.END_MATTER, Kind.HEADING}


def manuscript(text):
    return Manuscript(split_lines(text))


def squeeze(text):
    """Return the letters and digits of a text, in order."""
    return "".join(filter(str.isalnum, text))


@given(texts, st.sampled_from(["typed", "smart", "ascii"]))
@settings(deadline=None, max_examples=100)
def test_any_text_becomes_a_valid_page_without_anything_that_runs(text, typography):
    made = export_bytes(manuscript(text), Profile("x", typography=typography))
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(made.decode())
    elements = [each for each in tree.iter() if isinstance(each.tag, str)]
    assert not {each.tag for each in elements} & {
        "script",
        "iframe",
        "object",
        "embed",
        "img",
        "link",
        "a",
        "form",
    }
    assert not [
        name
        for each in elements
        for name in each.attrib
        if name.startswith("on") or name in {"href", "src", "style"}
    ]


@given(texts, st.sampled_from(["none", "capitals"]), st.sampled_from([0, 20, 72]))
@settings(deadline=None, max_examples=100)
def test_every_visible_letter_of_a_manuscript_leaves_once_and_in_order(text, marks, width):
    whole = manuscript(text)
    expected = squeeze("".join(plain_text(block) for block in whole.text.blocks if block.kind in SHOWN))
    choices = {
        "typography": "typed",
        "scene_break": "* * *",
        "include_title": bool(expected) and has_title_heading(whole),
        "header": "none",
    }
    as_text = export_bytes(
        whole, Profile("x", renderer=TEXT, marks=marks, wrap_width=width, **choices)
    ).decode()
    as_html = export_bytes(whole, Profile("x", renderer=FRAGMENT, **choices)).decode()
    tree = html5lib.parseFragment(as_html, namespaceHTMLElements=False)
    assert squeeze("".join(tree.itertext())) == expected
    as_markdown = export_bytes(whole, Profile("x", renderer=MARKDOWN, **choices)).decode()
    read = html5lib.parseFragment(MarkdownIt().render(as_markdown), namespaceHTMLElements=False)
    assert squeeze("".join(read.itertext())) == expected
    if marks == "none":
        assert squeeze(as_text) == expected
    else:
        assert squeeze(as_text).upper() == squeeze(expected.upper())


@given(texts, st.sampled_from(["xenforo", "phpbb"]), st.sampled_from(["ao3", "few"]))
@settings(deadline=None, max_examples=100)
def test_every_visible_letter_leaves_once_and_in_order_for_sites_forums_and_mail_too(text, forum, tags):
    whole = manuscript(text)
    expected = squeeze("".join(plain_text(block) for block in whole.text.blocks if block.kind in SHOWN))
    title = bool(expected) and has_title_heading(whole)
    profile = Profile(
        "x", typography="typed", include_title=title, header="none", forum=forum, tags=tags, marks="none"
    )

    def exported(renderer):
        return export_bytes(whole, replace(profile, renderer=renderer)).decode()

    tree = html5lib.parseFragment(exported(POSTING), namespaceHTMLElements=False)
    assert squeeze("".join(tree.itertext())) == expected
    assert squeeze(exported(FLOWED)) == expected
    tags_of_forum = r"\[/?(?:i|b|quote|center|size|hr)(?:=[0-9]+)?\]"
    assert squeeze(re.sub(tags_of_forum, "", exported(BBCODE))) == expected


def has_title_heading(whole):
    return any(block.kind is Kind.HEADING and block.level == 0 for block in whole.text.blocks)


@given(texts, st.sampled_from(list(RENDERERS)))
@settings(deadline=None, max_examples=50)
def test_equal_manuscripts_and_profiles_give_equal_bytes(text, renderer):
    profile = Profile("x", renderer=renderer)
    assert export_bytes(manuscript(text), profile) == export_bytes(manuscript(text), profile)


@pytest.mark.parametrize("header", ["none", "author", "all"])
@pytest.mark.parametrize("renderer", [EPUB, HTML, DOCX, ODT, RTF])
def test_the_author_is_told_to_programs_but_by_a_file_that_shall_not_name_one(renderer, header):
    profile = Profile("x", renderer=renderer, header=header, include_title=False)
    made = unpacked(
        export_bytes(manuscript("Title: The Weir\nAuthor: M. R. Anders\n\nRain.\n"), profile)
    ).decode()
    told = {
        EPUB: '<dc:creator id="creator">M. R. Anders</dc:creator>',
        HTML: '<meta name="author" content="M. R. Anders">',
        DOCX: "<dc:creator>M. R. Anders</dc:creator>",
        ODT: "<dc:creator>M. R. Anders</dc:creator>",
        RTF: "{\\author M. R. Anders}",
    }[renderer]
    is_nameless = header == "none" and renderer != EPUB
    assert (told in made) != is_nameless
    assert made.count("M. R. Anders") == {"none": 0, "author": 1, "all": 1}[header] + (not is_nameless)


def test_progress_runs_from_nothing_to_all():
    reports = []
    export_bytes(
        manuscript("Rain.\n\n" * 3000),
        Profile("x"),
        progress=lambda done, total: reports.append((done, total)),
    )
    assert reports[0] == (0, TOTAL)
    assert reports[-1] == (TOTAL, TOTAL)
    assert reports == sorted(reports)
    assert len(reports) > 6


def test_an_export_is_stopped_from_its_progress():
    def stop(done, _total):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        export_bytes(manuscript("Rain.\n\n" * 3000), Profile("x"), progress=stop)


@pytest.mark.parametrize("renderer", [name for name, medium in MEDIA.items() if medium.is_text])
def test_an_empty_manuscript_has_an_export_too(renderer):
    assert export_bytes(manuscript(""), Profile("x", renderer=renderer)).endswith(b"\n")


@given(texts)
@settings(deadline=None, max_examples=30)
def test_an_export_needs_no_word_counted(text):
    lines = split_lines(text)
    counted, uncounted = Manuscript(lines), Manuscript(lines, counts=False)
    assert not any(node.words for node in uncounted.outline.walk())
    for name in RENDERERS:
        profile = Profile("any", renderer=name)
        assert export_bytes(uncounted, profile) == export_bytes(counted, profile)


@given(st.lists(st.text(max_size=4), max_size=3000), st.sampled_from(["\n", "\n\n"]))
def test_pieces_are_encoded_as_if_they_were_joined_first(pieces, between):
    pieces = [piece.encode("utf-8", "replace").decode("utf-8") for piece in pieces]
    assert encode_joined(iter(pieces), between) == (between.join(pieces) + "\n").encode("utf-8")


def test_pieces_of_several_chunks_are_encoded_as_if_they_were_joined_first():
    pieces = [str(number) for number in range(2500)]
    assert encode_joined(pieces, "\n\n") == ("\n\n".join(pieces) + "\n").encode("utf-8")


@pytest.mark.parametrize("choices", [{"files": "site"}, {"files": "chapters"}])
def test_an_export_of_several_files_is_stopped_between_two_of_them(choices):
    told = []

    def stop(done, _total):
        told.append(done)
        if done > 700:
            raise Cancelled

    text = "".join(f"/Chapter {number}/\n\nRain.\n\n" for number in range(40))
    with pytest.raises(Cancelled):
        export_files(manuscript(text), Profile("x", **choices), progress=stop)
    assert told[-1] < 800
