"""Profiles: saved sets of choices for an export.

A profile is data: a small TOML file with `title`, `description` and any of the options below. Each option is declared
once, as a field of `Profile`; `OPTIONS` is the table made from them, in the order a dialog shows them.
"""

import contextlib
import dataclasses
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from editor.errors import InputError, ResourceError
from editor.export import document_options as documents
from editor.export import page_options, target_options, text_options
from editor.export.document_options import DOCUMENTS, DOCX, EPUB, ODT, PDF, RTF
from editor.export.options import Option, Sort, option_field, switch_field


@dataclass(frozen=True, slots=True)
class Medium:
    """What kind of file a renderer makes: its name for the writer, its suffix, its media type, and whether it is text
    that can be shown and copied as it is."""

    title: str
    suffix: str
    media_type: str
    is_text: bool = True


HTML, FRAGMENT, MARKDOWN = page_options.HTML, "html-fragment", "markdown"
POSTING, BBCODE = "html-posting", "bbcode"
TEXT, FLOWED = text_options.TEXT, text_options.FLOWED

MEDIA = {
    HTML: Medium("Web page (HTML)", ".html", "text/html"),
    FRAGMENT: Medium("HTML to paste into a site", ".html", "text/html"),
    TEXT: Medium("Plain text", ".txt", "text/plain"),
    MARKDOWN: Medium("Markdown", ".md", "text/markdown"),
    POSTING: Medium("HTML by the rules of a site", ".html", "text/html"),
    BBCODE: Medium("BBCode for a forum", ".txt", "text/plain"),
    FLOWED: Medium("Mail text that flows", ".txt", "text/plain; format=flowed"),
    EPUB: Medium("E-book (EPUB)", ".epub", "application/epub+zip", is_text=False),
    DOCX: Medium(
        "Word document (DOCX)",
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        is_text=False,
    ),
    ODT: Medium("OpenDocument text (ODT)", ".odt", "application/vnd.oasis.opendocument.text", is_text=False),
    RTF: Medium("Rich text (RTF)", ".rtf", "application/rtf", is_text=False),
    PDF: Medium("Pages (PDF)", ".pdf", "application/pdf", is_text=False),
}
"""The media, by the name of their renderer; `editor.export.registry` has a function for each, `editor.ui.pdf` for PDF."""

RULE, BLANK = "rule", "blank"
"""The scene breaks that are not characters."""

IMPORT = "import"
"""The header in the lines of `editor.export.import_header`."""

ONE_FILE, CHAPTER_FILES, SITE = "one", "chapters", "site"
"""What an export is written to; `editor.export.registry.export_files` makes them."""


