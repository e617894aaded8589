"""Whatever operation of a journal goes wrong: nothing that was written down before is lost, and nothing comes back that was not typed."""

import contextlib
import itertools
import shutil

import pytest

from editor.storage.disk import Disk
from editor.storage.journal import Journal, Subject
from editor.storage.journal_recovery import find_unsaved, put_aside
from editor.ui.line_changes import hunks_between
from tests.faults.crash_states import Model, RecordingDisk
from tests.faults.faulty_disk import FAULTS, FaultyDisk, Killed
from tests.journeys.crashes import disown

BASE = ["Chapter One", "", "It was night.", "", "It was day."]
TEXTS = [
    BASE,
    [*BASE[:2], "It was night. One", *BASE[3:]],
    [*BASE[:2], "It was night. One two", *BASE[3:]],
    ["Chapter One", "", "It was day."],
    ["Chapter One", "", "It was day.", "", "Three."],
    ["Chapter One", "", "It was day.", "", "Three. Four."],
]


class Session:
    """Somebody types; `written` is the last text whose change was written down without complaint."""

    def __init__(self, folder, disk):
        self.folder, self.disk = folder, disk
        self.written = self.begun = 0
        self.synced = 0
        self.is_saved = False

    def run(self):
        journal = Journal(self.folder, Subject(self.folder / "one.txt"), BASE, "w", disk=self.disk)
        for number in range(1, len(TEXTS)):
            self.begun = number
            before, now = TEXTS[number - 1], TEXTS[number]
            hunks = hunks_between(before, now, 0)
            journal.note(hunks, [before[first : first + count] for first, count, _ in hunks])
            self.written = number
            if number == 2:
                journal.sync()
                self.synced = number
            if number == 3:
                journal.begin_again(hunks_between(BASE, now, 0), keep_old=False)
                self.synced = number
            if number == 4:
                journal.begin_again(hunks_between(BASE, now, 0), keep_old=True)
                self.synced = number
        journal.sync()
        self.synced = self.written
        self.is_saved = True
        journal.remove()


def text_found(folder):
    """Return the text that the next start finds, None if there is none."""
    for path in folder.glob("*/changes-*.journal"):
        if path.read_bytes().count(b"\n"):
            disown(path)
    found = find_unsaved(folder)
    assert not found.problems or all("cannot be read" in problem for problem in found.problems)
    if not found.unsaved:
        return None
    (unsaved,) = found.unsaved
    replayed = unsaved.text_from(BASE if unsaved.base is None and unsaved.fits(BASE) else unsaved.base)
    assert replayed.is_whole
    return replayed.lines


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_what_was_written_down_comes_back_whatever_goes_wrong(tmp_path, fault):
    for fail_at in range(1, 300):
        folder = tmp_path / str(fail_at)
        with FaultyDisk(tmp_path / "copies", fail_at, fault) as disk:
            session = Session(folder, disk)
            with contextlib.suppress(Killed, OSError):
                session.run()
        text = text_found(folder)
        if session.is_saved:
            assert text in (None, TEXTS[-1])
        else:
            allowed = TEXTS[session.written : session.begun + 1]
            assert text in allowed or (text is None and session.written == 0), fail_at
        if not disk.has_failed:
            assert text is None
            assert not any(path.name != "recovered" for path in folder.iterdir())
            break
    else:
        pytest.fail("there was always one more operation")
    assert fail_at > 20


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_a_fault_while_recovering_loses_nothing_either(tmp_path, fault):
    for fail_at in range(1, 100):
        folder = tmp_path / str(fail_at)
        journal = Journal(folder, Subject(), BASE, "w")
        for before, now in itertools.pairwise(TEXTS[:3]):
            hunks = hunks_between(before, now, 0)
            journal.note(hunks, [before[first : first + count] for first, count, _ in hunks])
        journal.leave()
        disown(journal.path)
        with FaultyDisk(tmp_path / "copies", fail_at, fault) as disk:
            is_done = False
            try:
                for unsaved in find_unsaved(folder, disk).unsaved:
                    put_aside(unsaved, disk)
                    is_done = True
            except (Killed, OSError):
                pass
        aside = folder / "recovered"
        places = [
            path
            for path in [*folder.iterdir(), *(aside.iterdir() if aside.exists() else ())]
            if path != aside
        ]
        assert [path.name for path in places] == [journal.folder.name]
        assert (places[0] / "base.txt").exists()
        assert (places[0] / "changes-1.journal").exists()
        if places[0].parent == folder:
            (places[0] / "claim").unlink(missing_ok=True)
            assert text_found(folder) == TEXTS[2]
        if not disk.has_failed:
            assert is_done
            break
    else:
        pytest.fail("there was always one more operation")


def test_every_state_after_a_power_cut_has_all_that_was_synced(tmp_path):
    folder = tmp_path / "journals"
    disk = RecordingDisk(tmp_path / "copies")
    marks = []

    class Watching(Session):
        def __setattr__(self, name, value):
            super().__setattr__(name, value)
            if name in {"synced", "written", "begun"}:
                marks.append((len(disk.steps), dict(self.__dict__)))

        def run(self):
            Journal.remove, remove = Journal.leave, Journal.remove
            try:
                super().run()
            finally:
                Journal.remove = remove

    session = Watching(folder, disk)
    session.run()
    place = next(path for path in folder.iterdir())
    model = Model({})
    count = 0
    for number, step in enumerate(disk.steps, 1):
        model.do(step)
        # The state that the program had reached for sure when this step was done.
        past = [state for at, state in marks if at <= number]
        synced = max((state.get("synced", 0) for state in past), default=0)
        begun = max((state.get("begun", 0) for state in past), default=0)
        for state in model.states():
            shutil.rmtree(folder, ignore_errors=True)
            for path, data in state.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            text = text_found(folder)
            assert text in TEXTS[synced : begun + 1] or (text is None and synced == 0), (number, step)
            count += 1
    assert count > 200
    assert place.parent == folder


def test_a_journal_that_cannot_begin_leaves_nothing_behind(tmp_path):
    class Full(Disk):
        def write_all(self, descriptor, data):
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        Journal(tmp_path / "journals", Subject(), BASE, "w", disk=Full())
    assert list((tmp_path / "journals").iterdir()) == []
