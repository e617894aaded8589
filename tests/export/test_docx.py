"""Word refuses, or repairs, a document whose elements are not in the order of the standard (ECMA-376, part 1); other programs take any."""

import io
import zipfile
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.export.document_options import DOCX
from editor.export.profile import Profile
from editor.export.renderers.docx import render_docx
from tests.export.books import books, novel

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDERS = {  # 17.3.1.26, 17.3.2.28, 17.6.17, 17.7.4.17: those that we use, and their neighbours
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
        " suppressAutoHyphens bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents jc textDirection"
        " textAlignment outlineLvl rPr sectPr"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike vanish color spacing w kern position sz szCs highlight u effect bdr"
        " shd fitText vertAlign rtl cs em lang"
    ),
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols"
        " vAlign titlePg textDirection bidi rtlGutter docGrid"
    ),
    "style": "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat locked pPr rPr",
    "pBdr": "top left bottom right between bar",
    "p": "pPr",
    "r": "rPr",
    "body": "p sectPr",
    "styles": "docDefaults latentStyles style",
}
LAYOUTS = st.sampled_from(["book", "story", "novel"])
BREAKS = st.sampled_from(["rule", "blank", "#"])


def parts(a_book, **choices):
    profile = Profile("x", renderer=DOCX, legal_name="Mary", surname="Anders", **choices)
    with zipfile.ZipFile(io.BytesIO(render_docx(a_book, profile))) as package:
        return {name: ET.fromstring(package.read(name)) for name in package.namelist()}


def places(element, order):
    """Return where the children of an element stand in the order; what may stand anywhere behind is last."""
    names = [child.tag.removeprefix(W) for child in element]
    return [order.index(name) if name in order else len(order) for name in names]


@given(books(), LAYOUTS, BREAKS, st.sampled_from(["italics", "underline"]))
@settings(max_examples=60)
def test_elements_stand_in_the_order_of_the_standard(a_book, layout, scene_break, emphasis):
    for part in parts(a_book, layout=layout, scene_break=scene_break, emphasis=emphasis).values():
        for element in part.iter():
            order = ORDERS.get(element.tag.removeprefix(W), "").split()
            if order:
                found = places(element, order)
                assert found == sorted(found), (element.tag, [child.tag for child in element])
                if element.tag in {f"{W}pPr", f"{W}rPr", f"{W}sectPr"}:
                    assert max(found, default=0) < len(order), [child.tag for child in element]
                    assert all(one != other for one, other in pairwise(found))


@pytest.mark.parametrize("layout", ["book", "story", "novel"])
def test_every_part_is_declared_and_every_relation_leads_somewhere(layout):
    made = parts(novel(), layout=layout)
    declared = {each.get("PartName") for each in made["[Content_Types].xml"] if each.get("PartName")}
    assert declared == {f"/{name}" for name in made if not name.endswith(".rels") and name[0] != "["}
    related = {f"/{each.get('Target')}" for each in made["_rels/.rels"]}
    related |= {f"/word/{each.get('Target')}" for each in made["word/_rels/document.xml.rels"]}
    assert related == declared


@pytest.mark.parametrize("layout", ["book", "story", "novel"])
def test_every_style_that_is_used_is_there(layout):
    made = parts(novel(), layout=layout, scene_break="rule")
    known = {each.get(f"{W}styleId") for each in made["word/styles.xml"].iter(f"{W}style")}
    used = {
        each.get(f"{W}val")
        for name in ("word/document.xml", "word/styles.xml")
        for tag in ("pStyle", "basedOn", "next")
        for each in made[name].iter(f"{W}{tag}")
    }
    assert used
    assert used <= known
