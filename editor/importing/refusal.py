"""Why a file is not imported, in words; and the bounds that no file may pass."""

MEMBER_LIMIT = 50 * 1024 * 1024
"""Bytes of one part of a file."""

TOTAL_LIMIT = 200 * 1024 * 1024
"""Bytes of all parts that are read."""

MOST_PARTS = 2_000
MOST_TIMES_SMALLER = 200
"""How much smaller than its content a packed part may be; real texts pack five to twenty times."""

DEEPEST = 200
"""Levels of nesting."""


class Refusal(Exception):
    """The file is not imported; the text says why, as the rest of a sentence that starts with its name."""


TOO_LARGE = "is too large, or made to look small and be huge"
TOO_DEEP = "is nested more deeply than any text is"
DAMAGED = "is damaged or cut off"
PROTECTED = "is protected by a password; save it without one first"
NOT_KNOWN = "is of a kind that Dinkus does not read"
OUTSIDE = "leads to files outside itself"
