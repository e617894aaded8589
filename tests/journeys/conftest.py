"""A desk with real windows, in folders of its own."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from editor.app.resources import sample_path
from editor.app.settings import Folders
from editor.ui.desk import Desk
from tests.journeys.crashes import state_after_crash


@pytest.fixture
def folders(tmp_path) -> Folders:
    return Folders(tmp_path / "config", tmp_path / "state")


@pytest.fixture
def make_desk(qtbot, folders):
    """Return a function that starts the program on some files, as the launcher does."""
    desks = []

    def make(*paths, lines=None) -> Desk:
        desk = Desk(QApplication.instance(), folders)
        desks.append(desk)
        desk.start([(Path(path), None) for path in paths])
        return desk

    yield make
    for desk in desks:
        for window in desk.windows:
            window.files.wait()
            window.buffer.document.setModified(False)
            window.close()
        desk.deleteLater()


@pytest.fixture
def sample(tmp_path) -> Path:
    """Return a copy of the serial chapter."""
    return Path(shutil.copy(sample_path("chapter-six.txt"), tmp_path / "chapter-six.txt"))


@pytest.fixture
def window(make_desk, sample, qtbot):
    """Return a window on the serial chapter."""
    return opened(make_desk(sample), qtbot)


@pytest.fixture
def restart(folders, tmp_path, qtbot):
    """Return a function that starts the program as after a crash at this moment, on some files."""
    desks = []

    def start(*paths):
        crashed = state_after_crash(folders, tmp_path / f"crash {len(desks)}")
        desk = Desk(QApplication.instance(), crashed)
        desks.append(desk)
        desk.start([(path, None) for path in paths])
        QApplication.processEvents()
        return desk

    yield start
    for desk in desks:
        for window in desk.windows:
            window.store.wait()
            window.buffer.document.setModified(False)
            window.close()
        desk.deleteLater()


def opened(desk, qtbot):
    """Return the first window, shown and ready."""
    window = desk.windows[0]
    qtbot.waitExposed(window)
    QApplication.processEvents()
    return window
