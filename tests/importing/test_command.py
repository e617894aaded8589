"""`dinkus import` makes plain text of a file of another program."""

from editor.cli.main import main
from tests.importing.packing import docx, p


def test_the_text_goes_to_a_file_and_what_was_left_out_is_told(tmp_path, capsys):
    source, target = tmp_path / "a.docx", tmp_path / "a.txt"
    source.write_bytes(
        docx(p("It was ", ("not", "<w:i/>"), ".", "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>"))
    )
    before = source.read_bytes()
    assert main(["import", str(source), "-o", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == "It was *not*.\n"
    assert capsys.readouterr().err == "dinkus: 1 tracked deletion: left out.\n"
    assert main(["import", str(source), "-o", str(target)]) == 2
    assert main(["import", str(source), "-o", str(source), "--force"]) == 2
    assert source.read_bytes() == before


def test_a_file_of_no_kind_we_read_is_refused_in_one_line(tmp_path, capsys):
    source = tmp_path / "a.pdf"
    source.write_bytes(b"%PDF-1.7")
    assert main(["import", str(source)]) == 2
    assert capsys.readouterr().err.startswith("dinkus: “a.pdf” cannot be imported: it is a PDF")
