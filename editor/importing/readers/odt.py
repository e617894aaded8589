"""OpenDocument texts (.odt): LibreOffice, FocusWriter and others."""

from editor.importing.draft import Draft, Loss
from editor.importing.odf_styles import OdfStyles
from editor.importing.open_document import OdfListener
from editor.importing.refusal import PROTECTED, Refusal
from editor.importing.sources import Parts
from editor.importing.xml_parts import parse_tree, parse_xml


def read(parts: Parts) -> Draft:
    """Return the draft of an OpenDocument text; raise Refusal."""
    manifest = "META-INF/manifest.xml"
    if manifest in parts.names:
        tree = parse_tree(parts.read(manifest))
        if any(each.tag.endswith("encryption-data") for each in tree.iter()):
            raise Refusal(PROTECTED)
    draft = Draft()
    styles = OdfStyles()
    if "styles.xml" in parts.names:
        parse_xml(parts.read("styles.xml"), OdfListener(draft, styles))
    parse_xml(parts.read("content.xml"), OdfListener(draft, styles))
    draft.lose(Loss.MACRO, sum(name.startswith(("Basic/", "Scripts/")) for name in parts.names))
    return draft
