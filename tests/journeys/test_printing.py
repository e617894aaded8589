"""Printing from the window, to files of a printer that is none: what comes out is what the PDF export gives."""

import re
import shutil
import subprocess
import sys
import tempfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QProgressDialog,
    QPushButton,
    QTreeWidget,
)

from editor.app.commands import command_by_id
from editor.ui.export_job import ExportRequest, run_export, take_snapshot
from editor.ui.help_dialog import help_text
from editor.ui.print_choices import Papers
from editor.ui.print_dialog import PrintDialog
from tests.export.conformity import words
from tests.journeys.test_whole_window import unnamed
from tests.journeys.test_writing import trigger

A4 = QPageSize(QPageSize.PageSizeId.A4)
LETTER = QPageSize(QPageSize.PageSizeId.Letter)
OFFICE = Papers("Office", (A4, LETTER))


def read_pages(data, tmp_path):
    """Return what another program reads, page by page."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    path = tmp_path / "read.pdf"
    path.write_bytes(data)
    run = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, timeout=60)
    return [words(page) for page in run.stdout.decode().split("\f")[:-1]]


def sizes(data):
    return {
        tuple(round(float(number)) for number in found.split()[2:])
        for found in re.findall(rb"/MediaBox \[([^\]]*)\]", data)
    }


def opened(window, qtbot, papers=OFFICE, profile=None, chosen=None):
    """Return the dialog, with its pages set."""
    window.printing.find_papers = lambda: papers
    dialog = window.printing.open_dialog(chosen)
    if profile is not None:
        box = dialog.findChild(QComboBox, "printProfile")
        box.setCurrentIndex(box.findData(profile))
        box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: dialog.pages is not None, timeout=20_000)
    return dialog


def answer(window, path, choose=lambda _printer: None):
    """Answer the system's dialog: print to a file, as `choose` sets the printer."""

    def ask(printer, _parent, _count):
        printer.setOutputFileName(str(path))
        choose(printer)
        return True

    window.printing.ask_printer = ask


def press(dialog, name):
    dialog.findChild(QPushButton, name).click()


def printed(window, qtbot, path, dialog, choose=lambda _printer: None):
    answer(window, path, choose)
    press(dialog, "printPrint")
    qtbot.waitUntil(path.exists, timeout=20_000)
    return path.read_bytes()


@pytest.mark.parametrize("profile", ["pdf-manuscript", "novel-typescript", "pdf-book"])
def test_the_pages_and_words_on_paper_are_those_of_the_pdf(window, qtbot, tmp_path, profile):
    dialog = opened(window, qtbot, profile=profile)
    exported = run_export(dialog.request())
    data = printed(window, qtbot, tmp_path / "out.pdf", dialog)
    assert read_pages(data, tmp_path) == read_pages(exported, tmp_path)
    assert sizes(data) == {(595, 842)}
    assert "pages to" in window.message_bar.text()


@pytest.mark.parametrize(
    "text", ["", "Rain", "Language: ar\n\n++++\n\nمطر في الليل.\n", "Chapter One\n\nRain 😀 and *ice*.\n"]
)
def test_any_text_is_printed_as_it_is_exported(window, qtbot, tmp_path, text):
    window.buffer.document.setPlainText(text)
    dialog = opened(window, qtbot)
    exported = run_export(dialog.request())
    data = printed(window, qtbot, tmp_path / "out.pdf", dialog)
    assert read_pages(data, tmp_path) == read_pages(exported, tmp_path)


def test_a_manuscript_takes_the_size_of_the_paper(window, qtbot, tmp_path):
    dialog = opened(window, qtbot, Papers("Office", (LETTER, A4)))
    assert dialog.request().profile.page_size == "letter"
    box = dialog.findChild(QComboBox, "printPaper")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert dialog.request().profile.page_size == "a4"
    qtbot.waitUntil(lambda: dialog.pages is not None)
    assert sizes(printed(window, qtbot, tmp_path / "out.pdf", dialog)) == {(595, 842)}


def test_a_book_is_printed_in_the_middle_of_the_paper_or_enlarged(window, qtbot):
    dialog = opened(window, qtbot, profile="pdf-book")
    note = dialog.findChild(QLabel, "printNote")
    assert "in the middle of the paper" in note.text()
    dialog.findChild(QCheckBox, "printEnlarges").click()
    assert "141 %" in note.text()


def test_paper_that_was_changed_in_the_system_s_dialog_is_printed_on(window, qtbot, tmp_path):
    dialog = opened(window, qtbot)
    a6 = QPageSize(QPageSize.PageSizeId.A6)
    exported = run_export(dialog.request())
    data = printed(
        window, qtbot, tmp_path / "out.pdf", dialog, choose=lambda printer: printer.setPageSize(a6)
    )
    assert sizes(data) == {(297, 420)}
    assert read_pages(data, tmp_path) == read_pages(exported, tmp_path)


