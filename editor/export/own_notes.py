"""What a writer's own template and style sheet do to an export that ours never do: told, not forbidden."""

import re
from collections.abc import Iterable, Iterator

from editor.export.options import Option
from editor.export.profile import OPTIONS, Profile

SCRIPT = "Your template adds a script to the page; what Dinkus makes itself has none."
OTHER_FILES = "Your style sheet names other files; a web page of Dinkus loads nothing, and an e-book has only its own files."

_SCRIPT = re.compile(
    r"<script\b|<[a-z][^<>]*?(?:[\s\"'/]on[a-z]+\s*=|=\s*[\"']?\s*javascript:)", re.IGNORECASE
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_OTHER_FILES = re.compile(r"@import|\burl\s*\(", re.IGNORECASE)


def notes_on_own_files(profile: Profile, pages: Iterable[str]) -> Iterator[str]:
    """Yield a sentence for each such thing in `pages`, which the profile has made."""
    options: dict[str, Option] = {option.name: option for option in OPTIONS}
    if profile.template and options["template"].matters_to(profile) and any(map(_SCRIPT.search, pages)):
        yield SCRIPT
    if (
        profile.style
        and options["style"].matters_to(profile)
        and _OTHER_FILES.search(_COMMENT.sub(" ", profile.text_of("style")))
    ):
        yield OTHER_FILES
