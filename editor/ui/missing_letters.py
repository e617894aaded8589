"""Characters that no font of this computer has: a box is set in their place, and the writer is told.

Left alone, Qt would set nothing at all, on the page and in the text of a PDF.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtGui import QFont, QFontMetricsF

from editor.export.document import Document, Paragraph, Run

_BOXES = "□\ufffd?"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_SELECTORS = range(0xFE00, 0xFE10)
_NAMED = 8


def find_missing(texts: Iterable[str], font: str) -> str:
    """Return the characters of `texts` that neither `font` nor any font Qt takes instead has, in order. Needs a QGuiApplication."""
    metrics = QFontMetricsF(QFont(font))
    found: set[str] = set().union(*texts)
    return "".join(
        sorted(
            each
            for each in found
            if not each.isascii()
            and unicodedata.category(each) not in _UNSEEN
            and ord(each) not in _SELECTORS
            and not metrics.inFontUcs4(ord(each))
        )
    )


def tell_missing(missing: str) -> str:
    """Return a sentence about characters that are missing, "" if there are none."""
    if not missing:
        return ""
    named = " ".join(missing[:_NAMED])
    more = f" and {len(missing) - _NAMED:,} more characters" if len(missing) > _NAMED else ""
    places = "its place" if len(missing) == 1 else "their places"
    return (
        f"No font on this computer has {named}{more}: in {places} stands a box. Install a font that has them."
    )


def with_boxes(document: Document) -> tuple[Document, str]:
    """Return a document in which every character can be shown, and those for which a box stands now."""
    font = document.sheet.font
    missing = find_missing((run.text for each in document.paragraphs for run in each.runs), font)
    if not missing:
        return document, ""
    metrics = QFontMetricsF(QFont(font))
    box = next(each for each in _BOXES if each.isascii() or metrics.inFontUcs4(ord(each)))
    table = str.maketrans(dict.fromkeys(missing, box))
    return replace(document, paragraphs=[_boxed(each, table) for each in document.paragraphs]), missing


def _boxed(paragraph: Paragraph, table: dict[int, str]) -> Paragraph:
    runs = tuple(Run(run.text.translate(table), run.is_emphasised, run.is_strong) for run in paragraph.runs)
    return paragraph if runs == paragraph.runs else replace(paragraph, runs=runs)
