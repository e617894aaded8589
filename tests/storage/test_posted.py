"""What was posted, on the disk: kept by path, in turns, and never lost by a fault of the file."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from editor.errors import FileUnreadable, SaveFailed
from editor.manuscript.posted_chapters import How, Posted, PostedChapter
from editor.storage.posted import PostedFile

CHAPTER = PostedChapter("Chapter “One”", "aa", "bb", "2026-11-03T10:00:00Z", How.COPY)
POSTED = Posted({"ao3": (CHAPTER,), "mail": ()}, frozenset({"ao3"}))


def file_in(folder, name="book.txt"):
    return PostedFile(folder / "posted", folder / name)


def test_what_was_put_is_read_again(tmp_path):
    assert file_in(tmp_path).read() == Posted()
    assert file_in(tmp_path).change(lambda _: POSTED) == POSTED
    assert file_in(tmp_path).read() == POSTED


def test_two_manuscripts_of_one_name_are_two(tmp_path):
    file_in(tmp_path, "one/book.txt").change(lambda _: POSTED)
    assert file_in(tmp_path, "two/book.txt").read() == Posted()


def test_a_link_to_a_manuscript_is_the_manuscript(tmp_path):
    (tmp_path / "book.txt").write_text("Rain.")
    (tmp_path / "link.txt").symlink_to("book.txt")
    file_in(tmp_path).change(lambda _: POSTED)
    assert file_in(tmp_path, "link.txt").read() == POSTED


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"3",
        b"null",
        b'{"version": 1}',
        b'{"version": "1", "targets": {}, "shown": []}',
        b'{"version": 1, "targets": [], "shown": []}',
        b'{"version": 1, "targets": {"ao3": 4}, "shown": []}',
        b'{"version": 1, "targets": {"ao3": ["x"]}, "shown": []}',
        b'{"version": 1, "targets": {"ao3": [{"title": 1, "whole": "", "body": "", "when": "", "how": "copy"}]}, "shown": []}',
        b"[" * 100_000,
    ],
)
def test_a_broken_file_is_set_aside_and_told_once(tmp_path, data):
    first = file_in(tmp_path)
    first.change(lambda _: POSTED)
    first.path.write_bytes(data)
    found = file_in(tmp_path)
    assert found.read() == Posted()
    assert len(found.problems) == 1
    assert "book.txt" in found.problems[0]
    assert found.path.with_name(f"{found.path.name}.broken").read_bytes() == data
    again = file_in(tmp_path)
    assert again.change(lambda _: POSTED) == POSTED
    assert again.problems == []


def test_a_file_of_a_later_version_is_left_alone(tmp_path):
    found = file_in(tmp_path)
    found.change(lambda _: POSTED)
    data = json.loads(found.path.read_text())
    found.path.write_text(json.dumps({**data, "version": 2}))
    before = found.path.read_bytes()
    with pytest.raises(FileUnreadable, match="later version"):
        found.read()
    with pytest.raises(SaveFailed, match="later version"):
        found.change(lambda _: Posted())
    assert found.path.read_bytes() == before


def test_many_writers_at_once_lose_nothing(tmp_path):
    def note(number):
        file_in(tmp_path).change(lambda was: Posted({**was.targets, f"target {number}": (CHAPTER,)}))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(note, range(24)))
    assert len(file_in(tmp_path).read().targets) == 24


def test_no_text_but_titles_is_in_the_file(tmp_path):
    found = file_in(tmp_path)
    found.change(lambda _: POSTED)
    data = json.loads(found.path.read_bytes())
    assert set(data) == {"version", "manuscript", "shown", "targets"}
    assert set(data["targets"]["ao3"][0]) == {"title", "whole", "body", "when", "how"}


def test_a_file_that_would_be_too_large_to_read_again_is_not_written(tmp_path):
    file = file_in(tmp_path)
    file.change(lambda _: POSTED)
    many = (CHAPTER,) * 50_000
    with pytest.raises(SaveFailed, match="was not noted"):
        file.change(lambda posted: Posted({**posted.targets, **{str(n): many for n in range(8)}}))
    assert file_in(tmp_path).read() == POSTED
