"""Commands on the chapter files of a folder: new, split, join, rename, remove, and scenes taken out to the cuts.

Each is one edit of the buffer, so Ctrl+Z takes it back; the files on disk follow when the writer saves.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QWidget

from editor.errors import InputError
from editor.manuscript import chapter_files, moves, scenes
from editor.manuscript.edits import Position
from editor.manuscript.file_names import checked_name, suggested_name
from editor.manuscript.outline import Node, Outline
from editor.markup.model import Level
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.folder_controller import FolderController
from editor.ui.manuscript_editor import ManuscriptEditor
from editor.ui.read_only import READ_ONLY
from editor.ui.structure_controller import Compute, StructureController, describe

NO_FOLDER = "This manuscript is one file. Open a folder (File, Open folder) to have a file for each chapter, and one for cuts."


def ask_file_name(parent: QWidget | None, question: str, suggestion: str) -> str | None:
    """Ask for a file name; None if the writer would rather not."""
    text, is_given = QInputDialog.getText(parent, "Chapter file", question, text=suggestion)
    return text if is_given else None


class ChapterFileController(QObject):
    """Chapter files of one window."""

    refused = Signal(str)  # why it was not done

    def __init__(
        self,
        buffer: ManuscriptBuffer,
        structure: StructureController,
        folder: FolderController,
        page: Callable[[], ManuscriptEditor],
        window: QWidget,
        *,
        ask_name: Callable[[QWidget | None, str, str], str | None] = ask_file_name,
    ) -> None:
        """`page` gives the page that has the caret, `ask_name` asks for a name (tests answer by themselves)."""
        super().__init__(window)
        self._buffer, self._structure, self._folder = buffer, structure, folder
        self._page, self._window = page, window
        self.ask_name = ask_name

    @property
    def outline(self) -> Outline:
        return self._buffer.manuscript.outline

    def make(self, file_id: int | None = None) -> bool:
        """Ask for a name and make an empty file behind a file, or behind that with the caret."""
        file = self._file(file_id)
        if file is None:
            return False
        name = self._name("The name of the new chapter file:", suggested_name("New chapter", self._labels()))
        if not name:
            return False
        if not self._structure.perform(
            lambda manuscript: chapter_files.new_file(manuscript, name, file), f"Made {name}"
        ):
            return False
        self._go_into(name)
        return True

    def split(self) -> bool:
        """Ask for a name and make what follows the caret a file of its own."""
        file = self._file(None)
        if file is None:
            return False
        at = self._page().caret_position()
        below = self.outline.deepest_at(at.line)
        title = below.title if below is not None and below.level is not Level.FILE else ""
        name = self._name(
            f"{file.title} is split at the caret. The name of the second file:",
            suggested_name(title, self._labels()),
        )
        if not name:
            return False
        if not self._structure.perform(
            lambda manuscript: chapter_files.split_file(manuscript, at, name), f"Split {file.title}"
        ):
            return False
        self._go_into(name)
        return True

    def join(self, file_id: int | None = None) -> bool:
        """Make one file of a file and the next; the file of the next goes to the trash when the writer saves."""
        file = self._file(file_id)
        return file is not None and self._take_out(
            lambda manuscript: chapter_files.join_with_next(manuscript, file),
            f"Joined {file.title} with the next file",
        )

    def rename(self, file_id: int | None = None, name: str | None = None) -> bool:
        """Give a file another name, which is asked for unless it is given; on disk it is renamed when the writer saves."""
        file = self._file(file_id)
        if file is None:
            return False
        name = self._name("The new name of the file:", file.title, name)
        if not name or name == file.title:
            return False
        if not self._structure.perform(
            lambda manuscript: chapter_files.rename_file(manuscript, file, name),
            f"Renamed {file.title} to {name}",
        ):
            return False
        if self._folder.files is not None:
            self._folder.files.note_renamed(file.title, name)
        return True

    def entitle(self) -> bool:
        """Ask for the title of the book; it is kept in manuscript.toml, and used where the text gives none."""
        if self._file(None) is None:
            return False
        title = self.ask_name(self._window, "The title of the book:", self._buffer.manuscript.given_title)
        if title is None:
            return False
        self._folder.set_title(" ".join(title.split()))
        return True

    def remove(self, file_id: int | None = None) -> bool:
        """Take a file out of the manuscript; its file goes to the trash when the writer saves, and is kept as a version."""
        file = self._file(file_id)
        return file is not None and self._take_out(
            lambda manuscript: scenes.delete_nodes(manuscript, [file.id]),
            f"Removed {file.title}; it goes to the trash when you save",
        )

    def _take_out(self, compute: Compute, text: str) -> bool:
        """Carry out a command after which a file is no more; it goes from the disk at the next save."""
        before = self._labels()
        if not self._structure.perform(compute, text):
            return False
        for label in set(before).difference(self._labels()):
            if self._folder.files is not None:
                self._folder.files.note_removed(label)
        return True

    def cut_scenes(self, ids: Sequence[int]) -> bool:
        """Move scenes (or chapters) out of the book, to the file of what was cut, which is made if it is not there."""
        if self._file(None) is None or not ids:
            return False
        made = chapter_files.cuts_file(self._buffer.manuscript)
        if made:
            self._buffer.apply(made)
        cuts = self.outline.cuts
        text = f"Moved {describe(self.outline, ids)} to the cuts"
        if cuts is not None and self._structure.perform(
            lambda manuscript: moves.move_nodes(manuscript, ids, moves.Place(cuts.id, moves.Where.INTO)),
            text,
            joins=bool(made),
        ):
            return True
        if made:
            self._buffer.document.undo()
        return False

    def _file(self, file_id: int | None) -> Node | None:
        """Return the file with this id, or that with the caret; None, and say why, if nothing can be done with files."""
        outline = self.outline
        if self._buffer.is_read_only:
            self.refused.emit(READ_ONLY)
            return None
        if not outline.files:
            self.refused.emit(NO_FOLDER)
            return None
        if file_id is None:
            label = self._buffer.manuscript.text.file_at(self._page().caret_position().line).label
            return next((file for file in outline.files if file.title == label), outline.files[0])
        return outline.file_of(file_id) if file_id in outline else None

    def _name(self, question: str, suggestion: str, given: str | None = None) -> str | None:
        answer = given if given is not None else self.ask_name(self._window, question, suggestion)
        if answer is None:
            return None
        try:
            return checked_name(answer)
        except InputError as error:
            self.refused.emit(str(error))
            return None

    def _labels(self) -> list[str]:
        return [file.title for file in self.outline.files]

    def _go_into(self, label: str) -> None:
        file = next(file for file in self._buffer.manuscript.text.files if file.label == label)
        self._page().go_to(Position(file.first, 0), centre=True)
