"""The export dialog: its form comes from the table of options, its preview is the export."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QTextBrowser,
    QTreeWidget,
)

from editor.app.profiles import load_profiles
from editor.export.document_options import PAGED
from editor.export.profile import OPTIONS, Profile
from editor.export.registry import export_bytes
from editor.manuscript.manuscript import Manuscript
from editor.markup.model import WrapMode
from editor.ui.export_dialog import ExportDialog
from editor.ui.export_form import ExportForm
from editor.ui.export_job import (
    ExportRequest,
    ordinals_of,
    preview_ordinals,
    preview_profile,
    run_export,
    take_snapshot,
)
from editor.ui.page_job import run_pages
from editor.ui.page_sheets import PageSheets
from editor.ui.pdf import RENDERERS
from tests.ui.painted_pages import picture_of

TEXT = """/Chapter One/

"The *gate* was open."

* * *

It closed.

/Chapter Two/

Rain.

* * *

More rain.
"""


@pytest.fixture
def manuscript():
    return Manuscript(TEXT.split("\n"))


@pytest.fixture
def profiles():
    return load_profiles(None)


def opened(qtbot, manuscript, profiles, name, chosen=None):
    dialog = ExportDialog(manuscript, profiles, profiles[name], chosen)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def source(dialog):
    return dialog.findChild(QPlainTextEdit, "previewSource")


def test_the_form_has_a_named_field_for_each_option(qtbot):
    form = ExportForm()
    qtbot.addWidget(form)
    fields = {option.name: form.findChild(object, f"option_{option.name}") for option in OPTIONS}
    assert None not in fields.values()
    assert all(field.accessibleName() for field in fields.values())


@pytest.mark.parametrize("name", sorted(load_profiles(None)))
def test_showing_a_profile_changes_nothing_in_it(qtbot, profiles, name):
    form = ExportForm()
    qtbot.addWidget(form)
    form.set_profile(profiles[name])
    assert form.profile == profiles[name]


def test_a_switch_changes_the_profile(qtbot, profiles):
    form = ExportForm()
    qtbot.addWidget(form)
    form.set_profile(next(iter(profiles.values())))
    box = form.findChild(QCheckBox, "option_include_title")
    with qtbot.waitSignal(form.profile_changed) as told:
        box.toggle()
    assert told.args[0].include_title is box.isChecked()


def test_only_options_that_matter_to_the_format_are_shown(qtbot, profiles):
    form = ExportForm()
    qtbot.addWidget(form)
    form.show()
    profile = next(profile for profile in profiles.values() if profile.renderer == "html")
    form.set_profile(profile)
    assert not form.findChild(object, "option_wrap_width").isVisible()
    form.set_profile(profile.with_options({"renderer": "text"}))
    assert form.findChild(object, "option_wrap_width").isVisible()


WITHOUT_PAGES = sorted(name for name, each in load_profiles(None).items() if each.renderer not in PAGED)
WITH_PAGES = sorted(set(load_profiles(None)) - set(WITHOUT_PAGES))


@pytest.mark.parametrize("name", WITHOUT_PAGES)
def test_the_preview_of_a_short_text_is_the_export(qtbot, manuscript, profiles, name):
    dialog = opened(qtbot, manuscript, profiles, name)
    wanted = export_bytes(manuscript, preview_profile(profiles[name])).decode()
    qtbot.waitUntil(lambda: source(dialog).toPlainText() == wanted)


@pytest.mark.parametrize("name", WITH_PAGES)
def test_what_has_pages_is_shown_as_the_pages_of_the_same_pdf(qtbot, manuscript, profiles, name):
    dialog = opened(qtbot, manuscript, profiles, name)
    sheets = pages_shown(qtbot, dialog)
    pages = sheets.pages
    request = dialog.request()
    wanted = run_pages(replace(request, profile=replace(profiles[name], renderer="pdf")))
    assert (pages.count, pages.size) == (wanted.count, wanted.size)
    last = pages.count - 1
    assert picture_of(pages, last, 300, 400) == picture_of(wanted, last, 300, 400)
    assert "break lines" in note(dialog) or profiles[name].renderer == "pdf"


def test_a_choice_changes_the_pages(qtbot, manuscript, profiles):
    dialog = opened(qtbot, manuscript, profiles, "pdf-book")
    sheets = pages_shown(qtbot, dialog)
    assert sheets.pages.count == 2
    dialog.findChild(QCheckBox, "option_chapter_pages").setChecked(False)
    qtbot.waitUntil(lambda: sheets.pages.count == 1)


def test_pages_and_text_take_turns(qtbot, manuscript, profiles):
    dialog = opened(qtbot, manuscript, profiles, "pdf-book")
    pages_shown(qtbot, dialog)
    tabs = dialog.findChild(QTabWidget, "previewTabs")
    assert [tabs.isTabVisible(index) for index in range(3)] == [False, False, True]
    choose(dialog, "web-page")
    qtbot.waitUntil(lambda: source(dialog).toPlainText() != "")
    assert [tabs.isTabVisible(index) for index in range(3)] == [True, True, False]
    choose(dialog, "pdf-manuscript")
    qtbot.waitUntil(lambda: pages_shown(qtbot, dialog).pages.size.width() == 612)
    assert [tabs.isTabVisible(index) for index in range(3)] == [False, False, True]


def test_with_nothing_ticked_there_are_no_pages(qtbot, manuscript, profiles):
    dialog = opened(qtbot, manuscript, profiles, "pdf-book")
    sheets = pages_shown(qtbot, dialog)
    dialog.findChild(QCheckBox, "exportWhole").setChecked(False)
    tree = dialog.findChild(QTreeWidget, "exportScopeTree")
    for index in range(tree.topLevelItemCount()):
        tree.topLevelItem(index).setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: sheets.pages is None)
    assert "Nothing is ticked" in note(dialog)


def choose(dialog, name):
    box = dialog.findChild(QComboBox, "exportProfile")
    box.setCurrentIndex(box.findData(name))
    box.activated.emit(box.currentIndex())


def note(dialog):
    return dialog.findChild(QLabel, "previewNote").text()


def pages_shown(qtbot, dialog):
    sheets = dialog.findChild(PageSheets)
    qtbot.waitUntil(lambda: sheets.pages is not None)
    return sheets


def test_choosing_another_format_shows_it(qtbot, manuscript, profiles):
    names = WITHOUT_PAGES
    dialog = opened(qtbot, manuscript, profiles, names[0])
    choose(dialog, names[-1])
    wanted = export_bytes(manuscript, preview_profile(profiles[names[-1]])).decode()
    qtbot.waitUntil(lambda: source(dialog).toPlainText() == wanted)


def test_formats_stand_under_headings_that_cannot_be_chosen(qtbot, manuscript, profiles):
    own = Profile("mine", title="For my aunt")
    dialog = opened(qtbot, manuscript, {**profiles, "mine": own}, "mine")
    box = dialog.findChild(QComboBox, "exportProfile")
    assert box.currentText() == "For my aunt"
    headings = [row for row in range(box.count()) if box.itemData(row) is None]
    assert headings
    assert box.itemText(headings[-1]) == "Your own"
    assert not any(box.model().flags(box.model().index(row, 0)) for row in headings)
    box.setCurrentIndex(headings[-1] + 1)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert box.currentData() is not None


def test_ticking_one_chapter_exports_that_chapter(qtbot, manuscript, profiles):
    dialog = opened(
        qtbot, manuscript, profiles, "plain-text" if "plain-text" in profiles else next(iter(profiles))
    )
    dialog.findChild(QCheckBox, "exportWhole").setChecked(False)
    tree = dialog.findChild(QTreeWidget, "exportScopeTree")
    tree.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
    text = run_export(dialog.request()).decode()
    assert "Rain" in text
    assert "closed" not in text


def test_the_chosen_rows_are_ticked_when_the_dialog_opens(qtbot, manuscript, profiles):
    scene = next(iter(manuscript.outline.walk())).children[1]
    dialog = opened(qtbot, manuscript, profiles, next(iter(profiles)), [scene.id])
    assert dialog.request().ordinals == ordinals_of(manuscript.outline, [scene.id])
    assert "It closed." in run_export(dialog.request()).decode()


def test_a_request_gives_the_same_bytes_as_the_formatting_core(manuscript, profiles, qapp):
    for profile in profiles.values():
        request = ExportRequest(take_snapshot(manuscript), profile)
        assert run_export(request) == export_bytes(manuscript, profile, renderers=RENDERERS)


def test_a_long_preview_stops_at_a_scene_and_says_so():
    lines = []
    for number in range(1, 30):
        lines += [f"Chapter {number}", "", "word " * 500, "", "* * *", "", "more " * 500, ""]
    manuscript = Manuscript(lines)
    shown, is_shortened = preview_ordinals(manuscript.outline, None)
    assert is_shortened
    nodes = list(manuscript.outline.walk())
    assert 4000 <= sum(nodes[place].words for place in shown) <= 5000


def test_with_nothing_ticked_nothing_can_be_exported(qtbot, manuscript, profiles):
    dialog = opened(qtbot, manuscript, profiles, next(iter(profiles)))
    dialog.findChild(QCheckBox, "exportWhole").setChecked(False)
    tree = dialog.findChild(QTreeWidget, "exportScopeTree")
    for index in range(tree.topLevelItemCount()):
        tree.topLevelItem(index).setCheckState(0, Qt.CheckState.Unchecked)
    save = dialog.findChild(QPushButton, "exportSave")
    qtbot.waitUntil(lambda: not save.isEnabled())
    tree.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(save.isEnabled)


FOLDER = """\
\rone.txt
Chapter One

