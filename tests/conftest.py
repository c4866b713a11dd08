"""Options of the suite, and what a skip means where nothing may be missing."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fuzz-cases", type=int, default=200, help="damaged workbooks to try (2000 and more in the long run)"
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With BDINDEX_NO_SKIP set, a test that would skip fails: there, a program it needs was to be installed."""
    report = yield
    if report.skipped and os.environ.get("BDINDEX_NO_SKIP") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report
