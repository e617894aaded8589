"""A book as an e-book: EPUB 3, with a title page, a contents page and each chapter in a file of its own.

Nothing is loaded from outside and nothing runs. The book says that its text can be read aloud and found by its contents;
a scene break is a separator for those who listen and an ornament for those who look. Equal books give equal bytes: the
identifier comes from title, author and language, and so stays the same from one edition to the next; the time of the last change
is the start of the day that the profile gives, and a fixed one if it gives none.

Limits: a chapter is divided into several files only between scenes; one scene of several megabytes is one file.
"""

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby

from editor.errors import InputError
from editor.export.book import Book, Element, Part
from editor.export.languages import is_right_to_left, well_formed
from editor.export.package import clean, escape, escape_attribute, pack
from editor.export.page_style import own_style
from editor.export.profile import Profile
from editor.export.progress import Watch, unwatched
from editor.export.reader_style import cover_image, style_sheet
from editor.markup.model import Close, Inline, LineBreak, Open, Style, Text

MEDIA_TYPE = "application/epub+zip"
UNKNOWN_DAY = "2000-01-01"
LONGEST_FILE = 200_000
"""Characters after which a file ends at the next scene break; readers are slow with much longer ones."""

_TAGS: dict[type[Inline], dict[Style, str]] = {
    Open: {Style.EMPHASIS: "<em>", Style.STRONG: "<strong>"},
    Close: {Style.EMPHASIS: "</em>", Style.STRONG: "</strong>"},
}
_PARTS = {
    Part.TITLE: ('<h1 class="title">', "</h1>"),
    Part.PART: ('<h1 class="part">', "</h1>"),
    Part.CHAPTER: ("<h2>", "</h2>"),
    Part.SCENE_TITLE: ("<h3>", "</h3>"),
    Part.PARAGRAPH: ("<p>", "</p>"),
    Part.VERSE: ('<p class="verse">', "</p>"),
    Part.QUOTE: ("<p>", "</p>"),
    Part.NOTE: ("<p>", "</p>"),
    Part.END_MATTER: ('<p class="end">', "</p>"),
}
_GROUPS = {
    Part.QUOTE: ("<blockquote>", "</blockquote>"),
    Part.NOTE: ('<aside class="note">', "</aside>"),
}
_KINDS = {
    Part.PART: ' epub:type="part" role="doc-part"',
    Part.CHAPTER: ' epub:type="chapter" role="doc-chapter"',
}
_FEATURES = ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability")


_PICTURES = ((b"\xff\xd8\xff", "jpg", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "png", "image/png"))


@dataclass(frozen=True, slots=True)
class _Cover:
    """The picture on the cover: the name of its file, its media type, its bytes."""

    file: str
    media_type: str
    data: bytes


@dataclass(slots=True)
class _Section:
    """One file of text: what opens it, its name in the contents ("": none) and its elements."""

    opened_by: Part | None
    label: str
    elements: list[Element] = field(default_factory=list)
    file: str = ""


def render_epub(book: Book, profile: Profile, watch: Watch = unwatched) -> bytes:
    """Return `book` as an e-book."""
    front, elements = _take_title(book)
    title = clean(book.title).strip() or "Untitled"
    sections = _divide(watch(elements), title)
    has_front = bool(front or book.author or book.header)
    cover = _make_cover(book, profile, title)
    pages: list[tuple[str, str]] = []
    if cover is not None:
        pages.append(("cover.xhtml", _page(book, title, _cover_body(title, cover))))
    if has_front:
        pages.append(("title.xhtml", _page(book, title, _title_body(book, front))))
    pages += [
        (section.file, _page(book, section.label or title, _section_body(section))) for section in sections
    ]
    parts = [
        ("META-INF/container.xml", _CONTAINER),
        ("EPUB/package.opf", _package(book, profile, title, [name for name, _ in pages], cover)),
        ("EPUB/nav.xhtml", _contents(book, title, sections, has_front=has_front)),
        ("EPUB/style.css", style_sheet(profile.paragraphs, profile.scene_break) + own_style(profile)),
        *((f"EPUB/{name}", page) for name, page in pages),
    ]
    texts = ((name, [text.encode("utf-8")]) for name, text in parts)
    pictures = [] if cover is None else [(f"EPUB/{cover.file}", [cover.data])]
    return pack(chain(texts, pictures), media_type=MEDIA_TYPE)