Rain.
\rnight-watch.txt
Nobody slept.

* * *

Still nobody.
\rthree.txt
Chapter Three

Sun.

Chapter Four

Snow.
\rcuts.txt
Gone.
"""


@pytest.fixture
def folder():
    return Manuscript(FOLDER.split("\n"))


def titles_in(item):
    return [item.text(0), *(text for row in range(item.childCount()) for text in titles_in(item.child(row)))]


def test_the_scope_of_a_folder_has_the_rows_of_the_outline_without_the_cuts(qtbot, folder, profiles):
    tree = opened(qtbot, folder, profiles, "plain-text").findChild(QTreeWidget, "exportScopeTree")
    tops = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    assert [title for top in tops for title in titles_in(top)] == [
        "Chapter One",
        "Rain.",
        "night-watch",
        "Nobody slept.",
        "Still nobody.",
        "three.txt",
        "Chapter Three",
        "Sun.",
        "Chapter Four",
        "Snow.",
    ]


def test_unticking_a_chapter_file_leaves_it_out(qtbot, folder, profiles):
    dialog = opened(qtbot, folder, profiles, "plain-text")
    dialog.findChild(QCheckBox, "exportWhole").setChecked(False)
    tree = dialog.findChild(QTreeWidget, "exportScopeTree")
    assert run_export(dialog.request()) == export_bytes(folder, profiles["plain-text"])
    tree.topLevelItem(1).setCheckState(0, Qt.CheckState.Unchecked)
    tree.topLevelItem(2).child(0).setCheckState(0, Qt.CheckState.Unchecked)
    text = run_export(dialog.request()).decode()
    assert "Rain" in text
    assert "Snow" in text
    assert "slept" not in text
    assert "Sun" not in text


def test_a_chapter_that_its_file_stands_for_is_ticked_by_its_own_id_or_the_file_s(qtbot, folder, profiles):
    file = folder.outline.files[1]
    for chosen in (file.id, file.children[0].id):
        dialog = opened(qtbot, folder, profiles, "plain-text", [chosen])
        text = run_export(dialog.request()).decode()
        assert "Still nobody" in text
        assert "Rain" not in text


def test_of_nothing_but_cuts_nothing_is_ticked(qtbot, folder, profiles):
    dialog = opened(qtbot, folder, profiles, "plain-text", [folder.outline.cuts.id])
    assert not dialog.findChild(QPushButton, "exportSave").isEnabled()


def test_each_file_is_read_by_its_own_rules_in_the_copy(folder):
    lines = ["\rwrapped.txt", "A line", "goes on", "\rlines.txt", "One.", "Two."]
    modes = {"wrapped.txt": WrapMode.WRAPPED, "lines.txt": WrapMode.LINES}
    manuscript = Manuscript(lines, modes=modes)
    assert dict(take_snapshot(manuscript).modes) == modes
    profile = load_profiles(None)["plain-text"]
    assert run_export(ExportRequest(take_snapshot(manuscript), profile)) == export_bytes(manuscript, profile)


def test_a_file_that_is_no_text_is_shown_as_a_page_and_has_no_source_to_copy(qtbot, manuscript, profiles):
    dialog = opened(qtbot, manuscript, profiles, "e-book")
    qtbot.waitUntil(lambda: "The gate was open." in page(dialog).toPlainText().replace("”", ""))
    assert not dialog.findChild(QPushButton, "exportCopySource").isVisible()
    tabs = dialog.findChild(QTabWidget, "previewTabs")
    assert [tabs.isTabVisible(index) for index in range(2)] == [True, False]
    assert "not how its pages look" in dialog.findChild(QLabel, "previewNote").text()
    assert run_export(dialog.request()).startswith(b"PK")


def page(dialog):
    return dialog.findChild(QTextBrowser, "previewPage")
