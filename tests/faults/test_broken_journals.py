"""Two hundred broken journals: the program starts, restores what can be trusted, and never a word that was not there."""

import itertools
import random

import pytest
from PySide6.QtWidgets import QApplication

from editor.app.settings import Folders
from editor.storage.journal import Journal, Subject
from editor.storage.journal_recovery import find_unsaved
from editor.ui.desk import Desk
from editor.ui.line_changes import hunks_between
from tests.faults.mutations import mutate
from tests.faults.test_journal_faults import BASE, TEXTS
from tests.journeys.crashes import disown


def leave_journal(folder, path=None):
    """Leave a journal in two generations of a program that has ended; return its folder."""
    journal = Journal(folder, Subject(path), BASE, "w")
    for before, now in itertools.pairwise(TEXTS):
        hunks = hunks_between(before, now, 0)
        journal.note(hunks, [before[first : first + count] for first, count, _ in hunks])
        if now == TEXTS[3]:
            journal.begin_again(hunks_between(BASE, now, 0), keep_old=True)
    journal.leave()
    for changes in journal.folder.glob("changes-*.journal"):
        disown(changes)
    return journal.folder


@pytest.mark.parametrize("seed", range(4))
def test_a_broken_journal_gives_a_text_that_was_there_or_none(tmp_path, seed):
    dice = random.Random(seed)
    outcomes = set()
    for number in range(50):
        folder = tmp_path / str(number)
        place = leave_journal(folder)
        for path in dice.sample(sorted(place.iterdir()), dice.randrange(1, 3)):
            mutate(path, dice)
        found = find_unsaved(folder)
        assert len(found.unsaved) + len(found.problems) <= 1
        for unsaved in found.unsaved:
            base = unsaved.base if unsaved.base is not None else BASE if unsaved.fits(BASE) else None
            outcomes.add("no base" if base is None else "text")
            if base is not None:
                assert unsaved.text_from(base).lines in TEXTS
        if found.problems:
            assert "cannot be read" in found.problems[0]
            assert (folder / "recovered" / place.name).exists()
            assert find_unsaved(folder).problems == ()
            outcomes.add("problem")
    assert "text" in outcomes


def test_the_window_opens_whatever_the_journals_are(tmp_path, qtbot):
    dice = random.Random(7)
    path = tmp_path / "one.txt"
    for number in range(20):
        path.write_text("\n".join(BASE))
        folders = Folders(tmp_path / str(number) / "config", tmp_path / str(number) / "state")
        place = leave_journal(folders.journals, path)
        mutate(dice.choice(sorted(place.iterdir())), dice)
        desk = Desk(QApplication.instance(), folders)
        desk.start([(path, None)])
        QApplication.processEvents()
        window = desk.windows[0]
        assert window.buffer.lines() in TEXTS
        assert path.read_text() == "\n".join(BASE)
        window.buffer.document.setModified(False)
        window.close()
        desk.deleteLater()
