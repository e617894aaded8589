"""Saves of several files to be disturbed: a small book, what is done to it, and what may be found afterwards."""

import os
import shutil
from types import MappingProxyType

from editor.storage.disk import Disk
from editor.storage.files import read_file
from editor.storage.folders import list_folder, read_folder
from editor.storage.joint_recovery import finish_joint_save
from editor.storage.joint_save import ChapterSave, save_chapters

OLD = {"a.txt": ["scene 1", "scene 2"], "b.txt": ["scene 3"], "c.txt": ["scene 4", "scene 5"]}


class Book:
    """A folder with three chapters, the folder for copies beside it, and a save that takes it from OLD to `new`.

    `sources` maps the name of a chapter after the save to that before it, None for a new one. A scene is a line.
    """

    new = MappingProxyType({})
    sources = MappingProxyType({})

    def __init__(self, home):
        self.folder = home / "book"
        self.copies = home / "copies"
        self.folder.mkdir(parents=True)
        for name, scenes in OLD.items():
            (self.folder / name).write_text("\n".join(scenes))
        self.make_links(home)
        self.stored = {name: read_file(self.folder / name) for name in OLD}

    def make_links(self, home):
        """Let chapters have other names."""

    def save(self, disk):
        return save_chapters(
            self.folder,
            [
                ChapterSave(self.folder / name, scenes, self.stored.get(self.sources.get(name, name)))
                for name, scenes in self.new.items()
            ],
            removed=[
                self.stored[name]
                for name in OLD
                if name not in [self.sources.get(after, after) for after in self.new]
            ],
            discard=disk.unlink,
            disk=disk,
        )

    def recover(self, disk):
        return [found.outcome for found in finish_joint_save(self.folder, disk.unlink, disk)]

    def scenes(self):
        """Return the scenes of each chapter, as the next opening finds them."""
        stored, errors = read_folder(list_folder(self.folder))
        assert errors == []
        return {file.path.name: file.decoded.lines for file in stored}

    def bytes_by_name(self):
        """Return everything in the folders, hidden files included."""
        folders = [folder for folder in (self.folder, self.copies) if folder.exists()]
        return {path: path.read_bytes() for folder in folders for path in folder.iterdir()}

    def lay_out(self, state):
        """Make the folders hold these files and no others."""
        for folder in (self.folder, self.copies):
            if folder.exists():
                shutil.rmtree(folder)
            folder.mkdir()
        for path, content in state.items():
            path.write_bytes(content)

    def plain_disk(self):
        return Disk(self.copies)


class MoveToNext(Book):
    """A scene goes from one chapter to another."""

    new = MappingProxyType({"a.txt": ["scene 1"], "b.txt": ["scene 2", "scene 3"], "c.txt": OLD["c.txt"]})


class MoveRound(Book):
    """Three chapters give one another a scene."""

    new = MappingProxyType(
        {"a.txt": ["scene 1", "scene 5"], "b.txt": ["scene 2"], "c.txt": ["scene 3", "scene 4"]}
    )


class Rename(Book):
    """A chapter gets another name and a scene of another one."""

    new = MappingProxyType({"a.txt": ["scene 1"], "z.txt": ["scene 2", "scene 3"], "c.txt": OLD["c.txt"]})
    sources = MappingProxyType({"z.txt": "b.txt"})


class Swap(Book):
    """Two chapters exchange their names, and one of them gets a scene of the third."""

    new = MappingProxyType({"a.txt": ["scene 3", "scene 4"], "b.txt": OLD["a.txt"], "c.txt": ["scene 5"]})
    sources = MappingProxyType({"a.txt": "b.txt", "b.txt": "a.txt"})


class Split(Book):
    """A chapter becomes two."""

    new = MappingProxyType(
        {"a.txt": ["scene 1"], "a2.txt": ["scene 2"], "b.txt": OLD["b.txt"], "c.txt": OLD["c.txt"]}
    )
    sources = MappingProxyType({"a2.txt": None})


class Join(Book):
    """Two chapters become one."""

    new = MappingProxyType({"a.txt": ["scene 1", "scene 2", "scene 3"], "c.txt": OLD["c.txt"]})


class Renumber(Book):
    """A chapter is joined to the one before, and the next one takes its name."""

    new = MappingProxyType({"a.txt": ["scene 1", "scene 2", "scene 3"], "b.txt": OLD["c.txt"]})
    sources = MappingProxyType({"b.txt": "c.txt"})


class Linked(MoveToNext):
    """One chapter has a hard link elsewhere, so that it is written in place."""

    def make_links(self, home):
        os.link(self.folder / "b.txt", home / "same.txt")


BOOKS = [MoveToNext, MoveRound, Rename, Swap, Split, Join, Renumber, Linked]
