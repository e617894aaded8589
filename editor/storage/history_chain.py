"""The versions of a history as commits that stand in a row, each on the one before.

A commit's message says in words why the version was kept, and below, as `Key: value`, what we want to know again: a number that
counts up and stays with the version when the row is written anew, the reason, a name that the writer gave it, and how many words
went with it. Their order is that of the row; a clock that was wrong puts nothing in another place.
"""

import os
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dulwich.objects import Blob, Commit, ObjectID, Tree

from editor.storage.history_objects import BrokenHistory, ObjectFiles, ObjectWriter

SAVED, OPENED, NAMED = "saved", "opened", "named"
ORDINARY_REASONS = frozenset({SAVED, OPENED, NAMED})
"""Why a version is kept in the course of things. Any other reason: it was replaced, removed or not chosen."""

REMOVAL_WORDS = 20
"""From so many words on that go with a version, the one before it is where they can still be found."""

_AUTHOR = b"Dinkus <dinkus@localhost>"
_FILE_MODE = 0o100644
_LATEST = 2**33  # seconds; a clock past this is not believed, and Git would not read it
_TRAILER = re.compile(rb"([A-Z][a-z-]*): (.*)")


@dataclass(frozen=True, slots=True)
class Link:
    """A version in the row: its commit and tree, what its message says.

    `words_gone`: how many words of the version before it lacks. `is_source`: words that go soon after are found here.
    """

    commit: bytes
    tree: bytes
    number: int
    time: int
    reason: str
    label: str = ""
    words_gone: int = 0
    is_source: bool = False
    zone: int = 0


def read_chain(objects: ObjectFiles) -> Iterator[Link]:
    """Yield the versions, the newest first. Raise BrokenHistory where the row breaks off."""
    name: bytes | None = objects.tip()
    seen = set[bytes]()
    while name is not None:
        link, name = read_link(objects, name)
        if name in seen:
            raise BrokenHistory(f"{objects.repository} is damaged: its versions stand in a circle.")
        seen.add(link.commit)
        yield link


def read_link(objects: ObjectFiles, name: bytes) -> tuple[Link, bytes | None]:
    """Return the version of a commit, and the commit before it, None if it is the first."""
    commit = objects.read(name, Commit)
    message = bytes(commit.message)
    trailers = {
        match[1]: match[2].decode("utf-8", "backslashreplace")
        for match in map(_TRAILER.fullmatch, message.split(b"\n"))
        if match
    }
    link = Link(
        name,
        bytes(commit.tree),
        _number(trailers.get(b"Version", "")),
        int(commit.commit_time),
        trailers.get(b"Reason", SAVED),
        trailers.get(b"Name", ""),
        _number(trailers.get(b"Words-gone", "")),
        b"Holds" in trailers,
        int(commit.commit_timezone or 0),
    )
    return link, bytes(commit.parents[0]) if commit.parents else None


def write_link(objects: ObjectWriter, link: Link, parent: bytes | None) -> Link:
    """Write the commit of a version on that of the one before; return the version with its new commit."""
    commit = Commit()
    commit.tree = ObjectID(link.tree)
    commit.parents = [ObjectID(parent)] if parent is not None else []
    commit.author = commit.committer = _AUTHOR
    commit.author_time = commit.commit_time = max(0, min(link.time, _LATEST))
    commit.author_timezone = commit.commit_timezone = link.zone
    commit.encoding = None
    commit.message = _message(link)
    return replace(link, commit=objects.write(commit))


def write_chain(
    objects: ObjectWriter, links: Sequence[Link], known: Mapping[bytes, bytes | None]
) -> list[Link]:
    """Write a row of versions, the oldest first; commits that stand on the right one already stay as they are.

    `known` are the commits there are, and what they stand on, for versions that were not changed otherwise.
    """
    written: list[Link] = []
    parent: bytes | None = None
    for link in links:
        is_in_place = link.commit in known and known[link.commit] == parent
        written.append(link if is_in_place else write_link(objects, link, parent))
        parent = written[-1].commit
    return written


def write_tree(
    objects: ObjectWriter, files: Mapping[str, bytes], others: Iterable[tuple[str, bytes]] = ()
) -> bytes:
    """Write files and the tree that holds them; return its name. `others` are names and blobs that are there already."""
    tree = Tree()
    for name, blob in others:
        tree.add(_bare_name(name), _FILE_MODE, ObjectID(blob))
    for name, data in files.items():
        tree.add(_bare_name(name), _FILE_MODE, ObjectID(objects.write(Blob.from_string(data))))
    return objects.write(tree)


def read_entries(objects: ObjectFiles, tree: bytes) -> dict[str, bytes]:
    """Return the files of a tree: name to blob."""
    return {
        os.fsdecode(entry.path): bytes(entry.sha)
        for entry in objects.read(tree, Tree).iteritems()
        if entry.path and entry.sha
    }


def read_files(objects: ObjectFiles, tree: bytes, *, is_partial: bool = False) -> dict[str, bytes]:
    """Return the files of a tree: name to bytes. `is_partial`: without those that cannot be read."""
    found: dict[str, bytes] = {}
    for name, blob in read_entries(objects, tree).items():
        try:
            found[name] = read_blob(objects, blob)
        except BrokenHistory:
            if not is_partial:
                raise
    return found


def read_blob(objects: ObjectFiles, name: bytes) -> bytes:
    """Return the bytes of a file."""
    number, data = objects.read_raw(name)
    if number != Blob.type_num:
        raise BrokenHistory(f"{objects.repository} is damaged: a text is missing.")
    return data


def count_words_gone(before: Iterable[bytes], after: Iterable[bytes]) -> int:
    """Return how many words of some texts are not in others. Lines that only moved count for nothing."""
    old = Counter(line for text in before for line in text.split(b"\n"))
    new = Counter(line for text in after for line in text.split(b"\n"))
    return sum((_words_of(old - new) - _words_of(new - old)).values())


def zone_of(now: float) -> int:
    """Return how many seconds the clocks here are ahead of Greenwich."""
    try:
        return int(time.localtime(max(0, min(now, _LATEST))).tm_gmtoff) // 60 * 60
    except (OverflowError, OSError, ValueError):
        return 0


def _words_of(lines: Counter[bytes]) -> Counter[bytes]:
    return Counter(word for line, count in lines.items() for word in line.split() * count)


def _message(link: Link) -> bytes:
    title = link.label or link.reason.capitalize()
    rows = [title, "", f"Version: {link.number}", f"Reason: {_one_line(link.reason)}"]
    if link.label:
        rows.append(f"Name: {_one_line(link.label)}")
    if link.words_gone:
        rows.append(f"Words-gone: {link.words_gone}")
    if link.is_source:
        rows.append("Holds: words that went later")
    return "\n".join([_one_line(rows[0]), *rows[1:], ""]).encode("utf-8", "backslashreplace")


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _bare_name(name: str) -> bytes:
    """Return the name of a file in a tree; of a path, only its end."""
    end = os.fsencode(name).replace(b"\\", b"/").rpartition(b"/")[2].replace(b"\0", b"")
    return b"_" + end if end.lower() in {b"", b".", b"..", b".git"} else end


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
