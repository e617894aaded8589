"""Outlines for tests, in a notation: one row a line, its level in front, an id behind it where the test speaks of it.

part One
chap First #1
scene It begins. (120) {status: draft} #2

In a folder a row `file one.txt #1` stands above its parts and chapters; a chapter without a title has no heading.
"""

import re
from itertools import count

from editor.manuscript.outline import Extent, Node, Outline
from editor.markup.model import Block, Kind, Level

LEVELS = {"file": Level.FILE, "part": Level.PART, "chap": Level.CHAPTER, "scene": Level.SCENE}
ROW = re.compile(
    r"(?P<level>file|part|chap|scene)(?P<title>[^({#]*)(\((?P<words>\d+)\))?\s*(\{(?P<facts>.*)\})?\s*(#(?P<id>\d+))?"
)
EXTENT = Extent(1, 1, 1, 1)


def make_node(node_id, level, title="", words=0, facts=(), children=()):
    total = words + sum(child.words for child in children)
    opening = Block(Kind.HEADING, 1, title, level=level) if title and level < Level.SCENE else None
    if level is Level.FILE:
        opening = Block(Kind.BOUNDARY, 1, title, level=level)
    return Node(node_id, level, title, bool(title), total, tuple(facts), tuple(children), EXTENT, opening)


def outline_of(text: str, revision: int = 1) -> Outline:
    """Read the notation above; rows without an id get 1001, 1002, ... Revision 0 is another manuscript."""
    fresh = count(1001)
    rows = []
    for line in filter(None, map(str.strip, text.splitlines())):
        found = ROW.fullmatch(line)
        pairs = (found["facts"] or "").split(";") if found["facts"] else []
        facts = [tuple(part.strip() for part in pair.split(":", 1)) for pair in pairs]
        node_id = int(found["id"]) if found["id"] else next(fresh)
        rows.append(
            (LEVELS[found["level"]], found["title"].strip(), int(found["words"] or 0), facts, node_id)
        )
    return Outline(tuple(_read(rows, Level.FILE - 1)), revision=revision)


def _read(rows, above):
    nodes = []
    while rows and rows[0][0] > above:
        level, title, words, facts, node_id = rows.pop(0)
        nodes.append(make_node(node_id, level, title, words, facts, _read(rows, level)))
    return nodes


def rows_of(model, parent=None):
    """The tree that a model shows: (id, title, words, children)."""
    from PySide6.QtCore import QModelIndex

    from editor.ui.outline_model import Role

    found = []
    parent = parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found.append(
            (index.data(Role.ID), index.data(Role.TITLE), index.data(Role.WORDS), rows_of(model, index))
        )
    return found


def rows_in(nodes):
    """The same of an outline."""
    return [(node.id, node.title, node.words, rows_in(node.children)) for node in nodes]
