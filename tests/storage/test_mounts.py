"""Which folders lie on another computer."""

from pathlib import PurePosixPath

import pytest

from editor.storage.mounts import is_remote, mount_type

TABLE = r"""22 1 259:1 / / rw,relatime shared:1 - ext4 /dev/root rw
30 22 0:25 / /proc rw - proc proc rw
41 22 0:40 / /home/me/Books rw,relatime shared:9 - nfs4 server:/books rw,vers=4.2
42 41 0:41 / /home/me/Books/local rw - ext4 /dev/sdb1 rw
43 22 0:42 / /mnt/my\040share rw - cifs //server/share rw
44 22 0:43 / /mnt/ssh rw - fuse.sshfs me@server: rw
45 22 0:44 / /mnt/twice rw - ext4 /dev/sdc1 rw
46 45 0:45 / /mnt/twice rw - nfs server:/ rw
not a line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/me", "ext4"),
        ("/home/me/Books", "nfs4"),
        ("/home/me/Books/The Weir", "nfs4"),
        ("/home/me/Bookshelf", "ext4"),
        ("/home/me/Books/local/x", "ext4"),
        ("/mnt/my share/x", "cifs"),
        ("/mnt/ssh", "fuse.sshfs"),
        ("/mnt/twice/x", "nfs"),
    ],
)
def test_a_folder_is_on_the_mount_that_lies_deepest_and_on_top(folder, kind):
    assert mount_type(PurePosixPath(folder), TABLE) == kind


def test_no_table_names_no_type():
    assert mount_type(PurePosixPath("/home"), "") == ""


def test_a_folder_of_this_computer_is_not_remote(tmp_path):
    assert not is_remote(tmp_path)