GROUPS = {"read": "To read and keep", "post": "To post", "submit": "To submit"}
"""What profiles are for, in the order of the menu: name in a profile file and title."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One set of choices. `name` is what `--to` takes, `title` what a menu shows, `group` one of `GROUPS` or ""."""

    name: str
    title: str = ""
    description: str = ""
    group: str = ""
    renderer: str = option_field(
        HTML,
        Sort.CHOICE,
        "Format",
        "The kind of file.",
        choices=tuple((name, medium.title) for name, medium in MEDIA.items()),
    )
    scene_break: str = option_field(
        "* * *",
        Sort.CHOICE_OR_TEXT,
        "Between scenes",
        "What stands between two scenes of a chapter.",
        choices=(
            ("* * *", "Three stars"),
            (RULE, "A line across"),
            ("#", "A number sign, as in a submitted manuscript"),
            ("⁂", "An asterism"),
            ("❦", "A leaf"),
            (BLANK, "Only space"),
        ),
    )
    typography: str = option_field(
        "smart",
        Sort.CHOICE,
        "Quotes and dashes",
        "Whether straight quotes, hyphens and dots become typographic ones. Your text is not changed.",
        choices=(
            ("typed", "As typed"),
            ("smart", "Curly quotes, long dashes, ellipses"),
            ("ascii", "Plain keyboard characters"),
        ),
    )
    language: str = option_field(
        "auto",
        Sort.LANGUAGE,
        "Language",
        "Decides the form of the quotes. auto: the Language line of the story header, else English.",
    )
    include_title: bool = switch_field(
        default=True, label="Title", help_text="Begin with the title of the work."
    )
    header: str = option_field(
        "author",
        Sort.CHOICE,
        "Story header",
        "What to take over from the header above the story (Title, Author, Rating, Summary and so on).",
        choices=(
            ("none", "Nothing"),
            ("author", "The author's name"),
            ("all", "All of it"),
            (IMPORT, "What the import of Archive of Our Own reads"),
        ),
    )
    include_headings: bool = switch_field(
        default=True, label="Chapter headings", help_text="Keep the headings of parts and chapters."
    )
    include_scene_titles: bool = switch_field(
        default=True,
        label="Scene titles",
        help_text="Keep the headings of scenes; without them, a scene break.",
    )
    include_notes: bool = switch_field(
        default=True, label="Notes to readers", help_text="Keep A/N, disclaimers and the like, set apart."
    )
    include_end_matter: bool = switch_field(
        default=True, label="End matter", help_text="Keep “The End”, “To be continued” and the like."
    )
    headings: str = option_field(
        "typed",
        Sort.CHOICE,
        "Letters of headings",
        "How headings are written.",
        choices=(("typed", "As typed"), ("upper", "CAPITALS")),
    )
    paragraphs: str = option_field(
        "indented",
        Sort.CHOICE,
        "Paragraphs",
        "How one paragraph is told from the next.",
        choices=(
            ("indented", "First line indented, as in a book"),
            ("spaced", "A blank line between, as on the web"),
        ),
        renderers=frozenset({HTML, TEXT, *DOCUMENTS}),
    )
    tags: str = option_field(
        "few",
        Sort.CHOICE,
        "Tags",
        "Which HTML tags the site lets through.",
        choices=(
            ("ao3", "Those of Archive of Our Own"),
            ("few", "Only paragraphs, lines, bold, italics and rules"),
        ),
        renderers=frozenset({POSTING}),
    )
    forum: str = option_field(
        "xenforo",
        Sort.CHOICE,
        "Forum",
        "Which kind of forum it is for.",
        choices=(("xenforo", "XenForo and its like"), ("phpbb", "phpBB and its like")),
        renderers=frozenset({BBCODE}),
    )
    marks: str = text_options.MARKS
    wrap_width: int = text_options.WRAP_WIDTH
    centre: bool = text_options.CENTRE
    files: str = option_field(
        ONE_FILE,
        Sort.CHOICE,
        "Files",
        "Whether all of it becomes one file, or a folder of files.",
        choices=(
            (ONE_FILE, "One file"),
            (CHAPTER_FILES, "A folder with one file for each chapter"),
            (SITE, "A web site: contents, and a page for each chapter"),
        ),
    )
    notes_apart: bool = switch_field(
        default=False,
        label="Notes in files of their own",
        help_text="With one file for each chapter: put the notes before and after a chapter into files of their own.",
    )
    character_limit: int = option_field(
        0,
        Sort.NUMBER,
        "Characters allowed",
        "How many characters the target takes, markup included, in one file or one chapter; 0: no limit.",
        limits=(1, 999_999_999),
    )
    title_limit: int = target_options.TITLE_LIMIT
    summary_limit: int = target_options.SUMMARY_LIMIT
    notes_limit: int = target_options.NOTES_LIMIT
    word_rule: str = option_field(
        "dinkus",
        Sort.CHOICE,
        "Words counted",
        "By whose rule the words are counted.",
        choices=(("dinkus", "As in the window"), ("ao3", "As Archive of Our Own counts")),
    )

    layout: str = documents.LAYOUT
    page_size: str = documents.PAGE_SIZE
    font: str = documents.FONT
    font_size: int = documents.FONT_SIZE
    emphasis: str = documents.EMPHASIS
    chapter_pages: bool = documents.CHAPTER_PAGES
    hyphenation: bool = documents.HYPHENATION
    two_sided: bool = documents.TWO_SIDED
    running_heads: str = documents.RUNNING_HEADS
    right_pages: bool = documents.RIGHT_PAGES
    closing: str = documents.CLOSING
    legal_name: str = documents.LEGAL_NAME
    surname: str = documents.SURNAME
    address: str = documents.ADDRESS
    email: str = documents.EMAIL
    phone: str = documents.PHONE
    cover: str = documents.COVER
    cover_image: str = page_options.COVER_IMAGE
    date: str = documents.DATE

    template: str = page_options.TEMPLATE
    style: str = page_options.STYLE

    own_cover_image: bytes | None = None
    """The bytes of the file that `cover_image` names."""

    own_template: str | None = None
    """The text of the file that `template` names, once it was read (`editor.app.page_files`)."""

    own_style: str | None = None
    """The text of the file that `style` names."""

    @property
    def medium(self) -> Medium:
        """Return what kind of file comes out."""
        return MEDIA[self.renderer]

    @property
    def suffix(self) -> str:
        """Return the suffix of the file, with its dot."""
        return self.medium.suffix

    @property
    def media_type(self) -> str:
        """Return the media type of the file."""
        return self.medium.media_type

    def with_options(self, texts: Mapping[str, str]) -> "Profile":
        """Return this profile with options set from texts, as `--set` gives them.

        Raise InputError for an option or a value that does not exist, naming those that do.
        """
        values: dict[str, Any] = {_known(name).name: _known(name).parse(text) for name, text in texts.items()}
        values.update({f"own_{name}": None for name in values if _BY_NAME[name].sort is Sort.FILE})
        return dataclasses.replace(self, **values)

    def text_of(self, name: str) -> str:
        """Return the text of the file that the option `name` names, "" if it names none; raise InputError if nobody has read it."""
        text = getattr(self, f"own_{name}")
        if getattr(self, name) and text is None:
            raise InputError(f"The file “{getattr(self, name)}” was not read.")
        return str(text or "")

    @property
    def cover_picture(self) -> bytes:
        """Return the bytes of the picture for the cover, b"" for none; raise InputError if nobody has read it."""
        if self.cover_image and self.own_cover_image is None:
            raise InputError(f"The file “{self.cover_image}” was not read.")
        return self.own_cover_image or b""

    @property
    def names_author(self) -> bool:
        """Say whether the file tells programs who wrote it, printed or not.

        An e-book always does: readers file it under its author. Other files do not where the writer wants nothing of the
        header taken over, as for a contest that is judged without names.
        """
        return self.renderer == EPUB or self.header != "none"

    @property
    def writer(self) -> dict[str, str]:
        """Return what this profile says of the writer, by the names of the options, without what is empty."""
        told = {option.name: str(getattr(self, option.name)) for option in OPTIONS if option.is_personal}
        return {name: text for name, text in told.items() if text}

    def with_writer(self, known: Mapping[str, object]) -> "Profile":
        """Return this profile with what is `known` of the writer where it says nothing itself.

        What no option can hold is passed over: it comes from a file that anybody may have changed.
        """
        profile = self
        for option in OPTIONS:
            text = known.get(option.name)
            if option.is_personal and isinstance(text, str) and not getattr(self, option.name):
                with contextlib.suppress(InputError):
                    profile = profile.with_options({option.name: text})
        return profile


