"""A page in a form of the writer's own: a template, and the words in which its mistakes are told.

What a template may say is in `template_rules`; this is imported only when a profile names a template. Nothing is read here:
whoever exports has read the file (`editor.app.page_files`). Limits: a template sees one page at a time.
"""

from dataclasses import dataclass
from functools import lru_cache
from types import CodeType, TracebackType
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.exceptions import TemplateSyntaxError
from markupsafe import Markup

from editor.errors import InputError
from editor.export.languages import is_right_to_left
from editor.export.page_frame import clean, escape
from editor.export.template_rules import ALL_PAGES, TOO_DEEP, Budget, make_environment

LONGEST_SOURCE = 100_000
"""Characters of a template."""

_PAGE_PRICE = 500_000
_PRICE_OF_A_CHARACTER = 5
_FILE = "<template>"
_FAULTS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
_DEPTHS = (RecursionError, MemoryError, SyntaxError)
"""What Python says of a program that Jinja2 made and that is nested too deeply for it."""


@dataclass(frozen=True, slots=True)
class Link:
    """Another page of a site: its title and its relative address."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class ChapterText:
    """One chapter as a template sees it. `body` is HTML, `href` the address of its page in a site, else ""."""

    title: str
    number: int
    href: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a template is given. `kind` is page, contents or chapter; `body`, `style` and `own_style` are HTML and CSS, all else is text."""

    kind: str
    title: str
    book_title: str
    author: str
    language: str
    body: str
    style: str
    own_style: str = ""
    header: tuple[tuple[str, str], ...] = ()
    chapters: tuple[ChapterText, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    contents: Link | None = None
    words: int = 0


class PageTemplate:
    """One template, ready for pages."""

    def __init__(self, name: str, source: str, all_pages: int = ALL_PAGES) -> None:
        """`name` is for messages, `all_pages` is what they may cost together. Raise InputError with the line of the mistake if `source` is no template that we take."""
        self._name = name
        if len(source) > LONGEST_SOURCE:
            raise InputError(f"The template “{name}” has more than {LONGEST_SOURCE:,} characters.")
        self._budget = Budget(all_pages)
        try:
            code, self._names = _compiled(source)
        except TemplateSyntaxError as error:
            raise self._fault(error.lineno, error.message or "") from error
        except _DEPTHS as error:
            raise self._fault(0, TOO_DEEP) from error
        except _FAULTS as error:
            raise self._fault(0, str(error)) from error
        self._chapters: tuple[ChapterText, ...] = ()
        self._entries: list[dict[str, Any]] = []
        self._shared = 0
        environment = make_environment(self._budget, escape, StrictUndefined)
        self._template = Template.from_code(environment, code, environment.make_globals(None))

    def uses(self, name: str) -> bool:
        """Say whether the template asks for `name`."""
        return name in self._names

    def render(self, page: Page) -> str:
        """Return the page; raise InputError with the line of the mistake."""
        if page.chapters is not self._chapters:  # all pages of a site have the same
            self._chapters, self._entries = page.chapters, list(map(_entry, page.chapters))
            self._shared = _PRICE_OF_A_CHARACTER * _size(self._entries)
        given = _given(page)
        own = _PRICE_OF_A_CHARACTER * sum(map(_size, given.values()))
        given["chapters"] = self._entries
        self._budget.begin(_PAGE_PRICE + self._shared + own, own)
        try:
            return "".join(self._template.generate(given))
        except TemplateError as error:
            raise self._fault(_line_of(error.__traceback__), error.message or "") from error
        except _DEPTHS as error:
            raise self._fault(_line_of(error.__traceback__), TOO_DEEP) from error
        except _FAULTS as error:
            raise self._fault(_line_of(error.__traceback__), str(error)) from error

    def _fault(self, line: int, why: str) -> InputError:
        where = f", line {line}" if line else ""
        why = why.strip().rstrip(".") or "it cannot be filled in"
        return InputError(f"The template “{self._name}” cannot be used{where}: {why[:1].lower()}{why[1:]}.")


@lru_cache(maxsize=4)
def _compiled(source: str) -> tuple[CodeType, frozenset[str]]:
    """Return a template as code, and the names it asks for: once for all chapters of a book. The code knows no budget."""
    environment = make_environment(Budget(), escape, StrictUndefined)
    names = meta.find_undeclared_variables(environment.parse(source))
    return environment.compile(source), frozenset(names)


def _given(page: Page) -> dict[str, Any]:
    """Return the names of a template with their values, all but the chapters, without what no page may hold."""
    return {
        "kind": page.kind,
        "title": clean(page.title),
        "book_title": clean(page.book_title),
        "author": clean(page.author),
        "language": clean(page.language),
        "direction": "rtl" if is_right_to_left(page.language) else "ltr",
        "body": Markup(page.body),  # noqa: S704 - made by our own renderer, which escapes
        "style": Markup(page.style),  # noqa: S704 - it cannot end its element: page_style sees to that
        "own_style": Markup(page.own_style),  # noqa: S704 - the same
        "header": [{"key": clean(key), "value": clean(value)} for key, value in page.header],
        "previous": _link(page.previous),
        "next": _link(page.next),
        "contents": _link(page.contents),
        "words": page.words,
        "generator": "Dinkus",
    }


def _entry(chapter: ChapterText) -> dict[str, Any]:
    return {
        "title": clean(chapter.title),
        "number": chapter.number,
        "href": chapter.href,
        "body": Markup(chapter.body),  # noqa: S704 - as above
    }


def _link(link: Link | None) -> dict[str, str] | None:
    return None if link is None else {"title": clean(link.title), "href": link.href}


def _size(value: Any) -> int:
    """Return the characters in a value of a template; whatever is no text counts as one."""
    if isinstance(value, str):
        return len(value)
    parts = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    return sum(map(_size, parts)) or 1


def _line_of(traceback: TracebackType | None) -> int:
    """Return the last line of the template that a fault went through, 0 if none."""
    line = 0
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == _FILE:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line
