"""OpenDocument held against the grammar of the standard, as odfpy has it: which elements and attributes stand in which."""

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.export.document_options import ODT
from editor.export.profile import Profile
from editor.export.renderers.odt import render_odt
from tests.export.books import books

grammar = pytest.importorskip("odf.grammar", reason="odfpy is not installed")
LAYOUTS = st.sampled_from(["book", "story", "novel"])
BREAKS = st.sampled_from(["rule", "blank", "#"])


def name_of(tag):
    """Return (namespace, name) of a tag or an attribute."""
    namespace, _, name = tag.removeprefix("{").rpartition("}")
    return namespace, name


def faults(element):
    """Yield what the grammar has against an element and all in it."""
    name = name_of(element.tag)
    children = grammar.allowed_children.get(name)
    attributes = grammar.allowed_attributes.get(name)
    if attributes is not None:
        yield from ((name, each) for each in map(name_of, element.attrib) if each not in attributes)
    yield from (
        (name, "lacks", each)
        for each in grammar.required_attributes.get(name, ())
        if each not in map(name_of, element.attrib)
    )
    if name not in grammar.allows_text and (element.text or "").strip():
        yield name, "text"
    for child in element:
        if children is not None and name_of(child.tag) not in children:
            yield name, name_of(child.tag)
        if name not in grammar.allows_text and (child.tail or "").strip():
            yield name, "text"
        yield from faults(child)


@given(books(), LAYOUTS, BREAKS, st.sampled_from(["italics", "underline"]))
@settings(max_examples=60)
def test_the_grammar_of_the_standard_has_nothing_against_any_document(a_book, layout, scene_break, emphasis):
    profile = Profile(
        "x", renderer=ODT, layout=layout, scene_break=scene_break, emphasis=emphasis, surname="Anders"
    )
    with zipfile.ZipFile(io.BytesIO(render_odt(a_book, profile))) as package:
        for part in ("content.xml", "styles.xml", "meta.xml"):
            assert list(faults(ET.fromstring(package.read(part)))) == []


def test_the_grammar_finds_what_stands_in_the_wrong_place():
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    wrong = ET.fromstring(f'<h xmlns="{text}" xmlns:t="{text}" t:level="1"><list-item>x</list-item></h>')
    assert list(faults(wrong)) == [
        ((text, "h"), (text, "level")),
        ((text, "h"), "lacks", (text, "outline-level")),
        ((text, "h"), (text, "list-item")),
        ((text, "list-item"), "text"),
    ]
