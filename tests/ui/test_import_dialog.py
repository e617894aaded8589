"""The import dialog: what would come, what would not, and then a new manuscript; the original is never touched."""

import multiprocessing

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPlainTextEdit, QProgressBar, QPushButton

from editor.importing.worker import Allowance
from editor.ui.import_dialog import FILTER, ImportDialog, show_import
from tests.importing.packing import docx, p

CHANGE = "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>"


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "book.docx"
    path.write_bytes(docx(p("It was ", ("not", "<w:i/>"), ".", CHANGE)))
    return path


@pytest.fixture
def show(qtbot):
    def show(path, answer=""):
        dialog = ImportDialog([path], ask_path=lambda _parent, _suggestion: str(answer))
        dialog.open()
        label = dialog.findChild(QLabel, "importAbout")
        qtbot.waitUntil(lambda: not label.text().startswith("Reading"), timeout=60_000)
        return dialog

    return show


def test_the_file_dialog_shows_what_can_be_imported():
    patterns = FILTER.split("(")[1].split(")")[0].split()
    assert {"*.docx", "*.odt", "*.rtf", "*.epub", "*.scrivx"} <= set(patterns)
    assert all(len(pattern) > 4 or pattern == "*.md" for pattern in patterns)


def test_the_text_and_what_is_left_out_are_shown_first(show, source):
    dialog = show(source)
    assert dialog.findChild(QPlainTextEdit, "importPreview").document().toRawText() == "It was *not*."
    assert dialog.findChild(QListWidget, "importLeftOut").item(0).text() == "1 tracked deletion: left out."
    assert "3 words" in dialog.findChild(QLabel, "importAbout").text()
    dialog.reject()


def test_the_text_becomes_an_untitled_manuscript(show, source, qtbot):
    dialog = show(source)
    with qtbot.waitSignal(dialog.text_requested) as asked:
        dialog.findChild(QPushButton, "importOpen").click()
    assert asked.args == [["It was *not*.", ""]]


def test_the_text_becomes_a_new_file_and_the_original_stays(show, source, qtbot):
    before = source.read_bytes()
    target = source.with_suffix(".txt")
    dialog = show(source, target)
    with qtbot.waitSignal(dialog.file_made) as made:
        dialog.findChild(QPushButton, "importSave").click()
    assert made.args == [target]
    assert target.read_text(encoding="utf-8") == "It was *not*.\n"
    assert source.read_bytes() == before


def test_the_original_is_never_the_target(show, source):
    before = source.read_bytes()
    dialog = show(source, source)
    dialog.findChild(QPushButton, "importSave").click()
    assert "stays as it is" in dialog.findChild(QLabel, "importAbout").text()
    assert source.read_bytes() == before
    dialog.reject()


def test_a_file_that_is_refused_says_why_and_offers_nothing(show, tmp_path):
    path = tmp_path / "<b>a.pdf"
    path.write_bytes(b"%PDF-1.7")
    dialog = show(path)
    assert "is a PDF" in dialog.findChild(QLabel, "importAbout").text()
    assert not dialog.findChild(QPushButton, "importOpen").isEnabled()
    dialog.reject()


def test_a_file_that_takes_long_comes_if_the_writer_says_that_it_may(qtbot, tmp_path):
    path = tmp_path / "long.html"
    path.write_bytes(b"<html>" + b"<p>words and words</p>" * 20_000)
    dialog = ImportDialog([path], allowance=Allowance(seconds=0.01, patience=1))
    qtbot.addWidget(dialog)
    dialog.show()
    wait, text = (
        dialog.findChild(QPushButton, "importWait"),
        dialog.findChild(QPlainTextEdit, "importPreview"),
    )
    qtbot.waitUntil(wait.isVisible, timeout=20_000)
    assert "takes longer than 0.01 seconds" in dialog.findChild(QLabel, "importAbout").text()
    wait.click()
    assert not wait.isVisible()
    open_it = dialog.findChild(QPushButton, "importOpen")
    qtbot.waitUntil(open_it.isEnabled, timeout=60_000)
    assert open_it.isVisible()
    assert text.toPlainText().startswith("words and words")
    dialog.reject()


def test_the_desk_opens_what_was_imported(make_import_desk, source, qtbot):
    desk = make_import_desk()
    dialog = show_import(desk.windows[0], [source])
    button = dialog.findChild(QPushButton, "importOpen")
    qtbot.waitUntil(button.isEnabled, timeout=60_000)
    button.click()
    assert any(window.buffer.lines() == ["It was *not*.", ""] for window in desk.windows)
    assert all(window.store.path is None for window in desk.windows)
    assert desk.windows[-1].page.textCursor().position() == 0


