"""The history on the command line: listed, and one version printed to the byte."""

import pytest

from editor.app.settings import standard_folders
from editor.cli.main import main
from editor.storage.history import History

NOON = 1_750_000_000


@pytest.fixture
def dinkus(capfdbinary):
    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return code, out, err.decode()

    return run


def test_versions_of_a_file_that_is_gone_are_listed_and_printed(dinkus, tmp_path):
    path = tmp_path / "weir.txt"
    history = History(standard_folders().history, path)
    history.keep({"weir.txt": b"one\r\n\xe9"}, "saved", NOON)
    history.keep({"weir.txt": b"two"}, "theirs", NOON + 1)
    history.name_snapshot(history.versions()[1], "First")
    code, out, _err = dinkus("history", path)
    assert code == 0
    assert [line.split()[0] for line in out.decode().split("\n")[:2]] == ["2", "1"]
    assert "theirs" in out.decode().split("\n")[0]
    assert out.decode().split("\n")[1].endswith("saved  “First”")
    assert dinkus("history", path, "--show", "1") == (0, b"one\r\n\xe9", "")


def test_the_files_of_a_folder_are_printed_each_under_its_name(dinkus, tmp_path):
    history = History(standard_folders().history, tmp_path / "novel")
    history.keep({"1.txt": b"one\n", "2.txt": b"two\n"}, "saved", NOON)
    assert dinkus("history", tmp_path / "novel", "--show", "1")[1] == b"--- 1.txt\none\n--- 2.txt\ntwo\n"


def test_what_has_no_history_or_no_such_version_is_told(dinkus, tmp_path):
    code, out, err = dinkus("history", tmp_path / "new.txt")
    assert (code, out) == (2, b"")
    assert "no version of it was kept yet" in err
    History(standard_folders().history, tmp_path / "a.txt").keep({"a.txt": b"a"}, "saved", NOON)
    code, _out, err = dinkus("history", tmp_path / "a.txt", "--show", "7")
    assert code == 2
    assert "There is no version 7" in err
