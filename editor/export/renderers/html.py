"""A book as HTML: a page that stands alone, or a fragment to paste into a site.

The page is valid HTML5 with its style inside, no script, and a content policy that lets nothing be loaded. The fragment
uses only `p em strong hr h1 h2 h3 br blockquote`, without attributes. Every character of the book is text: it is
escaped, and what no HTML page may hold (control characters) becomes a space or U+FFFD. A page template of the writer's takes the
place of the page around the text, and may say what we never do.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from editor.export.book import Book, Element, Part, words_of
from editor.export.encoding import encode_joined
from editor.export.inline_tags import tag_inlines
from editor.export.page_frame import PAGE_END, escape, page_start
from editor.export.page_style import own_style, page_style
from editor.export.profile import BLANK, RULE, Profile
from editor.export.progress import Watch, unwatched

if TYPE_CHECKING:
    from editor.export.page_template import ChapterText

Tags = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Dress:
    """The tags of a format: around each part, around a run of equal parts, and around what stands before the text."""

    parts: Mapping[Part, Tags]
    groups: Mapping[Part, Tags]
    byline: Tags
    fields: Tags


_FRAGMENT = _Dress(
    parts={
        Part.TITLE: ("<h1>", "</h1>"),
        Part.PART: ("<h1>", "</h1>"),
        Part.CHAPTER: ("<h2>", "</h2>"),
        Part.SCENE_TITLE: ("<h3>", "</h3>"),
        Part.PARAGRAPH: ("<p>", "</p>"),
        Part.VERSE: ("<p>", "</p>"),
        Part.QUOTE: ("<p>", "</p>"),
        Part.NOTE: ("<p>", "</p>"),
        Part.END_MATTER: ("<p>", "</p>"),
        Part.DINKUS: ("<p>", "</p>"),
    },
    groups={Part.QUOTE: ("<blockquote>", "</blockquote>"), Part.NOTE: ("<blockquote>", "</blockquote>")},
    byline=("<p>", "</p>"),
    fields=("<p>", "</p>"),
)

_PAGE = _Dress(
    parts={
        **_FRAGMENT.parts,
        Part.TITLE: ('<h1 class="title">', "</h1>"),
        Part.PART: ('<h1 class="part">', "</h1>"),
        Part.VERSE: ('<p class="verse">', "</p>"),
        Part.END_MATTER: ('<p class="end">', "</p>"),
        Part.DINKUS: ('<p class="dinkus" role="separator">', "</p>"),
    },
    groups={Part.QUOTE: ("<blockquote>", "</blockquote>"), Part.NOTE: ("<aside>", "</aside>")},
    byline=('<p class="byline">', "</p>"),
    fields=('<p class="fields">', "</p>"),
)

_BLANK = '<hr class="blank">'


def render_page(book: Book, profile: Profile, watch: Watch = unwatched) -> bytes:
    """Return `book` as a web page that stands alone, in UTF-8.

    Raise InputError if the profile names a template that cannot be used.
    """
    if profile.template:
        return _from_template(book, profile, watch)
    head = page_start(book.title, book.language, page_style(profile), author=book.credit)
    whole = chain([f"{head}\n<main>"], _body(book, profile, watch), [f"</main>\n{PAGE_END}"])
    return encode_joined(filter(None, whole), "\n")


def _from_template(book: Book, profile: Profile, watch: Watch) -> bytes:
    from editor.export.page_template import Page, PageTemplate

    template = PageTemplate(profile.template, profile.text_of("template"))
    page = Page(
        kind="page",
        title=book.title,
        book_title=book.title,
        author=book.credit,
        language=book.language,
        body="\n".join(filter(None, _body(book, profile, watch))),
        style=page_style(profile),
        own_style=own_style(profile),
        header=book.header,
        chapters=tuple(_chapters(book, profile)) if template.uses("chapters") else (),
        words=words_of(book.elements) if template.uses("words") else 0,
    )
    return template.render(page).encode("utf-8")


def _chapters(book: Book, profile: Profile) -> Iterator["ChapterText"]:
    from editor.export.page_template import ChapterText

    ends = [*(chapter.start for chapter in book.chapters), len(book.elements)]
    for number, (chapter, (start, end)) in enumerate(zip(book.chapters, pairwise(ends), strict=True), 1):
        dinkus = _dinkus(_PAGE, profile, _BLANK)
        body = "\n".join(filter(None, _runs(book.elements[start:end], _PAGE, dinkus)))
        yield ChapterText(chapter.title or f"Chapter {number}", number, body=body)


def render_body(book: Book, profile: Profile) -> str:
    """Return what stands in the body of the page of `book`, for a page that is put together elsewhere."""
    return "\n".join(filter(None, _body(book, profile, unwatched)))


def _body(book: Book, profile: Profile, watch: Watch) -> Iterator[str]:
    return _lines(book, _PAGE, _dinkus(_PAGE, profile, _BLANK), watch)


def render_fragment(book: Book, profile: Profile, watch: Watch = unwatched) -> bytes:
    """Return `book` as HTML to paste into the form of a site, in UTF-8."""
    lines = _lines(book, _FRAGMENT, _dinkus(_FRAGMENT, profile, "<p>\u00a0</p>"), watch)
    return encode_joined(filter(None, lines), "\n")


def _dinkus(dress: _Dress, profile: Profile, blank: str) -> str:
    if profile.scene_break == RULE:
        return "<hr>"
    if profile.scene_break == BLANK:
        return blank
    start, end = dress.parts[Part.DINKUS]
    return start + escape(profile.scene_break) + end


def _lines(book: Book, dress: _Dress, dinkus: str, watch: Watch) -> Iterator[str]:
    """Yield the body in pieces: the title, the author and the fields, then everything else."""
    has_title = bool(book.elements) and book.elements[0].part is Part.TITLE
    yield from _runs(book.elements[:has_title], dress, dinkus)
    yield from _front(book, dress)
    yield from _runs(watch(book.elements[has_title:]), dress, dinkus)


def _runs(elements: Iterable[Element], dress: _Dress, dinkus: str) -> Iterator[str]:
    for part, run in groupby(elements, key=attrgetter("part")):
        before, after = dress.groups.get(part, ("", ""))
        start, end = dress.parts[part]
        yield before
        for element in run:
            yield (
                dinkus if part is Part.DINKUS else start + tag_inlines(element.inlines, escape, "<br>") + end
            )
        yield after


def _front(book: Book, dress: _Dress) -> Iterator[str]:
    """Yield what stands between title and text: the author, the fields of the story header."""
    if book.author:
        yield dress.byline[0] + escape(book.author) + dress.byline[1]
    if book.header:
        fields = [
            f"<strong>{escape(key)}:</strong> {escape(value)}" if key else escape(value)
            for key, value in book.header
        ]
        yield dress.fields[0] + "<br>".join(fields) + dress.fields[1]