def test_only_the_pages_that_are_asked_for_are_printed(window, qtbot, tmp_path):
    dialog = opened(window, qtbot)
    exported = run_export(dialog.request())

    def choose(printer):
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setPageRanges(QPageRanges.fromString("2,4"))

    data = printed(window, qtbot, tmp_path / "out.pdf", dialog, choose)
    assert read_pages(data, tmp_path) == [read_pages(exported, tmp_path)[place] for place in (1, 3)]


def test_if_none_of_the_pages_is_there_that_is_told(window, qtbot, tmp_path):
    def choose(printer):
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setPageRanges(QPageRanges.fromString("900-901"))

    dialog = opened(window, qtbot)
    answer(window, tmp_path / "out.pdf", choose)
    press(dialog, "printPrint")
    assert "None of the pages" in window.message_bar.text()
    assert dialog.isVisible()


def test_only_what_is_ticked_is_printed(window, qtbot, tmp_path):
    dialog = opened(window, qtbot)
    dialog.findChild(QCheckBox, "exportWhole").setChecked(False)
    tree = dialog.findChild(QTreeWidget, "exportScopeTree")
    first = tree.topLevelItem(0)
    while first.childCount():
        first = first.child(0)
    untick_all(tree)
    qtbot.waitUntil(lambda: "Nothing is ticked" in dialog.preview.sheets.accessibleDescription())
    assert not dialog.findChild(QPushButton, "printPrint").isEnabled()
    assert not dialog.findChild(QPushButton, "printSavePdf").isEnabled()
    first.setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: dialog.pages is not None)
    request = dialog.request()
    assert len(request.ordinals) == 1
    data = printed(window, qtbot, tmp_path / "out.pdf", dialog)
    assert read_pages(data, tmp_path) == read_pages(run_export(request), tmp_path)


def untick_all(tree):
    for row in range(tree.topLevelItemCount()):
        tree.topLevelItem(row).setCheckState(0, Qt.CheckState.Unchecked)


def test_rows_that_are_selected_in_the_outline_are_ticked(window, qtbot):
    scene = next(node for node in window.buffer.manuscript.outline.walk() if not node.children)
    assert opened(window, qtbot, chosen=[scene.id]).chosen_ids() == {scene.id}


def test_what_was_chosen_is_there_again_the_next_time(window, qtbot, tmp_path):
    scene = next(node for node in window.buffer.manuscript.outline.walk() if not node.children)
    dialog = opened(window, qtbot, profile="pdf-book", chosen=[scene.id])
    printed(window, qtbot, tmp_path / "out.pdf", dialog)
    again = opened(window, qtbot)
    assert again.request().profile.name == "pdf-book"
    assert again.chosen_ids() == {scene.id}


def test_a_choice_holds_back_the_printing_until_it_is_in_the_pages(window, qtbot):
    dialog = opened(window, qtbot)
    button = dialog.findChild(QPushButton, "printPrint")
    assert button.isEnabled()
    dialog.findChild(QCheckBox, "option_include_title").toggle()
    assert not button.isEnabled()
    qtbot.waitUntil(button.isEnabled)


def test_who_would_rather_not_is_back_in_the_dialog(window, qtbot):
    dialog = opened(window, qtbot)
    window.printing.ask_printer = lambda *_: False
    press(dialog, "printPrint")
    assert dialog.isVisible()


def test_the_system_s_dialog_is_told_how_many_pages_there_are(window, qtbot):
    dialog = opened(window, qtbot)
    asked = []
    window.printing.ask_printer = lambda printer, _parent, count: asked.append((printer.docName(), count))
    press(dialog, "printPrint")
    assert asked == [("chapter-six", dialog.pages.count)]


def test_everything_in_the_dialog_has_a_name(window, qtbot):
    assert unnamed(opened(window, qtbot)) == []


def test_enter_prints_from_the_sheets(window, qtbot, tmp_path):
    dialog = opened(window, qtbot)
    answer(window, tmp_path / "out.pdf")
    QTest.keyClick(dialog.preview.sheets, Qt.Key.Key_Return)
    qtbot.waitUntil((tmp_path / "out.pdf").exists, timeout=20_000)


# --- without a printer


def test_without_a_printer_a_pdf_is_offered(window, qtbot, tmp_path):
    dialog = opened(window, qtbot, Papers("", (A4, LETTER)))
    assert "No printer is set up" in dialog.findChild(QLabel, "printNote").text()
    assert not dialog.findChild(QPushButton, "printPrint").isEnabled()
    assert not dialog.findChild(QComboBox, "printPaper").isVisible()
    exported = run_export(dialog.request())
    target = tmp_path / "out.pdf"
    window.exports._ask_path = lambda _parent, _suggestion: str(target)
    press(dialog, "printSavePdf")
    qtbot.waitUntil(target.exists, timeout=20_000)
    assert target.read_bytes() == exported
    qtbot.waitUntil(lambda: window.findChild(PrintDialog) is None)


