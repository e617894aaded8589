"""From bytes to lines and back, so that what was not edited keeps its very bytes (markup specification, sections 1, 2, 10).

`decode` never loses anything: bytes that are no character in the file's encoding are shown as well as can be, and kept
beside the line they stand in. `encode` gives every line that was not touched those bytes back.

Limits: whole texts in memory. Not for reading or writing files: see `files`.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from editor.errors import CannotEncode
from editor.markup.lines import split_line_ends
from editor.storage import detection
from editor.storage.charsets import CHARSETS, Charset, charset_for, charset_to_write

_NOTICES = {
    "utf-8-mixed": "This file is UTF-8 except for some bytes, which are read as Windows-1252.",
    "gb18030": "This file is not UTF-8. It is read as Chinese (GB 18030).",
    "cp1251": "This file is not UTF-8. It is read as Cyrillic (Windows-1251).",
    "koi8-r": "This file is not UTF-8. It is read as Cyrillic (KOI8-R).",
    "mac-roman": "This file is not UTF-8. It is read as Western (Mac Roman).",
    "cp1252": "This file is not UTF-8. It is read as Western (Windows-1252).",
}
_ODD_NOTICE = (
    "Some bytes of this file are no characters. They are shown as � and kept in lines you do not edit."
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and all that is needed to write it back byte for byte.

    `lines` are without their ends; `ends` has the end of each ("\\r\\n", "\\n" or "\\r"; "" for the last line); neither is
    ever changed in place. `eol` is `crlf`, `lf`, `cr`, `mixed` or `none`. `odd_lines` holds, by line number, the bytes
    (without line end) of the lines that the encoding would not give back. `notice` is a sentence for the writer, or "".
    """

    lines: list[str]
    ends: list[str]
    encoding: str
    eol: str
    odd_lines: Mapping[int, bytes]
    notice: str = ""

    @property
    def text(self) -> str:
        """Return the characters of the file, line ends as they are, without the byte order mark."""
        return "".join(chain.from_iterable(zip(self.lines, self.ends, strict=True)))

    @property
    def has_bom(self) -> bool:
        """Say whether the file begins with a byte order mark."""
        return bool(CHARSETS[self.encoding].mark)

    @property
    def needs_agreement(self) -> bool:
        """Say whether the writer must agree before an edit is saved, as UTF-8 (section 1, saving)."""
        return self.encoding == "utf-8-mixed" or (self.encoding == "utf-8-sig" and bool(self.odd_lines))

    @property
    def new_end(self) -> str:
        """Return the line end that a new line gets: that of the majority, the earlier one of equals, "\\n" if there is none."""
        counted = Counter(self.ends)
        counted.pop("", None)
        return counted.most_common(1)[0][0] if counted else "\n"


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode the bytes of a file.

    `encoding` forces one of `charsets.CHARSETS` ("Reopen as"); bytes that are nothing in it are kept as odd lines, and
    forced UTF-8 that is not quite becomes `utf-8-mixed`. Without it the file's own is found (section 1).
    Raise `detection.BinaryData` if that shows no text (or UTF-32 is forced on what is not), InputError for an encoding that is not in the table.
    """
    if encoding is not None:
        return _decode_as(data, charset_for(encoding, data))
    found = detection.marked_encoding(data) or detection.unmarked_wide_encoding(data)
    if found is None and (decoded := _decode_exactly(data, CHARSETS["utf-8"])):
        return decoded
    decoded = _decode_as(data, CHARSETS[found or detection.legacy_encoding(data)])
    return dataclasses.replace(decoded, notice=_NOTICES.get(decoded.encoding, decoded.notice))


def _decode_as(data: bytes, charset: Charset) -> Decoded:
    return _decode_exactly(data, charset) or _decode_with_odd_lines(data, charset)


def _decode_exactly(data: bytes, charset: Charset) -> Decoded | None:
    """Decode strictly; return None if that fails or would not encode to the same bytes."""
    body = data[len(charset.mark) :]
    try:
        text = charset.decode(body)
        if not charset.is_exact and charset.encode(text) != body:
            return None
    except UnicodeError:
        return None
    lines, ends = split_line_ends(text)
    return Decoded(lines, ends, charset.name, _name_of_ends(text), {})


def _name_of_ends(text: str) -> str:
    if "\r" not in text:
        return "lf" if "\n" in text else "none"
    pairs = text.count("\r\n")
    counts = {"crlf": pairs, "lf": text.count("\n") - pairs, "cr": text.count("\r") - pairs}
    present = [name for name, count in counts.items() if count]
    return present[0] if len(present) == 1 else "mixed"


def _decode_with_odd_lines(data: bytes, charset: Charset) -> Decoded:
    """Decode line by line, keeping the bytes of each line that is not exact."""
    raw_lines, ends = _split_bytes(data[len(charset.mark) :], charset)
    lines: list[str] = []
    odd_lines: dict[int, bytes] = {}
    for number, raw in enumerate(raw_lines):
        line, is_exact = _decode_line(raw, charset)
        lines.append(line)
        if not is_exact:
            odd_lines[number] = raw
    # "utf-8-sig" keeps its name, so that its mark is written again; `needs_agreement` knows.
    name = "utf-8-mixed" if charset.name == "utf-8" else charset.name
    notice = _NOTICES["utf-8-mixed"] if charset.codec == "utf-8" else _ODD_NOTICE
    return Decoded(lines, ends, name, _name_of_ends("".join(["x" + end for end in ends])), odd_lines, notice)


def _split_bytes(body: bytes, charset: Charset) -> tuple[list[bytes], list[str]]:
    """Split encoded text into lines where its line ends are, without decoding what may be no text."""
    if charset.unit == 1:
        # Latin-1 gives each byte a character; no encoding of the table uses CR or LF as part of another one.
        lines, ends = split_line_ends(body.decode("latin-1"))
        return [line.encode("latin-1") for line in lines], ends
    whole = len(body) // charset.unit * charset.unit
    try:
        lines, ends = split_line_ends(body[:whole].decode(charset.codec, "surrogatepass"))
    except UnicodeDecodeError as error:
        raise detection.BinaryData(f"not {charset.label}") from error
    raw_lines = [line.encode(charset.codec, "surrogatepass") for line in lines]
    raw_lines[-1] += body[whole:]
    return raw_lines, ends


_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def _decode_line(raw: bytes, charset: Charset) -> tuple[str, bool]:
    """Return what to show for a line, and whether that encodes to the same bytes again."""
    try:
        line = charset.decode(raw)
        return line, charset.is_exact or charset.encode(line) == raw
    except UnicodeError:
        return _show_odd_line(raw, charset), False


def _show_odd_line(raw: bytes, charset: Charset) -> str:
    if charset.unit > 1:
        whole = len(raw) // charset.unit * charset.unit
        line = raw[:whole].decode(charset.codec, "surrogatepass") + "�" * (whole < len(raw))
        return _LONE_SURROGATE.sub("�", line)
    if charset.codec == "utf-8":
        windows = CHARSETS["cp1252"]
        line = raw.decode("utf-8", "surrogateescape")
        return _LONE_SURROGATE.sub(lambda match: windows.decode(bytes([ord(match[0]) - 0xDC00])), line)
    # The replaced bytes are not lost: they stay in `Decoded.odd_lines`.
    return raw.decode(charset.codec, "replace")


def encode(lines: Sequence[str], like: Decoded, *, as_utf8: bool = False, path: Path | None = None) -> bytes:
    """Encode `lines` as the file `like` was: the bytes of untouched lines, the encoding, the mark, the final newline.

    A moved line keeps its own bytes and end, an edited one its end, a new one gets the majority's end. `as_utf8`: the writer
    has agreed to UTF-8; then every line is written in it. `path` is for the message only.
    Raise CannotEncode if a line does not fit the encoding, or if the writer must agree first (`Decoded.needs_agreement`).
    """
    if as_utf8:
        like = _in_utf8(like)
    if like.needs_agreement and list(lines) != like.lines:
        raise CannotEncode(_agreement_message(path), path or Path())
    charset = charset_to_write(like.encoding, lines[0])
    ends, odd_lines = _ends_and_odd_lines(lines, like, charset)
    try:
        data = charset.mark + b"".join(_encoded_pieces(lines, ends, odd_lines, charset))
    except UnicodeEncodeError:
        raise CannotEncode(_misfit_message(lines, charset, path), path or Path()) from None
    if not _reads_as(data, lines, charset):
        raise CannotEncode(_unstable_message(charset, path), path or Path())
    return data


def _in_utf8(like: Decoded) -> Decoded:
    name = "utf-8-sig" if like.has_bom else "utf-8"
    return dataclasses.replace(like, encoding=name, odd_lines={}, notice="")


def _ends_and_odd_lines(
    lines: Sequence[str], like: Decoded, charset: Charset
) -> tuple[list[str], dict[int, bytes]]:
    """Return the end of each line, and the odd bytes of the lines that were not touched."""
    new_end = like.new_end
    last = len(lines) - 1
    if like.eol != "mixed" and not like.odd_lines:
        return [new_end] * last + [""], {}
    from editor.storage.line_origins import find_origins  # not needed to open a file

    origins = find_origins(like.lines, lines)
    ends = [like.ends[origin] or new_end if origin >= 0 else new_end for origin in origins.ends]
    ends[last] = ""
    _part_merging_ends(lines, ends)
    odd_lines = {
        number: like.odd_lines[origin]
        for number, origin in enumerate(origins.same)
        # Half a unit at the end of the text would shift everything written after it.
        if origin in like.odd_lines and (number == last or len(like.odd_lines[origin]) % charset.unit == 0)
    }
    return ends, odd_lines


def _part_merging_ends(lines: Sequence[str], ends: list[str]) -> None:
    """Mend the places where CR, an empty line and LF came together, which would read as one line end."""
    for number in range(len(ends) - 1):
        if ends[number] == "\r" and not lines[number + 1] and ends[number + 1] == "\n":
            ends[number + 1] = "\r\n"


def _encoded_pieces(
    lines: Sequence[str], ends: Sequence[str], odd_lines: Mapping[int, bytes], charset: Charset
) -> Iterator[bytes]:
    start = 0
    for number in sorted(odd_lines):
        yield _encode_run(lines[start:number], ends[start:number], charset)
        yield odd_lines[number] + charset.encode(ends[number])
        start = number + 1
    yield _encode_run(lines[start:], ends[start:], charset)


def _encode_run(lines: Sequence[str], ends: Sequence[str], charset: Charset) -> bytes:
    return charset.encode("".join(chain.from_iterable(zip(lines, ends, strict=True))))


def _reads_as(data: bytes, lines: Sequence[str], charset: Charset) -> bool:
    return _decode_as(data, charset_for(charset.name, data)).lines == list(lines)


def _named(path: Path | None) -> str:
    return f"“{path.name}”" if path else "This file"


def _agreement_message(path: Path | None) -> str:
    return (
        f"{_named(path)} is UTF-8 except for some bytes that are read as Windows-1252. Nothing was written; your text is safe"
        " in the editor. Agree to save all of it as UTF-8, or save a copy elsewhere."
    )


def _misfit_message(lines: Sequence[str], charset: Charset, path: Path | None) -> str:
    number, line = next((n, text) for n, text in enumerate(lines) if not _fits(text, charset))
    character = next(c for c in line if not _fits(c, charset))
    shown = (
        f"“{character}” (U+{ord(character):04X})" if character.isprintable() else f"U+{ord(character):04X}"
    )
    return (
        f"{_named(path)} is in {charset.label}, which has no character {shown}, in line {number + 1}. Nothing was written;"
        " your text is safe in the editor. Save as UTF-8, or change that character."
    )


def _fits(text: str, charset: Charset) -> bool:
    try:
        charset.encode(text)
    except UnicodeEncodeError:
        return False
    return True


def _unstable_message(charset: Charset, path: Path | None) -> str:
    return (
        f"{_named(path)} would not read as the same text again in {charset.label}. Nothing was written; your text is safe in"
        " the editor. Save as UTF-8, or save a copy elsewhere."
    )
