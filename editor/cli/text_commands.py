"""The commands that read a manuscript, list what is in it, and move scenes."""

import argparse
from pathlib import Path

from editor.cli.streams import Command, add_source, read_source, write, write_text
from editor.errors import InputError


def _add_listing(parser: argparse.ArgumentParser) -> None:
    add_source(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def _outline(options: argparse.Namespace) -> None:
    from editor.export.listing import outline_json, outline_text

    source = read_source(options)
    if options.json:
        write_text(
            outline_json(source.manuscript, path=source.name, encoding=source.encoding, eol=source.eol)
        )
    else:
        write_text(outline_text(source.manuscript))


def _stats(options: argparse.Namespace) -> None:
    from editor.export.listing import statistics_json, statistics_text
    from editor.manuscript.statistics import count_statistics

    source = read_source(options)
    statistics = count_statistics(source.manuscript)
    write_text(statistics_json(statistics, path=source.name) if options.json else statistics_text(statistics))


def _add_move(parser: argparse.ArgumentParser) -> None:
    add_source(parser)
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

    source = read_source(options)
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
        write_text(manuscript_diff(before, after, source.name))


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
        write_text(list_versions(folder, path))
    else:
        write(version_bytes(folder, path, options.show))


COMMANDS = {
    "outline": Command(_outline, _add_listing, "List the parts, chapters and scenes of a manuscript."),
    "stats": Command(_stats, _add_listing, "Count words, characters, scenes and reading time."),
    "history": Command(_history, _add_history, "List the versions that were kept of a manuscript."),
    "move": Command(_move, _add_move, "Move scenes before or after another one."),
}
