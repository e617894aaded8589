"""Flat OpenDocument texts (.fodt): one XML file."""

from editor.importing.draft import Draft
from editor.importing.odf_styles import OdfStyles
from editor.importing.open_document import OdfListener
from editor.importing.xml_parts import parse_xml


def read(data: bytes) -> Draft:
    """Return the draft of a flat OpenDocument text; raise Refusal."""
    draft = Draft()
    parse_xml(data, OdfListener(draft, OdfStyles()))
    return draft
