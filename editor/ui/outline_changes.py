"""What differs between two outlines, as rows of a tree: pure.

The old and the new outline share what an edit did not touch, as the same objects; those subtrees are not even looked
at. Limits: the ids of one outline are unique.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from editor.manuscript.outline import Node
from editor.ui.outline_projection import FileRow, kind_of, start_of


@dataclass(slots=True)
class OutlineChange:
    """What differs between two outlines.

    `added` and `gone` are ids that only one of them has; `changed` are nodes whose own row shows or leads to something else now;
    `reordered` are the new children, by parent (None: the roots), of every parent whose rows are not the same ones.
    """

    added: dict[int, Node] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    changed: list[Node] = field(default_factory=list)
    reordered: dict[int | None, list[int]] = field(default_factory=dict)


def compare_rows(old: Sequence[Node], new: Sequence[Node]) -> OutlineChange:
    """Return what differs between the trees under the roots `old` and `new`."""
    change = OutlineChange()
    leaving: dict[int, Node] = {}
    _compare_children(None, old, new, change, leaving)
    arrived = dict(change.added)
    change.gone = leaving.keys() - arrived.keys()
    change.added = {node_id: node for node_id, node in arrived.items() if node_id not in leaving}
    moved = [node for node_id, node in arrived.items() if node_id in leaving]
    change.changed += [node for node in moved if _shows(leaving[node.id]) != _shows(node)]
    for node in arrived.values():
        before = leaving[node.id].children if node.id in leaving else ()
        wanted = [child.id for child in node.children]
        if wanted != [child.id for child in before]:
            change.reordered[node.id] = wanted
    return change


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the members of one longest rising subsequence of `numbers`, all different: the rows that need not move."""
    tails: list[int] = []
    links: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        links[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    rising: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        rising.add(last)
        last = links[last]
    return rising


def _compare_children(
    parent: int | None,
    old: Sequence[Node],
    new: Sequence[Node],
    change: OutlineChange,
    leaving: dict[int, Node],
) -> None:
    if old is new:
        return
    head = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(old, new, strict=False)))
    rest = min(len(old), len(new)) - head
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(old[::-1], new[::-1], strict=False)))
    tail = min(tail, rest)
    old, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    before = {node.id: node for node in old}
    for node in new_middle:
        was = before.pop(node.id, None)
        if was is None:
            change.added.update((below.id, below) for below in _subtree(node))
        elif was is not node:
            if _shows(was) != _shows(node):
                change.changed.append(node)
            _compare_children(node.id, was.children, node.children, change, leaving)
    for node in before.values():
        leaving.update((below.id, below) for below in _subtree(node))
    if [node.id for node in old] != [node.id for node in new_middle]:
        change.reordered[parent] = [node.id for node in new]


def _shows(node: Node) -> tuple[object, ...]:
    label = node.file.title if isinstance(node, FileRow) else ""
    return (kind_of(node), node.title, node.is_titled, node.words, node.facts, label, start_of(node))


def _subtree(node: Node) -> list[Node]:
    found = [node]
    for child in node.children:
        found += _subtree(child)
    return found
