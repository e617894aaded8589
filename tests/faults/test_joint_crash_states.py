"""A power cut after any operation of a save of several files, and of its recovery: all files are old or all are new."""

import itertools
import os
import random
import stat

import pytest

from tests.faults.crash_states import Model, RecordingDisk
from tests.faults.joint_saves import BOOKS, OLD, Join, MoveRound, MoveToNext, Rename, Swap

MOST_STATES = 200  # after one operation; where there are more, a sample


def states_after(model, chance):
    states = list(itertools.islice(model.states(), 4000))
    return states if len(states) <= MOST_STATES else chance.sample(states, MOST_STATES)


def recovered(book, state):
    """Lay a state out, finish the save, prove that finishing again changes nothing; return the scenes."""
    book.lay_out(state)
    assert set(book.recover(book.plain_disk())) <= {"finished", "withdrawn"}
    scenes, files = book.scenes(), book.bytes_by_name()
    assert book.recover(book.plain_disk()) == []
    assert book.bytes_by_name() == files
    return scenes


@pytest.mark.parametrize("make_book", BOOKS, ids=lambda part: part.__name__)
def test_every_state_after_a_power_cut_is_finished_to_all_old_or_all_new(tmp_path, make_book):
    book = make_book(tmp_path / "desk")
    before = book.bytes_by_name()
    disk = RecordingDisk(book.copies)
    book.save(disk)
    model, chance, count = Model(before), random.Random(1), 0
    for step in [None, *disk.steps]:
        if step:
            model.do(step)
        for state in states_after(model, chance):
            assert recovered(book, state) in [OLD, book.new], step
            count += 1
    for state in model.states():
        assert recovered(book, state) == book.new
    assert count > 30


@pytest.mark.parametrize("make_book", BOOKS, ids=lambda part: part.__name__)
def test_a_power_cut_during_the_recovery_is_recovered_from(tmp_path, make_book):
    book = make_book(tmp_path / "desk")
    disk = RecordingDisk(book.copies)
    before = book.bytes_by_name()
    book.save(disk)
    model, chance = Model(before), random.Random(2)
    for step in disk.steps:
        model.do(step)
        for state in states_after(model, chance)[-2:]:
            book.lay_out(state)
            recovery = RecordingDisk(book.copies)
            book.recover(recovery)
            again = Model(dict(state))
            for further in recovery.steps:
                again.do(further)
                for second in states_after(again, chance)[:8]:
                    assert recovered(book, second) in [OLD, book.new], (step, further)


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
@pytest.mark.parametrize("make_book", [MoveToNext, MoveRound, Rename, Swap, Join])
def test_the_model_finds_out_a_save_that_leaves_a_sync_out(tmp_path, make_book, careless):
    book = make_book(tmp_path / "desk")
    model = Model(book.bytes_by_name())
    disk = careless(book.copies)
    book.save(disk)
    found = []
    for step in disk.steps:
        model.do(step)
    for state in itertools.islice(model.states(), 300):
        book.lay_out(state)
        book.recover(book.plain_disk())
        found.append(book.scenes())
    assert any(scenes != book.new for scenes in found)
