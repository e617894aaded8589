"""manuscript.toml: what is read is written again, and nothing of the writer's is lost."""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import InputError
from editor.storage.folder_settings import FolderSettings, parse_settings, render_settings

OWN = b"""\xef\xbb\xbf# My book.\r
title = 'Old' # for now\r
colour = "red"\r
order = [ # as told\r
  "a]b.txt",\r
  'c.txt', # last\r
]\r
synopsis = \"\"\"\r
title = "not this"\r
\"\"\"\r
\r
[submission]\r
title = "nor this"\r
"""


def table_of(data):
    return tomllib.loads(data.decode("utf-8-sig"))


def test_what_was_read_is_written_to_the_byte():
    assert parse_settings(OWN) == FolderSettings("Old", ("a]b.txt", "c.txt"))
    assert render_settings(parse_settings(OWN)) == OWN


def test_only_the_two_keys_change_and_all_else_stays_to_the_byte():
    new = render_settings(replace(parse_settings(OWN), title="New", order=("c.txt", "ü.txt")))
    assert new == OWN.replace(b"title = 'Old' # for now", b'title = "New"').replace(
        b"order = [ # as told\r\n  \"a]b.txt\",\r\n  'c.txt', # last\r\n]",
        'order = [\r\n    "c.txt",\r\n    "ü.txt",\r\n]'.encode(),
    )
    assert parse_settings(new) == FolderSettings("New", ("c.txt", "ü.txt"))


def test_a_key_that_is_new_stands_before_the_first_table_and_an_empty_one_goes():
    raw = b"a = 1\n\n[title]\n"
    assert parse_settings(raw).problem
    raw = b"a = 1\n\n[b]\nc = 2"
    new = render_settings(replace(parse_settings(raw), title="T"))
    assert new == b'a = 1\ntitle = "T"\n\n[b]\nc = 2'
    assert render_settings(replace(parse_settings(new), title="")) == raw


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
RAWS = st.sampled_from(
    [b"", OWN, b"x = 1", b"[t]\norder = 3\n", b"# only a comment", b"order = []\ntitle = ''"]
)


@given(NAMES, st.lists(NAMES, max_size=4).map(tuple), RAWS)
def test_what_is_written_is_read_again_and_the_rest_is_kept(title, order, raw):
    settings = FolderSettings(title, order, raw)
    data = render_settings(settings)
    assert parse_settings(data) == settings
    assert render_settings(parse_settings(data)) == data
    own = {"title": "", "order": []}
    assert {**table_of(data), **own} == {**table_of(raw), **own}


@given(st.binary(max_size=30))
def test_no_bytes_raise_and_what_cannot_be_read_is_never_written_over(data):
    settings = parse_settings(data)
    assert settings.raw == data
    if settings.problem:
        with pytest.raises(InputError):
            render_settings(settings)
    else:
        assert render_settings(settings) == data


@pytest.mark.parametrize("data", [b"title = 3", b"order = 'a'", b"order = ['a', 1]", b"title", b"\xff"])
def test_what_is_wrong_is_said_in_words(data):
    assert "manuscript.toml" in parse_settings(data).problem


def test_a_name_that_is_no_text_is_left_out_of_the_order():
    data = render_settings(FolderSettings("T", ("a.txt", "b\udcff.txt")))
    assert parse_settings(data).order == ("a.txt",)
