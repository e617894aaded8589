"""The command that says what has changed since it was posted, and what the other commands note of their exports."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editor.cli.streams import Command, Source, add_source, complain, read_source, write_text
from editor.errors import DinkusError, InputError

if TYPE_CHECKING:
    from editor.app.exporting import Export
    from editor.manuscript.chapter_prints import ChapterPrint
    from editor.manuscript.posted_chapters import Posted
    from editor.storage.posted import PostedFile

ALL = "all"


def note_export(path: Path, export: "Export") -> None:
    """Note that an export of the manuscript at `path` was written; what goes wrong is told, and no failure."""
    from editor.app import posting
    from editor.app.settings import standard_folders

    folder, target = standard_folders().posted, export.profile.name
    try:
        problems = posting.note_export(folder, path, export.manuscript, target, export.selection)
    except DinkusError as error:
        problems = [str(error)]
    for problem in problems:
        complain(problem)


def _add_posted(parser: argparse.ArgumentParser) -> None:
    add_source(parser)
    parser.add_argument("--to", metavar="PROFILE", help="only what was posted with this profile")
    parser.add_argument("--json", action="store_true", help="print JSON")
    change = parser.add_mutually_exclusive_group()
    change.add_argument(
        "--mark", metavar="WHAT", help="note that chapters are posted as they are: all, or chapter:2,part:1"
    )
    change.add_argument(
        "--forget", action="store_true", help="forget what was posted with the profile of --to"
    )


def _posted(options: argparse.Namespace) -> None:
    from editor.app.settings import standard_folders
    from editor.manuscript.chapter_prints import print_chapters
    from editor.storage.posted import PostedFile

    source = read_source(options)
    if source.opened is None:
        raise InputError("Of what comes on standard input nothing is remembered; name a file.")
    if (options.mark is not None or options.forget) and options.to is None:
        raise InputError("Say with --to PROFILE where it was posted.")
    file = PostedFile(standard_folders().posted, source.opened.path)
    chapters, _ = print_chapters(source.manuscript.outline, source.manuscript.text.blocks)
    if options.mark is not None:
        _mark(options, source, file)
    if options.forget:
        file.change(lambda posted: posted.without(options.to))
    posted = file.read()
    for problem in file.problems:
        complain(problem)
    targets = sorted(posted.targets) if options.to is None else [options.to]
    listing = {target: _rows(posted, target, chapters) for target in targets}
    write_text(f"{json.dumps(listing, indent=2, ensure_ascii=False)}\n" if options.json else _text(listing))


def _mark(options: argparse.Namespace, source: Source, file: "PostedFile") -> None:
    from editor.app import posting
    from editor.app.profiles import find_profile
    from editor.app.settings import standard_folders
    from editor.manuscript.chapter_prints import chapters_within
    from editor.manuscript.posted_chapters import How
    from editor.manuscript.references import parse_selection

    target = find_profile(options.to, standard_folders().profiles).name
    outline = source.manuscript.outline
    selection = None if options.mark == ALL else parse_selection(options.mark, outline)
    if selection is not None and not chapters_within(outline, selection):
        raise InputError("No whole chapter is among these; only whole chapters can be marked as posted.")
    file.change(posting.noting(source.manuscript, target, How.MARK, selection=selection))


def _rows(posted: "Posted", target: str, chapters: "list[ChapterPrint]") -> list[dict[str, Any]]:
    return [
        {
            "chapter": each.chapter.place + 1,
            "title": each.chapter.title,
            "state": str(each.state),
            "posted": each.posted.when if each.posted else None,
            "how": str(each.posted.how) if each.posted else None,
        }
        for each in posted.states(target, chapters)
    ]


def _text(listing: dict[str, list[dict[str, Any]]]) -> str:
    from editor.app.posting import day_of
    from editor.export.listing import printable

    lines = []
    for target, rows in listing.items():
        lines.append(target)
        for row in rows:
            day = day_of(row["posted"]) if row["posted"] else ""
            state = f"{row['state']} {day}" if row["state"] == "as posted" else row["state"]
            state += f" since {day}" if row["state"] == "changed" and day else ""
            lines.append(f"{row['chapter']:>5}  {state:<34}  {printable(row['title'])}".rstrip())
    return "".join(f"{line}\n" for line in lines) or "Nothing was posted yet.\n"


COMMANDS = {
    "posted": Command(_posted, _add_posted, "List which chapters have changed since they were posted.")
}
