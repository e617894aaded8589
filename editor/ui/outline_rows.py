"""The rows that a tree shows now, as ids: who is whose child, and at which row.

Limits: a store for `OutlineModel` while it goes from one outline to the next; it knows no nodes and no Qt.
"""

from collections.abc import Iterator, Sequence


class RowTree:
    """Ids in rows. None stands for the invisible root."""

    def __init__(self) -> None:
        self._children: dict[int | None, list[int]] = {None: []}
        self._parents: dict[int, int | None] = {}
        self._rows: dict[int, int] = {}

    def __contains__(self, node_id: int) -> bool:
        return node_id in self._parents

    def children(self, parent: int | None) -> Sequence[int]:
        """Return the ids below `parent`, in the order of their rows."""
        return self._children.get(parent, ())

    def parent(self, node_id: int) -> int | None:
        """Return the id above `node_id`, or None at the top; KeyError if it has no row."""
        return self._parents[node_id]

    def row(self, node_id: int) -> int:
        """Return the row of `node_id` below its parent; KeyError if it has none."""
        return self._rows[node_id]

    def is_below(self, node_id: int | None, ancestor: int) -> bool:
        """Return whether `node_id` is `ancestor` or stands somewhere below it."""
        while node_id is not None and node_id != ancestor:
            node_id = self._parents[node_id]
        return node_id is not None

    def insert(self, parent: int | None, row: int, ids: Sequence[int]) -> None:
        """Put `ids`, which have no row yet, before row `row` of `parent`."""
        self._children.setdefault(parent, [])[row:row] = ids
        self._parents.update((node_id, parent) for node_id in ids)
        self._number(parent, row)

    def remove(self, parent: int | None, row: int, count: int) -> None:
        """Take away `count` rows of `parent` from `row` on, with everything below them."""
        taken = self._children[parent][row : row + count]
        del self._children[parent][row : row + count]
        self._number(parent, row)
        for node_id in [below for one in taken for below in self._walk(one)]:
            del self._parents[node_id], self._rows[node_id]
            self._children.pop(node_id, None)

    def move(self, node_id: int, parent: int | None, row: int) -> None:
        """Move `node_id` with all below it before row `row` of `parent`, counted before the move, as Qt counts."""
        old_parent, old_row = self._parents[node_id], self._rows[node_id]
        del self._children[old_parent][old_row]
        if old_parent == parent and old_row < row:
            row -= 1
        self._children.setdefault(parent, []).insert(row, node_id)
        self._parents[node_id] = parent
        self._number(old_parent, min(old_row, row) if old_parent == parent else old_row)
        self._number(parent, row)

    def _walk(self, node_id: int) -> Iterator[int]:
        yield node_id
        for child in self._children.get(node_id, ()):
            yield from self._walk(child)

    def _number(self, parent: int | None, first: int) -> None:
        siblings = self._children.get(parent, [])
        self._rows.update((siblings[row], row) for row in range(first, len(siblings)))
