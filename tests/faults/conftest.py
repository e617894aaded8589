"""Windows whose faults are caught, as the program catches them."""

import faulthandler
import sys
import threading

import pytest

from editor.ui.faults import catch_faults
from tests.journeys.conftest import folders, make_desk, opened  # noqa: F401 - fixtures


@pytest.fixture
def hooks():
    """Give the hooks back that `catch_faults` replaces."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = before
    faulthandler.enable()


@pytest.fixture
def caught(hooks, make_desk, tmp_path, qtbot):  # noqa: F811 - the fixture above
    """Return a function that opens a window whose faults are caught, and gives its faults."""
    made = []

    def open_window(path):
        desk = make_desk(path)
        window = opened(desk, qtbot)
        made.append(catch_faults(desk, tmp_path / "log"))
        return window

    yield open_window
    for faults in made:
        faults.stop()
