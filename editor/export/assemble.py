"""From a manuscript to a book: what a profile lets through, in the order of the text.

Left out always: comments and scene facts, boilerplate, contents lists, idle breaks, scenes marked `[[export: no]]`. One
dinkus stands between two scenes that follow each other without a heading between them, however many breaks and
left-out scenes the text has there; none stands anywhere else. The manuscript is only read.

The files of a folder are read as one text: where one ends leaves no trace, and what was cut is never exported.

A selection holds ids of files, parts, chapters and scenes. A heading is included when all below it is; a note to readers goes
with the scene it stands in, one between scenes with the chapter, and so does end matter.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from editor.errors import InputError
from editor.export.book import Book, Chapter, Element, Part
from editor.export.import_header import import_fields
from editor.export.languages import choose_language
from editor.export.profile import IMPORT, Profile
from editor.export.progress import Watch, unwatched
from editor.manuscript.chapter_names import chapter_name, is_in_book
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.outline import Node, Outline
from editor.markup.inlines import resolve_inlines
from editor.markup.model import PROSE, Block, Inline, Kind, Level, Text

UNTITLED = "Untitled"

_PROSE_PARTS = {Kind.PARAGRAPH: Part.PARAGRAPH, Kind.VERSE: Part.VERSE, Kind.QUOTE: Part.QUOTE}
_HEADING_PARTS = {Level.PART: Part.PART, Level.CHAPTER: Part.CHAPTER}
_AUTHOR_KEYS = frozenset({"author", "authors", "by"})

Inlines = tuple[Inline, ...]


def assemble_book(
    manuscript: Manuscript,
    profile: Profile,
    selection: Collection[int] | None = None,
    watch: Watch = unwatched,
) -> Book:
    """Return the book that `profile` makes of `manuscript`, or of the nodes of its outline whose ids are selected.

    Raise InputError for a selected id that the outline does not have, and if all that is selected was cut out of the book.
    """
    outline = manuscript.outline
    header = manuscript.header_fields()
    language = choose_language(profile.language, header)
    dress = _dresser(profile, language)
    assembly = _Assembly(profile, dress, _choose(outline, selection), is_whole=selection is None)
    places = ((outline.line_of(node.id), node) for node in outline.walk())
    blocks, starts = manuscript.text.blocks, manuscript.text.starts
    if outline.cuts is not None:
        end = outline.first_block_of(outline.cuts.id)
        blocks, starts = blocks[:end], starts[:end]
    elements = assembly.run(watch(blocks), starts, places)
    shift = int(bool(profile.include_title and outline.title and not assembly.has_title))
    if shift:
        elements.insert(0, Element(Part.TITLE, assembly.dress_heading((Text(outline.title),))))
    author = _plain(dress((Text(_author(header)),)))
    return Book(
        title=_plain(dress((Text(_page_title(outline)),))),
        language=language,
        header=_header(header, profile, dress, outline.title),
        elements=tuple(elements),
        author=author if profile.header == "author" else "",
        chapters=tuple(
            Chapter(start + shift, _plain(dress((Text(chapter_name(outline, node)),))))
            for start, node in assembly.chapters
        ),
        unprinted_author=author if profile.names_author and profile.header != "author" else "",
    )


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Ids of the scenes that are exported, and of the parts and chapters of which nothing but unexported is missing."""

    scenes: frozenset[int]
    wholes: frozenset[int]


def _choose(outline: Outline, selection: Collection[int] | None) -> _Chosen:
    wanted = _wanted(outline, selection)
    scenes: set[int] = set()
    wholes: set[int] = set()
    known: set[int] = set()

    def choose(node: Node, *, is_inside: bool) -> bool:
        """Note what is chosen of `node`; return whether all of it is."""
        known.add(node.id)
        is_inside = is_inside or node.id in wanted
        if node.level is Level.SCENE:
            if is_inside and node.is_exported:
                scenes.add(node.id)
            return is_inside or not node.is_exported
        count = len(scenes)
        are_whole = [choose(child, is_inside=is_inside) for child in node.children]
        if is_inside or (len(scenes) > count and all(are_whole)):
            wholes.add(node.id)
        return node.id in wholes

    for root in outline.roots:
        choose(root, is_inside=False)
    if not known.issuperset(wanted):
        raise InputError(
            "What was selected for the export is not in the manuscript any more; select it again."
        )
    return _Chosen(frozenset(scenes), frozenset(wholes))


def _wanted(outline: Outline, selection: Collection[int] | None) -> set[int]:
    """Return the ids of what is asked for, without what was cut."""
    if selection is None:
        return {node.id for node in outline.roots if not node.is_cuts}
    wanted = {
        node_id
        for node_id in selection
        if node_id not in outline or is_in_book(outline, outline.node(node_id))
    }
    if selection and not wanted:
        raise InputError(
            "What was cut out of the book is not exported. Select something of the book, or move it back first."
        )
    return wanted


