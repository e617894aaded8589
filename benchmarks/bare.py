"""A bare QPlainTextEdit on a file, as a program of its own:  python -m benchmarks.bare FILE."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit


def main() -> int:
    application = QApplication(sys.argv[:1])
    window, editor = QMainWindow(), QPlainTextEdit()
    window.resize(1200, 800)
    editor.setPlainText(Path(sys.argv[1]).read_text(encoding="utf-8"))
    window.setCentralWidget(editor)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
