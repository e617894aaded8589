"""Before an export: does it fit, how many words does the target count, and what will change or be lost on the way.

Characters are code points of what is posted, markup included (of a document: of its text). Words are counted in the whole export, by the profile's rule. Limits: only what
Dinkus itself changes or leaves out is told, not what a site does afterwards.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from editor.export.assemble import assemble_book
from editor.export.book import Book, Part
from editor.export.document_options import DOCUMENTS
from editor.export.import_header import not_imported
from editor.export.limits import Measured, too_long
from editor.export.own_notes import notes_on_own_files
from editor.export.pieces import Piece, PieceKind
from editor.export.profile import (
    BBCODE,
    FLOWED,
    FRAGMENT,
    HTML,
    IMPORT,
    ONE_FILE,
    POSTING,
    SITE,
    TEXT,
    Profile,
)
from editor.export.progress import Report, Watch, unwatched, watched
from editor.export.registry import RENDERERS, TOTAL, export_files, pieces_of
from editor.export.runs import count_controls, lines_of
from editor.manuscript.manuscript import Manuscript
from editor.markup.inlines import text_of
from editor.markup.model import Open, Text
from editor.markup.words import count_words

_SCENE = frozenset({Part.PARAGRAPH, Part.VERSE, Part.QUOTE})
_AO3_OUTSIDE = re.compile("[-'’‘]")
_AO3_WORD = re.compile(
    r"(?P<single>[\u0e00-\u0e7f\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa"
    r"\u30fd-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])|[^\W\u0e00-\u0e7f\u2e80-\u2fdf"
    r"\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    r"\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_RULE_NAMES = {"dinkus": "", "ao3": " by AO3's count"}


@dataclass(frozen=True, slots=True)
class Check:
    """What was found: (name, characters) of each piece, the words, the limit (0: none), what will change, in sentences, and among
    them what the target refuses beside the length of the text."""

    sizes: tuple[tuple[str, int], ...]
    words: int
    limit: int
    word_rule: str
    notes: tuple[str, ...]
    refused: tuple[str, ...] = ()

    @property
    def largest(self) -> tuple[str, int]:
        """Return the name and the characters of the largest piece."""
        return max(self.sizes, key=lambda size: size[1])

    @property
    def fits(self) -> bool:
        """Say whether every piece is within the limit, and nothing else is refused."""
        return not self.refused and (not self.limit or self.largest[1] <= self.limit)

    @property
    def summary(self) -> str:
        """Return the figures in one sentence."""
        name, characters = self.largest
        allowed = f" of {self.limit:,}" if self.limit else ""
        where = f" in the longest of {len(self.sizes)} files, “{name}”" if len(self.sizes) > 1 else ""
        over = sum(size > self.limit for _, size in self.sizes) if self.limit else 0
        too_long = (
            ""
            if not over
            else " Too long."
            if len(self.sizes) == 1
            else f" {_count(over, 'is', 'are')} too long."
        )
        words = f"{_count(self.words, 'word', 'words')}{_RULE_NAMES[self.word_rule]}"
        return f"{characters:,}{allowed} characters{where}; {words}.{too_long}"


def check_manuscript(
    manuscript: Manuscript,
    profile: Profile,
    selection: Collection[int] | None = None,
    progress: Report | None = None,
) -> Check:
    """Return what an export of `manuscript` with `profile` would come to; arguments as for `registry.export_bytes`."""
    book = assemble_book(manuscript, profile, selection, watched(progress, 0, TOTAL // 3, TOTAL))
    everything = replace(
        profile,
        typography="typed",
        include_title=True,
        include_headings=True,
        include_scene_titles=True,
        include_notes=True,
        include_end_matter=True,
        header="all",
    )
    full = assemble_book(
        manuscript, everything, selection, watched(progress, TOTAL // 3, 2 * TOTAL // 3, TOTAL)
    )
    measured = (
        profile if profile.medium.is_text else replace(profile, renderer=TEXT, marks="none", wrap_width=0)
    )
    pieces = [] if profile.files == ONE_FILE else pieces_of(book, profile)
    made = _measure(book, pieces, measured, watched(progress, 2 * TOTAL // 3, TOTAL, TOTAL))
    sizes = tuple((each.name, len(each.text)) for each in made)
    words = _words_by_ao3(book) if profile.word_rule == "ao3" else _words_by_dinkus(full)
    refused = tuple(too_long(book, full, pieces, made, profile))
    pages = [each.text for each in made]
    if (
        profile.template and profile.renderer == HTML and profile.files == SITE
    ):  # it may have other things for other pages
        pages = [
            data.decode("utf-8") for data in export_files(manuscript, profile, selection, progress).values()
        ]
    notes = (*refused, *_notes(book, full, profile), *notes_on_own_files(profile, pages))
    return Check(sizes, words, profile.character_limit, profile.word_rule, notes, refused)


def _measure(book: Book, pieces: Sequence[Piece], profile: Profile, watch: Watch) -> list[Measured]:
    render = RENDERERS[profile.renderer]
    if not pieces:
        return [Measured(book.title, PieceKind.TEXT, render(book, profile, watch).decode("utf-8"))]
    return [
        Measured(piece.name, piece.kind, render(piece.book, profile, unwatched).decode("utf-8"))
        for piece in watch(pieces)
    ]


def count_ao3_words(text: str) -> int:
    """Count the words of one text node as Archive of Our Own does: apostrophes and hyphens join, Chinese characters count singly."""
    text = _AO3_OUTSIDE.sub("", text.replace("--", "—"))
    return sum(1 for _ in _AO3_WORD.finditer(text))


def _words_by_ao3(book: Book) -> int:
    front = [book.author, *(f"{key}: {value}" if key else value for key, value in book.header)]
    texts = (run.text for each in book.elements for line in lines_of(each.inlines) for run in line)
    return sum(map(count_ao3_words, front)) + sum(map(count_ao3_words, texts))


def _words_by_dinkus(full: Book) -> int:
    return sum(count_words(text_of(each.inlines)) for each in full.elements if each.part in _SCENE)


def _notes(book: Book, full: Book, profile: Profile) -> Iterator[str]:
    kept, there = (Counter(each.part for each in one.elements) for one in (book, full))
    lost = there - kept
    if count := lost[Part.SCENE_TITLE]:
        yield _sentence(count, "scene title becomes a scene break", "scene titles become scene breaks")
    if count := lost[Part.CHAPTER] + lost[Part.PART]:
        yield _sentence(count, "heading is left out", "headings are left out")
    if count := lost[Part.NOTE]:
        yield _sentence(count, "note to readers is left out", "notes to readers are left out")
    if count := lost[Part.END_MATTER]:
        yield _sentence(count, "line of end matter is left out", "lines of end matter are left out")
    if profile.header == IMPORT and (names := not_imported(full.header)):
        yield f"The import has no place for {', '.join(names)}."
    yield from _changes_of_form(book, kept, profile)


def _changes_of_form(book: Book, kept: Mapping[Part, int], profile: Profile) -> Iterator[str]:
    if profile.renderer == POSTING and profile.tags == "few" and (count := kept[Part.QUOTE]):
        yield _sentence(count, "quoted paragraph becomes a plain one", "quoted paragraphs become plain ones")
    if profile.renderer in {TEXT, FLOWED} and profile.marks == "none":
        count = sum(isinstance(inline, Open) for each in book.elements for inline in each.inlines)
        if count:
            yield _sentence(count, "emphasis is lost", "emphases are lost")
    texts = [inline.text for each in book.elements for inline in each.inlines if isinstance(inline, Text)]
    if profile.renderer == BBCODE and (
        count := sum(len(re.findall(r"\[[/*A-Za-z]", text)) for text in texts if "[" in text)
    ):
        yield _sentence(
            count, "square bracket gets an invisible sign", "square brackets get an invisible sign each"
        )
    if count := sum(map(count_controls, texts)):
        done = "replaced" if profile.renderer in {HTML, FRAGMENT, *DOCUMENTS} else "dropped"
        yield _sentence(count, f"control character is {done}", f"control characters are {done}")


def _sentence(count: int, one: str, more: str) -> str:
    return f"{_count(count, one, more)}."


def _count(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
