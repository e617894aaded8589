"""How saves that a crash cut off are told to the writer."""

from editor.storage.joint_recovery import InterruptedJointSave, JointOutcome
from editor.storage.rewrites import Interrupted, Outcome
from editor.ui.messages import Notice

_OUTCOMES = {
    Outcome.UNTOUCHED: "A save of {name} was cut off before it began. The text that was to be saved is kept (Help, Kept versions).",
    Outcome.DONE: "A save of {name} was cut off after it was done. Nothing is missing.",
    Outcome.FINISHED: "A save of {name} was cut off and has been finished now. Nothing is missing.",
    Outcome.OTHERWISE: "A save of {name} was cut off, and the file has changed since. "
    "The text that was to be saved is kept (Help, Kept versions).",
    Outcome.UNFINISHED: "A save of {name} was cut off and cannot be finished now. Both texts are safe in {copy}; it is tried again at the next start.",
}
_JOINT_OUTCOMES = {
    JointOutcome.FINISHED: "A save in {name} was cut off and has been finished now. Nothing is missing.",
    JointOutcome.WITHDRAWN: "A save in {name} was cut off before it began. The files are as they were before it.",
    JointOutcome.DIVERGED: "A save in {name} was cut off, and files have changed since. Nothing was overwritten; all versions are in {kept}.",
    JointOutcome.UNFINISHED: "A save in {name} was cut off and cannot be finished now. It is tried again when the folder is opened next.",
}


def tell_interrupted(found: Interrupted) -> str:
    """Return what became of the save of one file."""
    return _OUTCOMES[found.outcome].format(name=found.path, copy=found.copy)


def tell_joint_save(found: InterruptedJointSave) -> Notice:
    """Return what became of the save of several files."""
    text = _JOINT_OUTCOMES[found.outcome].format(name=found.folder.name, kept=found.kept_in)
    is_well = found.outcome in {JointOutcome.FINISHED, JointOutcome.WITHDRAWN}
    return Notice(text, kind="info" if is_well else "warning", topic="interrupted")
