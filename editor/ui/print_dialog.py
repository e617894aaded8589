"""The dialog before the system's own: what is printed, how it is set, on which paper, and the very sheets that will come out.

It prints nothing itself; `editor.ui.printing` does.
"""

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from editor.export.profile import Profile
from editor.manuscript.manuscript import Manuscript
from editor.ui.export_form import ChoicesArea, ExportForm
from editor.ui.export_job import ExportRequest, preview_ordinals, take_snapshot
from editor.ui.export_scope import ExportScope
from editor.ui.page_preview import PagePreview
from editor.ui.paper import OnPaper
from editor.ui.print_choices import NOT_CHOSEN, Papers, fit_manuscript, points_of
from editor.ui.sheet_painting import Pages

PREVIEW_DELAY_MS = 150
NOTHING = "Nothing is ticked under “What to print”."
NO_PRINTER = "No printer is set up on this computer. The pages can be saved as a PDF file instead."
SMALLER = "The pages stand in the middle of the paper, at their own size."
SCALED = "The pages are printed at {percent} % of their size, to fit the paper."


class PrintDialog(QDialog):
    """Choose and see what is printed of one manuscript, as it stands when the dialog opens."""

    print_requested = Signal()
    pdf_requested = Signal()

    def __init__(
        self,
        manuscript: Manuscript,
        profiles: Mapping[str, Profile],
        profile: Profile,
        papers: Papers,
        *,
        chosen: Collection[int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`profile` is shown first; `chosen` are ids of nodes to print, None for the whole manuscript."""
        super().__init__(parent)
        self.setObjectName("printDialog")
        self.setWindowTitle("Print")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)  # and with it the pages of a whole book
        self.resize(1060, 720)
        self._snapshot = take_snapshot(manuscript)
        self._outline = manuscript.outline
        self._profiles = profiles
        self.papers = papers
        self._pages: Pages | None = None
        self._box = self._make_box("printProfile", "Printed as")
        for name, each in profiles.items():
            self._box.addItem(each.title or name, name)
        self._box.setCurrentIndex(max(0, self._box.findData(profile.name)))
        self._about = self._make_label("printDescription")
        self._form = ExportForm(self, without=NOT_CHOSEN)
        self._scope = ExportScope(self._outline, chosen, self)
        self._paper = self._make_box("printPaper", "Paper")
        for size in papers.sizes:
            self._paper.addItem(size.name(), size)
        self._enlarges = QCheckBox("Enlarge the pages to the paper", self)
        self._enlarges.setObjectName("printEnlarges")
        self._note = self._make_label("printNote")
        self.preview = PagePreview(self)
        self.preview.put_on(self._on_paper)
        self._print = self._make_button("printPrint", "&Print...", self.print_requested.emit)
        self._save = self._make_button("printSavePdf", "&Save as PDF...", self.pdf_requested.emit)
        self._save.setToolTip("Save these pages as a file, each of its own size, whatever the paper is")
        self._timer = QTimer(self, singleShot=True, interval=PREVIEW_DELAY_MS)
        self._lay_out()
        self._connect()
        self._show_profile(profile)

    @property
    def paper(self) -> QPageSize:
        """Return the paper that is chosen."""
        size: QPageSize = self._paper.currentData()
        return size

    @property
    def pages(self) -> Pages | None:
        """Return the pages to print as they are set, None while they are not."""
        return self._pages

    @property
    def is_enlarged(self) -> bool:
        """Say whether pages that are smaller than the paper are made as large."""
        return self._enlarges.isChecked()

    def request(self) -> ExportRequest:
        """Return what is printed, as it is chosen now."""
        return ExportRequest(self._snapshot, self._form.profile, self._scope.ordinals())

    def chosen_ids(self) -> frozenset[int] | None:
        """Return the nodes that are chosen, None for the whole manuscript."""
        return self._scope.ids()

    def _make_box(self, name: str, label: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setAccessibleName(label)
        return box

    def _make_label(self, name: str) -> QLabel:
        label = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setObjectName(name)
        return label

    def _make_button(self, name: str, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text.replace("&", "").rstrip("."))
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        tabs = QTabWidget(self)
        tabs.setObjectName("printTabs")
        tabs.setAccessibleName("Choices and what to print")
        tabs.addTab(ChoicesArea(self._form, self), "Choices")
        tabs.addTab(self._scope, "What to print")
        paper = QFormLayout()
        paper.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        paper.addRow("Pa&per", self._paper)
        paper.addRow("", self._enlarges)
        for row_index in range(2):
            paper.setRowVisible(row_index, bool(self.papers.printer))
        self.setTabOrder(self._box, tabs)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._box, self._about, tabs):
            column.addWidget(widget)
        column.addLayout(paper)
        column.addWidget(self._note)
        splitter = QSplitter(self)
        splitter.addWidget(left)
        splitter.addWidget(self.preview)
        splitter.setSizes([400, 660])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        row = QHBoxLayout()
        close = self._make_button("printClose", "Close", self.reject)
        row.addWidget(close)
        row.addStretch()
        row.addWidget(self._save)
        row.addWidget(self._print)
        (self._print if self.papers.printer else self._save).setDefault(True)
        layout = QVBoxLayout(self)
        layout.addWidget(splitter)
        layout.addLayout(row)

    def _connect(self) -> None:
        self._box.activated.connect(
            lambda _: self._show_profile(self._profiles[str(self._box.currentData())])
        )
        self._form.profile_changed.connect(lambda _: self._wait())
        self._scope.scope_changed.connect(self._wait)
        self._paper.activated.connect(lambda _: self._show_profile(self._form.profile))
        self._enlarges.toggled.connect(lambda _: self._place())
        self._timer.timeout.connect(self._set_pages)
        self.preview.pages_set.connect(self._take_pages)
        self.finished.connect(self._stop)

    def _show_profile(self, profile: Profile) -> None:
        self._about.setText(profile.description)
        self._form.set_profile(fit_manuscript(profile, self.paper))
        self._set_pages()

    def _wait(self) -> None:
        """Take back what may be printed until the change is in it."""
        self._pages = None
        self._show_note()
        self._timer.start()

    def _set_pages(self) -> None:
        self._stop()
        self._pages = None
        chosen = self._scope.ordinals()
        if chosen is not None and not chosen:
            self.preview.show_note(NOTHING)
        else:
            beginning, is_shortened = preview_ordinals(self._outline, chosen)
            self.preview.show_export(self.request(), beginning if is_shortened else None)
        self._show_note()

    def _take_pages(self, pages: Pages) -> None:
        self._pages = pages
        self._place()

    def _on_paper(self, pages: Pages) -> Pages:
        if not self.papers.printer:
            return pages
        return OnPaper(pages, points_of(self.paper), self.is_enlarged)

    def _place(self) -> None:
        self.preview.put_on(self._on_paper)
        self._show_note()

    def _show_note(self) -> None:
        """Tell how the pages stand on the paper, and what can be done with them now."""
        chosen = self._scope.ordinals()
        self._save.setEnabled(chosen is None or bool(chosen))
        self._print.setEnabled(self._pages is not None and bool(self.papers.printer))
        notes = [] if self.papers.printer else [NO_PRINTER]
        if isinstance(shown := self.preview.sheets.pages, OnPaper):
            self._enlarges.setVisible(shown.leaves_room)
            if abs(shown.scale - 1) > 0.005:
                notes.append(SCALED.format(percent=round(shown.scale * 100)))
            elif shown.leaves_room:
                notes.append(SMALLER)
        self._note.setText(" ".join(notes))
        self._note.setVisible(bool(notes))

    def _stop(self) -> None:
        self._timer.stop()
        self.preview.stop()
