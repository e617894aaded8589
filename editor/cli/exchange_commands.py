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
    write,
    write_text,
)
from editor.errors import FileConflict, InputError, ResourceError, TookTooLong

if TYPE_CHECKING:
    from editor.app.exporting import Export
    from editor.app.imports import Part
    from editor.export.profile import Profile
    from editor.manuscript.manuscript import Manuscript
    from editor.storage.opening import OpenedManuscript


def _add_export(parser: argparse.ArgumentParser) -> None:
    add_source(parser)
    parser.add_argument(
        "--to",
        metavar="PROFILE",
        action="append",
        required=True,
        help="a profile; dinkus profiles lists them; several, with a comma between or with --to again, go into the folder -o FOLDER",
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

    profiles = _profiles_asked_for(options)
    source = read_source(options, counts=False)
    manuscript, opened = source.manuscript, source.opened
    selection = None if options.select is None else parse_selection(options.select, manuscript.outline)
    beside = None if opened is None else Path(options.path)
    if options.check:
        profiles = [exporting.with_own_files(profile, beside) for profile in profiles]
        _check(profiles, manuscript, selection)
        return
    if any(profile.renderer not in RENDERERS for profile in profiles):  # pages are set by Qt
        from editor.ui.pdf import renderers_that_tell

        RENDERERS = renderers_that_tell(complain)  # noqa: N806 - the same thing
    holds = opened.holds if opened is not None else lambda _path: False
    if len(profiles) > 1:
        exports = [
            exporting.Export(manuscript, profile, selection, RENDERERS, beside) for profile in profiles
        ]
        _export_several(exports, options, opened)
        return
    export = exporting.Export(manuscript, profiles[0], selection, RENDERERS, beside)
    if options.output in {None, STANDARD_STREAM}:
        write(export.run())
        return
    put_files = exporting.write_folder if exporting.makes_folder(export.profile) else exporting.write_file
    put_files(Path(options.output), export, force=options.force, holds=holds)
    if opened is not None:
        note_export(opened.path, export)


def _profiles_asked_for(options: argparse.Namespace) -> "list[Profile]":
    from editor.app import exporting

    names = [name.strip() for given in options.to for name in given.split(",")]
    found = [exporting.find_profile(name, options.settings) for name in dict.fromkeys(names)]
    for fault in dict.fromkeys(fault for _, fault in found if fault is not None):
        complain(fault)
    return [profile for profile, _ in found]


def _check(profiles: "list[Profile]", manuscript: "Manuscript", selection: list[int] | None) -> None:
    from editor.app import exporting

    too_long = []
    for profile in profiles:
        text, fits = exporting.check_export(manuscript, profile, selection)
        write_text(f"{profile.title or profile.name}\n{text}" if len(profiles) > 1 else text)
        if not fits:
            too_long.append(profile.title or profile.name)
    if too_long:
        raise InputError(f"This is longer than {', '.join(too_long)} allows.")


def _export_several(
    exports: "list[Export]", options: argparse.Namespace, opened: "OpenedManuscript | None"
) -> None:
    from editor.app import exporting

    if options.output in {None, STANDARD_STREAM}:
        raise InputError("Several formats need a folder to go to: add -o FOLDER.")
    folder, failed = Path(options.output), 0
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is not a folder. Several formats need a folder to go to.")
    holds = opened.holds if opened is not None else lambda _path: False
    for export, path, error in exporting.write_several(folder, exports, force=options.force, holds=holds):
        if error is None:
            write_text(f"{export.profile.name}: {path}\n")
            if opened is not None:
                note_export(opened.path, export)
        else:
            failed += 1
            complain(f"{export.profile.name}: {error}")
    if failed:
        raise InputError(f"{failed} of {len(exports)} exports failed.")


def _add_templates(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="FOLDER", help="where to put them; beside the manuscript they are found"
    )
    parser.add_argument("--force", action="store_true", help="replace those that are there")


def _templates(options: argparse.Namespace) -> None:
    from editor.app.page_files import put_templates

    write_text("".join(f"{path}\n" for path in put_templates(Path(options.folder), force=options.force)))


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
    """Write chapter files into a folder, all or none; an original is never replaced."""
    from editor.app.imports import chapter_files
    from editor.storage.export_folder import write_export_folder

    files = chapter_files(parts)
    originals = [path for path, _ in parts]
    for target in (folder / name for name in files):
        if target.exists() and any(map(target.samefile, originals)):
            raise InputError(
                f"{target} is one of the imported files, which stay as they are. Choose another folder."
            )
    try:
        write_export_folder(folder, files, overwrite=force)
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
    "templates": Command(
        _templates,
        _add_templates,
        "Write the page template and the style sheet of our web pages, to be changed.",
    ),
    "profiles": Command(_profiles, _add_profiles, "List the export profiles there are."),
}
