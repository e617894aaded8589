"""Which language a text is in, as a BCP 47 tag: the profile's choice, else the story header's, else English."""

import re
from collections.abc import Iterable

DEFAULT = "en"

_TAG = re.compile(r"(?i)[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*")
_NAMES = {
    "english": "en",
    "american english": "en-US",
    "british english": "en-GB",
    "deutsch": "de",
    "german": "de",
    "español": "es",
    "espanol": "es",
    "spanish": "es",
    "français": "fr",
    "francais": "fr",
    "french": "fr",
    "italiano": "it",
    "italian": "it",
    "português": "pt",
    "portuguese": "pt",
    "nederlands": "nl",
    "dutch": "nl",
    "svenska": "sv",
    "swedish": "sv",
    "polski": "pl",
    "polish": "pl",
    "čeština": "cs",
    "czech": "cs",
    "русский": "ru",
    "russian": "ru",
    "中文": "zh",
    "chinese": "zh",
    "日本語": "ja",
    "japanese": "ja",
    "한국어": "ko",
    "korean": "ko",
    "suomi": "fi",
    "finnish": "fi",
    "ελληνικά": "el",
    "greek": "el",
    "עברית": "he",
    "hebrew": "he",
    "العربية": "ar",
    "arabic": "ar",
}


_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def is_right_to_left(language: str) -> bool:
    """Return whether a language (a BCP 47 tag) is written from right to left."""
    return language.split("-", maxsplit=1)[0].lower() in _RIGHT_TO_LEFT


_WITHOUT_ITALICS = _RIGHT_TO_LEFT | {"zh", "ja", "ko", "th"}


def has_italics(language: str) -> bool:
    """Return whether a language (a BCP 47 tag) is written in letters that have italics."""
    return language.split("-", maxsplit=1)[0].lower() not in _WITHOUT_ITALICS


_WELL_FORMED = re.compile(
    r"(?i)[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))?"
)


def well_formed(language: str) -> str:
    """Return a tag that programs which check tags take: `language` or, if its parts make no sense, the first of them."""
    return language if _WELL_FORMED.fullmatch(language) else language.split("-", maxsplit=1)[0]


def choose_language(choice: str, header: Iterable[tuple[str, str]]) -> str:
    """Return the tag for `choice` (a value of the profile's option), reading the header where it says auto."""
    if choice.lower() != "auto":
        return choice
    for key, value in header:
        if key.lower() == "language":
            name = value.strip().rstrip(".").lower()
            return _NAMES.get(name) or (_clean(name) if _TAG.fullmatch(name) else DEFAULT)
    return DEFAULT


def _clean(tag: str) -> str:
    """Return a tag with its parts written as usual: en-GB, zh-Hant."""
    first, *rest = re.split("[-_]", tag)
    return "-".join([first, *(part.upper() if len(part) == 2 else part.title() for part in rest)])
