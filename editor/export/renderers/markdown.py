"""A book as Markdown (CommonMark): what a manuscript says literally stays literal, what it emphasises stays emphasised.

Every character that could be read as markup is escaped by a backslash, or, where that cannot help, written as a number
(`&#119;`): so emphasis works in the middle of a word and beside any sign. Lines of verse end in two spaces, which every dialect takes for a
line break. Limits: addresses stay bare, and dialects that make links of them will.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from editor.export.book import Book, Element, Part
from editor.export.encoding import encode_joined
from editor.export.profile import BLANK, RULE, Profile
from editor.export.progress import Watch, unwatched
from editor.export.runs import Line, lines_of, stanzas_of, steps_of, tidy
from editor.markup.model import Style

HARD_BREAK = "  \n"
_ALIKE = {Style.EMPHASIS: "*", Style.STRONG: "**"}
_APART = {Style.EMPHASIS: "_", Style.STRONG: "**"}
_HEADINGS = {Part.TITLE: "# ", Part.PART: "# ", Part.CHAPTER: "## ", Part.SCENE_TITLE: "### "}
_QUOTED = frozenset({Part.QUOTE, Part.NOTE})

_SPECIAL = re.compile(r"[\\`*\[\]<~|]|&(?=[#A-Za-z])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_LINE_START = re.compile(r"(?:[#+=>-]|(?P<number>[0-9]{1,9})(?=[.)]))")
_ASCII_SIGNS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def render_markdown(book: Book, profile: Profile, watch: Watch = unwatched) -> bytes:
    """Return `book` as Markdown, in UTF-8."""
    blocks = _blocks(book, _dinkus(profile), watch)
    return encode_joined(blocks, "\n\n")


def _dinkus(profile: Profile) -> str:
    if profile.scene_break == RULE:
        return "* * *"
    if profile.scene_break == BLANK:
        return "&nbsp;"
    return _escape_line(tidy(profile.scene_break))


def _blocks(book: Book, dinkus: str, watch: Watch) -> Iterator[str]:
    has_title = bool(book.elements) and book.elements[0].part is Part.TITLE
    yield from _elements(book.elements[:has_title], dinkus)
    if author := _escape_line(tidy(book.author)):
        yield author
    fields = [line for line in (_field(key, value) for key, value in book.header) if line]
    if fields:
        yield HARD_BREAK.join(fields)
    yield from _elements(watch(book.elements[has_title:]), dinkus)


def _field(key: str, value: str) -> str:
    name, text = _escape_line(tidy(key)), _escape_line(tidy(value))
    return f"{name}: {text}" if name else text


def _elements(elements: Iterable[Element], dinkus: str) -> Iterator[str]:
    quoted: list[str] = []
    quoted_part: Part | None = None
    for element in elements:
        if quoted and element.part is not quoted_part:
            yield _quotation(quoted)
            quoted = []
        if element.part in _QUOTED:
            quoted_part = element.part
            quoted += _paragraphs(element)
        elif element.part is Part.DINKUS:
            yield dinkus
        elif element.part in _HEADINGS:
            text = " ".join(_line(line, is_heading=True) for line in lines_of(element.inlines) if line)
            if text:
                yield _HEADINGS[element.part] + text
        else:
            yield from _paragraphs(element)
    if quoted:
        yield _quotation(quoted)


def _quotation(paragraphs: Sequence[str]) -> str:
    return "\n>\n".join("> " + paragraph.replace("\n", "\n> ") for paragraph in paragraphs)


def _paragraphs(element: Element) -> Iterator[str]:
    for stanza in stanzas_of(element.inlines):
        yield HARD_BREAK.join(map(_line, stanza))


def _line(line: Line, *, is_heading: bool = False) -> str:
    text = _escape_line(line[0].text) if len(line) == 1 and not line[0].styles else _with_marks(line)
    if is_heading and text.endswith("#") and not text.endswith("\\#"):  # else it would close the heading
        text = text[:-1] + "\\#"
    return text


def _escape_line(text: str) -> str:
    """Return the characters of a line that starts with them as Markdown that says just these."""
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    if found := _LINE_START.match(escaped):
        place = found.end() if found["number"] else 0
        escaped = f"{escaped[:place]}\\{escaped[place:]}"
    return escaped


def _with_marks(line: Line) -> str:
    """Return a line of several runs, with the marks of their styles."""
    marks = _APART if _touch(line) else _ALIKE
    steps = list(steps_of(line))
    closings = [[marks[style] for style in closed] for closed, _, _ in steps]
    openings = [[marks[style] for style in opened] for _, opened, _ in steps]
    firsts, lasts = _numbered(line, closings, openings)
    parts: list[str] = []
    for index, (_, _, whole) in enumerate(steps[: len(line)]):
        escape = _escape if index or openings[index] else _escape_line
        text = whole.lstrip() if openings[index] else whole
        space = whole[: len(whole) - len(text)]
        start = f"&#{ord(text[0])};" if firsts[index] else ""
        end = f"&#{ord(text[-1])};" if lasts[index] and not (start and len(text) == 1) else ""
        middle = text[len(start) > 0 : len(text) - (len(end) > 0)]
        parts += [*closings[index], space, *openings[index], start, escape(middle), end]
    return "".join([*parts, *(closings[-1] if len(steps) > len(line) else ())])


def _touch(line: Line) -> bool:
    """Say whether two kinds of emphasis stand side by side or in one another; then their marks must be of different signs."""
    return any(len(run.styles) > 1 for run in line) or any(
        one.styles and two.styles for one, two in pairwise(line)
    )


def _numbered(
    line: Line, closings: Sequence[Sequence[str]], openings: Sequence[Sequence[str]]
) -> tuple[list[bool], list[bool]]:
    """Say of which runs the first and the last character is to be written as a number, so that all marks count.

    A mark between a letter and a sign is one only if the sign stands outside, and `_` never between letters; a letter written
    as a number begins and ends with a sign. Such a letter may be the inner side of the next mark: letters before openings
    are decided from the right, those after closings from the left. Where one emphasis closes and one opens, marks do as signs.
    """
    count = len(line)
    firsts, lasts = [False] * count, [False] * count
    for index in range(count - 1, 0, -1):
        after, before = line[index].text, line[index - 1].text[-1]
        if openings[index] and not closings[index]:
            after_is_sign = _may_be_sign(after[0]) or (len(after) == 1 and lasts[index])
            needs_sign = after_is_sign or openings[index] not in (["*"], ["**"])
            lasts[index - 1] = needs_sign and not _is_sign_or_space(before)
    for index in range(1, count):
        before, after = line[index - 1].text, line[index].text[0]
        if closings[index] and not openings[index]:
            before_is_sign = lasts[index - 1] or (len(before) == 1 and firsts[index - 1])
            before_is_sign = before_is_sign or _may_be_sign(before[-1])
            needs_sign = before_is_sign or closings[index] not in (["*"], ["**"])
            firsts[index] = needs_sign and not _is_sign_or_space(after)
    return firsts, lasts


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _may_be_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _is_sign_or_space(character: str) -> bool:
    """Say whether a character is a sign or a space by every version of the rules."""
    return (
        character in _ASCII_SIGNS
        or character == " "
        or unicodedata.category(character) in {"Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Zs"}
    )
