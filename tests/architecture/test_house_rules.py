"""House rules as greps, each with its reason: what the type checker and the linter cannot know about this program.

An exception to a rule stands in the rule's own row, with its reason, and nowhere else.
"""

import ast
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EDITOR = ROOT / "editor"
MODULES = sorted(EDITOR.rglob("*.py"))

MAX_FUNCTION_LINES = 60
MAX_CLASS_LINES = 250
MAX_CLASS_METHODS = 20
MAX_MODULE_LINES = 400

LONG_MODULES: dict[str, str] = {}
"""Modules that may be longer than the rest: path -> why."""

LARGE_CLASSES: dict[str, str] = {
    "Disk": "one method for each system call that storage makes, so that a test can fail any of them",
}
"""Classes that may be larger than the rest: name -> why."""


@dataclass(frozen=True)
class Rule:
    """A pattern that does not occur in code (comments and docstrings aside), why, and where it may (path -> why)."""

    pattern: str
    why: str
    under: str = "editor"
    allowed: dict[str, str] = field(default_factory=dict)


RULES = [
    Rule(
        r"\.toPlainText\(",
        "turns U+00A0 into a space and U+2028 into a line end; read through ui/text_bridge",
    ),
    Rule(
        r"\.(selectedText|toPlainText|toHtml)\(\)\.encode",
        "bytes of a manuscript come from storage/encoding only",
    ),
    Rule(r"\binternalPointer\(", "a stale pointer crashes; model indexes carry integer ids"),
    Rule(r"\.contentsChanged\b", "fires on re-highlighting too; listen to contentsChange"),
    Rule(r"\bQSettings\b", "unpickles what it reads; settings are TOML or JSON"),
    Rule(r"\bQSaveFile\b", "reported success after a short write on a full disk"),
    Rule(r"\bQWebEngine\w*\b", "loads what the text names, from outside"),
    Rule(r"^\s*(import|from)\s+(pickle|shelve|marshal|dill)\b", "runs code from files"),
    Rule(r"errors=[\"'](replace|ignore)[\"']", "loses the author's characters"),
    Rule(r"(?<![\w.])(eval|exec)\(", "runs code from text"),
    Rule(r"\.splitlines\(", "also cuts at FF, NEL, U+2028; use markup/lines.split_lines"),
    Rule(
        r"(?<![\w.])print\(",
        "only the command line prints",
        allowed={"editor/cli/streams.py": "is the command line", "editor/ui/launcher.py": "answers --smoke"},
    ),
    Rule(
        r"setattr\(\s*[\"']editor\.|patch\(\s*[\"']editor\.",
        "tests pass what they want; they patch nothing",
        "tests",
    ),
]