def test_several_files_are_shown_together_with_what_was_refused(qtbot, tmp_path):
    for number in (10, 2):
        (tmp_path / f"ch{number}.docx").write_bytes(docx(p(f"Words {number}.", CHANGE)))
    (tmp_path / "ch3.pdf").write_bytes(b"%PDF-1.7")
    dialog = ImportDialog(
        list(tmp_path.iterdir()), ask_path=lambda _parent, _suggestion: str(tmp_path / "book")
    )
    dialog.open()
    qtbot.waitUntil(dialog.findChild(QPushButton, "importOpen").isEnabled, timeout=60_000)
    text = dialog.findChild(QPlainTextEdit, "importPreview").document().toRawText()
    assert text == "# ch2\u2029\u2029Words 2.\u2029\u2029\u2029# ch10\u2029\u2029Words 10."
    assert "2 of 3 files" in dialog.findChild(QLabel, "importAbout").text()
    told = dialog.findChild(QListWidget, "importLeftOut")
    assert "ch3.pdf" in told.item(0).text()
    assert told.item(1).text() == "ch2.docx: 1 tracked deletion: left out."
    with qtbot.waitSignal(dialog.file_made) as made:
        dialog.findChild(QPushButton, "importSave").click()
    assert made.args == [tmp_path / "book"]
    assert sorted(path.name for path in (tmp_path / "book").iterdir()) == ["ch10.txt", "ch2.txt"]


def test_closing_the_dialog_ends_the_process_that_reads(qtbot, tmp_path):
    slow = tmp_path / "slow.html"
    slow.write_bytes(b"<html>" + b"<p><i>a" * 400_000)
    dialog = ImportDialog([slow], ask_path=lambda _parent, _suggestion: "")
    dialog.open()
    qtbot.waitUntil(lambda: bool(multiprocessing.active_children()), timeout=60_000)
    assert dialog.findChild(QProgressBar, "importProgress").isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: not multiprocessing.active_children(), timeout=60_000)


def dialogs_of(window):
    return [child for child in window.children() if isinstance(child, ImportDialog)]


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, buttons, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    where = window.rect().center()
    QApplication.sendEvent(window, QDragEnterEvent(where, action, data, buttons, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(where), action, data, buttons, keys))


def test_files_of_other_programs_dropped_on_a_window_are_imported_together_and_texts_opened(
    make_import_desk, tmp_path, source
):
    desk = make_import_desk()
    window = desk.windows[0]
    text, other = tmp_path / "a.txt", tmp_path / "b.docx"
    text.write_text("Snow.\n")
    other.write_bytes(source.read_bytes())
    drop(window, source, text, other)
    [dialog] = dialogs_of(window)
    assert (
        "2 files" in dialog.findChild(QLabel, "importAbout").text()
        or "of 2" in dialog.findChild(QLabel, "importAbout").text()
    )
    assert any(each.store.path == text for each in desk.windows)
    dialog.reject()


def test_opening_a_file_of_another_program_offers_the_import(make_import_desk, source):
    desk = make_import_desk()
    before = len(desk.windows)
    window = desk.open_path(source)
    [dialog] = dialogs_of(window)
    assert len(desk.windows) == before
    assert window.store.path is None
    dialog.reject()


def test_a_web_page_is_opened_as_it_is_written_and_its_text_offered(make_import_desk, tmp_path):
    page = tmp_path / "a.html"
    page.write_text("<p>Snow.</p>\n")
    desk = make_import_desk()
    window = desk.open_path(page)
    assert window.buffer.lines() == ["<p>Snow.</p>", ""]
    button = next(each for each in window.findChildren(QPushButton) if each.text() == "Import its text...")
    button.click()
    [dialog] = dialogs_of(window)
    dialog.reject()


def test_a_program_started_with_a_file_of_another_program_offers_the_import(make_import_desk, source):
    desk = make_import_desk([(source, None)])
    [dialog] = dialogs_of(desk.windows[0])
    dialog.reject()


@pytest.fixture
def make_import_desk(qtbot, tmp_path):
    from editor.app.settings import Folders
    from editor.ui.desk import Desk

    desks = []

    def make(paths=()):
        desk = Desk(QApplication.instance(), Folders(tmp_path / "config", tmp_path / "state"))
        desks.append(desk)
        desk.start(list(paths))
        return desk

    yield make
    for desk in desks:
        for window in desk.windows:
            window.files.wait()
            window.buffer.document.setModified(False)
            window.close()
        desk.deleteLater()
