"""How this file writes what stands between scenes and chapters, learnt from the file.

A new scene break is written like the nearest one in the same chapter, else like the one the file uses most, else as
`* * *`; the blank lines around it likewise.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from editor.manuscript.manuscript import Manuscript
from editor.manuscript.shelf import Gap, Piece, Shelf, gap_of
from editor.markup.lines import is_blank
from editor.markup.model import Kind, Level, WrapMode

DEFAULT_BREAK = "* * *"


def hard_gap(manuscript: Manuscript, shelf: Shelf, index: int) -> Gap:
    """Return a new gap with a scene break, for the boundary before place `index` of a shelf of scenes."""
    found = _nearest(shelf, index, _is_hard) or _most_used(filter(_is_hard, scene_gaps(manuscript)))
    if found is None:
        blank = () if is_packed(manuscript) else ("",)
        found = Gap(Piece((*blank, _idle_break(manuscript) or DEFAULT_BREAK, *blank)), breaks=1)
    return found


def soft_gap(manuscript: Manuscript, shelf: Shelf, index: int) -> Gap:
    """Return a new gap without a break, for the boundary before place `index` of a shelf."""
    used = scene_gaps(manuscript) if shelf.level is Level.SCENE else chapter_gaps(manuscript)
    found = _nearest(shelf, index, _is_soft) or _most_used(filter(_is_soft, used))
    return found or Gap(Piece(() if is_packed(manuscript) else ("",)))


def chapter_gap(manuscript: Manuscript, shelf: Shelf, index: int) -> Gap:
    """Return a new gap for the boundary before place `index` of a shelf of chapters or parts."""
    found = _nearest(shelf, index, _is_plain) or _most_used(filter(_is_plain, chapter_gaps(manuscript)))
    return found or Gap(Piece(() if is_packed(manuscript) else ("",)))


def has_breaks_before_scene_headings(manuscript: Manuscript) -> bool:
    """Whether this file sets a scene break right before a scene heading anywhere."""
    return any(gap.breaks for gap in scene_gaps(manuscript, only_before_headings=True))


def is_packed(manuscript: Manuscript) -> bool:
    """Whether this file does without blank lines between its paragraphs (wrap modes `lines` and `indented`)."""
    if manuscript.text.mode not in {WrapMode.LINES, WrapMode.INDENTED}:
        return False
    text = manuscript.text
    starts, blocks = text.starts, text.blocks
    tight = sum(starts[i] + blocks[i].height == starts[i + 1] for i in range(min(len(blocks) - 1, 400)))
    return tight * 2 >= min(len(blocks) - 1, 400)


def scene_gaps(manuscript: Manuscript, *, only_before_headings: bool = False) -> Iterator[Gap]:
    """Yield the gaps between the scenes of each chapter, in document order."""
    outline = manuscript.outline
    for chapter in outline.chapters():
        start = outline.line_of(chapter.id) + chapter.extent.own_lines
        for scene, following in zip(chapter.children, chapter.children[1:], strict=False):
            end = start + scene.extent.lines
            if following.has_heading or not only_before_headings:
                yield gap_of(manuscript, start + scene.extent.own_lines, end)
            start = end


def chapter_gaps(manuscript: Manuscript) -> Iterator[Gap]:
    """Yield the gap before each chapter and part but the first, in document order."""
    text, outline = manuscript.text, manuscript.outline
    headed = [node for node in outline.walk() if node.level is not Level.SCENE and node.has_heading]
    for node in headed:
        block = outline.first_block_of(node.id) - 1
        while block >= 0 and text.blocks[block].kind is Kind.BREAK:
            block -= 1
        if block >= 0:
            yield gap_of(manuscript, text.starts[block] + text.blocks[block].height, outline.line_of(node.id))


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
