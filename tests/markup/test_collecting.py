"""Tests for keeping the garbage collector out of the way."""

import gc

import pytest

from editor.markup.collecting import paused_collection


def test_the_collector_waits_inside_and_runs_again_afterwards():
    with paused_collection():
        assert not gc.isenabled()
        with paused_collection():
            assert not gc.isenabled()
        assert not gc.isenabled(), "an inner pause does not end the outer one"
    assert gc.isenabled()


def test_the_collector_runs_again_after_an_error():
    with pytest.raises(ValueError, match="broken"), paused_collection():
        raise ValueError("broken")
    assert gc.isenabled()