class _Assembly:
    """The state of one pass over the blocks: where in the structure it stands, and what came before."""

    def __init__(
        self, profile: Profile, dress: Callable[[Inlines], Inlines], chosen: _Chosen, *, is_whole: bool
    ) -> None:
        self.has_title = False
        self.chapters: list[tuple[int, Node]] = []  # with the index of their first element
        self._above_chapter: int | None = (
            None  # where the file or part that stands above the next chapter begins
        )
        self._profile = profile
        self._dress = dress
        self._chosen = chosen
        self._elements: list[Element] = []
        self._takes_chapter = is_whole  # notes and end matter of the chapter, and its heading
        self._takes_scene = False
        self._is_in_scene = False  # no break or heading since the scene began
        self._begins_scene = False  # nothing of the scene was taken yet
        self._follows_text = False  # text of a scene was taken since the last heading
        self._break_index: int | None = None  # where the first break since then stands

    def run(
        self, blocks: Iterable[Block], starts: Sequence[int], places: Iterable[tuple[int, Node]]
    ) -> list[Element]:
        """Return the elements for `blocks` that start on the lines `starts`; `places` are the nodes by first line."""
        upcoming = iter(places)
        line, node = next(upcoming, (None, None))
        for start, block in zip(starts, blocks, strict=True):
            while line is not None and node is not None and line <= start:
                self._enter(node)
                line, node = next(upcoming, (None, None))
            self._take(block)
        return self._elements

    def dress_heading(self, inlines: Inlines) -> Inlines:
        """Return the inlines of a heading with typography and in the letters that the profile asks for."""
        dressed = self._dress(inlines)
        if self._profile.headings != "upper":
            return dressed
        return tuple(
            replace(each, text=each.text.upper()) if isinstance(each, Text) else each for each in dressed
        )

    def _enter(self, node: Node) -> None:
        if node.level is Level.SCENE:
            self._takes_scene = node.id in self._chosen.scenes
            self._is_in_scene = self._begins_scene = True
        else:
            self._takes_chapter = node.id in self._chosen.wholes
            self._takes_scene = self._is_in_scene = False
            self._break_index = None
            if self._above_chapter is None:
                self._above_chapter = len(self._elements)
            if node.level is Level.CHAPTER:
                self.chapters.append((self._above_chapter, node))
                self._above_chapter = None

    def _take(self, block: Block) -> None:
        kind = block.kind
        if kind in PROSE:
            if self._takes_scene:
                self._take_prose(block)
        elif kind is Kind.HEADING:
            self._take_heading(block)
        elif kind is Kind.BREAK:
            self._is_in_scene = False
            if self._break_index is None:
                self._break_index = len(self._elements)
        elif kind is Kind.NOTE:
            if self._profile.include_notes and (
                self._takes_scene if self._is_in_scene else self._takes_chapter
            ):
                self._add(Part.NOTE, block)
        elif kind is Kind.END_MATTER and self._profile.include_end_matter and self._takes_chapter:
            self._add(Part.END_MATTER, block)

    def _take_prose(self, block: Block) -> None:
        if self._begins_scene:
            if self._follows_text:
                index = len(self._elements) if self._break_index is None else self._break_index
                self._elements.insert(index, Element(Part.DINKUS))
            self._begins_scene = False
        self._follows_text = True
        self._break_index = None
        self._add(_PROSE_PARTS[block.kind], block)

    def _take_heading(self, block: Block) -> None:
        if block.level is Level.TITLE:
            if self._profile.include_title:
                self.has_title = True
                self._add_heading(Part.TITLE, block)
        elif block.level is Level.SCENE:
            if self._takes_scene and self._profile.include_scene_titles:
                self._add_heading(Part.SCENE_TITLE, block)
                self._begins_scene = False
        elif block.level is not None and self._takes_chapter and self._profile.include_headings:
            self._add_heading(_HEADING_PARTS[block.level], block)

    def _add(self, part: Part, block: Block) -> None:
        inlines = resolve_inlines(block)
        if inlines:
            self._elements.append(Element(part, self._dress(inlines)))

    def _add_heading(self, part: Part, block: Block) -> None:
        self._elements.append(Element(part, self.dress_heading(resolve_inlines(block))))
        self._follows_text = False
        self._break_index = None


def _dresser(profile: Profile, language: str) -> Callable[[Inlines], Inlines]:
    """Return what the profile's typography does to the inlines of a paragraph (markup specification, 9)."""
    if profile.typography == "typed":
        return lambda inlines: inlines
    from editor.export.typography import apply_typography, to_ascii

    if profile.typography == "ascii":
        return lambda inlines: tuple(to_ascii(inlines))
    return lambda inlines: tuple(apply_typography(inlines, language))


def _plain(inlines: Inlines) -> str:
    return "".join(each.text for each in inlines if isinstance(each, Text))


def _page_title(outline: Outline) -> str:
    named = (node for node in outline.walk() if node.title and node.level is not Level.FILE)
    titles = (node.title for node in named if is_in_book(outline, node))
    return outline.title or next(titles, UNTITLED)


def _author(header: Iterable[tuple[str, str]]) -> str:
    return next((value for key, value in header if key.lower() in _AUTHOR_KEYS and value), "")


def _header(
    header: Iterable[tuple[str, str]], profile: Profile, dress: Callable[[Inlines], Inlines], title: str
) -> tuple[tuple[str, str], ...]:
    """Return the fields to print; a title that is printed anyway is not among them."""
    spell = (lambda text: _plain(dress((Text(text),)))) if profile.typography == "ascii" else str
    if profile.header == IMPORT:
        return tuple((key, spell(value)) for key, value in import_fields(header, title))
    if profile.header != "all":
        return ()
    return tuple(
        (spell(key), spell(value))
        for key, value in header
        if not (profile.include_title and key.lower() == "title" and value.strip('"') == title)
    )
