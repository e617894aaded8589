"""The tables at the head of a rich text file: which code page a font's bytes are in, and what the styles are called."""

import codecs

from editor.importing.style_names import depth_of

_CHARSETS = {0: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255,
             178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850}  # fmt: skip
_CODECS = {10000: "mac_roman", 65001: "utf-8"}
_PAGES = {"mac": 10000, "pc": 437, "pca": 850, "ansi": 1252}
_ANSI = 1252


class RtfTables:
    """Hears the words of the tables, and answers for the text."""

    def __init__(self) -> None:
        self._code_page = _ANSI
        self._font_pages: dict[int, int] = {}
        self._font = 0
        self._style = 0
        self._looks: dict[int, set[str]] = {}
        self._style_names: dict[int, list[str]] = {}

    def set_code_page(self, word: str, number: int | None) -> None:
        """Take what a word says of the code page of the file; other words say nothing."""
        if word == "ansicpg":
            self._code_page = number or _ANSI
        elif word in _PAGES:
            self._code_page = _PAGES[word]

    def take_word(self, table: str, word: str, number: int | None) -> None:
        """Take a word of a table."""
        if table == "fonttbl" and word == "f":
            self._font = number or 0
        elif table == "fonttbl" and word == "fcharset":
            self._font_pages[self._font] = _CHARSETS.get(number or 0, _ANSI)
        elif table == "stylesheet" and word == "s":
            self._style = number or 0
        elif table == "stylesheet" and word == "cs":
            self._style = -1  # of characters; it has numbers of its own
        elif table == "stylesheet" and word in {"i", "b"} and number != 0:
            self._looks.setdefault(self._style, set()).add(word)

    def take_text(self, table: str, raw: bytes) -> None:
        """Take the text of a table."""
        if table == "stylesheet":
            self._style_names.setdefault(self._style, []).append(raw.decode("latin-1"))

    def decode(self, raw: bytes, font: int) -> str:
        """Return bytes of the text, set in a font, as characters."""
        page = self._font_pages.get(font, self._code_page)
        if page == _ANSI:
            page = self._code_page
        try:
            codec = codecs.lookup(_CODECS.get(page, f"cp{page}")).name
        except LookupError:
            codec = "cp1252"
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            return raw.decode("latin-1")

    def name_of(self, style: int) -> str:
        """Return the name of a style in lower case, "" if it has none."""
        return "".join(self._style_names.get(style, ())).strip(" ;").lower()

    def look_of(self, style: int) -> tuple[bool, bool]:
        """Return whether a style is slanted, and whether it is heavy."""
        look = self._looks.get(style, set())
        return "i" in look, "b" in look

    def depth_of(self, style: int) -> int:
        """Return the depth of the heading that a style is for, from 1; 0 if for none."""
        return depth_of(self.name_of(style))
