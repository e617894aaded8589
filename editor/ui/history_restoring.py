"""Bring an old version, or a scene of one, back into the text of a window, each as one undo step. Nothing is written to disk."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from editor.manuscript.chapter_files import FileText, split_into_files
from editor.manuscript.differences import edits_between
from editor.manuscript.edits import Position, TextEdit
from editor.manuscript.manuscript import Manuscript
from editor.ui.messages import Notice

if TYPE_CHECKING:
    from editor.manuscript.past_scenes import PastScene
    from editor.ui.main_window import MainWindow

NOTHING_TO_DO = "The text is as it was then already."


def restore_text(window: "MainWindow", name: str, files: Sequence[FileText]) -> bool:
    """Take the text of a version; of a folder, that of each file that is still there. Return whether anything changed."""
    from editor.ui.history_reading import restored_lines

    lines = window.buffer.lines()
    new = restored_lines(files, split_into_files(lines))
    missing = {file.label for file in files} - {file.label for file in split_into_files(lines)}
    if missing and None not in missing:
        names = ", ".join(sorted(str(label) for label in missing))
        text = f"Not in the folder now, so not restored: {names}. Lost scenes brings back their scenes."
        window.show_notice(Notice(text, kind="warning", topic="history"))
    is_done = window.structure.perform(lambda _manuscript: edits_between(lines, new), f"Restored {name}")
    return is_done or _tell_nothing_done(window)


def restore_scene(window: "MainWindow", scene: "PastScene", node_id: int | None) -> bool:
    """Take an earlier text of the scene with that id in its place. Return whether anything changed."""

    def compute(manuscript: Manuscript) -> list[TextEdit]:
        outline = manuscript.outline
        if node_id is None or node_id not in outline:
            return []
        first, end = outline.line_of(node_id), outline.end_line_of(node_id)
        edits = edits_between(manuscript.text.lines[first:end], scene.lines)
        return [_moved(edit, first) for edit in edits]

    return window.structure.perform(compute, f"Restored “{scene.title}”") or _tell_nothing_done(window)


def insert_past_scene(window: "MainWindow", scene: "PastScene") -> bool:
    """Put a scene that is gone behind the one at the caret. Return whether that was done."""
    from editor.manuscript.past_scenes import insert_scene

    line = window.page.caret_position().line
    return window.structure.perform(
        lambda manuscript: insert_scene(manuscript, line, scene.lines), f"Brought back “{scene.title}”"
    )


def _tell_nothing_done(window: "MainWindow") -> bool:
    window.show_notice(Notice(NOTHING_TO_DO, topic="history", timeout_ms=8000))
    return False


def _moved(edit: TextEdit, lines: int) -> TextEdit:
    start, end = edit.start, edit.end
    return TextEdit(
        Position(start.line + lines, start.column), Position(end.line + lines, end.column), edit.text
    )
