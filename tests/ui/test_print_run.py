"""Printing: which pages, on which paper, and how it ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrinter

from editor.app.profiles import load_profiles
from editor.export.profile import Profile
from editor.ui.paper import OnPaper
from editor.ui.print_choices import (
    OWN_NAMES,
    Papers,
    find_papers,
    fit_manuscript,
    make_printer,
    printed_profiles,
)
from editor.ui.print_run import PrintRun, paper_of, places_to_print
from tests.ui.painted_pages import PlainPages, colour_of, picture_of

pytestmark = pytest.mark.usefixtures("qapp")
A4 = QPageSize(QPageSize.PageSizeId.A4)
LETTER = QPageSize(QPageSize.PageSizeId.Letter)


def printer_to(path=None):
    printer = make_printer(Papers("", (A4,)), A4, "Rain")
    if path is not None:
        printer.setOutputFileName(str(path))
    return printer


# --- which pages


def asked(*, ranges="", current=False, last_first=False, copies=1, collates=True):
    printer = printer_to()
    if ranges:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setPageRanges(QPageRanges.fromString(ranges))
    if current:
        printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    if last_first:
        printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    printer.setCopyCount(copies)
    printer.setCollateCopies(collates)
    return [place + 1 for place in places_to_print(printer, 6, 3)]


@pytest.mark.parametrize(
    "choice, pages",
    [
        ({}, [1, 2, 3, 4, 5, 6]),
        ({"ranges": "2-3,5"}, [2, 3, 5]),
        ({"ranges": "5-99"}, [5, 6]),
        ({"ranges": "7"}, []),
        ({"current": True}, [4]),
        ({"ranges": "1-3", "last_first": True}, [3, 2, 1]),
        ({"ranges": "1-2", "copies": 2}, [1, 2, 1, 2]),
        ({"ranges": "1-2", "copies": 2, "collates": False}, [1, 1, 2, 2]),
    ],
)
def test_the_pages_that_were_asked_for_are_printed(choice, pages):
    assert asked(**choice) == pages


def test_a_range_of_a_dialog_that_knows_only_one_is_taken():
    printer = printer_to()
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 4)
    assert places_to_print(printer, 9, 0) == [1, 2, 3]


# --- which paper

SIZES = st.tuples(st.floats(100, 2000), st.floats(100, 2000))


@given(SIZES, SIZES, st.booleans())
def test_a_page_is_never_larger_than_the_paper(page, paper, is_enlarged):
    placed = OnPaper(PlainPages(1, page), QSizeF(*paper), is_enlarged)
    assert page[0] * placed.scale <= paper[0] + 3.001
    assert page[1] * placed.scale <= paper[1] + 3.001
    assert is_enlarged or placed.scale <= 1


def test_a_small_page_stands_in_the_middle_of_the_paper_at_its_own_size():
    image = picture_of(OnPaper(PlainPages(1, (200, 300)), QSizeF(400, 500)), 0, 400, 500)
    assert coloured(image) == QRect(100, 100, 200, 300)


def test_an_enlarged_page_fills_the_paper_one_way():
    image = picture_of(OnPaper(PlainPages(1, (200, 200)), QSizeF(400, 500), True), 0, 400, 500)
    assert coloured(image) == QRect(0, 50, 400, 400)


def test_a_size_that_is_only_rounded_is_not_scaled():
    assert OnPaper(PlainPages(1, (595.3, 841.9)), QSizeF(595, 842)).scale == 1.0
    assert not OnPaper(PlainPages(1, (595.3, 841.9)), QSizeF(595, 842)).leaves_room
    assert OnPaper(PlainPages(1, (595.3, 841.9)), QSizeF(612, 792)).scale == pytest.approx(0.94, abs=0.01)


def coloured(image):
    """Return what of an image is of the colour of the first page."""
    wanted = colour_of(0)
    rows = [y for y in range(image.height()) if image.pixelColor(image.width() // 2, y) == wanted]
    columns = [x for x in range(image.width()) if image.pixelColor(x, image.height() // 2) == wanted]
    return QRect(columns[0], rows[0], len(columns), len(rows))


def test_a_manuscript_has_the_size_of_the_paper_and_a_book_its_own():
    story, book = Profile("s", layout="story", page_size="a4"), Profile("b", layout="book", page_size="a5")
    assert fit_manuscript(story, LETTER).page_size == "letter"
    assert fit_manuscript(story, QPageSize(QPageSize.PageSizeId.C5E)) == story
    assert fit_manuscript(book, LETTER) == book


def test_there_is_paper_even_without_a_printer():
    papers = find_papers()
    assert papers.sizes[0].isValid()
    assert len({size.name() for size in papers.sizes}) == len(papers.sizes)


def test_what_is_printed_are_pages_and_the_first_is_a_manuscript():
    printed = printed_profiles(load_profiles(None))
    assert list(printed) == list(OWN_NAMES)
    assert {each.renderer for each in printed.values()} == {"pdf"}
    own = Profile("mine", title="Mine", renderer="odt")
    assert list(printed_profiles({**load_profiles(None), "mine": own, "x": Profile("x")}))[-1] == "mine"


# --- how it ends


class Listener:
    def __init__(self, run):
        self.steps, self.ends = [], []
        run.progressed.connect(lambda *step: self.steps.append(step))
        run.finished.connect(self.ends.append)
        run.failed.connect(self.ends.append)


def test_every_page_is_printed_once_and_progress_is_told(qtbot, tmp_path):
    pages = PlainPages(4)
    run = PrintRun(pages, printer_to(tmp_path / "out.pdf"), [0, 2, 3])
    heard = Listener(run)
    run.start()
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert pages.painted == [0, 2, 3]
    assert heard.steps == [(1, 3), (2, 3), (3, 3)]
    assert heard.ends == [3]
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_a_long_printing_lets_the_window_work_and_stops_when_asked(qtbot, tmp_path):
    pages = PlainPages(100_000)
    run = PrintRun(pages, printer_to(tmp_path / "out.pdf"), range(100_000))
    heard = Listener(run)
    run.start()
    qtbot.waitUntil(lambda: len(heard.steps) >= 3)
    run.stop()
    steps = len(heard.steps)
    qtbot.wait(30)
    assert (len(heard.steps), heard.ends) == (steps, [])


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_begin_is_told_of(qtbot, tmp_path):
    run = PrintRun(PlainPages(2), printer_to(tmp_path / "no such folder" / "out.pdf"), [0, 1])
    heard = Listener(run)
    run.start()
    (why,) = heard.ends
    assert "Nothing was printed" in why


def test_a_printing_that_breaks_off_says_after_how_many_pages(qtbot, tmp_path):
    class OutOfPaper(QPrinter):
        def newPage(self):
            return False

    printer = OutOfPaper(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    run = PrintRun(PlainPages(2), printer, [0, 1])
    heard = Listener(run)
    run.start()
    qtbot.waitUntil(lambda: bool(heard.ends))
    (why,) = heard.ends
    assert "broke off after 1 of 2 pages" in why


def test_the_paper_of_a_printer_is_as_it_lies(tmp_path):
    printer = printer_to()
    assert paper_of(printer) == A4.size(QPageSize.Unit.Point)
    printer.setPageOrientation(printer.pageLayout().orientation().Landscape)
    assert paper_of(printer) == A4.size(QPageSize.Unit.Point).transposed()
