"""A model of a disk that loses power: from the operations of a save to every state it may be found in afterwards.

What was synced is there. Of what was not: the data of a file may be there wholly, half or not at all, and any of the names
given, changed and removed in a folder may be there or not.
"""

import itertools
import os
import stat
from pathlib import Path

from editor.storage.disk import Disk, exchange_names


class RecordingDisk(Disk):
    """Does everything and notes what matters for the model."""

    def __init__(self, copies):
        super().__init__(copies)
        self.steps = []
        self._open = {}

    def attempt(self, operation, *arguments):
        result = operation(*arguments)
        if operation is os.open:
            self._open[result] = arguments[0]
            if arguments[1] & os.O_CREAT:
                self.steps.append(("create", Path(arguments[0])))
        elif operation is os.write:
            place = os.lseek(arguments[0], 0, os.SEEK_CUR) - result
            self.steps.append(("write", Path(self._open[arguments[0]]), place, bytes(arguments[1][:result])))
        elif operation is os.ftruncate:
            self.steps.append(("cut", Path(self._open[arguments[0]]), arguments[1]))
        elif operation is os.fsync:
            is_folder = stat.S_ISDIR(os.fstat(arguments[0]).st_mode)
            self.steps.append(("sync folder" if is_folder else "sync", Path(self._open[arguments[0]])))
        elif operation in {os.replace, os.link}:
            self.steps.append((operation.__name__, Path(arguments[0]), Path(arguments[1])))
        elif operation is exchange_names:
            self.steps.append(("exchange", *arguments))
        elif operation is os.unlink:
            self.steps.append(("unlink", Path(arguments[0])))
        return result


class Model:
    """The disk while it runs: files by number, the names that are safe, and the changes that are not."""

    def __init__(self, files):
        """`files` are the names and contents that were safe before; equal contents of one object are one file."""
        self.contents = list({id(c): c for c in files.values()}.values())
        self.safe_contents = [[content] for content in self.contents]  # what each file may hold after a cut
        numbers = {id(content): number for number, content in enumerate(self.contents)}
        self.names = {name: numbers[id(content)] for name, content in files.items()}
        self.safe_names = dict(self.names)
        self.pending = []  # changes of names that are not synced: (folder, change)

    def do(self, step):
        kind, path, *rest = step
        getattr(self, "_" + kind.replace(" ", "_"))(path, *rest)

    def states(self):
        """Yield the contents by name for every state that a power cut now may leave."""
        seen = set()
        for chosen in itertools.product([False, True], repeat=len(self.pending)):
            names = dict(self.safe_names)
            for (_, change), is_there in zip(self.pending, chosen, strict=True):
                if is_there:
                    change(names)
            present = sorted(set(names.values()))
            for contents in itertools.product(*(self.safe_contents[number] for number in present)):
                held = dict(zip(present, contents, strict=True))
                state = tuple(sorted((name, held[number]) for name, number in names.items()))
                if state not in seen:
                    seen.add(state)
                    yield dict(state)

    def _create(self, path):
        number = len(self.contents)
        self.contents.append(b"")
        self.safe_contents.append([b""])
        self._change_names(path, lambda names: names.update({path: number}))

    def _write(self, path, place, data):
        number = self.names[path]
        before = self.contents[number]
        self.contents[number] = before[:place] + data + before[place + len(data) :]
        half = before[:place] + data[: len(data) // 2] + before[place + len(data) // 2 :]
        self.safe_contents[number] += [half, self.contents[number]]

    def _cut(self, path, size):
        number = self.names[path]
        self.contents[number] = self.contents[number][:size]
        self.safe_contents[number] += [content[:size] for content in self.safe_contents[number]]

    def _sync(self, path):
        self.safe_contents[self.names[path]] = [self.contents[self.names[path]]]

    def _sync_folder(self, folder):
        for _, change in [entry for entry in self.pending if entry[0] == folder]:
            change(self.safe_names)
        self.pending = [entry for entry in self.pending if entry[0] != folder]

    def _replace(self, source, target):
        number = self.names[source]

        def change(names):
            names.pop(source, None)
            names[target] = number

        self._change_names(target, change)

    def _exchange(self, one, other):
        first, second = self.names[one], self.names[other]
        self._change_names(other, lambda names: names.update({one: second, other: first}))

    def _link(self, source, target):
        number = self.names[source]
        self._change_names(target, lambda names: names.update({target: number}))

    def _unlink(self, path):
        self._change_names(path, lambda names: names.pop(path, None))

    def _change_names(self, path, change):
        change(self.names)
        self.pending.append((path.parent, change))
