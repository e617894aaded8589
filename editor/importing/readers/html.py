"""Web pages: of a page saved from an archive of stories only the story, of any other page all of its text."""

from editor.importing.draft import Draft, Rank, Role
from editor.importing.html_blocks import HtmlBlocks
from editor.importing.html_tree import Node, decode_html, parse_html


def read(data: bytes) -> Draft:
    """Return the draft of a page."""
    return draft_of_page(parse_html(decode_html(data)))


def draft_of_page(root: Node) -> Draft:
    """Return the draft of a page that was read."""
    for story, read_story in (
        (root.find(id="workskin"), _read_ao3_page),
        (root.find(id="chapters") if root.find(id="preface") else None, _read_ao3_download),
        (root.find(id="storytext") or root.find(id="storycontent"), _read_fanfiction_page),
    ):
        if story is not None:
            return read_story(root, story)
    draft = Draft()
    HtmlBlocks(draft).add_page(root)
    author = next(
        (meta for meta in root.find_all(tag="meta") if meta.attributes.get("name") == "author"), None
    )
    if author is not None:
        draft.set_field("Author", author.attributes.get("content", ""))
    return draft


# --- a page of the Archive of Our Own, saved from the browser


def _read_ao3_page(_root: Node, skin: Node) -> Draft:
    draft = Draft()
    preface = next((node for node in skin.find_all(class_="preface") if "chapter" not in node.classes), skin)
    _set_field(draft, "Title", preface.find(tag="h2", class_="title"))
    _set_field(draft, "Author", preface.find(class_="byline"))
    for key, name in (("Summary", "summary"), ("Notes", "notes")):
        module = preface.find(class_=name)
        _set_field(draft, key, module.find(class_="userstuff") if module else None)
    chapters = skin.find(id="chapters") or skin
    parted = [node for node in chapters.find_all(class_="chapter") if "preface" not in node.classes]
    for chapter in parted or [chapters]:
        _add_ao3_chapter(draft, chapter)
    for end in skin.find_all(id="work_endnotes"):
        _add_notes(draft, end)
    return draft


def _add_ao3_chapter(draft: Draft, chapter: Node) -> None:
    title = chapter.find(tag="h3", class_="title")
    if title is not None:
        draft.add(Role.HEADING, title.text(), Rank.CHAPTER)
    for about in chapter.find_all(class_="summary"):
        _add_notes(draft, about, "Summary: ")
    for before in [node for node in chapter.find_all(class_="notes") if "end" not in node.classes]:
        _add_notes(draft, before)
    for text in chapter.find_all(class_="userstuff"):
        if text.tag == "div":
            _without_landmarks(text)
            HtmlBlocks(draft).add(text)
    for after in [node for node in chapter.find_all(class_="notes") if "end" in node.classes]:
        _add_notes(draft, after)


def _add_notes(draft: Draft, module: Node, label: str = "") -> None:
    stuff = module.find(class_="userstuff")
    if stuff is not None and label:
        draft.add(Role.NOTE, label + stuff.text())
    elif stuff is not None:
        HtmlBlocks(draft).add(stuff, Role.NOTE)


def _without_landmarks(text: Node) -> None:
    """Take out the headings that are there for screen readers only."""
    text.children = [
        child for child in text.children if isinstance(child, str) or "landmark" not in child.classes
    ]


# --- a story downloaded from the Archive of Our Own as a web page


def _read_ao3_download(root: Node, chapters: Node) -> Draft:
    draft = Draft()
    preface = root.find(id="preface") or root
    _set_field(draft, "Title", preface.find(tag="h1"))
    byline = preface.find(class_="byline")
    if byline is not None:
        draft.set_field("Author", byline.text().removeprefix("by "))
    label = ""
    meta = preface.find(class_="meta") or preface
    for child in meta.children:
        if isinstance(child, Node) and child.tag == "p":
            label = child.text()
        elif isinstance(child, Node) and child.tag == "blockquote" and label in {"Summary", "Notes"}:
            draft.set_field(label, child.text())
    stories = [child for child in chapters.children if isinstance(child, Node)]
    if not any("userstuff" in child.classes for child in stories):
        HtmlBlocks(draft).add(chapters)
    else:
        for child in stories:
            if "userstuff" in child.classes:
                HtmlBlocks(draft).add(child)
            else:
                _add_download_heading(draft, child)
    end = root.find(id="endnotes")
    if end is not None:
        _add_notes(draft, end)
    return draft


def _add_download_heading(draft: Draft, meta: Node) -> None:
    heading = meta.find(class_="heading")
    if heading is not None:
        draft.add(Role.HEADING, heading.text(), Rank.CHAPTER)
    label = ""
    for child in meta.children:
        if isinstance(child, Node) and child.tag == "p":
            label = child.text()
        elif isinstance(child, Node) and child.tag == "blockquote":
            _add_notes(draft, Node("", {}, [child]), "Summary: " if "Summary" in label else "")


# --- a page of FanFiction.net


def _read_fanfiction_page(root: Node, story: Node) -> Draft:
    draft = Draft()
    top = root.find(id="profile_top")
    if top is not None:
        _set_field(draft, "Title", top.find(tag="b"))
        writer = next(
            (link for link in top.find_all(tag="a") if link.attributes.get("href", "").find("/u/") >= 0), None
        )
        _set_field(draft, "Author", writer)
        _set_field(draft, "Summary", top.find(tag="div", class_="xcontrast_txt"))
    chosen = next((each for each in root.find_all(tag="option") if "selected" in each.attributes), None)
    if chosen is not None:
        number, _, title = chosen.text().partition(". ")
        name = f"Chapter {number}: {title}" if number.isdigit() and title else chosen.text()
        draft.add(Role.HEADING, name, Rank.CHAPTER)
    HtmlBlocks(draft).add(story)
    return draft


def _set_field(draft: Draft, key: str, node: Node | None) -> None:
    if node is not None:
        draft.set_field(key, node.text())
