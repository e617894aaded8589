"""Runs as a line of our own text: emphasis as marks, and escapes only where the grammar would read something else.

Nothing here knows the rules of marks. A line is written in the plainest way, read by the grammar, and if it does not say
what the runs say, written in a more careful way. Law: what comes back is what was given, or the emphasis is told as lost.
"""

import re
from collections.abc import Callable, Sequence
from itertools import groupby, product

from editor.importing.draft import Run, tidy_runs
from editor.markup.inlines import resolve_content
from editor.markup.model import Close, LineBreak, Open, Style, Text
from editor.markup.spans import parse_spans

_Escape = Callable[[str], str]
_BEFORE_MARKS = re.compile(r"\\(?=[!-/:-@\[-`{-~\n]|$)|[*_<]|\[(?=\[)")
_MAY_MEAN_MORE = re.compile(r"[*_/<\\]|\[\[|:|www")
_SPECIAL = re.compile(r"[\\*_/<\[\]:&.]")


TAGS = "<i>"
STANDARD = "*"


def mark_up(runs: Sequence[Run], own: str = STANDARD) -> tuple[str, bool]:
    """Return tidy runs as text in our marks, and whether it says all of their emphasis. Linear in their length.

    `own` is what emphasis is best written with: "*", "_", "/" or "<i>". Where the grammar would not read it so, others are taken.
    """
    has_look = _has_look(runs)
    if not has_look and not _MAY_MEAN_MORE.search(plain := "".join(run.text for run in runs)):
        return plain, True
    wanted = _seen(runs)
    marks = dict.fromkeys((own, STANDARD, TAGS)) if has_look else (STANDARD,)
    for mark, escape in product(marks, _ESCAPES):
        text = _written(runs, escape, mark)
        if _seen(read_marks(text)) == wanted:
            return text, True
    bare = _without_vain_emphasis(runs)
    if bare != tuple(runs):
        return mark_up(bare, own)[0], False
    return _written([Run("".join(run.text for run in runs))], _escape_all, STANDARD), not has_look


def tag_up(runs: Sequence[Run]) -> str | None:
    """Return tidy runs as text in tags, for a line that marks would make something else of; None if that cannot be."""
    wanted = _seen(runs)
    texts = (_written(runs, escape, TAGS) for escape in _ESCAPES)
    return next((text for text in texts if _seen(read_marks(text)) == wanted), None)


def note_text(runs: Sequence[Run]) -> str:
    """Return the runs of a note on one line, with marks if anything in it is emphasised."""
    tidy = tidy_runs(run._replace(text=" ".join(run.text.split("\n"))) for run in runs)
    return mark_up(tidy)[0] if _has_look(tidy) else "".join(run.text for run in tidy)


def has_letter(text: str) -> bool:
    """Say whether there is anything in `text` that can be emphasised."""
    return any(character.isalnum() for character in text)


def _has_look(runs: Sequence[Run]) -> bool:
    return any(run.emphasis or run.strong for run in runs)


def _without_vain_emphasis(runs: Sequence[Run]) -> tuple[Run, ...]:
    return tuple(run if has_letter(run.text) else Run(run.text) for run in runs)


def _keep(text: str) -> str:
    return text


def _escape_marks(text: str) -> str:
    return _BEFORE_MARKS.sub(r"\\\g<0>", text)


def _escape_all(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


_ESCAPES: tuple[_Escape, ...] = (_keep, _escape_marks, _escape_all)


def _written(runs: Sequence[Run], escape: _Escape, mark: str) -> str:
    """Write runs; a group of runs with a look is marked as a whole."""
    parts: list[str] = []
    before = ""
    for has_look, members in groupby(runs, key=lambda run: run.emphasis or run.strong):
        group = list(members)
        if has_look:
            parts.append(_with_strong(group, escape, TAGS if before.isalnum() else mark))
        else:
            parts += [escape(run.text) for run in group]
        before = group[-1].text[-1:]
    return "".join(parts)


def _with_strong(group: Sequence[Run], escape: _Escape, mark: str) -> str:
    """Mark a group in which every run has a look: what covers all of it outside, the other inside."""
    strong, emphasis = all(run.strong for run in group), all(run.emphasis for run in group)
    text = "".join(escape(run.text) for run in group)
    nested = "_" if mark == STANDARD else mark  # next to strong, which is written with stars
    if strong and emphasis:
        return f"***{text}***" if mark == STANDARD else _strong(_emphasis(text, mark), mark)
    if strong:
        inside = [_emphasis(escape(run.text), nested) if run.emphasis else escape(run.text) for run in group]
        return _strong("".join(inside), mark)
    if emphasis and any(run.strong for run in group):
        inside = [_strong(escape(run.text), mark) if run.strong else escape(run.text) for run in group]
        return _emphasis("".join(inside), nested)
    if emphasis:
        return _emphasis(text, mark)
    return "".join(
        _with_strong(list(members), escape, mark) for _, members in groupby(group, key=lambda run: run.strong)
    )


def _emphasis(text: str, mark: str) -> str:
    return f"<i>{text}</i>" if mark == TAGS else f"{mark}{text}{mark}"


def _strong(text: str, mark: str) -> str:
    return f"<b>{text}</b>" if mark == TAGS else f"**{text}**"


def read_marks(text: str) -> list[Run]:
    """Return what the grammar reads in the text of a paragraph."""
    seen: list[Run] = []
    depth = {Style.EMPHASIS: 0, Style.STRONG: 0}
    for inline in resolve_content(text, parse_spans(text), reflows=False):
        match inline:
            case Text():
                seen.append(Run(inline.text, depth[Style.EMPHASIS] > 0, depth[Style.STRONG] > 0))
            case LineBreak():
                seen.append(Run("\n", depth[Style.EMPHASIS] > 0, depth[Style.STRONG] > 0))
            case Open():
                depth[inline.style] += 1
            case Close():
                depth[inline.style] -= 1
    return seen


def _seen(runs: Sequence[Run]) -> list[tuple[str, bool, bool]]:
    """Return runs joined where they look the same."""
    filled = (run for run in runs if run.text)
    return [
        ("".join(run.text for run in members), *look)
        for look, members in groupby(filled, key=lambda run: run[1:])
    ]
