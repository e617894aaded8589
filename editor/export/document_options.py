"""The options of e-books and of documents for word processors: rows for the table in `editor.export.profile`."""

from typing import Any

from editor.export.options import Sort, option_field, switch_field

EPUB, DOCX, ODT, RTF, PDF = "epub", "docx", "odt", "rtf", "pdf"

PAGED = frozenset({DOCX, ODT, RTF, PDF})
"""The renderers that lay out pages."""

DOCUMENTS = PAGED | {EPUB}

BOOK, STORY, NOVEL = "book", "story", "novel"
"""The values of the option `layout`."""

NUMBER_ONLY, TITLE_HEADS, CHAPTER_HEADS = "number", "title", "chapter"
"""The values of the option `running_heads`."""

COVER = option_field(
    "none",
    Sort.CHOICE,
    "Cover",
    "Whether the e-book begins with a cover.",
    choices=(("none", "None"), ("plain", "A plain one with title and author")),
    renderers=frozenset({EPUB}),
)
DATE = option_field(
    "",
    Sort.DATE,
    "Date",
    "The day of publication, such as 2026-03-31, or nothing.",
    renderers=frozenset({EPUB}),
)

LAYOUT = option_field(
    BOOK,
    Sort.CHOICE,
    "Layout",
    "How the pages are set: as in a book, or as editors ask for manuscripts (standard manuscript format).",
    choices=((BOOK, "Book"), (STORY, "Manuscript of a story"), (NOVEL, "Manuscript of a novel")),
    renderers=PAGED,
)
PAGE_SIZE = option_field(
    "a4",
    Sort.CHOICE,
    "Page",
    "The size of the page.",
    choices=(
        ("a4", "A4"),
        ("letter", "US Letter"),
        ("a5", "A5"),
        ("trade", "6 × 9 inches"),
        ("digest", "5½ × 8½ inches"),
        ("pocket", "5¼ × 8 inches"),
        ("small", "5 × 8 inches"),
    ),
    renderers=PAGED,
)
FONT = option_field(
    "Times New Roman",
    Sort.CHOICE_OR_TEXT,
    "Font",
    "The typeface, by its name; who opens the file must have it.",
    choices=(
        ("Times New Roman", "Times New Roman"),
        ("Courier New", "Courier New"),
        ("Georgia", "Georgia"),
        ("Garamond", "Garamond"),
    ),
    renderers=PAGED,
)
FONT_SIZE = option_field(
    0,
    Sort.NUMBER,
    "Font size",
    "In points; 0 is what suits the page.",
    renderers=PAGED,
    limits=(6, 36),
)
EMPHASIS = option_field(
    "italics",
    Sort.CHOICE,
    "Emphasised text",
    "How emphasis is set.",
    choices=(("italics", "In italics"), ("underline", "Underlined, as in a typescript")),
    renderers=PAGED,
)
CHAPTER_PAGES = switch_field(
    default=True,
    label="Chapters on new pages",
    help_text="Begin each part and each chapter on a new page.",
    renderers=PAGED,
)
_OF_BOOKS = ("layout", frozenset({BOOK}))

HYPHENATION = switch_field(
    default=True,
    label="Hyphenation",
    help_text="Divide words at the ends of lines where the rules of the language allow it.",
    renderers=PAGED,
    only_with=_OF_BOOKS,
)
TWO_SIDED = switch_field(
    default=False,
    label="Two-sided",
    help_text="Left and right pages, with the wider margin at the fold; for a printed book.",
    renderers=frozenset({PDF}),
    only_with=_OF_BOOKS,
)
RUNNING_HEADS = option_field(
    NUMBER_ONLY,
    Sort.CHOICE,
    "Running heads",
    "What stands above the text. The page on which a chapter begins has only its number, at the foot.",
    choices=(
        (NUMBER_ONLY, "None; the number at the foot"),
        (TITLE_HEADS, "Author on left pages, title on right pages"),
        (CHAPTER_HEADS, "Author on left pages, chapter on right pages"),
    ),
    renderers=frozenset({PDF}),
    only_with=_OF_BOOKS,
)
RIGHT_PAGES = switch_field(
    default=False,
    label="Chapters on right pages",
    help_text="Begin each part and each chapter on a right page, with an empty page before it where needed.",
    renderers=frozenset({PDF}),
    only_with=_OF_BOOKS,
)
CLOSING = option_field(
    "",
    Sort.TEXT,
    "Last line",
    "What stands below the text, such as END, unless the text ends with such a line itself.",
    renderers=PAGED,
)


def _about_the_writer(label: str, help_text: str) -> Any:
    return option_field(
        "",
        Sort.TEXT,
        label,
        help_text,
        renderers=PAGED,
        is_personal=True,
        only_with=("layout", frozenset({STORY, NOVEL})),
    )


LEGAL_NAME = _about_the_writer("Your name", "Your own name, on the first page of a manuscript.")
SURNAME = _about_the_writer("Your surname", "At the top of all other pages.")
ADDRESS = _about_the_writer("Your address", "On the first page, with “;” between its lines.")
EMAIL = _about_the_writer("Your e-mail address", "On the first page.")
PHONE = _about_the_writer("Your telephone number", "On the first page.")
