"""Word files. Read as a stream: what is not text, structure or emphasis is never kept.

Tracked changes: insertions are taken, deletions left out. Comments, footnotes and endnotes become private notes below their
paragraph. Underlining is taken for emphasis, as in a typescript.

Numbers and signs that Word counts up itself, of lists and of headings, are counted here. A line below a paragraph, which is what
Word makes of "---", is a scene break.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from editor.importing.draft import Draft, Loss, Role, Run
from editor.importing.list_signs import is_dash, with_sign
from editor.importing.sources import Parts
from editor.importing.word_notes import read_notes
from editor.importing.word_numbering import Numbering, WordNumbers, parse_numbering
from editor.importing.word_styles import NO_STYLE, WordStyle, has_border, is_centred, is_on, parse_styles
from editor.importing.xml_parts import parse_tree, parse_xml, text_in

_DOCUMENT = "word/document.xml"
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
_COUNTED = {
    "w:ins": Loss.INSERTION,
    "blip": Loss.IMAGE,
    "imagedata": Loss.IMAGE,
    "w:tbl": Loss.TABLE,
    "w:txbxContent": Loss.BOX,
    "oMath": Loss.EMBEDDED,
    "chart": Loss.EMBEDDED,
}
_LOST_LOOKS = {
    "w:strike": Loss.STRUCK,
    "w:dstrike": Loss.STRUCK,
    "w:smallCaps": Loss.LETTERS,
    "w:highlight": Loss.HIGHLIGHT,
}
_SIGNS = {"w:tab": "\t", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
_PROPERTIES = frozenset({"w:pPr", "w:rPr", "w:pBdr"})
_PRIVATE = range(0xE000, 0xF900)


def read(parts: Parts) -> Draft:
    """Return the draft of a Word file; raise Refusal."""
    names = set(parts.names)
    styles = parse_styles(parts.read("word/styles.xml")) if "word/styles.xml" in names else {}
    has_lists = "word/numbering.xml" in names
    numbers = parse_numbering(parts.read("word/numbering.xml")) if has_lists else WordNumbers()
    body = _Body(styles, read_notes(parts), numbers)
    parse_xml(parts.read(_DOCUMENT), body)
    draft = body.finish()
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
    list_id: str | None = None
    list_depth: int | None = None
    borders: set[str] = field(default_factory=set)
    alignment: str = ""
    goes_on: bool = False  # its end was deleted

    @property
    def has_words(self) -> bool:
        return any(run.text.strip() for run in self.runs)

    @property
    def is_ruled(self) -> bool:
        """Say whether there is a line below it and nowhere else; below words, one that the writer put there and no style."""
        return (self.borders or (set() if self.has_words else self.style.borders)) == {"w:bottom"}


@dataclass(slots=True)
class _Look:
    """What a run says itself; None where it says nothing."""

    emphasis: bool | None = None
    strong: bool | None = None
    underline: bool = False
    is_hidden: bool = False
    is_capital: bool = False
    losses: set[Loss] = field(default_factory=set)
    style: WordStyle = NO_STYLE


class _Body:
    """Hears the main part of a Word file and fills a draft."""

    def __init__(
        self,
        styles: Mapping[str, WordStyle],
        notes: Mapping[tuple[str, str], tuple[str, Loss]],
        numbers: WordNumbers,
    ) -> None:
        self._draft = Draft()
        self._styles, self._notes, self._numbers = styles, notes, numbers
        self._paragraph = _Paragraph()
        self._around: list[_Paragraph] = []
        self._look = _Look()
        self._skipped = 0
        self._in_properties: list[str] = []
        self._is_text = False
        self._was_ruled = False
        self._reading: list[str] = []  # how a word is said, which stands above it
        self._in_reading = False
        self._starts: dict[str, Callable[[Mapping[str, str]], object]] = {
            "w:p": self._start_paragraph,
            "w:pStyle": self._set_style,
            "w:outlineLvl": self._set_depth,
            "w:numId": lambda attributes: setattr(self._paragraph, "list_id", attributes.get("w:val", "")),
            "w:ilvl": self._set_list_depth,
            "w:jc": lambda attributes: setattr(self._paragraph, "alignment", attributes.get("w:val", "")),
            "w:pageBreakBefore": self._break_before,
            "w:sectPr": lambda _attributes: setattr(self._paragraph, "break_after", True),
            "w:br": self._add_break,
            "w:sym": self._add_symbol,
            "w:r": lambda _attributes: setattr(self, "_look", _Look()),
            "w:rt": lambda _attributes: setattr(self, "_in_reading", True),
            "w:hyperlink": lambda attributes: self._draft.lose(Loss.LINK, "r:id" in attributes),
        }

    def finish(self) -> Draft:
        """Return the draft once all was heard."""
        self._paragraph.goes_on = False
        if self._paragraph.runs:
            self._add_paragraph(self._paragraph)
        return self._draft

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._skipped or name in _SKIPPED:
            self._skip(name)
            return
        if name in _COUNTED and not (name == "w:ins" and self._in_properties):
            self._draft.lose(_COUNTED[name])
        if name in _PROPERTIES:
            self._in_properties.append(name)
        elif self._in_properties[-1:] == ["w:rPr"]:
            self._set_look(name, attributes)
        elif self._in_properties[-1:] == ["w:pBdr"]:
            self._paragraph.borders |= {name} if has_border(attributes) else set()
        elif name in self._starts:
            self._starts[name](attributes)
        elif name in _SIGNS and not self._in_properties:
            self._add(_SIGNS[name])
        elif (name, attributes.get("w:id", "")) in self._notes:
            self._refer(name, attributes["w:id"])
        self._is_text = name == "w:t"

    def end(self, name: str) -> None:
        self._is_text = False
        if self._skipped:
            self._skipped -= 1
        elif name in _PROPERTIES and self._in_properties:
            self._in_properties.pop()
        elif name == "w:p":
            self._end_paragraph()
        elif name == "w:tc":
            self._paragraph.runs.append(Run("\t"))
        elif name == "w:rt":
            self._in_reading = False
        elif name == "w:rubyBase" and self._reading:
            reading, self._reading = "".join(self._reading), []
            self._add(f"({reading})")

    def data(self, text: str) -> None:
        if self._is_text and not self._skipped:
            self._add(text.replace("\n", " "))

    def _skip(self, name: str) -> None:
        if not self._skipped and self._in_properties == ["w:pPr", "w:rPr"] and name == "w:del":
            self._paragraph.goes_on = True
        elif not self._skipped and (loss := _SKIPPED[name]) is not None and not self._in_properties:
            self._draft.lose(loss)
        self._skipped += 1

    # --- paragraphs

    def _start_paragraph(self, _attributes: Mapping[str, str]) -> None:
        before = self._paragraph
        if before.goes_on:
            self._paragraph = _Paragraph(runs=before.runs, notes=before.notes)
            return
        self._around.append(before)
        self._paragraph = _Paragraph()

    def _end_paragraph(self) -> None:
        paragraph = self._paragraph
        if paragraph.goes_on:
            return  # the next one goes on where it stopped
        self._paragraph = self._around.pop() if self._around else _Paragraph()
        self._add_paragraph(paragraph)

    def _add_paragraph(self, paragraph: _Paragraph) -> None:
        draft, style = self._draft, paragraph.style
        sign = self._numbers.next_sign(self._place(paragraph))
        if paragraph.break_before or (self._was_ruled and not paragraph.is_ruled):
            draft.add_break()
        self._was_ruled = paragraph.is_ruled and paragraph.has_words
        depth = paragraph.depth or style.depth
        if not paragraph.has_words and not (depth and sign):
            self._add_empty(paragraph)
        elif style.is_contents:
            draft.lose(Loss.CONTENTS)
        elif style.is_title and not draft.pieces:
            draft.set_field("Title", "".join(run.text for run in paragraph.runs))
        elif depth:
            runs = [Run(run.text) for run in paragraph.runs]
            draft.add(Role.HEADING, with_sign(runs, sign, is_heading=True), depth)
        elif sign and not is_dash(sign):
            draft.lose(Loss.LIST)
            draft.add(Role.ITEM, with_sign(paragraph.runs, sign))
        else:
            role = Role.QUOTE if style.is_quote else Role.PARAGRAPH
            if is_centred(paragraph.alignment or style.alignment):
                draft.lose_place(role, paragraph.runs)
            draft.add(role, with_sign(paragraph.runs, sign))
        for note in paragraph.notes:
            draft.add(Role.COMMENT, note)
        if paragraph.break_after:
            draft.add_break()

    def _add_empty(self, paragraph: _Paragraph) -> None:
        """Add what an empty paragraph stands for: a line across the page, or a gap."""
        if paragraph.is_ruled or paragraph.style.is_rule or paragraph.borders == {"w:top"}:
            self._draft.add_break()
        elif not paragraph.break_before and not paragraph.break_after:
            self._draft.add_gap()

    def _place(self, paragraph: _Paragraph) -> Numbering:
        style = paragraph.style
        list_id = style.list_id if paragraph.list_id is None else paragraph.list_id
        depth = paragraph.list_depth
        return Numbering(list_id, self._numbers.depths.get(style.id, 0) if depth is None else depth)

    def _set_style(self, attributes: Mapping[str, str]) -> None:
        self._paragraph.style = self._styles.get(attributes.get("w:val", ""), NO_STYLE)

    def _set_depth(self, attributes: Mapping[str, str]) -> None:
        level = attributes.get("w:val", "9")
        self._paragraph.depth = int(level) + 1 if level in set("012345678") else 0

    def _set_list_depth(self, attributes: Mapping[str, str]) -> None:
        level = attributes.get("w:val", "0")
        self._paragraph.list_depth = int(level) if level in set("012345678") else 0

    def _break_before(self, attributes: Mapping[str, str]) -> None:
        self._paragraph.break_before = is_on(attributes)

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
        elif name == "w:caps":
            look.is_capital = is_on(attributes)
        elif name == "w:rStyle":
            look.style = self._styles.get(attributes.get("w:val", ""), NO_STYLE)
        elif name in _LOST_LOOKS and is_on(attributes):
            look.losses.add(_LOST_LOOKS[name])
        elif name == "w:vertAlign" and attributes.get("w:val") != "baseline":
            look.losses.add(Loss.LETTERS)

    def _add(self, text: str) -> None:
        look, style = self._look, self._paragraph.style
        if look.is_hidden:
            self._draft.lose_in_passage({Loss.HIDDEN})
            return
        if self._in_reading:
            self._reading.append(text)
            return
        below = [one or False for one in (look.style.look if style.is_quote else _both(style, look.style))]
        emphasis = look.emphasis if look.emphasis is not None else below[0]
        strong = look.strong if look.strong is not None else below[1]
        is_underlined = look.underline and look.style.name != "hyperlink"
        if not text.isspace():
            self._draft.lose_in_passage(look.losses | ({Loss.UNDERLINE} if is_underlined else set()))
        text = text.upper() if look.is_capital else text
        self._paragraph.runs.append(Run(text, emphasis or is_underlined, strong))

    def _add_break(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("w:type") not in {"page", "column"}:
            self._paragraph.runs.append(Run("\n"))
        elif self._paragraph.has_words:
            self._paragraph.break_after = True
        else:
            self._paragraph.break_before = True

    def _add_symbol(self, attributes: Mapping[str, str]) -> None:
        code = int(attributes.get("w:char", "F000"), 16)
        if code in _PRIVATE or code > 0xFFFF:
            self._draft.lose(Loss.CONTROL)
        else:
            self._add(chr(code))

    def _refer(self, name: str, id_: str) -> None:
        words, loss = self._notes[name, id_]
        self._draft.lose(loss)
        self._paragraph.notes.append(words)


def _both(paragraph: WordStyle, character: WordStyle) -> tuple[bool, bool]:
    """Return the look of a character style in a paragraph style: a slant in a slant stands upright."""
    pairs = zip(paragraph.look, character.look, strict=True)
    first, second = (bool(one) != bool(other) for one, other in pairs)
    return first, second
