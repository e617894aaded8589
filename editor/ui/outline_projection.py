"""From the outline of a folder to the rows that a writer wants: one for each chapter file. Pure.

A file that holds one chapter and nothing else at its top is one row: the file's, by its id, with the chapter's title and the
scenes right below it. Any other file is a row with its chapters and parts below. What was cut is the last row; scenes there
that stand under no heading are right below it. A manuscript of one file has the rows of its outline, as they are.

Rows of scenes, and of what has not changed, are the very nodes of the outline, or the very rows there were before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from editor.manuscript.chapter_names import CUTS_NAME, merged_chapter, stem_of
from editor.manuscript.outline import Node, Outline, walk_below
from editor.markup.model import Level


class RowKind(StrEnum):
    """What a row is to the writer, and looks like."""

    PART = "part"
    CHAPTER = "chapter"
    SCENE = "scene"
    FILE = "file"
    EMPTY_FILE = "empty file"
    CUTS = "cuts"


@dataclass(frozen=True, slots=True)
class FileRow(Node):
    """The row of a file: `title` is what it shows. `chapter` is the chapter that has no row of its own because of it."""

    file: Node = field(repr=False)
    chapter: Node | None = field(repr=False)

    @property
    def is_cuts(self) -> bool:
        """Whether this is the row of what was cut."""
        return self.file.is_cuts

    @property
    def is_chapter(self) -> bool:
        """Whether the row stands for a chapter to the writer, and so looks like one."""
        return self.chapter is not None and not self.is_cuts

    @property
    def kind(self) -> RowKind:
        """What the row looks like."""
        if self.is_cuts:
            return RowKind.CUTS
        if self.is_chapter:
            return RowKind.CHAPTER
        return RowKind.FILE if self.children else RowKind.EMPTY_FILE

    @property
    def is_named_by_heading(self) -> bool:
        """Whether the row shows the heading of its chapter, so that editing the row edits the heading."""
        return self.is_chapter and self.chapter is not None and self.chapter.has_heading

    @property
    def start(self) -> int:
        """The id of the node where the text of the row starts."""
        return self.file.children[0].id if self.file.children else self.id


def project(outline: Outline, before: Sequence[Node] = ()) -> tuple[Node, ...]:
    """Return the rows at the top; those of files that are the same as `before` are the same rows."""
    if not outline.files:
        return outline.roots
    known = {row.id: row for row in before if isinstance(row, FileRow)}
    rows = []
    for file in outline.files:
        was = known.get(file.id)
        rows.append(was if was is not None and was.file is file else row_of_file(file))
    return tuple(rows)


def row_of_file(file: Node) -> FileRow:
    """Return the row of a file."""
    chapter = merged_chapter(file)
    children = file.children if chapter is None else (*chapter.children, *file.children[1:])
    title = file.title
    if file.is_cuts:
        title = CUTS_NAME
    elif chapter is not None:
        title = chapter.title or stem_of(file.title)
    return FileRow(
        id=file.id,
        level=Level.FILE,
        title=title,
        is_titled=chapter is not None and chapter.is_titled,
        words=file.words,
        facts=(),
        children=children,
        extent=file.extent,
        opening=file.opening,
        file=file,
        chapter=chapter,
    )


def kind_of(row: Node) -> RowKind:
    """Return what a row is to the writer."""
    return row.kind if isinstance(row, FileRow) else _KINDS[row.level]


def start_of(row: Node) -> int:
    """Return the id of the node to go to for a row: of a file what its text starts with, the file itself if it is empty."""
    return row.start if isinstance(row, FileRow) else row.id


def row_id_of(outline: Outline, node_id: int) -> int:
    """Return the id of the row that shows a node; KeyError if the node is gone."""
    file = outline.file_of(node_id)
    chapter = None if file is None else merged_chapter(file)
    return file.id if file is not None and chapter is not None and chapter.id == node_id else node_id


def walk_rows(rows: Sequence[Node]) -> Iterator[Node]:
    """Yield all rows from the top down, each before those below it."""
    for row in rows:
        yield row
        yield from walk_below(row)


def label_from(typed: str, label: str) -> str:
    """Return the name of a file that a writer means by `typed` for one called `label`: the ending stays if none is typed."""
    ending = label[len(stem_of(label)) :]
    is_complete = typed.casefold().endswith((ending.casefold(), ".txt", ".md"))
    return typed if is_complete else typed + ending


_KINDS = {Level.PART: RowKind.PART, Level.CHAPTER: RowKind.CHAPTER, Level.SCENE: RowKind.SCENE}
