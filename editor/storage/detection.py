"""Which encoding bytes are in (markup specification, section 1, the steps other than strict UTF-8).

Everything here counts with regular expressions, and only around the bytes above 7F, of which the first hundred thousand runs
are looked at: quick, and without a loop over bytes in Python.
Limits: a guess. Short texts in an old encoding can be taken for another one; the writer can always say "Reopen as".
"""

import itertools

from editor.markup.patterns import compile_later
from editor.storage.charsets import CHARSETS

_NUL_WINDOW = 4096
_MARKED = ("utf-8-sig", "utf-32-le-bom", "utf-32-be-bom", "utf-16-le-bom", "utf-16-be-bom")


class BinaryData(ValueError):
    """The bytes are not text (section 1, step 2)."""


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte order mark announces (step 1), or None.

    What begins like UTF-32 but is not (a number beyond U+10FFFF) is taken for UTF-16 or less.
    """
    for name in _MARKED:
        charset = CHARSETS[name]
        if data.startswith(charset.mark) and (charset.unit < 4 or _is_utf32(data, charset.codec)):
            return name
    return None


def _is_utf32(data: bytes, codec: str) -> bool:
    try:
        data[: len(data) // 4 * 4].decode(codec, "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def unmarked_wide_encoding(data: bytes) -> str | None:
    """Return UTF-16 without a mark if the NUL bytes lie like that (step 2), None without any; raise BinaryData."""
    head = data[:_NUL_WINDOW]
    if b"\0" not in head:
        return None
    even, odd = head[0::2], head[1::2]
    even_share = even.count(0) / len(even)
    odd_share = odd.count(0) / len(odd) if odd else 0.0
    if odd_share >= 0.40 and even_share <= 0.05:
        return "utf-16-le"
    if even_share >= 0.40 and odd_share <= 0.05:
        return "utf-16-be"
    raise BinaryData("NUL bytes, but not UTF-16")


def legacy_encoding(data: bytes) -> str:
    """Return the encoding of bytes that are not strictly UTF-8 (steps 4 to 6)."""
    excerpt = _high_bytes_of(data)
    if _is_nearly_utf8(excerpt):
        return "utf-8-mixed"
    return _dense_encoding(excerpt, data) or _western_encoding(excerpt)


_HIGH_RUN = compile_later(rb"[\x80-\xFF]+")
_MOST_RUNS = 100_000


def _high_bytes_of(data: bytes) -> bytes:
    """Return the runs of high bytes with the byte before and after each, NUL between them: all that is looked at."""
    framed = b"\n" + data + b"\n"
    runs = itertools.islice(_HIGH_RUN.finditer(framed), _MOST_RUNS)
    return b"\0".join([framed[run.start() - 1 : run.end() + 1] for run in runs])


_WELL_FORMED = compile_later(
    rb"[\xC2-\xDF][\x80-\xBF]"
    rb"|\xE0[\xA0-\xBF][\x80-\xBF]|[\xE1-\xEC\xEE\xEF][\x80-\xBF]{2}|\xED[\x80-\x9F][\x80-\xBF]"
    rb"|\xF0[\x90-\xBF][\x80-\xBF]{2}|[\xF1-\xF3][\x80-\xBF]{3}|\xF4[\x80-\x8F][\x80-\xBF]{2}"
)


def _is_nearly_utf8(excerpt: bytes) -> bool:
    sequences = _WELL_FORMED.findall(excerpt)
    strays = sum(map(len, _HIGH_RUN.findall(excerpt))) - sum(map(len, sequences))
    return bool(sequences) and len(sequences) >= 4 * strays


# Chinese dialogue is full of these, which Unicode files under general punctuation.
_CHINESE = compile_later("[㐀-䶿一-鿿豈-﫿\U00020000-\U000323af\u3000-\u303f\uff00-\uffef·—‘’“”…]")
_NOT_ASCII_RUN = compile_later("[^\x00-\x7f]+")
_CHINESE_PROOF = compile_later("[的了不是一在他我有，。]")
_LOWER_CYRILLIC = compile_later("[а-џ]")


def _dense_encoding(excerpt: bytes, data: bytes) -> str | None:
    """Return a multi-byte or Cyrillic encoding if the high bytes stand close together (step 5), or None."""
    runs = _HIGH_RUN.findall(excerpt)
    high = sum(map(len, runs))
    if high < 6 or sum(len(run) for run in runs if len(run) > 1) < 0.6 * high:
        return None
    if _is_chinese(data):
        return "gb18030"
    lower = {
        name: len(_LOWER_CYRILLIC.findall(CHARSETS[name].decode(excerpt))) for name in ("cp1251", "koi8-r")
    }
    best = max(lower, key=lambda name: lower[name])
    return best if lower[best] >= 0.6 * high else None


def _is_chinese(data: bytes) -> bool:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    sample = "".join([run[0] for run in itertools.islice(_NOT_ASCII_RUN.finditer(text), _MOST_RUNS)])[
        :_MOST_RUNS
    ]
    return bool(_CHINESE_PROOF.search(sample)) and len(_CHINESE.findall(sample)) >= 0.9 * len(sample)


# A word starts after white space, an opening bracket, a mark, a dash, another quote or the start, and goes on with a letter.
_MAC_START = rb"(?<![^\s(\[*_/\xD0-\xD2\xD4-])"
_WINDOWS_START = rb"(?<![^\s(\[*_/\x91\x93\x96\x97-])"
_WORD = rb"(?=[A-Za-z0-9*_/\x80-\xFF])"
_MAC_SIGNS = compile_later(
    rb"(?<=[A-Za-z])\xD5(?=[A-Za-z])"
    rb"|" + _MAC_START + rb"[\xD2\xD4]" + _WORD + rb"|(?<=[A-Za-z.,!?\xC9])[\xD3\xD5](?=\s)"
    rb"|(?<=[A-Za-z])[\x80-\x90\x95-\x9F](?=[A-Za-z])"
    rb"|(?<=[A-Za-z])[\x8D-\x8F](?=[\s.,\xC9])"
)
_WINDOWS_SIGNS = compile_later(
    rb"(?<=[A-Za-z])\x92(?=[A-Za-z])"
    rb"|"
    + _WINDOWS_START
    + rb"[\x91\x93]"
    + _WORD
    + rb"|(?<=[^\s\x91\x93])[\x92\x94](?=[\s.,;:!?)\]\x85\x96\x97-])"
    rb"|(?:(?<=[a-z])[\xE0-\xF6\xF8-\xFF]|[\xE0-\xF6\xF8-\xFF](?=[a-z]))"
    rb"|(?<![A-Za-z])[\xC0-\xD6\xD8-\xDE](?=[a-z])"
)


def _western_encoding(excerpt: bytes) -> str:
    """Return Mac Roman if the signs of it are more than those of Windows-1252 (step 6)."""
    return (
        "mac-roman" if len(_MAC_SIGNS.findall(excerpt)) > len(_WINDOWS_SIGNS.findall(excerpt)) else "cp1252"
    )
