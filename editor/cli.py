"""The command line: the same work as the window, without Qt.

Each command is a row of `COMMANDS`. Everything heavy is imported by the command that needs it, so that `dinkus outline`
answers at once; the window is reached by one lazy import. What goes wrong is one line on standard error and exit code 2.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from editor import __version__
from editor.errors import DinkusError, InputError, ResourceError
from editor.markup.collecting import paused_collection
from editor.markup.model import WrapMode

if TYPE_CHECKING:
    from editor.manuscript.manuscript import Manuscript
    from editor.storage.encoding import Decoded
    from editor.storage.opening import OpenedManuscript

DONE, FAILED, INTERRUPTED = 0, 2, 130
STANDARD_STREAM = "-"

_PLACE = re.compile(r"(.+):([0-9]{1,9})", re.DOTALL)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; return the exit code."""
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        if sys.stdout is not None:
            sys.stdout.flush()
    except DinkusError as error:
        return _fail(str(error))
    except BrokenPipeError:
        # The reader has seen enough. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return _fail(f"The output could not be written: {error.strerror or error}.")
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _run(arguments: list[str]) -> int:
    if arguments and arguments[0] in COMMANDS:
        command = COMMANDS[arguments[0]]
        parser = _Parser(prog=f"dinkus {arguments[0]}", description=command.help, allow_abbrev=False)
        command.add_arguments(parser)
        with paused_collection():
            command.run(parser.parse_args(arguments[1:]))
        return DONE
    options = _window_parser().parse_args(arguments)
    return _try_installation(options.smoke) if options.smoke else _open_window(options)


