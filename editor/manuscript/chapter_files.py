"""Chapter files of a folder manuscript: made, split, joined, renamed and removed, as pure functions to text edits.

A file is what stands between two boundaries, so all of this is text: undo takes it back, and the disk follows when the writer
saves. Moving a file is `editor.manuscript.moves`, removing one `editor.manuscript.scenes.delete_nodes`. The order of the
files is that of the text; it is never written into their names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editor.errors import InputError
from editor.manuscript.break_style import hard_gap
from editor.manuscript.edits import Position, TextEdit
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.outline import Node
from editor.manuscript.shelf import shelf_of
from editor.manuscript.splicing import Splice, edits_for
from editor.manuscript.trial import Outcome, find_fault_besides, refuse, try_out
from editor.markup.lines import BOUNDARY, CUTS_LABEL, is_blank, is_boundary
from editor.markup.model import Block, Kind, Level
from editor.markup.text import MarkedText


@dataclass(frozen=True, slots=True)
class FileText:
    """The lines of one file of a manuscript; `label` is None if the manuscript is one file."""

    label: str | None
    lines: list[str]


def split_into_files(lines: Sequence[str]) -> list[FileText]:
    """Return the files of a manuscript's lines, in order; text above the first boundary is a file without a label."""
    files: list[FileText] = []
    for line in lines:
        if is_boundary(line):
            files.append(FileText(line.removeprefix(BOUNDARY), []))
            continue
        if not files:
            files.append(FileText(None, []))
        files[-1].lines.append(line)
    return files


def join_files(files: Sequence[FileText]) -> list[str]:
    """Return the lines of a manuscript of these files, each headed by its boundary; each has at least one line."""
    return [line for file in files for line in (f"{BOUNDARY}{file.label}", *(file.lines or [""]))]


def new_file(manuscript: Manuscript, label: str, after: Node | None = None) -> list[TextEdit]:
    """Return the edits that put an empty file behind the file `after`, else at the end of the book.

    Raises InputError if a file is called so already.
    """
    outline = manuscript.outline
    _refuse_if_taken(manuscript, label)
    books = [file for file in outline.files if not file.is_cuts]
    if not books:
        raise InputError(
            "This manuscript is one file. Put it in a folder and open the folder to have chapter files."
        )
    after = books[-1] if after is None or after.is_cuts else after
    line = outline.end_line_of(after.id)
    return edits_for(manuscript.text.lines, [Splice(line, line, (BOUNDARY + label, ""))])


def cuts_file(manuscript: Manuscript) -> list[TextEdit]:
    """Return the edits that make the file for what is cut, at the very end; none if it is there."""
    if not manuscript.outline.files:
        raise InputError(
            "Cut scenes are kept in a file beside the book. Open a folder of chapter files to have one."
        )
    if manuscript.outline.cuts is not None:
        return []
    lines = manuscript.text.lines
    return edits_for(lines, [Splice(len(lines), len(lines), (BOUNDARY + CUTS_LABEL, ""))])


def rename_file(manuscript: Manuscript, file: Node, label: str) -> list[TextEdit]:
    """Return the edits that call a file otherwise. Raises InputError if another one is called so, and for the cuts."""
    if file.is_cuts:
        raise InputError(f"The file of what was cut is always called {CUTS_LABEL}.")
    if label == file.title:
        return []
    _refuse_if_taken(manuscript, label, file)
    line = manuscript.outline.line_of(file.id)
    return [TextEdit(Position(line, 0), Position(line, len(manuscript.text.lines[line])), BOUNDARY + label)]


def split_file(manuscript: Manuscript, position: Position, label: str) -> list[TextEdit]:
    """Return the edits that make what follows `position` in its file a file of its own, right behind it.

    Between two lines nothing is lost; inside a line one space at the split is. Raises InputError where a file would be left
    without text, or anything else would read differently afterwards.
    """
    text = manuscript.text
    _refuse_if_taken(manuscript, label)
    file = text.file_at(position.line)
    if file.label is None or is_boundary(text.lines[position.line]):
        raise InputError("Put the caret into the text of a chapter file first.")
    if file.label == CUTS_LABEL:
        raise InputError("What was cut is one file. Move scenes back into the book instead.")
    rest = _first_line_of_rest(text, position)
    if rest < 0 or not _has_text_above(text, file.first, position):
        raise InputError("A file is split where it has text on both sides.")
    edit = _split_at(text, position)
    edit = TextEdit(edit.start, edit.end, edit.text.replace(BOUNDARY, BOUNDARY + label))
    index = text.block_at(position.line)
    is_inside = index is not None and text.starts[index] < edit.start.line + (edit.start.column > 0)
    touched = text.blocks[index] if index is not None and is_inside else None
    fault = _fault(try_out(manuscript, [edit]), touched)
    if fault is not None:
        raise refuse("Splitting the file", fault)
    return [edit]


