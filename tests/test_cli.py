"""The command line: the same work as the window, one clear line when something is wrong."""

import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from editor.app.profiles import load_profiles
from editor.app.settings import Settings, standard_folders, write_settings
from editor.cli.main import main, parse_place
from editor.export.profile import Profile
from editor.export.registry import export_bytes, export_files
from editor.manuscript.manuscript import Manuscript
from editor.storage.encoding import decode
from editor.ui.pdf import RENDERERS

STORY = """\
Title: The Weir
Author: M. R.

Chapter One

The rain began at *six*.

* * *

[[status: draft]] [[pov: Mara]]
By eight it had stopped.

Chapter Two

Nobody came.

* * *

Then somebody did.
"""


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "weir.txt"
    path.write_text(STORY, encoding="utf-8", newline="")
    return path


@pytest.fixture
def dinkus(capfdbinary, monkeypatch):
    """Run a command; return its exit code, the bytes it printed, and its words on standard error."""

    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return code, out, err.decode()

    return run


def subprocess_run(*arguments, **more):
    command = [sys.executable, "-m", "editor", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=60, **more)


# --- outline


def test_the_outline_lists_chapters_and_scenes_with_the_numbers_they_are_called_by(dinkus, story):
    code, out, err = dinkus("outline", story)
    assert (code, err) == (0, "")
    assert out.decode().splitlines() == [
        "The Weir",
        "",
        "1   Chapter One                           10 words  line 4",
        "  1.1    The rain began at six.            5 words  line 6",
        "  1.2    By eight it had stopped.          5 words  line 10  draft",
        "2   Chapter Two                            5 words  line 13",
        "  2.1    Nobody came.                      2 words  line 15",
        "  2.2    Then somebody did.                3 words  line 19",
        "15 words",
    ]


def test_the_outline_as_json_says_all_there_is(dinkus, story):
    _, out, _ = dinkus("outline", story, "--json")
    table = json.loads(out)
    nodes = table.pop("nodes")
    assert table == {
        "path": str(story),
        "encoding": "utf-8",
        "eol": "lf",
        "mode": "blocks",
        "title": "The Weir",
        "words": 15,
    }
    assert nodes[2] == {
        "kind": "scene",
        "level": 3,
        "title": "By eight it had stopped.",
        "line": 10,
        "end_line": 11,
        "words": 5,
        "status": "draft",
        "pov": "Mara",
        "synopsis": None,
    }
    assert [(node["kind"], node["level"], node["line"]) for node in nodes] == [
        ("chapter", 2, 4),
        ("scene", 3, 6),
        ("scene", 3, 10),
        ("chapter", 2, 13),
        ("scene", 3, 15),
        ("scene", 3, 19),
    ]


def test_standard_input_is_a_manuscript_too(dinkus):
    code, out, _ = dinkus("outline", "-", "--json", stdin="Łódź.\r\n".encode())
    table = json.loads(out)
    assert (code, table["path"], table["eol"], table["words"]) == (0, "-", "crlf", 1)
    assert table["nodes"][0] == table["nodes"][0] | {"kind": "chapter", "title": "", "line": 1, "end_line": 2}


