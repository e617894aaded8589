"""Several files of other programs as one text, or as a folder of chapter files; in natural order, "2" before "10".

A chapter that begins with no heading gets one from its title, or from the name of its file where nothing else would part it from
the chapter before. Nothing of a file's header is lost: what is no title becomes a private note.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from editor.errors import InputError
from editor.importing.registry import Imported
from editor.manuscript.file_names import checked_name, suggested_name
from editor.markup.model import Kind
from editor.markup.text import MarkedText
from editor.storage.folder_names import name_key, natural_key

Part = tuple[Path, Imported]


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Return paths in the natural order of their names, each once."""
    return sorted(dict.fromkeys(paths), key=lambda path: (natural_key(path.name), str(path)))


def join_parts(parts: Sequence[Part]) -> list[str]:
    """Return the lines of all parts as one text; of a single one, its lines as they are."""
    if len(parts) == 1:
        return list(parts[0][1].lines)
    lines: list[str] = []
    for path, imported in parts:
        if lines:
            lines += ["", ""]
        lines += _chapter(imported.lines, path.stem)
    return lines


def chapter_files(parts: Sequence[Part]) -> Mapping[str, bytes]:
    """Return the files of a folder of chapters, by name: each part in a file that is called like the one it came from, if a chapter can be."""
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    for path, imported in parts:
        stem, number = _stem_of(path), 1
        name = f"{stem}.txt"
        while name_key(name) in taken:
            number += 1
            name = f"{stem} {number}.txt"
        taken.add(name_key(name))
        files[name] = "\n".join([*_chapter(imported.lines, ""), ""]).encode("utf-8", "replace")
    return files


def _stem_of(path: Path) -> str:
    """Return what the chapter file of an imported file is called: like it, if that can be a chapter of the book."""
    try:
        return checked_name(f"{path.stem}.txt").removesuffix(".txt")
    except InputError:  # it would be hidden, a backup, or what was cut
        return suggested_name(path.stem, ()).removesuffix(".txt")


def _chapter(lines: Sequence[str], name: str) -> list[str]:
    """Return a part with its header taken for a heading and notes, and with a heading of `name` if it has none ("": as it is)."""
    marked = MarkedText(list(lines))
    header: Sequence[tuple[str, str]] = ()
    body = list(lines)
    if marked.blocks and marked.blocks[0].kind is Kind.HEADER:
        header = [_field(line) for line in lines[: marked.blocks[0].height] if line.strip()]
        body = list(lines[marked.blocks[0].height :])
        while body and not body[0].strip():
            del body[0]
    first = next((block.kind for block in marked.blocks if block.kind is not Kind.HEADER), None)
    has_heading = first is Kind.HEADING
    title = next((value for key, value in header if key == "Title"), "")
    top = [] if has_heading else [f"# {each}" for each in [title or name] if each]
    kept = [(key, value) for key, value in header if key != "Title" or has_heading]
    return [
        *_apart(top),
        *_apart([f"%% {key}: {value}" if key else f"%% {value}" for key, value in kept]),
        *body,
    ]


def _field(line: str) -> tuple[str, str]:
    key, sign, value = line.partition(":")
    return (key.strip(), value.strip()) if sign else ("", line.strip())


def _apart(lines: list[str]) -> list[str]:
    return [*lines, ""] if lines else []
