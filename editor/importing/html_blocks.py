"""From a tree of HTML to the pieces of a draft: paragraphs, headings, quotations, breaks; slant and weight as emphasis."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from editor.importing.css_looks import Look, is_hidden, parse_classes, parse_look
from editor.importing.draft import Draft, Loss, Rank, Role, Run
from editor.importing.html_tree import Node

_SKIPPED = frozenset(
    [
        "head",
        "title",
        "style",
        "noscript",
        "template",
        "nav",
        "select",
        "option",
        "button",
        "textarea",
        "input",
        "form",
        "svg",
        "math",
        "iframe",
        "object",
        "audio",
        "video",
        "canvas",
    ]
)
_LOST = {
    **dict.fromkeys(("img", "svg", "canvas", "picture"), Loss.IMAGE),
    **dict.fromkeys(("script",), Loss.SCRIPT),
    **dict.fromkeys(("iframe", "object", "embed", "audio", "video"), Loss.EMBEDDED),
    "table": Loss.TABLE,
}
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "header",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
_HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
_LOOKS = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), Look(emphasis=True)),
    **dict.fromkeys(("strong", "b"), Look(strong=True)),
}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_OWN_HEADINGS = {"part": Rank.PART}


@dataclass(frozen=True, slots=True)
class _Setting:
    """What holds for the characters of an element: their look, the role of their paragraph, and how white space counts."""

    look: tuple[bool, bool] = (False, False)
    role: Role = Role.PARAGRAPH
    level: int = 0
    is_verbatim: bool = False


class HtmlBlocks:
    """Adds the content of elements to a draft."""

    def __init__(self, draft: Draft, classes: Mapping[str, Look] | None = None) -> None:
        """`classes` are the looks of the classes of a style sheet."""
        self._draft = draft
        self._classes = dict(classes or {})
        self._runs: list[Run] = []
        self._is_gap = False

    def add_page(self, root: Node) -> None:
        """Add a whole page, with the looks of its style sheets."""
        for sheet in root.find_all(tag="style"):
            self._classes |= parse_classes(
                "".join(child for child in sheet.children if isinstance(child, str))
            )
        self.add(root)

    def add(self, node: Node, role: Role = Role.PARAGRAPH) -> None:
        """Add what is in an element, as paragraphs of a role."""
        setting = _Setting(role=role)
        self._enter(node, setting)
        self._end_block(setting)

    def _enter(self, node: Node, setting: _Setting) -> None:
        for child in node.children:
            if isinstance(child, str):
                self._add_text(child, setting)
            else:
                self._add_node(child, setting)

    def _add_text(self, text: str, setting: _Setting) -> None:
        if not setting.is_verbatim:
            text = _SPACE.sub(" ", text)
        self._is_gap = self._is_gap or "\u00a0" in text
        self._runs.append(Run(text, *setting.look))

    def _add_node(self, node: Node, setting: _Setting) -> None:
        tag = node.tag
        if tag in _LOST:
            self._draft.lose(_LOST[tag])
        if tag in _SKIPPED or tag == "script" or "hidden" in node.attributes or is_hidden(self._style(node)):
            return
        if tag == "br":
            self._runs.append(Run("\n"))
        elif tag == "hr" or node.attributes.get("role") == "separator":
            self._end_block(setting)
            self._draft.add_break()
        elif tag in _HEADINGS:
            self._add_heading(node, setting)
        elif tag in _BLOCKS:
            self._add_block(node, setting)
        else:
            if tag == "a" and node.attributes.get("href", "#")[:1] != "#":
                self._draft.lose(Loss.LINK)
            self._enter(node, self._styled(node, setting))

    def _add_heading(self, node: Node, setting: _Setting) -> None:
        self._end_block(setting)
        title = node.text()
        if "title" in node.classes and node.tag == "h1":
            self._draft.set_field("Title", title)
            return
        level = next(
            (_OWN_HEADINGS[name] for name in node.classes if name in _OWN_HEADINGS), _HEADINGS[node.tag]
        )
        inside = replace(setting, role=Role.HEADING, level=level)
        self._enter(node, inside)
        self._end_block(inside)

    def _add_block(self, node: Node, setting: _Setting) -> None:
        tag = node.tag
        if tag in {"td", "th"}:
            self._enter(node, setting)
            self._runs.append(Run("\t"))
            return
        self._end_block(setting)
        if tag == "p" and self._add_own_front(node):
            return
        inside = self._styled(node, setting)
        if tag == "blockquote":
            inside = replace(inside, role=Role.QUOTE)
        elif tag == "aside":
            inside = replace(inside, role=Role.NOTE)
        elif tag == "pre" or "verse" in node.classes:
            inside = replace(inside, role=Role.VERSE, is_verbatim=tag == "pre")
        self._enter(node, inside)
        self._end_block(inside, is_paragraph=tag == "p")

    def _add_own_front(self, node: Node) -> bool:
        """Take what our own pages have below their title as fields of the story header; say whether it was that."""
        if "byline" in node.classes:
            self._draft.set_field("Author", node.text())
            return True
        if "fields" not in node.classes:
            return False
        key = ""
        value: list[str] = []
        for child in [*node.children, Node("br")]:
            if isinstance(child, Node) and child.tag == "br":
                self._draft.set_field(key or "Note", "".join(value))
                key, value = "", []
            elif isinstance(child, Node) and child.tag == "strong" and not value:
                key = child.text().rstrip(":")
            else:
                value.append(child if isinstance(child, str) else child.text())
        return True

    def _style(self, node: Node) -> str:
        return node.attributes.get("style", "").lower()

    def _styled(self, node: Node, setting: _Setting) -> _Setting:
        """Return what holds inside an element: its tag's look, its classes', its own, the later ones winning."""
        looks = [_LOOKS[node.tag]] if node.tag in _LOOKS else []
        if self._classes and "class" in node.attributes:
            looks += [self._classes[name] for name in sorted(node.classes) if name in self._classes]
        looks.append(parse_look(self._style(node)))
        emphasis, strong = setting.look
        for look in looks:
            emphasis = emphasis if look.emphasis is None else look.emphasis
            strong = strong if look.strong is None else look.strong
        if node.tag in {"p", "div", "blockquote", "body", "section", "article"}:
            strong = setting.look[1]  # a heavy paragraph is a matter of design
        return setting if (emphasis, strong) == setting.look else replace(setting, look=(emphasis, strong))

    def _end_block(self, setting: _Setting, *, is_paragraph: bool = False) -> None:
        """End the paragraph that is open."""
        runs, self._runs = self._runs, []
        is_gap, self._is_gap = self._is_gap, False
        if any(not run.text.isspace() for run in runs if run.text):
            self._draft.add(setting.role, runs, setting.level)
        elif is_paragraph and (is_gap or not runs or any(run.text == "\n" for run in runs)):
            self._draft.add_gap()
