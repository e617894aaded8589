"""`dinkus posted`, and what `dinkus export` notes for it."""

import json

import pytest

from editor.app.settings import standard_folders
from editor.cli.main import main

BOOK = "## One\n\nRain.\n\n* * *\n\nStill rain.\n\n## Two\n\nIce.\n\n## Three\n\nSnow.\n"


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.txt"
    path.write_text(BOOK)
    return path


@pytest.fixture
def run(capfd):
    def run(*arguments, code=0):
        assert main([str(each) for each in arguments]) == code
        return capfd.readouterr()

    return run


def states(run, book, target="ao3"):
    return [row["state"] for row in json.loads(run("posted", book, "--json").out)[target]]


def test_nothing_was_posted_at_first(run, book):
    assert run("posted", book).out == "Nothing was posted yet.\n"
    assert json.loads(run("posted", book, "--json").out) == {}


def test_an_export_to_a_file_is_noted_and_an_edited_chapter_is_told(run, book, tmp_path):
    run("export", book, "--to", "plain-text", "-o", tmp_path / "out.txt")
    assert states(run, book, "plain-text") == ["as posted"] * 3
    book.write_text(BOOK.replace("Ice.", "Ice, then."))
    assert states(run, book, "plain-text") == ["as posted", "changed", "as posted"]
    out = run("posted", book).out
    assert "2  changed since " in out
    assert out.startswith("plain-text\n")


def test_a_folder_of_chapters_is_noted(run, book, tmp_path):
    run("export", book, "--to", "text-chapters", "-o", tmp_path / "out")
    assert states(run, book, "text-chapters") == ["as posted"] * 3


def test_standard_output_and_a_check_are_no_posting(run, book):
    run("export", book, "--to", "ao3")
    run("export", book, "--to", "ao3", "--check")
    assert run("posted", book).out == "Nothing was posted yet.\n"


def test_of_a_selection_whole_chapters_are_noted(run, book, tmp_path):
    run("export", book, "--to", "ao3", "--select", "scene:1.1,chapter:3", "-o", tmp_path / "out", "--force")
    assert states(run, book) == ["not posted", "not posted", "as posted"]


def test_chapters_are_marked_by_hand_and_forgotten(run, book):
    run("posted", book, "--to", "ao3", "--mark", "chapter:1,scene:2.1")
    assert states(run, book) == ["as posted", "as posted", "not posted"]
    run("posted", book, "--to", "ao3", "--mark", "all")
    assert states(run, book) == ["as posted"] * 3
    rows = json.loads(run("posted", book, "--to", "ao3", "--json").out)["ao3"]
    assert [row["how"] for row in rows] == ["mark"] * 3
    run("posted", book, "--to", "ao3", "--forget")
    assert run("posted", book).out == "Nothing was posted yet.\n"


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["--mark", "all"], "--to PROFILE"),
        (["--forget"], "--to PROFILE"),
        (["--to", "no-such", "--mark", "all"], "no export profile"),
        (["--to", "ao3", "--mark", "scene:1.1"], "whole chapter"),
        (["--to", "ao3", "--mark", "chapter:9"], "no chapter 9"),
    ],
)
def test_what_cannot_be_done_is_told_and_notes_nothing(run, book, arguments, words):
    assert words in run("posted", book, *arguments, code=2).err
    assert run("posted", book).out == "Nothing was posted yet.\n"


def test_a_folder_is_one_manuscript(run, tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "01 one.txt").write_text("Rain.\n")
    (folder / "02 two.txt").write_text("Snow.\n")
    run("export", folder, "--to", "ao3", "-o", tmp_path / "out")
    (folder / "02 two.txt").write_text("Snow!\n")
    assert states(run, folder) == ["as posted", "changed"]
    assert "01 one" in run("posted", folder).out


def test_an_export_is_written_though_nothing_can_be_noted(run, book, tmp_path):
    folder = standard_folders().posted
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    told = run("export", book, "--to", "plain-text", "-o", tmp_path / "out.txt").err
    assert "not noted" in told
    assert (tmp_path / "out.txt").exists()