def test_a_saved_pdf_is_what_is_exported_again(window, qtbot, tmp_path):
    dialog = opened(window, qtbot, profile="novel-typescript")
    target = tmp_path / "out.pdf"
    window.exports._ask_path = lambda _parent, _suggestion: str(target)
    press(dialog, "printSavePdf")
    qtbot.waitUntil(target.exists, timeout=20_000)
    assert window.exports.last.profile.name == "pdf-manuscript"
    export = window.exports.open_dialog()
    titles = [export.findChild(QComboBox, "exportProfile").itemText(row) for row in range(40)]
    assert titles.count("PDF of a manuscript") == 1
    assert "Manuscript of a novel, classic" in titles


# --- what goes wrong


def test_a_printing_to_a_file_never_takes_the_place_of_the_manuscript(window, sample, qtbot):
    before = sample.read_bytes()
    dialog = opened(window, qtbot)
    answer(window, sample)
    press(dialog, "printPrint")
    qtbot.wait(100)
    assert sample.read_bytes() == before
    assert window.message_bar.text()


def test_a_file_that_cannot_be_written_is_told_of(window, qtbot, tmp_path):
    dialog = opened(window, qtbot)
    answer(window, tmp_path / "no such folder" / "out.pdf")
    press(dialog, "printPrint")
    qtbot.waitUntil(lambda: "out.pdf" in window.message_bar.text(), timeout=20_000)
    assert not (tmp_path / "no such folder").exists()


def long_text():
    return "".join(f"Chapter {number}\n\nRain.\n\n" for number in range(1, 1500))


def test_a_long_printing_can_be_stopped_and_leaves_no_file(window, qtbot, tmp_path):
    window.buffer.document.setPlainText(long_text())
    dialog = opened(window, qtbot, profile="pdf-book")
    answer(window, tmp_path / "out.pdf")
    press(dialog, "printPrint")
    progress = window.findChild(QProgressDialog, "printProgress")
    qtbot.waitUntil(lambda: progress.value() >= 2)
    progress.canceled.emit()
    assert "No file was written" in window.message_bar.text()
    qtbot.wait(50)
    assert not (tmp_path / "out.pdf").exists()


def test_a_second_printing_waits_for_the_first(window, qtbot, tmp_path):
    window.buffer.document.setPlainText(long_text())
    answer(window, tmp_path / "out.pdf")
    press(opened(window, qtbot, profile="pdf-book"), "printPrint")
    second = opened(window, qtbot)
    press(second, "printPrint")
    assert "still being printed" in window.message_bar.text()
    window.printing.stop()


def test_a_long_book_is_set_while_the_window_goes_on(window, qtbot):
    window.buffer.document.setPlainText(long_text())
    window.printing.find_papers = lambda: OFFICE
    dialog = window.printing.open_dialog()
    assert dialog.pages is None
    assert not dialog.findChild(QPushButton, "printPrint").isEnabled()
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(PrintDialog) is None)
    qtbot.wait(50)  # the job that is still running has nobody to tell


def test_closing_the_window_stops_the_printing(window, qtbot, tmp_path):
    dialog = opened(window, qtbot)
    answer(window, tmp_path / "out.pdf")
    press(dialog, "printPrint")
    window.close()
    qtbot.wait(50)
    assert not (tmp_path / "out.pdf").exists()


def test_a_disk_without_room_for_the_pages_is_told_of(window, qtbot, tmp_path, monkeypatch):
    dialog = opened(window, qtbot)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such folder"))
    answer(window, tmp_path / "out.pdf")
    press(dialog, "printPrint")
    assert "Nothing was written" in window.message_bar.text()
    assert dialog.isVisible()


# --- the command


def test_the_command_opens_the_dialog(window, qtbot):
    window.printing.find_papers = lambda: OFFICE
    trigger(window, "print")
    qtbot.waitUntil(lambda: window.findChild(PrintDialog) is not None)
    assert command_by_id("print").shortcuts == ("Ctrl+Alt+P",)
    assert "Print" in help_text()


def test_the_text_that_is_printed_is_that_of_the_moment_when_the_dialog_opened(window, qtbot, tmp_path):
    dialog = opened(window, qtbot)
    profile = dialog.request().profile
    before = ExportRequest(take_snapshot(window.buffer.manuscript), profile)
    window.page.insertPlainText("A lighthouse, suddenly. ")
    data = printed(window, qtbot, tmp_path / "out.pdf", dialog)
    assert read_pages(data, tmp_path) == read_pages(run_export(before), tmp_path)


def test_a_window_is_there_without_what_only_printing_needs():
    code = (
        "import sys, editor.ui.launcher; "
        "print({'PySide6.QtPrintSupport', 'editor.ui.page_preview', 'editor.ui.print_run'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60, text=True)
    assert run.stdout == "set()\n"
