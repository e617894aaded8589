"""Bytes come back as they were, whatever they are."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.errors import CannotEncode, InputError
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


CASES = tomllib.loads((Path(__file__).parents[1] / "conformance" / "markup-cases.toml").read_text("utf-8"))[
    "case"
]


@pytest.mark.parametrize("case", [case for case in CASES if "input_hex" in case], ids=lambda case: case["id"])
def test_conformance_case(case):
    data = bytes.fromhex(case["input_hex"])
    decoded = decode(data)
    assert decoded.encoding == case["encoding"]
    assert decoded.eol == case.get("eol", decoded.eol)
    assert decoded.text == case.get("text", decoded.text)
    assert encode(decoded.lines, decoded) == data


@settings(max_examples=600, deadline=None)
@given(ANY_BYTES, st.data())
def test_an_edited_line_leaves_every_other_line_its_bytes(data, draw):
    decoded = decoded_or_none(data)
    if decoded is None or decoded.needs_agreement:
        return
    number = draw.draw(st.integers(0, len(decoded.lines) - 1))
    lines = list(decoded.lines)
    lines[number] = "changed"
    again = decode(encode(lines, decoded), decoded.encoding)
    assert again.lines == lines
    assert again.ends == decoded.ends
    before, after = dict(decoded.odd_lines), dict(again.odd_lines)
    before.pop(number, None)
    assert after == before


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le-bom", "utf-16-be", "utf-32-be-bom", "gb18030"]),
    st.text("ab é\r\n的", max_size=20),
    st.lists(st.text("ab é的", max_size=3), min_size=1, max_size=8),
)
def test_any_edit_reads_back_as_the_same_lines(name, text, lines):
    charset = CHARSETS[name]
    like = decode(charset.mark + charset.encode(text), name)
    assert decode(encode(lines, like), name).lines == lines


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["a\r\n", "b\n", "\n", "* * *\r\n", "* * *\n"]), max_size=12), st.data())
def test_moved_lines_keep_their_ends_and_moving_back_after_a_save_restores_every_byte(pieces, draw):
    numbered = [piece if piece == "\n" else f"{number}{piece}" for number, piece in enumerate(pieces)]
    data = "".join([*numbered, "d\n", "e\r\n", "the end"]).encode()
    decoded = decode(data)
    *lines, last = decoded.lines
    start = draw.draw(st.integers(0, len(lines) - 1))
    end = draw.draw(st.integers(start + 1, len(lines)))
    rest = lines[:start] + lines[end:]
    place = draw.draw(st.integers(0, len(rest)))
    between = decode(encode([*rest[:place], *lines[start:end], *rest[place:], last], decoded))
    assert Counter(zip(between.lines, between.ends, strict=True)) == Counter(
        zip(decoded.lines, decoded.ends, strict=True)
    )
    assert encode(decoded.lines, between) == data


def test_a_new_line_gets_the_end_of_the_majority():
    decoded = decode(b"One\r\nTwo\r\nThree\nFour")
    assert encode(["One", "Two", "New", "Three", "Four"], decoded) == b"One\r\nTwo\r\nNew\r\nThree\nFour"
    assert encode(["One", "Two", "Three", "Four", ""], decoded) == b"One\r\nTwo\r\nThree\nFour\r\n"


def test_an_edited_line_keeps_its_own_end():
    decoded = decode(b"One\r\nTwo\r\nThree\nFour\r\n")
    assert encode(["One", "Two", "Third", "Four", ""], decoded) == b"One\r\nTwo\r\nThird\nFour\r\n"


def test_line_ends_that_come_together_stay_two():
    decoded = decode(b"One\rTwo\n\nThree\r")
    assert encode(["One", "", "Three", ""], decoded) in {
        b"One\r\r\nThree\r",
        b"One\r\rThree\r",
        b"One\n\nThree\r",
    }


def test_a_missing_final_newline_stays_missing_until_the_writer_adds_one():
    decoded = decode(b"One\nTwo")
    assert encode(["One", "Two!"], decoded) == b"One\nTwo!"
    assert encode(["One", "Two", ""], decoded) == b"One\nTwo\n"
    assert encode(["One"], decoded) == b"One"


@pytest.mark.parametrize(
    "text, codec, name",
    [
        ("He said “no” – and left…\n" * 3, "cp1252", "cp1252"),
        ("Il était une fois à l’école, où l’hiver… C’est ça.\n", "cp1252", "cp1252"),
        ("Il était une fois à l’école, où l’hiver… C’est ça.\r", "mac_roman", "mac-roman"),
        ("“Don’t,” she said. “It’s late.”\r", "mac_roman", "mac-roman"),
        ("Schöne Grüße, sagte er. Müßig über Österreich.\n", "cp1252", "cp1252"),
        ("Schöne Grüße, sagte er. Müßig über Österreich.\r", "mac_roman", "mac-roman"),
        ("Привет, как дела? Всё хорошо.\n", "cp1251", "cp1251"),
        ("Привет, как дела? Всё хорошо.\n", "koi8_r", "koi8-r"),
        ("他来了，我不在。“是的……”\n", "gb18030", "gb18030"),
        ("他来了，我不在。\n", "utf-8", "utf-8"),
        ("他来了，我不在。\n", "utf-16", "utf-16-le-bom"),
        ("Once more.\n", "utf-32", "utf-32-le-bom"),
    ],
)
def test_the_encoding_of_prose_is_found(text, codec, name):
    decoded = decode(text.encode(codec))
    assert (decoded.encoding, decoded.text) == (name, text)


def test_a_guess_is_told_and_certainty_is_not():
    assert "Windows-1252" in decode(b"caf\xe9").notice
    assert "Cyrillic" in decode("Привет, как дела".encode("cp1251")).notice
    assert decode("café".encode()).notice == ""
    assert decode("café".encode("utf-16")).notice == ""
    assert decode(b"caf\xe9", "cp1252").notice == ""


@pytest.mark.parametrize("data", [b"\x7fELF\x02\x01\x01\0\0\0", b"PK\x03\x04\0\0\0\0", b"text and \0 a NUL"])
def test_binary_data_is_refused(data):
    with pytest.raises(BinaryData):
        decode(data)


def test_a_late_nul_is_a_character():
    data = b"x" * 5000 + b"\0"
    assert decode(data).text[-1] == "\0"


def test_every_single_byte_encoding_gives_each_byte_a_character_of_its_own():
    every = bytes(range(256))
    for charset in CHARSETS.values():
        if charset.is_single_byte:
            assert charset.encode(charset.decode(every)) == every


def test_bytes_that_windows_1252_leaves_open_are_c1_controls():
    assert decode(b"\x81\x8d\x8f\x90\x9d", "cp1252").text == "\x81\x8d\x8f\x90\x9d"


def test_a_character_that_the_encoding_lacks_is_named_and_nothing_is_replaced():
    decoded = decode(b"caf\xe9\nend")
    with pytest.raises(
        CannotEncode, match=r"Windows-1252\), which has no character “ş” \(U\+015F\), in line 2"
    ):
        encode(["café", "endş"], decoded, path=Path("a.txt"))
    assert encode(["café", "endş"], decoded, as_utf8=True) == "café\nendş".encode()


def test_a_mixed_file_is_not_written_before_the_writer_agrees_to_utf8():
    data = "café naïve coöp à don".encode() + b"\x92t\r\nend"
    decoded = decode(data)
    assert encode(decoded.lines, decoded) == data
    with pytest.raises(CannotEncode, match="UTF-8 except for some bytes"):
        encode([decoded.lines[0], "The end"], decoded)
    assert (
        encode([decoded.lines[0], "end"], decoded, as_utf8=True) == "café naïve coöp à don’t\r\nend".encode()
    )


def test_a_byte_order_mark_in_front_of_odd_bytes_stays():
    data = b"\xef\xbb\xbfcaf\xe9\nend"
    decoded = decode(data)
    assert (decoded.encoding, decoded.text) == ("utf-8-sig", "café\nend")
    assert encode(decoded.lines, decoded) == data
    assert encode(["café", "END"], decoded, as_utf8=True) == "\ufeffcafé\nEND".encode()


def test_a_half_unit_at_the_end_of_utf16_stays_at_the_end_only():
    data = b"\xff\xfe" + "a\nb".encode("utf-16-le") + b"x"
    decoded = decode(data)
    assert decoded.lines == ["a", "b�"]
    assert encode(["A", "b�"], decoded) == b"\xff\xfe" + "A\nb".encode("utf-16-le") + b"x"
    assert encode(["a", "b�", ""], decoded) == "\ufeffa\nb�\n".encode("utf-16-le")


@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "utf-32-be"])
def test_a_text_that_begins_with_a_byte_order_mark_gets_another_one_and_reads_back(name):
    decoded = decode("One\n\ufeffTwo".encode(name), name)
    data = encode(["\ufeffTwo", "One"], decoded)
    assert decode(data).lines == ["\ufeffTwo", "One"]


def test_text_that_would_not_read_back_is_refused():
    with pytest.raises(CannotEncode):
        encode(["two\rlines"], decode(b"start"))
    with pytest.raises(CannotEncode, match="U\\+D800"):
        encode(["half \ud800"], decode(b"start"))


def test_an_unknown_encoding_is_named():
    with pytest.raises(InputError, match="klingon"):
        decode(b"x", "klingon")
