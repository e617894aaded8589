"""The head of a text: front matter between rules (4.2) and the story header (4.3)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from editor.markup.breaks import is_strong_break, is_weak_break
from editor.markup.characters import WHITE, WHITE_SPACE
from editor.markup.headings import (
    SENTENCE_ENDS,
    is_keyword_line,
    is_short_title,
    parse_atx,
    parse_bare_number,
    parse_label,
    split_core,
)
from editor.markup.lines import is_blank, is_comment_line
from editor.markup.patterns import compile_later

_KEYS = (
    r"title|authors?|by|rating|rated|pairings?|pairing\(s\)|ship|fandoms?|fandom\(s\)|summary|disclaimers?|archive|archiving"
    r"|feedback|distribution|spoilers?|category|categories|keywords?|classification|date|e-?mail|series|parts?|chapter"
    r"|warnings?|notes?|author['’]s notes?|status|characters?|genres?|word count|words|language|betas?|thanks|dedication"
    r"|timeline|subject|from|newsgroups|message-id|to|organization|translator|illustrator|editor|release date|posting date"
    r"|character set encoding|encoding|content[ -]type|teaser|url|website|setting|copyright|draft|version"
)
_KEY_LINE = compile_later(
    rf"[{WHITE}]*(?P<mark>\*\*|\*|_|)[{WHITE}]*(?P<key>{_KEYS})[{WHITE}]*(?:(?P=mark)[{WHITE}]*:|:[{WHITE}]*(?P=mark))(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NO_YAML_KEY = tuple(WHITE_SPACE + "#-[]{}\"'")
_BY = compile_later(rf"by[{WHITE}]+(.*)", re.IGNORECASE | re.DOTALL)
_LONGEST_YAML = 200
_MOST_LINES_ABOVE = 3
_MOST_CONTINUATIONS = 40  # a value that goes on longer is the story, in a file without blank lines


@dataclass(slots=True)
class Header:
    """A header: its first line, the line after its last, and its keys and values.

    Without one, `first` equals `end`. `examined` is the first line that was not looked at: a change there or further
    down cannot make or unmake a header.
    """

    first: int = 0
    end: int = 0
    fields: list[tuple[str, str]] = field(default_factory=list)
    examined: int = 0


def parse_header(lines: Sequence[str], start: int, stop: int) -> Header:
    """Return the header of the text that is lines[start:stop]."""
    line = _skip_blank(lines, start, stop)
    if line < stop and lines[line].rstrip(WHITE_SPACE) == "---":
        header = _parse_yaml(lines, line, stop)
        if header.end > header.first:
            return header
        return _parse_story_header(lines, line, stop, header.examined)
    return _parse_story_header(lines, line, stop, line + 1)


def _skip_blank(lines: Sequence[str], line: int, stop: int) -> int:
    while line < stop and is_blank(lines[line]):
        line += 1
    return line


def _parse_yaml(lines: Sequence[str], first: int, stop: int) -> Header:
    if first + 1 >= stop or _yaml_field(lines[first + 1]) is None:
        return Header(examined=first + 2)
    last = first + _LONGEST_YAML
    for end in range(first + 2, min(stop, last + 1)):
        if lines[end].rstrip(WHITE_SPACE) in {"---", "..."}:
            fields = _yaml_fields(lines[first + 1 : end])
            return Header(first, end + 1, fields, examined=end + 1)
    return Header(examined=last + 1)


def _yaml_fields(lines: Sequence[str]) -> list[tuple[str, str]]:
    fields: list[tuple[str, list[str]]] = []
    for line in lines:
        if found := _yaml_field(line):
            fields.append((found[0], [found[1]]))
        else:
            fields[-1][1].append(line)
    return [(key, _unquoted(_joined(values))) for key, values in fields]


def _yaml_field(line: str) -> tuple[str, str] | None:
    """Return key and value of a line `key: value`, or None."""
    key, colon, value = line.partition(":")
    if not colon or not key or key.startswith(_NO_YAML_KEY) or (value and value[0] not in WHITE_SPACE):
        return None
    return key.rstrip(WHITE_SPACE), value


def _joined(values: Sequence[str]) -> str:
    return " ".join(filter(None, [value.strip(WHITE_SPACE) for value in values]))


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _parse_story_header(lines: Sequence[str], line: int, stop: int, examined: int) -> Header:
    while line < stop and (is_blank(lines[line]) or is_strong_break(lines[line])):
        line += 1
    above, keys_from = _lines_above(lines, line, stop)
    if len(above) > _MOST_LINES_ABOVE:
        return Header(examined=max(examined, keys_from + 1))
    fields, end, looked_at = _parse_fields(lines, keys_from, stop)
    header = Header(examined=max(examined, looked_at + 1))
    if not fields or (above and len(fields) < 2):
        return header
    header.first, header.end = line, end
    header.fields = _name_lines_above(above, any(key.lower() == "title" for key, _ in fields)) + fields
    return header


def _lines_above(lines: Sequence[str], line: int, stop: int) -> tuple[list[str], int]:
    """Return the short lines before the keys (one too many if there are), and where the keys would start."""
    above: list[str] = []
    while line < stop and len(above) <= _MOST_LINES_ABOVE:
        text = lines[line].strip(WHITE_SPACE)
        if text:
            if _KEY_LINE.fullmatch(text) or not _is_plain_short_line(text):
                break
            above.append(text)
        line += 1
    return above, line


def _is_plain_short_line(text: str) -> bool:
    if not is_short_title(text, SENTENCE_ENDS) or text.startswith(">") or is_comment_line(text):
        return False
    if is_strong_break(text) or is_weak_break(text) or parse_atx(text) or parse_label(text):
        return False
    return not is_keyword_line(text) and parse_bare_number(split_core(text)[1]) is None


def _parse_fields(lines: Sequence[str], line: int, stop: int) -> tuple[list[tuple[str, str]], int, int]:
    """Return the fields from `line` on, the line after the last of them, and the last line looked at."""
    fields: list[tuple[str, list[str]]] = []
    end = line
    while line < stop:
        text = lines[line]
        if found := _KEY_LINE.fullmatch(text):
            fields.append((found["key"], [found["value"]]))
        elif is_blank(text):
            if line + 1 >= stop or not _KEY_LINE.fullmatch(lines[line + 1]):
                line += 1
                break
        elif not fields or _ends_header(text):
            break
        elif len(fields[-1][1]) > _MOST_CONTINUATIONS:
            end -= _MOST_CONTINUATIONS
            del fields[-1][1][1:]
            break
        else:
            fields[-1][1].append(text)
        line += 1
        end = line
    return [(key, _joined(values)) for key, values in fields], end, line


def _ends_header(text: str) -> bool:
    """Say whether a line does not go on with the value above: a break, a heading, or the writer's own comment."""
    trimmed = text.strip(WHITE_SPACE)
    return (
        is_strong_break(text)
        or is_comment_line(trimmed)
        or parse_atx(text) is not None
        or is_keyword_line(trimmed)
    )


def _name_lines_above(above: Sequence[str], has_title: bool) -> list[tuple[str, str]]:
    fields = []
    for number, text in enumerate(above):
        if by := _BY.fullmatch(text):
            fields.append(("Author", by[1]))
        else:
            fields.append(("Title" if number == 0 and not has_title else "", text))
    return fields
