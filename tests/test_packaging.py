"""What is installed is whole: a wheel holds the program, its resources, its samples, and the ways in."""

import configparser
import json
import os
import subprocess
import sys
import zipfile
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]


def run(command, **options):
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=100, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run([*PIP, "wheel", ROOT, "--no-deps", "--no-build-isolation", "-w", folder])
    (path,) = folder.glob("dinkus-*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder with nothing but the installed wheel in it."""
    target = tmp_path_factory.mktemp("site")
    run([*PIP, "install", "--no-deps", "--no-index", "--target", target, wheel])
    return target


def run_installed(installed, *arguments):
    """Run Python with the installed program, away from the checkout, and read what it prints as JSON.

    -P and the folder keep the checkout out; its editable install in this environment comes after PYTHONPATH.
    """
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return json.loads(run([sys.executable, "-P", *arguments], cwd=installed, env=environment))


def ask_installed(installed, code):
    return run_installed(installed, "-c", f"import json\n{code}")


def test_every_resource_and_sample_of_the_checkout_is_in_the_wheel(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    for folder in ("resources", "samples"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert f"editor/_{folder}/{path.relative_to(ROOT / folder).as_posix()}" in held


def test_the_wheel_holds_the_program_and_nothing_of_its_workshop(wheel):
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {name for name in tops if not name.endswith(".dist-info")} == {"editor"}


def test_the_wheel_says_that_it_is_typed_and_under_which_licence(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = archive.namelist()
    assert "editor/py.typed" in held
    assert any(name.endswith("licenses/LICENSE") for name in held)


def test_an_installed_program_finds_its_own_resources_and_samples(installed):
    code = """
import editor
from editor.app.resources import resource_path, sample_path
print(json.dumps([editor.__file__, str(resource_path("profiles", "web-page.toml")), str(sample_path("welcome.txt"))]))
"""
    places = ask_installed(installed, code)
    assert all(Path(place).is_relative_to(installed) for place in places)
    assert all(Path(place).is_file() for place in places)


def test_an_installed_program_offers_every_profile_of_the_checkout(installed):
    code = "from editor.app.profiles import load_profiles; print(json.dumps(sorted(load_profiles(None))))"
    assert ask_installed(installed, code) == sorted(
        path.stem for path in (ROOT / "resources/profiles").glob("*.toml")
    )


def test_an_installed_program_outlines_its_sample_from_the_command_line(installed):
    sample = installed / "editor" / "_samples" / "chapter-six.txt"
    outline = run_installed(installed, "-m", "editor", "outline", str(sample), "--json")
    assert outline["nodes"][0]["title"] == "Chapter Six"


def test_the_wheel_names_the_commands_and_the_lexer(installed):
    (folder,) = installed.glob("dinkus-*.dist-info")
    points = {(point.group, point.name): point.value for point in PathDistribution(folder).entry_points}
    assert points[("console_scripts", "dinkus")] == "editor.cli.main:main"
    assert points[("gui_scripts", "dinkus-window")] == "editor.cli.main:main"
    assert points[("pygments.lexers", "manuscript")] == "editor.markup.lexer:ManuscriptLexer"


def test_the_desktop_entry_opens_files_and_shows_an_icon_that_is_there():
    entry = configparser.RawConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(ROOT / "resources/desktop/dinkus.desktop", encoding="utf-8")
    fields = entry["Desktop Entry"]
    assert fields["Exec"] == "dinkus %F"
    assert (ROOT / "resources/icons" / f"{fields['Icon']}.svg").is_file()
    assert "text/plain;" in fields["MimeType"]
