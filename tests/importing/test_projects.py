"""Projects of other programs for writers come in with their order, titles, synopses and facts."""

from editor.importing.registry import import_bytes, import_parts, import_path
from editor.importing.sources import PackedParts
from editor.markup.model import Kind, Level
from editor.markup.text import MarkedText
from tests.importing.packing import pack


def put(folder, parts):
    for name, content in parts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


SCRIVX = """<?xml version="1.0" encoding="UTF-8"?><ScrivenerProject Version="2.0"><Binder>
<BinderItem UUID="D" Type="DraftFolder"><Title>Draft</Title><Children>
 <BinderItem UUID="C1" Type="Folder"><Title>Dusk</Title><MetaData/><Children>
  <BinderItem UUID="S1" Type="Text"><Title>The weir</Title><MetaData><LabelID>2</LabelID><StatusID>1</StatusID><IncludeInCompile>Yes</IncludeInCompile></MetaData></BinderItem>
  <BinderItem UUID="S2" Type="Text"><Title>Home</Title><MetaData><LabelID>-1</LabelID></MetaData></BinderItem>
 </Children></BinderItem></Children></BinderItem>
<BinderItem UUID="R" Type="ResearchFolder"><Title>Research</Title><Children><BinderItem UUID="X" Type="Text"><Title>Fish</Title></BinderItem></Children></BinderItem>
</Binder><LabelSettings><Labels><Label ID="2">Red</Label></Labels></LabelSettings><StatusSettings><StatusItems><Status ID="1">First Draft</Status></StatusItems></StatusSettings></ScrivenerProject>"""


def test_of_a_scrivener_project_the_draft_comes_in_binder_order(tmp_path):
    project = put(
        tmp_path / "Book.scriv",
        {
            "Book.scrivx": SCRIVX,
            "Files/Data/S1/content.rtf": r"{\rtf1 She {\i swam}.\{\\Scrv_annot \\color=\{\\R=1\} \\text=cold?\\end_Scrv_annot\}\par Far.}",
            "Files/Data/S1/content.comments": r'<Comments><Comment ID="1" Footnote="Yes"><![CDATA[{\rtf1 See p. 9.}]]></Comment></Comments>',
            "Files/Data/S1/synopsis.txt": "She swims.",
            "Files/Data/S1/notes.rtf": r"{\rtf1 Check tides.}",
            "Files/Data/S2/content.rtf": r"{\rtf1 <$Scr_Ps::0>Home<!$Scr_Ps::0> again.}",
            "Files/Data/X/content.rtf": r"{\rtf1 Fish facts.}",
        },
    )
    before = sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*"))
    done = import_path(project)
    assert list(done.lines) == [
        "# Dusk", "", "[[title: The weir]]", "[[synopsis: She swims.]]", "[[label: Red]]", "[[status: First Draft]]", "",
        "She *swam*.", "", "%% Comment: cold?", "", "Far.", "", "%% Footnote: See p. 9.", "", "%% Check tides.", "", "* * *", "",
        "[[title: Home]]", "[[export: no]]", "", "Home again.",
    ]  # fmt: skip
    assert done.left_out == (
        "1 document outside the manuscript: left out.",
        "1 footnote: put below its paragraph as a private note.",
    )
    assert import_path(project / "Book.scrivx") == done
    assert sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*")) == before


NWX = """<?xml version="1.0"?><novelWriterXML fileVersion="1.5"><project><name>The Weir</name><author>Ann</author></project><content>
<item handle="a1" type="ROOT" class="NOVEL"><name>Novel</name></item>
<item handle="b1" parent="a1" type="FILE" class="NOVEL" layout="DOCUMENT"><name>x</name></item>
<item handle="b2" parent="a1" type="FILE" class="CHARACTER" layout="NOTE"><name>Jane</name></item></content></novelWriterXML>"""
NWD = """%%~name: x
%%~hash: 1
#! The Weir

# Part One

## Dusk

### The weir

@pov: Jane
%Synopsis: She swims.
% a thought

It was _not_ his **gun**, [i]no[/i].
Second line.

[vspace:2]

>> centred <<

### Home

Done.
"""


def test_a_novelwriter_project_comes_with_its_scenes(tmp_path):
    done = import_path(
        put(tmp_path, {"nwProject.nwx": NWX, "content/b1.nwd": NWD, "content/b2.nwd": "# Jane"})
    )
    assert list(done.lines) == [
        "Title: The Weir", "Author: Ann", "", "", "# Part One", "", "## Dusk", "", "[[title: The weir]]", "[[pov: Jane]]",
        "[[synopsis: She swims.]]", "", "%% a thought", "", "It was *not* his **gun**, *no*.", "Second line.", "", "* * *", "",
        "centred", "", "* * *", "", "[[title: Home]]", "", "Done.",
    ]  # fmt: skip
    assert done.left_out == ("1 document outside the manuscript: left out.",)


NWD_2026 = """+++
name = "Dusk"
class = "NOVEL"
layout = "DOCUMENT"
textHash = "1"
+++
## Dusk

### The weir

It was ==bright== and ~~cold~~. <<

>> right

+++

One
two <<
"""


