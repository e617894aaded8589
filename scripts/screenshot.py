"""Draw the window as it is, without a screen:  scripts/screenshot.py [--theme dark] [--scale 2] [--line 40] [-o FILE] [TEXT]

Without -o: the pictures of the README, in resources/screenshots. Each picture is a run of its own, since Qt reads the
scale once, when it starts.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "resources" / "screenshots"
README = (
    ("window.png", "light", "chapter-six.txt", 61),
    ("window-dark.png", "dark", "chapter-six.txt", 61),
    ("folder.png", "light", "the-lock", 40),
)
WIDTH, HEIGHT = 1280, 800


def main() -> int:
    parser = argparse.ArgumentParser(description="Draw the window as it is, without a screen.")
    parser.add_argument("text", nargs="?", type=Path, default=ROOT / "samples" / "chapter-six.txt")
    parser.add_argument("--theme", default="light")
    parser.add_argument("--scale", default="2")
    parser.add_argument(
        "--line", type=int, default=61, help="where the caret stands, from 1 (default: %(default)s)"
    )
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    if options.output is None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name, theme, text, line in README:
            command = [
                sys.executable,
                __file__,
                "--theme",
                theme,
                "--line",
                str(line),
                "-o",
                str(PICTURES / name),
            ]
            subprocess.run([*command, str(ROOT / "samples" / text)], check=True)
        return 0
    os.environ["QT_SCALE_FACTOR"] = options.scale
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault(
        "QT_LOGGING_RULES", "qt.text.font.db=false;qt.qpa.fonts=false;default.warning=false"
    )
    draw_window(options.text, options.theme, options.line, options.output)
    return 0


def draw_window(text: Path, theme: str, line: int, output: Path) -> None:
    """Open `text` in a window with settings of its own and save what it shows."""
    sys.path.insert(0, str(ROOT))
    from PySide6.QtTest import QTest

    from editor.app.settings import Folders, Settings, write_settings
    from editor.ui.desk import Desk
    from editor.ui.launcher import make_application

    application = make_application()
    with tempfile.TemporaryDirectory() as name:
        folders = Folders(Path(name, "config"), Path(name, "state"))
        for folder in (folders.config, folders.state):
            folder.mkdir()
        write_settings(folders, replace(Settings(), theme=theme))
        desk = Desk(application, folders)
        window = desk.open_path(text, line)
        window.resize(WIDTH, HEIGHT)
        QTest.qWait(600)
        if not window.grab().save(str(output)):
            raise SystemExit(f"{output} could not be written")
        window.hide()
    print(output)
    # Nothing of the manuscript was changed and nothing is to be remembered: leave without the farewells of a session.
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
