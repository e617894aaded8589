"""Show how an export will look: as a page of text, as source, or as the pages that it is set in.

Loads nothing, follows no link, runs nothing.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from editor.export.profile import Profile
from editor.ui.export_job import ExportRequest

if TYPE_CHECKING:
    from editor.ui.page_preview import PagePreview

_PAGE, _SOURCE, _SHEETS = range(3)


class _Page(QTextBrowser):
    """A page of HTML that is shown and nothing more."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        return None


class ExportPreview(QWidget):
    """The page as a reader sees it, and its source; or sheets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = _Page(self, openLinks=False)
        self._page.setObjectName("previewPage")
        self._page.setAccessibleName("Preview of the page")
        self._page.document().setDocumentMargin(28)
        self._source = QPlainTextEdit(self, readOnly=True)
        self._source.setObjectName("previewSource")
        self._source.setAccessibleName("Preview of the file")
        self._source.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._tabs = QTabWidget(self)
        self._tabs.setObjectName("previewTabs")
        self._tabs.setAccessibleName("Preview")
        self._tabs.addTab(self._page, "Page")
        self._tabs.addTab(self._source, "Source")
        self._sheets: PagePreview | None = None
        self._note = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._note.setObjectName("previewNote")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._tabs)
        layout.addWidget(self._note)
        self._note.hide()

    def show_export(self, profile: Profile, data: bytes, note: str = "", *, has_source: bool = True) -> None:
        """Show the bytes of an export made with `profile`, and a line about the preview itself.

        Without `has_source` the bytes stand for a file of another kind, whose source is not shown.
        """
        text = data.decode("utf-8")
        is_html = profile.media_type == "text/html"
        self._show_tabs({_PAGE: is_html, _SOURCE: has_source})
        self._source.setPlainText(text)
        if is_html:
            self._page.setHtml(_within_paper(text))
        self._tell(note)

    def show_pages(self, request: ExportRequest, beginning: Collection[int] | None, note: str = "") -> None:
        """Show an export that has pages; `beginning` is what of it to show until all of it is set."""
        if self._sheets is None:
            from editor.ui.page_preview import PagePreview

            self._sheets = PagePreview(self)
            self._tabs.addTab(self._sheets, "Pages")
        self._show_tabs({_SHEETS: True})
        self._sheets.show_export(request, beginning)
        self._tell(note)

    def show_note(self, note: str) -> None:
        """Show a line about the preview and nothing else."""
        self._page.clear()
        self._source.clear()
        if self._sheets is not None:
            self._sheets.show_note("")
        self._tell(note)

    def stop(self) -> None:
        """Stop what is still being made."""
        if self._sheets is not None:
            self._sheets.stop()

    def _show_tabs(self, visible: dict[int, bool]) -> None:
        for index in range(self._tabs.count()):
            self._tabs.setTabVisible(index, visible.get(index, False))

    def _tell(self, note: str) -> None:
        self._note.setText(note)
        self._note.setVisible(bool(note))


def _within_paper(html: str) -> str:
    """Return the page without its style sheet, most of which the preview's simple engine would misread."""
    start, end = html.find("<style>"), html.find("</style>")
    return html if start < 0 or end < 0 else html[:start] + _PAPER + html[end + len("</style>") :]


_PAPER = """<style>
body { font-family: serif; }
p { margin-top: 0; margin-bottom: 6px; }
p.byline { text-align: center; font-style: italic; margin-bottom: 30px; }
p.dinkus { text-align: center; margin: 14px; }
h1, h2, h3 { text-align: center; margin-top: 20px; }
blockquote { margin-left: 30px; }
</style>"""
