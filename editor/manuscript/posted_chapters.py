"""Which chapters of a manuscript have changed since they were posted somewhere. Pure.

What was posted is remembered per *target* (the name of an export profile) and chapter, as fingerprints and a title, in the
order of the text; nothing of the text itself. The chapters of today are found again by what they say, then by what they say
under another heading, then by their title, then by their place.

Limits: a chapter that was rewritten under another title in another place counts as not posted; one written in the place of one
that was taken out counts as changed.
"""

import enum
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from editor.manuscript.chapter_prints import ChapterPrint


class How(enum.StrEnum):
    """How a chapter left: in a file, over the clipboard, or by the writer's word."""

    FILE = "file"
    COPY = "copy"
    MARK = "mark"


class State(enum.StrEnum):
    """How a chapter stands to what was posted of it."""

    NEW = "not posted"
    SAME = "as posted"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class PostedChapter:
    """A chapter as it was posted; `when` is in UTC, as in 2026-11-03T17:20:00Z. Fingerprints as in `ChapterPrint`."""

    title: str
    whole: str
    body: str
    when: str
    how: How


@dataclass(frozen=True, slots=True)
class ChapterState:
    """A chapter of today, how it stands, and what was posted of it (None: nothing)."""

    chapter: ChapterPrint
    state: State
    posted: PostedChapter | None


@dataclass(frozen=True, slots=True)
class Posted:
    """All that was posted of a manuscript, by target, and the targets that the outline shows."""

    targets: Mapping[str, tuple[PostedChapter, ...]] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()

    def with_chapters(
        self, target: str, chapters: Sequence[ChapterPrint], ids: Collection[int], when: str, how: How
    ) -> "Posted":
        """Return this with the chapters `ids` of `chapters` (all that there are) as posted to `target`, as they are now.

        A chapter that shows nothing is not posted.
        """
        taken = {chapter.id for chapter in chapters if chapter.whole and chapter.id in ids}
        if not taken:
            return self
        before = self.targets.get(target, ())
        places = _match(before, chapters)
        rows: list[tuple[tuple[int, int], PostedChapter]] = []
        for chapter, place in zip(chapters, places, strict=True):
            if chapter.id in taken:
                now = PostedChapter(chapter.title, chapter.whole, chapter.body, when, how)
                rows.append(((chapter.place, -1), now))
            elif place is not None:
                rows.append(((chapter.place, -1), before[place]))
        today = {place: chapter.place for place, chapter in zip(places, chapters, strict=True)}
        above = -1
        for place, old in enumerate(before):
            if place in today:
                above = today[place]
            else:  # not in the text now; it stays behind what it stood behind
                rows.append(((above, place), old))
        rows.sort(key=lambda row: row[0])
        return replace(self, targets={**self.targets, target: tuple(row for _, row in rows)})

    def without(self, target: str) -> "Posted":
        """Return this without anything of a target."""
        targets = {name: chapters for name, chapters in self.targets.items() if name != target}
        return Posted(targets, self.shown - {target})

    def with_shown(self, target: str, *, is_shown: bool) -> "Posted":
        """Return this with a target shown in the outline, or not."""
        return replace(self, shown=self.shown | {target} if is_shown else self.shown - {target})

    def states(self, target: str, chapters: Sequence[ChapterPrint]) -> list[ChapterState]:
        """Return how each of today's `chapters` that shows anything stands to what was posted to `target`, in order."""
        posted = self.targets.get(target, ())
        found = []
        for chapter, place in zip(chapters, _match(posted, chapters), strict=True):
            old = None if place is None else posted[place]
            state = State.NEW if old is None else State.SAME if old.whole == chapter.whole else State.CHANGED
            if chapter.whole:
                found.append(ChapterState(chapter, state, old))
        return found


_Key = Callable[[PostedChapter | ChapterPrint], str]
_KEYS: tuple[_Key, ...] = (
    lambda one: one.whole,
    lambda one: one.body,
    lambda one: one.title.casefold(),
)


def _match(posted: Sequence[PostedChapter], chapters: Sequence[ChapterPrint]) -> list[int | None]:
    """Return for each chapter which of the posted ones it is, None for a new one; none is two."""
    matches: list[int | None] = [None] * len(chapters)
    left = dict.fromkeys(range(len(posted)))
    for key in _KEYS:
        waiting: dict[str, deque[int]] = defaultdict(deque)
        for place in left:
            if name := key(posted[place]):
                waiting[name].append(place)
        for index, chapter in enumerate(chapters):
            if matches[index] is None and waiting.get(key(chapter)):
                place = waiting[key(chapter)].popleft()
                matches[index] = place
                del left[place]
    before: int = -1
    for index, found in enumerate(matches):
        if found is not None:
            before = found
        elif before + 1 in left:
            before += 1
            matches[index] = before
            del left[before]
    return matches
