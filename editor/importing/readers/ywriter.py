"""yWriter 7 projects (.yw7): chapters and scenes in order, with descriptions, statuses and points of view as facts."""

import re
from xml.etree.ElementTree import Element

from editor.importing.draft import Draft, Loss, Rank, Role, Run
from editor.importing.xml_parts import find_in, parse_tree, text_in

_STATUSES = {"1": "outline", "2": "draft", "3": "first edit", "4": "second edit", "5": "done"}
_CODE = re.compile(
    r"\[(/?)([ibus])\]|\[/?(?:c|r|h\d|lang=[\w-]{1,12}|/lang[^\]]{0,12})\]|/\*(.*?)\*/",
    re.IGNORECASE | re.DOTALL,
)


def read(data: bytes) -> Draft:
    """Return the draft of a project; raise Refusal."""
    tree = parse_tree(data)
    draft = Draft()
    project = find_in(tree, "PROJECT")
    if project is not None:
        draft.set_field("Title", text_in(project, "Title"))
        draft.set_field("Author", text_in(project, "AuthorName"))
        draft.set_field("Summary", text_in(project, "Desc"))
    scenes = {text_in(scene, "ID"): scene for scene in tree.iter("SCENE")}
    people = {text_in(person, "ID"): text_in(person, "Title") for person in tree.iter("CHARACTER")}
    chapters = find_in(tree, "CHAPTERS")
    for chapter in [] if chapters is None else chapters:
        kind = text_in(chapter, "ChapterType") or text_in(chapter, "Type")
        if text_in(chapter, "Unused") == "-1" or kind in {"1", "2"}:
            draft.lose(Loss.DOCUMENT)
            continue
        is_part = text_in(chapter, "SectionStart") == "-1"
        draft.add(Role.HEADING, text_in(chapter, "Title"), Rank.PART if is_part else Rank.CHAPTER)
        draft.add(Role.COMMENT, text_in(chapter, "Desc"))
        inside = find_in(chapter, "Scenes")
        for reference in [] if inside is None else inside:
            scene = scenes.get((reference.text or "").strip())
            if scene is None:
                draft.lose(Loss.UNREADABLE)
            else:
                _add_scene(draft, scene, people)
    return draft


def _add_scene(draft: Draft, scene: Element, people: dict[str, str]) -> None:
    draft.add_break()
    draft.add_fact("title", text_in(scene, "Title"))
    draft.add_fact("synopsis", text_in(scene, "Desc"))
    draft.add_fact("pov", people.get(text_in(scene, "Characters", "CharID"), ""))
    draft.add_fact("status", _STATUSES.get(text_in(scene, "Status"), ""))
    if text_in(scene, "Unused") == "-1":
        draft.add_fact("export", "no")
    _add_text(draft, text_in(scene, "SceneContent"))
    draft.add(Role.COMMENT, text_in(scene, "Notes"))


def _add_text(draft: Draft, text: str) -> None:
    """Add the paragraphs of a scene, one a line; a code may span several."""
    looks = {"i": False, "b": False, "u": False, "s": False}
    runs: list[Run] = []
    position = 0

    def add(piece: str) -> None:
        first, *others = piece.replace("\r\n", "\n").split("\n")
        runs.append(Run(first, looks["i"] or looks["u"], looks["b"]))
        for other in others:
            draft.add(Role.PARAGRAPH, runs)
            runs[:] = [Run(other, looks["i"] or looks["u"], looks["b"])]

    for match in _CODE.finditer(text):
        add(text[position : match.start()])
        position = match.end()
        if match[2]:
            looks[match[2].lower()] = not match[1]
        elif match[3]:
            draft.add(Role.COMMENT, match[3].strip())
            draft.lose(Loss.REMARK)
    add(text[position:])
    draft.add(Role.PARAGRAPH, runs)
