"""Books as PDF: every word in order, the pages of the profile, the same bytes each time."""

import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from pypdf import PdfReader

from editor.export.assemble import assemble_book
from editor.export.book import Part
from editor.export.document_content import compose_document
from editor.export.document_sheets import PAGES
from editor.export.hyphenation import find_hyphenation
from editor.export.profile import MEDIA, Profile
from editor.export.progress import Cancelled, watched
from editor.manuscript.manuscript import Manuscript
from editor.ui.page_setting import SetPages
from editor.ui.pdf import RENDERERS, render_pdf
from tests.export.books import book, books, hostile, novel
from tests.export.conformity import words

pytestmark = pytest.mark.usefixtures("qapp")

BOOK = Profile("x", renderer="pdf", layout="book")


def pdf(a_book, **choices):
    return render_pdf(a_book, Profile("x", renderer="pdf", **choices))


def text_of(data, tmp_path):
    """Return what another program reads, page by page."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    path = tmp_path / "book.pdf"
    path.write_bytes(data)
    run = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, timeout=60)
    return run.stdout.decode().split("\f")[:-1]


def sizes(data):
    return set(re.findall(rb"/MediaBox \[([^\]]*)\]", data))


def test_every_medium_has_a_renderer_here():
    assert RENDERERS.keys() == MEDIA.keys()


@pytest.mark.parametrize("layout", ["book", "novel"])
def test_other_programs_read_every_word_in_order(layout, tmp_path):
    choices = {"layout": layout, "scene_break": "#", "surname": "Anders", "legal_name": "Mary Anders"}
    pages = text_of(pdf(novel(), **choices), tmp_path)
    running = r"Anders / The Weir & the <Lamp> / \d+" if layout == "novel" else r"(?m)^ *\d+$"
    document = compose_document(novel(), Profile("x", renderer="pdf", **choices))
    wanted = words(" ".join("".join(run.text for run in each.runs) for each in document.paragraphs))
    assert words(" ".join(re.sub(running, "", page) for page in pages)) == wanted


def test_the_pages_of_a_novel_are_numbered_from_the_one_after_its_title_page(tmp_path):
    a_book = book((Part.TITLE, "Rain"), (Part.CHAPTER, "One"), (Part.CHAPTER, "Two"), title="Rain")
    pages = text_of(pdf(a_book, layout="novel", surname="Anders"), tmp_path)
    assert [re.findall(r"Anders / Rain / \d+", page) for page in pages] == [
        [],
        ["Anders / Rain / 1"],
        ["Anders / Rain / 2"],
    ]


def test_the_count_of_words_stands_beside_the_name(tmp_path):
    first = text_of(pdf(novel(), layout="story", legal_name="Mary Anders"), tmp_path)[0]
    assert re.match(r"\s*Mary Anders +about 10 words\n", first)


@pytest.mark.parametrize("page_size", ["a5", "letter", "trade"])
def test_pages_have_the_size_of_the_profile(page_size):
    (found,) = sizes(pdf(novel(), page_size=page_size))
    assert [float(number) for number in found.split()[2:]] == pytest.approx(PAGES[page_size], abs=1)


def long_book(language="en", chapters=2):
    """Return a book of several pages: a title page, chapters, scene breaks, END."""
    sentence = SENTENCES[language]
    elements = [(Part.TITLE, "Rain on the Weir")]
    for number in range(chapters):
        elements.append((Part.CHAPTER, f"Chapter {number + 1}: High Water"))
        for count in range(24):
            if count % 9 == 8:
                elements.append((Part.DINKUS, "* * *"))
            elements.append((Part.PARAGRAPH, " ".join([sentence] * (1 + count * 7 % 5))))
    elements.append((Part.END_MATTER, "THE END"))
    return book(*elements, title="Rain on the Weir", author="Mary Anders", language=language)


SENTENCES = {
    "en": "Nothing remarkable had happened since Thursday, considering the extraordinary circumstances.",
    "de": "Die Dienstbesprechung über Rindfleischetikettierung verschob sich außerplanmäßig auf Donnerstag.",
    "fr": "L’administration répondait scrupuleusement, extraordinairement lentement, en comptant les marches.",
    "he": "שומר המגדלור לא ראה את הים אלא מלמעלה והוא היה אומר אינני מכיר אותו אני רק משגיח עליו.",
}


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@pytest.mark.parametrize("page_size", ["small", "a5", "trade"])
def test_words_divided_at_the_ends_of_lines_are_all_there(language, page_size, tmp_path):
    a_book = long_book(language)
    pages = text_of(pdf(a_book, page_size=page_size, two_sided=True), tmp_path)
    found = "\n".join(re.sub(r"(?m)^ *\d+$", "", page) for page in pages)
    assert re.search(r"\w-\n", found)
    joined = re.sub(r"(?<=\w)-\n\s*", "", found)
    document = compose_document(a_book, Profile("x", renderer="pdf"))
    assert words(joined) == words(" ".join(run.text for each in document.paragraphs for run in each.runs))


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_words_are_divided_only_where_the_language_divides_them(language, tmp_path):
    divide = find_hyphenation(language)
    pages = text_of(pdf(long_book(language), page_size="small"), tmp_path)
    found = "\n".join(re.sub(r"(?m)^ *\d+$", "", page) for page in pages)
    divided = re.findall(r"(\S+)-\n\s*(\S+)", found)
    assert divided
    for before, after in divided:
        assert len(before) in divide(before + after)


def test_nothing_is_hyphenated_where_it_is_not_wanted_or_in_a_manuscript(tmp_path):
    for choices in (
        {"hyphenation": False},
        {"layout": "story"},
        {"layout": "novel"},
        {"paragraphs": "spaced"},
    ):
        assert not re.search(r"\w-\n", "".join(text_of(pdf(long_book("de"), **choices), tmp_path)))


@pytest.mark.parametrize("page_size", ["small", "pocket", "a5", "digest", "trade"])
def test_no_page_ends_with_a_heading_or_a_scene_break_and_the_end_is_not_alone(page_size, tmp_path):
    pages = text_of(pdf(long_book(), page_size=page_size, running_heads="title"), tmp_path)
    for page in pages[1:]:
        lines = [line.strip() for line in page.split("\n") if line.strip()]
        prose = [number for number, line in enumerate(lines) if line[-1] in ".-" or len(line) > 40]
        assert len(prose) >= 2
        assert "* * *" not in lines[prose[-1] :]
        assert not any("High Water" in line for line in lines[prose[-1] :])
    assert "THE END" in pages[-1]


def heads_of(pages):
    """Return the first line of each page, and its last if that is a number."""
    found = []
    for page in pages:
        lines = [re.sub(" +", " ", line.strip()) for line in page.split("\n") if line.strip()] or [""]
        found.append((lines[0], lines[-1] if lines[-1].isdigit() else ""))
    return found


@pytest.mark.parametrize(
    ("running_heads", "right"), [("title", "Rain on the Weir"), ("chapter", "Chapter 1: High Water")]
)
def test_running_heads_say_who_and_what_with_the_number_at_the_outer_edge(running_heads, right, tmp_path):
    pages = text_of(
        pdf(long_book(), page_size="small", two_sided=True, running_heads=running_heads), tmp_path
    )
    heads = heads_of(pages)
    assert heads[0] == ("Rain on the Weir", "")
    assert heads[1] == ("", "")
    assert heads[2] == ("Chapter 1: High Water", "3")
    assert heads[3] == ("4 Mary Anders", "")
    assert heads[4] == (f"{right} 5", "")
    second = next(at for at, (head, number) in enumerate(heads) if number and at > 2)
    assert heads[second] == ("Chapter 2: High Water", str(second + 1))


def test_a_book_without_an_author_has_its_title_on_left_pages_too(tmp_path):
    a_book = replace(long_book(), author="")
    heads = heads_of(text_of(pdf(a_book, page_size="small", two_sided=True, running_heads="title"), tmp_path))
    assert heads[3] == ("4 Rain on the Weir", "")


def test_chapters_on_right_pages_have_odd_numbers_and_empty_pages_before_them(tmp_path):
    a_book = book(*[(Part.CHAPTER, f"Chapter {number}") for number in range(3)], title="Rain")
    heads = heads_of(text_of(pdf(a_book, right_pages=True, running_heads="title"), tmp_path))
    assert heads == [("Chapter 0", "1"), ("", ""), ("Chapter 1", "3"), ("", ""), ("Chapter 2", "5")]


@pytest.mark.parametrize(("language", "further"), [("en", 10), ("he", -10)])
def test_the_margin_at_the_fold_is_the_wider_one_on_both_sides(language, further, tmp_path):
    text_of(pdf(long_book(language), page_size="small", two_sided=True), tmp_path)
    run = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "book.pdf", "-"], capture_output=True, check=True, timeout=60
    )
    pages = run.stdout.decode().split("<page ")[5:7]
    odd, even = (min(map(float, re.findall(r'xMin="([\d.]+)"', page))) for page in pages)
    assert odd - even == pytest.approx(further, abs=1.5)


def test_chapters_are_bookmarks_and_the_file_says_title_author_and_language():
    reader = PdfReader(io.BytesIO(pdf(long_book("de"), page_size="small")), strict=True)
    titles = [(item.title, reader.get_destination_page_number(item)) for item in reader.outline]
    assert [title for title, _ in titles] == ["Chapter 1: High Water", "Chapter 2: High Water"]
    assert titles[0][1] == 1
    assert titles[1][1] > 2
    assert reader.metadata.title == "Rain on the Weir"
    assert reader.metadata.author == "Mary Anders"
    assert reader.trailer["/Root"]["/Lang"] == "de"


@pytest.mark.parametrize("choices", [{}, {"page_size": "small", "two_sided": True}, {"layout": "novel"}])
def test_the_file_has_as_many_pages_as_a_preview(choices):
    profile = Profile("x", renderer="pdf", **choices)
    pages = SetPages(compose_document(long_book(), profile))
    assert len(PdfReader(io.BytesIO(render_pdf(long_book(), profile))).pages) == pages.count > 2


@pytest.mark.parametrize(
    "text",
    [
        "Rain",
        "a" * 2000,
        "שלום עולם " * 200,
        "السلام عليكم " * 200,
        "雨が降り始めた。" * 200,
        "—" * 500,
        "\xa0" * 9 + "x",
    ],
)
@pytest.mark.parametrize("language", ["en", "he", "ja"])
def test_one_word_and_words_of_any_script_become_pages(text, language):
    data = pdf(book((Part.PARAGRAPH, text), language=language), page_size="small", two_sided=True)
    assert len(PdfReader(io.BytesIO(data)).pages) >= 1


def test_a_start_of_the_program_gives_the_bytes_of_another(tmp_path):
    story = tmp_path / "story.txt"
    story.write_text("Chapter 1\n\nRain, and *more* **rain**.\n", encoding="utf-8")
    command = [sys.executable, "-m", "editor", "export", str(story), "--to", "pdf-book"]
    made = {
        subprocess.run(
            command, capture_output=True, check=True, timeout=60, env={**os.environ, "QT_HASH_SEED": seed}
        ).stdout
        for seed in ("", "0", "1", "2")
    }
    assert len(made) == 1


def test_progress_only_rises_and_the_export_can_be_stopped():
    reports = []
    render_pdf(
        long_book(),
        Profile("x", renderer="pdf"),
        watched(lambda done, _total: reports.append(done), 0, 1000, 1000),
    )
    assert reports == sorted(reports)
    assert reports[-1] == 1000

    def stop(done, _total):
        if done > 700:
            raise Cancelled

    with pytest.raises(Cancelled):
        render_pdf(long_book(), Profile("x", renderer="pdf"), watched(stop, 0, 1000, 1000))


def test_equal_books_give_equal_bytes_that_say_no_time():
    assert pdf(novel()) == pdf(novel())
    assert b"(D:20000101000000Z)" in pdf(novel())
    assert b'xmp:CreateDate="2000-01-01T00:00:00' in pdf(novel())


@given(books())
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_book_becomes_a_pdf(a_book):
    data = pdf(a_book, layout="story")
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize("scene_break", ["rule", "blank", "<&{\\*}>"])
def test_a_hostile_book_becomes_a_pdf_that_can_be_read(scene_break, tmp_path):
    assert "alert" in " ".join(text_of(pdf(hostile(), scene_break=scene_break), tmp_path))


def test_a_pdf_is_made_without_a_window_and_without_a_display(tmp_path):
    story = tmp_path / "story.txt"
    story.write_text("Rain, and more rain.\n", encoding="utf-8")
    command = [sys.executable, "-m", "editor", "export", str(story), "--to", "pdf-book"]
    made = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    assert made.startswith(b"%PDF-")


@pytest.mark.parametrize(
    "title", ["x" * length for length in range(1, 40)] + ["Chapter One: Rain", "Of \U0001fae9 and 㔠〠删"]
)
def test_a_bookmark_says_the_title_whatever_its_length_and_letters(title):
    made = render_pdf(assemble_book(Manuscript([f"# {title}", "", "It rained.", ""]), BOOK), BOOK)
    assert [item.title for item in PdfReader(io.BytesIO(made)).outline] == [title]


@pytest.mark.parametrize("title", ["5 0 R", "㔠〠删 㔠〠删", "((\\) 3 0 R", "\\", "瑳瑥慭ઁ"])
def test_a_title_that_looks_like_a_part_of_the_file_stays_a_title(title):
    made = render_pdf(assemble_book(Manuscript([f"Title: {title}", "", "", "It rained.", ""]), BOOK), BOOK)
    assert PdfReader(io.BytesIO(made), strict=True).metadata.title == title
