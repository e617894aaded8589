"""The command table is sound."""

from collections import Counter

from PySide6.QtGui import QKeySequence

from editor.app.commands import COMMANDS, MENUS, command_by_id


def test_each_command_has_an_id_of_its_own_a_title_and_a_sentence_of_help():
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    assert all(command.title and command.help.endswith(".") for command in COMMANDS)


def test_no_two_commands_share_a_shortcut():
    counts = Counter(key for command in COMMANDS for key in command.shortcuts)
    assert [key for key, count in counts.items() if count > 1] == []


def test_each_shortcut_is_a_key_that_qt_knows():
    texts = [key for command in COMMANDS for key in command.shortcuts]
    assert [text for text in texts if QKeySequence(text).toString() != text.replace("PgDown", "PgDown")] == []


def test_each_command_stands_in_a_menu_that_exists():
    assert {command.menu for command in COMMANDS} <= {*MENUS, ""}


def test_mnemonics_differ_within_a_menu():
    for menu in MENUS:
        letters = [
            command.title[command.title.index("&") + 1].lower()
            for command in COMMANDS
            if command.menu == menu and "&" in command.title
        ]
        assert [letter for letter, count in Counter(letters).items() if count > 1] == [], menu


def test_a_command_is_found_by_its_id():
    assert command_by_id("save").shortcuts == ("Ctrl+S",)
