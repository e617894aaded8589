"""Bytes come back as they were, whatever they are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.markup.lines import split_lines
from editor.storage.charsets import CHARSETS
from editor.storage.detection import BinaryData
from editor.storage.encoding import decode, encode

HOSTILE = [
    *(charset.mark for charset in CHARSETS.values() if charset.mark),
    b"\r", b"\n", b"\r\n", b"\n\r", b"\0", b"\x0b\x0c", b"\x1a", b"\x1c",
    b"\x92", b"\xff", b"\xe2\x82", b"\xe2\x82\xac", b"\xc0\x8a", b"\xed\xa0\x80", b"\xed\xa0\xbd\xed\xb2\xa9",
    b"\x00\xd8", b"\xd8\x00", b"\x00\xdc", b"\x3d\xd8\xa9\xdc", b"\r\x00\n\x00", b"\x00\r", b"\x0d\x0a\x00",
    "的了不是，一在。".encode("gb18030"), b"\xa6\xd9", b"\x84\x31\x82\x36", b"\xfe\x50",
    "Привет, как дела".encode("cp1251"), "Привет, как дела".encode("koi8_r"), "é ’ à ü".encode(), b"Don\xd5t", b"x" * 5000,
    "One.\r\n\r\nTwo.\n".encode("utf-16-le"), "é\u2028\u2029\u0085\ufdd0\ufffd\U0001f4a9".encode(),
]  # fmt: skip
ANY_BYTES = st.one_of(
    st.binary(max_size=60),
    st.lists(st.one_of(st.sampled_from(HOSTILE), st.binary(max_size=4), st.text(max_size=6).map(str.encode)), max_size=12).map(
        b"".join
    ),
)  # fmt: skip


def decoded_or_none(data, name=None):
    try:
        return decode(data, name)
    except BinaryData:
        return None


@settings(max_examples=1500, deadline=None)
@given(ANY_BYTES)
def test_bytes_that_are_not_edited_come_back(data):
    decoded = decoded_or_none(data)
    if decoded is not None:
        assert encode(decoded.lines, decoded) == data


@settings(max_examples=600, deadline=None)
@given(ANY_BYTES, st.sampled_from(sorted(CHARSETS)))
def test_reopening_in_any_encoding_loses_no_byte(data, name):
    decoded = decoded_or_none(data, name)
    if decoded is None:
        assert name.startswith("utf-32")
        return
    assert encode(decoded.lines, decoded) == data
    assert decode(data, decoded.encoding) == decoded


@settings(max_examples=600, deadline=None)
@given(ANY_BYTES)
def test_lines_hold_no_line_end_and_no_half_character(data):
    decoded = decoded_or_none(data)
    if decoded is None:
        return
    assert split_lines(decoded.text) == decoded.lines
    assert len(decoded.ends) == len(decoded.lines)
    assert set(decoded.ends[:-1]) <= {"\n", "\r", "\r\n"}
    assert decoded.ends[-1] == ""
    decoded.text.encode("utf-8")
