"""What each heading opens: title, part, chapter or scene (4.6g, and the kind of bare numbers in 4.6e).

`headings` are the indexes of those claims that are headings; `is_text_before` as in `resolution`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from editor.markup.claims import Claim, Claims
from editor.markup.headings import NumberStyle
from editor.markup.model import Level


def heading_levels(
    claims: Sequence[Claim],
    headings: Sequence[int],
    is_text_before: Sequence[bool],
    known_ranks: Mapping[int, Level],
) -> dict[int, Level]:
    """Return what each heading opens; `known_ranks` says what levels mean elsewhere, which holds here too."""
    levels: dict[int, Level] = {}
    ranks = {**_rank_levels(claims, headings, is_text_before), **known_ranks}
    for index in headings:
        claim = claims[index]
        if claim.own_level is not None:
            levels[index] = claim.own_level
        elif claim.kind is Claims.LEVELLED:
            levels[index] = ranks[claim.rank]
    has_chapters = Level.CHAPTER in levels.values()
    by_style: dict[NumberStyle, Level] = {}
    for index in headings:
        if number := claims[index].number:
            # The outermost style comes first: roman chapters with numbered scenes inside, say.
            is_first_style = not by_style and not has_chapters
            levels[index] = by_style.setdefault(
                number.of_style, Level.CHAPTER if is_first_style else Level.SCENE
            )
    return levels


def _rank_levels(
    claims: Sequence[Claim], headings: Sequence[int], is_text_before: Sequence[bool]
) -> dict[int, Level]:
    """Return what each level of ATX and setext headings means in this document."""
    used: dict[int, list[int]] = {}
    for index in headings:
        if claims[index].kind is Claims.LEVELLED:
            used.setdefault(claims[index].rank, []).append(index)
    known = {}
    for rank, indexes in used.items():
        if (level := _level_by_keywords([claims[index] for index in indexes])) is not None:
            known[rank] = level
    plain = {claims[index].own_level for index in headings if claims[index].kind is Claims.KEYWORD}
    if used:
        smallest = min(used)
        is_once_and_first = len(used[smallest]) == 1 and _is_first_block(
            claims, used[smallest][0], is_text_before
        )
        makes_chapters = bool(plain & {Level.PART, Level.CHAPTER}) or any(
            claims[index].number for index in headings
        )
        if is_once_and_first and smallest not in known and (len(used) > 1 or makes_chapters):
            known[smallest] = Level.TITLE
    open_ranks = sorted(set(used) - set(known))
    return known | dict(zip(open_ranks, _open_levels(open_ranks, known, Level.CHAPTER in plain), strict=True))


def _level_by_keywords(claims: Sequence[Claim]) -> Level | None:
    """Return the kind that at least half of the headings of one level say they are."""
    kinds = Counter(claim.own_level for claim in claims if claim.own_level is not None)
    if not kinds:
        return None
    level, count = kinds.most_common(1)[0]
    return level if 2 * count >= len(claims) else None


def _is_first_block(claims: Sequence[Claim], index: int, is_text_before: Sequence[bool]) -> bool:
    """Say whether nothing but headers, breaks, notes, comments and file boundaries stands before a heading."""
    return not any(is_text_before[: index + 1]) and all(
        claim.kind in {Claims.NOTE, Claims.NOTHING, Claims.BOUNDARY} for claim in claims[:index]
    )


def _open_levels(ranks: Sequence[int], known: Mapping[int, Level], has_plain_chapters: bool) -> list[Level]:
    """Return what the levels without a known kind mean, smallest first."""
    by_level = {level: rank for rank, level in sorted(known.items(), reverse=True)}
    if Level.CHAPTER in by_level:
        return [Level.PART if rank < by_level[Level.CHAPTER] else Level.SCENE for rank in ranks]
    below_part = [Level.SCENE] if has_plain_chapters else [Level.CHAPTER, Level.SCENE]
    if Level.PART in by_level:
        upper = [Level.PART for rank in ranks if rank < by_level[Level.PART]]
        return upper + _spread(below_part, len(ranks) - len(upper))
    if Level.SCENE in by_level:
        smaller = sum(rank < by_level[Level.SCENE] for rank in ranks)
        parts = smaller if has_plain_chapters else max(smaller - 1, 0)
        chapters = smaller - parts
        return [Level.PART] * parts + [Level.CHAPTER] * chapters + [Level.SCENE] * (len(ranks) - smaller)
    if len(ranks) == 1 or Level.TITLE in by_level:
        return _spread(below_part, len(ranks)) if not has_plain_chapters else _below_plain(len(ranks))
    return _below_plain(len(ranks)) if has_plain_chapters else _spread([Level.PART, *below_part], len(ranks))


def _below_plain(count: int) -> list[Level]:
    """Return the meaning of levels beside plain keyword chapters: one is scene, else part, scene."""
    return _spread([Level.SCENE] if count == 1 else [Level.PART, Level.SCENE], count)


def _spread(levels: Sequence[Level], count: int) -> list[Level]:
    return [levels[min(index, len(levels) - 1)] for index in range(count)]
