"""Profiles and their options."""

import contextlib
import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.errors import InputError, ResourceError
from editor.export.document_options import PDF
from editor.export.options import Sort
from editor.export.profile import MEDIA, OPTIONS, Profile, parse_profile
from editor.export.registry import RENDERERS


def test_a_profile_says_only_what_differs_from_the_defaults():
    profile = parse_profile("mine", 'title = "Mine"\nrenderer = "text"\nwrap_width = 60\ncentre = false\n')
    assert profile == Profile("mine", "Mine", renderer="text", wrap_width=60, centre=False)


def test_a_profile_without_a_title_is_called_by_its_name():
    assert parse_profile("mine", "").title == "mine"


def test_the_suffix_follows_the_renderer():
    assert Profile("x").suffix == ".html"
    assert Profile("x").with_options({"renderer": "text"}).suffix == ".txt"
    assert Profile("x", renderer="text").media_type == "text/plain"


def test_options_are_set_from_text_with_hyphens_or_underscores():
    profile = Profile("x").with_options(
        {"wrap-width": "0", "include_notes": "no", "scene-break": "~o~", "language": "de_AT"}
    )
    assert (profile.wrap_width, profile.include_notes, profile.scene_break, profile.language) == (
        0,
        False,
        "~o~",
        "de-AT",
    )


@pytest.mark.parametrize(
    "name, value, message",
    [
        ("colour", "red", "There is no export option “colour”; there are renderer, scene_break, typography,"),
        ("typography", "fancy", "typography cannot be “fancy”; it can be typed, smart, ascii."),
        ("wrap_width", "7", "wrap_width cannot be “7”; it can be 0, or a whole number from 20 to 400."),
        ("wrap_width", "٣٠", "wrap_width cannot be “٣٠”"),
        ("include_title", "maybe", "include_title cannot be “maybe”; it can be yes or no."),
        ("language", "Klingon!", "it can be auto, or a language tag such as en, de or fr-CA."),
        ("scene_break", "a\nb", "or up to 60 characters of your own."),
        ("scene_break", "", "scene_break cannot be “”"),
    ],
)
def test_what_cannot_be_set_is_named_with_what_can(name, value, message):
    with pytest.raises(InputError) as caught:
        Profile("x").with_options({name: value})
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "toml, message",
    [
        ("title = ", "The export profile “mine” cannot be read: "),
        ('group = "x"', "The export profile “mine” is broken: There is no group “x”"),
        ("colour = 1", "The export profile “mine” is broken: There is no export option “colour”"),
        ("wrap_width = [1]", "wrap_width cannot be a list; it can be 0, or a whole number"),
        ("colour = [1]", "There is no export option “colour”"),
        ("typography = 'fancy'", "typography cannot be “fancy”"),
    ],
)
def test_a_broken_profile_says_what_is_wrong_with_it(toml, message):
    with pytest.raises(ResourceError) as caught:
        parse_profile("mine", toml)
    assert message in str(caught.value)


def test_every_choice_has_a_default_it_would_accept_and_words_for_the_writer():
    for option in OPTIONS:
        text = (
            {True: "yes", False: "no"}.get(option.default, str(option.default))
            if option.sort is Sort.SWITCH
            else str(option.default)
        )
        assert option.parse(text) == option.default == getattr(Profile("x"), option.name)
        assert option.label
        assert option.help.endswith(".")
        assert option.renderers <= set(MEDIA)


def test_every_field_but_the_name_its_words_and_the_texts_of_files_is_an_option():
    names = [each.name for each in dataclasses.fields(Profile)][4:]
    texts = [f"own_{option.name}" for option in OPTIONS if option.sort is Sort.FILE]
    assert names == [*(option.name for option in OPTIONS), *texts]


def test_every_medium_has_a_renderer():
    assert RENDERERS.keys() | {PDF} == MEDIA.keys()  # PDF is made by `editor.ui.pdf`


@given(st.dictionaries(st.sampled_from([option.name for option in OPTIONS]), st.text(max_size=8), max_size=4))
@settings(deadline=None, max_examples=100)
def test_any_text_is_set_or_refused_in_words(texts):
    with contextlib.suppress(InputError):
        assert Profile("x").with_options(texts).renderer in MEDIA


@pytest.mark.parametrize("text", ["2026-02-29", "2026-13-01", "0000-01-01", "31.3.2026", "2026-3-1", "today"])
def test_a_date_is_a_day_that_there_is(text):
    with pytest.raises(
        InputError, match=r"date cannot be “.*”; it can be empty, or a day such as 2026-03-31"
    ):
        Profile("x").with_options({"date": text})


def test_a_date_may_be_left_out():
    assert Profile("x").with_options({"date": " 2024-02-29 "}).date == "2024-02-29"
    assert Profile("x").with_options({"date": ""}).date == ""


def test_what_is_known_of_the_writer_fills_only_what_a_profile_leaves_open():
    known = {
        "surname": "Anders",
        "email": "m@example.org",
        "typography": "ascii",
        "phone": "a\nb",
        "address": 7,
    }
    profile = Profile("x", surname="Other").with_writer(known)
    assert profile == Profile("x", surname="Other", email="m@example.org")
    assert profile.writer == {"surname": "Other", "email": "m@example.org"}


def test_what_is_about_the_writer_matters_to_manuscripts_only():
    options = {option.name: option for option in OPTIONS}
    for layout, matters in (("book", False), ("story", True), ("novel", True)):
        assert options["surname"].matters_to(Profile("x", renderer="odt", layout=layout)) == matters
    assert not options["surname"].matters_to(Profile("x", renderer="epub", layout="novel"))
