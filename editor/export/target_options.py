"""Options about what a target allows beside the length of the text; `editor.export.limits` measures by them."""

from typing import Any

from editor.export.options import Sort, option_field

_FORMS = frozenset({"html-posting", "html-fragment", "bbcode", "markdown", "text"})
"""The renderers of what is pasted into the form of a site, by the names that `editor.export.profile` gives them."""


def _limit(label: str, what: str) -> Any:
    return option_field(
        0,
        Sort.NUMBER,
        label,
        f"How many characters the target takes of {what}; 0: no limit.",
        renderers=_FORMS,
        limits=(1, 999_999),
    )


TITLE_LIMIT = _limit("Characters of a title", "the title of the work and of a chapter")
SUMMARY_LIMIT = _limit("Characters of the summary", "the summary in the story header")
NOTES_LIMIT = _limit("Characters of notes", "the notes before or after a chapter")
