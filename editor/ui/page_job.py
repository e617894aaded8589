"""Setting an export in pages, away from the window."""

from editor.export.assemble import assemble_book
from editor.export.document_content import compose_document
from editor.export.progress import Report, divide, watched
from editor.export.registry import TOTAL
from editor.ui.export_job import ExportRequest, open_request
from editor.ui.page_setting import SetPages

_ASSEMBLED = 250


def run_pages(request: ExportRequest, report: Report | None = None) -> SetPages:
    """Return the pages of an export: those of the PDF that the same request gives."""
    manuscript, selection = open_request(request)
    book = assemble_book(manuscript, request.profile, selection, watched(report, 0, _ASSEMBLED, TOTAL))
    composing, setting = divide(watched(report, _ASSEMBLED, TOTAL, TOTAL), 30, 70)
    return SetPages(compose_document(book, request.profile, composing), setting)
