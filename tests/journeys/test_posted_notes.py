"""Notes of what was posted that are still being written when their window goes."""

import threading

from editor.errors import SaveFailed
from editor.ui.posted_notes import PostedNotes


def test_a_note_that_fails_after_its_window_has_gone_breaks_nothing(make_desk, qtbot, tmp_path):
    window = make_desk().windows[0]
    notes = PostedNotes(tmp_path, window.buffer, window.store)
    is_gone, has_failed = threading.Event(), threading.Event()

    def fail(_ledger):
        assert is_gone.wait(20)
        has_failed.set()
        raise SaveFailed("It was not noted.", tmp_path)

    notes.run(fail)
    notes.is_stopped = True
    notes.destroyed.connect(is_gone.set)
    notes.deleteLater()
    qtbot.waitUntil(has_failed.is_set)
    qtbot.wait(50)  # an error that nobody hears would be raised here
