"""What the claims of a text become, by looking at all of them together (4.6e, g, h; 4.8; 4.9).

Pure: from the claims in order, and whether certain text stands before each of them, to one verdict each.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from editor.markup.claims import CONTENTS, GRANTED, REFUSED, Claim, Claims, Verdict
from editor.markup.contents import find_contents
from editor.markup.model import Level
from editor.markup.sequences import Candidate, accept_numbers


def resolve(claims: Sequence[Claim], has_text_before: Sequence[bool]) -> list[Verdict]:
    """Return what each claim becomes.

    `has_text_before[i]`: between claim i - 1 (or the start) and claim i (or the end) stands a paragraph, verse or quote that
    claims nothing; it is longer than `claims` by one.
    """
    accepted = _accepted_numbers(claims, has_text_before)
    is_text_before = _with_refused_numbers(claims, has_text_before, accepted)
    headings = [index for index, claim in enumerate(claims) if claim.is_heading or index in accepted]
    contents = _contents(claims, headings, is_text_before)
    levels = _heading_levels(claims, [index for index in headings if index not in contents], is_text_before)
    verdicts = [REFUSED] * len(claims)
    for index in contents:
        verdicts[index] = CONTENTS
    for index, level in levels.items():
        verdicts[index] = Verdict(is_granted=True, level=level)
    _decide_notes_and_ends(claims, is_text_before, levels, verdicts)
    return verdicts


def _accepted_numbers(claims: Sequence[Claim], has_text_before: Sequence[bool]) -> set[int]:
    """Return the indexes of the bare numbers that are headings (4.6e)."""
    candidates: list[Candidate] = []
    texts = 0
    is_first_open = True
    for index, (claim, has_text) in enumerate(zip(claims, has_text_before, strict=False)):
        texts += has_text
        is_first_open = is_first_open and not has_text
        if claim.kind is Claims.NUMBER and claim.number is not None:
            candidates.append(Candidate(index, claim.number, texts, is_first_open))
        if claim.kind not in {Claims.LEVELLED, Claims.NOTE}:
            is_first_open = False
    return accept_numbers(candidates)


def _with_refused_numbers(
    claims: Sequence[Claim], has_text_before: Sequence[bool], accepted: set[int]
) -> list[bool]:
    """Return `has_text_before` with the numbers that are text after all counted in."""
    result = []
    is_pending = False
    for index, (claim, has_text) in enumerate(zip(claims, has_text_before, strict=False)):
        result.append(has_text or is_pending)
        is_pending = claim.kind is Claims.NUMBER and index not in accepted and claim.refused.level is None
    result.append(has_text_before[-1] or is_pending)
    return result


def _contents(claims: Sequence[Claim], headings: Sequence[int], is_text_before: Sequence[bool]) -> set[int]:
    """Return the headings that are lines of a contents list (4.6h)."""
    groups: list[list[int]] = []
    previous = -1
    for index in headings:
        if previous < 0 or any(is_text_before[previous + 1 : index + 1]):
            groups.append([])
        groups[-1].append(index)
        previous = index
    if all(len(group) < 3 for group in groups):
        return set()
    return find_contents(groups, {index: claims[index].granted.content for index in headings})


# Levels (4.6g)


def _heading_levels(
    claims: Sequence[Claim], headings: Sequence[int], is_text_before: Sequence[bool]
) -> dict[int, Level]:
    """Return what each heading opens."""
    levels: dict[int, Level] = {}
    ranks = _rank_levels(claims, headings, is_text_before)
    for index in headings:
        claim = claims[index]
        if claim.own_level is not None:
            levels[index] = claim.own_level
        elif claim.kind is Claims.LEVELLED:
            levels[index] = ranks[claim.rank]
    has_chapters = Level.CHAPTER in levels.values()
    by_style: dict[tuple[str, bool], Level] = {}
    for index in headings:
        if number := claims[index].number:
            # The outermost style comes first: roman chapters with numbered scenes inside, say.
            is_first_style = not by_style and not has_chapters
            levels[index] = by_style.setdefault(
                (number.style, number.has_title), Level.CHAPTER if is_first_style else Level.SCENE
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
    """Say whether nothing but headers, breaks, notes and comments stands before a heading."""
    return not any(is_text_before[: index + 1]) and all(claim.kind is Claims.NOTE for claim in claims[:index])


def _open_levels(ranks: Sequence[int], known: dict[int, Level], has_plain_chapters: bool) -> list[Level]:
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


# Notes and end matter (4.8, 4.9)


def _decide_notes_and_ends(
    claims: Sequence[Claim], is_text_before: Sequence[bool], levels: dict[int, Level], verdicts: list[Verdict]
) -> None:
    """Grant notes before the first text of their chapter, and end marks after its last."""
    opens = {index for index, level in levels.items() if level in {Level.PART, Level.CHAPTER}}
    bounds = [-1, *sorted(opens), len(claims)]
    for start, stop in pairwise(bounds):
        _decide_chapter(claims, is_text_before, range(start + 1, stop), verdicts)


def _decide_chapter(
    claims: Sequence[Claim], is_text_before: Sequence[bool], chapter: range, verdicts: list[Verdict]
) -> None:
    """Decide notes and ends of the claims of one chapter; the text behind them stands before claim `chapter.stop`."""
    has_text = False
    pending_ends: list[int] = []
    has_text_at = {index: is_text_before[index] for index in (*chapter, chapter.stop)}
    is_any_text = any(has_text_at.values())
    seen_end = False
    for index in chapter:
        if has_text_at[index]:
            has_text = True
            pending_ends.clear()
        kind = claims[index].kind
        if kind is Claims.NOTE:
            # An end mark before it turns into text if any certain text follows in this chapter.
            if not has_text and not (seen_end and is_any_text):
                verdicts[index] = GRANTED
            else:
                has_text = True
                pending_ends.clear()
        elif kind is Claims.END:
            pending_ends.append(index)
            seen_end = True
    if not has_text_at[chapter.stop]:
        for index in pending_ends:
            verdicts[index] = GRANTED
