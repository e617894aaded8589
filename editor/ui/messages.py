"""A message to the writer with what can be done about it, as a value that controllers hand up to the window."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One button of a message: its label and what it does."""

    label: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """One message. `kind` is info, warning or error; `topic` replaces an earlier message of the same topic.

    `is_correction`: it is shown only in place of an earlier message that is still there.
    """

    text: str
    answers: tuple[Answer, ...] = ()
    kind: str = "info"
    topic: str = ""
    timeout_ms: int | None = None
    is_correction: bool = False