def _fail(message: str) -> int:
    line = " ".join(message.split())
    if sys.stderr is not None:
        sys.stderr.write(f"dinkus: {line.encode('utf-8', 'replace').decode('utf-8')}\n")
    return FAILED


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line, told like all others."""

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message[:1].upper()}{message[1:]}. Try {self.prog} --help.")


def _write(data: bytes) -> None:
    if sys.stdout is None:
        raise InputError("Standard output is closed; there is nowhere to write to.")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _write_text(text: str) -> None:
    _write(text.encode("utf-8", "replace"))


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write it (default: standard output)")
    parser.add_argument("--force", action="store_true", help="replace FILE if it exists")


def _put(data: bytes, options: argparse.Namespace, what: str, is_source: Callable[[Path], bool]) -> None:
    """Write what was made to the file that was asked for, or to standard output."""
    if options.output in {None, STANDARD_STREAM}:
        _write(data)
        return
    from editor.app.outputs import write_output

    write_output(Path(options.output), data, what, is_source, overwrite=options.force)


def _window_parser() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    commands = "\n".join(f"  {name:<{width}}  {command.help}" for name, command in COMMANDS.items())
    parser = _Parser(
        prog="dinkus",
        description="Open manuscripts in a window; a line number after a colon says where.",
        epilog=f"Without a window: dinkus COMMAND --help\n{commands}\n\nA file with the name of a command: dinkus ./export",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("places", nargs="*", metavar="PATH[:LINE]", help="a manuscript to open")
    parser.add_argument("--version", action="version", version=f"Dinkus {__version__}")
    parser.add_argument(
        "--smoke",
        metavar="FILE",
        type=Path,
        help="open FILE in a window, export it, close: a test of the installation",
    )
    parser.add_argument("--new-process", action="store_true", help="do not ask a Dinkus that runs to open it")
    return parser


def _open_window(options: argparse.Namespace) -> int:
    places = [parse_place(text) for text in options.places]
    for path, _line in places:
        if not os.path.lexists(path):
            raise InputError(f"There is no file {path}, and no command of that name. Try dinkus --help.")
    if not _has_display():
        raise InputError(
            "There is no display to open a window on. Without one: dinkus outline FILE, dinkus export FILE --to web-page."
        )
    with paused_collection():
        from editor.ui.launcher import run_window

    return run_window(places, is_new_process=options.new_process)


def _try_installation(path: Path) -> int:
    from editor.ui.launcher import run_smoke

    return run_smoke(path)


def parse_place(text: str) -> tuple[Path, int | None]:
    """Return the path and the line (from 1) of `PATH[:LINE]`; a file that has the whole name comes first."""
    path = Path(text)
    match = _PLACE.fullmatch(text)
    if match is None or path.exists():
        return path, None
    return Path(match[1]), max(1, int(match[2]))


def _has_display() -> bool:
    if not sys.platform.startswith(("linux", "freebsd", "openbsd")):
        return True
    return any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))


@dataclass(frozen=True, slots=True)
class _Source:
    """A manuscript that was read, and from where; `opened` is None for standard input."""

    name: str
    encoding: str
    eol: str
    manuscript: "Manuscript"
    opened: "OpenedManuscript | None"


def _add_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        metavar="PATH",
        help="the manuscript: a file, or a folder of chapter files; - for standard input",
    )
    parser.add_argument("--encoding", metavar="NAME", help="read it in this encoding (default: found out)")
    modes = [mode.value for mode in WrapMode]
    parser.add_argument("--mode", choices=modes, help="what a line break means (default: found out)")


def _read(options: argparse.Namespace) -> _Source:
    from editor.manuscript.manuscript import Manuscript
    from editor.storage.charsets import CHARSETS
    from editor.storage.opening import open_manuscript

    if options.encoding is not None and options.encoding not in CHARSETS:
        raise InputError(f"There is no encoding “{options.encoding}”; there are {', '.join(CHARSETS)}.")
    mode = WrapMode(options.mode) if options.mode else None
    if options.path == STANDARD_STREAM:
        decoded = _read_standard_input(options.encoding)
        return _Source(STANDARD_STREAM, decoded.encoding, decoded.eol, Manuscript(decoded.lines, mode), None)
    opened = open_manuscript(Path(options.path), options.encoding, mode)
    return _Source(options.path, opened.encoding, opened.eol, opened.manuscript, opened)


def _read_standard_input(encoding: str | None) -> "Decoded":
    from editor.storage.detection import BinaryData
    from editor.storage.encoding import decode

    if sys.stdin is None:
        raise InputError("Standard input is closed; there is nothing to read.")
    try:
        return decode(sys.stdin.buffer.read(), encoding)
    except BinaryData as error:
        raise InputError("What came on standard input is not text.") from error


def _add_listing(parser: argparse.ArgumentParser) -> None:
    _add_source(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def _outline(options: argparse.Namespace) -> None:
    from editor.export.listing import outline_json, outline_text

    source = _read(options)
    if options.json:
        _write_text(
            outline_json(source.manuscript, path=source.name, encoding=source.encoding, eol=source.eol)
        )
    else:
        _write_text(outline_text(source.manuscript))


def _stats(options: argparse.Namespace) -> None:
    from editor.export.listing import statistics_json, statistics_text
    from editor.manuscript.statistics import count_statistics

    source = _read(options)
    statistics = count_statistics(source.manuscript)
    _write_text(
        statistics_json(statistics, path=source.name) if options.json else statistics_text(statistics)
    )


def _add_export(parser: argparse.ArgumentParser) -> None:
    _add_source(parser)
    parser.add_argument(
        "--to", metavar="PROFILE", required=True, help="a profile; dinkus profiles lists them"
    )
    _add_output(parser)
    parser.add_argument("--select", metavar="WHAT", help="only some of it: chapter:2,scene:3.1")
    parser.add_argument(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        dest="settings",
        help="change an option of the profile; dinkus profiles --options lists them",
    )


def _export(options: argparse.Namespace) -> None:
    from editor.app.profiles import find_profile, parse_setting
    from editor.app.settings import read_settings, standard_folders
    from editor.export.registry import RENDERERS, export_bytes
    from editor.manuscript.references import parse_selection

    folders = standard_folders()
    profile = find_profile(options.to, folders.profiles).with_options(
        dict(map(parse_setting, options.settings))
    )
    settings, fault = read_settings(folders)
    if fault is not None:
        _fail(fault)
    profile = profile.with_writer(settings.writer)
    source = _read(options)
    selection = None if options.select is None else parse_selection(options.select, source.manuscript.outline)
    if profile.renderer not in RENDERERS:  # pages are set by Qt
        from editor.ui.pdf import RENDERERS
    data = export_bytes(source.manuscript, profile, selection, renderers=RENDERERS)
    opened = source.opened
    _put(data, options, "export", lambda path: opened is not None and opened.holds(path))


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", help="a file of another program, or the folder of a project")
    _add_output(parser)


def _import(options: argparse.Namespace) -> None:
    from editor.importing.worker import import_file

    source = Path(options.path)
    done = import_file(source)
    _put(done.data, options, "text", lambda path: path.exists() and path.samefile(source))
    for line in done.left_out:
        _fail(line)  # told, and no failure


def _add_profiles(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--options", action="store_true", help="list what --set can change")


def _profiles(options: argparse.Namespace) -> None:
    if options.options:
        from editor.export.profile import OPTIONS

        _write_text("".join(f"{each.name}: {each.help}\n    {each.describe_values()}\n" for each in OPTIONS))
        return
    from editor.app.profiles import load_profiles
    from editor.app.settings import standard_folders

    broken: list[ResourceError] = []
    profiles = load_profiles(standard_folders().profiles, broken)
    width = max(map(len, profiles))
    _write_text(
        "".join(f"{each.name:<{width}}  {each.title}. {each.description}\n" for each in profiles.values())
    )
    for error in broken:
        _fail(str(error))


def _add_move(parser: argparse.ArgumentParser) -> None:
    _add_source(parser)
    parser.add_argument("scenes", metavar="SCENE", nargs="+", help="a scene: 2.3, or a line of it")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--before", metavar="SCENE", help="the scene to move them before")
    where.add_argument("--after", metavar="SCENE", help="the scene to move them after")
    parser.add_argument("--write", action="store_true", help="save the file (else: show what would change)")


def _move(options: argparse.Namespace) -> None:
    from editor.export.unified_diff import manuscript_diff
    from editor.manuscript.edits import apply_edits
    from editor.manuscript.moves import Place, Where, move_nodes
    from editor.manuscript.references import resolve_scene

    source = _read(options)
    if options.write and source.opened is None:
        raise InputError("Standard input cannot be saved; leave out --write, or name a file.")
    outline = source.manuscript.outline
    scenes = [resolve_scene(text, outline).id for text in options.scenes]
    where = Where.BEFORE if options.after is None else Where.AFTER
    target = resolve_scene(options.before if options.after is None else options.after, outline).id
    edits = move_nodes(source.manuscript, scenes, Place(target, where))
    before = source.manuscript.text.lines
    after = apply_edits(before, edits)
    if options.write and source.opened is not None:
        source.opened.save(after)
    else:
        _write_text(manuscript_diff(before, after, source.name))


def _add_history(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", metavar="PATH", help="the manuscript: a file or a folder, also one that is gone"
    )
    parser.add_argument("--show", metavar="ID", type=int, help="print the text of a version, by its number")


def _history(options: argparse.Namespace) -> None:
    from editor.app.history_listing import list_versions, version_bytes
    from editor.app.settings import standard_folders

    folder, path = standard_folders().history, Path(options.path)
    if options.show is None:
        _write_text(list_versions(folder, path))
    else:
        _write(version_bytes(folder, path, options.show))


@dataclass(frozen=True, slots=True)
class _Command:
    """One command: what it does, its arguments, one line of help."""

    run: Callable[[argparse.Namespace], None]
    add_arguments: Callable[[argparse.ArgumentParser], None]
    help: str


COMMANDS = {
    "outline": _Command(_outline, _add_listing, "List the parts, chapters and scenes of a manuscript."),
    "export": _Command(_export, _add_export, "Make a web page or a plain text of a manuscript."),
    "import": _Command(_import, _add_import, "Make plain text of a file of another program."),
    "stats": _Command(_stats, _add_listing, "Count words, characters, scenes and reading time."),
    "profiles": _Command(_profiles, _add_profiles, "List the export profiles there are."),
    "history": _Command(_history, _add_history, "List the versions that were kept of a manuscript."),
    "move": _Command(_move, _add_move, "Move scenes before or after another one."),
}
