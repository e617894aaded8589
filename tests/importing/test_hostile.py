"""Files made to do harm are refused in words, or harmless; damaged ones too. Nothing of them is run, loaded or written."""

import os
import random
import struct
import zipfile

import pytest

from editor.errors import DinkusError, TookTooLong
from editor.importing.refusal import Refusal
from editor.importing.registry import import_bytes, import_path
from editor.importing.worker import FOR_STRANGERS, VOUCHED_FOR, Allowance, import_file
from tests.importing.packing import OFFICE, W, docx, odt, p, pack
from tests.importing.test_projects import MANUSKRIPT, NWD, NWX, SCRIVX, YW7, put

LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
TYPES = {"[Content_Types].xml": ""}


def word(document, **more):
    return pack({**TYPES, "word/document.xml": document, **more})


def body(inside):
    return f"<w:document {W}><w:body>{inside}</w:body></w:document>"


def locked(data):
    """Set the flag of every member that says it is encrypted."""
    raw = bytearray(data)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.find(sign)
        while place >= 0:
            raw[place + at] |= 1
            place = raw.find(sign, place + 4)
    return bytes(raw)


def lying(data):
    """State a small size for a large member."""
    raw = bytearray(data)
    place = raw.rfind(b"PK\x01\x02")
    struct.pack_into("<I", raw, place + 24, 10)
    return bytes(raw)


REFUSED = {
    "laughs.docx": word(LAUGHS + body(p("&b;"))),
    "outside.docx": word(OUTSIDE + body(p("&a;"))),
    "doctype-in-styles.docx": docx(p("x y"), styles=LAUGHS + f"<w:styles {W}/>"),
    "laughs.odt": pack({"content.xml": LAUGHS + f"<office:document-content {OFFICE}/>"}),
    "laughs.fodt": (LAUGHS + f"<office:document {OFFICE}/>").encode(),
    "laughs.yw7": ("<?xml version='1.0'?>" + LAUGHS.replace("DOCTYPE l", "DOCTYPE YWRITER7") + "<YWRITER7/>").encode(),
    "bomb.docx": word(body(p("A" * 60_000_000))),
    "ratio.docx": word(body(p("A" * 5_000_000))),
    "lying.docx": lying(word(body(p("A" * 20_000_000)))),
    "many.docx": pack({**TYPES, "word/document.xml": body(p("x y")), **{f"x{n}": "" for n in range(2_100)}}),
    "very-many.docx": pack({f"x{n}": "" for n in range(9_000)}),
    "deep.docx": word(body("<w:p>" * 20_000 + "</w:p>" * 20_000)),
    "deep.odt": odt("<text:span>" * 20_000 + "</text:span>" * 20_000),
    "deep.rtf": b"{\\rtf1 " + b"{" * 20_000 + b"x" + b"}" * 20_000,
    "locked.docx": locked(docx(p("x y"))),
    "other-packing.docx": pack({**TYPES, "word/document.xml": body(p("x y"))}, zipfile.ZIP_LZMA),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000,
    "a.pdf": b"%PDF-1.7\n",
    "a.jpg": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20,
    "wrong-type.docx": b"This is no Word file.",
    "a-web-page.docx": b"\x00\x01<html",
    "empty.docx": b"",
    "empty.html": b"",
    "a.zip": pack({"a.txt": "x"}),
    "no-text.docx": docx(p()),
    "not-xml.docx": word("no xml at all"),
    "bad-number.docx": docx('<w:p><w:r><w:sym w:char="zzzz"/></w:r></w:p>'),
    "no-spine.epub": pack({"META-INF/container.xml": "<container/>"}),
    "outside.epub": pack(
        {"META-INF/container.xml": '<container><rootfiles><rootfile full-path="../../etc/passwd"/></rootfiles></container>'}
    ),
    "drm.epub": pack(
        {
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
            "b.opf": '<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>',
            "a.xhtml": b"\x91\x92",
            "META-INF/encryption.xml": '<encryption><CipherReference URI="a.xhtml"/></encryption>',
        }
    ),
    "empty.scriv.zip": pack({"a.scrivx": "<ScrivenerProject/>"}),
    "names.xml": b"<?xml version='1.0'?><YWRITER7><a></b></YWRITER7>",
}  # fmt: skip

