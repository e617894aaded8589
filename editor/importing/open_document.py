"""The body of an OpenDocument text (LibreOffice, FocusWriter and others), heard as a stream."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from editor.importing.css_looks import Look
from editor.importing.draft import Draft, Loss, Role, Run

_MOST_SPACES = 1000
_SKIPPED = {
    "text:tracked-changes": None,
    "text:table-of-content": Loss.CONTENTS,
    "text:note-citation": None,
    "office:scripts": None,
    "office:forms": None,
    "dc:date": None,
    "date": None,
    "text:sequence-decls": None,
    "text:variable-decls": None,
}
_COUNTED = {
    "draw:image": Loss.IMAGE,
    "draw:object": Loss.EMBEDDED,
    "draw:plugin": Loss.EMBEDDED,
    "table:table": Loss.TABLE,
    "text:a": Loss.LINK,
    "text:deletion": Loss.DELETION,
    "text:insertion": Loss.INSERTION,
    "script:event-listener": Loss.MACRO,
}
_ASIDES = {"text:note": (Loss.FOOTNOTE, "Footnote"), "office:annotation": (Loss.REMARK, "Comment")}
_SIGNS = {"text:tab": "\t", "text:line-break": "\n"}


@dataclass(slots=True)
class OdfStyle:
    """A style: what it is based on, its look, whether it starts a page, its outline depth (0: none)."""

    name: str = ""
    parent: str = ""
    look: Look = field(default_factory=Look)
    starts_page: bool = False
    depth: int = 0


class OdfListener:
    """Gathers styles, and adds the paragraphs below `office:text` to a draft."""

    def __init__(self, draft: Draft, styles: dict[str, OdfStyle]) -> None:
        """`styles` are those known already; those that come are added to them."""
        self._draft, self._styles = draft, styles
        self._style: OdfStyle | None = None
        self._in_text = False
        self._skipped = 0
        self._paragraphs: list[tuple[str, int, list[Run], list[str]]] = []
        self._looks: list[tuple[bool, bool]] = [(False, False)]
        self._asides: list[tuple[str, list[str]]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._skipped or name in _SKIPPED:
            self._skip(name)
        elif name in _COUNTED:
            self._draft.lose(_COUNTED[name])
        elif name == "office:text":
            self._in_text = True
        elif not self._in_text:
            self._start_style(name, attributes)
        elif name in _ASIDES:
            self._asides.append((_ASIDES[name][1], []))
            self._draft.lose(_ASIDES[name][0])
        elif name in {"text:p", "text:h"}:
            self._start_paragraph(name, attributes)
        elif name == "text:span":
            self._looks.append(self._with_look(attributes.get("text:style-name", "")))
        elif name in _SIGNS:
            self._add(_SIGNS[name])
        elif name == "text:s":
            count = attributes.get("text:c", "1")
            self._add(" " * min(_MOST_SPACES, int(count) if count.isdigit() else 1))

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "style:style":
            self._style = None
        elif name == "text:span" and len(self._looks) > 1:
            self._looks.pop()
        elif name in {"text:p", "text:h"} and self._paragraphs and not self._asides:
            self._end_paragraph()
        elif name in _ASIDES and self._asides:
            label, words = self._asides.pop()
            text = " ".join("".join(words).split())
            if self._paragraphs and text:
                self._paragraphs[-1][3].append(f"{label}: {text}")
        elif name == "table:table-cell" and self._paragraphs:
            self._paragraphs[-1][2].append(Run("\t"))

    def data(self, text: str) -> None:
        if not self._skipped and self._in_text:
            self._add(text.replace("\n", " "))

    def _add(self, text: str) -> None:
        if self._asides:
            self._asides[-1][1].append(text)
        elif self._paragraphs:
            self._paragraphs[-1][2].append(Run(text, *self._looks[-1]))

    def _skip(self, name: str) -> None:
        if name in _COUNTED and name in {"text:deletion", "text:insertion"}:
            self._draft.lose(_COUNTED[name])
        if not self._skipped and (loss := _SKIPPED[name]) is not None:
            self._draft.lose(loss)
        self._skipped += 1

    # --- styles

    def _start_style(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style:style":
            label = attributes.get("style:display-name") or attributes.get("style:name", "").replace(
                "_20_", " "
            )
            depth = attributes.get("style:default-outline-level", "")
            self._style = OdfStyle(
                label.lower(),
                attributes.get("style:parent-style-name", ""),
                depth=int(depth) if depth.isdigit() else 0,
            )
            self._styles[attributes.get("style:name", "")] = self._style
        elif self._style is None:
            return
        elif name == "style:text-properties":
            slant, weight = attributes.get("fo:font-style"), attributes.get("fo:font-weight")
            line = attributes.get("style:text-underline-style", "none")
            self._style.look = Look(
                slant in {"italic", "oblique"} if slant else True if line != "none" else None,
                weight in {"bold", "600", "700", "800", "900"} if weight else None,
            )
        elif name == "style:paragraph-properties":
            self._style.starts_page = attributes.get("fo:break-before") == "page"

    def _chain(self, name: str) -> list[OdfStyle]:
        """Return a style and those that it is based on, nearest first."""
        chain: list[OdfStyle] = []
        while name in self._styles and len(chain) < 20:
            chain.append(self._styles[name])
            name = chain[-1].parent
        return chain

    def _with_look(self, name: str) -> tuple[bool, bool]:
        emphasis, strong = self._looks[-1]
        for style in reversed(self._chain(name)):
            emphasis = emphasis if style.look.emphasis is None else style.look.emphasis
            strong = strong if style.look.strong is None else style.look.strong
        return emphasis, strong

    # --- paragraphs

    def _start_paragraph(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._asides:
            self._asides[-1][1].append(" ")
            return
        style = attributes.get("text:style-name", "")
        depth = attributes.get("text:outline-level", "1") if name == "text:h" else "0"
        self._paragraphs.append((style, int(depth) if depth.isdigit() else 1, [], []))
        names = [each.name for each in self._chain(style)]
        is_plain = depth != "0" or "title" in names or any("quot" in each for each in names)
        self._looks.append((False, False) if is_plain else self._with_look(style))

    def _end_paragraph(self) -> None:
        style, depth, runs, notes = self._paragraphs.pop()
        self._looks[1:] = self._looks[1:-1]
        chain = self._chain(style)
        names = [each.name for each in chain]
        depth = depth or next((each.depth for each in chain if each.depth), 0)
        if any(each.starts_page for each in chain[:1]):
            self._draft.add_break()
        text = "".join(run.text for run in runs)
        if not text.strip():
            self._draft.add_gap()
        elif "title" in names and not self._draft.pieces:
            self._draft.set_field("Title", text)
        elif depth:
            self._draft.add(Role.HEADING, text, depth)
        else:
            is_quote = any("quot" in each for each in names)
            self._draft.add(Role.QUOTE if is_quote else Role.PARAGRAPH, runs)
        for note in notes:
            self._draft.add(Role.COMMENT, note)
