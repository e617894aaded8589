"""Which headings are the lines of a contents list: those that come again further down (4.6h)."""

from collections.abc import Mapping, Sequence

_SHORTEST_PREFIX = 8


def find_contents(groups: Sequence[Sequence[int]], titles: Mapping[int, str]) -> set[int]:
    """Return the headings that are contents lines.

    `groups` are the indexes of headings with no text between them; `titles` the text of every heading, by index.
    """
    reduced = {index: _reduced(title) for index, title in titles.items()}
    last_again = _last_again(reduced)
    found: set[int] = set()
    for group in groups:
        if len(group) < 3:
            continue
        again = [index for index in group if reduced[index] and last_again[reduced[index]] > index]
        if len(again) >= max(3, len(group) - 2):
            found.update(again)
    return found


def _reduced(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))


def _last_again(reduced: Mapping[int, str]) -> dict[str, int]:
    """Return for each title the last index at which it, a beginning of it or a longer form of it stands.

    In sorted order all titles that a title begins stand right behind it, so one pass with a stack finds both.
    """
    own: dict[str, int] = {}
    for index, title in reduced.items():
        own[title] = max(index, own.get(title, -1))
    last = dict(own)
    open_titles: list[
        tuple[str, int]
    ] = []  # each a beginning of the next; with the last index of it and those before
    for title in sorted(own):
        while open_titles and not title.startswith(open_titles[-1][0]):
            _close(open_titles, last)
        if open_titles:
            last[title] = max(last[title], open_titles[-1][1])
        if len(title) >= _SHORTEST_PREFIX:
            best = max(own[title], open_titles[-1][1] if open_titles else -1)
            open_titles.append((title, best))
    while open_titles:
        _close(open_titles, last)
    return last


def _close(open_titles: list[tuple[str, int]], last: dict[str, int]) -> None:
    """Give what is known of a title to the one that begins it."""
    title, _ = open_titles.pop()
    if open_titles:
        before = open_titles[-1][0]
        last[before] = max(last[before], last[title])
