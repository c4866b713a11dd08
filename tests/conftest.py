"""Options of the suite, its lanes, and what a skip means where nothing may be missing.

Without options, a run is the same each time: properties draw a quarter of their examples, from fixed seeds, and what is drawn at
random is a sample. With ``--long`` the seeds are fresh, the examples four times as many, and the samples whole.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Generator
from typing import Any

import pytest
from _pytest.doctest import DoctestModule
from hypothesis import settings

from .support import lanes, valid
from .support.examples import WHOLE

os.environ["BDINDEX_LANG"] = "zh"  # what tests expect that name no language, whatever the system speaks

# Option: how many in a run of the suite, how many in the long run, of what.
SIZES = {
    "fuzz-cases": (100, 6000, "damaged workbooks to try"),
    "tamperings": (28, 4000, "changes to a finished workbook, which are to be found"),
    "random-books": (4, 300, "random indices whose live copies are calculated by other programs"),
    "random-edits": (6, 2000, "workbooks edited at random, then recalculated, shared and verified"),
    "settings": (400, 40_000, "random combinations of all settings, on odd data"),
    "lock-rounds": (6, 200, "rounds of two processes that write one workbook"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="fresh seeds, and whole samples where the suite draws some")
    parser.addoption("--reconstruct", action="store_true", help="make the sample data anew, whether or not it changed")
    parser.addoption("--read-macros", action="store_true", help="read the macros by both grammars of VBA, and keep it")
    parser.addoption(
        "--keep-valid", action="store_true", help="ask Microsoft's SDK and mypy about all, and keep what is right"
    )
    for name, (usual, long, what) in SIZES.items():
        parser.addoption(f"--{name}", type=int, help=f"{what} ({usual}; {long} with --long)")


def size_of(config: pytest.Config, name: str) -> int:
    """How many of a sample this run takes."""
    usual, long, _ = SIZES[name]
    asked: int | None = config.getoption(f"--{name}")
    return asked if asked is not None else long if config.getoption("--long") else usual


def pytest_configure(config: pytest.Config) -> None:
    # Thousands of tests are collected, and none of what they are made of is ever garbage: not to be looked through.
    gc.disable()
    valid.configure(config)
    usual: dict[str, Any] = {"database": None, "deadline": None, "print_blob": True}
    settings.register_profile("suite", derandomize=True, max_examples=WHOLE // 4, **usual)
    settings.register_profile("long", derandomize=False, max_examples=WHOLE, **usual)
    fresh = config.getoption("--long") or config.getoption("--hypothesis-seed") is not None
    settings.load_profile("long" if fresh else "suite")


@pytest.hookimpl(tryfirst=True)  # pytest-xdist looks for groups at this point, too
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if left_out := list(filter(lanes.is_left_out, items)):
        items[:] = [item for item in items if item not in set(left_out)]
        config.hook.pytest_deselected(items=left_out)
    for item in items:
        for mark in lanes.marks(item):
            item.add_marker(mark)
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)  # a workbook is of some ten thousand objects, and not garbage while it is read
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file() -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Examples in docstrings are those of the package: to look for some in tests takes as long as to collect them."""
    found = yield
    return [one for one in found if not isinstance(one, DoctestModule)]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    lanes.enter(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With BDINDEX_NO_SKIP set, a test that would skip fails: there, a program it needs was to be installed."""
    report = yield
    if report.skipped and os.environ.get("BDINDEX_NO_SKIP") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report
