"""One export as data, and how it is carried out away from the window.

The text is copied before the work starts, so the writer goes on typing. Chapters and scenes are named by their place in
the outline (`ordinals`), because a copy of the manuscript numbers its nodes anew.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from editor.app.page_files import Places, read_files
from editor.export.progress import Cancelled, Report
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.outline import Outline
from editor.markup.model import Level, WrapMode
from editor.ui.jobs import Job

if TYPE_CHECKING:
    from editor.export.check import Check
    from editor.export.profile import Profile

T = TypeVar("T")

PREVIEW_WORDS = 4_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The text of a manuscript at one moment, and by which wrap modes its files are read."""

    lines: tuple[str, ...]
    modes: Mapping[str | None, WrapMode]
    title: str = ""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to export: the text, the choices, and which nodes (None: everything), by their place in the outline.

    `places` are the folders in which the files that the choices name are looked for, each time anew.
    """

    snapshot: Snapshot
    profile: "Profile"
    ordinals: frozenset[int] | None = None
    places: Places = ()


def take_snapshot(manuscript: Manuscript) -> Snapshot:
    """Copy the text of `manuscript`."""
    return Snapshot(tuple(manuscript.text.lines), manuscript.text.modes, manuscript.given_title)


def ordinals_of(outline: Outline, ids: Collection[int]) -> frozenset[int]:
    """Return the places in the outline of the nodes with `ids`."""
    return frozenset(place for place, node in enumerate(outline.walk()) if node.id in ids)


def run_export(request: ExportRequest, report: Report | None = None) -> bytes:
    """Return the bytes of the export; the same that the command line gives for the same text and choices."""
    from editor.export.registry import RENDERERS, export_bytes

    renderers = RENDERERS
    if request.profile.renderer not in RENDERERS:
        from editor.ui.pdf import RENDERERS as renderers  # noqa: N811 - a variable here

    manuscript, selection = open_request(request)
    return export_bytes(manuscript, own_profile(request), selection, report, renderers)


def run_files(request: ExportRequest, report: Report | None = None) -> dict[str, bytes]:
    """Return the files of the export by name, for a profile that makes a folder."""
    from editor.export.registry import RENDERERS, export_files

    renderers = RENDERERS
    if request.profile.renderer not in RENDERERS:
        from editor.ui.pdf import RENDERERS as renderers  # noqa: N811 - a variable here

    manuscript, selection = open_request(request)
    return export_files(manuscript, own_profile(request), selection, report, renderers)


class CopiedPiece(NamedTuple):
    """A piece of an export as it is copied; `chapter` is its place in the book, None for notes beside a chapter."""

    name: str
    text: str
    chapter: int | None


def run_pieces(request: ExportRequest) -> list[CopiedPiece]:
    """Return the pieces in which the export is posted: chapters, and notes that stand apart."""
    from editor.export.pieces import PieceKind
    from editor.export.registry import export_pieces

    manuscript, selection = open_request(request)
    pieces = export_pieces(manuscript, own_profile(request), selection)
    return [
        CopiedPiece(piece.name, data.decode("utf-8"), piece.chapter if piece.kind is PieceKind.TEXT else None)
        for piece, data in pieces
    ]


def run_check(request: ExportRequest, report: Report | None = None) -> "Check":
    """Return whether the export fits, and what will change in it."""
    from editor.export.check import check_manuscript

    manuscript, selection = open_request(request)
    return check_manuscript(manuscript, own_profile(request), selection, report)


def own_profile(request: ExportRequest) -> "Profile":
    """Return the profile of an export with the texts of the files it names; raise InputError if one cannot be read."""
    return read_files(request.profile, request.places)


def open_request(request: ExportRequest) -> tuple[Manuscript, list[int] | None]:
    """Return the manuscript of an export, read anew, and the ids in it of the chosen nodes (None: everything)."""
    taken = request.snapshot
    manuscript = Manuscript(taken.lines, modes=taken.modes, title=taken.title, counts=False)
    if request.ordinals is None:
        return manuscript, None
    nodes = enumerate(manuscript.outline.walk())
    return manuscript, [node.id for place, node in nodes if place in request.ordinals]


def in_background(run: Callable[[ExportRequest, Report], T], request: ExportRequest) -> Callable[[Job], T]:
    """Return the function of a job that runs, reports its progress and stops when the job is cancelled."""

    def work(job: Job) -> T:
        def report(done: int, total: int) -> None:
            job.report_progress(done, total)
            if job.is_cancelled:
                raise Cancelled

        return run(request, report)

    return work


def export_in_background(request: ExportRequest) -> Callable[[Job], bytes]:
    """Return the function of a job that exports to one file."""
    return in_background(run_export, request)


def preview_profile(profile: "Profile") -> "Profile":
    """Return the profile to show an export of `profile` with: itself, or a page of the same content for a package."""
    return profile if profile.medium.is_text else profile.with_options({"renderer": "html", "template": ""})


def preview_ordinals(outline: Outline, chosen: frozenset[int] | None) -> tuple[frozenset[int] | None, bool]:
    """Return the first chosen scenes of about 4,000 words, and whether that leaves something out."""
    if outline.words <= PREVIEW_WORDS:
        return chosen, False
    shown: set[int] = set()
    words = 0
    for place, words_here in _scenes(outline, chosen):
        if words >= PREVIEW_WORDS:
            return frozenset(shown), True
        shown.add(place)
        words += words_here
    return chosen, False


def _scenes(outline: Outline, chosen: frozenset[int] | None) -> Sequence[tuple[int, int]]:
    """Return (place, words) of the scenes that are chosen, by themselves or by what they are in."""
    result = []
    levels: dict[Level, bool] = {}
    for place, node in enumerate(outline.walk()):
        above = any(is_in for level, is_in in levels.items() if level < node.level)
        levels = {level: is_in for level, is_in in levels.items() if level < node.level}
        levels[node.level] = chosen is None or place in chosen or above
        if node.level is Level.SCENE and levels[node.level]:
            result.append((place, node.words))
    return result
