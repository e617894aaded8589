"""The options of e-books and of documents for word processors: rows for the table in `editor.export.profile`."""

from editor.export.options import Sort, option_field

EPUB = "epub"

DOCUMENTS = frozenset({EPUB})

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
