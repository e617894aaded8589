"""Post chapter by chapter, mend a chapter later, and see which places still show the old text."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMenu,
    QMessageBox,
    QPushButton,
    QTreeWidget,
)

from editor.manuscript.posted_chapters import How, State
from editor.storage.posted import PostedFile
from editor.ui.outline_model import Role
from editor.ui.posted_dialog import PostedDialog
from tests.journeys.conftest import opened
from tests.journeys.test_exporting import export_from_menu
from tests.journeys.test_writing import trigger

BOOK = "## One\n\nRain.\n\n## Two\n\nIce.\n\n## Three\n\nSnow.\n"
NEW, SAME, CHANGED = State.NEW, State.SAME, State.CHANGED


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.txt"
    path.write_text(BOOK)
    return path


@pytest.fixture
def window(make_desk, book, qtbot):
    return opened(make_desk(book), qtbot)


def marks(window):
    """What the outline shows of each chapter; None where it is as posted."""
    outline = window.outline.model.outline
    return [window.outline.model.index_of(node.id).data(Role.POSTED) for node in outline.chapters()]


def states(window, target="ao3"):
    return [each.state for each in window.posted.states(target)]


def export(window, qtbot, folder, target="ao3"):
    before = window.posted.posted.targets.get(target)
    export_from_menu(window, qtbot, target, folder)
    qtbot.waitUntil(lambda: window.posted.posted.targets.get(target) != before, timeout=10_000)


def show(window, qtbot, target="ao3"):
    window.posted.show_target(target, is_shown=True)
    qtbot.waitUntil(lambda: target in window.posted.posted.shown)


def insert(window, before, text):
    """Write `text` before the first place where `before` stands."""
    page = window.page
    cursor = window.buffer.document.find(before)
    assert not cursor.isNull()
    cursor.setPosition(cursor.selectionStart())
    page.setTextCursor(cursor)
    page.insertPlainText(text)


def test_a_mended_chapter_is_marked_and_undo_takes_the_mark_away(window, qtbot, tmp_path):
    export(window, qtbot, tmp_path / "out")
    show(window, qtbot)
    assert marks(window) == [None, None, None]
    insert(window, "Ice.", "Black ")
    qtbot.waitUntil(lambda: marks(window) == [None, CHANGED, None])
    window.pages.undo()
    qtbot.waitUntil(lambda: marks(window) == [None, None, None])


def test_the_outline_tells_in_words_what_a_mark_means(window, qtbot, tmp_path):
    export(window, qtbot, tmp_path / "out")
    show(window, qtbot)
    insert(window, "Ice.", "Black ")
    qtbot.waitUntil(lambda: CHANGED in marks(window))
    second = list(window.outline.model.outline.chapters())[1]
    index = window.outline.model.index_of(second.id)
    words = "Changed since it was posted to Archive of Our Own on "
    assert words in index.data(Qt.ItemDataRole.ToolTipRole)
    assert words in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_private_note_is_no_change(window, qtbot, tmp_path):
    export(window, qtbot, tmp_path / "out")
    show(window, qtbot)
    insert(window, "Ice.", "[[colder?]] ")
    insert(window, "Snow.", "More ")
    qtbot.waitUntil(lambda: marks(window) == [None, None, CHANGED])


def test_nothing_is_marked_unless_it_is_asked_for(window, qtbot, tmp_path):
    export(window, qtbot, tmp_path / "out")
    insert(window, "Ice.", "Black ")
    qtbot.wait(500)
    assert marks(window) == [None, None, None]
    assert states(window) == [SAME, CHANGED, SAME]


def test_copying_chapter_by_chapter_posts_each_chapter_that_was_copied(window, qtbot, tmp_path):
    export(window, qtbot, tmp_path / "out")
    show(window, qtbot)
    insert(window, "Rain.", "More ")
    insert(window, "Ice.", "Black ")
    qtbot.waitUntil(lambda: marks(window) == [CHANGED, CHANGED, None])
    trigger(window, "copy_next_chapter")
    qtbot.waitUntil(lambda: marks(window) == [None, CHANGED, None])
    trigger(window, "copy_next_chapter")
    qtbot.waitUntil(lambda: marks(window) == [None, None, None])
    assert [each.how for each in window.posted.posted.targets["ao3"]] == [How.COPY, How.COPY, How.FILE]


def test_what_was_exported_counts_and_not_what_was_written_meanwhile(window, qtbot, tmp_path):
    dialog = window.exports.open_dialog()
    insert(window, "Ice.", "Black ")
    window.exports.copies.copy_from_dialog(dialog.request())
    target = dialog.request().profile.name
    dialog.reject()
    qtbot.waitUntil(lambda: target in window.posted.posted.targets)
    assert states(window, target) == [SAME, CHANGED, SAME]


def test_moving_chapters_makes_nothing_stale(window, qtbot, tmp_path):
    export(window, qtbot, tmp_path / "out")
    show(window, qtbot)
    first = next(window.outline.model.outline.chapters())
    window.structure.move_down([first.id])
    qtbot.wait(500)
    assert [node.title for node in window.outline.model.outline.chapters()] == ["Two", "One", "Three"]
    assert marks(window) == [None, None, None]


def test_it_is_remembered_from_one_start_to_the_next(make_desk, book, qtbot, tmp_path):
    window = opened(make_desk(book), qtbot)
    export(window, qtbot, tmp_path / "out")
    show(window, qtbot)
    window.close()
    book.write_text(BOOK.replace("Snow.", "Snow!"))
    again = opened(make_desk(book), qtbot)
    qtbot.waitUntil(lambda: marks(again) == [None, None, CHANGED])


def test_a_text_without_a_file_is_remembered_and_what_was_posted_goes_along_when_it_has_one(
    make_desk, folders, qtbot, tmp_path
):
    window = opened(make_desk(), qtbot)
    window.buffer.document.setPlainText(BOOK)
    export(window, qtbot, tmp_path / "out")
    assert not folders.posted.exists()
    for name in ("new.txt", "later.txt"):
        window.files._ask = lambda name=name: str(tmp_path / name)
        trigger(window, "save_as")
        found = PostedFile(folders.posted, tmp_path / name)
        qtbot.waitUntil(lambda found=found: "ao3" in found.read().targets)
    assert states(window) == [SAME] * 3
    assert "ao3" in PostedFile(folders.posted, tmp_path / "new.txt").read().targets


def test_a_copy_that_is_saved_elsewhere_takes_nothing_along(window, folders, qtbot, tmp_path):
    export(window, qtbot, tmp_path / "out")
    window.files._ask = lambda: str(tmp_path / "copy.txt")
    trigger(window, "save_copy")
    qtbot.wait(200)
    assert not PostedFile(folders.posted, tmp_path / "copy.txt").read().targets


def test_another_program_that_notes_something_is_heard(window, qtbot, book, tmp_path, folders):
    chapters = window.posted._chapters_now()
    other = PostedFile(folders.posted, book)
    ids = [each.id for each in chapters]
    other.change(lambda was: was.with_chapters("mail", chapters, ids, "2026-11-03T10:00:00Z", How.FILE))
    window.store.look()
    qtbot.waitUntil(lambda: "mail" in window.posted.posted.targets)
    export(window, qtbot, tmp_path / "out")
    assert set(other.read().targets) == {"mail", "ao3"}


def test_a_broken_file_is_told_once_and_set_aside(make_desk, book, folders, qtbot):
    file = PostedFile(folders.posted, book)
    folders.posted.mkdir(parents=True)
    file.path.write_bytes(b"{broken")
    window = opened(make_desk(book), qtbot)
    qtbot.waitUntil(lambda: "cannot be read" in window.message_bar.text())
    assert file.path.with_name(f"{file.path.name}.broken").read_bytes() == b"{broken"


def test_an_export_is_written_though_nothing_can_be_noted(window, folders, qtbot, tmp_path):
    folders.posted.write_text("in the way")
    export_from_menu(window, qtbot, "ao3", tmp_path / "out")
    qtbot.waitUntil(lambda: "not noted" in window.message_bar.text())
    assert list((tmp_path / "out").iterdir())


def test_the_menu_of_a_chapter_marks_it_as_posted(window, qtbot, tmp_path):
    export(window, qtbot, tmp_path / "out")
    show(window, qtbot)
    insert(window, "Ice.", "Black ")
    qtbot.waitUntil(lambda: CHANGED in marks(window))
    outline = window.outline.model.outline
    second = list(outline.chapters())[1]
    menu = window.outline.menu.build(outline, [second.id], window.outline.view)
    entries = menu.findChild(QMenu, "markPostedMenu").actions()
    assert [entry.text() for entry in entries] == ["Archive of Our Own"]
    entries[0].trigger()
    qtbot.waitUntil(lambda: marks(window) == [None, None, None])


def test_the_export_dialog_ticks_only_what_has_changed(window, qtbot, tmp_path):
    export(window, qtbot, tmp_path / "out")
    insert(window, "Ice.", "Black ")
    insert(window, "## Three", "## Two and a half\n\nHail.\n\n")
    dialog = window.exports.open_dialog()
    assert dialog.request().profile.name == "ao3"
    dialog.findChild(QPushButton, "exportOnlyChanged").click()
    manuscript = window.buffer.manuscript
    titles = [manuscript.outline.node(one).title for one in dialog.chosen_ids()]
    assert {"Two", "Two and a half"} <= set(titles)
    assert not {"One", "Three"} & set(titles)
    dialog.reject()


def test_the_export_dialog_says_why_there_is_nothing_to_tick(window, qtbot, tmp_path):
    dialog = window.exports.open_dialog()
    button = dialog.findChild(QPushButton, "exportOnlyChanged")
    assert not button.isEnabled()
    assert "Nothing was posted" in dialog.findChild(QLabel, "exportOnlyChangedWhy").text()
    dialog.reject()
    export(window, qtbot, tmp_path / "out")
    dialog = window.exports.open_dialog()
    assert not dialog.findChild(QPushButton, "exportOnlyChanged").isEnabled()
    assert "as they were posted" in dialog.findChild(QLabel, "exportOnlyChangedWhy").text()
    dialog.reject()


def posted_dialog(window):
    trigger(window, "posted")
    return window.findChild(PostedDialog)


def texts(tree):
    return [
        [tree.topLevelItem(row).text(column) for column in range(tree.columnCount())]
        for row in range(tree.topLevelItemCount())
    ]


def test_the_dialog_counts_shows_marks_and_forgets(window, qtbot, tmp_path):
    export(window, qtbot, tmp_path / "out")
    insert(window, "Ice.", "Black ")
    dialog = posted_dialog(window)
    targets, chapters = (dialog.findChild(QTreeWidget, name) for name in ("postedTargets", "postedChapters"))
    assert [row[:4] for row in texts(targets)] == [["Archive of Our Own", "2", "1", "0"]]
    assert [row[1] for row in texts(chapters)] == ["As posted", "Changed since", "As posted"]
    targets.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: marks(window) == [None, CHANGED, None])
    chapters.topLevelItem(1).setSelected(True)
    dialog.findChild(QPushButton, "postedMark").click()
    qtbot.waitUntil(lambda: marks(window) == [None, None, None])
    assert [row[1] for row in texts(chapters)] == ["As posted"] * 3
    window.posted.forget("ao3")
    qtbot.waitUntil(lambda: not texts(targets))
    assert [row[1] for row in texts(chapters)] == ["Not posted yet"] * 3
    dialog.accept()


def test_what_was_posted_before_dinkus_knew_is_marked_in_the_dialog(window, qtbot):
    dialog = posted_dialog(window)
    dialog._box.setCurrentIndex(dialog._box.findData("royal-road"))
    dialog._box.activated.emit(dialog._box.currentIndex())
    dialog.findChild(QPushButton, "postedMark").click()
    qtbot.waitUntil(lambda: "royal-road" in window.posted.posted.targets)
    assert states(window, "royal-road") == [SAME] * 3
    dialog.accept()


def test_forgetting_is_asked_for(window, qtbot, tmp_path):
    export(window, qtbot, tmp_path / "out")
    dialog = posted_dialog(window)

    def answer(button):
        def press():
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox):
                box.button(button).click()

        return press

    QTimer.singleShot(100, answer(QMessageBox.StandardButton.No))
    dialog.findChild(QPushButton, "postedForget").click()
    assert "ao3" in window.posted.posted.targets
    QTimer.singleShot(100, answer(QMessageBox.StandardButton.Yes))
    dialog.findChild(QPushButton, "postedForget").click()
    qtbot.waitUntil(lambda: "ao3" not in window.posted.posted.targets)
    dialog.accept()


def test_a_folder_of_chapter_files_marks_the_rows_of_its_files(make_desk, qtbot, tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "01 one.txt").write_text("Rain.\n")
    (folder / "02 two.txt").write_text("# Two\n\nIce.\n")
    window = opened(make_desk(folder), qtbot)
    export(window, qtbot, tmp_path / "out")
    show(window, qtbot)
    insert(window, "Rain.", "More ")
    model = window.outline.model
    qtbot.waitUntil(lambda: [model.index(row).data(Role.POSTED) for row in range(2)] == [CHANGED, None])
