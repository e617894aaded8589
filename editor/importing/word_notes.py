"""The footnotes, endnotes and comments of a Word file, which stand in parts of their own."""

from xml.etree.ElementTree import Element

from editor.importing.draft import Loss, Run
from editor.importing.marks import note_text
from editor.importing.sources import Parts
from editor.importing.word_styles import is_on
from editor.importing.xml_parts import find_in, parse_tree

_NOTES = {
    "w:footnoteReference": ("word/footnotes.xml", "w:footnote", Loss.FOOTNOTE, "Footnote"),
    "w:endnoteReference": ("word/endnotes.xml", "w:endnote", Loss.FOOTNOTE, "Endnote"),
    "w:commentReference": ("word/comments.xml", "w:comment", Loss.REMARK, "Comment"),
}


def read_notes(parts: Parts) -> dict[tuple[str, str], tuple[str, Loss]]:
    """Return the words of each, and what it is, by the tag that refers to it and its id; raise Refusal."""
    notes = {}
    for reference, (name, tag, loss, label) in _NOTES.items():
        if name not in parts.names:
            continue
        for note in parse_tree(parts.read(name)).iter(tag):
            by = f" by {note.get('w:author')}" if note.get("w:author") else ""
            words = _words(note)
            if words and note.get("w:type") is None:
                notes[reference, note.get("w:id", "")] = f"{label}{by}: {words}", loss
    return notes


def _words(note: Element) -> str:
    runs: list[Run] = []
    for paragraph in note.iter("w:p"):
        for run in paragraph.iter("w:r"):
            slant = find_in(run, "w:rPr", "w:i")
            text = "".join(each.text or "" for each in run.iter("w:t"))
            runs.append(Run(text, slant is not None and is_on(slant.attrib)))
        runs.append(Run(" "))
    return note_text(runs)
