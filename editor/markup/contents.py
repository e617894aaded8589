"""Which headings are the lines of a contents list: those that come again further down (4.6h)."""

from collections.abc import Mapping, Sequence

from editor.markup.patterns import compile_later

_SHORTEST_BEGINNING = 8
_MOST_WORDS = 20
_WORD = compile_later(r"[^\W_]+")


def find_contents(groups: Sequence[Sequence[int]], titles: Mapping[int, str]) -> set[int]:
    """Return the headings that are contents lines.

    `groups` are the indexes of headings with no text between them; `titles` the text of every heading, by index.
    """
    forms = {index: _forms(title) for index, title in titles.items()}
    last: dict[str, int] = {}  # where a title, or the beginning of one, stands for the last time
    last_whole: dict[str, int] = {}
    for index, (whole, beginnings) in sorted(forms.items()):
        last_whole[whole] = index
        last.update(dict.fromkeys((whole, *beginnings), index))
    found: set[int] = set()
    for group in groups:
        again = []
        for index in group:
            whole, beginnings = forms[index]
            comes_last = max(last[whole], *[last_whole.get(beginning, -1) for beginning in beginnings], -1)
            if whole and comes_last > index:
                again.append(index)
        if len(again) >= max(3, len(group) - 2):
            found.update(_before_the_book(again, group, forms))
    return found


def _forms(title: str) -> tuple[str, list[str]]:
    """Return the letters and digits of a title, and those of its beginnings that are long enough to stand for it.

    A beginning ends where a word ends: "Chapter 1" is none of "Chapter 10".
    """
    whole = ""
    beginnings = []
    for word in _WORD.findall(title.casefold())[:_MOST_WORDS]:
        if len(whole) >= _SHORTEST_BEGINNING:
            beginnings.append(whole)
        whole += word
    return whole, beginnings


def _before_the_book(
    again: Sequence[int], group: Sequence[int], forms: Mapping[int, tuple[str, list[str]]]
) -> Sequence[int]:
    """Leave out the headings from which on the book itself begins: where the first line of the list comes again.

    Such a heading may come again too, if every part of the book counts its chapters from one.
    """
    first, first_beginnings = forms[again[0]]
    for index in group:
        whole, beginnings = forms[index]
        if index > again[0] and (whole == first or whole in first_beginnings or first in beginnings):
            return [member for member in again if member < index]
    return again
