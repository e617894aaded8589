"""Asking for a folder: the same for one that is there and one that is not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QPushButton

from editor.ui.folder_question import EMPTY, NEW, NO_FOLDER, NO_PARENT, THERE, UNKNOWN, FolderQuestion


@pytest.fixture
def ask(qtbot, tmp_path):
    def ask(suggestion, chosen=""):
        asked = []
        dialog = FolderQuestion(
            "Export", str(suggestion), browse=lambda _parent, start: asked.append(start) or str(chosen)
        )
        dialog.asked = asked
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return ask


def told(dialog):
    return dialog.findChild(QLabel, "folderTold").text()


def save(dialog):
    return dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)


def test_a_folder_that_is_not_there_yet_can_be_taken(ask, tmp_path):
    dialog = ask(tmp_path / "site")
    assert told(dialog) == NEW
    QTest.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.folder() == str(tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_folder_that_is_there_can_be_taken_itself(ask, tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    dialog = ask(folder)
    assert told(dialog) == EMPTY
    (folder / "index.html").write_bytes(b"")
    dialog = ask(folder)
    assert told(dialog) == THERE
    QTest.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.folder() == str(folder)


def test_what_can_be_no_folder_cannot_be_taken(ask, tmp_path):
    file = tmp_path / "book.txt"
    file.write_bytes(b"Rain.")
    dialog = ask(file)
    for text, words in ((str(file), NO_FOLDER), (str(tmp_path / "a" / "b"), NO_PARENT), ("  ", UNKNOWN)):
        dialog.findChild(QLineEdit).setText(text)
        assert (told(dialog), save(dialog).isEnabled()) == (words, False)
    QTest.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_a_name_alone_is_beside_the_suggestion(ask, tmp_path):
    dialog = ask(tmp_path / "site")
    dialog.findChild(QLineEdit).setText("serial")
    assert dialog.folder() == str(tmp_path / "serial")


def test_a_folder_can_be_chosen_among_those_that_are_there(ask, tmp_path):
    (tmp_path / "there").mkdir()
    dialog = ask(tmp_path / "site", chosen=tmp_path / "there")
    dialog.findChild(QPushButton, "folderBrowse").click()
    assert dialog.asked == [str(tmp_path)]
    assert dialog.folder() == str(tmp_path / "there")


def test_choosing_none_keeps_what_was_there(ask, tmp_path):
    dialog = ask(tmp_path / "site")
    dialog.findChild(QPushButton, "folderBrowse").click()
    assert dialog.folder() == str(tmp_path / "site")


def test_escape_takes_none(ask, tmp_path):
    dialog = ask(tmp_path / "site")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected
