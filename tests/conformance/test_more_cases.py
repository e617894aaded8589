"""More cases of the markup specification, written from its text sentence by sentence, one test each."""

from pathlib import Path

import pytest

from tests.conformance.cases import read_cases

CASES = Path(__file__).with_name("more-cases.toml")


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in read_cases(CASES)])
def test_case_written_from_a_sentence_of_the_specification(case):
    assert list(case.failures()) == []
