"""Exports to the clipboard: rich text for a word processor, source for a site's form."""

from dataclasses import replace

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from editor.errors import DinkusError
from editor.ui.export_job import ExportRequest, run_export
from editor.ui.messages import Notice

TOLD_FOR_MS = 4_000


class ExportClipboard(QObject):
    """Puts exports on the clipboard."""

    noticed = Signal(object)  # Notice

    def copy_rich(self, request: ExportRequest) -> bool:
        """Put the export on the clipboard as HTML, with plain text beside it for programs that take no HTML; say whether that was done."""
        html = self._run(_as_fragment(request))
        plain = self._run(_as_plain_text(request))
        if html is None or plain is None:
            return False
        data = QMimeData()
        data.setHtml(html)
        data.setText(plain)
        QGuiApplication.clipboard().setMimeData(data)
        self.noticed.emit(Notice("Copied as rich text.", topic="export", timeout_ms=TOLD_FOR_MS))
        return True

    def copy_source(self, request: ExportRequest) -> bool:
        """Put the very characters of the export on the clipboard; say whether that was done."""
        source = self._run(request)
        if source is not None:
            QGuiApplication.clipboard().setText(source)
            self.noticed.emit(Notice("Copied the source.", topic="export", timeout_ms=TOLD_FOR_MS))
        return source is not None

    def _run(self, request: ExportRequest) -> str | None:
        try:
            return run_export(request).decode("utf-8")
        except DinkusError as error:
            self.noticed.emit(Notice(str(error), kind="error", topic="export"))
            return None


def _as_fragment(request: ExportRequest) -> ExportRequest:
    return _with_options(request, {"renderer": "html-fragment"})


def _as_plain_text(request: ExportRequest) -> ExportRequest:
    if request.profile.renderer == "text":
        return request
    return _with_options(request, {"renderer": "text", "wrap_width": "0"})


def _with_options(request: ExportRequest, options: dict[str, str]) -> ExportRequest:
    return replace(request, profile=request.profile.with_options(options))
