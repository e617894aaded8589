"""A serial as a small web site: a page of contents and a page for each chapter, with ways to the previous and the next one.

The bodies of the pages come from the caller. Plain files that link to one another by relative names: they work from a disk, from any
server and below any address. No script; nothing is loaded from anywhere, unless a page template of the writer's says otherwise.
Limits: one folder, one level.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from editor.export.page_frame import PAGE_END, escape, page_start
from editor.export.page_style import own_style, page_style
from editor.export.profile import Profile
from editor.export.progress import Watch, unwatched

INDEX = "index.html"
CONTENTS = "Contents"

SITE_STYLE = """\
nav { max-width: 34em; margin: 0 auto; font: 0.9375rem/1.6 Georgia, "Noto Serif", serif; }
nav.way { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.5em 2em; }
nav.way + main { margin-top: 4rem; }
main + nav { margin-top: 4rem; padding-top: 1em; border-top: 1px solid var(--line); }
nav a { color: var(--faint); overflow-wrap: anywhere; }
nav a:hover, nav a:focus-visible { color: var(--ink); }
nav ol { padding: 0; list-style: none; font-size: 1.125rem; }
nav li { margin: 0.5em 0; }
@media print { nav.way { display: none; } }
"""
"""What the style sheet of a site has beside that of a page."""


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page: its title, never empty, the HTML of its body, and its words (for a template only)."""

    title: str
    body: str
    words: int = 0


@dataclass(frozen=True, slots=True)
class Site:
    """A serial: its title, its language (a BCP 47 tag), its author or "", the HTML above the contents, the fields of its header."""

    title: str
    language: str
    front: str
    author: str = ""
    header: tuple[tuple[str, str], ...] = ()


def render_site(
    site: Site, pages: Sequence[SitePage], profile: Profile, watch: Watch = unwatched
) -> dict[str, bytes]:
    """Return the files of the site by name, the page of contents first.

    Raise InputError if the profile names a template that cannot be used.
    """
    if profile.template:
        return _from_template(site, pages, profile, watch)
    style = page_style(profile, SITE_STYLE)
    names = _names(pages)
    items = [
        f'<li><a href="{name}">{escape(page.title)}</a></li>' for name, page in zip(names, pages, strict=True)
    ]
    head = page_start(site.title, site.language, style, author=site.author)
    contents = [f'<nav aria-label="{CONTENTS}">', "<ol>", *items, "</ol>", "</nav>"]
    files = {INDEX: _encode([head, "<main>", site.front, "</main>", *contents, PAGE_END])}
    for index, page in enumerate(watch(pages)):
        way = _way(names, pages, index)
        head = page_start(f"{page.title} – {site.title}", site.language, style, author=site.author)
        files[names[index]] = _encode([head, way, "<main>", page.body, "</main>", way, PAGE_END])
    return files


def _from_template(site: Site, pages: Sequence[SitePage], profile: Profile, watch: Watch) -> dict[str, bytes]:
    from editor.export.page_template import ChapterText, Link, Page, PageTemplate

    template = PageTemplate(profile.template, profile.text_of("template"))
    names = _names(pages)
    links = [Link(page.title, name) for name, page in zip(names, pages, strict=True)]
    contents = Page(
        kind="contents",
        title=site.title,
        book_title=site.title,
        author=site.author,
        language=site.language,
        body=site.front,
        style=page_style(profile, SITE_STYLE),
        own_style=own_style(profile),
        header=site.header,
        chapters=tuple(ChapterText(link.title, number, link.href) for number, link in enumerate(links, 1)),
        contents=Link(CONTENTS, INDEX),
        words=sum(page.words for page in pages),
    )
    files = {INDEX: template.render(contents).encode("utf-8")}
    for index, page in enumerate(watch(pages)):
        chapter = replace(
            contents,
            kind="chapter",
            title=page.title,
            body=page.body,
            words=page.words,
            previous=links[index - 1] if index else None,
            next=links[index + 1] if index + 1 < len(links) else None,
        )
        files[names[index]] = template.render(chapter).encode("utf-8")
    return files


def _names(pages: Sequence[SitePage]) -> list[str]:
    return [page_name(number, len(pages)) for number in range(1, len(pages) + 1)]


def page_name(number: int, count: int) -> str:
    """Return the name of the page of a chapter, one of `count`, counted from 1."""
    return f"chapter-{number:0{len(str(count))}}.html"


def _way(names: Sequence[str], pages: Sequence[SitePage], index: int) -> str:
    """Return the links to the page before, the contents, and the page after."""
    before = _link(names[index - 1], "prev", f"← {pages[index - 1].title}") if index else "<span></span>"
    has_next = index + 1 < len(pages)
    after = _link(names[index + 1], "next", f"{pages[index + 1].title} →") if has_next else "<span></span>"
    contents = _link(INDEX, "up", CONTENTS)
    return f'<nav class="way" aria-label="Chapters">{before}{contents}{after}</nav>'


def _link(name: str, relation: str, text: str) -> str:
    return f'<a href="{name}" rel="{relation}">{escape(text)}</a>'


def _encode(lines: Sequence[str]) -> bytes:
    return ("\n".join(filter(None, lines)) + "\n").encode("utf-8")
