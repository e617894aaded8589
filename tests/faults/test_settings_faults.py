"""Settings and session on a disk that fails, and in every broken state: the program starts, and says so once."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from editor.app.settings import (
    Folders,
    Session,
    Settings,
    read_session,
    read_settings,
    with_place,
    with_recent,
    write_session,
    write_settings,
)
from editor.errors import DinkusError
from editor.ui.desk import Desk
from tests.faults.faulty_disk import FAULTS, FaultyDisk, Killed
from tests.faults.json_damage import damage
from tests.storage.neighbours import lock_for, running_owner

BEFORE = Settings(theme="dark", page_width=70)
AFTER = Settings(theme="sepia", font_size=15.0, language="de", backs_up=True, backup_folder="/b")
SESSION = with_place(with_recent(Session(), Path("/one.txt")), Path("/one.txt"), {"line": 4})
KINDS = [
    (read_settings, write_settings, BEFORE, AFTER),
    (read_session, write_session, SESSION, replace(SESSION, open_files=("/one.txt",), was_welcomed=True)),
]


def folders_in(folder: Path) -> Folders:
    return Folders(folder / "config", folder / "state")


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
@pytest.mark.parametrize("has_file", [True, False])
@pytest.mark.parametrize("read, write, before, after", KINDS, ids=["settings", "session"])
def test_what_was_written_is_old_or_new_whatever_goes_wrong(
    tmp_path, read, write, before, after, has_file, fault
):
    usual = type(before)()
    for fail_at in range(1, 200):
        folders = folders_in(tmp_path / str(fail_at))
        if has_file:
            write(folders, before)
        with FaultyDisk(tmp_path / "copies", fail_at, fault) as disk:
            try:
                write(folders, after, disk)
                is_written = True
            except (DinkusError, Killed):
                is_written = False
        value, told = read(folders)
        assert told is None
        assert value in ([after] if is_written else [before if has_file else usual, after])
        write(folders, after)
        assert read(folders) == (after, None)
        if not disk.has_failed:
            assert is_written
            break
    else:
        pytest.fail("there was always one more operation")
    assert fail_at > 5


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
@pytest.mark.parametrize("is_broken", [True, False])
@pytest.mark.parametrize("read, write, before, after", KINDS, ids=["settings", "session"])
def test_reading_never_stops_the_program_and_never_loses_the_file(
    tmp_path, read, write, before, after, is_broken, fault
):
    for fail_at in range(1, 50):
        folders = folders_in(tmp_path / str(fail_at))
        write(folders, before)
        path = folders.settings_file if read is read_settings else folders.session_file
        if is_broken:
            path.write_bytes(path.read_bytes()[:-2])
        data = path.read_bytes()
        with FaultyDisk(tmp_path / "copies", fail_at, fault) as disk:
            try:
                value, told = read(folders, disk)
                assert value == before or (value == type(before)() and told)
            except Killed:
                pass
        assert data in [file.read_bytes() for file in path.parent.iterdir()]
        assert read(folders)[0] in (before, type(before)())
        if not disk.has_failed:
            break
    else:
        pytest.fail("there was always one more operation")


def test_what_is_set_aside_never_takes_the_place_of_an_earlier_one(tmp_path):
    folders = folders_in(tmp_path)
    folders.config.mkdir()
    for number in range(12):
        folders.settings_file.write_text(f"broken {number}")
        assert read_settings(folders)[1] is not None
    aside = [path.read_text() for path in folders.config.iterdir()]
    assert sorted(aside) == sorted(f"broken {number}" for number in range(12))


@pytest.mark.parametrize("part", range(8))
def test_the_program_starts_with_broken_files_and_says_so_once_for_each(qtbot, tmp_path, part):
    """Settings, session and a lock of the text, all three broken at once, 200 ways (25 in each part)."""
    chapter = tmp_path / "chapter.txt"
    chapter.write_text("Chapter 1\n\nRain.\n")
    for number in range(part * 25, part * 25 + 25):
        folders = folders_in(tmp_path / str(number))
        write_settings(folders, AFTER)
        place = {"line": 1, "column": 2, "mode": "lines", "encoding": "utf-8"}
        session = with_place(with_recent(Session(), chapter), chapter, place)
        window = {"geometry": "AAAA", "splitter": "", "outline": True, "zoom": 100}
        write_session(folders, replace(session, window=window, was_welcomed=True))
        lock = lock_for(folders.locks, chapter, running_owner())
        for path, shift in ((folders.settings_file, 0), (folders.session_file, 3), (lock, 6)):
            damage(path, number + shift)
        told = start(qtbot, folders, chapter)
        aside = [
            path
            for folder in (folders.config, folders.state, folders.locks)
            for path in folder.glob("*.broken*")
        ]
        for path in aside:
            original = path.name.split(".broken")[0]
            assert sum(original in text for text in told) == 1, (number, told)
        assert len([text for text in told if "broken" in text]) == len(aside), (number, told)
        assert not [text for text in start(qtbot, folders, chapter) if "broken" in text], number


def start(qtbot, folders, chapter):
    """Start the program on a text, see that it is shown, and close it; return everything that was told."""
    desk = Desk(QApplication.instance(), folders)
    desk.start([(chapter, None)])
    (window,) = desk.windows
    QApplication.processEvents()
    assert "\n".join(window.buffer.lines()) == chapter.read_text()
    told = []
    while window.message_bar.text():
        told.append(window.message_bar.text())
        window.message_bar.dismiss()
    window.close()
    QApplication.processEvents()
    return told
