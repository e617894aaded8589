"""A book as BBCode for forums, in two flavours: XenForo (rules, centring, sizes from 1 to 7) and phpBB (sizes in per cent, no rules).

Square brackets of the text that could open a tag are followed by an invisible character (U+200B): no forum takes them for one then, and
there is no escape that all know. Limits: forums make links of addresses and pictures of smileys by themselves; that cannot be stopped
from here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from editor.export.book import Book, Element, Part
from editor.export.encoding import encode_joined
from editor.export.profile import BLANK, RULE, Profile
from editor.export.progress import Watch, unwatched
from editor.export.runs import Line, stanzas_of, steps_of, tidy
from editor.markup.model import Style

Tags = tuple[str, str]

_STYLES = {Style.EMPHASIS: "i", Style.STRONG: "b"}
_MAYBE_TAG = re.compile(r"\[(?=[/*A-Za-z])")
_GUARD = "[\u200b"
_NONE = ("", "")
_QUOTATION = ("[quote]", "[/quote]")
_HEADINGS = frozenset({Part.TITLE, Part.PART, Part.CHAPTER, Part.SCENE_TITLE})
_GROUPS = {Part.QUOTE: _QUOTATION, Part.NOTE: _QUOTATION}


@dataclass(frozen=True, slots=True)
class _Flavour:
    """The tags of a kind of forum: of parts, of a scene break in characters, and a rule ("": it has none)."""

    parts: Mapping[Part, Tags]
    centre: Tags
    rule: str


_FLAVOURS = {
    "xenforo": _Flavour(
        parts={
            Part.TITLE: ("[center][size=7][b]", "[/b][/size][/center]"),
            Part.PART: ("[center][size=6][b]", "[/b][/size][/center]"),
            Part.CHAPTER: ("[center][size=5][b]", "[/b][/size][/center]"),
            Part.SCENE_TITLE: ("[center][b]", "[/b][/center]"),
            Part.END_MATTER: ("[center]", "[/center]"),
        },
        centre=("[center]", "[/center]"),
        rule="[hr][/hr]",
    ),
    "phpbb": _Flavour(
        parts={
            Part.TITLE: ("[size=200][b]", "[/b][/size]"),
            Part.PART: ("[size=170][b]", "[/b][/size]"),
            Part.CHAPTER: ("[size=150][b]", "[/b][/size]"),
            Part.SCENE_TITLE: ("[b]", "[/b]"),
        },
        centre=_NONE,
        rule="",
    ),
}


def render_bbcode(book: Book, profile: Profile, watch: Watch = unwatched) -> bytes:
    """Return `book` as BBCode, in UTF-8."""
    flavour = _FLAVOURS[profile.forum]
    blocks = _blocks(book, flavour, _dinkus(flavour, profile.scene_break), watch)
    return encode_joined(blocks, "\n\n")


def _dinkus(flavour: _Flavour, scene_break: str) -> str:
    if scene_break == BLANK:
        return ""  # three blank lines
    if scene_break == RULE and flavour.rule:
        return flavour.rule
    text = "* * *" if scene_break == RULE else scene_break
    return flavour.centre[0] + _escape(tidy(text)) + flavour.centre[1]


def _blocks(book: Book, flavour: _Flavour, dinkus: str, watch: Watch) -> Iterator[str]:
    has_title = bool(book.elements) and book.elements[0].part is Part.TITLE
    yield from _runs(book.elements[:has_title], flavour, dinkus)
    if author := tidy(book.author):
        yield _escape(author)
    fields = [f"{tidy(key)}: {tidy(value)}" if tidy(key) else tidy(value) for key, value in book.header]
    if any(fields):
        yield "\n".join(_escape(field.strip()) for field in fields if field)
    yield from _runs(watch(book.elements[has_title:]), flavour, dinkus)


def _runs(elements: Iterable[Element], flavour: _Flavour, dinkus: str) -> Iterator[str]:
    for part, run in groupby(elements, key=attrgetter("part")):
        if part is Part.DINKUS:
            yield from (dinkus for _ in run)
            continue
        paragraphs = [each for element in run for each in _element(element, flavour)]
        if part in _GROUPS and paragraphs:
            start, end = _GROUPS[part]
            yield start + "\n\n".join(paragraphs) + end
        else:
            yield from paragraphs


def _element(element: Element, flavour: _Flavour) -> Iterator[str]:
    start, end = flavour.parts.get(element.part, _NONE)
    stanzas = stanzas_of(element.inlines)
    if element.part in _HEADINGS:
        lines = [_line(line) for stanza in stanzas for line in stanza]
        if lines:
            yield start + " ".join(lines) + end
        return
    for stanza in stanzas:
        yield start + "\n".join(map(_line, stanza)) + end


def _line(line: Line) -> str:
    if len(line) == 1 and not line[0].styles:
        return _escape(line[0].text)
    return "".join(
        "".join(f"[/{_STYLES[style]}]" for style in closed)
        + "".join(f"[{_STYLES[style]}]" for style in opened)
        + _escape(text)
        for closed, opened, text in steps_of(line)
    )


def _escape(text: str) -> str:
    return _MAYBE_TAG.sub(_GUARD, text) if "[" in text else text
