"""From a tree of HTML to the pieces of a draft: paragraphs, headings, quotations, lists, breaks; slant and weight as emphasis."""

import re
from dataclasses import dataclass, replace

from editor.importing.css_looks import (
    NOTHING,
    CssLook,
    Looks,
    look_of_classes,
    over,
    parse_classes,
    parse_look,
)
from editor.importing.draft import Draft, Loss, Rank, Role, Run
from editor.importing.html_tags import (
    BLOCKS,
    CONTENTS,
    HEADINGS,
    LOOKS,
    LOST,
    OWN_LINES,
    QUOTES,
    SKIPPED,
    TITLES,
)
from editor.importing.html_tree import Node
from editor.importing.list_signs import BULLET, is_dash, number_text, split_sign, tidy_sign, with_sign

_SPACE = re.compile(r"[ \t\n\r\f]+")
_NEW_PAGE = re.compile(r"(?:page-break|break)-before\s*:\s*(?:always|page|left|right)")
_RULE_BELOW = re.compile(r"border-bottom\s*:(?!\s*(?:none|0))")
_SIGN = re.compile(r"mso-list\s*:\s*ignore")
_OWN_HEADINGS = {"part": Rank.PART}


@dataclass(slots=True)
class _List:
    """A list that is open: how it counts, "" if it does not, and the number that comes next."""

    kind: str
    number: int = 1

    def next_sign(self, item: Node) -> str:
        if not self.kind:
            return BULLET
        said = item.attributes.get("value", "")
        self.number = int(said) if said.isdigit() and len(said) < 6 else self.number
        self.number += 1
        return f"{number_text(self.number - 1, self.kind)}."


@dataclass(frozen=True, slots=True)
class _Setting:
    """What holds for the characters of an element: their look, the role of their paragraph, and how white space counts."""

    look: CssLook = NOTHING
    role: Role = Role.PARAGRAPH
    level: int = 0
    is_verbatim: bool = False
    is_link: bool = False
    list: _List | None = None


