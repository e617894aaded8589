"""Texts of blocks for tests: one line per block, `kind content`, with " / " between lines of the content."""

from editor.markup.model import Block, Kind, WrapMode
from editor.markup.text import MarkedText

_NAMES = {Kind.PARAGRAPH: "p", Kind.BREAK: "hr", Kind.END_MATTER: "end"}


def sketch(text: str, mode: WrapMode | str = "blocks") -> list[str]:
    """Sketch the blocks of a text."""
    return sketch_blocks(MarkedText(text.split("\n"), WrapMode(mode)).blocks)


def sketch_blocks(blocks: list[Block]) -> list[str]:
    """Sketch some blocks."""
    return [f"{_name(block)} {block.content.replace(chr(10), ' / ')}".rstrip() for block in blocks]


def _name(block: Block) -> str:
    if block.level is not None:
        return block.level.name.lower()
    return _NAMES.get(block.kind, block.kind.value)
