"""What the outline says of chapters that have changed since they were posted, or were not posted yet. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from editor.app.posting import day_of
from editor.manuscript.chapter_prints import ChapterPrint
from editor.manuscript.outline import Outline
from editor.manuscript.posted_chapters import ChapterState, Posted, State
from editor.ui.outline_projection import row_id_of


@dataclass(frozen=True, slots=True)
class PostedMark:
    """The mark of a row: the state to be shown, and what it means, one sentence for each target."""

    state: State
    lines: tuple[str, ...]


def marks_of(
    posted: Posted, chapters: Sequence[ChapterPrint], outline: Outline, titles: Mapping[str, str]
) -> dict[int, PostedMark]:
    """Return the marks of the rows, by id, for the targets that are shown; chapters that are as posted have none.

    `chapters` are those of `outline`; `titles` are the names of targets for the writer.
    """
    found: dict[int, list[tuple[State, str]]] = {}
    for target in sorted(posted.shown & set(posted.targets)):
        for each in posted.states(target, chapters):
            if each.state is not State.SAME:
                row = row_id_of(outline, each.chapter.id)
                found.setdefault(row, []).append((each.state, told(each, titles.get(target, target))))
    return {
        row: PostedMark(_worst([state for state, _ in said]), tuple(line for _, line in said))
        for row, said in found.items()
    }


def told(each: ChapterState, target: str) -> str:
    """Return how a chapter stands, as a sentence without its full stop; `target` is a name for the writer."""
    if each.posted is None:
        return f"Not posted to {target} yet"
    day = day_of(each.posted.when)
    on = f" on {day}" if day else ""
    if each.state is State.SAME:
        return f"As it was posted to {target}{on}"
    return f"Changed since it was posted to {target}{on}"


def _worst(states: Sequence[State]) -> State:
    return State.CHANGED if State.CHANGED in states else State.NEW
