"""The body of an OpenDocument text (LibreOffice, FocusWriter and others), heard as a stream."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from editor.importing.draft import Draft, Loss, Role, Run
from editor.importing.list_signs import is_dash, with_sign
from editor.importing.marks import note_text
from editor.importing.odf_styles import OUTLINE, OdfStyles, Said
from editor.importing.style_names import is_contents, is_quote, is_rule, is_title

_MOST_SPACES = 1000
_SKIPPED = {
    "text:tracked-changes": None,
    "text:table-of-content": Loss.CONTENTS,
    "text:alphabetical-index": Loss.CONTENTS,
    "text:note-citation": None,
    "office:scripts": None,
    "office:forms": None,
    "office:binary-data": None,
    "title": None,  # of a picture
    "desc": None,
    "dc:date": None,
    "date": None,
    "date-string": None,
    "creator-initials": None,
    "sender-initials": None,
    "text:sequence-decls": None,
    "text:variable-decls": None,
    "text:user-field-decls": None,
}
_COUNTED = {
    "draw:image": Loss.IMAGE,
    "draw:object": Loss.EMBEDDED,
    "draw:plugin": Loss.EMBEDDED,
    "draw:text-box": Loss.BOX,
    "table:table": Loss.TABLE,
    "text:deletion": Loss.DELETION,
    "text:insertion": Loss.INSERTION,
    "script:event-listener": Loss.MACRO,
}
_ASIDES = {"text:note": (Loss.FOOTNOTE, "Footnote"), "office:annotation": (Loss.REMARK, "Comment")}
_SIGNS = {"text:tab": "\t", "text:line-break": "\n", "text:ruby-text": "("}
_HEADERS = frozenset({"style:header", "style:footer", "style:header-first", "style:footer-first", "style:header-left",
                      "style:footer-left"})  # fmt: skip


@dataclass(slots=True)
class _Paragraph:
    style: str
    depth: int
    sign: str = ""
    runs: list[Run] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _List:
    style: str
    number: int
    is_fresh: bool = False  # an item was opened, and no paragraph came yet


class OdfListener:
    """Gathers styles, and adds the paragraphs below `office:text` to a draft."""

    def __init__(self, draft: Draft, styles: OdfStyles) -> None:
        """`styles` are those known already; those that come are added to them."""
        self._draft, self._styles = draft, styles
        self._in_text = False
        self._header = 0
        self._skipped = 0
        self._paragraphs: list[_Paragraph] = []
        self._looks = [Said()]
        self._asides: list[tuple[list[str], list[Run]]] = []  # label, by whom; words
        self._lists: list[_List] = []
        self._numbers: dict[tuple[str, int], int] = {}  # how far lists of a style have counted
        self._chapters: list[int] = []
        self._links = 0
        self._in_creator = False
        self._was_ruled = False
        self._ends: dict[str, Callable[[], object]] = {
            "text:p": self._end_paragraph,
            "text:h": self._end_paragraph,
            **dict.fromkeys(_ASIDES, self._end_aside),
            "text:span": lambda: self._looks.pop() if len(self._looks) > 1 else None,
            "text:list": lambda: self._lists.pop() if self._lists else None,
            "text:a": lambda: setattr(self, "_links", max(0, self._links - 1)),
            "dc:creator": lambda: setattr(self, "_in_creator", False),
            "text:ruby-text": lambda: self._add(")"),
        }
        self._starts: dict[str, Callable[[str, Mapping[str, str]], object]] = {
            "text:p": self._start_paragraph,
            "text:h": self._start_paragraph,
            "text:note": self._start_aside,
            "office:annotation": self._start_aside,
            "text:span": self._start_span,
            "text:list": self._start_list,
            "text:list-item": self._start_item,
            "text:a": self._start_link,
            "text:s": lambda _name, attributes: self._add(" " * _count(attributes.get("text:c", "1"))),
            "dc:creator": lambda _name, _attributes: setattr(self, "_in_creator", bool(self._asides)),
        }

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._skipped or name in _SKIPPED:
            self._skip(name)
        elif name in _COUNTED:
            self._draft.lose(_COUNTED[name])
        elif name == "office:text":
            self._in_text = True
        elif not self._in_text:
            self._header += name in _HEADERS
            self._styles.start(name, attributes)
        elif name in _SIGNS:
            self._add(_SIGNS[name])
        elif name in self._starts:
            self._starts[name](name, attributes)

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif not self._in_text:
            self._header -= name in _HEADERS and self._header > 0
            self._styles.end(name)
        elif name in self._ends:
            self._ends[name]()
        elif name == "table:table-cell" and self._paragraphs:
            self._paragraphs[-1].runs.append(Run("\t"))

    def data(self, text: str) -> None:
        if self._skipped:
            return
        if self._in_text:
            self._add(text.replace("\n", " "))
        elif self._header and text.strip():
            self._draft.lose(Loss.HEADER)
            self._header = 0

    def _add(self, text: str) -> None:
        said = self._looks[-1]
        if self._in_creator:
            self._asides[-1][0].append(text)
        elif self._asides:
            self._asides[-1][1].append(Run(text, said.emphasis, said.strong))
        elif self._paragraphs:
            losses = {Loss.HIDDEN} if said.is_hidden else said.losses
            if not text.isspace():
                self._draft.lose_in_passage(losses)
            if not said.is_hidden:
                self._paragraphs[-1].runs.append(Run(text, said.emphasis, said.strong))

    def _skip(self, name: str) -> None:
        if name in _COUNTED and name in {"text:deletion", "text:insertion"}:
            self._draft.lose(_COUNTED[name])
        if not self._skipped and (loss := _SKIPPED[name]) is not None:
            self._draft.lose(loss)
        self._skipped += 1

    # --- within paragraphs

    def _start_span(self, _name: str, attributes: Mapping[str, str]) -> None:
        style = attributes.get("text:style-name", "")
        self._looks.append(self._styles.said_by(style, self._looks[-1], is_link=self._links > 0))

    def _start_link(self, _name: str, attributes: Mapping[str, str]) -> None:
        self._links += 1
        self._draft.lose(Loss.LINK, not attributes.get("href", "").startswith("#"))

    def _start_aside(self, name: str, attributes: Mapping[str, str]) -> None:
        loss, label = _ASIDES[name]
        self._asides.append(
            (["Endnote" if attributes.get("text:note-class") == "endnote" else label, ""], [])
        )
        self._looks.append(Said())
        self._draft.lose(loss)

    def _end_aside(self) -> None:
        if not self._asides:
            return
        (label, *by), runs = self._asides.pop()
        if len(self._looks) > 1:
            self._looks.pop()
        words, name = note_text(runs), "".join(by).strip()
        if self._paragraphs and words:
            self._paragraphs[-1].notes.append(f"{label} by {name}: {words}" if name else f"{label}: {words}")

    # --- lists

    def _start_list(self, _name: str, attributes: Mapping[str, str]) -> None:
        style = attributes.get("text:style-name") or (self._lists[-1].style if self._lists else "")
        depth = len(self._lists) + 1
        number = self._styles.first_number(style, depth) - 1
        if attributes.get("text:continue-numbering") == "true" or "text:continue-list" in attributes:
            number = self._numbers.get((style, depth), number)
        self._lists.append(_List(style, number))

    def _start_item(self, _name: str, attributes: Mapping[str, str]) -> None:
        if self._lists:
            here, start = self._lists[-1], attributes.get("text:start-value", "")
            here.number = int(start) if start.isdigit() and len(start) < 6 else here.number + 1
            here.is_fresh = True

    def _sign(self, depth: int, *, is_heading: bool) -> str:
        """Return what stands before a paragraph that starts here, and count it."""
        if self._lists:
            here = self._lists[-1]
            if not here.is_fresh:
                return ""
            here.is_fresh = False
            self._numbers[here.style, len(self._lists)] = here.number
            return self._styles.sign(here.style, [each.number for each in self._lists])
        if not is_heading:
            return ""
        del self._chapters[depth:]
        self._chapters += [0] * (depth - len(self._chapters))
        self._chapters[-1] += 1
        return self._styles.sign(OUTLINE, self._chapters)

    # --- paragraphs

    def _start_paragraph(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._asides:
            self._asides[-1][1].append(Run(" "))
            return
        style = attributes.get("text:style-name", "")
        level = attributes.get("text:outline-level", "1")
        depth = min(10, int(level) if level.isdigit() else 1) if name == "text:h" else 0
        is_numbered = bool(depth) and attributes.get("text:is-list-header") != "true"
        self._paragraphs.append(_Paragraph(style, depth, self._sign(depth, is_heading=is_numbered)))
        names = [each.name for each in self._styles.chain(style)]
        is_plain = (
            depth or self._styles.depth_of(style) or any(is_title(each) or is_quote(each) for each in names)
        )
        self._looks.append(Said() if is_plain else self._styles.said_by(style, self._looks[-1]))

    def _end_paragraph(self) -> None:
        if self._asides or not self._paragraphs:
            return
        ended = self._paragraphs.pop()
        self._looks[1:] = self._looks[1:-1]
        chain = self._styles.chain(ended.style)
        names = [each.name for each in chain]
        is_ruled = next((each.is_ruled for each in chain if each.is_ruled is not None), False)
        has_words = any(run.text.strip() for run in ended.runs)
        is_ruled = is_ruled and not (
            has_words and (ended.depth or any(is_quote(name) or is_title(name) for name in names))
        )
        if any(each.starts_page for each in chain[:1]) or (self._was_ruled and not is_ruled):
            self._draft.add_break()
        self._was_ruled = bool(is_ruled) and has_words
        if has_words or (ended.sign and ended.depth):
            self._add_words(ended, names)
        elif is_ruled or any(map(is_rule, names)):
            self._draft.add_break()
        else:
            self._draft.add_gap()
        for note in ended.notes:
            self._draft.add(Role.COMMENT, note)
        if any(each.ends_page for each in chain[:1]):
            self._draft.add_break()

    def _add_words(self, ended: _Paragraph, names: list[str]) -> None:
        depth = ended.depth or self._styles.depth_of(ended.style)
        if any(map(is_title, names)) and not self._draft.pieces:
            self._draft.set_field("Title", "".join(run.text for run in ended.runs))
        elif any(map(is_contents, names)):
            self._draft.lose(Loss.CONTENTS)
        elif depth:
            plain = [Run(run.text) for run in ended.runs]
            self._draft.add(Role.HEADING, with_sign(plain, ended.sign, is_heading=True), depth)
        elif ended.sign and not is_dash(ended.sign):
            self._draft.lose(Loss.LIST)
            self._draft.add(Role.ITEM, with_sign(ended.runs, ended.sign))
        else:
            role = Role.QUOTE if any(map(is_quote, names)) else Role.PARAGRAPH
            chain = self._styles.chain(ended.style)
            if next((each.is_centred for each in chain if each.is_centred is not None), False):
                self._draft.lose_place(role, ended.runs)
            self._draft.add(role, with_sign(ended.runs, ended.sign))


def _count(text: str) -> int:
    return min(_MOST_SPACES, int(text)) if text.isdigit() else 1
