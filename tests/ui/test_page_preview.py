"""The preview of pages: set in the background, the beginning of a long text first, never an older one after a newer one."""

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QSpinBox, QToolButton, QVBoxLayout

from editor.app.profiles import load_profiles
from editor.manuscript.manuscript import Manuscript
from editor.ui.export_job import ExportRequest, preview_ordinals, take_snapshot
from editor.ui.page_job import run_pages
from editor.ui.page_preview import PagePreview
from editor.ui.paper import OnPaper

PROFILE = load_profiles(None)["pdf-book"]
SHORT = Manuscript(["Chapter One", "", "Rain."])


def long_manuscript(chapters=60):
    return Manuscript(
        [line for number in range(1, chapters + 1) for line in (f"Chapter {number}", "", "word " * 400, "")]
    )


def request_of(manuscript):
    return ExportRequest(take_snapshot(manuscript), PROFILE)


@pytest.fixture
def preview(qtbot):
    widget = PagePreview()
    qtbot.addWidget(widget)
    widget.resize(600, 500)
    widget.show()
    return widget


def number(preview):
    return preview.findChild(QSpinBox, "pageNumber")


def shown(qtbot, preview, request, beginning=None):
    with qtbot.waitSignal(preview.pages_set) as told:
        preview.show_export(request, beginning)
    return told.args[0]


def test_the_pages_are_those_of_the_export(qtbot, preview):
    pages = shown(qtbot, preview, request_of(SHORT))
    assert preview.sheets.pages is pages
    assert pages.count == run_pages(request_of(SHORT)).count
    assert number(preview).text() == "Page 1 of 1"


@pytest.mark.parametrize("text", [[""], ["Rain"], ["مطر في الليل."], ["[[only a note]]"]])
def test_little_text_has_one_page(qtbot, preview, text):
    assert shown(qtbot, preview, request_of(Manuscript(text))).count == 1


def test_of_a_long_text_the_beginning_is_shown_at_once(qtbot, preview):
    manuscript = long_manuscript(300)
    beginning, _ = preview_ordinals(manuscript.outline, None)
    with qtbot.waitSignal(preview.pages_set, timeout=20_000) as told:
        preview.show_export(request_of(manuscript), beginning)
        qtbot.waitUntil(lambda: number(preview).text().endswith(" so far"))
        at_first = preview.sheets.pages.count
    assert 0 < at_first < told.args[0].count
    assert number(preview).text() == f"Page 1 of {told.args[0].count}"


def test_the_pages_stay_until_those_of_another_choice_are_set(qtbot, preview):
    first = shown(qtbot, preview, request_of(SHORT))
    preview.show_export(request_of(long_manuscript(3)))
    assert preview.sheets.pages is first
    qtbot.waitUntil(lambda: preview.sheets.pages is not first)


def test_what_was_asked_for_last_is_shown_last(qtbot, preview):
    told = []
    preview.pages_set.connect(told.append)
    for _ in range(4):
        preview.show_export(request_of(long_manuscript()))
    preview.show_export(request_of(SHORT))
    qtbot.waitUntil(lambda: bool(told))
    QTest.qWait(50)
    assert [pages.count for pages in told] == [1]


def test_what_is_stopped_is_not_shown(qtbot, preview):
    told = []
    preview.pages_set.connect(told.append)
    preview.show_export(request_of(long_manuscript()))
    preview.show_note("Nothing is ticked.")
    shown(qtbot, preview, request_of(SHORT))
    assert [pages.count for pages in told] == [1]


def test_the_number_follows_the_sheets_and_leads_them(qtbot, preview):
    pages = shown(qtbot, preview, request_of(long_manuscript(9)))
    QTest.keyClick(preview.sheets, Qt.Key.Key_End)
    assert number(preview).value() == pages.count
    number(preview).setValue(3)
    assert preview.sheets.page == 2


def test_enter_in_the_number_goes_there_and_presses_no_button(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    layout = QVBoxLayout(dialog)
    preview, button = PagePreview(dialog), QPushButton("Print", dialog)
    layout.addWidget(preview)
    layout.addWidget(button)
    button.setDefault(True)
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    dialog.show()
    shown(qtbot, preview, request_of(long_manuscript(9)))
    field = number(preview)
    field.lineEdit().selectAll()
    QTest.keyClicks(field.lineEdit(), "4")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert preview.sheets.page == 3
    assert pressed == []


def test_buttons_change_the_size(qtbot, preview):
    shown(qtbot, preview, request_of(SHORT))
    larger, fit = (preview.findChild(QToolButton, name) for name in ("pageLarger", "pageFit"))
    assert fit.isChecked()
    before = preview.sheets.zoom
    larger.click()
    assert preview.sheets.zoom > before
    assert not fit.isChecked()
    fit.click()
    assert fit.isChecked()
    assert preview.sheets.zoom == pytest.approx(before)


def test_pages_are_put_on_paper(qtbot, preview):
    preview.put_on(lambda pages: OnPaper(pages, QSizeF(600, 800)))
    shown(qtbot, preview, request_of(SHORT))
    assert preview.sheets.pages.size == QSizeF(600, 800)
    preview.put_on(lambda pages: OnPaper(pages, QSizeF(700, 900)))
    assert preview.sheets.pages.size == QSizeF(700, 900)
