"""What a chapter is called where it has no heading: in a folder, by the file that holds it and nothing else. Pure.

A file with one chapter and nothing else at its top is one thing to a writer; here is said which files those are. What was cut is
no chapter: a chapter without a heading among the cuts is only the scenes that were cut.
"""

from editor.manuscript.outline import Node, Outline
from editor.markup.model import Level

CUTS_NAME = "Cuts"


def merged_chapter(file: Node) -> Node | None:
    """Return the chapter that a file and it are one thing; of the cuts the scenes that stand outside their chapters."""
    first = file.children[0] if file.children else None
    if first is None or first.level is not Level.CHAPTER:
        return None
    if file.is_cuts:
        return None if first.has_heading else first
    return first if len(file.children) == 1 else None


def stem_of(label: str) -> str:
    """Return a file's name without its ending."""
    stem, dot, _ending = label.rpartition(".")
    return stem if dot and stem else label


def file_name(file: Node) -> str:
    """Return what a file is called where its chapters are not."""
    return CUTS_NAME if file.is_cuts else file.title


def chapter_name(outline: Outline, node: Node) -> str:
    """Return the title of a part, chapter or scene; of a chapter that has none, the name of the file it fills; else ""."""
    if node.title or node.level is not Level.CHAPTER:
        return node.title
    file = outline.file_of(node.id)
    if file is None or merged_chapter(file) is not node:
        return ""
    return CUTS_NAME if file.is_cuts else stem_of(file.title)


def is_in_book(outline: Outline, node: Node) -> bool:
    """Say whether a node is not among what was cut, nor the file of it."""
    file = outline.file_of(node.id)
    return file is None or not file.is_cuts
