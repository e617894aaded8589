"""The export dialog: its form comes from the table of options, its preview is the export."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QPushButton, QTreeWidget

from editor.app.profiles import load_profiles
from editor.export.profile import OPTIONS
from editor.export.registry import export_bytes
from editor.manuscript.manuscript import Manuscript
from editor.ui.export_dialog import ExportDialog
from editor.ui.export_form import ExportForm
from editor.ui.export_job import ExportRequest, ordinals_of, preview_ordinals, run_export, take_snapshot

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


@pytest.mark.parametrize("name", sorted(load_profiles(None)))
def test_the_preview_of_a_short_text_is_the_export(qtbot, manuscript, profiles, name):
    dialog = opened(qtbot, manuscript, profiles, name)
    wanted = export_bytes(manuscript, profiles[name]).decode()
    qtbot.waitUntil(lambda: source(dialog).toPlainText() == wanted)


def test_choosing_another_format_shows_it(qtbot, manuscript, profiles):
    names = list(profiles)
    dialog = opened(qtbot, manuscript, profiles, names[0])
    box = dialog.findChild(QComboBox, "exportProfile")
    box.setCurrentIndex(len(names) - 1)
    box.activated.emit(len(names) - 1)
    wanted = export_bytes(manuscript, profiles[names[-1]]).decode()
    qtbot.waitUntil(lambda: source(dialog).toPlainText() == wanted)


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


def test_a_request_gives_the_same_bytes_as_the_formatting_core(manuscript, profiles):
    for profile in profiles.values():
        request = ExportRequest(take_snapshot(manuscript), profile)
        assert run_export(request) == export_bytes(manuscript, profile)


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
