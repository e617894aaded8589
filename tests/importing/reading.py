"""Read what was imported with the program's own grammar, as a reader would see it."""

from itertools import groupby

from editor.importing.draft import Run
from editor.markup.inlines import resolve_inlines
from editor.markup.model import Close, Kind, LineBreak, Open, Style, Text
from editor.markup.text import MarkedText

UNSEEN = {Kind.COMMENT, Kind.BREAK, Kind.BOILERPLATE}


def looks(inlines):
    """Return the stretches of one look: (text, emphasis, strong)."""
    depth = {Style.EMPHASIS: 0, Style.STRONG: 0}
    runs = []
    for inline in inlines:
        match inline:
            case Text():
                runs.append(Run(inline.text, depth[Style.EMPHASIS] > 0, depth[Style.STRONG] > 0))
            case LineBreak():
                runs.append(Run("\n", depth[Style.EMPHASIS] > 0, depth[Style.STRONG] > 0))
            case Open():
                depth[inline.style] += 1
            case Close():
                depth[inline.style] -= 1
    return tuple(
        Run("".join(run.text for run in group), *look)
        for look, group in groupby(runs, key=lambda run: run[1:])
    )


def blocks_of(lines):
    """Return (kind, runs) of each block."""
    return [(block.kind, looks(resolve_inlines(block))) for block in MarkedText(lines).blocks]


def words_of(lines):
    """Return the words a reader sees, without marks."""
    return " ".join(
        "".join(run.text for run in runs) for kind, runs in blocks_of(lines) if kind not in UNSEEN
    ).split()
