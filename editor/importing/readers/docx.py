"""Word files. Read as a stream: what is not text, structure or emphasis is never kept.

Tracked changes: insertions are taken, deletions left out. Comments, footnotes and endnotes become private notes below their
paragraph. Underlining is taken for emphasis, as in a typescript.

Limits: numbers that Word counts up itself (of lists and of numbered headings) are not in the file's text and do not come.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from editor.importing.draft import Draft, Loss, Role, Run
from editor.importing.sources import Parts
from editor.importing.word_styles import NO_STYLE, WordStyle, is_on, parse_styles
from editor.importing.xml_parts import parse_tree, parse_xml, text_in

_DOCUMENT = "word/document.xml"
_NOTES = {
    "w:footnoteReference": ("word/footnotes.xml", "w:footnote", Loss.FOOTNOTE, "Footnote"),
    "w:endnoteReference": ("word/endnotes.xml", "w:endnote", Loss.FOOTNOTE, "Endnote"),
    "w:commentReference": ("word/comments.xml", "w:comment", Loss.REMARK, "Comment"),
}
_SKIPPED = {
    "w:del": Loss.DELETION,
    "w:moveFrom": None,  # it stands where it was moved to
    "w:rPrChange": None,
    "w:pPrChange": None,
    "w:sectPrChange": None,
    "mc:Fallback": None,
    "w:instrText": None,
    "w:object": Loss.EMBEDDED,
    "w:altChunk": Loss.DOCUMENT,
}
_COUNTED = {"w:ins": Loss.INSERTION, "blip": Loss.IMAGE, "imagedata": Loss.IMAGE, "w:tbl": Loss.TABLE}
_SIGNS = {"w:tab": "\t", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
_PRIVATE = range(0xE000, 0xF900)


def read(parts: Parts) -> Draft:
    """Return the draft of a Word file; raise Refusal."""
    names = set(parts.names)
    styles = parse_styles(parts.read("word/styles.xml")) if "word/styles.xml" in names else {}
    body = _Body(styles, _read_notes(parts))
    parse_xml(parts.read(_DOCUMENT), body)
    draft = body.draft
    for name in sorted(names):
        if name.endswith("vbaProject.bin"):
            draft.lose(Loss.MACRO)
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            draft.lose(Loss.HEADER, _has_words(parts.read(name)))
    if "docProps/core.xml" in names:
        _add_properties(draft, parts.read("docProps/core.xml"))
    return draft


def _has_words(data: bytes) -> bool:
    return any(text.text and text.text.strip() for text in parse_tree(data).iter("w:t"))


def _read_notes(parts: Parts) -> dict[tuple[str, str], str]:
    """Return the words of footnotes, endnotes and comments, by the tag that refers to them and their id."""
    notes = {}
    for reference, (name, tag, _loss, label) in _NOTES.items():
        if name not in parts.names:
            continue
        for note in parse_tree(parts.read(name)).iter(tag):
            paragraphs = ["".join(text.text or "" for text in each.iter("w:t")) for each in note.iter("w:p")]
            by = f" by {note.get('w:author')}" if note.get("w:author") else ""
            words = " ".join(" ".join(paragraphs).split())
            if words and note.get("w:type") is None:
                notes[reference, note.get("w:id", "")] = f"{label}{by}: {words}"
    return notes


def _add_properties(draft: Draft, data: bytes) -> None:
    """Take the author from the file's properties if the text has a title; a name alone says too little."""
    if any(key == "Title" for key, _ in draft.fields):
        draft.set_field("Author", text_in(parse_tree(data), "dc:creator"))


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is being read."""

    style: WordStyle = NO_STYLE
    depth: int = 0
    runs: list[Run] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    break_before: bool = False
    break_after: bool = False


@dataclass(slots=True)
class _Look:
    """What a run says itself; None where it says nothing."""

    emphasis: bool | None = None
    strong: bool | None = None
    underline: bool = False
    is_hidden: bool = False
    style: WordStyle = NO_STYLE


class _Body:
    """Hears the main part of a Word file and fills a draft."""

    def __init__(self, styles: Mapping[str, WordStyle], notes: Mapping[tuple[str, str], str]) -> None:
        self.draft = Draft()
        self._styles, self._notes = styles, notes
        self._paragraph = _Paragraph()
        self._around: list[_Paragraph] = []
        self._look = _Look()
        self._skipped = 0
        self._in_properties: list[str] = []
        self._is_text = False
        self._starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "w:p": self._start_paragraph,
            "w:pStyle": self._set_style,
            "w:outlineLvl": self._set_depth,
            "w:pageBreakBefore": self._break_before,
            "w:sectPr": self._end_section,
            "w:br": self._add_break,
            "w:sym": self._add_symbol,
            "w:r": lambda _attributes: setattr(self, "_look", _Look()),
            "w:hyperlink": lambda _attributes: self.draft.lose(Loss.LINK),
        }

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._skipped or name in _SKIPPED:
            self._skip(name)
            return
        if name in _COUNTED and not (name == "w:ins" and self._in_properties):
            self.draft.lose(_COUNTED[name])
        if name in {"w:pPr", "w:rPr"}:
            self._in_properties.append(name)
        elif self._in_properties and self._in_properties[-1] == "w:rPr":
            self._set_look(name, attributes)
        elif name in self._starts:
            self._starts[name](attributes)
        elif name in _SIGNS and not self._in_properties:
            self._add(_SIGNS[name])
        elif name in _NOTES:
            self._refer(name, attributes.get("w:id", ""))
        self._is_text = name == "w:t"

    def end(self, name: str) -> None:
        self._is_text = False
        if self._skipped:
            self._skipped -= 1
        elif name in {"w:pPr", "w:rPr"} and self._in_properties:
            self._in_properties.pop()
        elif name == "w:p":
            self._end_paragraph()
        elif name == "w:tc":
            self._paragraph.runs.append(Run("\t"))

    def data(self, text: str) -> None:
        if self._is_text and not self._skipped:
            self._add(text.replace("\n", " "))

    def _skip(self, name: str) -> None:
        if not self._skipped and (loss := _SKIPPED[name]) is not None and not self._in_properties:
            self.draft.lose(loss)
        self._skipped += 1

    # --- paragraphs

    def _start_paragraph(self, _attributes: Mapping[str, str]) -> None:
        self._around.append(self._paragraph)
        self._paragraph = _Paragraph()

    def _end_paragraph(self) -> None:
        paragraph = self._paragraph
        self._paragraph = self._around.pop() if self._around else _Paragraph()
        if paragraph.break_before:
            self.draft.add_break()
        if not any(run.text.strip() for run in paragraph.runs):
            if not paragraph.break_before and not paragraph.break_after:
                self.draft.add_gap()
        elif paragraph.style.is_contents:
            self.draft.lose(Loss.CONTENTS)
        elif paragraph.style.is_title and not self.draft.pieces:
            self.draft.set_field("Title", "".join(run.text for run in paragraph.runs))
        else:
            depth = paragraph.depth or paragraph.style.depth
            role = Role.HEADING if depth else Role.QUOTE if paragraph.style.is_quote else Role.PARAGRAPH
            runs = [Run(run.text) for run in paragraph.runs] if depth else paragraph.runs
            self.draft.add(role, runs, depth)
        for note in paragraph.notes:
            self.draft.add(Role.COMMENT, note)
        if paragraph.break_after:
            self.draft.add_break()

    def _set_style(self, attributes: Mapping[str, str]) -> None:
        self._paragraph.style = self._styles.get(attributes.get("w:val", ""), NO_STYLE)

    def _set_depth(self, attributes: Mapping[str, str]) -> None:
        level = attributes.get("w:val", "9")
        self._paragraph.depth = int(level) + 1 if level in set("012345678") else 0

    def _break_before(self, attributes: Mapping[str, str]) -> None:
        self._paragraph.break_before = is_on(attributes)

    def _end_section(self, _attributes: Mapping[str, str]) -> None:
        self._paragraph.break_after = True

    # --- characters

    def _set_look(self, name: str, attributes: Mapping[str, str]) -> None:
        look = self._look
        if len(self._in_properties) > 1:
            return  # the mark at the end of a paragraph, which is not seen
        if name == "w:i":
            look.emphasis = is_on(attributes)
        elif name == "w:b":
            look.strong = is_on(attributes)
        elif name == "w:u":
            look.underline = is_on(attributes)
        elif name == "w:vanish":
            look.is_hidden = is_on(attributes)
        elif name == "w:rStyle":
            look.style = self._styles.get(attributes.get("w:val", ""), NO_STYLE)

    def _add(self, text: str) -> None:
        look, style = self._look, self._paragraph.style
        if look.is_hidden:
            return
        below = [one or False for one in (look.style.look if style.is_quote else _both(style, look.style))]
        emphasis = look.emphasis if look.emphasis is not None else below[0]
        strong = look.strong if look.strong is not None else below[1]
        is_underlined = look.underline and look.style.name != "hyperlink"
        if is_underlined and not text.isspace():
            self.draft.lose(Loss.UNDERLINE)
        self._paragraph.runs.append(Run(text, emphasis or is_underlined, strong))

    def _add_break(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("w:type") not in {"page", "column"}:
            self._paragraph.runs.append(Run("\n"))
        elif any(run.text.strip() for run in self._paragraph.runs):
            self._paragraph.break_after = True
        else:
            self._paragraph.break_before = True

    def _add_symbol(self, attributes: Mapping[str, str]) -> None:
        code = int(attributes.get("w:char", "F000"), 16)
        if code in _PRIVATE or code > 0xFFFF:
            self.draft.lose(Loss.CONTROL)
        else:
            self._add(chr(code))

    def _refer(self, name: str, id_: str) -> None:
        note = self._notes.get((name, id_))
        if note is not None:
            self.draft.lose(_NOTES[name][2])
            self._paragraph.notes.append(note)


def _both(paragraph: WordStyle, character: WordStyle) -> tuple[bool, bool]:
    """Return the look of a character style in a paragraph style: a slant in a slant stands upright."""
    pairs = zip(paragraph.look, character.look, strict=True)
    first, second = (bool(one) != bool(other) for one, other in pairs)
    return first, second
