"""Finishing a PDF file that Qt has written: an outline of its chapters, the language of its text, and one order of its objects.

Qt numbers some objects in the order of a hash table, which differs from one start of the program to the next, and names fonts after
them; here both go by the order in which objects are referred to, so equal pages give equal bytes. Limits: only files as Qt writes them, with a
plain table of objects; anything else is returned as it came. Streams are not looked into.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_REFERENCE = re.compile(rb"\((?:\\.|[^\\()])*\)|(\d+) 0 R\b", re.DOTALL)  # in a string there are none
_OBJECT = re.compile(rb"\d+ 0 obj\s*")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s+")
_ENTRY_LENGTH = 20
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_PAGES = re.compile(rb"/Pages (\d+) 0 R")
_TAG = re.compile(rb"(?<=Name /)[A-Z]{6}(?=\+)|(?<=Font /)[A-Z]{6}(?=\+)")
_SIZE = re.compile(rb"/Size\s+\d+")

Heading = tuple[int, str, int]
"""A line of the outline: its level from 1, its text, and its page from 0."""


@dataclass(slots=True)
class _File:
    """A PDF file as what stands before its objects, the objects by number, and its trailer (a dictionary)."""

    head: bytes
    objects: dict[int, bytes]
    trailer: bytes

    @property
    def root(self) -> int:
        return _number(_ROOT, self.trailer)

    @property
    def pages(self) -> list[int]:
        kids = _KIDS.search(self.objects[_number(_PAGES, self.objects[self.root])])
        return _references(kids[1]) if kids else []


def finish_pdf(
    data: bytes,
    *,
    headings: Iterable[Heading] = (),
    language: str = "",
    is_two_sided: bool = False,
    is_right_to_left: bool = False,
) -> bytes:
    """Return the file with an outline of `headings`; `language` is a BCP 47 tag, pages of a two-sided one are shown in pairs."""
    file = _parse(data)
    if file is None:
        return data
    _renumber(file)
    outline = list(_outline(list(headings), file.pages, max(file.objects) + 1))
    entries = b"/Lang (%s)\n/ViewerPreferences << /DisplayDocTitle true%s >>\n" % (
        language.encode("ascii", "ignore"),
        b" /Direction /R2L" if is_right_to_left else b"",
    )
    if outline:
        entries += b"/Outlines %d 0 R\n/PageMode /UseOutlines\n" % (max(file.objects) + 1)
    if is_two_sided:
        entries += b"/PageLayout /TwoPageRight\n"
    file.objects[file.root] = file.objects[file.root].replace(
        b"/Type /Catalog\n", b"/Type /Catalog\n" + entries, 1
    )
    file.objects.update(enumerate(outline, max(file.objects) + 1))
    return _written(file)


def _number(pattern: re.Pattern[bytes], data: bytes) -> int:
    found = pattern.search(data)
    return int(found[1]) if found else 0


def _parse(data: bytes) -> _File | None:
    """Return the file in parts, None if it is not made as Qt makes it."""
    start = _START.search(data, max(0, len(data) - 100))
    table = start and _TABLE.match(data, int(start[1]))
    if not start or not table:
        return None
    count = int(table[1])
    entries = data[table.end() : table.end() + count * _ENTRY_LENGTH]
    offsets = {
        number: int(entries[at : at + 10])
        for number, at in enumerate(range(0, len(entries), _ENTRY_LENGTH))
        if entries[at + 17 : at + 18] == b"n"
    }
    objects: dict[int, bytes] = {}
    in_order = sorted(offsets, key=offsets.__getitem__)
    ends = [*(offsets[number] for number in in_order[1:]), int(start[1])]
    for number, end in zip(in_order, ends, strict=True):
        opening = _OBJECT.match(data, offsets[number])
        if opening is None:
            return None
        objects[number] = data[opening.end() : end]
    trailer = data[data.find(b"trailer", table.end()) + len(b"trailer") : start.start()]
    file = _File(data[: offsets[in_order[0]]], objects, trailer) if in_order else None
    return file if file is not None and file.root in objects else None


def _without_stream(body: bytes) -> int:
    """Return where the stream of an object begins, or its end."""
    start = body.find(b"stream\n")
    return len(body) if start < 0 else start


def _renumber(file: _File) -> None:
    """Number the objects in the order in which they are referred to; what is never referred to is left out."""
    numbers: dict[int, int] = {}
    waiting = _references(file.trailer)
    while waiting:
        following: list[int] = []
        for old in waiting:
            if old in file.objects and old not in numbers:
                numbers[old] = len(numbers) + 1
                following += _references(file.objects[old][: _without_stream(file.objects[old])])
        waiting = following

    tags: dict[bytes, bytes] = {}

    def renumbered(text: bytes) -> bytes:
        text = _REFERENCE.sub(
            lambda found: b"%d 0 R" % numbers.get(int(found[1]), 0) if found[1] else found[0], text
        )
        return _TAG.sub(lambda found: tags.setdefault(found[0], _tag(len(tags))), text)

    objects = {}
    for old, new in numbers.items():
        body = file.objects[old]
        end = _without_stream(body)
        objects[new] = renumbered(body[:end]) + body[end:]
    file.objects = objects
    file.trailer = renumbered(file.trailer)


def _tag(number: int) -> bytes:
    """Return the six letters that name the letters of a font which a file holds."""
    return bytes(65 + number // 26**place % 26 for place in range(5, -1, -1))


def _references(text: bytes) -> list[int]:
    return [int(number) for number in _REFERENCE.findall(text) if number]


def _written(file: _File) -> bytes:
    parts = [file.head]
    place = len(file.head)
    offsets = []
    for number in sorted(file.objects):
        part = b"%d 0 obj\n%s" % (number, file.objects[number])
        parts.append(part)
        offsets.append(place)
        place += len(part)
    size = len(offsets) + 1
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = _SIZE.sub(b"/Size %d" % size, file.trailer).strip()
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        trailer,
        place,
    )
    return b"".join([*parts, end])


# --- the outline


@dataclass(slots=True)
class _Item:
    """A line of the outline, with those below it."""

    number: int
    title: str
    page: int
    items: "list[_Item]" = field(default_factory=list)


def _outline(headings: Sequence[Heading], pages: Sequence[int], first: int) -> Iterator[bytes]:
    """Yield the objects of the outline, which are numbered from `first`; nothing if there is no heading."""
    if not headings:
        return
    root = _Item(first, "", 0)
    path = [(0, root)]
    items = [root]
    for level, title, page in headings:
        while path[-1][0] >= level:
            path.pop()
        item = _Item(first + len(items), title, pages[page])
        path[-1][1].items.append(item)
        path.append((level, item))
        items.append(item)
    placed = {item.number: (above, place) for above in items for place, item in enumerate(above.items)}
    for item in items:
        lines = [b"<<"]
        if item is root:
            lines.append(b"/Type /Outlines")
        else:
            above, place = placed[item.number]
            lines += [
                b"/Title <feff%s>" % item.title.encode("utf-16-be", "replace").hex().encode(),
                b"/Parent %d 0 R" % above.number,
                b"/Dest [%d 0 R /XYZ null null null]" % item.page,
            ]
            lines += [b"/Prev %d 0 R" % each.number for each in above.items[:place][-1:]]
            lines += [b"/Next %d 0 R" % each.number for each in above.items[place + 1 : place + 2]]
        if item.items:
            lines.append(b"/First %d 0 R /Last %d 0 R" % (item.items[0].number, item.items[-1].number))
            lines.append(b"/Count %d" % _count(item))
        yield b"\n".join([*lines, b">>\nendobj\n"])


def _count(item: _Item) -> int:
    return sum(1 + _count(each) for each in item.items)
