"""The gauge of an export: how long, how many words, what changes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar

from editor.app.profiles import load_profiles
from editor.export.check import Check
from editor.manuscript.manuscript import Manuscript
from editor.ui.export_dialog import ExportDialog
from editor.ui.export_gauge import STEPS, ExportGauge
from editor.ui.export_job import ExportRequest, take_snapshot


def gauge(qtbot):
    made = ExportGauge()
    qtbot.addWidget(made)
    made.show()
    return made


def words_of(widget, name="exportFigures"):
    return widget.findChild(QLabel, name).text()


def test_the_bar_fills_up_to_the_limit(qtbot):
    made = gauge(qtbot)
    made.show_check(Check((("x", 250),), 40, 500, "ao3", ("1 heading is left out.",)))
    assert made.findChild(QProgressBar).value() == STEPS // 2
    assert words_of(made) == "250 of 500 characters; 40 words by AO3's count."
    assert words_of(made, "exportNotes") == "1 heading is left out."


def test_what_is_too_long_is_told_in_words_too(qtbot):
    made = gauge(qtbot)
    made.show_check(Check((("x", 501),), 40, 500, "dinkus", ()))
    assert words_of(made) == "⚠ 501 of 500 characters; 40 words. Too long."
    assert made.findChild(QProgressBar).value() == STEPS


def test_without_a_limit_there_is_no_bar(qtbot):
    made = gauge(qtbot)
    made.show_check(Check((("x", 250),), 1, 0, "dinkus", ()))
    assert not made.findChild(QProgressBar).isVisible()
    assert not made.findChild(QLabel, "exportNotes").isVisible()
    assert words_of(made) == "250 characters; 1 word."


def test_a_title_is_plain_text(qtbot):
    made = gauge(qtbot)
    assert {label.textFormat() for label in made.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


def test_an_export_is_counted_in_the_background(qtbot):
    made = gauge(qtbot)
    manuscript = Manuscript(["It's rain.", ""])
    made.check(ExportRequest(take_snapshot(manuscript), load_profiles(None)["ao3"]))
    qtbot.waitUntil(lambda: words_of(made) == "18 of 510,000 characters; 2 words by AO3's count.")
    made.clear()
    assert words_of(made) == ""


def test_the_dialog_shows_it_for_the_format_that_is_chosen(qtbot):
    profiles = load_profiles(None)
    dialog = ExportDialog(Manuscript(["Rain.", ""]), profiles, profiles["ao3"])
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: " of 510,000 characters" in words_of(dialog))


def test_a_title_that_is_refused_is_told_and_marked(qtbot):
    gauge = ExportGauge()
    qtbot.addWidget(gauge)
    text = ["Title: " + "x" * 300, "Author: M", "", "Rain.", ""]
    gauge.check(ExportRequest(take_snapshot(Manuscript(text)), load_profiles(None)["ao3"]))
    notes = gauge.findChild(QLabel, "exportNotes")
    qtbot.waitUntil(lambda: "The title has 300 characters; 255 are allowed." in notes.text())
    assert gauge.findChild(QLabel, "exportFigures").text().startswith("⚠ ")