NETWORK = {"socket", "ssl", "http", "urllib.request", "urllib.error", "ftplib", "smtplib", "poplib", "imaplib"} | {
    "socketserver", "xmlrpc", "webbrowser", "requests", "httpx", "aiohttp", "PySide6.QtNetwork",
}  # fmt: skip
LOCAL_ONLY = {
    ("editor/storage/owner.py", "socket"): "asks for the name of this computer, which needs no network",
    (
        "editor/ui/door.py",
        "PySide6.QtNetwork",
    ): "a local socket, to the program of the same user on this computer",
}
"""What is imported from a networking module without reaching a network: (path, module) -> why."""
EFFECTS = {
    "os",
    "pathlib",
    "time",
    "datetime",
    "random",
    "shutil",
    "subprocess",
    "tempfile",
    "locale",
    "threading",
}
PURE_ROOMS = ("markup", "manuscript", "export")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def code_lines(path: Path) -> list[str]:
    """The lines of a module with comments and docstrings blanked."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for node in ast.walk(tree_of(path)):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            for number in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[number] = ""
    with path.open("rb") as source:
        for token in tokenize.tokenize(source.readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                lines[row - 1] = lines[row - 1][:column]
    return lines


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def is_property(function: ast.FunctionDef) -> bool:
    return any(
        ast.unparse(decorator) in {"property", "cached_property"} for decorator in function.decorator_list
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.pattern)
def test_a_pattern_that_harms_text_or_readers_does_not_occur(rule):
    found = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in sorted((ROOT / rule.under).rglob("*.py"))
        if name_of(path) not in rule.allowed
        for number, line in enumerate(code_lines(path), 1)
        if re.search(rule.pattern, line)
    ]
    assert not found, rule.why


def test_no_fault_is_swallowed_unnamed():
    """A broad except may tidy up and raise again; only the last resorts may keep what they catch."""
    last_resorts = {"editor/ui/launcher.py", "editor/ui/jobs.py", "editor/ui/recovery.py"}
    swallowing = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        if name_of(path) not in last_resorts
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    ]
    assert not swallowing


def test_every_exception_to_a_rule_names_a_module_of_this_program():
    rooms = {path.name for path in EDITOR.iterdir()}
    for rule in RULES:
        for path, why in rule.allowed.items():
            assert path.split("/")[1] in rooms
            assert why


def test_every_module_says_what_it_is_for():
    silent = [
        name_of(path)
        for path in MODULES
        if path.name != "__init__.py" and not ast.get_docstring(tree_of(path))
    ]
    assert not silent


def test_packages_hold_no_code_in_their_init():
    assert [
        name_of(path)
        for path in MODULES
        if path.name == "__init__.py" and path.parent != EDITOR and path.stat().st_size
    ] == []


def test_modules_are_short_enough_to_read_in_one_sitting():
    long = {
        name_of(path): len(code_lines(path)) - 1
        for path in MODULES
        if len(code_lines(path)) - 1 > MAX_MODULE_LINES and name_of(path) not in LONG_MODULES
    }
    assert not long


def test_functions_are_short_enough_to_see_whole():
    long = [
        f"{name_of(path)}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > MAX_FUNCTION_LINES
    ]
    assert not long


def test_classes_do_one_thing():
    large = []
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef) and node.name not in LARGE_CLASSES:
                lines = node.end_lineno - node.lineno + 1
                names = [
                    child.name
                    for child in node.body
                    if isinstance(child, ast.FunctionDef) and not is_property(child)
                ]
                # What overrides Qt has Qt's name, in camel case, and answers Qt's questions.
                methods = sum(name.lower() == name for name in names)
                if lines > MAX_CLASS_LINES or methods > MAX_CLASS_METHODS:
                    large.append(f"{name_of(path)}: {node.name}: {lines} lines, {methods} methods")
    assert not large


def test_no_module_has_a_name_that_says_nothing():
    nameless = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "core", "stuff"}
    assert [name_of(path) for path in MODULES if path.stem in nameless or path.parent.name in nameless] == []


def test_only_the_window_knows_qt():
    strangers = [
        f"{name_of(path)}:{line}"
        for path in MODULES
        if path.parent.name != "ui"
        for line, name in imports_of(path)
        if name.split(".")[0] in {"PySide6", "shiboken6"}
    ]
    assert not strangers


def test_nothing_can_reach_the_network():
    callers = [
        f"{name_of(path)}:{line}: {name}"
        for path in MODULES
        for line, name in imports_of(path)
        if name in NETWORK and (name_of(path), name) not in LOCAL_ONLY
    ]
    from_qt = {
        name for path in MODULES for _, name in imports_of(path) if name.startswith("PySide6.QtNetwork.")
    }
    assert from_qt <= {"PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"}
    assert not callers, "nothing leaves this machine unless the writer asks for it"


def test_the_rooms_that_decide_do_not_act():
    actors = [
        f"{name_of(path)}:{line}: {name}"
        for path in MODULES
        if name_of(path).split("/")[1] in PURE_ROOMS
        for line, name in imports_of(path)
        if name in EFFECTS
    ]
    assert not actors, (
        "grammar, manuscript and export are functions of their arguments: no files, no clock, no chance"
    )


@pytest.mark.parametrize("widget", ["QLabel", "QMessageBox"])
def test_text_shown_to_the_writer_is_never_guessed_to_be_rich(widget):
    guessing = [
        name_of(path)
        for path in sorted((EDITOR / "ui").glob("*.py"))
        if re.search(rf"\b{widget}\(", "\n".join(code_lines(path)))
        and "PlainText" not in "\n".join(code_lines(path))
    ]
    assert not guessing, (
        f"a {widget} that is not told PlainText renders tags from titles and loads what they name"
    )


def test_a_page_that_shows_html_loads_nothing_that_the_html_names():
    loading = []
    for path in sorted((EDITOR / "ui").glob("*.py")):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef) and any(
                ast.unparse(base).endswith("QTextBrowser") for base in node.bases
            ):
                methods = {child.name for child in node.body if isinstance(child, ast.FunctionDef)}
                loading += [] if "loadResource" in methods else [f"{name_of(path)}: {node.name}"]
        assert not re.search(r"\bQTextBrowser\(\)", "\n".join(code_lines(path))), "subclass it: see below"
    assert not loading, "override loadResource: a QTextBrowser reads local files named in the text"


def test_the_repository_names_no_machine_and_no_package_index():
    # The brackets keep this line from finding itself.
    pattern = re.compile(r"[/]work/|[/]root/|C:[\\]Users|pypi[.]org|simple[/]index|files[.]pythonhosted")
    places = ["editor", "tests", "benchmarks", "scripts", "samples", "resources", ".ci"]
    files = [path for place in places for path in (ROOT / place).rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".")]
    found = [
        name_of(path)
        for path in files
        if path.suffix not in {".png", ".pyc", ".ico", ".icns"}
        and pattern.search(path.read_text("utf-8", "surrogateescape"))
    ]
    assert not found


def test_rooms_import_only_what_is_below_them():
    command = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [command, "--no-cache"], check=False, cwd=ROOT, capture_output=True, text=True, timeout=100
    )
    assert run.returncode == 0, run.stdout


def test_a_void_call_to_qt_keeps_its_reference_to_none():
    """PySide6 6.12.0 on Python 3.11 lost one for each call, and the process died after some six thousand."""
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(3000):
        thing.setObjectName("a name")
    assert sys.getrefcount(None) > before - 300
