"""The status bar: what it tells, in full where there is room and sensibly where there is not."""

import dataclasses
import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QToolButton

from editor.app.themes import Colour, load_themes
from editor.markup.model import WrapMode
from editor.ui.status_bar import MODES, StatusBar, StatusFacts, tell_saved, tell_words

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

FACTS = StatusFacts(
    scene_words=1204,
    chapter_words=14439,
    book_words=120332,
    line=4120,
    encoding="utf-8",
    eol="crlf",
    has_file=True,
)


@pytest.fixture
def bar(qtbot):
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.resize(1100, 26)
    bar.show()
    qtbot.waitExposed(bar)
    bar.show_facts(FACTS)
    return bar


def text_of(bar, name):
    return bar.findChild(QLabel, name).text()


def shown(bar):
    names = ("statusSaved", "statusLine", "statusMode", "statusEncoding", "statusLineEnds")
    return [
        name
        for name in names
        if not bar.findChild((QLabel, QToolButton)[name == "statusMode"], name).isHidden()
    ]


@pytest.mark.parametrize(
    "facts, text",
    [
        (FACTS, "Scene 1,204  ·  Chapter 14,439  ·  Book 120,332 words"),
        (
            dataclasses.replace(FACTS, selection_words=35),
            "Selection 35  ·  Scene 1,204  ·  Chapter 14,439  ·  Book 120,332 words",
        ),
        (StatusFacts(book_words=1), "Book 1 word"),
        (StatusFacts(scene_words=0), "Scene 0  ·  Book 0 words"),
    ],
)
def test_words_are_told_from_the_nearest_to_the_whole(facts, text):
    assert tell_words(facts) == text


@pytest.mark.parametrize(
    "is_modified, has_file, told",
    [
        (True, True, ("unsaved", "Unsaved changes")),
        (True, False, ("unsaved", "Unsaved changes")),
        (False, True, ("saved", "Saved")),
        (False, False, ("new", "Not saved yet")),
    ],
)
def test_whether_the_text_is_safe_is_told_by_a_shape_and_in_words(is_modified, has_file, told):
    assert tell_saved(StatusFacts(is_modified=is_modified, has_file=has_file)) == told


def test_the_bar_shows_all_facts(bar):
    assert text_of(bar, "statusWords") == "Scene 1,204  ·  Chapter 14,439  ·  Book 120,332 words"
    assert text_of(bar, "statusLine") == "Line 4,120"
    assert text_of(bar, "statusEncoding") == "UTF-8"
    assert text_of(bar, "statusLineEnds") == "CRLF"
    assert text_of(bar, "statusSaved") == "Saved"
    assert bar.findChild(QLabel, "statusWords").accessibleName().startswith("Words: Scene 1,204")
    assert len(shown(bar)) == 5


def test_the_wrap_mode_can_be_changed_from_its_menu(bar):
    asked = []
    bar.mode_requested.connect(asked.append)
    bar.show_facts(dataclasses.replace(FACTS, mode=WrapMode.WRAPPED))
    menu = bar.findChild(QMenu, "statusModeMenu")
    assert [one.isChecked() for one in menu.actions()] == [mode is WrapMode.WRAPPED for mode in MODES]
    menu.actions()[-1].trigger()
    assert asked == [WrapMode.LINES]


def test_what_was_done_is_told_with_a_button_to_take_it_back(bar, qtbot):
    undo = bar.findChild(QToolButton, "statusUndo")
    assert undo.isHidden()
    bar.show_done("Moved 2 scenes to Chapter 9")
    assert text_of(bar, "statusDone") == "Moved 2 scenes to Chapter 9"
    assert undo.isVisible()
    with qtbot.waitSignal(bar.undo_requested):
        qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert undo.isHidden()
    assert bar.findChild(QLabel, "statusDone").isHidden()


def test_in_a_narrow_window_the_lesser_pieces_go_first_and_the_words_stay(bar):
    seen = []
    for width in range(1100, 60, -20):
        bar.resize(width, 26)
        seen.append(shown(bar))
        assert bar.minimumSizeHint().width() < 400
    assert seen[0] == ["statusSaved", "statusLine", "statusMode", "statusEncoding", "statusLineEnds"]
    assert seen[-1] == []
    assert all(set(after) <= set(before) for before, after in itertools.pairwise(seen))
    assert bar.findChild(QLabel, "statusWords").isVisible()


def test_titles_are_shown_as_they_stand(bar):
    bar.show_done("Moved “<b>x</b>” to <img src='x'>")
    assert bar.findChild(QLabel, "statusDone").textFormat() == Qt.TextFormat.PlainText
    assert not bar.grab().isNull()


@pytest.mark.parametrize("theme", ["light", "dark", "sepia"])
def test_the_icon_has_the_colour_of_the_theme_that_was_just_chosen(bar, theme):
    chosen = load_themes()[theme]
    bar.set_theme(chosen)
    image = bar.findChild(QLabel, "statusSavedIcon").pixmap().toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    assert {each.name() for each in pixels if each.alpha() == 255} == {chosen.colours[Colour.WINDOW_TEXT]}


@pytest.mark.parametrize("theme", ["light", "dark", "sepia"])
def test_it_paints_in_every_theme(bar, theme):
    bar.set_theme(load_themes()[theme])
    assert not bar.findChild(QLabel, "statusSavedIcon").pixmap().isNull()


def test_every_widget_one_can_use_has_a_name(bar):
    assert bar.objectName() == "statusBar"
    for widget in (*bar.findChildren(QAbstractButton), *bar.findChildren(QMenu)):
        assert widget.objectName()
        assert widget.accessibleName()