def join_with_next(manuscript: Manuscript, file: Node) -> list[TextEdit]:
    """Return the edits that make one file of this one and the next; text that meets is kept apart by the file's own break.

    Raises InputError for the last file of the book, and where anything would read differently afterwards (a story
    header in the middle, for one).
    """
    outline, _text = manuscript.outline, manuscript.text
    index = outline.index(file.id)
    if index + 1 == len(outline.files) or outline.files[index + 1].is_cuts:
        raise InputError("This is the last file of the book: there is none to join it with.")
    following = outline.files[index + 1]
    top = outline.line_of(following.id)
    first_fault = ""
    for lines in _between(manuscript, file, following):
        end = Position(top + 1, 0)
        edit = TextEdit(Position(top, 0), end, "".join(f"{line}\n" for line in lines))
        outcome = try_out(manuscript, [edit])
        fault = _fault(outcome, None)
        if fault is None and outcome.count_scenes() == sum(1 for _ in outline.scenes()):
            return [edit]
        first_fault = first_fault or fault or "two scenes would run into one another"
    raise refuse("Joining these files", first_fault)


def _between(manuscript: Manuscript, file: Node, following: Node) -> Iterator[tuple[str, ...]]:
    """Yield what may stand where the boundary stood, best first."""
    yield ()
    yield ("",)
    chapters = [child for child in file.children if child.level is Level.CHAPTER] or list(file.children)
    is_headed = not following.children or following.children[0].has_heading
    if is_headed or not chapters:
        return
    shelf = shelf_of(manuscript, chapters[-1])
    gap = list(hard_gap(manuscript, shelf, len(shelf.units)).piece.lines)
    above = manuscript.outline.line_of(following.id)
    while gap and is_blank(gap[0]) and is_blank(manuscript.text.lines[above - 1]):
        del gap[0]
        above -= 1
    yield tuple(gap)
    yield ("", *gap, "")


def _fault(outcome: Outcome, touched: Block | None) -> str | None:
    """Return what else than boundaries and the block that is split would change, as the end of a sentence."""
    for blocks in (outcome.lost, outcome.gained):
        for block in [block for block in blocks if block.kind is Kind.BOUNDARY]:
            del blocks[block]
    return find_fault_besides(outcome, touched)


def _first_line_of_rest(text: MarkedText, position: Position) -> int:
    """Return the first line that is not blank from a position on, in its file; any line without a block if none is."""
    line = position.line
    if is_blank(text.lines[line][position.column :]):
        line += 1
    end = text.file_at(position.line).end
    while line < end and is_blank(text.lines[line]):
        line += 1
    return line if line < end else -1


def _has_text_above(text: MarkedText, first: int, position: Position) -> bool:
    """Say whether anything stands between line `first` and a position."""
    rows = [*text.lines[first : position.line], text.lines[position.line][: position.column]]
    return not all(map(is_blank, rows))


def _split_at(text: MarkedText, position: Position) -> TextEdit:
    """Return the edit that puts a boundary without a label at a position; the file above ends in a line end."""
    line, column = position.line, position.column
    before, after = text.lines[line][:column], text.lines[line][column:]
    if is_blank(before) or is_blank(after):
        rest = Position(_first_line_of_rest(text, position), 0)
        is_ended = is_blank(text.lines[rest.line - 1])
        return TextEdit(rest, rest, f"{BOUNDARY}\n" if is_ended else f"\n{BOUNDARY}\n")
    start = end = position
    if after.startswith(" "):
        end = Position(line, column + 1)
    elif before.endswith(" "):
        start = Position(line, column - 1)
    return TextEdit(start, end, f"\n\n{BOUNDARY}\n")


def _refuse_if_taken(manuscript: Manuscript, label: str, besides: Node | None = None) -> None:
    """Raise InputError if a file is called so already; names that differ in capitals only are one on many systems."""
    for file in manuscript.outline.files:
        if file.title.casefold() == label.casefold() and (besides is None or file.id != besides.id):
            raise InputError(f"There is a file called {file.title} already. Choose another name.")
    if label.casefold() == CUTS_LABEL:
        raise InputError(f"{CUTS_LABEL} is the name of the file with what was cut. Choose another name.")
