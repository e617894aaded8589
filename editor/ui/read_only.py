"""A manuscript that is only shown: because another program has it, nothing here may change it.

The page takes no keys (`PagePair.set_read_only`), commands are refused in words here, and `Store.may_save` keeps the disk as it is.
What follows the disk goes on: a read-only window shows what the other program saves.
"""

from editor.errors import InputError
from editor.ui.buffer import ManuscriptBuffer

READ_ONLY = (
    "This manuscript is shown read-only, because it is open elsewhere. Copying, searching and exporting work."
)


def refuse_if_read_only(buffer: ManuscriptBuffer) -> None:
    """Raise InputError, in words for the writer, if the text may not be changed from this window."""
    if buffer.is_read_only:
        raise InputError(READ_ONLY)
