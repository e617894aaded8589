"""Books as PDF: every word in order, the pages of the profile, the same bytes each time."""

import re
import shutil
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings

from editor.export.book import Part
from editor.export.document_content import compose_document
from editor.export.document_sheets import PAGES
from editor.export.profile import MEDIA, Profile
from editor.ui.pdf import RENDERERS, render_pdf
from tests.export.books import book, books, hostile, novel
from tests.export.conformity import words

pytestmark = pytest.mark.usefixtures("qapp")


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
