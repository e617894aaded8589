"""Find the command and run it: the same work as the window, without Qt.

Each command is a row of `COMMANDS`; what they do is in `text_commands` (reading and moving) and
`exchange_commands` (exports and imports), what they share in `streams`. Everything heavy is imported by the command that needs
it, so that `dinkus outline` answers at once; the window is reached by one lazy import. What goes wrong is one line on standard
error and exit code 2.
"""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from editor import __version__
from editor.cli import exchange_commands, text_commands
from editor.cli.streams import Parser, complain
from editor.errors import DinkusError, InputError
from editor.markup.collecting import paused_collection

DONE, FAILED, INTERRUPTED = 0, 2, 130

COMMANDS = {**text_commands.COMMANDS, **exchange_commands.COMMANDS}
"""The commands by name, in the order in which help lists them."""

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
        parser = Parser(prog=f"dinkus {arguments[0]}", description=command.help, allow_abbrev=False)
        command.add_arguments(parser)
        with paused_collection():
            command.run(parser.parse_args(arguments[1:]))
        return DONE
    options = _window_parser().parse_args(arguments)
    return _try_installation(options.smoke) if options.smoke else _open_window(options)


def _fail(message: str) -> int:
    complain(message)
    return FAILED


def _window_parser() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    commands = "\n".join(f"  {name:<{width}}  {command.help}" for name, command in COMMANDS.items())
    parser = Parser(
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