def _make_cover(book: Book, profile: Profile, title: str) -> _Cover | None:
    """Return the cover: the writer's own picture, a plain one, or none. Raise InputError for what is no picture."""
    picture = profile.cover_picture
    if picture:
        for start, suffix, media_type in _PICTURES:
            if picture.startswith(start):
                return _Cover(f"cover.{suffix}", media_type, picture)
        raise InputError(
            f"“{profile.cover_image}” is no JPEG and no PNG picture, which is what e-books take."
        )
    if profile.cover != "plain":
        return None
    drawn = cover_image(title, book.author, book.language)
    return _Cover("cover.svg", "image/svg+xml", drawn.encode("utf-8"))


def _take_title(book: Book) -> tuple[tuple[Element, ...], tuple[Element, ...]]:
    has_title = bool(book.elements) and book.elements[0].part is Part.TITLE
    return book.elements[:has_title], book.elements[has_title:]


# --- sections


def _divide(elements: Iterable[Element], title: str) -> list[_Section]:
    """Return the text in files: one for each part and chapter, more for a long chapter, at least one."""
    sections = [_Section(None, title)]
    size = 0
    for element in elements:
        if element.part in _KINDS:
            label = _plain(element.inlines) or str(len(sections))
            sections.append(_Section(element.part, label))
            size = 0
        elif element.part is Part.DINKUS and size > LONGEST_FILE:
            sections.append(_Section(None, ""))
            size = 0
        sections[-1].elements.append(element)
        size += sum(len(each.text) for each in element.inlines if isinstance(each, Text))
    if not sections[0].elements and len(sections) > 1:
        del sections[0]
    for number, section in enumerate(sections, 1):
        section.file = f"text-{number:04}.xhtml"
    return sections


def _plain(inlines: Sequence[Inline]) -> str:
    pieces = (each.text if isinstance(each, Text) else " " for each in inlines)
    return " ".join(clean("".join(pieces)).split())


def _section_body(section: _Section) -> str:
    kind = _KINDS[section.opened_by] if section.opened_by else ""
    return f"<section{kind}>\n{''.join(_lines(section.elements))}</section>\n"


def _lines(elements: Iterable[Element]) -> Iterator[str]:
    for part, run in groupby(elements, key=lambda element: element.part):
        if part is Part.DINKUS:
            yield from ('<hr class="scene"/>\n' for _ in run)
            continue
        before, after = _GROUPS.get(part, ("", ""))
        start, end = _PARTS[part]
        yield before
        for element in run:
            content = _inline_html(element.inlines)
            if content.strip():
                yield f"{start}{content}{end}\n"
        yield f"{after}\n" if after else ""


def _inline_html(inlines: Sequence[Inline]) -> str:
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return escape(inlines[0].text)
    return "".join(map(_inline, inlines))


def _inline(inline: Inline) -> str:
    match inline:
        case Text():
            return escape(inline.text)
        case LineBreak():
            return "<br/>"
        case Open() | Close():
            return _TAGS[type(inline)][inline.style]


# --- pages


def _page(book: Book, title: str, body: str) -> str:
    language = well_formed(book.language)
    direction = ' dir="rtl"' if is_right_to_left(language) else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' lang="{language}" xml:lang="{language}"{direction}>\n'
        f'<head>\n<meta charset="utf-8"/>\n<title>{escape(title)}</title>\n'
        '<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n'
        f"<body>\n{body}</body>\n</html>\n"
    )


def _cover_body(title: str, cover: _Cover) -> str:
    return (
        '<section epub:type="cover" class="cover">\n'
        f'<img src="{cover.file}" role="doc-cover" alt="{escape_attribute(title)}"/>\n</section>\n'
    )


def _title_body(book: Book, front: Sequence[Element]) -> str:
    lines = list(_lines(front))
    if book.author:
        lines.append(f'<p class="byline">{escape(book.author)}</p>\n')
    if book.header:
        fields = (
            f"<strong>{escape(key)}:</strong> {escape(value)}" if key else escape(value)
            for key, value in book.header
        )
        lines.append(f'<p class="fields">{"<br/>".join(fields)}</p>\n')
    return f'<section epub:type="titlepage">\n{"".join(lines)}</section>\n'


