"""From a book to a document: what stands on the title page, what starts a page, which paragraph has which look.

A manuscript to submit begins with what the profile knows of the writer (nothing is made up where it knows nothing) and with
about how many words it has. Headings and paragraphs without a visible character are left out. Limits: the words on top of a
manuscript ("about 1,800 words", "by") are English, as the format is.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from editor.export.book import Book, Element, Part
from editor.export.document import Document, Look, Paragraph, Run, RunningHeads
from editor.export.document_options import BOOK, CHAPTER_HEADS, NOVEL
from editor.export.document_sheets import make_sheet, shorten_title
from editor.export.languages import has_italics, is_right_to_left, well_formed
from editor.export.package import clean
from editor.export.profile import BLANK, RULE, Profile
from editor.export.progress import Watch, unwatched
from editor.markup.model import Close, Inline, LineBreak, Open, Style, Text
from editor.markup.words import count_words

_LOOKS = {
    Part.TITLE: Look.TITLE,
    Part.PART: Look.PART,
    Part.CHAPTER: Look.CHAPTER,
    Part.SCENE_TITLE: Look.SCENE_TITLE,
    Part.PARAGRAPH: Look.BODY,
    Part.VERSE: Look.VERSE,
    Part.QUOTE: Look.QUOTE,
    Part.NOTE: Look.NOTE,
    Part.END_MATTER: Look.END,
}
_CHAPTERS = frozenset({Look.PART, Look.CHAPTER})
_PROSE = frozenset({Look.FIRST, Look.BODY})
_COUNTED = frozenset({Part.PARAGRAPH, Part.VERSE, Part.QUOTE})

Runs = tuple[Run, ...]


def compose_document(book: Book, profile: Profile, watch: Watch = unwatched) -> Document:
    """Return the document that `profile` makes of `book`."""
    has_title = bool(book.elements) and book.elements[0].part is Part.TITLE
    title = clean(book.title).strip() or "Untitled"
    contact = [] if profile.layout == BOOK else _contact(book, profile)
    front = [*contact, *_title(book, profile, book.elements[:has_title])]
    parts = {element.part for element in book.elements}
    starts_page = profile.layout == NOVEL or (profile.chapter_pages and not parts.isdisjoint(_OPENERS))
    body = _body(watch(book.elements[has_title:]), profile, has_front=bool(front), starts_page=starts_page)
    paragraphs = [*front, *body]
    _add_closing(paragraphs, profile)
    author = clean(book.author).strip()
    language = well_formed(book.language)
    running = " / ".join(filter(None, [clean(profile.surname).strip(), shorten_title(title)]))
    sheet = make_sheet(
        profile,
        has_parts=Part.PART in parts,
        contact_lines=len(contact),
        running=f"{running} / ",
        heads=RunningHeads(author or title, title, has_chapter=profile.running_heads == CHAPTER_HEADS),
        has_italics=has_italics(language),
    )
    return Document(
        title,
        author,
        language,
        is_right_to_left(language),
        sheet,
        paragraphs or [Paragraph(Look.FIRST, ())],
    )


_OPENERS = frozenset({Part.PART, Part.CHAPTER})


# --- what stands before the text


def _contact(book: Book, profile: Profile) -> list[Paragraph]:
    """Return the lines on top of a manuscript; the count of words stands at the end of the first of them."""
    lines = [profile.legal_name, *profile.address.split(";"), profile.phone, profile.email]
    lines = [clean(line).strip() for line in lines]
    first, *rest = [line for line in lines if line] or [""]
    count = about_words(_count(book.elements), nearest=1000 if profile.layout == NOVEL else 100)
    return [_line(Look.CONTACT, text) for text in (f"{first}\t{count}", *rest)]


def _count(elements: Iterable[Element]) -> int:
    return sum(count_words(_plain(element.inlines)) for element in elements if element.part in _COUNTED)


def _plain(inlines: Sequence[Inline]) -> str:
    return "".join(
        each.text if isinstance(each, Text) else "\n" if isinstance(each, LineBreak) else ""
        for each in inlines
    )


def about_words(count: int, nearest: int) -> str:
    """Return a count as editors want it, rounded to the nearest 100 or 1000; a very short text is rounded less."""
    while nearest > 1 and count < nearest:
        nearest //= 10
    rounded = (count + nearest // 2) // nearest * nearest
    return f"about {rounded:,} word{'' if rounded == 1 else 's'}"


def _title(book: Book, profile: Profile, heading: Sequence[Element]) -> Iterator[Paragraph]:
    for element in heading:
        if runs := _runs(element.inlines):
            yield Paragraph(Look.TITLE, runs)
    author = clean(book.author).strip()
    if author:
        yield _line(Look.BYLINE, author if profile.layout == BOOK else f"by {author}")
    if book.header:
        fields = [
            run
            for number, (key, value) in enumerate(book.header)
            for run in _field(clean(key), clean(value), is_first=number == 0)
        ]
        yield Paragraph(Look.FIELDS, tuple(fields))


def _field(key: str, value: str, *, is_first: bool) -> Iterator[Run]:
    start = "" if is_first else "\n"
    if key:
        yield Run(f"{start}{key}: ", is_strong=True)
        yield Run(value)
    else:
        yield Run(start + value)


def _line(look: Look, text: str) -> Paragraph:
    return Paragraph(look, (Run(text),))


# --- the text


def _body(
    elements: Iterable[Element], profile: Profile, *, has_front: bool, starts_page: bool
) -> Iterator[Paragraph]:
    """Yield the paragraphs of the text; `starts_page`: not on the title page."""
    above: Look | None = None
    for element in elements:
        look, runs = _look_and_runs(element, profile)
        if look is None:
            continue
        if look is Look.BODY and above not in _PROSE:
            look = Look.FIRST
        if above is None:
            is_on_new_page = has_front and starts_page
            is_on_right_page = is_on_new_page and (profile.two_sided or profile.right_pages)
        else:
            is_on_new_page = look in _CHAPTERS and profile.chapter_pages
            is_on_right_page = is_on_new_page and profile.right_pages
        is_in_book = profile.layout == BOOK
        yield Paragraph(look, runs, is_on_new_page, starts_right=is_on_right_page and is_in_book)
        above = look


def _look_and_runs(element: Element, profile: Profile) -> tuple[Look | None, Runs]:
    """Return how an element is set; a look of None for one with nothing to see."""
    if element.part is not Part.DINKUS:
        runs = _runs(element.inlines)
        return (_LOOKS[element.part] if runs else None), runs
    if profile.scene_break == RULE:
        return Look.RULE, ()
    return Look.BREAK, () if profile.scene_break == BLANK else (Run(clean(profile.scene_break)),)


def _runs(inlines: Sequence[Inline]) -> Runs:
    """Return the text of inlines in runs, () if there is nothing to see in it."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        text = clean(inlines[0].text)
        return (Run(text),) if text.strip() else ()
    depths = {Style.EMPHASIS: 0, Style.STRONG: 0}
    runs: list[Run] = []
    for inline in inlines:
        match inline:
            case Open():
                depths[inline.style] += 1
            case Close():
                depths[inline.style] -= 1
            case Text() | LineBreak():
                text = clean(inline.text) if isinstance(inline, Text) else "\n"
                runs.append(Run(text, depths[Style.EMPHASIS] > 0, depths[Style.STRONG] > 0))
    return tuple(_joined(runs)) if any(run.text.strip() for run in runs) else ()


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield the runs with neighbours of one form made one."""
    for (is_emphasised, is_strong), group in groupby(runs, lambda run: (run.is_emphasised, run.is_strong)):
        yield Run("".join(run.text for run in group), is_emphasised, is_strong)


def _add_closing(paragraphs: list[Paragraph], profile: Profile) -> None:
    """Add the line that ends a manuscript, unless the writer's own text ends with such a line."""
    text = clean(profile.closing).strip()
    if text and not (paragraphs and paragraphs[-1].look is Look.END):
        paragraphs.append(_line(Look.END, text))
