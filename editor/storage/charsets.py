"""The encodings a manuscript may rest in: a table of names, and the codec of each.

Names are those of the markup specification, section 1, plus a few more to choose from in "Reopen as". A name ending in
`-sig` or `-bom` says that the file begins with a byte order mark. Not for deciding which one a file is in: see `detection`.
"""

import codecs
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from editor.errors import InputError


@dataclass(frozen=True, slots=True)
class Charset:
    """One encoding.

    `label` is its name for the writer. `unit` is the number of bytes that line ends are aligned to. `mark` is the byte order
    mark that such a file begins with. `is_exact`: what decodes strictly always encodes to the same bytes again.
    """

    name: str
    label: str
    codec: str
    unit: int = 1
    mark: bytes = b""
    is_exact: bool = True
    is_single_byte: bool = False

    def decode(self, data: bytes) -> str:
        """Decode bytes without their mark; raise UnicodeDecodeError at the first that is no character."""
        if self.is_single_byte:
            return codecs.charmap_decode(data, "strict", _single_byte_table(self.codec))[0]
        return data.decode(self.codec)

    def encode(self, text: str) -> bytes:
        """Encode text, without a mark; raise UnicodeEncodeError at the first character that does not fit."""
        if self.is_single_byte:
            encoding_map = codecs.charmap_build(_single_byte_table(self.codec))
            return codecs.charmap_encode(text, "strict", encoding_map)[0]
        return text.encode(self.codec)


@functools.cache
def _single_byte_table(codec: str) -> str:
    """Return the 256 characters of a codec; unassigned bytes stand for the C1 control of the same number, as on the web."""
    decoded = (bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in range(256))
    return "".join(decoded)


_ROWS = (
    Charset("utf-8", "UTF-8", "utf-8"),
    Charset("utf-8-sig", "UTF-8 with byte order mark", "utf-8", mark=codecs.BOM_UTF8),
    Charset("utf-8-mixed", "UTF-8 with Windows-1252", "utf-8"),
    Charset("utf-16-le", "UTF-16 LE", "utf-16-le", unit=2),
    Charset("utf-16-be", "UTF-16 BE", "utf-16-be", unit=2),
    Charset("utf-16-le-bom", "UTF-16 LE with byte order mark", "utf-16-le", unit=2, mark=codecs.BOM_UTF16_LE),
    Charset("utf-16-be-bom", "UTF-16 BE with byte order mark", "utf-16-be", unit=2, mark=codecs.BOM_UTF16_BE),
    Charset("utf-32-le", "UTF-32 LE", "utf-32-le", unit=4),
    Charset("utf-32-be", "UTF-32 BE", "utf-32-be", unit=4),
    Charset("utf-32-le-bom", "UTF-32 LE with byte order mark", "utf-32-le", unit=4, mark=codecs.BOM_UTF32_LE),
    Charset("utf-32-be-bom", "UTF-32 BE with byte order mark", "utf-32-be", unit=4, mark=codecs.BOM_UTF32_BE),
    Charset("cp1252", "Western (Windows-1252)", "cp1252", is_single_byte=True),
    Charset("mac-roman", "Western (Mac Roman)", "mac_roman", is_single_byte=True),
    Charset("iso-8859-15", "Western (ISO 8859-15)", "iso8859_15", is_single_byte=True),
    Charset("cp1250", "Central European (Windows-1250)", "cp1250", is_single_byte=True),
    Charset("iso-8859-2", "Central European (ISO 8859-2)", "iso8859_2", is_single_byte=True),
    Charset("cp1251", "Cyrillic (Windows-1251)", "cp1251", is_single_byte=True),
    Charset("koi8-r", "Cyrillic (KOI8-R)", "koi8_r", is_single_byte=True),
    Charset("cp1253", "Greek (Windows-1253)", "cp1253", is_single_byte=True),
    Charset("cp1254", "Turkish (Windows-1254)", "cp1254", is_single_byte=True),
    Charset("cp1257", "Baltic (Windows-1257)", "cp1257", is_single_byte=True),
    Charset("gb18030", "Chinese, simplified (GB 18030)", "gb18030", is_exact=False),
    Charset("big5", "Chinese, traditional (Big5)", "big5hkscs", is_exact=False),
    Charset("shift_jis", "Japanese (Shift JIS)", "cp932", is_exact=False),
    Charset("euc-kr", "Korean (EUC-KR)", "cp949", is_exact=False),
)

CHARSETS: Mapping[str, Charset] = MappingProxyType({row.name: row for row in _ROWS})
"""All encodings by name, in the order of a menu."""

_MARKED = {
    "utf-8": "utf-8-sig",
    **{name: f"{name}-bom" for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")},
}
_PLAIN = {marked: plain for plain, marked in _MARKED.items()} | {"utf-8-mixed": "utf-8"}


def charset_to_write(name: str, first_line: str) -> Charset:
    """Return the encoding `name`, with a byte order mark if the text itself begins with that character: it would be taken for one."""
    charset = CHARSETS[name]
    is_mistakable = first_line.startswith("\ufeff") and not charset.mark
    return CHARSETS[_MARKED.get(name, name)] if is_mistakable else charset


def charset_for(name: str, data: bytes) -> Charset:
    """Return the encoding `name`, with or without a byte order mark as `data` begins; raise InputError for an unknown one."""
    if name not in CHARSETS:
        raise InputError(f"There is no encoding “{name}” here. Known are: {', '.join(CHARSETS)}.")
    plain = CHARSETS[_PLAIN.get(name, name)]
    marked = CHARSETS.get(_MARKED.get(plain.name, ""))
    return marked if marked and data.startswith(marked.mark) else plain
