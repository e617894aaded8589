"""The program's own files are found in a checkout and in a bundle (an installed wheel: tests/test_packaging.py)."""

import sys

import pytest

from editor.app.resources import resource_path, sample_path
from editor.errors import ResourceError


def test_a_checkout_finds_its_resources_and_samples():
    assert (resource_path("desktop", "dinkus.desktop")).is_file()
    assert sample_path("welcome.txt").read_text(encoding="utf-8").startswith("# A Short Manuscript")


def test_a_folder_of_resources_is_found_whole():
    assert {path.suffix for path in resource_path("profiles").iterdir()} == {".toml"}


def test_a_missing_resource_is_named_and_the_manuscripts_are_said_to_be_safe():
    with pytest.raises(ResourceError, match=r"resources/themes/plaid\.toml.*not affected"):
        resource_path("themes", "plaid.toml")


def test_a_bundle_finds_the_files_that_stand_beside_the_program(tmp_path, monkeypatch):
    for folder, name in (("resources", "profiles/web-page.toml"), ("samples", "welcome.txt")):
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True)
        path.write_text("the bundle's own", encoding="utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert resource_path("profiles", "web-page.toml").read_text(encoding="utf-8") == "the bundle's own"
    assert sample_path("welcome.txt").read_text(encoding="utf-8") == "the bundle's own"
