"""Documents for word processors: read back by others, every word once and in order."""

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.export.book import Part
from editor.export.document import Look
from editor.export.document_content import about_words, compose_document
from editor.export.document_sheets import PAGES, make_sheet, shorten_title
from editor.export.profile import Profile
from editor.export.progress import unwatched
from editor.export.registry import RENDERERS
from editor.markup.model import LineBreak, Text
from tests.export.books import book, books, emphasis, hostile, novel, squeeze, strong, words_of
from tests.export.conformity import unpacked
from tests.export.reading_back import Read, read_docx, read_odt, read_rtf

READERS = {"docx": read_docx, "odt": read_odt, "rtf": read_rtf}
WRITER = {
    "legal_name": "Mary Anders",
    "surname": "Anders",
    "address": "12 Weir Lane; Bath",
    "email": "m@example.org",
}
MANUSCRIPT = {"scene_break": "#", "closing": "END", "page_size": "letter"}


def made(renderer, a_book, **choices):
    return RENDERERS[renderer](a_book, Profile("test", renderer=renderer, **choices), unwatched)


def read(renderer, a_book, **choices):
    return READERS[renderer](made(renderer, a_book, **choices))


def composed(a_book, **choices):
    """Return the document as (look, text), a page break as a look of its own."""
    rows = []
    for paragraph in compose_document(a_book, Profile("test", renderer="docx", **choices)).paragraphs:
        if paragraph.starts_page:
            rows.append("page")
        rows.append((paragraph.look.value, "".join(run.text for run in paragraph.runs)))
    return rows


# --- what is in a document


def test_a_book_begins_with_its_title_page_and_each_part_and_chapter_on_a_new_page():
    assert composed(novel()) == [
        ("title", "The Weir & the <Lamp>"),
        ("byline", "M. R. Anders"),
        "page",
        ("note", "A/N: late"),
        "page",
        ("part", "Part One"),
        "page",
        ("chapter", "Low Water"),
        ("first", "She never said no."),
        ("break", "* * *"),
        ("scene title", "Night"),
        ("quote", "Dear M,"),
        ("quote", "come."),
        ("verse", "Low water\nslow water"),
        "page",
        ("chapter", "Chapter Two"),
        ("first", "Rain."),
        "page",
        ("part", "Part Two"),
        "page",
        ("part", "Part Three"),
        "page",
        ("chapter", "Chapter Three"),
        ("end", "The End"),
    ]


def test_chapters_may_follow_one_another_on_a_page():
    assert "page" not in composed(novel(), chapter_pages=False)


def test_a_text_without_chapters_begins_below_its_title():
    rows = composed(book((Part.TITLE, "T"), (Part.PARAGRAPH, "a"), (Part.PARAGRAPH, "b")))
    assert rows == [("title", "T"), ("first", "a"), ("body", "b")]


def test_a_scene_break_may_be_a_line_or_only_space():
    a_book = book((Part.PARAGRAPH, "a"), (Part.DINKUS,), (Part.PARAGRAPH, "b"))
    assert composed(a_book, scene_break="rule")[1] == ("rule", "")
    assert composed(a_book, scene_break="blank")[1] == ("break", "")


def test_a_story_begins_with_who_wrote_it_and_how_long_it_is():
    a_book = book(
        (Part.TITLE, "Rain"),
        (Part.PARAGRAPH, "word " * 1849),
        (Part.DINKUS,),
        (Part.PARAGRAPH, "b"),
        author="M. R. Anders",
    )
    rows = composed(a_book, layout="story", **WRITER, **MANUSCRIPT)
    assert rows[:6] == [
        ("contact", "Mary Anders\tabout 1,900 words"),
        ("contact", "12 Weir Lane"),
        ("contact", "Bath"),
        ("contact", "m@example.org"),
        ("title", "Rain"),
        ("byline", "by M. R. Anders"),
    ]
    assert rows[7:] == [("break", "#"), ("first", "b"), ("end", "END")]


def test_of_a_writer_of_whom_nothing_is_known_nothing_is_made_up():
    document = compose_document(
        book((Part.PARAGRAPH, "Rain."), title="A Title"), Profile("test", renderer="docx", layout="story")
    )
    assert [run.text for each in document.paragraphs for run in each.runs] == ["\tabout 1 word", "Rain."]
    assert document.sheet.header.text == "A Title / "


def test_the_pages_of_a_manuscript_are_headed_by_surname_and_title():
    document = compose_document(novel(), Profile("test", renderer="docx", layout="novel", **WRITER))
    assert document.sheet.header.text == "Anders / The Weir & the <Lamp> / "
    assert document.sheet.first_number == 0


