"""Read versions of a manuscript as text, and work out what the history panel shows; called in jobs, no window here.

Limits: the past of a scene is followed through a limited number of versions; the readings of a few versions are remembered.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from editor.errors import DinkusError, InputError
from editor.manuscript.chapter_files import FileText, join_files
from editor.manuscript.file_names import label_of
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.past_scenes import PastScene, find_scene, scenes_gone, scenes_of
from editor.manuscript.word_changes import Fate, Piece, word_pieces
from editor.markup.lines import CUTS_LABEL
from editor.storage.detection import BinaryData
from editor.storage.encoding import decode
from editor.storage.folder_names import SETTINGS_NAME, is_cuts
from editor.storage.folder_settings import parse_settings
from editor.storage.folders import put_in_order
from editor.storage.history import BrokenHistory, History, Version
from editor.storage.history_chain import count_words_gone

SCENE_VERSIONS = 120
_REMEMBERED = 12_000_000  # characters of scenes


@dataclass(frozen=True, slots=True)
class Change:
    """How many words came and went with a version."""

    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class SceneVersion:
    """A version in which a scene is not as in the one after it; `change` is against the one before."""

    version: Version
    scene: PastScene
    change: Change | None = None


class HistoryReader:
    """Reads the versions of one manuscript. `encodings`, by file name, are what the writer said the files are in."""

    def __init__(self, folder: Path, manuscript: Path, *, repository: Path | None = None) -> None:
        self.manuscript = manuscript
        self._history = History(folder, manuscript, repository=repository)
        self.encodings: Mapping[str, str] = {}
        self._scenes: dict[tuple[str, bytes], list[PastScene]] = {}
        self._size = 0
        self._changes: dict[tuple[str, str], Change] = {}

    def versions(self) -> list[Version]:
        """Return the versions, the newest first."""
        return self._history.versions()

    def name(self, version: Version, label: str) -> None:
        """Give a version a name. Raise DinkusError."""
        self._history.name_snapshot(version, label)

    def change(self, version: Version, before: Version | None) -> Change:
        """Return how many words came and went with a version. Raise BrokenHistory."""
        key = (version.commit, before.commit if before is not None else "")
        if key not in self._changes:
            self._changes[key] = self._find_change(version, before)
        return self._changes[key]

    def _find_change(self, version: Version, before: Version | None) -> Change:
        new = self._texts(version)
        old = self._texts(before) if before is not None else {}
        came = [data for name, data in new.items() if old.get(name) != data]
        went = [data for name, data in old.items() if new.get(name) != data]
        return Change(count_words_gone(came, went), count_words_gone(went, came))

    def files(self, version: Version) -> list[FileText]:
        """Return the texts of a version: one without a label, or the chapter files in order. Raise BrokenHistory."""
        found = self._history.read(version, is_partial=True)
        if not found:
            raise BrokenHistory("Nothing of this version can be read any more; it is damaged.")
        settings = parse_settings(found.pop(SETTINGS_NAME, b""))
        if set(found) == {self._history.manuscript.name} and not self._history.manuscript.is_dir():
            ((name, data),) = found.items()
            return [FileText(None, self._decode(name, data))]
        cuts = [name for name in found if is_cuts(name)][:1]
        labels: list[str] = []
        texts = []
        for name in [*put_in_order([name for name in found if name not in cuts], settings.order), *cuts]:
            labels.append(CUTS_LABEL if name in cuts else label_of(name, labels))
            texts.append(FileText(labels[-1], self._decode(name, found[name])))
        return texts

    def lines(self, version: Version) -> list[str]:
        """Return a version as the lines of one text. Raise BrokenHistory."""
        files = self.files(version)
        return files[0].lines if len(files) == 1 and files[0].label is None else join_files(files)

    def plain_lines(self, version: Version) -> list[str]:
        """Return a version as the lines of a text without boundaries: chapter files one after the other."""
        files = self.files(version)
        return [line for file in files for line in ([] if file is files[0] else [""]) + file.lines] or [""]

    def scenes(self, version: Version) -> list[PastScene]:
        """Return all scenes of a version. Raise BrokenHistory."""
        return [scene for file in self.files(version) for scene in self._scenes_in(file)]

    def scenes_gone(self, version: Version, lines: Sequence[str]) -> list[PastScene]:
        """Return the scenes of a version of which little stands in `lines`. Raise BrokenHistory."""
        return scenes_gone(self.scenes(version), lines)

    def past_of(
        self, scene: PastScene, versions: Sequence[Version], is_cancelled: Callable[[], bool] = lambda: False
    ) -> list[SceneVersion]:
        """Return the versions in which a scene was not as in the version after, the newest first.

        It is followed from version to version, so that its title, its place and in the end every word may have changed.
        """
        found: list[SceneVersion] = []
        for version, then in self._follow(scene, versions, is_cancelled):
            if found and found[-1].scene.lines == then.lines:
                found[-1] = SceneVersion(version, then)  # it was so already then
            else:
                found.append(SceneVersion(version, then))
        older: list[PastScene | None] = [*[each.scene for each in found[1:]], None]
        return [
            SceneVersion(each.version, each.scene, _change_of(each.scene, before))
            for each, before in zip(found, older, strict=True)
        ]

    def _follow(
        self, scene: PastScene, versions: Sequence[Version], is_cancelled: Callable[[], bool]
    ) -> Iterator[tuple[Version, PastScene]]:
        for version in versions[:SCENE_VERSIONS]:
            if is_cancelled():
                return
            try:
                then = find_scene(scene, self.scenes(version))
            except DinkusError:
                continue
            if then is not None:  # it may have been cut for a while
                scene = then
                yield version, then

    def _scenes_in(self, file: FileText) -> list[PastScene]:
        text = "\n".join(file.lines)
        key = (file.label or "", str(hash(text)).encode())
        if key not in self._scenes:
            if self._size > _REMEMBERED:
                self._scenes.clear()
                self._size = 0
            self._scenes[key] = scenes_of(Manuscript(file.lines))
            self._size += len(text)
        return self._scenes[key]

    def _texts(self, version: Version) -> dict[str, bytes]:
        found = self._history.read(version, is_partial=True)
        found.pop(SETTINGS_NAME, None)
        return found

    def _decode(self, name: str, data: bytes) -> list[str]:
        for encoding in (self.encodings.get(name), None):
            try:
                return list(decode(data, encoding).lines)
            except (BinaryData, InputError, UnicodeError):
                continue
        return data.decode("utf-8", "surrogateescape").split("\n")


def pieces_between(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """Return what to show of two texts; of equal ones, that they are."""
    return word_pieces(old, new) or [Piece(Fate.SKIPPED, "no differences")]


def restored_lines(files: Sequence[FileText], now: Sequence[FileText]) -> list[str]:
    """Return the text now with each file that is in a version as it was there; other files stay."""
    past = {file.label: file.lines for file in files}
    if len(now) == 1 and now[0].label is None:
        return list(past.get(None, now[0].lines))
    return join_files([FileText(file.label, past.get(file.label, file.lines)) for file in now])


def _change_of(scene: PastScene, before: PastScene | None) -> Change:
    new = ["\n".join(scene.lines).encode("utf-8", "surrogatepass")]
    old = ["\n".join(before.lines).encode("utf-8", "surrogatepass")] if before is not None else []
    return Change(count_words_gone(new, old), count_words_gone(old, new))
