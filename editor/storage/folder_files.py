"""The files of a folder manuscript: which file stands behind which boundary, and what a save has to do.

The buffer says what the manuscript is; this says what the disk holds. A save is the difference: files that changed are
written, new ones made, those under another label renamed, those that are gone removed, and the order is noted in
`manuscript.toml` if the names alone would not give it. Nothing here touches the disk; `joint_save` does.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from editor.errors import DinkusError
from editor.manuscript.chapter_files import FileText, join_files, split_into_files
from editor.manuscript.file_names import label_of
from editor.markup.lines import CUTS_LABEL
from editor.storage.files import StoredFile
from editor.storage.folder_names import CUTS_NAME, is_cuts
from editor.storage.folder_settings import FolderSettings, parse_settings, render_settings
from editor.storage.folders import FolderListing, put_in_order
from editor.storage.joint_plan import ChapterSave


class BoundaryFault(DinkusError):
    """The lines of a manuscript are not the files of its folder, each once; nothing is saved rather than guessed."""


@dataclass(frozen=True, slots=True)
class SavePlan:
    """What a save writes: `chapters` belong to `labels` in order; `removed` files go; `settings` is a new manuscript.toml."""

    lines: Sequence[str]
    labels: tuple[str, ...]
    chapters: tuple[ChapterSave, ...]
    removed: tuple[StoredFile, ...]
    settings: bytes | None


class FolderFiles:
    """The files of one folder as they were last read or written, by label."""

    def __init__(self, listing: FolderListing, files: Sequence[StoredFile]) -> None:
        self.listing = listing
        self.folder = listing.folder
        self.settings: FolderSettings = listing.settings
        self._title = listing.settings.title
        self._stored: dict[str, StoredFile] = {}
        self._origins: dict[str, str] = {}  # the label a file had before it was renamed, by the new one
        self._gone: dict[str, StoredFile] = {}  # removed by us; undo may bring them back
        # Came from outside while the folder was open and was never saved by us: undoing that does not remove them.
        self._foreign: set[str] = set()
        self.missing: frozenset[str] = frozenset()
        """The labels of files that another program has removed, as far as is known; their text is only in the window."""
        for stored in files:
            self._stored[self._new_label(stored.path)] = stored

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the files on disk, in the order of the listing."""
        return tuple(self._stored)

    @property
    def has_new_title(self) -> bool:
        """Whether the book was given a title that is not on disk yet."""
        return self._title != self.settings.title

    def set_title(self, title: str) -> None:
        """Give the book a title, to be saved in manuscript.toml."""
        self._title = title

    def lines(self) -> list[str]:
        """Return the lines of the manuscript as the disk has it; one empty chapter file if there is none."""
        there = {label: stored for label, stored in self._stored.items() if label not in self.missing}
        files = [FileText(label, list(stored.decoded.lines)) for label, stored in there.items()]
        if all(label == CUTS_LABEL for label in there):
            files.insert(0, FileText("Chapter 1.txt", [""]))
        return join_files(files)

    def stored(self, label: str | None) -> StoredFile | None:
        """Return the file behind a boundary as it was last read or written; None if it is not on disk yet."""
        if label is None:
            return None
        return self._stored.get(label) or self._stored.get(self._origin(label, ()) or "")

    def label_at(self, path: Path) -> str | None:
        """Return the label of the file at `path`, None if there is none."""
        return next((label for label, stored in self._stored.items() if stored.path == path), None)

    def path_of(self, label: str) -> Path:
        """Return where the file behind a boundary is, or will be saved."""
        stored = self._stored.get(label)
        if stored is not None:
            return stored.path
        return self.folder / (CUTS_NAME if label == CUTS_LABEL else label)

    def note_renamed(self, old: str, new: str) -> None:
        """Take note that a file was given another label; at the next save it is renamed if it still has that."""
        self._origins[new] = old

    def take_in(self, stored: StoredFile) -> str:
        """Take note of a file that appeared; return its label."""
        label = self._new_label(stored.path)
        self._stored[label] = stored
        self._foreign.add(label)
        return label

    def is_foreign(self, label: str) -> bool:
        """Say whether a file came from outside while the folder was open, and was not saved by us since."""
        return label in self._foreign

    def note_removed(self, label: str) -> None:
        """Take note that the writer took a file out or joined it: at the next save it goes, even if it came from outside."""
        self._foreign.discard(label)

    def update(self, label: str, stored: StoredFile) -> None:
        """Take note of what the file behind a label holds now, or where it is."""
        self._stored[label] = stored

    def move(self, old: str, stored: StoredFile) -> str:
        """Take note that another program renamed a file; return its new label."""
        del self._stored[old]
        label = self._new_label(stored.path)
        self._stored[label] = stored
        return label

    def forget(self, label: str) -> None:
        """Take note that there is no file behind a label any more; a save makes it again."""
        self._stored.pop(label, None)

    def changed(self, files: Sequence[FileText]) -> list[str]:
        """Return the labels of files whose text is not what the disk holds."""
        return [
            file.label or ""
            for file in files
            if (stored := self.stored(file.label)) is None or file.lines != stored.decoded.lines
        ]

    def plan(self, lines: Sequence[str], as_utf8: Collection[str] = ()) -> SavePlan:
        """Return what saving `lines` has to do; raise BoundaryFault if they are not whole files, each once.

        `as_utf8`: labels of files whose writer has agreed to UTF-8.
        """
        files = split_into_files(lines)
        labels = tuple(file.label or "" for file in files)
        self._check(files, labels)
        chapters, kept = [], set[str]()
        above: StoredFile | None = next(iter(self._stored.values()), None)
        for label, file in zip(labels, files, strict=True):
            known = label if label in self._stored else self._origin(label, labels)
            stored = self._stored[known] if known is not None else None
            kept |= {known} if known is not None else set()
            kin = self._gone.get(label, above) if stored is None else None
            like = kin.decoded if kin is not None else None
            path = self.path_of(label)
            chapters.append(ChapterSave(path, file.lines, stored, like, label in as_utf8))
            above = stored or above
        removed = [s for label, s in self._stored.items() if label not in kept and label not in self._foreign]
        order = tuple(chapter.path.name for chapter in chapters if not is_cuts(chapter.path.name))
        return SavePlan(lines, labels, tuple(chapters), tuple(removed), self._new_settings(order))

    def take_saved(self, plan: SavePlan, written: Sequence[StoredFile]) -> None:
        """Take note of what a save has written."""
        for label, chapter in zip(plan.labels, plan.chapters, strict=True):
            if chapter.stored is not None and label not in self._stored:  # undo gives it its old name back
                old = self._origins.pop(label)
                self._origins[old] = label
        self.missing = frozenset()
        self._gone.update({label: s for label, s in self._stored.items() if s in plan.removed})
        left_alone = {label: self._stored[label] for label in self._foreign if label in self._stored}
        self._stored = dict(zip(plan.labels, written, strict=True))
        self._foreign = {label for label in left_alone if label not in self._stored}
        self._stored.update({label: left_alone[label] for label in self._foreign})
        if plan.settings is not None:
            self.settings = parse_settings(plan.settings)

    def _check(self, files: Sequence[FileText], labels: Sequence[str]) -> None:
        is_whole = all(file.label is not None and file.lines for file in files)
        if not files or not is_whole or len(set(labels)) != len(labels):
            raise BoundaryFault(
                "The boundaries between the chapter files are damaged, so nothing was saved. Undo the last steps, or save a"
                " copy elsewhere; the files on disk are as they were."
            )

    def _origin(self, label: str, present: Collection[str]) -> str | None:
        """Return the label under which a renamed file is on disk; None if it is no such file."""
        seen = {label}
        while label in self._origins:
            label = self._origins[label]
            if label in self._stored:
                return label if label not in present else None
            if label in seen:
                return None
            seen.add(label)
        return None

    def _new_settings(self, order: tuple[str, ...]) -> bytes | None:
        """Return manuscript.toml with the title and this order; None if all would be read so anyway."""
        is_known = list(order) == put_in_order(order, self.settings.order)
        if is_known and not self.has_new_title:
            return None
        return render_settings(
            replace(self.settings, title=self._title, order=self.settings.order if is_known else order)
        )

    def _new_label(self, path: Path) -> str:
        if is_cuts(path.name):
            return CUTS_LABEL
        return label_of(path.name, self._stored)
