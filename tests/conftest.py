"""Isolated folders, an offscreen Qt, and how hard the laws are tried, for every test."""

import os

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.text.font.db=false;qt.qpa.fonts=false")

FUZZ_FACTOR = int(os.environ.get("DINKUS_FUZZ", "0"))

# Shared machines pause; a slow example is no fault of the law it tries. `make test` tries the same examples each time, so
# that it says something about the change at hand; `make fuzz` looks for new ones.
settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile(
    "fuzz",
    parent=settings.get_profile("default"),
    derandomize=False,
    max_examples=100 * max(FUZZ_FACTOR, 1),
    print_blob=True,
)
settings.load_profile("fuzz" if FUZZ_FACTOR else "default")


def pytest_collection_modifyitems(items):
    """Leave out what this run is not for, and try the laws harder under `make fuzz`."""
    for item in items:
        if item.get_closest_marker("x11") and os.environ["QT_QPA_PLATFORM"] != "xcb":
            item.add_marker(pytest.mark.skip(reason="needs a real X server: make test runs it under Xvfb"))
        if item.get_closest_marker("fuzz") and not FUZZ_FACTOR:
            item.add_marker(pytest.mark.skip(reason="long: make fuzz"))
        if FUZZ_FACTOR:
            _multiply_examples(getattr(item, "function", None))


def _multiply_examples(function):
    """Let a law that names its own number of examples have more of them, once."""
    function = getattr(function, "__func__", function)
    chosen = getattr(function, "_hypothesis_internal_use_settings", None)
    if chosen is not None and not getattr(function, "is_multiplied", False):
        function._hypothesis_internal_use_settings = settings(
            chosen, max_examples=chosen.max_examples * FUZZ_FACTOR
        )
        function.is_multiplied = True


@pytest.fixture(autouse=True)
def isolated_home(tmp_path_factory, monkeypatch):
    """Give each test its own home, so that no test reads or writes the developer's settings."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    return home
