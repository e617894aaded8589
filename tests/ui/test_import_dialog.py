"""The import dialog: what would come, what would not, and then a new manuscript; the original is never touched."""

import pytest
from PySide6.QtWidgets import QLabel, QListWidget, QPlainTextEdit, QPushButton

from editor.ui.import_dialog import ImportDialog, show_import
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
        dialog = ImportDialog(path, ask_path=lambda _parent, _suggestion: str(answer))
        dialog.open()
        label = dialog.findChild(QLabel, "importAbout")
        qtbot.waitUntil(lambda: not label.text().startswith("Reading"), timeout=60_000)
        return dialog

    return show


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


def test_the_desk_opens_what_was_imported(make_import_desk, source, qtbot):
    desk = make_import_desk()
    dialog = show_import(desk.windows[0], source)
    button = dialog.findChild(QPushButton, "importOpen")
    qtbot.waitUntil(button.isEnabled, timeout=60_000)
    button.click()
    assert any(window.buffer.lines() == ["It was *not*.", ""] for window in desk.windows)
    assert all(window.store.path is None for window in desk.windows)


@pytest.fixture
def make_import_desk(qtbot, tmp_path):
    from PySide6.QtWidgets import QApplication

    from editor.app.settings import Folders
    from editor.ui.desk import Desk

    desks = []

    def make():
        desk = Desk(QApplication.instance(), Folders(tmp_path / "config", tmp_path / "state"))
        desks.append(desk)
        desk.start([])
        return desk

    yield make
    for desk in desks:
        for window in desk.windows:
            window.files.wait()
            window.buffer.document.setModified(False)
            window.close()
        desk.deleteLater()
