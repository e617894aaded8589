"""The same page of a novel in each format: nothing of it is lost, doubled or glued, and what changes is told of."""

import pytest

from editor.importing.registry import import_bytes
from tests.importing.packing import OFFICE, W, docx, odt, p, pack

ITALIC = "<w:i/>"


def lines_of(data, name="x"):
    return list(import_bytes(data, name).lines)


def told(data, name="x"):
    return list(import_bytes(data, name).left_out)


# --- lists and numbers, which are in no paragraph's text

NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:pStyle w:val="H1"/><w:numFmt w:val="cardinalText"/><w:lvlText w:val="Chapter %1"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\u2014"/></w:lvl></w:abstractNum>
{"".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, 5))}
<w:num w:numId="5"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"""
STYLES = f"""<w:styles {W}><w:style w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Rule"><w:name w:val="Horizontal Line"/></w:style><w:style w:styleId="Heading"><w:name w:val="Heading"/></w:style>
<w:style w:styleId="Sub"><w:name w:val="Subtitle"/><w:basedOn w:val="Heading"/></w:style></w:styles>"""


def item(text, list_id, depth=0):
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


def word_lines(body):
    return [line for line in lines_of(docx(body, numbering=NUMBERING, styles=STYLES)) if line]


def test_word_lists_get_their_bullets_and_numbers():
    body = (
        item("bread", 1)
        + item("one", 2)
        + item("in one", 2, 1)
        + item("two", 2)
        + item("in two", 2, 1)
        + item("anew", 5)
    )
    assert word_lines(body) == ["• bread", "1. one", "1.a) in one", "2. two", "2.a) in two", "1. anew"]


def test_speech_that_word_made_a_list_of_keeps_its_dashes_and_is_no_list():
    data = docx(item("Hola.", 4) + item("Adios.", 4), numbering=NUMBERING)
    assert lines_of(data) == ["— Hola.", "", "— Adios."]
    assert told(data) == []


def test_headings_that_word_numbers_get_their_numbers_even_without_a_title():
    body = p("Dusk", style="H1") + p("It was dark.") + p(style="H1") + p("Light.")
    assert word_lines(body) == ["# Chapter One: Dusk", "It was dark.", "# Chapter Two", "Light."]


def test_an_item_of_a_list_is_never_a_heading():
    body = item("The Weir", 2) + p("Words.") + item("The River", 2) + p("Words.")
    assert word_lines(body) == [r"1\. The Weir", "Words.", r"2\. The River", "Words."]


def test_a_subtitle_is_no_heading_because_it_looks_like_one():
    assert word_lines(p("A Novel", style="Sub") + p("Words.")) == ["A Novel", "Words."]


ODT_LISTS = """<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-bullet text:level="2" text:bullet-char="–"/></text:list-style>
<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-prefix="Chapter "/></text:outline-style>"""


def test_libreoffice_lists_and_headings_get_theirs():
    body = """<text:h text:outline-level="1">Dusk</text:h><text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:p>still one</text:p>
    <text:list><text:list-item><text:p>in it</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>
    <text:h text:outline-level="1">Dawn</text:h>"""
    assert [line for line in lines_of(odt(body, ODT_LISTS)) if line] == [
        "# Chapter I: Dusk", "1. one", "still one", "– in it", "2. two", "# Chapter II: Dawn",
    ]  # fmt: skip


def test_rich_text_lists_have_their_signs_written_out():
    rtf = rb"{\rtf1 {\listtext\pard\plain \u8226\'95\tab}\ls1 bread\par{\listtext 1.\tab}one\par{\pntext\emdash\tab}Hola\par}"
    assert lines_of(rtf) == ["• bread", "", "1. one", "", "Hola"]


def test_lists_of_pages_get_theirs():
    html = b"<html><ul><li>bread</li></ul><ol start=3 type=a><li><p>one</p><p>still</p></li><li value=9>two</li></ol>"
    assert lines_of(html) == ["• bread", "", "c. one", "", "still", "", "i. two"]


# --- lines across the page, which are breaks

BELOW = '<w:pBdr><w:bottom w:val="single"/></w:pBdr>'
RULED = 'style:name="R" style:family="paragraph"><style:paragraph-properties fo:border-bottom="1pt solid #000"/></style:style>'


@pytest.mark.parametrize(
    "data",
    [
        docx(p("One.", properties=BELOW) + p("Two.")),
        docx(p("One.") + p(properties=BELOW) + p("Two.")),
        docx(p("One.") + p(style="Rule") + p("Two."), styles=STYLES),
        odt('<text:p text:style-name="R">One.</text:p><text:p>Two.</text:p>', f"<style:style {RULED}"),
        odt(
            '<text:p>One.</text:p><text:p text:style-name="R"/><text:p>Two.</text:p>', f"<style:style {RULED}"
        ),
        odt(
            '<text:p text:style-name="A">One.</text:p><text:p>Two.</text:p>',
            '<style:style style:name="A"><style:paragraph-properties fo:break-after="page"/></style:style>',
        ),
        rb"{\rtf1 One.\par\pard\brdrb\brdrs\par\pard Two.\par}",
        rb"{\rtf1 \brdrb\brdrs One.\par\pard Two.\par}",
        b"<html><p>One.<div style='border-bottom:solid 1pt'><p>&nbsp;</div><p>Two.",
        b"<html><p>One.<p style='page-break-before: always'>Two.",
        b"<html><p>One.<hr style='page-break-before:always;display:none'><p>Two.",
    ],
)
def test_a_line_across_the_page_or_a_new_page_is_a_break(data):
    assert lines_of(data) == ["One.", "", "* * *", "", "Two."]


def test_a_frame_around_a_paragraph_is_no_break():
    frame = (
        "<w:pBdr>"
        + "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right"))
        + "</w:pBdr>"
    )
    assert lines_of(docx(p("One.", properties=frame) + p("Two."))) == ["One.", "", "Two."]


def test_a_line_that_the_style_of_a_quotation_has_is_no_break():
    sheet = f'<w:styles {W}><w:style w:styleId="Q"><w:name w:val="Intense Quote"/><w:pPr>{BELOW}</w:pPr></w:style></w:styles>'
    assert lines_of(docx(p("One.", style="Q") + p("Two."), styles=sheet)) == ["> One.", "", "Two."]
    rtf = rb"{\rtf1{\stylesheet{\s9\i Quote;}}\pard\s9\brdrb\brdrs {\i One.}\par\pard Two.\par}"
    assert lines_of(rtf) == ["> One.", "", "Two."]


def test_each_table_of_rich_text_is_told_of_once():
    row = rb"\trowd\cellx1\intbl a\cell b\cell\row"
    assert told(rb"{\rtf1 " + row * 3 + rb"\pard Between.\par" + row + b"}") == [
        "2 tables: turned into lines of text."
    ]


# --- notes


def test_footnotes_of_rich_text_as_libreoffice_and_word_write_them():
    rtf = rb"{\rtf1 Word{\super \chftn{\*\footnote \chftn\pard\plain A {\i note}.}} and{\super\chftn{\*\footnote\ftnalt End.}}{\*\atnauthor Ann}\chatn{\*\annotation Cut?}.\par}"
    assert lines_of(rtf) == [
        "Word and.",
        "",
        "%% Footnote: A note.",
        "",
        "%% Endnote: End.",
        "",
        "%% Comment by Ann: Cut?",
    ]


def test_the_emphasis_of_a_footnote_is_kept():
    note = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>See </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>Dusk</w:t></w:r></w:p></w:footnote></w:footnotes>'
    data = docx(
        '<w:p><w:r><w:t>Word</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>', footnotes=note
    )
    assert lines_of(data) == ["Word", "", "%% Footnote: See *Dusk*"]


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ("<a href='#_ftn1' name='_ftnref1'>[1]</a>", "<div id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> A <i>note</i>.</p></div>"),
        ("<sup><a href='#ftnt1' id='ftnt_ref1'>[1]</a></sup>", "<div><p><a href='#ftnt_ref1' id='ftnt1'>[1]</a>&nbsp;A <i>note</i>.</p></div>"),
        ("<a class=sdfootnoteanc name=sdfootnote1anc href='#sdfootnote1sym'><sup>1</sup></a>", "<div id=sdfootnote1><p><a name=sdfootnote1sym href='#sdfootnote1anc'>1</a>A <i>note</i>.</p></div>"),
        ("<a epub:type=noteref id=r href='#n'>1</a>", "<aside epub:type=footnote id=n><p><a href='#r'>1</a>. A <i>note</i>.</p></aside>"),
    ],
)  # fmt: skip
def test_footnotes_of_pages_go_where_they_belong(mark, note):
    html = f"<html><p>Word{mark} more.</p><p>Next.</p>{note}".encode()
    assert lines_of(html) == ["Word more.", "", "%% Footnote: A *note*.", "", "Next."]


def test_a_chapter_that_links_back_to_the_contents_is_no_footnote():
    html = b"<html><p><a id=t href='#c'>1</a></p><h2 id=c><a href='#t'>Dusk</a></h2><p>It was dark.</p>"
    assert lines_of(html) == ["1", "", "# Dusk", "", "It was dark."]


def test_notes_of_a_book_may_stand_on_another_page():
    pages = {
        "a.xhtml": '<html><body><p>Word<a id="r1" href="n.xhtml#n1">1</a> more.</p></body></html>',
        "n.xhtml": '<html><body><p id="n1"><a href="a.xhtml#r1">1</a> A note.</p></body></html>',
    }
    assert lines_of(book(pages)) == ["Word more.", "", "%% Footnote: A note."]


# --- electronic books whose chapters only the contents know

CONTAINER = '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'


def book(pages, entries=()):
    items = "".join(f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in pages)
    points = "".join(
        f'<navPoint><navLabel><text>{label}</text></navLabel><content src="{n}"/></navPoint>'
        for label, n in entries
    )
    return pack(
        {
            "META-INF/container.xml": CONTAINER,
            "b.opf": f'<package><manifest>{items}<item id="x" href="t.ncx" media-type="application/x-dtbncx+xml"/></manifest><spine>{"".join(f"<itemref idref={chr(34)}{n}{chr(34)}/>" for n in pages)}</spine></package>',
            "t.ncx": '<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">'
            f"<ncx><navMap>{points}</navMap></ncx>",
            **pages,
        }
    )


def test_what_the_contents_lead_to_is_a_heading():
    pages = {
        "a.xhtml": "<html><body><p><b>Chapter One</b></p><p>It was dark.</p></body></html>",
        "b.xhtml": "<html><body><img src='2.png'/><p>Light.</p></body></html>",
        "c.xhtml": "<html><body><p>Thanks.</p></body></html>",
    }
    entries = [("Chapter One", "a.xhtml"), ("Chapter Two", "b.xhtml"), ("Copyright", "c.xhtml")]
    assert [line for line in lines_of(book(pages, entries)) if line] == [
        "# Chapter One", "It was dark.", "# Chapter Two", "Light.", "* * *", "Thanks.",
    ]  # fmt: skip


def test_an_electronic_book_of_the_archive_has_its_front_as_a_header():
    front = '<html><body><div id="preface"><p>Posted on the <a href="http://archiveofourown.org/">Archive</a></p><div class="meta"><dl><dt>Rating</dt></dl><h1>The Weir</h1><div class="byline">by ann</div></div></div></body></html>'
    pages = {"a.xhtml": front, "b.xhtml": "<html><body><h2>Dusk</h2><p>Dark.</p></body></html>"}
    assert lines_of(book(pages)) == ["Title: The Weir", "Author: ann", "", "", "# Dusk", "", "Dark."]


# --- looks that plain text has not, hidden words, readings


def test_what_is_hidden_stays_out_and_is_told_of():
    hidden = [
        odt('<text:p>Seen<text:span text:style-name="H"> not</text:span>.</text:p>', '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'),
        docx(p("Seen", (" not", "<w:vanish/>"), ".")),
        rb"{\rtf1 Seen{\v  not}.}",
        b"<html><style>.x{display:none}</style><p>Seen<span class=x> not</span>.",
    ]  # fmt: skip
    for data in hidden:
        assert lines_of(data) == ["Seen."]
        assert told(data) == ["1 hidden passage: left out."]


def test_struck_out_and_raised_letters_are_told_of_once_a_passage():
    data = docx(
        p(
            ("a", "<w:strike/>"),
            ("b", "<w:strike/><w:i/>"),
            " c ",
            ("d", '<w:vertAlign w:val="superscript"/>'),
        )
    )
    assert lines_of(data) == ["a<i>b</i> c d"]
    assert told(data) == [
        "1 passage in small capitals, or raised or lowered: kept in ordinary letters.",
        "1 struck-out passage: kept as plain words.",
    ]


@pytest.mark.parametrize(
    "data",
    [
        docx(p("Signed, A.", properties='<w:jc w:val="right"/>') + p("***", properties='<w:jc w:val="center"/>')),
        odt('<text:p text:style-name="C">Signed, A.</text:p><text:p text:style-name="C">***</text:p>', '<style:style style:name="C"><style:paragraph-properties fo:text-align="end"/></style:style>'),
        rb"{\rtf1 \pard\qr Signed, A.\par\pard\qc ***\par\pard}",
        b"<html><p align=right>Signed, A.</p><p style='text-align: center'>***</p>",
    ],
)  # fmt: skip
def test_a_paragraph_that_stood_to_the_right_is_told_of_and_a_break_is_not(data):
    assert told(data) == ["1 centred or right-aligned paragraph: kept, and not put there."]


def test_how_a_word_is_said_stands_in_brackets_after_it():
    ruby = "<w:p><w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
    assert lines_of(docx(ruby)) == ["漢(kan)"]
    assert lines_of("<html><p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>".encode()) == ["漢(kan)"]
    body = "<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby></text:p>"
    assert lines_of(odt(body)) == ["漢(kan)"]


def test_capitals_that_are_only_shown_are_written():
    assert lines_of(docx(p(("stop", "<w:caps/>"), " it"))) == ["STOP it"]


def test_a_paragraph_whose_end_was_deleted_goes_on():
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert lines_of(docx(p("One ", properties=deleted) + p("and two.") + p("Three."))) == [
        "One and two.",
        "",
        "Three.",
    ]


def test_the_words_about_a_picture_are_no_text():
    frame = '<draw:frame><draw:image><office:binary-data>QUJD</office:binary-data></draw:image><svg:title xmlns:svg="s">Alt</svg:title><svg:desc xmlns:svg="s">Red</svg:desc></draw:frame>'
    assert lines_of(odt(f"<text:p>A {frame}b</text:p>")) == ["A b"]


def test_words_of_a_text_box_in_rich_text_come_before_its_paragraph():
    rtf = rb"{\rtf1 Before {\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt In a box.\par}}}after.\par}"
    assert lines_of(rtf) == ["In a box.", "", "Before after."]
    assert told(rtf) == ["1 text box: put before the paragraph that it stands beside."]


def test_a_header_of_a_flat_text_is_told_of():
    flat = f"<office:document {OFFICE}><office:master-styles><style:master-page><style:header><text:p>QUILL / 1</text:p></style:header></style:master-page></office:master-styles><office:body><office:text><text:p>Words.</text:p></office:text></office:body></office:document>"
    assert lines_of(flat.encode(), "x.fodt") == ["Words."]
    assert told(flat.encode(), "x.fodt") == ["1 page header or footer: left out."]


def test_a_link_in_rich_text_is_not_taken_for_emphasis():
    rtf = rb'{\rtf1 a {\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt {\ul link}}} and {\ul so}.}'
    assert lines_of(rtf) == ["a link and *so*."]


def test_a_class_of_one_tag_says_nothing_of_another():
    html = b"<html><style>em.w{font-style:italic} strong.w{font-weight:bold}</style><p><em class=w>a</em> <strong class=w>b</strong>"
    assert lines_of(html) == ["*a* **b**"]


def test_documents_saved_as_pages_have_their_title_and_lists():
    html = b"<html><p class=MsoTitle>The Weir</p><p class=MsoListParagraph><span style='font-family:Symbol'>\xb7<span>&nbsp;&nbsp; </span></span>bread</p>"
    assert lines_of(html) == ["Title: The Weir", "", "", "• bread"]


def test_of_a_page_of_royal_road_only_the_story_comes_and_not_what_is_hidden_in_it():
    html = b"""<html><style>.cmX{display:none}</style><nav>Home</nav><div class=fic-header><h1>Chapter 1 - Dusk</h1><h2><a>The Weir</a></h2><h3><a href="/profile/1">ann</a></h3></div>
    <div class="author-note"><p>Hi!</p></div><div class="chapter-inner chapter-content"><p>It was <em>dark</em>.</p><span class=cmX>Stolen.</span><p>End.</p></div><div>Comments</div>"""
    assert lines_of(html) == ["Title: The Weir", "Author: ann", "", "", "# Chapter 1 - Dusk", "", "A/N: Hi!", "", "It was *dark*.", "", "End."]  # fmt: skip


def test_notes_and_links_of_obsidian():
    text = b"It was [[Bea|her]] and [[Dusk]] %%fix%% here.\n\n![[a.png]]\n\n%% a note %%\n\n[[synopsis: She swims.]]\n\n<!-- so --> <p>A <em>word</em></p>"
    assert [line for line in lines_of(text, "a.md") if line] == [
        "It was her and Dusk here.", "%% fix", "%% a note", "[[synopsis: She swims.]]", "%% so", "A *word*",
    ]  # fmt: skip
