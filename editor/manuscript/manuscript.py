"""A manuscript: the marked text and its outline, kept in step."""

from collections.abc import Iterable, Mapping, Sequence

from editor.manuscript.edits import TextEdit
from editor.manuscript.following import follow_change
from editor.manuscript.following_words import follow_rewordings
from editor.manuscript.identity import Identities, line_of_block
from editor.manuscript.outline import Extent, Node, Outline
from editor.manuscript.structure import sketch_document, title_of_document
from editor.markup.model import PROSE, Kind, WrapMode
from editor.markup.text import BlockChange, MarkedText


class Manuscript:
    """The lines of a manuscript, their blocks (`text`) and their `outline`.

    `outline` is replaced by a new one at each change; an outline taken earlier stays what it was.
    """

    def __init__(
        self,
        lines: Sequence[str],
        mode: WrapMode | None = None,
        modes: Mapping[str | None, WrapMode] | None = None,
        limit: int | None = None,
        title: str = "",
        *,
        counts: bool = True,
    ) -> None:
        """Read `lines` (with a `limit` only so many of them, see `MarkedText`); a wrap mode not given (`mode` of one file, `modes` by label) is detected, then kept for ever.

        `title` is that of the book where the text itself gives none. Without `counts` the nodes of the outline say 0 words: an
        export asks for none, and counting takes as long as all other reading.
        """
        self.given_title = title
        self.text = MarkedText(lines, mode, modes, limit)
        self._identities = Identities(counts=counts)
        self.outline = self._read_outline((), revision=0)

    def replace_lines(self, first: int, count: int, lines: Sequence[str]) -> BlockChange:
        """Replace `count` lines from `first` on by `lines`, and let the outline follow."""
        change = self.text.replace_lines(first, count, lines)
        followed = follow_change(
            self.outline, change, range(first, first + count), self.text, self._identities
        )
        self.outline = followed or self._read_outline(self.outline.roots, self.outline.revision + 1)
        self.outline.title = self.outline.title or self.given_title
        return change

    def replace_all(self, hunks: Iterable[tuple[int, int, Sequence[str]]]) -> None:
        """Replace lines in several places, each (first, count, lines) as numbered after those before it; look at all once."""
        changes = [self.text.replace_lines(first, count, lines) for first, count, lines in hunks]
        followed = follow_rewordings(self.outline, changes, self.text)
        self.outline = followed or self._read_outline(self.outline.roots, self.outline.revision + 1)

    def apply(self, edits: Sequence[TextEdit]) -> None:
        """Apply `edits` as one step: a scene taken out by one of them and put back by another keeps its id."""
        edit_text(self.text, edits)
        if edits:
            self.outline = self._read_outline(self.outline.roots, self.outline.revision + 1)

    def set_mode(self, mode: WrapMode, line: int = 0) -> None:
        """Read the file that `line` belongs to by another wrap mode."""
        self.text.set_mode(mode, line)
        self.outline = self._read_outline(self.outline.roots, self.outline.revision + 1)

    def set_title(self, title: str) -> None:
        """Give the book a title for where the text itself gives none."""
        self.given_title = title
        self.outline = self._read_outline(self.outline.roots, self.outline.revision + 1)

    def header_fields(self) -> tuple[tuple[str, str], ...]:
        """Return the keys and values of front matter and story header, in order; in a folder, of its first file."""
        fields: list[tuple[str, str]] = []
        for block in self.text.blocks:
            if block.kind in PROSE:
                break
            if block.kind is Kind.HEADER:
                fields.extend(block.fields)
        return tuple(fields)

    def _read_outline(self, old: Sequence[Node], revision: int) -> Outline:
        text = self.text
        sketch = sketch_document(text.blocks)
        roots = self._identities.adopt(sketch.roots, old, text)
        front_lines = line_of_block(sketch.front_end, text)
        return Outline(
            roots,
            title=title_of_document(text.blocks) or self.given_title,
            front=Extent(front_lines, sketch.front_end, front_lines, sketch.front_end),
            revision=revision,
        )


def edit_text(text: MarkedText, edits: Sequence[TextEdit]) -> None:
    """Apply `edits` to a marked text."""
    for edit in reversed(edits):
        head = text.lines[edit.start.line][: edit.start.column]
        tail = text.lines[edit.end.line][edit.end.column :]
        count = edit.end.line - edit.start.line + 1
        text.replace_lines(edit.start.line, count, (head + edit.text + tail).split("\n"))
