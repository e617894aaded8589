"""Exports from the command line that take files of the writer's, or make several formats at once."""

import os
import zipfile

import pytest

from editor.app.page_files import names_in
from editor.app.settings import standard_folders
from tests.test_cli import STORY, dinkus, story

__all__ = ["dinkus", "story"]  # the fixtures

TEMPLATE = "<h1>{{ title }}</h1>\n{{ body }}\n"


def put(folder, name, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def files_below(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


# --- templates


def test_a_template_beside_the_manuscript_makes_the_page(dinkus, story):
    put(story.parent, "mine.j2", TEMPLATE)
    code, out, err = dinkus("export", story, "--to", "web-page", "--set", "template=mine.j2")
    assert (code, err) == (0, "")
    assert out.startswith(b'<h1>The Weir</h1>\n<h1 class="title">The Weir</h1>')


def test_a_template_in_a_folder_that_is_the_manuscript_is_found_there_and_is_no_chapter(dinkus, tmp_path):
    book = tmp_path / "book"
    put(book, "1 One.txt", "Chapter One\n\nRain.\n")
    put(book, "mine.j2", TEMPLATE)
    put(book, "page.css", "p {}")
    out = dinkus("export", book, "--to", "web-page", "--set", "template=mine.j2")[1]
    assert out.startswith(b"<h1>")
    assert b"mine" not in dinkus("outline", book)[1]


def test_the_folder_of_templates_is_looked_into_after_that_of_the_manuscript(dinkus, story):
    put(standard_folders().templates, "mine.j2", "far")
    command = ("export", story, "--to", "web-page", "--set", "template=mine.j2")
    assert dinkus(*command)[1] == b"far"
    put(story.parent, "mine.j2", "near")
    assert dinkus(*command)[1] == b"near"
    assert dinkus("export", "-", *command[2:], stdin=STORY.encode())[1] == b"far"


def test_a_template_that_is_not_there_is_missed_in_both_folders(dinkus, story, tmp_path):
    target = tmp_path / "out.html"
    code, out, err = dinkus("export", story, "--to", "web-page", "--set", "template=mine.j2", "-o", target)
    assert (code, out) == (2, b"")
    assert f"no file “mine.j2” in {story.parent} or in {standard_folders().templates}" in err
    assert not target.exists()


@pytest.mark.parametrize(
    "name",
    ["../mine.j2", "/etc/hostname", "a/../../mine.j2", "a\\mine.j2", "C:mine.j2", "./mine.j2", "a//b.j2"],
)
def test_a_template_is_named_by_its_plain_name_only(dinkus, story, name):
    put(story.parent.parent, "mine.j2", TEMPLATE)
    code, out, err = dinkus("export", story, "--to", "web-page", "--set", f"template={name}")
    assert (code, out) == (2, b"")
    assert "is not the name of a file beside the manuscript" in err


def test_a_link_that_leads_out_of_the_folder_is_not_followed(dinkus, story, tmp_path):
    put(tmp_path / "elsewhere", "secret.j2", "secret")
    book = tmp_path / "book"
    put(book, "1.txt", STORY)
    (book / "mine.j2").symlink_to(tmp_path / "elsewhere" / "secret.j2")
    (book / "far").symlink_to(tmp_path / "elsewhere")
    for name in ("mine.j2", "far/secret.j2"):
        code, out, err = dinkus("export", book / "1.txt", "--to", "web-page", "--set", f"template={name}")
        assert (code, out) == (2, b"")
        assert "leads out of that folder" in err


def test_a_pipe_a_folder_and_bytes_that_are_no_text_are_no_templates(dinkus, story):
    os.mkfifo(story.parent / "pipe.j2")
    (story.parent / "folder.j2").mkdir()
    (story.parent / "bytes.j2").write_bytes(b"\xff\xfe\x00")
    (story.parent / "large.j2").write_bytes(b"x" * 1_000_001)
    for name in ("pipe.j2", "folder.j2", "bytes.j2", "large.j2", "x" * 290):
        code, out, err = dinkus("export", story, "--to", "web-page", "--set", f"template={name}")
        assert (code, out) == (2, b"")
        assert err.count("\n") == 1


def test_a_broken_template_is_told_with_its_line_and_nothing_is_written(dinkus, story, tmp_path):
    put(story.parent, "mine.j2", "<p>\n{{ titel }}")
    for target, profile in ((tmp_path / "out.html", "web-page"), (tmp_path / "site", "site")):
        code, _, err = dinkus("export", story, "--to", profile, "--set", "template=mine.j2", "-o", target)
        assert code == 2
        assert err == "dinkus: The template “mine.j2” cannot be used, line 2: 'titel' is undefined.\n"
        assert not target.exists()


def test_a_template_beside_a_manuscript_is_not_used_unless_it_is_named(dinkus, story):
    plain = dinkus("export", story, "--to", "web-page")
    put(story.parent, "page.html.j2", "stranger")
    put(story.parent, "page.css", "stranger")
    assert dinkus("export", story, "--to", "web-page") == plain
    assert dinkus("export", story, "--to", "plain-text", "--set", "template=missing.j2")[0] == 0


def test_a_check_tells_of_a_script_that_a_template_adds(dinkus, story):
    for source in ("<script>1</script>", "<p onclick='x()'>", "<a href=javascript:x>"):
        put(story.parent, "mine.j2", source + "{{ body }}")
        out = dinkus("export", story, "--to", "web-page", "--check", "--set", "template=mine.j2")[1].decode()
        assert "Your template adds a script to the page" in out
    put(story.parent, "mine.j2", "<p>{{ body }}")
    story.write_text("<script> onclick=1 javascript:x\n", "utf-8")
    assert (
        "script"
        not in dinkus("export", story, "--to", "web-page", "--check", "--set", "template=mine.j2")[1].decode()
    )


def test_a_check_tells_of_files_that_a_style_sheet_names(dinkus, story):
    put(story.parent, "mine.css", "@import 'https://example.org/a.css';")
    out = dinkus("export", story, "--to", "e-book", "--check", "--set", "style=mine.css")[1].decode()
    assert "Your style sheet names other files" in out
    put(story.parent, "mine.css", "/* @import and url() are not for us */ p { color: red } /* url(")
    out = dinkus("export", story, "--to", "e-book", "--check", "--set", "style=mine.css")[1].decode()
    assert "names other files" not in out


def test_a_check_has_nothing_to_say_of_the_style_sheet_to_begin_with(dinkus, story):
    dinkus("templates", story.parent)
    out = dinkus("export", story, "--to", "web-page", "--check", "--set", "style=page.css")[1].decode()
    assert "style sheet" not in out


def test_the_templates_to_begin_with_are_written_and_make_the_same_page(dinkus, story):
    code, out, err = dinkus("templates", story.parent)
    assert (code, err) == (0, "")
    assert out.decode().split("\n")[:2] == [
        str(story.parent / "page.html.j2"),
        str(story.parent / "page.css"),
    ]
    plain = dinkus("export", story, "--to", "web-page")
    assert dinkus("export", story, "--to", "web-page", "--set", "template=page.html.j2") == plain
    assert dinkus("export", story, "--to", "web-page", "--set", "style=page.css")[0] == 0


def test_templates_that_are_there_are_not_replaced_unless_that_is_said(dinkus, tmp_path):
    folder = tmp_path / "new" / "folder"
    assert dinkus("templates", folder)[0] == 0
    put(folder, "page.css", "mine")
    (folder / "page.html.j2").unlink()
    code, out, err = dinkus("templates", folder)
    assert (code, out) == (2, b"")
    assert "“page.css” is already in" in err
    assert not (folder / "page.html.j2").exists()
    assert dinkus("templates", folder, "--force")[0] == 0
    assert (folder / "page.css").read_text("utf-8") != "mine"


# --- several formats


def test_several_formats_are_written_in_one_go(dinkus, story, tmp_path):
    folder = tmp_path / "new" / "out"
    code, out, err = dinkus("export", story, "--to", "ao3", "--to", "web-page,plain-text", "-o", folder)
    assert (code, err) == (0, "")
    assert out.decode().split("\n") == [
        f"ao3: {folder / 'The Weir - ao3'}",
        f"web-page: {folder / 'The Weir - web-page.html'}",
        f"plain-text: {folder / 'The Weir - plain-text.txt'}",
        "",
    ]
    page = dinkus("export", story, "--to", "web-page")[1]
    assert (folder / "The Weir - web-page.html").read_bytes() == page
    assert files_below(folder) == {
        "The Weir - ao3/1 Chapter One.html",
        "The Weir - ao3/2 Chapter Two.html",
        "The Weir - web-page.html",
        "The Weir - plain-text.txt",
    }


def test_pages_are_among_several_formats(dinkus, story, tmp_path, qapp):
    code, _, _ = dinkus("export", story, "--to", "pdf-book,e-book", "-o", tmp_path / "out")
    assert code == 0
    assert (tmp_path / "out" / "The Weir - pdf-book.pdf").read_bytes().startswith(b"%PDF")


def test_one_format_that_fails_does_not_stop_the_others(dinkus, story, tmp_path):
    folder = tmp_path / "out"
    put(folder, "The Weir - web-page.html", "mine")
    code, out, err = dinkus("export", story, "--to", "web-page,markdown,site", "-o", folder)
    assert code == 2
    assert len(out.decode().splitlines()) == 2
    assert err.startswith("dinkus: web-page: ")
    assert err.endswith("dinkus: 1 of 3 exports failed.\n")
    assert (folder / "The Weir - web-page.html").read_text() == "mine"
    assert (folder / "The Weir - markdown.md").exists()
    assert (folder / "The Weir - site" / "index.html").exists()
    assert dinkus("export", story, "--to", "web-page,markdown,site", "-o", folder, "--force")[0] == 0


def test_a_profile_that_there_is_not_stops_all_of_them_before_anything_is_written(dinkus, story, tmp_path):
    code, _, err = dinkus("export", story, "--to", "web-page,nothing", "-o", tmp_path / "out")
    assert code == 2
    assert "“nothing”" in err
    assert not (tmp_path / "out").exists()


def test_several_formats_need_a_folder(dinkus, story):
    for more in ((), ("-o", "-"), ("-o", story)):
        code, out, err = dinkus("export", story, "--to", "web-page,markdown", *more)
        assert (code, out) == (2, b"")
        assert "need a folder" in err
    assert story.read_text("utf-8") == STORY


def test_the_same_profile_twice_is_one_export(dinkus, story):
    assert dinkus("export", story, "--to", "web-page,web-page") == dinkus("export", story, "--to", "web-page")


def test_no_text_among_several_formats_becomes_a_chapter(dinkus, tmp_path):
    book = tmp_path / "book"
    put(book, "1 One.txt", "Chapter One\n\nRain.\n")
    code, _, err = dinkus("export", book, "--to", "plain-text,web-page", "-o", book)
    assert code == 2
    assert "would become a chapter" in err
    assert {name for name in files_below(book) if name.endswith(".txt")} == {"1 One.txt"}
    assert any(name.endswith(".html") for name in files_below(book))


def test_several_checks_say_which_format_is_too_small(dinkus, story):
    code, out, err = dinkus(
        "export", story, "--to", "ao3,web-page,wattpad", "--check", "--set", "character_limit=10"
    )
    assert code == 2
    assert "longer than Archive of Our Own, Web page, Wattpad" in err
    assert out.decode().count("words") >= 3


@pytest.mark.parametrize("name", ["3.txt", "whole.MD", "cuts.txt"])
def test_one_file_beside_the_chapters_of_a_book_does_not_become_one(dinkus, tmp_path, name):
    book = tmp_path / "book"
    put(book, "1 One.txt", "Chapter One\n\nRain.\n")
    put(book, "2 Two.txt", "Chapter Two\n\nIce.\n")
    code, _, err = dinkus("export", book, "--to", "plain-text", "-o", book / name)
    assert code == 2
    assert "would become a chapter" in err
    assert files_below(book) == {"1 One.txt", "2 Two.txt"}
    assert dinkus("export", book, "--to", "web-page", "-o", book / "page.html")[0] == 0


# --- the picture of a cover


def test_a_picture_beside_the_manuscript_is_the_cover_of_the_e_book(dinkus, story, tmp_path):
    picture = b"\x89PNG\r\n\x1a\n and so on"
    (story.parent / "Cover.PNG").write_bytes(picture)
    target = tmp_path / "book.epub"
    made = ("export", story, "--to", "e-book", "--set", "cover_image=Cover.PNG", "-o", target)
    assert dinkus(*made)[0] == 0
    with zipfile.ZipFile(target) as package:
        assert package.read("EPUB/cover.png") == picture
    (story.parent / "Cover.PNG").write_bytes(b"GIF89a")
    code, _, err = dinkus(*made, "--force")
    assert (code, "“Cover.PNG” is no JPEG and no PNG picture" in err) == (2, True)


def test_pictures_are_offered_and_texts_are_not(tmp_path):
    for name in ("a.jpg", "B.JPEG", "c.png", "d.txt", "e.css", "f.j2"):
        put(tmp_path, name, "")
    found = names_in((tmp_path,))
    assert sorted(found["cover_image"]) == ["B.JPEG", "a.jpg", "c.png"]
    assert (found["style"], found["template"]) == (["e.css"], ["f.j2"])
