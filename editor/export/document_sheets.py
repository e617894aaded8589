"""How documents look: a book, or a manuscript to submit in standard format.

The manuscript follows William Shunn's description of what editors ask for: 12 points, an inch around, lines two apart, every
paragraph indented by half an inch, the title half-way down its page, `Surname / Title / page` on all pages but the first.
"""

from collections.abc import Mapping
from dataclasses import replace

from editor.export.document import Align, Around, Look, Running, RunningHeads, Sheet, Style
from editor.export.document_options import BOOK, NOVEL, NUMBER_ONLY
from editor.export.profile import Profile

INCH = 72.0
PAGES = {
    "a4": (595.3, 841.9),
    "letter": (612.0, 792.0),
    "a5": (419.5, 595.3),
    "trade": (432.0, 648.0),
    "digest": (396.0, 612.0),
    "pocket": (378.0, 576.0),
    "small": (360.0, 576.0),
}
"""Width and height of the pages, in points, by the values of that option."""

USUAL_SIZE = 12
SMALL_SIZE = 11
_SMALLER_THAN = 500.0
LONGEST_RUNNING_TITLE = 30

_TO_THE_FOLD = 10.0
"""How much wider the margin at the fold is than the outer one."""

LINE_HEIGHT = 1.15
"""The height of a line in parts of the size of the letters; about what the usual fonts say, and the same for all of them."""

_CENTRED_LOOKS = (Look.TITLE, Look.BYLINE, Look.PART, Look.CHAPTER, Look.SCENE_TITLE, Look.END, Look.BREAK)


def make_sheet(
    profile: Profile,
    *,
    has_parts: bool,
    contact_lines: int = 0,
    running: str = "",
    heads: RunningHeads | None = None,
    has_italics: bool = True,
) -> Sheet:
    """Return the sheet for a profile.

    With parts, chapters are headings of the second level. `contact_lines` stand above the title of a manuscript;
    `running` is what its header says before the number, `heads` what stands above the text of a book if the profile wants it,
    in italics if the letters of the language have them.
    """
    width, height = PAGES[profile.page_size]
    is_small = width < _SMALLER_THAN
    size = profile.font_size or (SMALL_SIZE if is_small and profile.layout == BOOK else USUAL_SIZE)
    margin = INCH * 0.75 if is_small and profile.layout == BOOK else INCH
    sheet = Sheet(
        width=width,
        height=height,
        margin=margin,
        font=profile.font,
        styles={},
        underlines=profile.emphasis == "underline",
    )
    if profile.layout == BOOK:
        styles = _book_styles(size, is_spaced=profile.paragraphs == "spaced")
        if profile.hyphenation:
            styles = {
                look: replace(style, is_hyphenated=_is_prose(look, style)) for look, style in styles.items()
            }
        is_two_sided = profile.two_sided
        return replace(
            sheet,
            styles=_with_outline(styles, has_parts=has_parts),
            footer=Running("", Align.CENTRE),
            heads=replace(heads, styles=_head_styles(size, is_italic=has_italics))
            if heads and profile.running_heads != NUMBER_ONLY
            else None,
            is_two_sided=is_two_sided,
            margin=margin - _TO_THE_FOLD / 2 if is_two_sided else margin,
            gutter=_TO_THE_FOLD if is_two_sided else 0,
        )
    styles = _manuscript_styles(size, width - 2 * margin, height - 2 * margin, contact_lines)
    return replace(
        sheet,
        styles=_with_outline(styles, has_parts=has_parts),
        header=Running(running, Align.END),
        first_number=0 if profile.layout == NOVEL else 1,
    )


def _with_outline(styles: Mapping[Look, Style], *, has_parts: bool) -> dict[Look, Style]:
    """Return the styles with the names and levels of headings."""
    levels = {Look.PART: 1, Look.CHAPTER: 1 + has_parts, Look.SCENE_TITLE: 2 + has_parts}
    named = {
        look: replace(styles[look], outline=level, name=f"Heading {level}") for look, level in levels.items()
    }
    if not has_parts:
        named[Look.PART] = replace(styles[Look.PART], outline=1, name="Part")  # not used
    return {**styles, **named}


