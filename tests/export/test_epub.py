"""The e-book: what epubcheck says, what is in it, and every word once and in order."""

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from editor.errors import InputError
from editor.export.book import Part
from editor.export.profile import Profile
from editor.export.renderers.epub import LONGEST_FILE, render_epub
from tests.export.books import book, books, hostile, novel, squeeze, words_of
from tests.export.conformity import check_epub

X = "{http://www.w3.org/1999/xhtml}"
DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"


def parts(a_book, **choices):
    """Return the parts of the e-book by name, as text."""
    with zipfile.ZipFile(io.BytesIO(epub(a_book, **choices))) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def epub(a_book, **choices):
    return render_epub(a_book, Profile("test", renderer="epub", **choices))


def texts(made):
    """Return the bodies of the files of text, in reading order."""
    return [body(page) for name, page in sorted(made.items()) if name.startswith("EPUB/text-")]


def body(page):
    return page.split("<body>\n")[1].split("</body>")[0]


@pytest.mark.parametrize(
    "a_book, choices",
    [
        (novel(), {}),
        (novel(), {"cover": "plain", "date": "2026-03-31", "scene_break": "rule", "paragraphs": "spaced"}),
        (hostile(), {"cover": "plain", "scene_break": '"}<&\\⁂'}),
        (book(), {"scene_break": "blank"}),
        (book((Part.PARAGRAPH, "Rain"), title=" "), {}),
        (book((Part.PARAGRAPH, "גשם"), language="he", title="גשם"), {"cover": "plain"}),
    ],
    ids=["novel", "every choice", "hostile", "empty", "one word", "right to left"],
)
def test_epubcheck_finds_no_error_and_no_warning(a_book, choices):
    assert check_epub(epub(a_book, **choices)) == []


