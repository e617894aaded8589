"""What an export would be written over: found out without waiting for anything."""

import os
import sys

import pytest

from editor.export.profile import Profile
from editor.ui.export_target import digest_of, is_strange, path_to_write

SITE = Profile("x", files="site")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no names there")
def test_a_pipe_is_asked_about_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert is_strange(tmp_path / "pipe", None)


def test_what_is_not_there_is_not_strange(tmp_path):
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "file").write_text("Rain.")
    for path in (tmp_path / "none", tmp_path / "link", tmp_path / "file" / "below"):
        assert digest_of(path) is None
        assert not is_strange(path, None)


def test_a_folder_is_asked_about_only_if_something_is_in_it(tmp_path):
    assert path_to_write(tmp_path, SITE) == (tmp_path, False)
    (tmp_path / "inner").mkdir()
    assert path_to_write(tmp_path, SITE) == (tmp_path, True)
    assert path_to_write(tmp_path / "none", SITE) == (tmp_path / "none", False)
