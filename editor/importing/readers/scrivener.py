"""Scrivener projects (version 3, and the older layout): the Draft folder in binder order, nothing else.

Folders become parts and chapters, texts become scenes; titles, synopses, labels and statuses become facts of the scene, notes
private notes. Snapshots, research and the trash stay where they are.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from editor.importing.draft import Draft, Loss, Piece, Rank, Role, Run
from editor.importing.html_tree import decode_html
from editor.importing.readers.rtf import read as read_rtf
from editor.importing.refusal import DAMAGED, Refusal
from editor.importing.sources import Parts
from editor.importing.xml_parts import find_in, parse_tree, text_in

_INLINE = re.compile(
    r"\{?\\Scrv_(?P<kind>annot|fn)(?:=|\s|\\color=\{[^{}]*\}|\\text=)*(?P<text>.*?)\\end_Scrv_(?P=kind)\}?"
    r"|<!?\$Scr\w{1,40}(?:::\d{1,4})?>",
    re.DOTALL,
)


def read(parts: Parts) -> Draft:
    """Return the draft of a project; raise Refusal."""
    index = next(name for name in parts.names if name.endswith(".scrivx"))
    tree = parse_tree(parts.read(index))
    project = _Project(parts, index.rpartition("/")[0], tree)
    binder = find_in(tree, "Binder")
    if binder is None:
        raise Refusal(DAMAGED)
    for item in binder:
        if item.get("Type") == "DraftFolder":
            project.add_children(item)
        else:
            project.draft.lose(
                Loss.DOCUMENT, sum(each.get("Type") == "Text" for each in item.iter("BinderItem"))
            )
    return project.draft


class _Project:
    def __init__(self, parts: Parts, folder: str, tree: Element) -> None:
        self.draft = Draft()
        self._parts, self._names = parts, set(parts.names)
        self._folder = f"{folder}/" if folder else ""
        self._labels = {each.get("ID", ""): each.text or "" for each in tree.iter("Label")}
        self._says_what_is_in = any(each.text == "Yes" for each in tree.iter("IncludeInCompile"))
        self._statuses = {each.get("ID", ""): each.text or "" for each in tree.iter("Status")}

    def add_children(self, item: Element) -> None:
        """Add what is in a folder of the binder."""
        for child in _children(item):
            self._add(child)

    def _add(self, item: Element) -> None:
        inside = list(_children(item))
        title = " ".join(text_in(item, "Title").split())
        is_folder = item.get("Type") == "Folder"
        if is_folder:
            holds_folders = any(child.get("Type") == "Folder" for child in inside)
            self.draft.add(Role.HEADING, title or "Untitled", Rank.PART if holds_folders else Rank.CHAPTER)
        else:
            self.draft.add_break()
            self.draft.add_fact("title", title)
        self._add_facts(item)
        text = self._text_of(item, "content.rtf", ".rtf")
        if text is not None:
            self.draft.losses += text.losses
            self.draft.pieces += [piece for each in text.pieces for piece in _without_codes(each)]
        self._add_remarks(item)
        notes = self._text_of(item, "notes.rtf", "_notes.rtf")
        if notes is not None:
            for piece in notes.pieces:
                self.draft.add(Role.COMMENT, piece.text)
        for child in inside:
            self._add(child)

    def _add_facts(self, item: Element) -> None:
        self.draft.add_fact("synopsis", self._plain(item, "synopsis.txt", "_synopsis.txt"))
        label, status = text_in(item, "MetaData", "LabelID"), text_in(item, "MetaData", "StatusID")
        if label not in {"", "-1", "0"}:
            self.draft.add_fact("label", self._labels.get(label, ""))
        if status not in {"", "-1", "0"}:
            self.draft.add_fact("status", self._statuses.get(status, ""))
        is_in = text_in(item, "MetaData", "IncludeInCompile")
        if item.get("Type") != "Folder" and is_in != "Yes" and (is_in == "No" or self._says_what_is_in):
            self.draft.add_fact("export", "no")

    def _add_remarks(self, item: Element) -> None:
        """Add the comments and footnotes that stand beside the text as private notes below it."""
        found = self._name(item, "content.comments", ".comments")
        if found not in self._names:
            return
        for remark in parse_tree(self._parts.read(found)).iter("Comment"):
            is_footnote = remark.get("Footnote") == "Yes"
            text = (remark.text or "").strip()
            words = read_rtf(text.encode("utf-8")) if text.startswith("{\\rtf") else Draft()
            said = " ".join(piece.text for piece in words.pieces) or text
            self.draft.add(Role.COMMENT, f"{'Footnote' if is_footnote else 'Comment'}: {said}")
            self.draft.lose(Loss.FOOTNOTE if is_footnote else Loss.REMARK)

    def _name(self, item: Element, name: str, old: str) -> str:
        new = f"{self._folder}Files/Data/{item.get('UUID', '')}/{name}"
        return new if new in self._names else f"{self._folder}Files/Docs/{item.get('ID', '')}{old}"

    def _plain(self, item: Element, name: str, old: str) -> str:
        found = self._name(item, name, old)
        return decode_html(self._parts.read(found)) if found in self._names else ""

    def _text_of(self, item: Element, name: str, old: str) -> Draft | None:
        found = self._name(item, name, old)
        if found not in self._names:
            return None
        data = self._parts.read(found)
        if not data.lstrip().startswith(b"{\\rtf"):
            self.draft.lose(Loss.UNREADABLE)
            return None
        return read_rtf(data)


def _children(item: Element) -> Iterator[Element]:
    inside = find_in(item, "Children")
    return iter([] if inside is None else [child for child in inside if child.tag == "BinderItem"])


def _without_codes(piece: Piece) -> list[Piece]:
    """Take Scrivener's own codes out of a piece; annotations and footnotes among them become private notes below it."""
    text = piece.text
    if "\\Scrv_" not in text and "$Scr" not in text:
        return [piece]
    cleaned = Draft()
    runs: list[Run] = []
    notes = []
    position = 0
    for match in _INLINE.finditer(text):
        runs += _cut(piece.runs, position, match.start())
        position = match.end()
        if match["kind"]:
            notes.append(f"{'Footnote' if match['kind'] == 'fn' else 'Comment'}: {match['text'].strip()}")
    cleaned.add(piece.role, runs + _cut(piece.runs, position, len(text)), piece.level)
    for note in notes:
        cleaned.add(Role.COMMENT, note)
    return cleaned.pieces


def _cut(runs: tuple[Run, ...], start: int, end: int) -> list[Run]:
    """Return the characters from `start` to `end` of some runs."""
    cut, position = [], 0
    for run in runs:
        piece = run.text[max(0, start - position) : max(0, end - position)]
        cut.append(run._replace(text=piece))
        position += len(run.text)
    return cut
