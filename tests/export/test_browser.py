"""Web pages, the pages of a site and what is pasted into sites, as Chromium shows them: every word in sight, nothing run, nothing asked for.

A start gives the page as it stands after loading, as printed, with what it said to the console and what it wanted from the network. A frame
of ours around pasted HTML has no policy, runs a script and asks for a picture, so that silence elsewhere means something.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass

import pytest

from editor.app.profiles import load_profiles
from editor.export.profile import FRAGMENT, POSTING
from editor.export.registry import export_files
from editor.manuscript.manuscript import Manuscript
from editor.markup.lines import split_lines
from tests.export.conformity import words
from tests.export.readers import letters, read_pdf, strict_page, text_of
from tests.export.test_every_profile import shown_words

PROFILES = load_profiles(None)
FRAGMENTS = [
    name
    for name, each in PROFILES.items()
    if each.renderer in {FRAGMENT, POSTING} and each.header != "import"  # which is a page of its own
]
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-extensions",
    "--disable-default-apps",
    "--no-pdf-header-footer",
    "--enable-logging=stderr",
]
TEXT = (
    'Title: </title><script src=http://probe.invalid/title></script>\nAuthor: "><img src=http://probe.invalid/author>\n\n'
    "A/N: <!-- late -->\n\nChapter One\n\n<script>console.log('ran')</script> She *never* said **no** & <b>so</b> on.\n\n"
    "<img src=http://probe.invalid/x onerror=alert(1)> <iframe src=//probe.invalid/y></iframe>\n\n* * *\n\n"
    "> Dear M, &amp;\n>\n> </blockquote></main></body>come.\n\n    Low water,\n    slow water.\n\n### Night\n\n"
    "<link rel=stylesheet href=http://probe.invalid/z> </style> 漢字 שלום 😀\n\nThe End\n"
)
FRAME = (
    '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>x</title></head>\n<body>\n'
    '<script>console.log("the frame")</script><img src="http://frame.invalid/x" alt="">\n<main>\n{}</main>\n</body>\n</html>'
)


@dataclass(frozen=True)
class Seen:
    """What the browser made of a page: its tree and its print, what stood on the console, the hosts it asked for."""

    tree: object
    printed: str
    console: list[str]
    hosts: set[str]


@pytest.fixture
def browse(tmp_path):
    """Return a function that shows HTML in Chromium, without a network and with a profile of its own."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("Chromium is not installed")

    def show(source: bytes) -> Seen:
        page, printed, log = (tmp_path / name for name in ("page.html", "page.pdf", "net.json"))
        page.write_bytes(source)
        own = [f"--user-data-dir={tmp_path / 'profile'}", f"--log-net-log={log}", f"--print-to-pdf={printed}"]
        offline = ["--host-resolver-rules=MAP * ~NOTFOUND", "--dump-dom", page.as_uri()]
        run = subprocess.run([browser, *QUIET, *own, *offline], capture_output=True, timeout=100, check=True)
        return Seen(
            strict_page(run.stdout.strip()),
            read_pdf(printed.read_bytes(), margin=0),
            re.findall(r"CONSOLE[^\n]*", run.stderr.decode("utf-8", "replace")),
            set(re.findall(r'"url": ?"https?://([a-z]+\.invalid)', log.read_text("utf-8", "replace"))),
        )

    return show


def assert_shown(seen, expected):
    """Compare the words in the tree, and the letters of one alphabet on paper: others need fonts."""
    assert words(text_of(seen.tree.find(".//main"))) == words(expected)
    in_print, wanted = ("".join(filter(str.isascii, letters(text))) for text in (seen.printed, expected))
    assert in_print == wanted


def front(header):
    return "\n".join(value for _, value in header)


def test_a_web_page_shows_every_word_and_asks_for_nothing(browse):
    whole = Manuscript(split_lines(TEXT))
    profile = PROFILES["web-page-as-typed"]
    (data,) = export_files(whole, profile).values()
    seen = browse(data)
    assert_shown(seen, f"{front(whole.header_fields())}\n{shown_words(whole, profile)[0]}")
    assert (seen.console, seen.hosts) == ([], set())


def test_a_page_of_a_site_shows_every_word_and_asks_for_nothing(browse):
    whole = Manuscript(split_lines(TEXT))
    data = export_files(whole, PROFILES["site"])["chapter-1.html"]
    seen = browse(data)
    assert words(text_of(seen.tree.find(".//main"))) == words(shown_words(whole, PROFILES["site"])[0])
    assert (seen.console, seen.hosts) == ([], set())


def test_what_is_pasted_into_a_site_shows_every_word_and_runs_nothing(browse):
    whole = Manuscript(split_lines(TEXT))
    made = {name: export_files(whole, PROFILES[name]) for name in FRAGMENTS}
    pasted = "".join(data.decode() for files in made.values() for data in files.values())
    seen = browse(FRAME.format(pasted).encode())
    assert_shown(seen, "\n".join(shown_words(whole, PROFILES[name])[0] for name in FRAGMENTS))
    assert [re.search(r'"(.*?)"', line)[1] for line in seen.console] == ["the frame"]
    assert seen.hosts == {"frame.invalid"}