def picture(kind):
    """Return a small picture as the bytes of a file of that kind."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(60, 90, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    assert image.save(buffer, kind)
    return bytes(data.data())


@pytest.mark.parametrize(
    ("kind", "file", "media_type"), [("JPEG", "cover.jpg", "image/jpeg"), ("PNG", "cover.png", "image/png")]
)
def test_a_picture_of_the_writers_own_is_the_cover(kind, file, media_type):
    data = picture(kind)
    made = epub(novel(), cover="plain", cover_image="mine.jpg", own_cover_image=data)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert package.read(f"EPUB/{file}") == data
        assert "EPUB/cover.svg" not in package.namelist()
        described = package.read("EPUB/package.opf").decode()
        assert f'href="{file}" media-type="{media_type}" properties="cover-image"' in described
        assert f'<img src="{file}"' in package.read("EPUB/cover.xhtml").decode()
    if kind == "JPEG":  # one start of the checker is enough
        assert check_epub(made) == []


def test_what_is_no_picture_is_no_cover():
    with pytest.raises(InputError, match="no JPEG and no PNG"):
        epub(novel(), cover_image="mine.jpg", own_cover_image=b"GIF89a")
    with pytest.raises(InputError, match="was not read"):
        epub(novel(), cover_image="mine.jpg")


def test_the_kind_of_file_stands_first_and_plain_for_programs_that_look_at_the_bytes():
    made = epub(novel())
    assert made[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        first = package.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")


def test_each_part_and_chapter_is_a_file_of_its_own():
    made = texts(parts(novel()))
    assert [page.split("\n")[1] for page in made] == [
        '<aside class="note"><p>A/N: late</p>',
        '<h1 class="part">Part One</h1>',
        "<h2><em>Low Water</em></h2>",
        "<h2>Chapter Two</h2>",
        '<h1 class="part">Part Two</h1>',
        '<h1 class="part">Part Three</h1>',
        "<h2>Chapter Three</h2>",
    ]
    assert made[2] == (
        '<section epub:type="chapter" role="doc-chapter">\n'
        "<h2><em>Low Water</em></h2>\n"
        "<p>She <em>never</em> said <strong>no</strong>.</p>\n"
        '<hr class="scene"/>\n'
        "<h3>Night</h3>\n"
        "<blockquote><p>Dear M,</p>\n<p>come.</p>\n</blockquote>\n"
        '<p class="verse">Low water<br/>slow water</p>\n'
        "</section>\n"
    )


def test_the_contents_list_chapters_below_their_parts():
    nav = ET.fromstring(parts(novel())["EPUB/nav.xhtml"]).find(f".//{X}nav")

    def entries(ordered):
        return [
            (item.find(f"{X}a").text, entries(item.find(f"{X}ol")))
            if item.find(f"{X}ol") is not None
            else item.find(f"{X}a").text
            for item in ordered
        ]

    assert entries(nav.find(f"{X}ol")) == [
        "The Weir & the <Lamp>",
        ("Part One", ["Low Water", "Chapter Two"]),
        "Part Two",
        ("Part Three", ["Chapter Three"]),
    ]


def test_title_author_language_and_date_are_told():
    package = ET.fromstring(parts(novel(), date="2026-03-31")["EPUB/package.opf"])
    told = {each.tag: each.text for each in package.find(f"{OPF}metadata") if each.tag.startswith(DC)}
    assert told[f"{DC}title"] == "The Weir & the <Lamp>"
    assert told[f"{DC}creator"] == "M. R. Anders"
    assert told[f"{DC}language"] == "en-GB"
    assert told[f"{DC}date"] == "2026-03-31"
    modified = package.find(f".//{OPF}meta[@property='dcterms:modified']")
    assert modified.text == "2026-03-31T00:00:00Z"


def test_a_book_without_a_date_says_no_day_of_publication():
    assert "dc:date" not in parts(novel())["EPUB/package.opf"]


def test_an_edition_keeps_its_identifier_when_its_text_changes():
    def identifier(a_book):
        return parts(a_book)["EPUB/package.opf"].split("urn:uuid:")[1][:36]

    one, two = book((Part.PARAGRAPH, "a")), book((Part.PARAGRAPH, "b"))
    assert identifier(one) == identifier(two) != identifier(book(title="Another"))


def test_the_ornament_between_scenes_is_the_writers_and_cannot_leave_its_string():
    style = parts(novel(), scene_break='~"};\\</style>~')["EPUB/style.css"]
    ornament = r'content: "~\000022};\00005c\00003c/style\00003e~"; }'
    assert ornament in style


def test_a_long_chapter_goes_on_in_another_file_at_a_scene_break():
    scene = [(Part.PARAGRAPH, "x" * (LONGEST_FILE // 2 + 1))]
    a_book = book((Part.CHAPTER, "One"), *(scene * 2), (Part.DINKUS,), *scene, (Part.DINKUS,), *scene)
    made = texts(parts(a_book))
    assert len(made) == 2
    assert made[1].startswith('<section>\n<hr class="scene"/>\n<p>xxx')
    assert parts(a_book)["EPUB/nav.xhtml"].count("<li>") == 2  # the chapter, and where the text begins


@pytest.mark.parametrize(
    "title, ems",
    [
        ("Rain", 0.6),
        ("The Weir and the Lamp", 0.6),
        ("THE WEIR AND THE LAMP", 0.8),
        ("漢字" * 20, 1),
        ("x" * 300, 0.6),
    ],
)
def test_title_and_author_stay_within_the_frame_of_the_cover(title, ems):
    cover = parts(book(title=title, author=title), cover="plain")["EPUB/cover.svg"]
    for line in ET.fromstring(cover).iterfind(".//{http://www.w3.org/2000/svg}text"):
        size = int(line.get("font-size"))
        assert size >= 40
        assert int(line.get("textLength", "0")) or size * ems * len(line.text) < 1420  # in a wide face


def test_equal_books_give_equal_bytes():
    assert epub(novel(), cover="plain") == epub(novel(), cover="plain")


@given(books())
@settings(deadline=None, max_examples=60)
def test_every_character_of_any_book_stands_once_and_in_order_in_well_formed_pages(a_book):
    made = parts(a_book, cover="plain")
    for name, text in made.items():
        if name.endswith((".xhtml", ".xml", ".opf", ".svg")):
            ET.fromstring(text)
    pages = [made["EPUB/title.xhtml"]] if "EPUB/title.xhtml" in made else []
    pages += [page for name, page in sorted(made.items()) if name.startswith("EPUB/text-")]
    read = "".join("".join(ET.fromstring(page).find(f"{X}body").itertext()) for page in pages)
    assert squeeze(read) == words_of(a_book)