def test_encoding_and_mode_may_be_said(dinkus, tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes("Пришёл.\nУшёл.\n".encode("koi8-r"))
    _, out, _ = dinkus("outline", path, "--json", "--encoding", "koi8-r", "--mode", "lines")
    table = json.loads(out)
    assert (table["encoding"], table["mode"], table["nodes"][1]["title"]) == ("koi8-r", "lines", "Пришёл.")


def test_an_outline_cannot_steer_the_terminal(dinkus):
    _, out, _ = dinkus("outline", "-", stdin=b"Chapter One: \x1b[2J\n\nRain\x07.\n")
    assert b"\x1b" not in out
    assert b"\x07" not in out


def test_the_outline_of_a_long_book_answers_at_once(tmp_path):
    path = tmp_path / "long.txt"
    scene = ("The rain began at *six*, and nobody minded it at all. " * 12 + "\n\n") * 4 + "* * *\n\n"
    path.write_text("".join(f"Chapter {n + 1}\n\n" + scene * 10 for n in range(40)), encoding="utf-8")
    assert path.stat().st_size > 1_000_000
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    run = subprocess_run("outline", path)
    assert run.returncode == 0
    # Time of the processor, which other programs do not take away; 0.2 seconds where this was written.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 1


# --- stats


def test_the_figures_of_each_chapter_and_of_the_whole_are_told(dinkus, story):
    assert dinkus("stats", story)[1].decode().splitlines() == [
        "                  words  characters  paragraphs      scenes     minutes",
        "Chapter One          10          46           2           2           1",
        "Chapter Two           5          30           2           2           1",
        "In all               15          76           4           4           1",
    ]


def test_the_figures_as_json_say_the_same(dinkus, story):
    table = json.loads(dinkus("stats", story, "--json")[1])
    assert table["by_chapter"][1] == {
        "title": "Chapter Two",
        "words": 5,
        "characters": 30,
        "paragraphs": 2,
        "scenes": 2,
        "reading_minutes": 1,
    }
    assert (table["path"], table["words"], table["chapters"], table["scenes"]) == (str(story), 15, 2, 4)


# --- export


@pytest.mark.parametrize("name", sorted(load_profiles(None)))
def test_a_profile_gives_the_same_bytes_here_and_everywhere(dinkus, story, name, qapp):
    code, out, err = dinkus("export", story, "--to", name)
    manuscript = Manuscript(decode(story.read_bytes()).lines)
    assert (code, err) == (0, "")
    assert out == export_bytes(manuscript, load_profiles(None)[name], renderers=RENDERERS)


def test_an_export_is_written_to_a_file(dinkus, story, tmp_path):
    target = tmp_path / "weir.html"
    assert dinkus("export", story, "--to", "html-fragment", "-o", target) == (0, b"", "")
    assert "<p>The rain began at <em>six</em>.</p>" in target.read_text(encoding="utf-8")


def test_a_file_that_exists_is_replaced_only_by_force(dinkus, story, tmp_path):
    target = tmp_path / "weir.html"
    target.write_bytes(b"precious")
    code, _, err = dinkus("export", story, "--to", "web-page", "-o", target)
    assert code == 2
    assert str(target) in err
    assert "--force" in err
    assert target.read_bytes() == b"precious"
    assert dinkus("export", story, "--to", "web-page", "-o", target, "--force")[0] == 0
    assert target.read_bytes().startswith(b"<!DOCTYPE html>")


def test_an_export_never_replaces_the_manuscript(dinkus, story):
    code, _, err = dinkus("export", story, "--to", "plain-text", "-o", story, "--force")
    assert code == 2
    assert "is the manuscript itself" in err
    assert story.read_text(encoding="utf-8") == STORY


def test_only_what_is_selected_is_exported(dinkus, story):
    _, out, _ = dinkus("export", story, "--to", "html-fragment", "--select", "chapter:2,scene:1.1")
    assert out.decode().splitlines() == [
        "<p>The rain began at <em>six</em>.</p>",
        "<h2>Chapter Two</h2>",
        "<p>Nobody came.</p>",
        "<hr>",
        "<p>Then somebody did.</p>",
    ]


def test_options_of_the_profile_may_be_set(dinkus, story):
    _, out, _ = dinkus(
        "export", story, "--to", "html-fragment", "--set", "scene-break=~o~", "--set", "include_headings=no"
    )
    assert b"<h2>" not in out
    assert b"<p>~o~</p>" in out


def test_the_writers_own_profiles_count(dinkus, story):
    folder = standard_folders().profiles
    folder.mkdir(parents=True)
    folder.joinpath("mine.toml").write_text('renderer = "text"\nmarks = "capitals"\n', encoding="utf-8")
    assert b"at SIX." in dinkus("export", story, "--to", "mine")[1]


def test_a_profile_of_several_files_fills_a_folder(dinkus, story, tmp_path):
    target = tmp_path / "posted"
    assert dinkus("export", story, "--to", "text-chapters", "-o", target) == (0, b"", "")
    files = export_files(Manuscript(decode(story.read_bytes()).lines), load_profiles(None)["text-chapters"])
    assert {path.name: path.read_bytes() for path in target.iterdir()} == files
    code, _, err = dinkus("export", story, "--to", "text-chapters", "-o", target)
    assert code == 2
    assert "is already there" in err
    assert "--force" in err
    assert dinkus("export", story, "--to", "text-chapters", "-o", target, "--force")[0] == 0


def test_a_folder_of_files_never_replaces_the_manuscript(dinkus, tmp_path):
    book = tmp_path / "book"
    book.mkdir()
    chapter = book / "1 Chapter One.txt"
    chapter.write_text("Chapter One\n\nRain.\n", encoding="utf-8")
    code, _, err = dinkus("export", book, "--to", "text-chapters", "-o", book, "--force")
    assert code == 2
    assert "would become a chapter of the manuscript" in err
    code, _, err = dinkus("export", book, "--to", "ao3", "-o", book)
    assert code == 0
    assert chapter.read_text(encoding="utf-8") == "Chapter One\n\nRain.\n"


def test_a_check_says_how_long_it_is_and_writes_nothing(dinkus, story, tmp_path):
    target = tmp_path / "none"
    code, out, err = dinkus("export", story, "--to", "ao3", "--check", "-o", target)
    assert (code, err) == (0, "")
    assert b" of 510,000 characters in the longest of 2 files" in out
    assert b" words by AO3's count." in out
    assert not target.exists()


def test_a_check_that_finds_it_too_long_fails(dinkus, story):
    code, out, err = dinkus("export", story, "--to", "ao3", "--check", "--set", "character_limit=10")
    assert code == 2
    assert b" of 10 characters" in out
    assert "longer than Archive of Our Own allows" in err


def test_what_the_window_was_told_of_the_writer_stands_on_manuscripts(dinkus, story):
    write_settings(standard_folders(), Settings(writer={"surname": "Anders", "email": "m@example.org"}))
    told = dinkus(
        "export", story, "--to", "story-manuscript", "--set", "renderer=rtf", "--set", "email=x@y.z"
    )
    assert b"{\\header" in told[1]
    assert b" Anders / " in told[1]
    assert b" x@y.z\\tab " in told[1]


# --- profiles


def test_the_profiles_are_listed_with_what_they_are_for(dinkus):
    code, out, err = dinkus("profiles")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.decode().splitlines()] == list(load_profiles(None))


