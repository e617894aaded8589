"""What a window shows now, as far as its history asks for it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editor.manuscript.past_scenes import PastScene
    from editor.ui.main_window import MainWindow
    from editor.ui.store import Store


def lines_now(window: "MainWindow") -> tuple[str, ...]:
    """Return the lines of the text."""
    return tuple(window.buffer.read_so_far.text.lines)


def scene_id_now(window: "MainWindow") -> int | None:
    """Return the id of the scene at the caret, None if there is none."""
    node = window.structure.outline.scene_at(window.page.caret_position().line)
    return node.id if node is not None else None


def scene_now(window: "MainWindow", node_id: int | None) -> "PastScene | None":
    """Return the scene with that id as it is in the text, None if it is gone."""
    from editor.manuscript.past_scenes import scene_of

    manuscript = window.buffer.manuscript
    if node_id is None or node_id not in manuscript.outline:
        return None
    return scene_of(manuscript, manuscript.outline.node(node_id))


def encodings_of(store: "Store") -> dict[str, str]:
    """Return the encodings that the writer has chosen, by file name."""
    files = store.folder.files
    stored = [store.files.stored] if files is None else [files.stored(label) for label in files.labels]
    return {each.path.name: each.chosen_encoding for each in stored if each and each.chosen_encoding}
