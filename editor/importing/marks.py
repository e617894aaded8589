"""Runs as a line of our own text: emphasis as marks, and escapes only where the grammar would read something else.

Nothing here knows the rules of marks. A line is written in the plainest way, read by the grammar, and if it does not say
what the runs say, written in a more careful way. Law: what comes back is what was given, or the emphasis is told as lost.
"""

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from editor.importing.draft import Run, tidy_runs
from editor.markup.inlines import resolve_content
from editor.markup.model import Close, LineBreak, Open, Style, Text
from editor.markup.spans import parse_spans

_Escape = Callable[[str], str]
_BEFORE_MARKS = re.compile(r"\\(?=[!-/:-@\[-`{-~\n]|$)|[*_<]|\[(?=\[)")
_MAY_MEAN_MORE = re.compile(r"[*_/<\\]|\[\[|:|www")
_SPECIAL = re.compile(r"[\\*_/<\[\]:&.]")


def mark_up(runs: Sequence[Run]) -> tuple[str, bool]:
    """Return tidy runs as text in our marks, and whether it says all of their emphasis. Linear in their length."""
    has_look = _has_look(runs)
    if not has_look and not _MAY_MEAN_MORE.search(plain := "".join(run.text for run in runs)):
        return plain, True
    wanted = _seen(runs)
    for escape, uses_tags in _ATTEMPTS if has_look else _PLAIN:
        text = _written(runs, escape, uses_tags=uses_tags)
        if _seen(read_marks(text)) == wanted:
            return text, True
    bare = _without_vain_emphasis(runs)
    if bare != tuple(runs):
        return mark_up(bare)[0], False
    return _written([Run("".join(run.text for run in runs))], _escape_all, uses_tags=False), not has_look


def tag_up(runs: Sequence[Run]) -> str | None:
    """Return tidy runs as text in tags, for a line that marks would make something else of; None if that cannot be."""
    wanted = _seen(runs)
    texts = (_written(runs, escape, uses_tags=True) for escape in (_keep, _escape_marks, _escape_all))
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


_PLAIN: tuple[tuple[_Escape, bool], ...] = ((_keep, False), (_escape_marks, False), (_escape_all, False))
_ATTEMPTS: tuple[tuple[_Escape, bool], ...] = (
    *_PLAIN,
    (_keep, True),
    (_escape_marks, True),
    (_escape_all, True),
)


def _written(runs: Sequence[Run], escape: _Escape, *, uses_tags: bool) -> str:
    """Write runs; a group of runs with a look is marked as a whole."""
    parts: list[str] = []
    before = ""
    for has_look, members in groupby(runs, key=lambda run: run.emphasis or run.strong):
        group = list(members)
        if has_look:
            is_tight = uses_tags or before.isalnum()
            parts.append(_with_strong(group, escape, is_tight=is_tight))
        else:
            parts += [escape(run.text) for run in group]
        before = group[-1].text[-1:]
    return "".join(parts)


def _with_strong(group: Sequence[Run], escape: _Escape, *, is_tight: bool) -> str:
    """Mark a group in which every run has a look: what covers all of it outside, the other inside."""
    strong, emphasis = all(run.strong for run in group), all(run.emphasis for run in group)
    text = "".join(escape(run.text) for run in group)
    if strong and emphasis:
        return f"<b><i>{text}</i></b>" if is_tight else f"***{text}***"
    if strong and any(run.emphasis for run in group):
        return _tag("b", "**", _each(group, escape, is_tight=is_tight, is_strong=False), is_tight=is_tight)
    if strong:
        return _tag("b", "**", text, is_tight=is_tight)
    if emphasis and any(run.strong for run in group):
        return _tag("i", "_", _each(group, escape, is_tight=is_tight, is_strong=True), is_tight=is_tight)
    if emphasis:
        return _tag("i", "*", text, is_tight=is_tight)
    return "".join(
        _with_strong(list(members), escape, is_tight=is_tight)
        for _, members in groupby(group, key=lambda run: run.strong)
    )


def _each(group: Sequence[Run], escape: _Escape, *, is_tight: bool, is_strong: bool) -> str:
    name, mark = ("b", "**") if is_strong else ("i", "_")
    return "".join(
        _tag(name, mark, escape(run.text), is_tight=is_tight)
        if (run.strong if is_strong else run.emphasis)
        else escape(run.text)
        for run in group
    )


def _tag(name: str, mark: str, text: str, *, is_tight: bool) -> str:
    return f"<{name}>{text}</{name}>" if is_tight else f"{mark}{text}{mark}"


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
