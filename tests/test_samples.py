"""The samples are what they claim to be: each outline is the one a reader would draw, and no byte is lost on the way."""

import pytest

from editor.app.profiles import load_profiles
from editor.app.resources import sample_path
from editor.export.listing import outline_text
from editor.export.registry import export_bytes
from editor.manuscript.chapter_files import split_into_files
from editor.manuscript.manuscript import Manuscript
from editor.markup.lines import BOUNDARY
from editor.markup.model import Level, WrapMode
from editor.storage.encoding import decode, encode

NAMES = ["chapter-six.txt", "die-haltestelle.txt", "the-forty-first-person.txt", "welcome.txt"]

OUTLINES = {
    "chapter-six.txt": """\
chapter: Chapter Six
  scene: The shutter over Nine dropped at…
  scene: Doc Amberson came to the door…
  scene: "You heard it," said Dot.
  scene: The mark was a yard long…
  scene: Tick.""",
    "the-forty-first-person.txt": """\
chapter:
  scene: Tobias Wray had counted the lower…
  scene: He began at the bottom of…
  scene: They gave him supper; they did…
  scene: In the morning the large man…""",
    "die-haltestelle.txt": """\
chapter:
  scene: Die Haltestelle vor dem Haus Lindenhof…
  scene: "Umleitung", sagte der Fahrer. Er war…
  scene: Um zehn nach fünf setzte die…""",
    "welcome.txt": """\
chapter: Chapter One: In Which You Are Needed
  scene: Good morning. You are reading an…
  scene: "It was I," said the butler…
  scene: At ten to nine the body…
chapter: Chapter Two: In Which You Raise Your Voice
  scene: The inspector was very angry. He…
chapter: Chapter Three: In Which You Leave
  scene: The fish slice has gone missing…
  scene: F8 dims every paragraph but the…
  scene: When there is somebody to show…""",
}


def open_sample(name):
    return Manuscript(decode(sample_path(name).read_bytes()).lines)


def drawn(outline):
    """The outline as indented text."""
    rows = []
    for node in outline.walk():
        indent = "  " if node.level is Level.SCENE else ""
        rows.append(f"{indent}{node.level.name.lower()}: {node.title}".rstrip())
    return "\n".join(rows)


def exported(name, profile):
    return export_bytes(open_sample(name), load_profiles(None)[profile]).decode()


def test_every_sample_is_looked_at_here():
    assert sorted(path.name for path in sample_path().iterdir()) == sorted([*NAMES, "the-lock"])


@pytest.mark.parametrize("name", NAMES)
def test_the_outline_of_a_sample_is_the_one_a_reader_would_draw(name):
    assert drawn(open_sample(name).outline) == OUTLINES[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_comes_back_byte_for_byte(name):
    data = sample_path(name).read_bytes()
    decoded = decode(data)
    assert encode(Manuscript(decoded.lines).text.lines, decoded) == data


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("the-forty-first-person.txt", "The Forty-First Person"),
        ("die-haltestelle.txt", "Die Haltestelle"),
        ("welcome.txt", "A Short Manuscript About Itself"),
    ],
)
def test_a_sample_with_a_title_is_known_by_it(name, title):
    assert open_sample(name).outline.title == title


def test_the_story_from_the_archive_is_read_as_wrapped_by_hand():
    manuscript = open_sample("the-forty-first-person.txt")
    assert manuscript.text.mode is WrapMode.WRAPPED
    kinds = {block.kind.value for block in manuscript.text.blocks}
    assert kinds == {"header", "paragraph", "break", "verse", "quote", "end"}


def test_the_verse_keeps_its_lines_and_the_letter_is_a_quotation_of_three_paragraphs():
    page = exported("the-forty-first-person.txt", "web-page")
    assert "<br>\nTwo for the boys" in page or "<br>Two for the boys" in page
    assert page.count("<blockquote") == 1
    assert "THE END" in page