class HtmlBlocks:
    """Adds the content of elements to a draft."""

    def __init__(self, draft: Draft, classes: Looks | None = None, *, shows_signs: bool = True) -> None:
        """`classes` are the looks of the classes of a style sheet; `shows_signs`: lists get their bullets and numbers."""
        self._draft = draft
        self._classes = dict(classes or {})
        self._shows_signs = shows_signs
        self._runs: list[Run] = []
        self._notes: list[str] = []
        self._sign = ""
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
        look, is_blank = setting.look, not text.strip()
        is_underlined = bool(look.is_underlined) and not setting.is_link and setting.role is not Role.HEADING
        if not is_blank:
            losses = {
                Loss.HIDDEN: look.is_hidden,
                Loss.UNDERLINE: is_underlined,
                Loss.STRUCK: look.is_struck,
                Loss.LETTERS: look.is_small and not setting.is_link,
            }
            self._draft.lose_in_passage(
                {Loss.HIDDEN} if look.is_hidden else (loss for loss, is_lost in losses.items() if is_lost)
            )
        if not look.is_hidden:
            self._runs.append(Run(text, bool(look.emphasis) or is_underlined, bool(look.strong)))

    def _add_node(self, node: Node, setting: _Setting) -> None:
        tag = node.tag
        style = self._style(node)
        if tag in LOST:
            self._draft.lose(LOST[tag])
        if tag == "#note":
            self._notes.append(node.attributes["words"])
        if tag in SKIPPED or ("hidden" in node.attributes and tag != "hr"):
            return
        if style and _NEW_PAGE.search(style):
            self._break(setting)
        if tag == "br":
            self._runs.append(Run("\n"))
        elif tag == "hr" or node.attributes.get("role") == "separator":
            self._break(setting)
        elif tag in HEADINGS:
            self._add_heading(node, setting)
        elif tag in BLOCKS:
            self._add_block(node, setting)
        elif style and _SIGN.search(style):
            self._sign = tidy_sign(node.text())
        else:
            self._add_inline(node, setting)

    def _add_inline(self, node: Node, setting: _Setting) -> None:
        inside = self._styled(node, setting)
        if node.tag == "a" and "href" in node.attributes:
            inside = replace(inside, is_link=True)
            self._draft.lose(Loss.LINK, node.attributes["href"][:1] not in {"#", ""})
        is_reading = node.tag == "rt" and bool(node.text())
        if is_reading:
            self._runs.append(Run("("))
        self._enter(node, inside)
        if is_reading:
            self._runs.append(Run(")"))

    def _break(self, setting: _Setting) -> None:
        self._end_block(setting)
        self._draft.add_break()

    def _add_heading(self, node: Node, setting: _Setting) -> None:
        self._end_block(setting)
        title = node.text()
        if "title" in node.classes and node.tag == "h1":
            self._draft.set_field("Title", title)
            return
        level = next(
            (_OWN_HEADINGS[name] for name in node.classes if name in _OWN_HEADINGS), HEADINGS[node.tag]
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
        if not (
            tag == "p" and self._sign and not self._has_words()
        ):  # the first paragraph of an item has its sign
            self._end_block(setting)
        if (tag == "p" and self._add_own_front(node)) or self._is_aside_of_the_page(node):
            return
        inside = self._inside_block(node, self._styled(node, setting))
        self._enter(node, inside)
        is_ruled = bool(_RULE_BELOW.search(self._style(node))) and not self._has_words()
        self._end_block(inside, is_paragraph=tag == "p" and not is_ruled)
        if tag == "li":
            self._sign = ""
        if is_ruled and not node.text():
            self._draft.add_break()

    def _inside_block(self, node: Node, inside: _Setting) -> _Setting:
        """Return what holds in a block for its tag and classes."""
        tag = node.tag
        if tag == "blockquote" or node.classes & QUOTES:
            return replace(inside, role=Role.QUOTE)
        if tag == "aside":
            return replace(inside, role=Role.NOTE)
        if any(name.startswith("MsoListParagraph") for name in node.classes):
            return replace(inside, role=Role.ITEM)
        if tag == "pre" or "verse" in node.classes:
            return replace(inside, role=Role.VERSE, is_verbatim=tag == "pre")
        if tag in {"ul", "ol"}:
            start = node.attributes.get("start", "1")
            kind = (node.attributes.get("type") or "1") if tag == "ol" else ""
            return replace(inside, list=_List(kind, int(start) if start.isdigit() and len(start) < 6 else 1))
        if tag == "li" and inside.list is not None and self._shows_signs:
            self._sign = inside.list.next_sign(node)
        return inside

    def _is_aside_of_the_page(self, node: Node) -> bool:
        """Say whether a block is no part of the text; take note of it if so."""
        if node.classes & CONTENTS:
            self._draft.lose(Loss.CONTENTS)
            return True
        if node.tag == "div" and node.attributes.get("title") in {"header", "footer"}:  # LibreOffice
            self._draft.lose(Loss.HEADER)
            return True
        return False

    def _add_own_front(self, node: Node) -> bool:
        """Take what our own pages, and documents saved as pages, have on top as fields of the header; say whether it was."""
        if node.classes & TITLES and all(piece.role is not Role.HEADING for piece in self._draft.pieces[:9]):
            is_first = all(key != "Title" for key, _value in self._draft.fields)
            self._draft.set_field("Title", node.text())
            return is_first and bool(node.text())
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
        look = over(setting.look, LOOKS[node.tag]) if node.tag in LOOKS else setting.look
        if self._classes and "class" in node.attributes:
            look = over(look, look_of_classes(self._classes, node.tag, node.classes))
        if "style" in node.attributes:
            look = over(look, parse_look(self._style(node)))
        if node.tag == "center" or (node.tag in OWN_LINES and "align" in node.attributes):
            is_centred = node.tag == "center" or node.attributes["align"] in {"center", "right"}
            look = look._replace(is_centred=is_centred)
        if setting.look.is_hidden:
            look = look._replace(is_hidden=True)
        if node.classes & QUOTES:
            look = look._replace(emphasis=setting.look.emphasis)
        if node.tag in OWN_LINES:
            look = look._replace(strong=setting.look.strong, is_underlined=setting.look.is_underlined)
        return setting if look == setting.look else replace(setting, look=look)

    def _has_words(self) -> bool:
        return any(not run.text.isspace() for run in self._runs if run.text)

    def _end_block(self, setting: _Setting, *, is_paragraph: bool = False) -> None:
        """End the paragraph that is open."""
        is_gap, self._is_gap = self._is_gap, False
        if self._has_words():
            self._add_words(setting)
        elif is_paragraph and (is_gap or not self._runs or any(run.text == "\n" for run in self._runs)):
            self._draft.add_gap()
        self._runs = []
        for words in self._notes:
            self._draft.add(Role.COMMENT, words)
        self._notes = []

    def _add_words(self, setting: _Setting) -> None:
        runs, role = self._runs, setting.role
        sign, self._sign = self._sign, ""
        if role is Role.ITEM and not sign:
            sign, runs = split_sign(runs)
        if role is Role.HEADING and all(run.strong or not run.text.strip() for run in runs):
            runs = [run._replace(strong=False) for run in runs]
        if role in {Role.PARAGRAPH, Role.ITEM}:
            role = Role.ITEM if sign and not is_dash(sign) else Role.PARAGRAPH
            self._draft.lose(Loss.LIST, role is Role.ITEM)
        if setting.look.is_centred:
            self._draft.lose_place(role, runs)
        self._draft.add(role, with_sign(runs, sign), setting.level)
