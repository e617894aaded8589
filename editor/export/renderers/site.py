"""A serial as a small web site: a page of contents and a page for each chapter, with ways to the previous and the next one.

The bodies of the pages come from the caller. Plain files that link to one another by relative names: they work from a disk, from any
server and below any address. No script; nothing is loaded from anywhere. Limits: one folder, one level.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from editor.export.page_frame import PAGE_END, escape, page_start
from editor.export.page_style import style_sheet

INDEX = "index.html"
CONTENTS = "Contents"

_STYLE = """\
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


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page: its title, never empty, and the HTML of its body."""

    title: str
    body: str


def render_site(
    title: str, language: str, front: str, pages: Sequence[SitePage], *, paragraphs: str, author: str = ""
) -> dict[str, bytes]:
    """Return the files of the site by name, the page of contents first.

    `front` is the HTML above the contents; `paragraphs` is the profile's option.
    """
    style = style_sheet(paragraphs) + _STYLE
    names = [page_name(number, len(pages)) for number in range(1, len(pages) + 1)]
    items = [
        f'<li><a href="{name}">{escape(page.title)}</a></li>' for name, page in zip(names, pages, strict=True)
    ]
    head = page_start(title, language, style, author=author)
    contents = [f'<nav aria-label="{CONTENTS}">', "<ol>", *items, "</ol>", "</nav>"]
    files = {INDEX: _encode([head, "<main>", front, "</main>", *contents, PAGE_END])}
    for index, (name, page) in enumerate(zip(names, pages, strict=True)):
        way = _way(names, pages, index)
        head = page_start(f"{page.title} – {title}", language, style, author=author)
        files[name] = _encode([head, way, "<main>", page.body, "</main>", way, PAGE_END])
    return files


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
