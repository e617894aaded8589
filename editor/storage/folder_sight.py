"""What another program has done to a folder of chapter files: one look at all of it.

Blocks while the disk works: call it off the window's thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from editor.errors import FileError
from editor.storage.files import StoredFile, Vanished, changed_outside, read_file
from editor.storage.folders import FolderListing, folder_changed


@dataclass(slots=True)
class Sight:
    """What a look at a folder has found.

    `changed` files hold something else than was read, `gone` ones are not there, `came` are new, `renamed` were called
    otherwise (before and now); `errors` are files that cannot be read.
    """

    listing: FolderListing
    changed: list[StoredFile] = field(default_factory=list)
    gone: list[StoredFile] = field(default_factory=list)
    came: list[StoredFile] = field(default_factory=list)
    renamed: list[tuple[StoredFile, StoredFile]] = field(default_factory=list)
    errors: list[FileError] = field(default_factory=list)


def look_at(listing: FolderListing, known: Sequence[StoredFile]) -> Sight:
    """Compare a folder with the files that are `known` of it; raise FileUnreadable if it cannot be listed."""
    paths = {stored.path for stored in known}
    before = FolderListing(
        listing.folder, tuple(paths), None, (), listing.settings, is_crowd=False, problems=()
    )
    change = folder_changed(before, known)
    sight = Sight(change.listing)
    old_names = dict(change.renamed)
    for stored in known:
        try:
            if stored.path in old_names:
                sight.renamed.append((stored, read_file(old_names[stored.path], stored.chosen_encoding)))
                continue
            found = changed_outside(stored)
        except FileError as error:
            sight.errors.append(error)
            continue
        if isinstance(found, Vanished):
            sight.gone.append(stored)
        elif found is not None:
            sight.changed.append(found)
    for path in change.appeared:
        try:
            sight.came.append(read_file(path))
        except FileError as error:
            sight.errors.append(error)
    return sight
