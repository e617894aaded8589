"""The difference that a move shows."""

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.export.unified_diff import unified_diff

_TEXTS = st.lists(st.sampled_from(["a", "b", "c", "", "d", "e"]), min_size=1, max_size=25)


def diff(old, new):
    return unified_diff(old.split("\n"), new.split("\n"), "x.txt")


def test_a_change_stands_between_three_lines_of_context():
    assert diff("1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nfive\n6\n7\n8\n").splitlines() == [
        "--- x.txt",
        "+++ x.txt",
        "@@ -2,7 +2,7 @@",
        " 2",
        " 3",
        " 4",
        "-5",
        "+five",
        " 6",
        " 7",
        " 8",
    ]


def test_what_moved_far_shows_where_it_was_and_where_it_is():
    lines = [f"line {number}" for number in range(40)]
    moved = [*lines[:2], *lines[3:30], lines[2], *lines[30:]]
    changed = [line for line in unified_diff(lines, moved, "x").splitlines()[2:] if line[0] != " "]
    assert changed == ["@@ -1,6 +1,5 @@", "-line 2", "@@ -28,6 +27,7 @@", "+line 2"]


def test_nothing_changed_shows_nothing():
    assert diff("a\nb", "a\nb") == ""


def test_a_missing_final_newline_is_told():
    assert diff("a\n", "a").splitlines()[2:] == [
        "@@ -1,1 +1,1 @@",
        "-a",
        "+a",
        "\\ No newline at end of file",
    ]


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the program patch")
@given(old=_TEXTS, new=_TEXTS)
@settings(deadline=None, max_examples=40)
def test_patch_makes_the_new_text_of_the_old_one(tmp_path_factory, old, new):
    path = tmp_path_factory.mktemp("patch") / "x.txt"
    path.write_text("\n".join(old), encoding="utf-8")
    difference = unified_diff(old, new, "x.txt")
    if difference:
        command = ["patch", "--quiet", "--no-backup-if-mismatch", str(path)]
        subprocess.run(command, input=difference.encode(), check=True, capture_output=True, timeout=20)
        made = path.read_text(encoding="utf-8") if path.exists() else ""  # patch takes an emptied file away
        assert made == "\n".join(new)
    else:
        assert old == new
