"""Groups of tests that one worker runs: LibreOffice, Spark and what takes long are started once."""

from __future__ import annotations

import pytest


@pytest.mark.slow
def test_tests_that_take_long_go_to_the_worker_of_their_file(request: pytest.FixtureRequest) -> None:
    grouped = getattr(request.config.option, "loadgroup", False)  # where pytest-xdist was asked to
    assert request.node.nodeid.endswith("@test_lanes") == grouped