def _options() -> Iterator[Option]:
    for each in dataclasses.fields(Profile):
        if "option" in each.metadata:
            default: Any = each.default
            yield Option(name=each.name, default=default, **each.metadata["option"])


OPTIONS = tuple(_options())
"""Every choice of a profile, in the order a dialog shows them."""

_BY_NAME = {option.name: option for option in OPTIONS}


def _known(name: str) -> Option:
    option = _BY_NAME.get(name.strip().replace("-", "_"))
    if option is None:
        raise InputError(f"There is no export option “{name}”; there are {', '.join(_BY_NAME)}.")
    return option


def parse_profile(name: str, toml_text: str) -> Profile:
    """Return the profile written in `toml_text`; what it does not say has its default.

    Raise ResourceError naming the profile and what is wrong with it.
    """
    try:
        table = tomllib.loads(toml_text)
        title, description = str(table.pop("title", name)), str(table.pop("description", ""))
        group = str(table.pop("group", ""))
        if group and group not in GROUPS:
            raise InputError(f"There is no group “{group}”; there are {', '.join(GROUPS)}.")
        texts = {key: _as_text(key, value) for key, value in table.items()}
        return Profile(name, title, description, group).with_options(texts)
    except tomllib.TOMLDecodeError as error:
        raise ResourceError(f"The export profile “{name}” cannot be read: {error}.") from error
    except InputError as error:
        raise ResourceError(f"The export profile “{name}” is broken: {error}") from error


def _as_text(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int):
        return str(value)
    raise InputError(
        f"{name} cannot be a {type(value).__name__}; it can be {_known(name).describe_values()}."
    )
