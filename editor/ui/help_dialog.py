"""The help page: every key from the command table, and the markup in a few lines. Plain text throughout."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from editor.app.commands import COMMANDS, MENUS
from editor.ui.actions import plain_title

MARKUP = """\
THE MARKUP

  * * *   ++++++++   #   ~~~      a scene break, on a line of its own
  /Chapter Six/   Chapter 6       a chapter; also Prologue, Part Two, III
  # Six                           a heading
  *word*  _word_  /word/          emphasis
  **word**  __word__              strong
  [[remember the bell]]           a private note; never exported
  [[status: draft]]               a fact about a scene: status, pov, synopsis,
                                  title, target, label, export
  A/N: thanks for waiting!        a note to the reader
  > Dear Tom,                     a letter or a quotation
  \\*                              a star that is only a star
  To be continued, The End        end matter

What is not recognised stays as you typed it.
"""


def help_text() -> str:
    """Return the help page: keys by menu, then the markup."""
    lines = []
    for menu in MENUS:
        lines.append(plain_title(menu).upper())
        lines.append("")
        for command in COMMANDS:
            if command.menu == menu:
                keys = " or ".join(
                    QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
                    for key in command.shortcuts
                )
                lines.append(f"  {plain_title(command.title):<30}{keys:<26}{command.help}")
        lines.append("")
    return "\n".join(lines) + "\n" + MARKUP


class HelpDialog(QDialog):
    """A page to read beside the manuscript."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("helpDialog")
        self.setWindowTitle("Keys and markup")
        self.resize(980, 640)
        page = QPlainTextEdit(self, readOnly=True)
        page.setObjectName("helpPage")
        page.setAccessibleName("Keys and markup")
        page.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        page.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        page.setPlainText(help_text())
        page.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setObjectName("helpClose")
        layout = QVBoxLayout(self)
        layout.addWidget(page)
        layout.addWidget(buttons)