def test_the_german_story_goes_out_with_german_quotes_and_dashes():
    page = exported("die-haltestelle.txt", "web-page")
    assert 'lang="de"' in page
    assert "„Da kommt er“, sagte Herr Brandt." in page
    assert "‚<em>Worauf</em> warten Sie denn?‘" in page
    assert " – und meistens mochte man dann." in page
    assert '"Umleitung"' not in page


def test_the_serial_chapter_goes_out_with_its_emphasis_and_without_the_line_of_plus_signs():
    page = exported("chapter-six.txt", "web-page")
    assert "…<em>really</em>…tell him" in page
    assert "it’s me—it’s Dot" in page
    assert "+++" not in page
    assert "To Be Concluded in Chapter 7" in page


def test_the_welcome_shows_what_it_says_about_itself():
    manuscript = open_sample("welcome.txt")
    facts = {node.title: dict(node.facts) for node in manuscript.outline.walk() if node.facts}
    assert list(facts.values()) == [
        {"status": "draft", "synopsis": "The butler confesses too early."},
        {"status": "revised", "synopsis": "The inspector loses his temper, then leaves."},
    ]
    text = sample_path("welcome.txt").read_text(encoding="utf-8")
    assert text.count("fish slice") == 2
    assert "whisper]" not in exported("welcome.txt", "web-page")
    assert "[[" not in exported("welcome.txt", "plain-text")


LOCK = {
    "01-the-gate.txt": ("utf-8", "lf"),
    "02-low-water.txt": ("cp1252", "lf"),
    "03-two-letters.txt": ("utf-8", "crlf"),
    "04-the-other-side.txt": ("utf-8", "lf"),
    "cuts.txt": ("utf-8", "lf"),
}


def read_lock():
    """The files of the folder, as they are decoded."""
    return {path.name: decode(path.read_bytes()) for path in sorted(sample_path("the-lock").iterdir())}


def open_lock():
    return Manuscript([line for name, file in read_lock().items() for line in (BOUNDARY + name, *file.lines)])


def test_the_folder_has_files_of_several_programs_and_each_comes_back_byte_for_byte():
    files = read_lock()
    assert {name: (file.encoding, file.eol) for name, file in files.items()} == LOCK
    for file in split_into_files(open_lock().text.lines):
        data = sample_path("the-lock", file.label).read_bytes()
        assert encode(file.lines, files[file.label]) == data


def test_the_folder_is_one_book_of_five_chapters_and_one_scene_that_was_cut():
    assert (
        outline_text(open_lock())
        == """\
1   Chapter One: The Gate                                247 words  line 1  01-the-gate.txt
  1.1    The lock at Harrow Bend had…                    139 words  line 3
  1.2    The second keeper was her brother…              108 words  line 13
2   Chapter Two: Low Water                               280 words  line 1  02-low-water.txt
  2.1    Nobody had seen the floor of…                   134 words  line 3
  2.2    Ines went down the ladder on…                   146 words  line 15
03-two-letters.txt                                       372 words  line 1
3   Chapter Three: What Osric Wrote                      177 words  line 1
  3.1    His second letter came on the…                  177 words  line 3
4   Chapter Four: What the Office Wrote                  195 words  line 17
  4.1    The Navigation Office replied by return…         94 words  line 19
  4.2    "By water," said the man from…                  101 words  line 27  draft
5   Chapter Five: The Other Side                         281 words  line 1  04-the-other-side.txt
  5.1    It is forty-one steps from the…                 213 words  line 3
  5.2    In the morning there was a…                      68 words  line 19
1,180 words

Cuts                                                      74 words  line 1
         "You might have told me about…                   74 words  line 1
"""
    )


def test_the_folder_goes_out_as_one_book_without_the_scene_that_was_cut():
    page = export_bytes(open_lock(), load_profiles(None)["web-page"]).decode()
    assert page.count("<h2") == 5
    assert page.count('class="dinkus"') == 4
    assert "the year of the comet" in page
    assert "about the bell" not in page
    assert ".txt" not in page
