"""Several files come in together: as one text, or as a folder of chapter files, in natural order."""

from editor.app.imports import chapter_files, in_order, join_parts
from editor.cli.main import main
from editor.importing.registry import import_path
from editor.manuscript.manuscript import Manuscript
from editor.storage.opening import open_manuscript
from tests.importing.packing import W, docx, p

STYLES = f'<w:styles {W}><w:style w:styleId="T"><w:name w:val="Title"/></w:style><w:style w:styleId="H"><w:name w:val="heading 1"/></w:style></w:styles>'


def put(folder, **bodies):
    for name, body in bodies.items():
        (folder / f"{name}.docx").write_bytes(docx(body, styles=STYLES))
    return in_order(folder.glob("*.docx"))


def parts_of(paths):
    return [(path, import_path(path)) for path in paths]


def test_files_come_in_natural_order_each_once(tmp_path):
    paths = put(tmp_path, ch10=p("x"), ch2=p("x"), ch1=p("x"))
    assert [path.stem for path in in_order([*paths, paths[0]])] == ["ch1", "ch2", "ch10"]


def test_a_chapter_without_a_heading_gets_one_from_its_title_or_its_file(tmp_path):
    paths = put(
        tmp_path,
        a=p("Dusk", style="T") + p("It was dark."),
        b=p("Light."),
        c=p("End", style="H") + p("She swam."),
    )
    lines = join_parts(parts_of(paths))
    assert lines == ["# Dusk", "", "It was dark.", "", "", "# b", "", "Light.", "", "", "# End", "", "She swam."]  # fmt: skip


def test_a_title_above_a_heading_is_kept_as_a_note(tmp_path):
    paths = put(
        tmp_path, a=p("The Weir", style="T") + p("Dusk", style="H") + p("It was dark."), b=p("Light.")
    )
    assert join_parts(parts_of(paths))[:3] == ["%% Title: The Weir", "", "# Dusk"]


def test_one_file_stays_as_it_came(tmp_path):
    paths = put(tmp_path, a=p("Dusk", style="T") + p("It was dark."))
    assert join_parts(parts_of(paths)) == ["Title: Dusk", "", "", "It was dark."]


def test_thirty_chapters_are_thirty_chapters(tmp_path):
    paths = put(tmp_path, **{f"ch{n}": p(f"Words {n}.") for n in range(1, 31)})
    outline = Manuscript(join_parts(parts_of(paths))).outline
    assert [root.title for root in outline.roots] == [f"ch{n}" for n in range(1, 31)]


def test_files_of_one_name_get_names_that_differ(tmp_path):
    paths = put(tmp_path, a=p("One."))
    (tmp_path / "sub").mkdir()
    paths += put(tmp_path / "sub", A=p("Two."))
    assert list(chapter_files(parts_of(paths))) == ["a.txt", "A 2.txt"]


def test_the_command_makes_a_folder_of_chapter_files(tmp_path, capsys):
    paths = put(tmp_path, ch2=p("Two."), ch1=p(("One.", "<w:strike/>")))
    before = [path.read_bytes() for path in paths]
    book = tmp_path / "book"
    assert main(["import", *map(str, paths), "-o", str(book)]) == 0
    assert {path.name: path.read_text() for path in book.iterdir()} == {
        "ch1.txt": "One.\n",
        "ch2.txt": "Two.\n",
    }
    assert capsys.readouterr().err == "dinkus: ch1.docx: 1 struck-out passage: kept as plain words.\n"
    assert main(["import", *map(str, paths), "-o", str(book)]) == 2
    assert [path.read_bytes() for path in paths] == before


def test_the_command_makes_one_text_of_several_files(tmp_path, capsys):
    paths = put(tmp_path, ch2=p("Two."), ch1=p("One."))
    assert main(["import", *map(str, paths), "-o", str(tmp_path / "book.txt")]) == 0
    assert (tmp_path / "book.txt").read_text() == "# ch1\n\nOne.\n\n\n# ch2\n\nTwo.\n"


def test_nothing_is_written_if_one_file_is_refused(tmp_path, capsys):
    paths = put(tmp_path, ch1=p("One."))
    (tmp_path / "ch2.pdf").write_bytes(b"%PDF-1.7")
    assert main(["import", str(paths[0]), str(tmp_path / "ch2.pdf"), "-o", str(tmp_path / "book")]) == 2
    assert "ch2.pdf" in capsys.readouterr().err
    assert not (tmp_path / "book").exists()


def test_the_command_never_replaces_what_it_imports_whatever_its_name(tmp_path, capsys):
    rich = r"{\rtf1\ansi Rain.}"
    (tmp_path / "ch1.txt").write_text(rich)
    put(tmp_path, ch2=p("Two."))
    (tmp_path / "ch2.txt").symlink_to("ch2.docx")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for names in (["ch1.txt", "ch2.docx"], ["ch2.docx", "ch2.txt"]):
        assert (
            main(["import", *(str(tmp_path / name) for name in names), "-o", str(tmp_path), "--force"]) == 2
        )
        assert "stay as they are" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_every_imported_file_is_a_chapter_of_the_folder_whatever_its_name(tmp_path):
    names = ("cuts", "CUTS", ".hidden", "~lock", "#auto#", "old~", "a", "Two: dusk", "con", " b ", "…")
    (tmp_path / "in").mkdir()
    paths = put(tmp_path / "in", **{name: p(f"Words of {number}.") for number, name in enumerate(names)})
    paths += [path for path in in_order((tmp_path / "in").iterdir()) if path not in paths]
    book = tmp_path / "book"
    assert main(["import", *map(str, paths), "-o", str(book)]) == 0
    manuscript = open_manuscript(book).manuscript
    assert manuscript.outline.cuts is None
    assert manuscript.outline.words == 3 * len(names)
