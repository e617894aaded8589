"""A power cut after any operation of a save, with any part of what was not synced lost: the text is the old or the new one."""

import os
import stat

import pytest

from editor.storage.disk import Disk
from editor.storage.rewrites import finish_rewrites
from tests.faults.crash_states import Model, RecordingDisk
from tests.faults.test_save_faults import (
    NEW_BYTES,
    OLD_BYTES,
    Desk,
    HardLinked,
    export_new,
    export_over,
    save_after_it_vanished,
    save_chapter,
    save_new,
)


@pytest.mark.parametrize(
    "make_desk, save",
    [
        (Desk, save_chapter),
        (Desk, save_new),
        (Desk, save_after_it_vanished),
        (Desk, export_new),
        (Desk, export_over),
        (HardLinked, save_chapter),
        (HardLinked, export_over),
    ],
    ids=lambda part: part.__name__,
)
def test_every_state_after_a_power_cut_is_the_old_or_the_new_text(tmp_path, make_desk, save):
    desk = make_desk(tmp_path / "desk")
    before = {} if save is save_after_it_vanished else dict.fromkeys(desk.folder.iterdir(), OLD_BYTES)
    disk = RecordingDisk(desk.copies)
    save(desk, disk)
    model = Model(before)
    count = 0
    for step in [None, *disk.steps]:
        if step:
            model.do(step)
        for state in model.states():
            assert text_after_restart(state, desk) in {before.get(desk.path), NEW_BYTES}, step
            count += 1
    for state in model.states():
        assert text_after_restart(state, desk) == NEW_BYTES
    assert count >= 8


class NeverSyncsFiles(RecordingDisk):
    """Leaves out what makes data safe."""

    def sync(self, descriptor):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            super().sync(descriptor)


class NeverSyncsFolders(RecordingDisk):
    """Leaves out what makes names safe."""

    def sync_folder(self, folder):
        pass


@pytest.mark.parametrize("careless", [NeverSyncsFiles, NeverSyncsFolders])
def test_the_model_finds_out_a_save_that_leaves_a_sync_out(tmp_path, careless):
    desk = Desk(tmp_path / "desk")
    model = Model({desk.path: OLD_BYTES})
    disk = careless(desk.copies)
    save_chapter(desk, disk)
    for step in disk.steps:
        model.do(step)
    assert {text_after_restart(state, desk) for state in model.states()} != {NEW_BYTES}


def text_after_restart(state, desk):
    """Lay a state out on the real disk, finish interrupted saves, and read the file."""
    for folder in (desk.folder, desk.copies):
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
    for path, content in state.items():
        path.write_bytes(content)
    finish_rewrites(Disk(desk.copies))
    return desk.path.read_bytes() if desk.path.exists() else None
