"""Groups of tests that one worker runs: LibreOffice, Spark and what takes long are started once."""

from __future__ import annotations

import pytest


@pytest.mark.sampled(chosen=lambda case: case == 1)
@pytest.mark.parametrize("case", [0, 1, 2])
def test_of_a_sample_the_other_cases_are_for_the_long_run(case: int, pytestconfig: pytest.Config) -> None:
    assert case == 1 or pytestconfig.getoption("--long")


@pytest.mark.slow
def test_tests_that_take_long_go_to_the_worker_of_their_file(request: pytest.FixtureRequest) -> None:
    grouped = getattr(request.config.option, "loadgroup", False)  # where pytest-xdist was asked to
    assert request.node.nodeid.endswith("@test_lanes") == grouped
