"""Names made from titles: free, and such that every system takes them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editor.manuscript.file_names import checked_name, suggested_name

RESERVED = ["Con", "CON.", "con.txt", "Aux. The first", "NUL..", "com1.. x", "lpt9.a.b"]


@pytest.mark.parametrize(
    "title, name",
    [
        ("Low Water", "Low Water.txt"),
        ("CON", "CON 2.txt"),
        ("Con.txt", "Con txt.txt"),
        ("Aux. The first", "Aux The first.txt"),
        ("a/b: c?", "a b c.txt"),
        ("...", "Chapter.txt"),
        ("cuts", "cuts 2.txt"),
    ],
)
def test_a_name_is_made_from_a_title(title, name):
    assert suggested_name(title, ()) == name


def test_a_name_that_is_taken_gets_a_number():
    assert suggested_name("Rain", ["rain.txt", "Rain 2.txt"]) == "Rain 3.txt"


@given(
    st.one_of(st.text(max_size=80), st.sampled_from(RESERVED)),
    st.sets(st.sampled_from(["Chapter.txt", "CON 2.txt"])),
)
@example("\u202econ.txt", set())
def test_any_title_gives_a_free_name_that_a_writer_might_have_chosen(title, taken):
    name = suggested_name(title, taken)
    assert name not in taken
    assert checked_name(name) == name
