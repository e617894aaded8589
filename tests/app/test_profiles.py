"""The profiles that come with the program, and the writer's own."""

from editor.app.profiles import load_profiles
from editor.export.profile import GROUPS, MEDIA


def test_the_profiles_that_come_with_the_program_are_whole():
    profiles = load_profiles(None)
    assert {"web-page", "html-fragment", "plain-text", "mail"} <= profiles.keys()
    assert {profile.renderer for profile in profiles.values()} == MEDIA.keys()
    assert all(profile.title and profile.description.endswith(".") for profile in profiles.values())
    assert {profile.group for profile in profiles.values()} == GROUPS.keys()


def test_the_writers_own_profiles_come_after_ours_and_may_take_their_place(tmp_path):
    tmp_path.joinpath("mine.toml").write_text('title = "Mine"\n', encoding="utf-8")
    tmp_path.joinpath("mail.toml").write_text('title = "My mail"\nrenderer = "text"\n', encoding="utf-8")
    profiles = load_profiles(tmp_path)
    assert list(profiles)[-1] == "mine"
    assert profiles["mail"].title == "My mail"


def test_a_broken_profile_of_the_writer_is_reported_and_the_rest_stays(tmp_path):
    tmp_path.joinpath("bad.toml").write_text("typography = 'fancy'", encoding="utf-8")
    tmp_path.joinpath("worse.toml").write_bytes(b"title = '\xff'")
    tmp_path.joinpath("folder.toml").mkdir()
    broken = []
    assert load_profiles(tmp_path, broken) == load_profiles(None)
    messages = "\n".join(map(str, broken))
    assert len(broken) == 3
    assert "“bad” is broken: typography cannot be “fancy”" in messages
    assert "worse.toml is not UTF-8 text" in messages


def test_a_folder_that_is_not_there_holds_no_profiles(tmp_path):
    assert load_profiles(tmp_path / "none") == load_profiles(None)
