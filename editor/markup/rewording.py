"""A paragraph of one line that is reworded, with blank lines around it: by far the most edits there are.

It is read alone, because nothing else can be meant by it. What stands above is text that claims nothing, so it looks at
no line beyond its own blank line; what stands below sees the blank line; and a paragraph that claims nothing, before and
after, counts for no claim elsewhere.

Limits: in `indented` a number inside a paragraph may be a heading, so that mode is read the long way.
"""

from collections.abc import Sequence

from editor.markup.characters import WHITE_SPACE
from editor.markup.claims import Claim
from editor.markup.model import PROSE, Block, Kind, WrapMode
from editor.markup.reading import Reading


def reworded(
    file: Reading,
    lines: Sequence[str],
    line: int,
    index: int,
    *,
    blocks: Sequence[Block],
    claims: Sequence[Claim | None],
) -> Block | None:
    """Return what blocks[index], which was all of `line`, has become, or None if its surroundings must be read too.

    `lines` are those after the edit, in which nothing but `line` has changed.
    """
    if index < 1 or not _is_plain(blocks[index], claims[index]) or file.mode is WrapMode.INDENTED:
        return None
    if claims[index - 1] is not None or blocks[index - 1].kind not in PROSE:
        return None
    if not max(file.start, file.header.examined) < line < file.stop - 1:
        return None
    is_apart = not lines[line - 1].strip(WHITE_SPACE) and not lines[line + 1].strip(WHITE_SPACE)
    # A comment that is open somewhere above would end at such a sign.
    if not is_apart or "-->" in lines[line] or "-->" in blocks[index].content:
        return None
    if not lines[line].strip(WHITE_SPACE):
        return None
    block, claim = file.read_block(line)
    return block if _is_plain(block, claim) else None


def _is_plain(block: Block, claim: Claim | None) -> bool:
    return claim is None and block.kind is Kind.PARAGRAPH and block.height == 1
