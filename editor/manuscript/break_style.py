"""How this file writes what stands between scenes and chapters, learnt from the file.

A new scene break is written like the nearest one in the same chapter, else like the one the file uses most, else as
`* * *`; the blank lines around it likewise.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from editor.manuscript.manuscript import Manuscript
from editor.manuscript.outline import Node, walk_below
from editor.manuscript.shelf import Gap, Piece, Shelf, gap_of
from editor.markup.lines import is_blank
from editor.markup.model import Kind, Level, WrapMode

DEFAULT_BREAK = "* * *"


def hard_gap(manuscript: Manuscript, shelf: Shelf, index: int) -> Gap:
    """Return a new gap with a scene break, for the boundary before place `index` of a shelf of scenes."""
    found = _nearest(shelf, index, _is_hard)
    for file in _files_near(manuscript, shelf.first):
        found = found or _most_used(filter(_is_hard, scene_gaps(manuscript, file)))
    if found is None:
        blank = () if is_packed(manuscript, shelf.first) else ("",)
        found = Gap(Piece((*blank, _idle_break(manuscript) or DEFAULT_BREAK, *blank)), breaks=1)
    return found


def soft_gap(manuscript: Manuscript, shelf: Shelf, index: int) -> Gap:
    """Return a new gap without a break, for the boundary before place `index` of a shelf."""
    used = scene_gaps(manuscript) if shelf.level is Level.SCENE else chapter_gaps(manuscript)
    found = _nearest(shelf, index, _is_soft) or _most_used(filter(_is_soft, used))
    return found or Gap(Piece(() if is_packed(manuscript, shelf.first) else ("",)))


def chapter_gap(manuscript: Manuscript, shelf: Shelf, index: int) -> Gap:
    """Return a new gap for the boundary before place `index` of a shelf of chapters or parts."""
    found = _nearest(shelf, index, _is_plain) or _most_used(filter(_is_plain, chapter_gaps(manuscript)))
    return found or Gap(Piece(() if is_packed(manuscript, shelf.first) else ("",)))


def has_breaks_before_scene_headings(manuscript: Manuscript) -> bool:
    """Whether this file sets a scene break right before a scene heading anywhere."""
    return any(gap.breaks for gap in scene_gaps(manuscript, only_before_headings=True))


def is_packed(manuscript: Manuscript, line: int = 0) -> bool:
    """Whether the file at `line` does without blank lines between its paragraphs (wrap modes `lines` and `indented`)."""
    text = manuscript.text
    file = text.file_at(line)
    if file.mode not in {WrapMode.LINES, WrapMode.INDENTED}:
        return False
    first = text.block_from(file.first)
    last = min(text.block_from(file.end) - 1, first + 400)
    starts, blocks = text.starts, text.blocks
    tight = sum(starts[i] + blocks[i].height == starts[i + 1] for i in range(first, last))
    return tight * 2 >= last - first


def scene_gaps(
    manuscript: Manuscript, file: Node | None = None, *, only_before_headings: bool = False
) -> Iterator[Gap]:
    """Yield the gaps between the scenes of each chapter (of one file, if it is given), in document order."""
    outline = manuscript.outline
    nodes = outline.walk() if file is None else walk_below(file)
    for chapter in (node for node in nodes if node.level is Level.CHAPTER):
        start = outline.line_of(chapter.id) + chapter.extent.own_lines
        for scene, following in zip(chapter.children, chapter.children[1:], strict=False):
            end = start + scene.extent.lines
            if following.has_heading or not only_before_headings:
                yield gap_of(manuscript, start + scene.extent.own_lines, end)
            start = end


def chapter_gaps(manuscript: Manuscript) -> Iterator[Gap]:
    """Yield the gap before each chapter and part but the first, in document order."""
    text, outline = manuscript.text, manuscript.outline
    levels = {Level.PART, Level.CHAPTER}
    headed = [node for node in outline.walk() if node.level in levels and node.has_heading]
    for node in headed:
        block = outline.first_block_of(node.id) - 1
        while block >= 0 and text.blocks[block].kind is Kind.BREAK:
            block -= 1
        if block >= 0 and text.blocks[block].kind is not Kind.BOUNDARY:
            yield gap_of(manuscript, text.starts[block] + text.blocks[block].height, outline.line_of(node.id))


def _files_near(manuscript: Manuscript, line: int) -> list[Node | None]:
    """Return the file at a line, if there are files, and then all of them (None)."""
    node = manuscript.outline.deepest_at(line)
    file = manuscript.outline.file_of(node.id) if node is not None else None
    return [file, None] if file is not None else [None]


def _is_hard(gap: Gap) -> bool:
    return gap.is_plain and gap.breaks > 0


def _is_soft(gap: Gap) -> bool:
    return gap.is_plain and gap.breaks == 0


def _is_plain(gap: Gap) -> bool:
    return gap.is_plain


def _nearest(shelf: Shelf, index: int, fits: Callable[[Gap], bool]) -> Gap | None:
    places = [place for place, gap in enumerate(shelf.gaps) if fits(gap)]
    if not places:
        return None
    found = shelf.gaps[min(places, key=lambda place: abs(place - index + 1))]
    return Gap(Piece(found.piece.lines), found.breaks)


def _most_used(gaps: Iterable[Gap]) -> Gap | None:
    used = Counter(Gap(Piece(gap.piece.lines), gap.breaks) for gap in gaps)
    return used.most_common(1)[0][0] if used else None


def _idle_break(manuscript: Manuscript) -> str | None:
    """Return the break that the file uses most where it separates no scenes."""
    text = manuscript.text
    breaks = [text.lines[text.starts[i]] for i, block in enumerate(text.blocks) if block.kind is Kind.BREAK]
    used = Counter(line for line in breaks if not is_blank(line))
    return used.most_common(1)[0][0] if used else None
