"""Settings and session: kept, checked, and never in the way of opening a text."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.app.settings import (
    Folders,
    Session,
    Settings,
    place_of,
    read_session,
    read_settings,
    with_place,
    with_recent,
    write_session,
    write_settings,
)


@pytest.fixture
def folders(tmp_path) -> Folders:
    return Folders(tmp_path / "config", tmp_path / "state")


def test_settings_come_back_as_they_were_written(folders):
    chosen = Settings(theme="sepia", font_family="Gentium", font_size=14.5, page_width=72, language="de")
    write_settings(folders, chosen)
    assert read_settings(folders) == (chosen, None)


def test_a_session_comes_back_as_it_was_written(folders):
    session = with_place(with_recent(Session(), Path("/books/one.txt")), Path("/books/one.txt"), {"line": 4})
    write_session(folders, session)
    assert read_session(folders) == (session, None)


def test_without_files_everything_has_its_default(folders):
    assert read_settings(folders) == (Settings(), None)
    assert read_session(folders) == (Session(), None)


def test_a_broken_file_is_set_aside_and_told_and_never_fatal(folders):
    folders.config.mkdir()
    folders.settings_file.write_bytes(b'{"theme": ')
    value, told = read_settings(folders)
    assert value == Settings()
    assert told is not None
    assert "settings.json.broken" in told
    assert (folders.config / "settings.json.broken").read_bytes() == b'{"theme": '
    assert read_settings(folders) == (Settings(), None)


def test_a_value_of_the_wrong_type_is_left_out_and_the_others_are_kept(folders):
    folders.config.mkdir()
    folders.settings_file.write_text(json.dumps({"theme": 7, "page_width": True, "font_size": 15, "new": 1}))
    assert read_settings(folders) == (replace(Settings(), font_size=15.0), None)


def test_a_folder_in_the_place_of_the_file_is_told_and_not_fatal(folders):
    folders.settings_file.mkdir(parents=True)
    value, told = read_settings(folders)
    assert value == Settings()
    assert told is not None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=200), st.text(max_size=80).map(lambda text: json.dumps([text]).encode())))
def test_no_bytes_in_the_settings_file_stop_the_program(folders, data):
    folders.config.mkdir(exist_ok=True)
    folders.settings_file.write_bytes(data)
    value, _told = read_settings(folders)
    assert isinstance(value, Settings)


def test_recent_files_are_the_last_twelve_each_once():
    session = Session()
    for number in [*range(15), 14, 3]:
        session = with_recent(session, Path(f"/{number}.txt"))
    assert session.recent[:3] == ("/3.txt", "/14.txt", "/13.txt")
    assert len(session.recent) == 12
    assert len(set(session.recent)) == 12


def test_what_is_remembered_of_a_file_adds_up():
    path = Path("/one.txt")
    session = with_place(with_place(Session(), path, {"line": 1, "mode": "lines"}), path, {"line": 9})
    assert place_of(session, path) == {"line": 9, "mode": "lines"}
    assert place_of(session, Path("/other.txt")) == {}


def test_a_broken_place_is_no_place():
    assert place_of(Session(places={"/one.txt": 7}), Path("/one.txt")) == {}
