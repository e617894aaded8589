"""Where the parts of a window stand: the outline at the left, the page with its bars beside it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

LEAST_PAGE = 260
"""Pixels of the page below which a narrow window takes room from the outline."""


def arrange(window: QMainWindow, outline: QWidget, parts: Sequence[QWidget]) -> QSplitter:
    """Put the outline and the parts of the page, from top to bottom, into a window; the tallest part takes the room."""
    centre = QWidget(window)
    column = QVBoxLayout(centre)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
        if isinstance(part, QSplitter):
            column.setStretchFactor(part, 1)
    splitter = QSplitter(window)
    splitter.setObjectName("mainSplitter")
    splitter.addWidget(outline)
    splitter.addWidget(centre)
    splitter.setStretchFactor(1, 1)
    splitter.setSizes([300, 880])
    centre.setMinimumWidth(LEAST_PAGE)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)  # a part dragged to nothing could not be shown again by its key
    window.setCentralWidget(splitter)
    return splitter
