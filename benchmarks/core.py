"""How fast the parts without a window are: grammar, outline, moves, exports; in this process and as commands."""

import itertools
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import Figure, against, milliseconds, seconds, skipped, spread, throughput
from editor.app.profiles import load_profiles
from editor.export.registry import export_bytes
from editor.manuscript.edits import TextEdit
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.moves import Place, Where, move_nodes
from editor.markup.lexer import ManuscriptLexer
from editor.markup.lines import split_lines
from editor.markup.model import Level
from editor.markup.text import MarkedText

PROFILES = {"web-page": 7.0, "web-page-as-typed": 15.0, "plain-text": 7.0, "html-fragment": 7.0}
"""Profiles to measure, with the MB/s they should reach as a whole process at 6 MB."""

PACKAGES = {"e-book": "epub", "word-document": "docx", "open-document": "odt"}
"""Profiles whose whole process is held against pandoc's, with the name of pandoc's format."""

WEIGHED = ("web-page", "plain-text", "markdown", "e-book", "word-document", "open-document")
"""Profiles of which the memory is measured."""

BLANK = "import sys"
SHORT = 100_000
LARGE = (
    5_000_000  # octets from which the time and memory of a process are those of the text, not of its start
)

# Not getrusage: its figure includes what the parent process had when it started this one.
_PEAK = """
import re, sys
from pathlib import Path
if len(sys.argv) > 1:
    from editor.cli.main import main
    main(["export", sys.argv[1], "--to", sys.argv[2], "-o", sys.argv[3], "--force"])
sys.stderr.write(str(1024 * int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])))
"""


def measure_core(text: str, size: str) -> list[Figure]:
    """Return the figures of grammar, outline and exports, in this process."""
    lines = split_lines(text)
    octets = len(text.encode())
    manuscript = Manuscript(lines)
    lexer = ManuscriptLexer()
    figures = [
        throughput("split into lines", size, octets, lambda: split_lines(text)),
        throughput("blocks (MarkedText)", size, octets, lambda: MarkedText(lines)),
        throughput(
            "outline with counts (Manuscript)",
            size,
            octets,
            lambda: Manuscript(lines),
            goal=15 if octets >= LARGE else None,
        ),
        throughput(
            "tokens (Pygments lexer)",
            size,
            octets,
            lambda: sum(1 for _ in lexer.get_tokens_unprocessed(text)),
        ),
    ]
    profiles = load_profiles(None)
    figures += [
        throughput(
            f"export {name}", size, octets, lambda profile=profiles[name]: export_bytes(manuscript, profile)
        )
        for name in PROFILES
    ]
    return [*figures, *_measure_edits(manuscript, size)]


def _measure_edits(manuscript: Manuscript, size: str) -> list[Figure]:
    middle = len(manuscript.text.lines) // 2
    while not manuscript.text.lines[middle]:
        middle += 1
    line = manuscript.text.lines[middle]
    typed = itertools.count(1)

    def type_key() -> None:
        manuscript.replace_lines(middle, 1, [line + "x" * next(typed)])

    figures = [milliseconds("a key, text to outline", size, type_key)]
    if len(scenes_of(manuscript)) > 2:
        figures.append(
            milliseconds(
                "first scene to the end: find the edits", size, lambda: edits_to_the_end(manuscript), goal=100
            )
        )
    return figures


def scenes_of(manuscript: Manuscript) -> list[int]:
    """Return the ids of all scenes in order."""
    return [node.id for node in manuscript.outline.walk() if node.level is Level.SCENE]


def edits_to_the_end(manuscript: Manuscript) -> list[TextEdit]:
    """Return the edits that move the first scene behind the last."""
    scenes = scenes_of(manuscript)
    return move_nodes(manuscript, scenes[:1], Place(scenes[-1], Where.AFTER))


def measure_commands(text: str, size: str) -> list[Figure]:
    """Return the figures of whole processes, less what an interpreter takes to start and end."""
    octets = len(text.encode())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "manuscript.txt")
        path.write_text(text, encoding="utf-8")
        start = min(seconds(lambda: _run(["-c", BLANK])))
        commands = {"outline": (["outline", str(path), "--json"], 15.0)}
        commands |= {
            f"export --to {name}": (["export", str(path), "--to", name], goal)
            for name, goal in PROFILES.items()
        }
        figures = []
        for what, (arguments, goal) in commands.items():
            taken = [
                each - start
                for each in seconds(lambda arguments=arguments: _run(["-m", "editor", *arguments]))
            ]
            figures.append(
                Figure(f"dinkus {what}: start to end", size, "ms", **spread([1000 * each for each in taken]))
            )
            if octets >= LARGE:
                rates = [octets / 1e6 / each for each in taken]
                figures.append(
                    Figure(f"dinkus {what}", size, "MB/s", **spread(rates), goal=goal, at_least=True)
                )
        figures += _measure_packages(path, size, octets)
        if octets >= LARGE and Path("/proc/self/status").exists():
            figures += [_measure_memory(path, size, octets, name) for name in WEIGHED]
    return figures


def _measure_packages(path: Path, size: str, octets: int) -> list[Figure]:
    """Return how long whole processes take to make documents, held against pandoc for a novel."""
    target = path.with_name("made")
    figures = []
    for name, kind in PACKAGES.items():
        what = f"dinkus export --to {name}: whole process"
        ours = [
            1000 * each
            for each in seconds(
                lambda name=name: _run(
                    ["-m", "editor", "export", str(path), "--to", name, "-o", str(target), "--force"]
                )
            )
        ]
        if octets >= LARGE or octets < SHORT:
            figures.append(Figure(what, size, "ms", **spread(ours)))
        elif pandoc := shutil.which("pandoc"):
            command = [pandoc, "-f", "markdown", "-t", kind, str(path), "-o", str(target), "-M", "title=x"]
            theirs = [
                1000 * each
                for each in seconds(lambda command=command: subprocess.run(command, check=True), repeats=3)
            ]
            figures.append(
                Figure(f"{what}, against pandoc", size, "ms", **spread(ours), **against(theirs), goal=0.2)
            )
        else:
            figures.append(skipped(f"{what}, against pandoc", size, "pandoc is not installed"))
    return figures


def _run(arguments: list[str]) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def _measure_memory(path: Path, size: str, octets: int, name: str) -> Figure:
    """Return what an export needs at its peak, less a bare interpreter, in multiples of the text."""

    def peak(*arguments: str) -> int:
        command = [sys.executable, "-c", _PEAK, *arguments]
        run = subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        return int(run.stderr)

    target = str(path.with_name("made"))
    times = [(peak(str(path), name, target) - peak()) / octets for _ in range(3)]
    return Figure(
        f"memory of an export to {name}, as a multiple of the text",
        size,
        "x",
        **spread(times),
        goal=12,
    )
