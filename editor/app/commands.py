"""The command table: every command of the window, in one place.

The table makes the menus, the command palette and the help page. What a command does is looked up by its `id` in the
window; a test holds the two together. Shortcuts are written as Qt's portable text. Limits: no conditions here; whether a
command can be used now is the window's knowledge.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `menu` is its place ("" = palette only); `shortcuts[0]` is shown in menus; `help` is one sentence."""

    id: str
    title: str
    menu: str
    shortcuts: tuple[str, ...] = ()
    help: str = ""
    icon: str = ""
    is_checkable: bool = False
    starts_group: bool = False


MENUS = ("&File", "E&xport", "&Edit", "&Scene", "&Chapters", "&View", "&Help")

COMMANDS = (
    Command("new", "&New", "&File", ("Ctrl+N",), "Start an empty manuscript in a window of its own.", "new"),
    Command("open", "&Open...", "&File", ("Ctrl+O",), "Open a text file.", "open"),
    Command(
        "open_folder",
        "Open &folder...",
        "&File",
        ("Ctrl+Shift+O",),
        "Open a folder of chapter files as one manuscript.",
    ),
    Command(
        "import",
        "&Import...",
        "&File",
        (),
        "See what a file of another program holds, and have it as plain text; the file stays as it is.",
    ),
    Command("save", "&Save", "&File", ("Ctrl+S",), "Write the text to its file.", "save", starts_group=True),
    Command(
        "save_as",
        "Save &as...",
        "&File",
        ("Ctrl+Shift+S",),
        "Write the text to another file and go on there.",
    ),
    Command(
        "save_copy", "Save a cop&y...", "&File", (), "Write the text to another file and stay with this one."
    ),
    Command(
        "revert",
        "Re&vert to the saved file",
        "&File",
        (),
        "Take the text from disk again; Ctrl+Z brings yours back.",
    ),
    Command(
        "history_of",
        "&History of another text...",
        "&File",
        (),
        "Open an earlier version of any manuscript, also of one whose file is gone.",
    ),
    Command(
        "print",
        "&Print...",
        "&File",
        ("Ctrl+Alt+P",),
        "See the pages, and print all of them or some.",
        starts_group=True,
    ),
    Command(
        "settings",
        "Se&ttings...",
        "&File",
        ("Ctrl+,",),
        "Choose theme, font and page.",
        "settings",
        starts_group=True,
    ),
    Command("close", "&Close", "&File", ("Ctrl+W",), "Close this window.", starts_group=True),
    Command("quit", "&Quit", "&File", ("Ctrl+Q",), "Close all windows; they open again next time."),
    Command(
        "export",
        "&Export...",
        "E&xport",
        ("Ctrl+Shift+E",),
        "Choose a format, see it, save or copy it.",
        "export",
    ),
    Command(
        "export_again",
        "&Repeat the last export",
        "E&xport",
        ("Ctrl+E",),
        "Export once more with the same choices.",
    ),
    Command(
        "export_several",
        "Export se&veral formats...",
        "E&xport",
        (),
        "Make several formats in one go, into one folder.",
    ),
    Command(
        "put_templates",
        "&Put the templates beside the manuscript",
        "E&xport",
        (),
        "Have the page template and the style sheet of the web pages as files, to be changed.",
    ),
    Command(
        "copy_rich",
        "Copy as rich &text",
        "E&xport",
        (),
        "Copy for a word processor or a mail.",
        "copy",
        starts_group=True,
    ),
    Command(
        "copy_html", "Copy as &HTML", "E&xport", (), "Copy HTML source, to be pasted into a site's form."
    ),
    Command("copy_bbcode", "Copy as &BBCode", "E&xport", (), "Copy for a post in a forum."),
    Command("copy_markdown", "Copy as &Markdown", "E&xport", (), "Copy for a site that takes Markdown."),
    Command(
        "copy_next_chapter",
        "Copy the &next chapter",
        "E&xport",
        (),
        "Copy chapter after chapter, in the format exported last.",
    ),
    Command(
        "undo", "&Undo", "&Edit", ("Ctrl+Z",), "Take back the last change, moves of scenes included.", "undo"
    ),
    Command("redo", "&Redo", "&Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), "Do again what was undone.", "redo"),
    Command("cut", "Cu&t", "&Edit", ("Ctrl+X",), "Cut the selected text or scenes.", starts_group=True),
    Command("copy", "&Copy", "&Edit", ("Ctrl+C",), "Copy the selected text or scenes."),
    Command("paste", "&Paste", "&Edit", ("Ctrl+V",), "Paste text, or scenes cut in the outline."),
    Command(
        "paste_plain",
        "Paste as plain te&xt",
        "&Edit",
        ("Ctrl+Shift+V",),
        "Paste the words only, without marks for emphasis.",
    ),
    Command("select_all", "Select &all", "&Edit", ("Ctrl+A",), "Select the whole text."),
    Command(
        "emphasis",
        "E&mphasis",
        "&Edit",
        ("Ctrl+I",),
        "Mark the selection or the word; again removes it.",
        starts_group=True,
    ),
    Command("strong", "&Strong", "&Edit", ("Ctrl+B",), "Mark the selection or the word; again removes it."),
    Command("find", "&Find...", "&Edit", ("Ctrl+F",), "Find words in the text.", "find", starts_group=True),
    Command(
        "replace", "R&eplace...", "&Edit", ("Ctrl+H",), "Find words and put others in their place.", "replace"
    ),
    Command("find_next", "Find &next", "&Edit", ("F3", "Ctrl+G"), "Go to the next hit."),
    Command(
        "find_previous", "Find pre&vious", "&Edit", ("Shift+F3", "Ctrl+Shift+G"), "Go to the previous hit."
    ),
    Command(
        "scene_break",
        "New scene &break",
        "&Scene",
        ("Ctrl+Return",),
        "Break the scene at the caret, in the file's own style.",
        "split",
    ),
    Command("merge", "&Merge with the next scene", "&Scene", (), "Take out the break after this scene."),
    Command("rename", "&Rename...", "&Scene", ("F2",), "Give this scene or chapter a title."),
    Command("synopsis", "S&ynopsis...", "&Scene", (), "Write a private summary of this scene."),
    Command("delete_scene", "&Delete scene", "&Scene", (), "Take this scene out; Ctrl+Z brings it back."),
    Command(
        "move_up",
        "Move &up",
        "&Scene",
        ("Ctrl+Shift+Up",),
        "Move the scene before the one above.",
        starts_group=True,
    ),
    Command("move_down", "Move do&wn", "&Scene", ("Ctrl+Shift+Down",), "Move the scene after the one below."),
    Command(
        "next_scene", "&Next scene", "&Scene", ("Ctrl+PgDown",), "Go to the next scene.", starts_group=True
    ),
    Command("previous_scene", "&Previous scene", "&Scene", ("Ctrl+PgUp",), "Go to the scene before."),
    Command("go_to_scene", "&Go to scene...", "&Scene", ("Ctrl+P",), "Go to a scene by its title."),
    Command(
        "cut_scene",
        "Move to the cu&ts",
        "&Scene",
        ("Ctrl+Shift+X",),
        "Take the scene out of the book, into cuts.txt beside it.",
        starts_group=True,
    ),
    Command(
        "new_chapter_file",
        "&New chapter file...",
        "&Chapters",
        (),
        "Make an empty file after the one at the caret.",
    ),
    Command(
        "split_file",
        "&Split the file here...",
        "&Chapters",
        (),
        "Make what follows the caret a chapter file of its own.",
    ),
    Command(
        "join_files", "&Join with the next file", "&Chapters", (), "Make one file of this one and the next."
    ),
    Command(
        "book_title",
        "&Title of the book...",
        "&Chapters",
        (),
        "Give the book a title, where its text has none.",
        starts_group=True,
    ),
    Command(
        "rename_file",
        "&Rename the file...",
        "&Chapters",
        (),
        "Give the chapter file another name; on disk too, when you save.",
    ),
    Command(
        "remove_file",
        "Re&move the file",
        "&Chapters",
        (),
        "Take the chapter file out; it goes to the trash when you save.",
    ),
    Command("show_outline", "&Outline", "&View", ("Ctrl+T",), "Show the outline and go to it.", "outline"),
    Command("show_page", "&Page", "&View", ("Esc",), "Go back to the text; closes the find bar."),
    Command("hide_outline", "&Hide the outline", "&View", ("Ctrl+Alt+T",), "Give the page the whole window."),
    Command(
        "show_scene",
        "Show only this &scene",
        "&View",
        ("F9",),
        "Fold everything away but the scene at the caret.",
        starts_group=True,
    ),
    Command(
        "show_chapter",
        "Show only this &chapter",
        "&View",
        ("Shift+F9",),
        "Fold everything away but the chapter at the caret.",
    ),
    Command("show_all", "Show &all", "&View", ("Ctrl+F9",), "Show what is folded away; so does Esc."),
    Command(
        "split_view",
        "Split &view",
        "&View",
        ("Shift+F6",),
        "Show the text twice, one view above the other.",
        is_checkable=True,
    ),
    Command(
        "history",
        "Histo&ry",
        "&View",
        ("Ctrl+Shift+H",),
        "Show earlier versions of the text, what changed in them, and bring them back.",
    ),
    Command(
        "posted",
        "Chan&ged since posted...",
        "&View",
        (),
        "See which chapters have changed since they were exported or copied, and show it in the outline.",
    ),
    Command(
        "focus_mode",
        "&Focus on the paragraph",
        "&View",
        ("F8",),
        "Dim all paragraphs but the one being written.",
        "focus",
        is_checkable=True,
        starts_group=True,
    ),
    Command(
        "full_screen",
        "F&ull screen",
        "&View",
        ("F11",),
        "Use the whole screen.",
        "fullscreen",
        is_checkable=True,
    ),
    Command("zoom_in", "Zoom &in", "&View", ("Ctrl++", "Ctrl+="), "Show the text larger.", starts_group=True),
    Command("zoom_out", "Zoom ou&t", "&View", ("Ctrl+-",), "Show the text smaller."),
    Command("zoom_reset", "&Normal size", "&View", ("Ctrl+0",), "Show the text at its normal size."),
    Command("palette", "&Command palette...", "&Help", ("Ctrl+Shift+P",), "Find any command by its name."),
    Command("help", "&Keys and markup", "&Help", ("F1",), "Show every key and the markup on a page."),
    Command("welcome", "&Welcome text", "&Help", (), "Open the text that teaches by being edited."),
    Command(
        "kept_versions",
        "Kept &versions",
        "&Help",
        (),
        "Show the folder with texts that were replaced or not chosen.",
    ),
    Command("about", "&About Dinkus", "&Help", (), "Show version and licence."),
)


_BY_ID = {command.id: command for command in COMMANDS}


def command_by_id(command_id: str) -> Command:
    """Return the command with that id; raise KeyError if there is none."""
    return _BY_ID[command_id]
