"""A crash, as far as the disk can tell: the state folder as it is at this moment, and its owner gone."""

import shutil

from editor.app.settings import Folders
from editor.storage.journal_format import encode_record, read_records

NOBODY = 2**22 + 1  # no process has this number on a usual system


def state_after_crash(folders, place):
    """Return folders that hold what the disk holds now, left by a program that has ended."""
    crashed = Folders(place / "config", place / "state")
    for source, target in ((folders.config, crashed.config), (folders.state, crashed.state)):
        if source.exists():
            # The history goes on being written while this copies, which a program that has ended does not do.
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("history"))
        else:
            target.mkdir(parents=True)
    for path in crashed.journals.glob("*/changes-*.journal"):
        disown(path)
    for claim in crashed.journals.glob("*/claim"):
        claim.unlink()
    return crashed


def disown(path):
    """Let a journal belong to a program that has ended."""
    first, rest = path.read_bytes().split(b"\n", 1)
    records = read_records(first + b"\n")[0]
    header = records[0][1]
    header["owner"]["process"] = NOBODY
    path.write_bytes(encode_record(0, "journal", header) + rest)
