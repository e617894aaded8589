"""Folders of chapter files for journeys, and what a writer does with them."""

from pathlib import Path

from editor.manuscript.chapter_files import split_into_files

ENCODINGS = ("utf-8", "cp1252", "utf-8-sig")


def chapter_text(number: int, scenes: int = 3) -> str:
    """Return a chapter with scenes that tell themselves apart, with letters that every encoding here has."""
    parts = [f"Piece {number}.{scene} happens in the café by the weir." for scene in range(1, scenes + 1)]
    return f"Chapter {number}\n\n" + "\n\n* * *\n\n".join(parts) + "\n"


def make_book(folder: Path, chapters: int = 4, scenes: int = 3) -> Path:
    """Write a folder of chapter files in three encodings, some with CR LF."""
    folder.mkdir()
    for number in range(1, chapters + 1):
        text = chapter_text(number, scenes)
        if number % 4 == 0:
            text = text.replace("\n", "\r\n")
        data = text.encode(ENCODINGS[number % len(ENCODINGS)])
        (folder / f"chapter {number}.txt").write_bytes(data)
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return what every visible file of a folder holds."""
    return {
        path.name: path.read_bytes() for path in sorted(folder.iterdir()) if not path.name.startswith(".")
    }


def files_in(window) -> dict[str, list[str]]:
    """Return the files as they stand on the page, in order."""
    files = split_into_files(window.buffer.lines())
    assert all(file.label and file.lines for file in files)
    assert len({file.label for file in files}) == len(files)
    return {file.label: file.lines for file in files}


def scene_id(window, title: str) -> int:
    """Return the id of the scene whose title starts so."""
    outline = window.buffer.manuscript.outline
    (found,) = [node.id for node in outline.scenes() if node.title.startswith(title)]
    return found


def file_id(window, label: str) -> int:
    """Return the id of a file by its label."""
    return next(node.id for node in window.buffer.manuscript.outline.files if node.title == label)


def save(window) -> None:
    """Save and wait."""
    window.store.save()
    window.store.wait()


def look(window) -> None:
    """Look at the disk and wait."""
    window.store.look()
    window.store.folder_changes.wait()
