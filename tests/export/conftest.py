"""Golden files of the exports, refreshed with `pytest tests/export --update-goldens`."""

from pathlib import Path

import pytest

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


def pytest_addoption(parser):
    """Add the flag that refreshes golden files."""
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew")


@pytest.fixture
def check_golden(request):
    """Compare bytes with a file under tests/golden, or write it anew."""

    def check(data: bytes, *parts: str) -> None:
        path = GOLDEN.joinpath(*parts)
        if request.config.getoption("--update-goldens", default=False):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        assert data.decode() == path.read_bytes().decode()

    return check