def _book_styles(size: float, *, is_spaced: bool) -> dict[Look, Style]:
    first = Style(name="First Paragraph", size=size, line=1.2, align=Align.JUSTIFY)
    centred = replace(first, align=Align.CENTRE)
    heading = replace(centred, keeps_next=True, keeps_together=True)
    body = replace(first, name="Body Text", first=0 if is_spaced else size * 1.5)
    if is_spaced:
        first, body = (replace(each, align=Align.START, below=size * 0.75) for each in (first, body))
    line = (
        size * first.line * LINE_HEIGHT
    )  # spaces are made of whole lines, so that lines stand beside those of the next page
    inset = replace(first, align=Align.START, left=size * 2, right=size * 2, below=line / 2, first=0)
    return {
        Look.CONTACT: replace(first, name="Contact", align=Align.START),
        Look.TITLE: replace(heading, name="Title", size=size * 2, above=size * 10, below=size * 1.5),
        Look.BYLINE: replace(centred, name="Subtitle", is_italic=True, below=size * 3),
        Look.FIELDS: replace(first, name="Story Header", align=Align.START, size=size - 1, below=size * 2),
        Look.PART: replace(heading, name="", size=size * 1.7, above=size * 9, below=size * 2),
        Look.CHAPTER: replace(heading, name="", size=size * 1.45, above=line * 3, below=line * 2.55),
        Look.SCENE_TITLE: replace(heading, name="", is_italic=True, above=line * 1.25, below=line * 0.75),
        Look.FIRST: first,
        Look.BODY: body,
        Look.VERSE: replace(inset, name="Verse", above=line / 2, below=line / 2, keeps_together=True),
        Look.QUOTE: replace(inset, name="Quote", above=line / 2),
        Look.NOTE: replace(inset, name="Note", size=size - 1, above=line / 2, is_italic=True),
        Look.END: replace(centred, name="End Matter", is_italic=True, above=line * 2),
        Look.BREAK: replace(heading, name="Scene Break", above=line / 2, below=line / 2),
        Look.RULE: _rule(heading, size),
    }


def _is_prose(look: Look, style: Style) -> bool:
    return look in {Look.FIRST, Look.BODY} and style.align is Align.JUSTIFY


def _head_styles(size: float, *, is_italic: bool) -> dict[Around, Style]:
    number = Style(name="Page Number", size=size - 1.5, align=Align.CENTRE)
    return {Around.NUMBER: number, Around.HEAD: replace(number, name="Running Head", is_italic=is_italic)}


def _manuscript_styles(size: float, width: float, height: float, contact_lines: int) -> dict[Look, Style]:
    body = Style(name="Body Text", size=size, line=2.0, first=INCH / 2)
    plain = replace(body, first=0)
    centred = {look: replace(plain, align=Align.CENTRE, keeps_next=True) for look in _CENTRED_LOOKS}
    halfway = height / 2 - (contact_lines + 2) * size * 1.2
    inset = replace(plain, left=INCH / 2, right=INCH / 2)
    return {
        Look.CONTACT: replace(plain, name="Contact", line=1.0, tab=width),
        Look.TITLE: replace(centred[Look.TITLE], name="Title", above=max(0.0, halfway)),
        Look.BYLINE: replace(centred[Look.BYLINE], name="Subtitle", below=size * 2),
        Look.FIELDS: replace(plain, name="Story Header", line=1.0, below=size * 2),
        Look.PART: replace(centred[Look.PART], name="", above=height / 4, below=size * 2),
        Look.CHAPTER: replace(centred[Look.CHAPTER], name="", above=height / 4, below=size * 2),
        Look.SCENE_TITLE: replace(centred[Look.SCENE_TITLE], name=""),
        Look.FIRST: replace(body, name="First Paragraph"),
        Look.BODY: body,
        Look.VERSE: replace(inset, name="Verse"),
        Look.QUOTE: replace(inset, name="Quote"),
        Look.NOTE: replace(inset, name="Note"),
        Look.END: replace(centred[Look.END], name="End Matter", keeps_next=False),
        Look.BREAK: replace(centred[Look.BREAK], name="Scene Break"),
        Look.RULE: _rule(centred[Look.BREAK], size),
    }


def _rule(style: Style, size: float) -> Style:
    return replace(
        style,
        name="Scene Rule",
        left=size * 8,
        right=size * 8,
        line=1.0,
        below=size * 1.5,
        above=size * 0.5,
        has_rule=True,
    )


def shorten_title(title: str) -> str:
    """Return as many whole words of a title as stand well at the top of a page, at least one."""
    words = title.split()
    kept = words[:1]
    for word in words[1:]:
        if len(" ".join([*kept, word])) > LONGEST_RUNNING_TITLE:
            break
        kept.append(word)
    return " ".join(kept)[: LONGEST_RUNNING_TITLE * 2]
