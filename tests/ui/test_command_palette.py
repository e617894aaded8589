"""Choosing by typing a few letters."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTreeWidget

from editor.ui.command_palette import Choice, CommandPalette, rank_choice

CHOICES = [
    Choice("save", "Save"),
    Choice("save_as", "Save as"),
    Choice("merge", "Merge with the next scene", ""),
]


def shown(palette):
    listing = palette.findChild(QTreeWidget)
    return [listing.topLevelItem(row).text(0) for row in range(listing.topLevelItemCount())]


def test_letters_in_a_row_fit_better_than_letters_apart():
    assert rank_choice("save", "Save as") < rank_choice("mns", "Merge with the next scene")
    assert rank_choice("xyz", "Save") is None


def test_only_what_fits_is_shown(qtbot):
    palette = CommandPalette("Command", CHOICES)
    qtbot.addWidget(palette)
    QTest.keyClicks(palette.findChild(QLineEdit), "next")
    assert shown(palette) == ["Merge with the next scene"]


def test_arrows_and_enter_choose_a_row(qtbot):
    palette = CommandPalette("Command", CHOICES)
    qtbot.addWidget(palette)
    palette.show()
    field = palette.findChild(QLineEdit)
    QTest.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.chosen) as told:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.args == ["save_as"]


def test_a_title_is_shown_as_it_is(qtbot):
    palette = CommandPalette("Scene", [Choice("1", "<img src=x> & <b>bold</b>")])
    qtbot.addWidget(palette)
    assert shown(palette) == ["<img src=x> & <b>bold</b>"]
