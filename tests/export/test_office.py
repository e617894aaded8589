"""Documents as LibreOffice sets them: opened, turned into pages, and every word of the pages compared.

One start of the program converts everything. Pages are read by pdftotext, without the margins, where headers and page numbers stand.
"""

import shutil
import subprocess
from dataclasses import replace

import pytest

from editor.app.profiles import load_profiles
from editor.app.resources import sample_path
from editor.export.document_options import DOCX, ODT, RTF
from editor.export.registry import export_bytes
from editor.manuscript.manuscript import Manuscript
from editor.markup.lines import split_lines
from tests.export.readers import letters, read_pdf, read_text

SUFFIXES = {DOCX, ODT, RTF}
WRITER = {
    "legal_name": "Mary Anders",
    "surname": "Anders",
    "address": "12 Weir Lane;Bath",
    "email": "m@example.org",
}
HOSTILE = (
    "Title: <&>\"' {\\\\par} ]]>\nAuthor: </w:t>&amp;'\"\nLanguage: en\n\n"
    "Chapter One\n\nRa\x00in\x1b[2J and \x85 more\x7f.\n\n* * *\n\n* * *\n\nChapter Two: <b>&lt;\n\n"
    "Café *naïve* **ﬁne** 5 < 6 & 7 > 2 {b} \\\\i0 C:\\\\temp 😀 \u200bno\xadhyphen\u00a0here.\n\n"
    "***Both*** and _either_, 漢字, שלום and مطر.\n\n> Dear M,\n>\n> come.\n\n    Low water,\n    slow water.\n\nThe End\n"
)
TEXTS = {
    "story": sample_path("the-forty-first-person.txt").read_text("utf-8"),
    "german": sample_path("die-haltestelle.txt").read_text("utf-8"),
    "hostile": HOSTILE,
    "hebrew": "Title: גשם\nLanguage: he\n\nגשם *ירד* על הנמל.\n\n* * *\n\nאחר כך הפסיק.\n",
    "many breaks": "Title: Rain\n\n"
    + "\n\n* * *\n\n".join("Rain.\n\nMore." if n % 3 else "Rain." for n in range(150)),
    "one word": "Rain",
    "nothing": "",
}


def documents():
    """Return (name, profile) of every document of ours for word processors, and of each manuscript in each of the formats."""
    for name, profile in load_profiles(None).items():
        if profile.renderer in SUFFIXES:
            renderers = SUFFIXES if profile.layout != "book" else {profile.renderer}
            for renderer in sorted(renderers):
                yield f"{name}-{renderer}", replace(profile, renderer=renderer).with_writer(WRITER)


DOCUMENTS = dict(documents())


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return the files, and the PDF that LibreOffice makes of each, by (document, text)."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("office")
    files = {}
    for name, profile in DOCUMENTS.items():
        for number, (case, text) in enumerate(TEXTS.items()):
            data = export_bytes(Manuscript(split_lines(text)), profile)
            files[name, case] = folder / f"{name}-{number}{profile.suffix}", data
    for path, data in files.values():
        path.write_bytes(data)
    command = [office, f"-env:UserInstallation=file://{folder}/settings", "--headless", "--norestore"]
    command += ["--convert-to", "pdf", "--outdir", str(folder / "pdf")]
    command += [str(path) for path, _ in files.values()]
    subprocess.run(command, capture_output=True, timeout=110, check=True)
    return {key: (data, folder / "pdf" / f"{path.stem}.pdf") for key, (path, data) in files.items()}


@pytest.mark.parametrize("case", TEXTS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_libreoffice_sets_every_word_in_order(name, case, pages):
    data, path = pages[name, case]
    wanted = letters(read_text(DOCUMENTS[name].renderer, {"": data}))
    is_hebrew = case == "hebrew"
    found = letters(read_pdf(path.read_bytes(), is_right_to_left=is_hebrew))
    if is_hebrew:  # the address stands in lines of two directions, whose order on a page tells nothing
        assert sorted(found) == sorted(wanted)
        found, wanted = ("".join(each for each in text if not each.isascii()) for text in (found, wanted))
    assert found == wanted


@pytest.mark.parametrize("name", DOCUMENTS)
def test_libreoffice_ends_no_page_with_a_scene_break(name, pages):
    _, path = pages[name, "many breaks"]
    bodies = [page.split() for page in read_pdf(path.read_bytes()).split("\f")[:-1]]
    assert len(bodies) > 5
    assert not [body for body in bodies if body and body[-1] in {"#", "*"}]
    assert [body for body in bodies if body and body[0] in {"#", "*"}]  # so it would have happened


@pytest.mark.parametrize("name", [name for name, each in DOCUMENTS.items() if each.layout != "book"])
def test_libreoffice_heads_all_pages_of_a_manuscript_but_the_first(name, pages):
    _, path = pages[name, "story"]
    tops = [page.strip().split("\n")[0] for page in read_pdf(path.read_bytes(), margin=0).split("\f")[:-1]]
    first = 1 if DOCUMENTS[name].layout == "novel" else 2
    assert tops[0].startswith("Mary Anders")
    assert tops[1:] == [f"Anders / The Forty-First Person / {n}" for n in range(first, first + len(tops) - 1)]
