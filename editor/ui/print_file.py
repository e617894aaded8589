"""Where the system's dialog prints to a file: it is made elsewhere and then written like an export, whole or not at all."""

import tempfile
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from editor.errors import SaveFailed
from editor.storage.disk import Disk
from editor.storage.files import write_export

NOT_WHOLE = "{name} could not be made: there may be no room for it. Nothing was written."


class PrintedFile:
    """A file that a printer prints to instead of to paper."""

    def __init__(self, printer: QPrinter) -> None:
        """From now on `printer` prints to a file of ours, and `path` is the one that the writer wants. Raise SaveFailed."""
        self.path = Path(printer.outputFileName()).absolute()
        try:
            self._folder = tempfile.TemporaryDirectory(prefix="dinkus-print-", ignore_cleanup_errors=True)
        except OSError as error:
            raise SaveFailed(NOT_WHOLE.format(name=self.path.name), self.path) from error
        self._made = Path(self._folder.name, "pages.pdf")
        printer.setOutputFileName(str(self._made))

    def write(self) -> None:
        """Write what was printed to where the writer wants it; the dialog has asked about a file there. Raise SaveFailed."""
        try:
            data = Disk().read_whole(self._made)
        except OSError:
            data = b""
        self.discard()
        if not data.rstrip().endswith(b"%%EOF"):
            raise SaveFailed(NOT_WHOLE.format(name=self.path.name), self.path)
        write_export(self.path, data, overwrite=True)

    def discard(self) -> None:
        """Forget what was printed."""
        self._folder.cleanup()


def file_of(printer: QPrinter) -> PrintedFile | None:
    """Return the file that `printer` would print to; None if it prints on paper. Raise SaveFailed."""
    return PrintedFile(printer) if printer.outputFileName() else None