def test_the_options_are_listed_with_their_values(dinkus):
    out = dinkus("profiles", "--options")[1].decode()
    assert "typography: " in out
    assert "    typed, smart, ascii\n" in out


def test_a_broken_profile_of_the_writer_is_told_and_stops_nothing(dinkus, story):
    folder = standard_folders().profiles
    folder.mkdir(parents=True)
    folder.joinpath("bad.toml").write_text("typography = 'fancy'", encoding="utf-8")
    code, out, err = dinkus("profiles")
    assert code == 0
    assert b"web-page" in out
    assert err.startswith("dinkus: The export profile “bad” is broken")
    assert dinkus("export", story, "--to", "web-page")[0] == 0
    assert "“bad” is broken" in dinkus("export", story, "--to", "bad")[2]


# --- move


def test_a_move_is_shown_as_a_difference_and_writes_nothing(dinkus, story):
    code, out, err = dinkus("move", story, "2.2", "--before", "1.1")
    assert (code, err) == (0, "")
    assert b"+Then somebody did." in out
    assert b"-Then somebody did." in out
    assert story.read_text(encoding="utf-8") == STORY


def test_a_move_and_its_opposite_restore_the_file(dinkus, story):
    assert dinkus("move", story, "1.1", "--after", "2.1", "--write")[0] == 0
    moved = story.read_text(encoding="utf-8")
    assert moved != STORY
    assert moved.index("Nobody came.") < moved.index("The rain began") < moved.index("Then somebody")
    assert dinkus("move", story, "2.2", "--before", "1.1", "--write")[0] == 0
    assert story.read_text(encoding="utf-8") == STORY


def test_several_scenes_move_together(dinkus, story):
    assert dinkus("move", story, "1.1", "2.1", "--after", "2.2", "--write")[0] == 0
    _, out, _ = dinkus("outline", story, "--json")
    titles = [node["title"] for node in json.loads(out)["nodes"] if node["kind"] == "scene"]
    assert titles == [
        "By eight it had stopped.",
        "Then somebody did.",
        "The rain began at six.",
        "Nobody came.",
    ]


# --- mistakes


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["outline"], "required: PATH"),
        (["outline", "missing.txt"], "missing.txt"),
        (["outline", "EMPTY"], "There is no text file in the folder"),
        (["outline", "STORY", "--mode", "verse"], "verse"),
        (["outline", "STORY", "--encoding", "klingon"], "There is no encoding “klingon”; there are utf-8,"),
        (["outline", "STORY", "--bogus"], "--bogus"),
        (["export", "STORY"], "required: --to"),
        (["export", "STORY", "--to", "pdf"], "There is no export profile “pdf”; there are web-page,"),
        (["export", "STORY", "--to", "mail", "--set", "colour=red"], "There is no export option “colour”"),
        (["export", "STORY", "--to", "mail", "--set", "marks=red\nblue"], "marks cannot be “red blue”"),
        (["export", "STORY", "--to", "mail", "--set", "marks"], "--set key=value"),
        (["export", "STORY", "--to", "mail", "--select", "chapter:9"], "9"),
        (["export", "STORY", "--to", "mail", "--select", "page:1"], "page"),
        (["export", "STORY", "--to", "mail", "-o", "none/such/file.txt"], "none/such"),
        (["move", "STORY", "1.1"], "--before"),
        (["move", "STORY", "1.7", "--before", "1.1"], "There is no scene 7: chapter 1 has 2."),
        (["move", "STORY", "x", "--before", "1.1"], "x"),
        (["move", "-", "1.1", "--before", "2.1", "--write"], "Standard input cannot be saved"),
        (["exprot", "STORY"], "There is no file exprot, and no command of that name"),
        (["--bogus"], "--bogus"),
    ],
)
def test_a_mistake_is_one_clear_line_and_exit_code_two(dinkus, story, arguments, words):
    empty = story.parent / "empty"
    empty.mkdir()
    paths = {"STORY": str(story), "EMPTY": str(empty)}
    code, out, err = dinkus(*(paths.get(each, each) for each in arguments))
    assert (code, out) == (2, b"")
    assert words in err
    assert err.startswith("dinkus: ")
    assert err.count("\n") == 1


