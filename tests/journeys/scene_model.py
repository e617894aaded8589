"""The plainest idea of a manuscript: chapters, which are lists of scenes, which are lists of paragraphs."""

BREAK = "* * *"
Scene = list[str]
Chapter = tuple[str, list[Scene]]


def read_chapters(lines: list[str]) -> list[Chapter]:
    """Read chapters by the simplest rules that their writer kept to."""
    chapters: list[Chapter] = []
    for line in lines:
        if line.startswith("Chapter "):
            chapters.append((line, [[]]))
        elif line == BREAK:
            chapters[-1][1].append([])
        elif line:
            chapters[-1][1][-1].append(line)
    return [(title, [scene for scene in scenes if scene]) for title, scenes in chapters]


def lines_of(chapters: list[Chapter]) -> list[str]:
    """Return the lines of chapters as their writer would set them."""
    lines: list[str] = []
    for title, scenes in chapters:
        lines += ["", title] if lines else [title]
        for number, scene in enumerate(scenes):
            lines += ["", BREAK] if number else []
            for paragraph in scene:
                lines += ["", paragraph]
    return lines


def copy_of(chapters: list[Chapter]) -> list[Chapter]:
    return [(title, [list(scene) for scene in scenes]) for title, scenes in chapters]
