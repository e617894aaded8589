"""OpenDocument texts come in, packed and flat."""

import pytest

from editor.importing.refusal import Refusal
from editor.importing.registry import import_bytes
from tests.importing.packing import OFFICE, odt, pack

AUTOMATIC = """
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="P2" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="P3" style:family="paragraph" style:parent-style-name="Title"/>
"""
STYLES = '<style:style style:name="Title"/><style:style style:name="Quotations"/>'


def imported(body):
    return import_bytes(odt(body, AUTOMATIC, STYLES), "book.odt")


def test_headings_emphasis_quotes_breaks_and_the_title():
    body = """<text:p text:style-name="P3">The Weir</text:p><text:h text:outline-level="1">Dusk</text:h>
    <text:p>It was <text:span text:style-name="T1">not</text:span> his <text:span text:style-name="T2">gun</text:span>.</text:p>
    <text:p text:style-name="P2">Next<text:s text:c="3"/>page<text:line-break/>line</text:p><text:p text:style-name="P1">Dear A,</text:p>"""
    assert list(imported(body).lines) == [
        "Title: The Weir", "", "", "# Dusk", "", "It was *not* his **gun**.", "", "* * *", "",
        "Next page", "line", "", "> Dear A,",
    ]  # fmt: skip


def test_notes_comments_and_tracked_changes_are_told_of():
    body = """<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>
    <text:p>Word<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See p. 9.</text:p></text:note-body></text:note>
    <office:annotation><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Ann</dc:creator><text:p>Cut?</text:p></office:annotation> more.</text:p>"""
    done = imported(body)
    assert done.lines == ("Word more.", "", "%% Footnote: See p. 9.", "", "%% Comment by Ann: Cut?")
    assert done.left_out == (
        "1 tracked deletion: left out.",
        "1 footnote: put below its paragraph as a private note.",
        "1 comment: kept as a private note.",
    )


def test_a_flat_text_is_read_the_same_way():
    flat = f"<?xml version='1.0'?><office:document {OFFICE}><office:automatic-styles>{AUTOMATIC}</office:automatic-styles><office:body><office:text><text:p>a <text:span text:style-name='T1'>word</text:span></text:p></office:text></office:body></office:document>"
    assert import_bytes(flat.encode(), "x.fodt").lines == ("a *word*",)


def test_a_text_with_a_password_is_refused():
    manifest = '<m:manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    with pytest.raises(Refusal, match="password"):
        import_bytes(pack({"content.xml": "\x00", "META-INF/manifest.xml": manifest}), "x.odt")


def test_a_text_as_focuswriter_writes_it_comes_with_its_emphasis_and_breaks():
    look = '<style:text-properties style:text-underline-type="single" style:text-underline-style="solid"/>'
    automatic = f'{AUTOMATIC} <style:style style:name="T3" style:family="text">\n   {look}\n  </style:style>'
    body = """
   <text:p text:style-name="Normal">Chapter One</text:p>
   <text:p text:style-name="Normal">It was <text:span text:style-name="T1">never</text:span> his.</text:p>
   <text:p text:style-name="Normal">* * *</text:p>
   <text:p text:style-name="Normal">A <text:span text:style-name="T3">weir</text:span>.</text:p>
  """
    styles = '<style:style style:name="Normal" style:display-name="Normal" style:family="paragraph"/>'
    done = import_bytes(odt(body, automatic, styles), "story.odt")
    assert list(done.lines) == ["Chapter One", "", "It was *never* his.", "", "* * *", "", "A *weir*."]
    assert done.left_out == ("1 underlined passage: taken for emphasis.",)
