"""Every disk operation fails once while a template is read, listed or written: told in words, and no file is half there."""

import errno
import itertools

import pytest

from editor.app.page_files import SHIPPED, names_in, put_templates, read_files
from editor.app.resources import resource_path
from editor.errors import DinkusError
from editor.export.profile import Profile
from tests.faults.faulty_disk import Error, FaultyDisk

PROFILE = Profile("x", template="page.html.j2", style="page.css")
FAULTS = [Error(errno.EIO), Error(errno.EACCES), Error(errno.ENOSPC, lasts=True)]


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "book"
    put_templates(folder)
    return folder


def until_nothing_fails(tmp_path, fault, act):
    """Do `act` with a disk whose first operation fails, then its second, until none does; return how many there were."""
    for fail_at in itertools.count(1):
        with FaultyDisk(tmp_path / "copies", fail_at, fault) as disk:
            act(disk)
            if not disk.has_failed:
                return fail_at - 1
    raise AssertionError


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_a_disk_that_fails_while_a_template_is_read_is_told(tmp_path, place, fault):
    told = []
    texts = {name: (place / name).read_text("utf-8") for name in SHIPPED}

    def read(disk):
        try:
            found = read_files(PROFILE, (place,), disk)
        except DinkusError as error:
            told.append(str(error))
            return
        assert found.own_template == texts["page.html.j2"]
        assert found.own_style == texts["page.css"]

    assert until_nothing_fails(tmp_path, fault, read) >= 10
    assert told
    assert all("page." in message for message in told)


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_a_folder_that_cannot_be_listed_offers_nothing(tmp_path, place, fault):
    def list_names(disk):
        offered = names_in((place, tmp_path / "none"), disk)
        expected = [] if disk.has_failed and disk._fail_at == 1 else ["page.html.j2"]
        assert offered["template"] == expected

    assert until_nothing_fails(tmp_path, fault, list_names) == 2


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_templates_are_written_whole_or_told_not_to_be(tmp_path, fault):
    counted = itertools.count()

    def put(disk):
        folder = tmp_path / f"book {next(counted)}"
        folder.mkdir()
        try:
            put_templates(folder, disk=disk)
        except DinkusError:
            assert disk.has_failed
        else:
            assert {path.name for path in folder.iterdir()} == set(SHIPPED)
        for path in folder.iterdir():
            if path.name in SHIPPED:
                assert path.read_bytes() == resource_path("templates", path.name).read_bytes()

    assert until_nothing_fails(tmp_path, fault, put) >= 10
