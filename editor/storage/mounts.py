"""Whether a folder lies on another computer, so that the system tells nothing of what is changed there.

Limits: told by the type of the mount on Linux, and by the name of a share on Windows; a disk that a sync program fills is a
disk of this computer.
"""

import re
from pathlib import Path, PurePath, PureWindowsPath

MOUNTS = Path("/proc/self/mountinfo")
_REMOTE = re.compile(
    r"nfs\d?|cifs|smb\w*|ncpfs|9p|afs|ceph|davfs\d?|vboxsf|fuse\.(?:sshfs|rclone|gvfsd-fuse|davfs\d?|s3fs|vmhgfs-fuse|"
    r"glusterfs|curlftpfs|goofys|smbnetfs|cephfs)"
)
_OCTAL = re.compile(r"\\([0-7]{3})")


def is_remote(folder: Path) -> bool:
    """Say whether a folder, an absolute path, is on a network file system, as far as that can be found out."""
    try:
        table = MOUNTS.read_text(errors="surrogateescape")
    except OSError:
        return PureWindowsPath(folder).drive.startswith("\\\\") and not folder.as_posix().startswith("/")
    return _REMOTE.fullmatch(mount_type(folder, table)) is not None


def mount_type(folder: PurePath, table: str) -> str:
    """Return the type of the file system that a folder is on, by the lines of `mountinfo`; "" if none holds it."""
    found, depth = "", -1
    for line in table.split("\n"):
        place, _, kind = line.partition(" - ")
        fields = place.split(" ")
        if len(fields) < 5 or not kind:
            continue
        point = PurePath(_OCTAL.sub(lambda octal: chr(int(octal[1], 8)), fields[4]))
        if (
            folder.is_relative_to(point) and len(point.parts) >= depth
        ):  # a later mount lies over an earlier one
            found, depth = kind.split(" ")[0], len(point.parts)
    return found
