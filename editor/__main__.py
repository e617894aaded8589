"""Run Dinkus with `python -m editor`."""

import sys

from editor.cli.main import main

if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # a program of its own, which starts itself again for an import
        import multiprocessing

        multiprocessing.freeze_support()
    sys.exit(main())
