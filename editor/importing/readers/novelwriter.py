"""novelWriter projects: the documents of the novel, in the order of the project tree.

`# ` opens a part, `## ` a chapter, `### ` a scene, whose title becomes a fact; so do `@pov` and `%Synopsis:`. Other tags and
comments become private notes.
"""

import re

from editor.importing.draft import Draft, Loss, Rank, Role
from editor.importing.html_tree import decode_html
from editor.importing.marks import read_marks
from editor.importing.sources import Parts
from editor.importing.xml_parts import parse_tree, text_in

_SUFFIXES = (".md", ".nwd")
"""Of the documents, since 2026 and before."""

_HEADING = re.compile(r"(#{1,4})(!?) (.*)")
_FACT = re.compile(r"%[ ~]*(synopsis|short|summary)\s*:\s*(.*)", re.IGNORECASE)
_CODE = re.compile(r"\[(/?)([ibu])\]", re.IGNORECASE)
_OTHER_CODES = re.compile(r"\[/?(?:s|m|sup|sub)\]", re.IGNORECASE)
_REFERENCE = re.compile(r"\[(footnote|field):[^\]]{1,40}\]", re.IGNORECASE)
_SPACING = re.compile(r"\[(?:new ?page|vspace(?::\d+)?)\]", re.IGNORECASE)
_STRUCK = re.compile(r"~~(?=\S)(.+?)~~")
_HIGHLIGHT = re.compile(r"==(?=\S)(.+?)==")
_ALIGNED = re.compile(r"^(?:>{1,2}\s?)?(.*?)(?:\s?<{1,2})?$")
_ABOUT = re.compile(r"\+\+\+\n(?:[^\n]*\n)*?\+\+\+(?:\n|$)")
"""What a document says of itself above its text, since 2026."""


def read(parts: Parts) -> Draft:
    """Return the draft of a project; raise Refusal."""
    tree = parse_tree(parts.read("nwProject.nwx"))
    draft = Draft()
    draft.set_field("Title", text_in(tree, "project", "name") or text_in(tree, "project", "title"))
    draft.set_field("Author", text_in(tree, "project", "author"))
    for item in tree.iter("item"):
        about = {key: item.get(key) or text_in(item, key) for key in ("type", "class", "layout", "handle")}
        if about["type"].upper() != "FILE":
            continue
        names = [f"content/{about['handle']}{suffix}" for suffix in _SUFFIXES]
        name = next((each for each in names if each in parts.names), None)
        if about["class"].upper() != "NOVEL" or about["layout"].upper() == "NOTE":
            draft.lose(Loss.DOCUMENT)
        elif name is None:
            draft.lose(Loss.UNREADABLE)
        else:
            add_document(draft, decode_html(parts.read(name)))
    return draft


def add_document(draft: Draft, text: str) -> None:
    """Add the pieces of one document."""
    paragraph: list[str] = []
    text = text.replace("\r\n", "\n")
    about = _ABOUT.match(text)
    for line in [*text[about.end() if about else 0 :].split("\n"), ""]:
        is_text = bool(line.strip()) and line[0] not in "%@#" and not _SPACING.fullmatch(line.strip())
        if is_text:
            paragraph.append(line)
            continue
        if paragraph:
            _add_paragraph(draft, paragraph)
            paragraph = []
        _add_line(draft, line)


def _add_paragraph(draft: Draft, lines: list[str]) -> None:
    text = "\n".join(_ALIGNED.sub(r"\1", line.strip()) for line in lines)
    text = _REFERENCE.sub("", text)  # what a footnote says stands below, as a comment
    text, struck = _STRUCK.subn(r"\1", text)
    text, highlights = _HIGHLIGHT.subn(r"\1", text)
    draft.lose(Loss.STRUCK, struck)
    draft.lose(Loss.HIGHLIGHT, highlights)
    text = _OTHER_CODES.sub("", _CODE.sub(_as_tag, text)).replace("[br]", "\n")
    draft.add(Role.PARAGRAPH, read_marks(text))


def _as_tag(match: re.Match[str]) -> str:
    return f"<{match[1]}{'b' if match[2].lower() == 'b' else 'i'}>"


def _add_line(draft: Draft, line: str) -> None:
    """Add a line that is no text: a heading, a tag, a comment."""
    if (heading := _HEADING.fullmatch(line.strip())) is not None:
        _add_heading(draft, len(heading[1]), heading[2], heading[3].strip())
    elif line.startswith("%%~"):
        return
    elif (fact := _FACT.fullmatch(line.strip())) is not None:
        draft.add_fact("synopsis", fact[2])
    elif line.lower().startswith("@pov:"):
        draft.add_fact("pov", line[5:])
    elif line.startswith("@"):
        draft.add(Role.COMMENT, line.strip())
    elif line.startswith("%"):
        draft.add(Role.COMMENT, line.lstrip("%~ ").rstrip())
    elif line.strip():
        draft.add_break()


def _add_heading(draft: Draft, signs: int, is_special: str, title: str) -> None:
    if signs == 1 and is_special:
        draft.set_field("Title", title)
    elif signs <= 2:
        draft.add(Role.HEADING, title, Rank.PART if signs == 1 else Rank.CHAPTER)
    else:
        draft.add_break()
        draft.add_fact("title", title)
