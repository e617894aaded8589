"""The command line."""


def main() -> int:
    """Open the window."""
    from editor.ui.launcher import run_window

    return run_window([])
