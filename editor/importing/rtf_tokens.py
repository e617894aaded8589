"""RTF as a stream of tokens: braces, control words with their numbers, bytes of text. Linear in its length."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?[0-9]{1,10})?[ ]?|\\'([0-9A-Fa-f]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
OPEN, CLOSE, WORD, SIGN, TEXT = "open", "close", "word", "sign", "text"


class Token(NamedTuple):
    """One token. `number` is None where a word has none; `raw` are the bytes of a text."""

    kind: str
    word: str = ""
    number: int | None = None
    raw: bytes = b""


_BRACES = {b"{": Token(OPEN), b"}": Token(CLOSE)}


def lex_rtf(data: bytes) -> Iterator[Token]:
    """Yield the tokens of a file; data that `\\bin` announces is passed over."""
    position = 0
    while position < len(data):
        match = _TOKEN.match(data, position)
        if match is None:
            return
        position = match.end()
        word, number, code, sign, brace, text = match.groups()
        if word is not None:
            if word == b"bin":
                position += max(0, int(number or 0))
            else:
                yield Token(WORD, word.decode("ascii"), None if number is None else int(number))
        elif code is not None:
            yield Token(TEXT, raw=bytes([int(code, 16)]))
        elif sign is not None:
            yield Token(SIGN, sign.decode("latin-1"))
        elif brace is not None:
            yield _BRACES[brace]
        elif text is not None:
            yield Token(TEXT, raw=text)
