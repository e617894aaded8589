"""What there is to choose before printing: how the pages are set, and the paper they are printed on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QLocale, QSizeF
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from editor.export.document_options import BOOK, PAGED, PDF
from editor.export.pieces import file_stem
from editor.export.profile import Profile

OWN_NAMES = {
    "pdf-manuscript": "Manuscript of a story",
    "story-typescript": "Manuscript of a story, classic",
    "novel-manuscript": "Manuscript of a novel",
    "novel-typescript": "Manuscript of a novel, classic",
    "pdf-book": "Book",
}
"""Which of the program's profiles are printed, and what they are called where it does not matter which file they make."""
NOT_PRINTED = frozenset({"story-manuscript", "word-document", "open-document", "rich-text"})
"""Profiles of the program whose pages are those of another one."""
NOT_CHOSEN = frozenset({"renderer", "files", "notes_apart", "character_limit", "word_rule"})
"""Options that say nothing about printed pages."""
_KNOWN = (
    QPageSize.PageSizeId.A4,
    QPageSize.PageSizeId.Letter,
    QPageSize.PageSizeId.Legal,
    QPageSize.PageSizeId.A5,
    QPageSize.PageSizeId.A3,
)
_PAGE_OF = {
    QPageSize.PageSizeId.A4: "a4",
    QPageSize.PageSizeId.A3: "a4",
    QPageSize.PageSizeId.A5: "a5",
    QPageSize.PageSizeId.Letter: "letter",
    QPageSize.PageSizeId.Legal: "letter",
}
_LETTER_LANDS = ("US", "CA", "MX", "PH", "CL", "CO", "VE", "GT", "CR")


@dataclass(frozen=True, slots=True)
class Papers:
    """The paper of this computer: the name of its usual printer ("" if there is none), and sizes, the usual one first."""

    printer: str
    sizes: tuple[QPageSize, ...]


def find_papers() -> Papers:
    """Return the paper of the printer that is used unless another is chosen."""
    info = QPrinterInfo.defaultPrinter()
    if info.isNull():
        names = QPrinterInfo.availablePrinterNames()
        info = QPrinterInfo.printerInfo(names[0]) if names else info
    usual = _paper_here() if info.isNull() else info.defaultPageSize()
    if not usual.isValid():
        usual = _paper_here()
    others = [QPageSize(each) for each in _KNOWN if not usual.isEquivalentTo(QPageSize(each))]
    return Papers(info.printerName(), (usual, *others))


def _paper_here() -> QPageSize:
    land = QLocale.territoryToCode(QLocale.system().territory())
    return QPageSize(QPageSize.PageSizeId.Letter if land in _LETTER_LANDS else QPageSize.PageSizeId.A4)


def printed_profiles(profiles: Mapping[str, Profile]) -> dict[str, Profile]:
    """Return the profiles that have pages, as those of PDFs, by name: the program's under the names of prints, then the writer's."""

    def found() -> Iterator[Profile]:
        for name, title in OWN_NAMES.items():
            if name in profiles and profiles[name].renderer in PAGED:
                yield replace(profiles[name], title=title)
        for name, profile in profiles.items():
            if profile.renderer in PAGED and name not in OWN_NAMES and name not in NOT_PRINTED:
                yield profile

    return {profile.name: replace(profile, renderer=PDF) for profile in found()}


def fit_manuscript(profile: Profile, paper: QPageSize) -> Profile:
    """Return the profile with pages as large as the paper, if it is a manuscript: it has no size of its own, as a book has."""
    page = _PAGE_OF.get(paper.id())
    return profile if profile.layout == BOOK or page is None else replace(profile, page_size=page)


def points_of(paper: QPageSize) -> QSizeF:
    """Return the size of upright paper in points."""
    return paper.size(QPageSize.Unit.Point)


def make_printer(papers: Papers, paper: QPageSize, title: str) -> QPrinter:
    """Return a printer with that paper in it: the usual one of this computer, or a file if there is none."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if papers.printer:
        printer.setPrinterName(papers.printer)
    printer.setPageSize(paper)
    printer.setFullPage(True)
    printer.setDocName(file_stem(title))  # where a file is made, the system makes its name from that
    printer.setCreator("Dinkus")
    return printer
