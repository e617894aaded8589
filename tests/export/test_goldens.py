"""Whole exports of small manuscripts, byte for byte: read the files under tests/golden/export to see what comes out."""

import io
import zipfile

import pytest

from editor.app.profiles import load_profiles
from editor.export.registry import export_bytes
from editor.manuscript.manuscript import Manuscript
from editor.storage.encoding import decode
from tests.export.conftest import GOLDEN

TEXT_PARTS = (".xhtml", "content.xml", "document.xml", "header.xml")
MANUSCRIPTS = ["the-weir", "die-lampe"]


@pytest.mark.parametrize("manuscript", MANUSCRIPTS)
@pytest.mark.parametrize(
    "profile", sorted(name for name, each in load_profiles(None).items() if each.medium.is_text)
)
def test_an_export_is_what_it_was(manuscript, profile, check_golden):
    lines = decode(GOLDEN.joinpath("export", f"{manuscript}.txt").read_bytes()).lines
    choices = load_profiles(None)[profile]
    data = export_bytes(Manuscript(lines), choices)
    check_golden(data, "export", f"{manuscript}.{profile}{choices.suffix}")


@pytest.mark.parametrize("manuscript", MANUSCRIPTS)
@pytest.mark.parametrize(
    "profile", ["e-book", "word-document", "open-document", "rich-text", "novel-typescript"]
)
def test_the_text_in_a_package_is_what_it_was(manuscript, profile, check_golden):
    lines = decode(GOLDEN.joinpath("export", f"{manuscript}.txt").read_bytes()).lines
    data = export_bytes(Manuscript(lines), load_profiles(None)[profile])
    check_golden(text_parts(data), "export", f"{manuscript}.{profile}.parts")


def text_parts(data):
    """Return the parts of a package that hold the text, each under its name."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.endswith(TEXT_PARTS)]
        return b"\n".join(f"=== {name}\n".encode() + package.read(name) for name in names)
