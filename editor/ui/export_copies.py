"""Copies for posting: the manuscript, or some of it, in a form of one's choice, or chapter by chapter.

The chapters are copied in the form that was exported or copied last from the dialog, one with each call; after the last one it
begins again. If the text changes in between, the next chapter is the next of the text as it is then.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from editor.errors import DinkusError
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.posted_chapters import How
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.export_clipboard import TOLD_FOR_MS, ExportClipboard
from editor.ui.export_job import CopiedPiece, ExportRequest, ordinals_of, run_pieces
from editor.ui.messages import Notice

if TYPE_CHECKING:
    from editor.export.profile import Profile

MakeRequest = Callable[["Profile", frozenset[int] | None], ExportRequest]
NOTHING = "There is nothing to copy: no chapter is exported."


class ExportCopies(QObject):
    """The commands that copy."""

    noticed = Signal(object)  # Notice
    posted = Signal(object, object, object)
    """An `ExportRequest` of which something was copied to be posted, `How`, and of which chapters (None: all; see `Piece.chapter`)."""

    def __init__(
        self,
        buffer: ManuscriptBuffer,
        profiles: Callable[[], Mapping[str, "Profile"]],
        make_request: MakeRequest,
        parent: QObject | None = None,
    ) -> None:
        """`profiles` gives the profiles there are now, in the writer's language, `make_request` an export of the text now."""
        super().__init__(parent)
        self._buffer, self._profiles, self._make_request = buffer, profiles, make_request
        self.clipboard = ExportClipboard(self)
        self.clipboard.noticed.connect(self.noticed)
        self._profile: Profile | None = None
        self._request: ExportRequest | None = None
        self._manuscript: Manuscript | None = None
        self._pieces: list[CopiedPiece] = []
        self._next = 0

    def remember(self, profile: "Profile") -> None:
        """Take the form in which chapters are copied from now on; one that is no text is passed over."""
        if profile.media_type.startswith("text/"):
            self._profile = profile

    def copy_rich(self, chosen: Sequence[int] | None = None) -> None:
        """Put the manuscript, or the chosen nodes, on the clipboard as rich text with plain text beside it."""
        from editor.export.profile import FRAGMENT

        self.clipboard.copy_rich(self._request_for(FRAGMENT, chosen))

    def copy_source(self, renderer: str, chosen: Sequence[int] | None = None) -> None:
        """Put the manuscript, or the chosen nodes, on the clipboard as the source that `renderer` makes."""
        self.clipboard.copy_source(self._request_for(renderer, chosen))

    def copy_from_dialog(self, request: ExportRequest) -> None:
        """Put the source of an export on the clipboard, and copy chapters in its form from now on."""
        self.remember(request.profile)
        if self.clipboard.copy_source(request):
            self.posted.emit(request, How.COPY, None)

    def copy_rich_from_dialog(self, request: ExportRequest) -> None:
        """Put an export on the clipboard as rich text."""
        if self.clipboard.copy_rich(request):
            self.posted.emit(request, How.COPY, None)

    def copy_next_chapter(self) -> None:
        """Put the next chapter on the clipboard, or the notes before or after it where the form sets them apart."""
        try:
            self._follow_the_text()
        except DinkusError as error:
            self.noticed.emit(Notice(str(error), kind="error", topic="export"))
            return
        if not any(piece.text.strip() for piece in self._pieces):
            self.noticed.emit(Notice(NOTHING, topic="export", timeout_ms=TOLD_FOR_MS))
            return
        if self._next >= len(self._pieces):
            self._next = 0
        name, text, chapter = self._pieces[self._next]
        self._next += 1
        QGuiApplication.clipboard().setText(text)
        if chapter is not None:
            self.posted.emit(self._request, How.COPY, {chapter})
        place = f"{self._next} of {len(self._pieces)}"
        form = (
            f" for “{self._request.profile.title}”" if self._request and self._request.profile.title else ""
        )
        more = "the next copy begins again" if self._next == len(self._pieces) else "copy again for the next"
        self.noticed.emit(
            Notice(f"Copied “{name}”{form}, {place}; {more}.", topic="export", timeout_ms=2 * TOLD_FOR_MS)
        )

    def _follow_the_text(self) -> None:
        """Make the pieces anew if the text or the form is another; with another form or manuscript begin at the first."""
        request = self._chapters_request()
        old = self._request
        if request == old:
            return
        manuscript = self._buffer.manuscript
        if old is None or old.profile != request.profile or manuscript is not self._manuscript:
            self._next = 0
        self._manuscript = manuscript
        self._pieces = run_pieces(request)
        self._request = request

    def _chapters_request(self) -> ExportRequest:
        from editor.export.profile import FRAGMENT

        if self._profile is None:
            return self._request_for(FRAGMENT, None)
        return self._make_request(self._profile, None)

    def _request_for(self, renderer: str, chosen: Sequence[int] | None) -> ExportRequest:
        from editor.export.profile import Profile

        profiles = self._profiles()
        own = Profile(renderer, renderer=renderer)
        # The one that is called after its source is for any site; the first of the others is for a certain one.
        fitting = [each for each in profiles.values() if each.renderer == renderer]
        profile = profiles.get(renderer) or next(iter(fitting), own)
        ordinals = ordinals_of(self._buffer.manuscript.outline, chosen) if chosen else None
        return self._make_request(profile, ordinals)
