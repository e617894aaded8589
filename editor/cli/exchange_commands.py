"""The commands that make something else of a manuscript, or a manuscript of something else."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from editor.cli.posted_commands import note_export
from editor.cli.streams import (
    STANDARD_STREAM,
    Command,
    add_output,
    add_source,
    complain,
    put,
    read_source,
    write_text,
)
from editor.errors import FileConflict, InputError, ResourceError, TookTooLong

if TYPE_CHECKING:
    from editor.app.imports import Part


def _add_export(parser: argparse.ArgumentParser) -> None:
    add_source(parser)
    parser.add_argument(
        "--to", metavar="PROFILE", required=True, help="a profile; dinkus profiles lists them"
    )
    add_output(parser)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; say whether it fits and what changes"
    )
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
    from editor.app import exporting
    from editor.export.registry import RENDERERS
    from editor.manuscript.references import parse_selection

    profile, fault = exporting.find_profile(options.to, options.settings)
    if fault is not None:
        complain(fault)
    source = read_source(options, counts=False)
    manuscript, opened = source.manuscript, source.opened
    selection = None if options.select is None else parse_selection(options.select, manuscript.outline)
    if options.check:
        text, fits = exporting.check_export(manuscript, profile, selection)
        write_text(text)
        if not fits:
            raise InputError(f"This is longer than {profile.title or profile.name} allows.")
        return
    if profile.renderer not in RENDERERS:  # pages are set by Qt
        from editor.ui.pdf import renderers_that_tell

        RENDERERS = renderers_that_tell(complain)  # noqa: N806 - the same thing
    export = exporting.Export(manuscript, profile, selection, RENDERERS)
    holds = opened.holds if opened is not None else lambda _path: False
    if exporting.makes_folder(profile) and options.output not in {None, STANDARD_STREAM}:
        exporting.write_folder(Path(options.output), export, force=options.force, holds=holds)
    else:
        put(export.run(), options, "export", holds)
    if opened is not None and options.output not in {None, STANDARD_STREAM}:
        note_export(opened.path, export)


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="files of another program, or the folder of a project; several become one text, or with -o FOLDER chapter files",
    )
    parser.add_argument(
        "--patient",
        action="store_true",
        help="you know the files: let them take longer than five seconds each",
    )
    add_output(parser)


def _import(options: argparse.Namespace) -> None:
    from editor.app.imports import in_order, join_parts
    from editor.importing.worker import FOR_STRANGERS, VOUCHED_FOR, import_file

    paths = in_order(map(Path, options.paths))
    allowance = VOUCHED_FOR if options.patient else FOR_STRANGERS
    try:
        parts = [(path, import_file(path, allowance)) for path in paths]
    except TookTooLong as error:
        more = "" if options.patient else " If you know the file, add --patient."
        raise InputError(f"{error}{more}") from error
    if len(parts) > 1 and _names_folder(options.output):
        _put_chapters(parts, Path(options.output), force=options.force)
    else:
        text = "\n".join([*join_parts(parts), ""]).encode("utf-8", "replace")
        put(text, options, "text", lambda path: path.exists() and any(map(path.samefile, paths)))
    for path, done in parts:
        for line in done.left_out:
            complain(f"{path.name}: {line}" if len(parts) > 1 else line)  # told, and no failure


def _names_folder(output: str | None) -> bool:
    if output in {None, STANDARD_STREAM}:
        return False
    path = Path(str(output))
    return path.is_dir() or not path.suffix or str(output).endswith(("/", os.sep))


def _put_chapters(parts: "Sequence[Part]", folder: Path, *, force: bool) -> None:
    """Write chapter files into a folder, all or none; an original is never replaced, because it is no .txt file."""
    from editor.app.imports import chapter_files
    from editor.storage.export_folder import write_export_folder

    try:
        write_export_folder(folder, chapter_files(parts), overwrite=force)
    except FileConflict as error:
        raise InputError(f"{error} On the command line: add --force.") from error


def _add_profiles(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--options", action="store_true", help="list what --set can change")


def _profiles(options: argparse.Namespace) -> None:
    if options.options:
        from editor.export.profile import OPTIONS

        write_text("".join(f"{each.name}: {each.help}\n    {each.describe_values()}\n" for each in OPTIONS))
        return
    from editor.app.profiles import load_profiles
    from editor.app.settings import standard_folders

    broken: list[ResourceError] = []
    profiles = load_profiles(standard_folders().profiles, broken)
    width = max(map(len, profiles))
    write_text(
        "".join(f"{each.name:<{width}}  {each.title}. {each.description}\n" for each in profiles.values())
    )
    for error in broken:
        complain(str(error))


COMMANDS = {
    "export": Command(
        _export, _add_export, "Make a web page, a text, or what a site wants, of a manuscript."
    ),
    "import": Command(_import, _add_import, "Make plain text of files of other programs."),
    "profiles": Command(_profiles, _add_profiles, "List the export profiles there are."),
}
