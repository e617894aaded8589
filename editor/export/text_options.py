"""Options of formats that are plain text: rows for the table in `editor.export.profile`."""

from editor.export.options import Sort, option_field, switch_field

TEXT, FLOWED = "text", "mail"

MARKS = option_field(
    "stars",
    Sort.CHOICE,
    "Emphasis",
    "How emphasis is shown where there are no italics.",
    choices=(
        ("stars", "*so* and **so**"),
        ("underscores", "_so_ and *so*"),
        ("capitals", "SO"),
        ("none", "Not at all"),
    ),
    renderers=frozenset({TEXT, FLOWED}),
)
WRAP_WIDTH = option_field(
    72,
    Sort.NUMBER,
    "Line width",
    "Characters in a line; 0 puts each paragraph on one line.",
    renderers=frozenset({TEXT, FLOWED}),
    limits=(20, 400),
)
CENTRE = switch_field(
    default=True,
    label="Centre",
    help_text="Centre headings and scene breaks (needs a line width).",
    renderers=frozenset({TEXT}),
)
