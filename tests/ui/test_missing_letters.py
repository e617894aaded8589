"""Characters that no font has get a box, and are told of."""

import pytest
from PySide6.QtWidgets import QLabel

from editor.cli.main import main
from editor.export.assemble import assemble_book
from editor.export.document_content import compose_document
from editor.export.profile import Profile
from editor.manuscript.manuscript import Manuscript
from editor.ui.export_job import ExportRequest, take_snapshot
from editor.ui.missing_letters import find_missing, tell_missing, with_boxes
from editor.ui.page_preview import PagePreview
from editor.ui.page_setting import SetPages

NOBODY_HAS = "\U0010fff0"  # for private use: a font may have it, but none does
PDF = Profile("pages", renderer="pdf")


def document(text):
    return compose_document(assemble_book(Manuscript(text.split("\n")), PDF), PDF)


def test_what_a_font_has_and_what_is_not_seen_is_not_missing(qapp):
    assert find_missing(["Plain é — “x” \u200d\ufe0f\u00ad\u200f\u00a0", "Žluť"], "Times New Roman") == ""
    assert find_missing(["a" + NOBODY_HAS, NOBODY_HAS], "Times New Roman") == NOBODY_HAS


def test_a_box_stands_for_what_is_missing_and_all_else_stays(qapp):
    boxed, missing = with_boxes(document(f"One *so {NOBODY_HAS} so* two.\n\nThree."))
    assert missing == NOBODY_HAS
    text = ["".join(run.text for run in each.runs) for each in boxed.paragraphs]
    assert len(text[0]) == len("One so ? so two.")
    assert text[0][7] in "□\ufffd?"
    assert text[1] == "Three."
    assert any(run.is_emphasised for run in boxed.paragraphs[0].runs)


def test_a_document_that_fonts_have_is_left_as_it_is(qapp):
    plain = document("One *and* two.")
    assert with_boxes(plain) == (plain, "")


@pytest.mark.parametrize(
    ("missing", "words"),
    [("", ""), ("漢", "has 漢: in its place"), ("漢" * 12, "漢 漢 and 4 more characters: in their places")],
)
def test_what_is_missing_is_told_in_a_sentence(missing, words):
    assert words in tell_missing(missing)
    assert bool(tell_missing(missing)) == bool(missing)


def test_pages_say_what_is_missing_and_the_preview_tells_it(qtbot):
    manuscript = Manuscript([f"One {NOBODY_HAS} two."])
    assert SetPages(document(manuscript.text.lines[0])).missing == NOBODY_HAS
    preview = PagePreview()
    qtbot.addWidget(preview)
    preview.show()
    told = preview.findChild(QLabel, "pageMissing")
    with qtbot.waitSignal(preview.pages_set, timeout=20_000):
        preview.show_export(ExportRequest(take_snapshot(manuscript), PDF))
    assert told.isVisible()
    assert "No font on this computer has" in told.text()
    with qtbot.waitSignal(preview.pages_set, timeout=20_000):
        preview.show_export(ExportRequest(take_snapshot(Manuscript(["One."])), PDF))
    assert not told.isVisible()


def test_the_command_line_tells_what_is_missing_and_makes_the_file(qapp, tmp_path, capsys):
    source, target = tmp_path / "a.txt", tmp_path / "a.pdf"
    source.write_text(f"One {NOBODY_HAS} two.\n\n[[private \U0010fff1]]\n", encoding="utf-8")
    assert main(["export", str(source), "--to", "pdf-book", "-o", str(target)]) == 0
    told = capsys.readouterr().err
    assert NOBODY_HAS in told
    assert "\U0010fff1" not in told
    assert target.read_bytes().startswith(b"%PDF")
