"""Whole exports of small manuscripts, byte for byte: read the files under tests/golden/export to see what comes out."""

import pytest

from editor.app.profiles import load_profiles
from editor.export.registry import export_bytes
from editor.manuscript.manuscript import Manuscript
from editor.storage.encoding import decode
from tests.export.conftest import GOLDEN

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
