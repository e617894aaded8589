"""Files that are packages: a zip of XML, as e-books and word processors have it.

Equal parts give equal bytes: every entry has the earliest date that a zip can say. Text for XML is cleaned here, once for all formats: what XML
may not hold becomes U+FFFD, and white space other than a space becomes a space.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterable

_SPACE = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_LEVEL = 4
"""How hard to compress: half the time of the usual 6, for files that are a twentieth larger."""

_UNIX = 3


def clean(text: str) -> str:
    """Return `text` on one line, without a character that XML forbids or advises against."""
    if text.isprintable():  # the common case; anything to clean is not printable
        return text
    return _FORBIDDEN.sub("\ufffd", _SPACE.sub(" ", text))


def escape(text: str) -> str:
    """Return `text` as the content of an XML element."""
    text = clean(text)
    if "&" in text or "<" in text or ">" in text:
        return html.escape(text, quote=False)
    return text


def escape_attribute(text: str) -> str:
    """Return `text` as the value of an XML attribute in double quotes."""
    return html.escape(clean(text), quote=True)


def pack(parts: Iterable[tuple[str, Iterable[bytes]]], *, media_type: str = "") -> bytes:
    """Return a zip of `parts` (name and content in chunks, in order).

    A `media_type` is put first, uncompressed, in a part called mimetype, where EPUB and ODF want it.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as package:
        if media_type:
            package.writestr(zipfile.ZipInfo("mimetype"), media_type.encode("ascii"), zipfile.ZIP_STORED)
        for name, content in parts:
            with package.open(name, "w") as entry:
                for chunk in content:
                    entry.write(chunk)
        for info in package.infolist():  # the same bytes on every system
            info.create_system = _UNIX
            info.external_attr = 0o644 << 16
    return file.getvalue()
