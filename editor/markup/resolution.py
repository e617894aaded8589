"""What the claims of a text become, by looking at all of them together (4.6e, g, h; 4.8; 4.9).

Pure: from the claims in order, and whether certain text stands before each of them, to one verdict each.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from editor.markup.claims import CONTENTS, GRANTED, REFUSED, Claim, Claims, Verdict
from editor.markup.contents import find_contents
from editor.markup.levels import heading_levels
from editor.markup.lines import CUTS_LABEL
from editor.markup.model import PROSE, Block, Level
from editor.markup.sequences import Candidate, accept_numbers


def decide(
    blocks: Sequence[Block], claims: Sequence[Claim | None], claiming: Sequence[int]
) -> list[tuple[int, Claim, Verdict]]:
    """Return what each claim of a text becomes, with the index of its block.

    `claims[i]` is that of blocks[i]; `claiming` are the indexes of those that are not None. What was cut out of the book is
    decided by itself.
    """
    made = [(index, claim) for index in claiming if (claim := claims[index]) is not None]
    cuts = next((place for place in range(len(made) - 1, -1, -1) if _is_cuts(made[place][1])), len(made))
    decided: list[tuple[int, Claim, Verdict]] = []
    for low, high in ((0, cuts), (cuts, len(made))):
        if low == high:
            continue
        first = made[low][0] if low else 0
        end = made[high][0] if high < len(made) else len(blocks)
        bounds = [first - 1, *[index for index, _ in made[low:high]], end]
        has_text_before = [_has_text(blocks, above + 1, below) for above, below in pairwise(bounds)]
        verdicts = resolve([claim for _, claim in made[low:high]], has_text_before, _ranks_of(decided))
        decided += [
            (index, claim, verdict) for (index, claim), verdict in zip(made[low:high], verdicts, strict=True)
        ]
    return decided


def _is_cuts(claim: Claim) -> bool:
    return claim.kind is Claims.BOUNDARY and claim.granted.content == CUTS_LABEL


def _has_text(blocks: Sequence[Block], first: int, stop: int) -> bool:
    return any(blocks[index].kind in PROSE for index in range(first, stop))


def _ranks_of(decided: Sequence[tuple[int, Claim, Verdict]]) -> dict[int, Level]:
    """Return what the levels of ATX and setext headings mean in the book, titles aside."""
    return {
        claim.rank: verdict.level
        for _, claim, verdict in decided
        if claim.kind is Claims.LEVELLED and verdict.level not in {None, Level.TITLE}
    }


def resolve(
    claims: Sequence[Claim],
    has_text_before: Sequence[bool],
    ranks: Mapping[int, Level] = MappingProxyType({}),
) -> list[Verdict]:
    """Return what each claim becomes. `ranks` is what levels of headings are known to mean.

    `has_text_before[i]`: between claim i - 1 (or the start) and claim i (or the end) stands a paragraph, verse or quote that
    claims nothing; it is longer than `claims` by one.
    """
    accepted = _accepted_numbers(claims, has_text_before)
    is_text_before = _with_text_of_claims(claims, has_text_before, accepted)
    headings = [index for index, claim in enumerate(claims) if claim.is_heading or index in accepted]
    contents = _contents(claims, headings, is_text_before)
    levels = heading_levels(
        claims, [index for index in headings if index not in contents], is_text_before, ranks
    )
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
    is_first_text = True
    for index, (claim, has_text) in enumerate(zip(claims, has_text_before, strict=False)):
        texts += has_text
        is_first_text = is_first_text and not has_text
        if claim.number is not None:
            candidates.append(Candidate(index, claim.number, texts, is_first_text))
        elif _is_certain_text(claim) or claim.numbers_inside:
            above = -1
            is_text = _is_certain_text(claim)  # a note to the reader is none, whatever it holds
            for offset, number in claim.numbers_inside:
                texts += is_text and offset > above + 1
                candidates.append(Candidate(None, number, texts, is_first_text=False))
                above = offset
            texts += is_text and claim.granted.height > above + 1
        is_first_text = claim.kind is Claims.BOUNDARY or (is_first_text and not _is_text_line(claim))
    return accept_numbers(candidates)


def _is_text_line(claim: Claim) -> bool:
    """Say whether no later line is the first text line of the document (4.6e)."""
    return claim.kind not in {Claims.LEVELLED, Claims.NOTE, Claims.NOTHING} or _is_certain_text(claim)


def _is_certain_text(claim: Claim) -> bool:
    return claim.kind is Claims.NOTHING and claim.granted.kind in PROSE


def _with_text_of_claims(
    claims: Sequence[Claim], has_text_before: Sequence[bool], accepted: set[int]
) -> list[bool]:
    """Return `has_text_before` with those claims counted in that are text after all, and whole paragraphs."""
    result = []
    is_pending = False
    for index, (claim, has_text) in enumerate(zip(claims, has_text_before, strict=False)):
        result.append(has_text or is_pending)
        is_plain_number = claim.number is not None and index not in accepted and claim.refused.level is None
        is_pending = is_plain_number or _is_certain_text(claim)
    result.append(has_text_before[-1] or is_pending)
    return result


def _contents(claims: Sequence[Claim], headings: Sequence[int], is_text_before: Sequence[bool]) -> set[int]:
    """Return the headings that are lines of a contents list (4.6h)."""
    groups: list[list[int]] = []
    previous = -1
    for index in headings:
        between = slice(previous + 1, index + 1)
        is_apart = any(is_text_before[between]) or any(c.kind is Claims.BOUNDARY for c in claims[between])
        if previous < 0 or is_apart:
            groups.append([])
        groups[-1].append(index)
        previous = index
    if all(len(group) < 3 for group in groups):
        return set()
    return find_contents(groups, {index: claims[index].granted.content for index in headings})


# Notes and end matter, sections 4.8 and 4.9


def _decide_notes_and_ends(
    claims: Sequence[Claim], is_text_before: Sequence[bool], levels: dict[int, Level], verdicts: list[Verdict]
) -> None:
    """Grant notes before the first text of their chapter, and end marks after its last."""
    opens = {index for index, level in levels.items() if level in {Level.PART, Level.CHAPTER}}
    opens |= {index for index, claim in enumerate(claims) if claim.kind is Claims.BOUNDARY}
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
