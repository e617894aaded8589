"""Web pages: of a page saved from an archive of stories only the story, of any other page all of its text."""

from editor.importing.css_looks import CssLook, parse_classes
from editor.importing.draft import Draft, Rank, Role
from editor.importing.html_blocks import HtmlBlocks
from editor.importing.html_notes import gather_notes
from editor.importing.html_tree import Node, decode_html, parse_html


def read(data: bytes) -> Draft:
    """Return the draft of a page."""
    return draft_of_page(parse_html(decode_html(data)))


def draft_of_page(root: Node) -> Draft:
    """Return the draft of a page that was read."""
    ids: dict[str, Node] = {}
    inner = None
    for node in root.walk():
        if node.id:
            ids.setdefault(node.id, node)
        if inner is None and node.tag == "div" and "chapter-inner" in node.classes:
            inner = node
    for story, read_story in (
        (ids.get("workskin"), _read_ao3_page),
        (ids.get("chapters") if "preface" in ids else None, _read_ao3_download),
        (ids.get("storytext") or ids.get("storycontent"), _read_fanfiction_page),
        (inner, _read_royal_road_page),
    ):
        if story is not None:
            return read_story(root, story)
    draft = Draft()
    gather_notes({"": root}, lambda _page, reference: reference, draft)
    HtmlBlocks(draft).add_page(root)
    _take_title(draft, root)
    author = next(
        (meta for meta in root.find_all(tag="meta") if meta.attributes.get("name") == "author"), None
    )
    if author is not None:
        draft.set_field("Author", author.attributes.get("content", ""))
    return draft


def _take_title(draft: Draft, root: Node) -> None:
    """Take the first words of a page for its title if the page is called so."""
    title = root.find(tag="title")
    first = draft.pieces[0] if draft.pieces else None
    if first is None or title is None or len(draft.pieces) == 1 or first.role is not Role.PARAGRAPH:
        return
    if title.text() == " ".join(first.text.split()):
        draft.set_field("Title", title.text())
        del draft.pieces[0]


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
    _add_download_front(draft, root.find(id="preface") or root)
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


def _add_download_front(draft: Draft, preface: Node) -> None:
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


def read_archive_front(draft: Draft, root: Node) -> bool:
    """Take what a book made by the Archive of Our Own says before and after the story; say whether the page is that."""
    preface = root.find(id="preface")
    front = preface or root.find(id="afterword")
    if front is None or "archiveofourown.org" not in "".join(
        link.attributes.get("href", "") for link in front.find_all(tag="a")
    ):
        return False
    if root.find(id="chapters") is not None:
        draft.extend(draft_of_page(root))
        return True
    if preface is not None:
        _add_download_front(draft, preface)
    elif (end := front.find(id="endnotes")) is not None:
        _add_notes(draft, end)
    return True


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


# --- a page of Royal Road


def _read_royal_road_page(root: Node, story: Node) -> Draft:
    draft = Draft()
    top = root.find(class_="fic-header") or root
    _set_field(draft, "Title", top.find(tag="h2"))
    writer = next(
        (link for link in top.find_all(tag="a") if "/profile/" in link.attributes.get("href", "")), None
    )
    _set_field(draft, "Author", writer)
    chapter = top.find(tag="h1")
    if chapter is not None:
        draft.add(Role.HEADING, chapter.text(), Rank.CHAPTER)
    for node in root.find_all():
        if node is story:
            HtmlBlocks(draft, _looks_of(root)).add(story)
        elif "author-note" in node.classes:
            HtmlBlocks(draft).add(node, Role.NOTE)
    return draft


def _looks_of(root: Node) -> dict[str, CssLook]:
    """Return the looks of the style sheets in a page; some archives hide sentences against thieves with them."""
    looks: dict[str, CssLook] = {}
    for sheet in root.find_all(tag="style"):
        looks |= parse_classes("".join(child for child in sheet.children if isinstance(child, str)))
    return looks


def _set_field(draft: Draft, key: str, node: Node | None) -> None:
    if node is not None:
        draft.set_field(key, node.text())