HARMLESS = {
    "climbing.docx": (pack({**TYPES, "../../evil.txt": "x", "/etc/evil": "x", "con.txt:ads": "x", "word/document.xml": body(p("Hi you."))}), "Hi you."),
    "script.html": (b"<html><p>Hi <a href='java\tscript:alert(1)'>you</a>.</p><script>x</script><img src=/etc/passwd>", "Hi you."),
    "entities.html": (b"<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><html><p>Hi &b; you.</p>", "Hi &b; you."),
    "deep.html": (b"<html>" + b"<div>" * 100_000 + b"Hi you.", "Hi you."),
    "quotes.md": (b"> " * 3_000 + b"Hi you.\n\nHi you.", "Hi you."),
    "brackets.md": (b"Hi you.\n\n" + b"[" * 50_000, "Hi you."),
    "link.md": (b"[Hi](javascript:alert) you.", "[Hi](javascript:alert) you."),
    "macro.docm": (pack({**TYPES, "word/document.xml": body(p("Hi you.")), "word/vbaProject.bin": b"\0" * 99}), "Hi you."),
    "template.docx": (pack({**TYPES, "word/document.xml": body(p("Hi you.")), "word/_rels/document.xml.rels": '<Relationships><Relationship Target="http://evil/x.dotm" TargetMode="External"/></Relationships>'}), "Hi you."),
    "field.docx": (docx('<w:p><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe</w:instrText></w:r><w:r><w:t>Hi you.</w:t></w:r></w:p>'), "Hi you."),
    "object.rtf": (b"{\\rtf1 {\\object\\objemb{\\*\\objdata 0105}}{\\field{\\*\\fldinst DDE}{\\fldrslt Hi you.}}", "Hi you."),
    "bin.rtf": (b"{\\rtf1 Hi you.{\\bin99999999999 x}", "Hi you."),
    "numbers.rtf": (b"{\\rtf1 \\u99999999 \\uc-5 \\fs-999999999 Hi you.}", ""),
    "spaces.odt": (odt('<text:p>Hi<text:s text:c="999999999"/>you.</text:p>'), "Hi you."),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_made_to_do_harm_or_of_another_kind_is_refused_in_words(name):
    with pytest.raises(Refusal) as refused:
        import_bytes(REFUSED[name], name)
    assert str(refused.value).split()[0] in {"is", "holds", "declares"}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_can_be_made_harmless_is_read(name):
    data, line = HARMLESS[name]
    assert any(line in each for each in import_bytes(data, name).lines)


@pytest.mark.parametrize("name", ["laughs.docx", "bomb.docx", "deep.rtf", "many.docx", "old.doc"])
def test_the_worker_refuses_with_the_name_of_the_file(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(REFUSED[name])
    with pytest.raises(DinkusError, match=name):
        import_file(path)
    assert path.read_bytes() == REFUSED[name]
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_the_worker_gives_what_it_read(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(docx(p("It was ", ("not", "<w:i/>"), ".")))
    done = import_file(path)
    assert (done.lines, done.format) == (("It was *not*.",), "Word")


@pytest.mark.parametrize("allowance", [Allowance(seconds=0.01, patience=1), Allowance(memory=20_000_000)])
def test_a_worker_that_needs_too_much_is_ended_and_told_of(allowance, tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(b"<html>" + b"<p>words and words</p>" * 20_000)
    with pytest.raises(DinkusError):
        import_file(path, allowance)


def test_a_pipe_and_a_device_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "a.docx")
    with pytest.raises(Refusal, match="no file"):
        import_path(tmp_path / "a.docx")
    (tmp_path / "b.docx").symlink_to("/dev/zero")
    with pytest.raises(Refusal, match="no file"):
        import_path(tmp_path / "b.docx")


def test_a_folder_under_the_name_of_a_file_is_refused(tmp_path):
    (tmp_path / "a.docx").mkdir()
    with pytest.raises(DinkusError, match="does not read"):
        import_file(tmp_path / "a.docx")


def test_reading_ends_when_nobody_waits_for_it(tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(b"<html>" + b"<p><i>a" * 300_000)
    asked = []
    with pytest.raises(DinkusError, match="not waited for"):
        import_file(path, is_stopped=lambda: bool(asked.append(1)) or len(asked) > 1)
    assert path.read_bytes().startswith(b"<html>")


def test_no_file_gets_more_than_five_seconds_unless_the_writer_says_so(tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(b"<html>" + b"<p>words and words</p>" * 20_000)
    assert FOR_STRANGERS.seconds == 5
    with pytest.raises(TookTooLong, match=r"takes longer than 0\.01 seconds"):
        import_file(path, Allowance(seconds=0.01, patience=1))
    assert len(import_file(path, VOUCHED_FOR).lines) > 20_000


def test_a_project_does_not_lead_out_of_its_folder(tmp_path):
    (tmp_path / "secret.rtf").write_text(r"{\rtf1 secret}")
    away = SCRIVX.replace('UUID="S1"', 'UUID="../../../secret"')
    project = put(tmp_path / "B.scriv", {"B.scrivx": away, "Files/Data/S2/content.rtf": r"{\rtf1 Mine.}"})
    os.mkfifo(project / "Files/Data/S2/notes.rtf")
    assert not any("secret" in line for line in import_path(project).lines)


def test_a_file_that_is_not_there_is_told_of(tmp_path):
    with pytest.raises(DinkusError, match="not there"):
        import_file(tmp_path / "gone.docx")


def test_links_out_of_a_project_are_not_followed(tmp_path):
    secret = tmp_path / "secret.rtf"
    secret.write_text(r"{\rtf1 secret}")
    project = put(tmp_path / "B.scriv", {"B.scrivx": SCRIVX, "Files/Data/S1/content.rtf": r"{\rtf1 Mine.}"})
    (project / "Files/Data/S2").mkdir()
    (project / "Files/Data/S2/content.rtf").symlink_to(secret)
    assert not any("secret" in line for line in import_path(project).lines)


def text_samples():
    words = " ".join(random.Random(5).choices(["weir", "dusk", "swam", "gun", "light"], k=900))
    yield (
        "a.docx",
        docx(
            "".join(p(words[n : n + 60], ("it", "<w:i/>")) for n in range(0, 4_000, 60)),
            styles=f"<w:styles {W}/>",
        ),
    )
    yield "a.odt", odt("".join(f"<text:p>{words[n : n + 60]}</text:p>" for n in range(0, 4_000, 60)))
    yield (
        "a.rtf",
        (
            r"{\rtf1\ansi{\fonttbl{\f0 A;}}"
            + "".join(rf"{{\i {words[n : n + 60]}}}\u8212?\'e9\par " for n in range(0, 4_000, 60))
            + "}"
        ).encode(),
    )
    yield (
        "a.html",
        (
            "<html>" + "".join(f"<p><em>{words[n : n + 60]}</em> &amp;</p>" for n in range(0, 4_000, 60))
        ).encode(),
    )
    yield (
        "a.md",
        (
            "# Dusk\n\n" + "".join(f"*{words[n : n + 60]}*\n\n> [x](y)\n\n" for n in range(0, 4_000, 60))
        ).encode(),
    )
    yield "a.yw7", YW7.encode()
    yield "a.msk", pack(MANUSKRIPT)
    yield "a.zip", pack({"nwProject.nwx": NWX, "content/b1.nwd": NWD})
    yield (
        "b.zip",
        pack({"a.scrivx": SCRIVX, "Files/Data/S1/content.rtf": r"{\rtf1 She swam.}"}, zipfile.ZIP_STORED),
    )


SAMPLES = dict(text_samples())


def is_read_or_refused(data, name):
    try:
        return bool(import_bytes(data, name).lines)
    except Refusal:
        return True


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_cut_off_anywhere_is_read_or_refused(name):
    data = SAMPLES[name]
    step = max(1, min(1024, len(data) // 40))
    assert all(is_read_or_refused(data[:cut], name) for cut in range(0, len(data), step))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_with_spoiled_bytes_is_read_or_refused(name):
    chance = random.Random(7)
    for _ in range(150):
        raw = bytearray(SAMPLES[name])
        for _ in range(chance.choice([1, 1, 3, 20])):
            raw[chance.randrange(len(raw))] = chance.choice([0, 0xFF, 0x3C, 0x7B, chance.randrange(256)])
        assert is_read_or_refused(bytes(raw), name)
