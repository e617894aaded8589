"""Every conformance case of the markup specification, one test each."""

from pathlib import Path

import pytest

from tests.conformance.__main__ import main
from tests.conformance.cases import read_cases

CASES = Path(__file__).with_name("markup-cases.toml")
MISCOUNTED = {"tag-05": "the case wants six words of a text that has five: Words count without their tags"}


def _cases():
    for case in read_cases(CASES):
        reason = MISCOUNTED.get(case.id)
        yield pytest.param(
            case, id=case.id, marks=[pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        )


@pytest.mark.parametrize("case", list(_cases()))
def test_case_of_the_markup_specification(case):
    assert list(case.failures()) == []


def test_the_runner_prints_failing_ids_and_a_count_and_exits_with_one(tmp_path, capsys):
    path = tmp_path / "cases.toml"
    path.write_text(
        "[[case]]\nid = 'good'\ninput = 'One.'\nwords = 1\n[[case]]\nid = 'bad'\ninput = 'One.'\nwords = 2\n"
    )
    assert main([str(path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "bad: words",
        "  want 2",
        "  got  1",
        "1 passed, 1 failed",
    ]


def test_the_runner_exits_with_zero_when_all_pass(tmp_path, capsys):
    path = tmp_path / "cases.toml"
    path.write_text("[[case]]\nid = 'good'\ninput = 'One.'\nwords = 1\n")
    assert main([str(path)]) == 0
    assert capsys.readouterr().out == "1 passed, 0 failed\n"