def test_a_novelwriter_project_of_2026_comes_without_what_its_documents_say_of_themselves(tmp_path):
    done = import_path(
        put(tmp_path, {"nwProject.nwx": NWX, "content/b1.md": NWD_2026, "content/b2.md": "# Jane"})
    )
    assert list(done.lines) == [
        "Title: The Weir", "Author: Ann", "", "", "# Dusk", "", "[[title: The weir]]", "", "It was bright and cold.", "",
        "right", "", "+++", "", "One", "two",
    ]  # fmt: skip
    assert done.left_out == (
        "1 document outside the manuscript: left out.",
        "1 highlighted passage: kept without the colour.",
        "1 struck-out passage: kept as plain words.",
    )


YW7 = """<?xml version="1.0" encoding="utf-8"?><YWRITER7 VER="7"><PROJECT><Title>The Weir</Title><AuthorName>Ann</AuthorName></PROJECT>
<SCENES><SCENE><ID>1</ID><Title>Swim</Title><Desc>She swims.</Desc><Status>2</Status><Characters><CharID>9</CharID></Characters>
<SceneContent><![CDATA[It was [i]not[/i] his gun * really.
[i]All of this
and this[/i] too./* cold? */]]></SceneContent></SCENE><SCENE><ID>2</ID><Title>Cut</Title><Unused>-1</Unused><SceneContent>x y z</SceneContent></SCENE></SCENES>
<CHAPTERS><CHAPTER><ID>1</ID><Title>Dusk</Title><Scenes><ScID>1</ScID><ScID>2</ScID></Scenes></CHAPTER>
<CHAPTER><ID>2</ID><Title>Notes</Title><Type>1</Type></CHAPTER></CHAPTERS><CHARACTERS><CHARACTER><ID>9</ID><Title>Jane</Title></CHARACTER></CHARACTERS></YWRITER7>"""


def test_a_ywriter_project_comes_with_its_scenes():
    done = import_bytes(YW7.encode(), "book.yw7")
    assert list(done.lines) == [
        "Title: The Weir", "Author: Ann", "", "", "# Dusk", "", "[[title: Swim]]", "[[synopsis: She swims.]]",
        "[[pov: Jane]]", "[[status: draft]]", "", "It was *not* his gun * really.", "", "*All of this*", "",
        "%% cold?", "", "*and this* too.", "", "* * *", "", "[[title: Cut]]", "[[export: no]]", "", "x y z",
    ]  # fmt: skip


MANUSKRIPT = {
    "MANUSKRIPT": "1",
    "infos.txt": "Title:      The Weir\nAuthor:     Ann\n",
    "characters/0-Jane.txt": "Name:  Jane\nID:    3\n",
    "outline/10-Dawn/folder.txt": "title:  Dawn\nID: 9\ntype: folder\n",
    "outline/10-Dawn/0-Light.md": "title:  Light\ntype: md\n\n\nLight.",
    "outline/2-Dusk/folder.txt": "title:  Dusk\nID: 8\ntype: folder\n",
    "outline/2-Dusk/0-Swim.md": "title:  Swim\ntype: md\nPOV: 3\nsummarySentence: She swims.\n    And more.\nstatus: draft\ncompile: 2\n\n\nIt was *not*.\nSecond paragraph.",
}
MANUSKRIPT_LINES = [
    "Title: The Weir", "Author: Ann", "", "", "# Dusk", "", "[[title: Swim]]", "[[synopsis: She swims. And more.]]",
    "[[pov: Jane]]", "[[status: draft]]", "", "It was *not*.", "", "Second paragraph.", "", "# Dawn", "", "[[title: Light]]", "", "Light.",
]  # fmt: skip


def test_a_manuskript_project_comes_as_a_folder_and_as_one_file(tmp_path):
    put(tmp_path / "book", MANUSKRIPT)
    (tmp_path / "book.msk").write_text("1")
    assert list(import_path(tmp_path / "book.msk").lines) == MANUSKRIPT_LINES
    assert list(import_bytes(pack(MANUSKRIPT), "book.msk").lines) == MANUSKRIPT_LINES


def test_an_electronic_book_comes_in_reading_order():
    opf = """<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Weir</dc:title><dc:creator>Ann</dc:creator></metadata>
    <manifest><item id="b" href="text/b%20b.xhtml" media-type="application/xhtml+xml"/><item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="e" href="../../etc/passwd" media-type="text/html"/></manifest>
    <spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/><itemref idref="e"/></spine></package>"""
    page = '<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title><link href="../s.css" rel="stylesheet"/></head><body>{}</body></html>'
    book = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="x"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": opf,
        "OEBPS/s.css": ".it { font-style: italic }",
        "OEBPS/nav.xhtml": page.format("<nav>Contents</nav>"),
        "OEBPS/text/a.xhtml": page.format('<h2>Chapter 1</h2><p>It was <span class="it">not</span> his.</p>'),
        "OEBPS/text/b b.xhtml": page.format("<p>More&nbsp;text.</p>"),
    }
    done = import_parts(PackedParts(pack(book)))
    assert list(done.lines) == [
        "Title: The Weir", "Author: Ann", "", "", "# Chapter 1", "", "It was *not* his.", "", "* * *", "", "More\u00a0text.",
    ]  # fmt: skip
    assert done.left_out == ("1 document that could not be read: left out.",)


def test_what_a_project_calls_a_part_and_a_chapter_is_one_for_us(tmp_path):
    done = import_path(put(tmp_path, {"nwProject.nwx": NWX, "content/b1.nwd": NWD}))
    headings = [block for block in MarkedText(list(done.lines)).blocks if block.kind is Kind.HEADING]
    assert [block.level for block in headings] == [Level.PART, Level.CHAPTER]
