"""A page to test on: a shown editor with a theme, and keys that do what a writer does."""

from PySide6.QtWidgets import QApplication

from editor.app.themes import load_themes
from editor.ui.manuscript_editor import ManuscriptEditor

THEME = load_themes()["light"]

_TEXT = """\
Title: The Lamp
Author: E. M. Quill

++++++++++++++++

/Chapter Six/

[[status: draft]]

The keeper's boat had not been at its mooring since Tuesday, and nobody on the quay would say why. "*Somebody* knows," \
she said aloud, to nobody -- and the gulls, who did, said nothing...really *nothing* at all.

It was /still/ there: the smell of lamp oil, and under it **scorched sugar**. [[check: would she know it?]]

* * *

> Do not come. It went out on the *ninth*.
>
> -- T.

    The sea gives up the drowned by night,
    The land gives up its *dead* by day;

A/N: Thank you for reading! See https://example.org/a_b_c for \\*more\\*.

*** Three weeks later ***

The boat came back 😀 with *no-one 😀 in* it. *Nobody, not even now

To Be Concluded in Chapter 7"""
SAMPLE = _TEXT.split("\n")


def shown_editor(lines, size=(760, 560), theme=THEME):
    """Return an editor that shows `lines`, laid out and painted."""
    editor = ManuscriptEditor()
    editor.set_theme(theme)
    editor.buffer.load(lines)
    editor.resize(*size)
    editor.show()
    settle()
    return editor


def settle():
    """Let everything happen that is waiting to."""
    for _ in range(4):
        QApplication.processEvents()