def test_the_text_of_a_novel_begins_on_the_page_after_its_title_page():
    rows = composed(book((Part.TITLE, "T"), (Part.PARAGRAPH, "a")), layout="novel")
    assert rows == [("contact", "\tabout 1 word"), ("title", "T"), "page", ("first", "a")]


def test_a_manuscript_that_ends_itself_is_not_ended_again():
    rows = composed(book((Part.PARAGRAPH, "a"), (Part.END_MATTER, "The End")), layout="story", **MANUSCRIPT)
    assert rows[-1] == ("end", "The End")


@pytest.mark.parametrize(
    "count, nearest, told",
    [
        (0, 100, "about 0 words"),
        (1, 100, "about 1 word"),
        (46, 100, "about 50 words"),
        (149, 100, "about 100 words"),
        (1849, 100, "about 1,800 words"),
        (1850, 100, "about 1,900 words"),
        (81_499, 1000, "about 81,000 words"),
        (81_500, 1000, "about 82,000 words"),
        (700, 1000, "about 700 words"),
    ],
)
def test_words_are_counted_as_editors_want_it(count, nearest, told):
    assert about_words(count, nearest) == told


def test_a_long_title_is_cut_between_words_at_the_top_of_pages():
    assert shorten_title("The Weir") == "The Weir"
    assert shorten_title("The Weir and the Lamp and the Boat") == "The Weir and the Lamp and the"
    assert len(shorten_title("x" * 500)) < 100


# --- how it looks


@pytest.mark.parametrize("layout", ["book", "story", "novel"])
@pytest.mark.parametrize("page_size", list(PAGES))
def test_a_scene_break_and_a_heading_are_never_last_on_a_page(layout, page_size):
    sheet = make_sheet(Profile("x", renderer="docx", layout=layout, page_size=page_size), has_parts=True)
    assert set(sheet.styles) == set(Look)
    for look in (Look.BREAK, Look.RULE, Look.PART, Look.CHAPTER, Look.SCENE_TITLE):
        assert sheet.styles[look].keeps_next
    assert sheet.styles[Look.BREAK].align == "centre"


def test_a_manuscript_has_lines_two_apart_and_paragraphs_half_an_inch_in():
    sheet = make_sheet(Profile("x", renderer="docx", layout="story", page_size="letter"), has_parts=False)
    assert (sheet.width, sheet.height, sheet.margin) == (612, 792, 72)
    for look in (Look.BODY, Look.FIRST):
        style = sheet.styles[look]
        assert (style.size, style.line, style.first, style.align) == (12, 2.0, 36, "start")
        assert (style.above, style.below) == (0, 0)


def test_chapters_are_headings_of_the_first_level_unless_there_are_parts():
    profile = Profile("x", renderer="docx")
    for has_parts in (False, True):
        styles = make_sheet(profile, has_parts=has_parts).styles
        assert styles[Look.CHAPTER].outline == 1 + has_parts
        assert styles[Look.SCENE_TITLE].outline == 2 + has_parts


# --- read back


@pytest.mark.parametrize("renderer", list(READERS))
def test_headings_emphasis_and_lines_are_found_by_other_programs(renderer):
    inlines = (Text("She "), *emphasis("never"), Text(" said "), *strong("no"), LineBreak(), Text("at all."))
    both = strong("so")
    found = read(
        renderer,
        book(
            (Part.TITLE, "T"),
            (Part.PART, "Part One"),
            (Part.CHAPTER, "One"),
            (Part.SCENE_TITLE, "Night"),
            (Part.PARAGRAPH, inlines),
            (Part.PARAGRAPH, (*emphasis("not")[:1], *both, *emphasis("")[-1:])),
            (Part.DINKUS,),
            (Part.VERSE, "v"),
            (Part.QUOTE, "q"),
        ),
    )
    assert found == [
        Read("Title", "T"),
        Read("Heading 1", "Part One", level=1),
        Read("Heading 2", "One", level=2),
        Read("Heading 3", "Night", level=3),
        Read("First Paragraph", "She never said no\nat all.", "never", "no"),
        Read("Body Text", "so", "so", "so"),
        Read("Scene Break", "* * *"),
        Read("Verse", "v"),
        Read("Quote", "q"),
    ]