def test_a_binary_file_is_refused_in_words(dinkus, tmp_path):
    path = tmp_path / "picture.txt"
    path.write_bytes(bytes(range(256)) * 4)
    code, _, err = dinkus("outline", path)
    assert code == 2
    assert "picture.txt" in err
    assert dinkus("outline", "-", stdin=path.read_bytes())[0] == 2


def test_a_reader_that_stops_reading_is_no_error(story, tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("Rain. " * 200_000, encoding="utf-8")
    command = [sys.executable, "-m", "editor", "export", str(path), "--to", "plain-text"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.read(10)
        process.stdout.close()
        err = process.stderr.read()
    assert err == b""
    assert process.returncode == 0


def test_a_folder_is_no_name_for_an_export(dinkus, story, tmp_path):
    code, _, err = dinkus("export", story, "--to", "mail", "--force", "-o", tmp_path)
    assert code == 2
    assert "is a folder" in err


@pytest.mark.parametrize("redirection", ["<&-", ">&-", "> /dev/full"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a shell and /dev/full")
def test_closed_and_full_streams_are_told(redirection):
    script = f'"{sys.executable}" -m editor profiles --options {redirection}'
    if redirection == "<&-":
        script = f'"{sys.executable}" -m editor outline - {redirection}'
    run = subprocess.run(["sh", "-c", script], capture_output=True, check=False, timeout=60)
    assert run.returncode == 2
    assert run.stderr.startswith(b"dinkus: ")
    assert run.stderr.count(b"\n") == 1


# --- the program


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("Dinkus ")


def test_help_lists_the_commands(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    words = capsys.readouterr().out
    assert all(f"  {name}" in words for name in ("outline", "export", "stats", "profiles", "move"))


def test_a_window_without_a_display_is_refused_in_words(story):
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    run = subprocess_run(story, env=environment)
    assert run.returncode == 2
    assert run.stderr.decode().startswith("dinkus: There is no display to open a window on.")
    assert run.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "text, place",
    [
        ("a.txt", ("a.txt", None)),
        ("a.txt:120", ("a.txt", 120)),
        ("C:a", ("C:a", None)),
        ("a:b:0", ("a:b", 1)),
    ],
)
def test_a_place_is_a_path_and_perhaps_a_line(text, place):
    assert parse_place(text) == (Path(place[0]), place[1])


def test_a_file_whose_name_ends_in_a_number_is_that_file(tmp_path):
    path = tmp_path / "draft:2"
    path.touch()
    assert parse_place(str(path)) == (path, None)


@pytest.mark.parametrize(
    "arguments",
    [
        ["outline", "STORY"],
        ["stats", "STORY"],
        ["export", "STORY", "--to", "web-page"],
        ["profiles"],
        ["move", "STORY", "1.1", "--after", "2.1", "--write"],
    ],
)
def test_no_command_imports_qt(story, arguments):
    program = (
        "import sys; from editor.cli.main import main; code = main(sys.argv[1:]); "
        "heavy = {'PySide6', 'shiboken6', 'watchdog', 'pygments'} & {name.split('.')[0] for name in sys.modules}; "
        "sys.exit(str(heavy) if heavy else code)"
    )
    filled = [str(story) if each == "STORY" else each for each in arguments]
    run = subprocess.run(
        [sys.executable, "-c", program, *filled], capture_output=True, check=False, timeout=60
    )
    assert (run.returncode, run.stderr) == (0, b"")


def test_a_profile_set_on_the_command_line_is_the_profile_of_the_dialog(dinkus, story):
    _, out, _ = dinkus("export", story, "--to", "web-page", "--set", "scene_break=⁂")
    manuscript = Manuscript(decode(story.read_bytes()).lines)
    profile: Profile = load_profiles(None)["web-page"].with_options({"scene_break": "⁂"})
    assert out == export_bytes(manuscript, profile)
