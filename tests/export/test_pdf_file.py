"""Finished PDF files: one order of the objects, an outline, and what is not such a file left alone."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from editor.export.pdf_file import finish_pdf

BODIES = {
    "info": b"<<\n/Title (Rain)\n>>",
    "root": b"<<\n/Type /Catalog\n/Pages {pages} 0 R\n>>",
    "pages": b"<<\n/Type /Pages\n/Kids \n[\n{one} 0 R\n{two} 0 R\n]\n/Count 2\n>>",
    "one": b"<<\n/Type /Page\n/Parent {pages} 0 R\n/Contents {text} 0 R\n/MediaBox [0 0 100 100]\n>>",
    "two": b"<<\n/Type /Page\n/Parent {pages} 0 R\n/Contents {text} 0 R\n/MediaBox [0 0 100 100]\n>>",
    "text": b"<<\n/Length {length} 0 R\n>>\nstream\nq 1 0 R Q\nendstream",
    "length": b"9",
    "unused": b"<< /FontName /ABCDEF+Nothing >>",
}
ORDER = list(BODIES)


def small_pdf(order=ORDER):
    """Return a file made as Qt makes it, its objects numbered and written in this order."""
    numbers = {name: number for number, name in enumerate(order, 1)}
    data = b"%PDF-1.4\n%\xe2\xe3\n"
    offsets = []
    for name in order:
        body = BODIES[name]
        for other, number in numbers.items():
            body = body.replace(b"{%s}" % other.encode(), b"%d" % number)
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (numbers[name], body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<<\n/Size %d \n/Info %d 0 R\n/Root %d 0 R\n>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(order) + 1, table, len(order) + 1, numbers["info"], numbers["root"], len(data))
    )


def outline_of(data):
    """Return (level, title, page) of the outline as another program reads it."""
    reader = PdfReader(io.BytesIO(data), strict=True)

    def walk(items, level):
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
            else:
                yield level, item.title, reader.get_destination_page_number(item)

    return list(walk(reader.outline, 1))


@given(st.permutations(ORDER))
def test_the_same_pages_give_the_same_bytes_whatever_the_order_of_the_objects_was(order):
    assert finish_pdf(small_pdf(order), language="de") == finish_pdf(small_pdf(), language="de")


def test_streams_and_texts_stay_as_they_were():
    finished = finish_pdf(small_pdf())
    assert b"stream\nq 1 0 R Q\nendstream" in finished
    assert b"Nothing" not in finished  # what nothing refers to


def test_the_chapters_are_the_outline_and_parts_hold_them():
    headings = [
        (1, "Erster Teil", 0),
        (2, "„Eins“ (1)", 0),
        (2, "Zwei\\", 1),
        (1, "第二部", 1),
        (2, "\U0001f600", 1),
    ]
    assert outline_of(finish_pdf(small_pdf(), headings=headings)) == headings


@given(
    st.lists(
        st.tuples(
            st.integers(1, 2),
            st.text(st.characters(categories=["L", "N", "P"]), min_size=1),
            st.integers(0, 1),
        )
    )
)
def test_any_headings_come_back_in_order(headings):
    found = outline_of(finish_pdf(small_pdf(), headings=headings))
    assert [(title, page) for _, title, page in found] == [(title, page) for _, title, page in headings]


def test_the_language_and_the_pairs_of_pages_are_said():
    root = PdfReader(io.BytesIO(finish_pdf(small_pdf(), language="de-AT", is_two_sided=True))).trailer[
        "/Root"
    ]
    assert root["/Lang"] == "de-AT"
    assert root["/PageLayout"] == "/TwoPageRight"
    assert "/Outlines" not in root


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4\n", b"not a pdf at all", small_pdf()[:-30], small_pdf().replace(b"xref\n0", b"xxxx\n0")],
)
def test_what_is_made_in_another_way_is_left_alone(data):
    assert finish_pdf(data, headings=[(1, "One", 0)]) == data
