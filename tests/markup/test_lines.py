"""Lines (section 2)."""

from hypothesis import given
from hypothesis import strategies as st

from editor.markup.lines import is_blank, split_line_ends, split_lines


def test_a_line_ends_at_crlf_lf_and_cr():
    assert split_lines("a\r\nb\nc\rd") == ["a", "b", "c", "d"]


def test_nothing_else_ends_a_line():
    text = "a\vb\fc\x1cd\x1de\x1ef\x85g\u2028h\u2029i"
    assert split_lines(text) == [text]


def test_a_final_newline_leaves_an_empty_last_line():
    assert split_lines("a\n") == ["a", ""]
    assert split_lines("") == [""]
    assert split_lines("\r\r\n") == ["", "", ""]


@given(st.text(alphabet="a\r\n\f\u2028"))
def test_lines_and_their_ends_put_together_are_the_text(text):
    lines, ends = split_line_ends(text)
    assert len(lines) == len(ends)
    assert "".join(line + end for line, end in zip(lines, ends, strict=True)) == text
    assert lines == split_lines(text)


def test_a_line_is_blank_if_all_of_it_is_unicode_white_space():
    assert is_blank("")
    assert is_blank(" \t\v\f\x85\xa0\u1680\u2003\u2028\u2029\u202f\u205f\u3000")


def test_separators_that_only_python_takes_for_space_are_not_blank():
    assert not is_blank("\x1c")
    assert not is_blank("\u200b")
