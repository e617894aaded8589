"""Pages that are set once: the same lines for a file, a printer and a preview, and set in any thread."""

import threading

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter, QPicture

from editor.export.book import Part
from editor.export.document_content import compose_document
from editor.export.document_sheets import PAGES
from editor.export.profile import Profile
from editor.export.progress import Cancelled, watched
from editor.ui.page_setting import SetPages
from tests.export.books import book, novel

pytestmark = pytest.mark.usefixtures("qapp")


def document(a_book, **choices):
    return compose_document(a_book, Profile("x", renderer="pdf", **choices))


def long_book(count=60):
    return book(*[(Part.PARAGRAPH, "Rain fell on the lock, and more rain on the weir.")] * count)


def picture_of(paint, size):
    """Return what `paint` paints, two dots to a point."""
    image = QImage(QSize(round(size.width() * 2), round(size.height() * 2)), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.scale(2, 2)
    paint(painter)
    painter.end()
    return image


def is_blank(image):
    blank = image.copy()
    blank.fill(0xFFFFFFFF)
    return image == blank


def test_pages_have_the_size_of_the_profile_in_points():
    size = SetPages(document(novel(), page_size="trade")).size
    assert (size.width(), size.height()) == PAGES["trade"]


def test_even_an_empty_document_has_a_page():
    assert SetPages(document(book())).count == 1


def test_every_page_is_painted_and_can_be_painted_again():
    pages = SetPages(document(long_book()))
    assert pages.count > 1
    for page in range(pages.count):
        first, second = (
            picture_of(lambda painter, page=page: pages.paint(painter, page), pages.size) for _ in range(2)
        )
        assert not is_blank(first)
        assert first == second


def test_a_preview_that_records_the_painting_shows_the_same_page():
    pages = SetPages(document(long_book(), layout="novel", surname="Anders"))
    recorded = QPicture()
    painter = QPainter(recorded)
    pages.paint(painter, 1)
    painter.end()
    direct = picture_of(lambda painter: pages.paint(painter, 1), pages.size)
    replayed = picture_of(lambda painter: painter.drawPicture(0, 0, recorded), pages.size)
    inked = [
        {
            (x // 8, y // 8)
            for y in range(image.height())
            for x in range(image.width())
            if image.pixelColor(x, y).value() < 128
        }
        for image in (direct, replayed)
    ]
    assert inked[0] == inked[1]


def test_pages_set_in_another_thread_are_the_same():
    made = []
    thread = threading.Thread(target=lambda: made.append(SetPages(document(long_book()))))
    thread.start()
    thread.join()
    here = SetPages(document(long_book()))
    assert made[0].count == here.count
    one, other = (
        picture_of(lambda painter, pages=pages: pages.paint(painter, 1), here.size)
        for pages in (made[0], here)
    )
    assert one == other


def test_setting_stops_when_it_is_cancelled():
    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        SetPages(document(long_book()), watched(stop, 0, 1, 1))