def _contents(book: Book, title: str, sections: Sequence[_Section], *, has_front: bool) -> str:
    landmarks = [("title.xhtml", "titlepage", "Title page")] if has_front else []
    landmarks.append((sections[0].file, "bodymatter", "Text"))
    marks = "".join(
        f'<li><a epub:type="{kind}" href="{file}">{label}</a></li>\n' for file, kind, label in landmarks
    )
    return _page(
        book,
        title,
        f'<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>{escape(title)}</h1>\n'
        f"<ol>\n{''.join(_entries(sections))}</ol>\n</nav>\n"
        f'<nav epub:type="landmarks" hidden="hidden">\n<ol>\n{marks}</ol>\n</nav>\n',
    )


def _entries(sections: Sequence[_Section]) -> Iterator[str]:
    """Yield the lines of the contents; the chapters of a part stand in a list of their own below it."""
    is_in_part = is_in_list = False
    for section in sections:
        if not section.label:
            continue
        if section.opened_by is Part.PART:
            yield "</ol></li>\n" * is_in_list + "</li>\n" * (is_in_part and not is_in_list)
            is_in_part, is_in_list = True, False
            yield f"<li>{_link(section)}\n"
            continue
        if is_in_part and not is_in_list:
            is_in_list = True
            yield "<ol>\n"
        yield f"<li>{_link(section)}</li>\n"
    yield "</ol></li>\n" * is_in_list + "</li>\n" * (is_in_part and not is_in_list)


def _link(section: _Section) -> str:
    return f'<a href="{section.file}">{escape(section.label)}</a>'


# --- the package document

_CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n<rootfiles>\n'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>\n'
    "</rootfiles>\n</container>\n"
)


def _package(book: Book, profile: Profile, title: str, pages: Sequence[str], cover: _Cover | None) -> str:
    direction = ' page-progression-direction="rtl"' if is_right_to_left(book.language) else ""
    items = ['<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>']
    items.append('<item id="style" href="style.css" media-type="text/css"/>')
    if cover is not None:
        items.append(
            f'<item id="cover-image" href="{cover.file}" media-type="{cover.media_type}" properties="cover-image"/>'
        )
    items += [f'<item id="{_id(page)}" href="{page}" media-type="application/xhtml+xml"/>' for page in pages]
    spine = "\n".join(f'<itemref idref="{_id(page)}"/>' for page in pages)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book-id"'
        f' xml:lang="{well_formed(book.language)}">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        + "\n".join(_metadata(book, profile, title))
        + "\n</metadata>\n<manifest>\n"
        + "\n".join(items)
        + f"\n</manifest>\n<spine{direction}>\n{spine}\n</spine>\n</package>\n"
    )


def _id(page: str) -> str:
    return page.removesuffix(".xhtml")


def _metadata(book: Book, profile: Profile, title: str) -> Iterator[str]:
    author = clean(book.credit).strip()
    language = well_formed(book.language)
    yield f'<dc:identifier id="book-id">urn:uuid:{_identifier(title, author, language)}</dc:identifier>'
    yield f"<dc:title>{escape(title)}</dc:title>"
    yield f"<dc:language>{language}</dc:language>"
    if author:
        yield f'<dc:creator id="creator">{escape(author)}</dc:creator>'
        yield '<meta refines="#creator" property="role" scheme="marc:relators">aut</meta>'
    if profile.date:
        yield f"<dc:date>{profile.date}</dc:date>"
    yield f'<meta property="dcterms:modified">{profile.date or UNKNOWN_DAY}T00:00:00Z</meta>'
    yield '<meta property="schema:accessMode">textual</meta>'
    yield '<meta property="schema:accessModeSufficient">textual</meta>'
    yield from (f'<meta property="schema:accessibilityFeature">{feature}</meta>' for feature in _FEATURES)
    yield '<meta property="schema:accessibilityHazard">none</meta>'
    yield (
        '<meta property="schema:accessibilitySummary">Text with headings for parts and chapters, a table of'
        " contents, and separators between scenes. There is nothing that must be seen or heard.</meta>"
    )


def _identifier(*names: str) -> uuid.UUID:
    digest = hashlib.sha256("\n".join(names).encode("utf-8")).digest()
    return uuid.UUID(bytes=digest[:16], version=5)
