"""What the commands share: how a manuscript is read, where what they make goes, how they complain."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from editor.errors import InputError
from editor.markup.model import WrapMode

if TYPE_CHECKING:
    from editor.manuscript.manuscript import Manuscript
    from editor.storage.encoding import Decoded
    from editor.storage.opening import OpenedManuscript

STANDARD_STREAM = "-"


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it does, its arguments, one line of help."""

    run: Callable[[argparse.Namespace], None]
    add_arguments: Callable[[argparse.ArgumentParser], None]
    help: str


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line, told like all others."""

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message[:1].upper()}{message[1:]}. Try {self.prog} --help.")


def complain(message: str) -> None:
    """Write `message` to standard error, as one line."""
    line = " ".join(message.split())
    if sys.stderr is not None:
        sys.stderr.write(f"dinkus: {line.encode('utf-8', 'replace').decode('utf-8')}\n")


def write(data: bytes) -> None:
    if sys.stdout is None:
        raise InputError("Standard output is closed; there is nowhere to write to.")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_text(text: str) -> None:
    write(text.encode("utf-8", "replace"))


def add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write it (default: standard output)")
    parser.add_argument("--force", action="store_true", help="replace FILE if it exists")


def put(data: bytes, options: argparse.Namespace, what: str, is_source: Callable[[Path], bool]) -> None:
    """Write what was made to the file that was asked for, or to standard output."""
    if options.output in {None, STANDARD_STREAM}:
        write(data)
        return
    from editor.app.outputs import write_output

    write_output(Path(options.output), data, what, is_source, overwrite=options.force)


@dataclass(frozen=True, slots=True)
class Source:
    """A manuscript that was read, and from where; `opened` is None for standard input."""

    name: str
    encoding: str
    eol: str
    manuscript: "Manuscript"
    opened: "OpenedManuscript | None"


def add_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        metavar="PATH",
        help="the manuscript: a file, or a folder of chapter files; - for standard input",
    )
    parser.add_argument("--encoding", metavar="NAME", help="read it in this encoding (default: found out)")
    modes = [mode.value for mode in WrapMode]
    parser.add_argument("--mode", choices=modes, help="what a line break means (default: found out)")


def read_source(options: argparse.Namespace, *, counts: bool = True) -> Source:
    from editor.manuscript.manuscript import Manuscript
    from editor.storage.charsets import CHARSETS
    from editor.storage.opening import open_manuscript

    if options.encoding is not None and options.encoding not in CHARSETS:
        raise InputError(f"There is no encoding “{options.encoding}”; there are {', '.join(CHARSETS)}.")
    mode = WrapMode(options.mode) if options.mode else None
    if options.path == STANDARD_STREAM:
        decoded = _read_standard_input(options.encoding)
        return Source(
            STANDARD_STREAM,
            decoded.encoding,
            decoded.eol,
            Manuscript(decoded.lines, mode, counts=counts),
            None,
        )
    opened = open_manuscript(Path(options.path), options.encoding, mode, counts=counts)
    return Source(options.path, opened.encoding, opened.eol, opened.manuscript, opened)


def _read_standard_input(encoding: str | None) -> "Decoded":
    from editor.storage.detection import BinaryData
    from editor.storage.encoding import decode

    if sys.stdin is None:
        raise InputError("Standard input is closed; there is nothing to read.")
    try:
        return decode(sys.stdin.buffer.read(), encoding)
    except BinaryData as error:
        raise InputError("What came on standard input is not text.") from error