@pytest.mark.parametrize("renderer", list(READERS))
def test_emphasis_may_be_underlined(renderer):
    a_book = book((Part.PARAGRAPH, (*emphasis("so"), Text(" it is"))))
    assert read(renderer, a_book, emphasis="underline")[0].emphasised == "so"
    data = made(renderer, a_book, emphasis="underline")
    if renderer == "rtf":
        assert b"{\\ul so}" in data
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            text = b"".join(package.read(name) for name in package.namelist())
        assert b'<w:u w:val="single"/>' in text or b'style:text-underline-style="solid"' in text


@pytest.mark.parametrize("renderer", list(READERS))
@pytest.mark.parametrize("layout", ["book", "story", "novel"])
def test_hostile_titles_and_control_characters_stay_text(renderer, layout):
    personal = dict.fromkeys(WRITER, "{\\par};<w:p>&")
    choices = {"layout": layout, "scene_break": "<&{\\*}>", "font": 'A;B"<{}\\', **personal}
    found = read(renderer, hostile(), **choices)
    profile = Profile("x", renderer=renderer, **choices)
    wanted = [
        "".join(run.text for run in each.runs) for each in compose_document(hostile(), profile).paragraphs
    ]
    assert [each.text for each in found] == wanted
    assert sum("script" in text for text in wanted) == 5


@pytest.mark.parametrize("renderer", list(READERS))
def test_an_empty_book_is_a_document_with_an_empty_paragraph(renderer):
    assert [each.text for each in read(renderer, book())] == [""]


@pytest.mark.parametrize("renderer", list(READERS))
@given(books(), st.sampled_from(["book", "story", "novel"]))
@settings(deadline=None, max_examples=40)
def test_every_paragraph_of_any_book_is_read_back_as_it_was_written(renderer, a_book, layout):
    profile = Profile("x", renderer=renderer, layout=layout, scene_break="#")
    wanted = compose_document(a_book, profile).paragraphs
    found = read(renderer, a_book, layout=layout, scene_break="#")
    assert len(found) == len(wanted)
    for each, paragraph in zip(found, wanted, strict=True):
        runs = paragraph.runs
        assert squeeze(each.text) == squeeze("".join(run.text for run in runs))
        assert squeeze(each.emphasised) == squeeze("".join(run.text for run in runs if run.is_emphasised))
        assert squeeze(each.strong) == squeeze("".join(run.text for run in runs if run.is_strong))


@given(books())
@settings(deadline=None, max_examples=100)
def test_every_character_of_any_book_stands_once_and_in_order_in_its_document(a_book):
    document = compose_document(a_book, Profile("x", renderer="docx", scene_break="blank"))
    assert squeeze("".join(run.text for each in document.paragraphs for run in each.runs)) == words_of(a_book)


@pytest.mark.parametrize("renderer", ["docx", "odt"])
@given(books())
@settings(deadline=None, max_examples=20)
def test_all_parts_of_any_package_are_well_formed(renderer, a_book):
    with zipfile.ZipFile(io.BytesIO(made(renderer, a_book, layout="novel", **WRITER))) as package:
        for name in package.namelist():
            if name != "mimetype":
                ET.fromstring(package.read(name))


@pytest.mark.parametrize("renderer", list(READERS))
def test_the_language_is_told(renderer):
    data = made(renderer, novel())
    if renderer == "rtf":
        assert b"\\deflang2057" in data
        return
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        styles = package.read("word/styles.xml" if renderer == "docx" else "styles.xml").decode()
    assert 'w:lang w:val="en-GB"' in styles or 'fo:language="en" fo:country="GB"' in styles


def test_a_language_that_rich_text_has_no_number_for_is_left_open():
    assert b"\\deflang1024" in made("rtf", book(language="eo"))


def test_what_is_beyond_ascii_is_written_by_its_numbers_in_rich_text():
    data = made("rtf", book((Part.PARAGRAPH, "“Café” 😞")))
    assert b"\\u8220?Caf\\u233?\\u8221? \\u-10179?\\u-8674?" in data


def test_what_is_written_from_right_to_left_stands_at_the_right_in_open_documents():
    for language, align in (("he", b"right"), ("en", b"start")):
        data = unpacked(made("odt", book((Part.PARAGRAPH, "x"), language=language), layout="story"))
        style = data.split(b'style:name="Body_20_Text"')[1].split(b"</style:style>")[0]
        assert b'fo:text-align="' + align + b'"' in style


def test_what_is_written_from_right_to_left_has_its_size_and_its_emphasis_in_rich_text():
    data = made("rtf", book((Part.TITLE, "x"), (Part.PARAGRAPH, strong("y")), language="he"))
    assert b"\\ltrch\\f0\\fs48\\rtlch\\af0\\afs48 x\\par" in data
    assert b"{\\ltrch\\b\\rtlch\\ab y}" in data
