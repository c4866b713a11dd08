"""That the benchmarks run: their tables with a few units, so that a change of what they call cannot break them unnoticed.

Not those of whole programs and files, which take seconds whatever the size.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from bdindex_xl.engine.aggregate import MOST_PROGRAMMES

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks"
FEW = {
    "montecarlo": {"N_UNITS": 6, "N_DRAWS": 20, "N_PEER": 2, "N_POINTS": 8, "RESAMPLES": 5, "MOST_ROUNDS": 0},
    "robustness": {
        "N_UNITS": 6,
        "N_DRAWS": 20,
        "N_LOOP": 1,
        "UNIT_DRAWS": 600,
        "N_POINTS": 8,
        "RESAMPLES": 5,
        "MOST_ROUNDS": 0,
    },
    "costs": {"N_DRAWS": 20, "N_DRAWN": 6, "MOST_ROUNDS": 0},
    "weightings": {},
}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, ModuleType]]:
    """The benchmarks by name, with few of everything."""
    monkeypatch.syspath_prepend(str(FOLDER))
    before = set(sys.modules)
    found = {name: importlib.import_module(name) for name in FEW}
    for name, sizes in FEW.items():
        for constant, value in sizes.items():
            monkeypatch.setattr(found[name], constant, value)
    yield found
    for name in {path.stem for path in FOLDER.glob("*.py")} - before:
        sys.modules.pop(name, None)


def ratios(printed: str) -> list[str]:
    """Names of the lines of tables that have a ratio."""
    return re.findall(r"^  (\S.*?) +[\d.,]+ ms +[\d.,]+ x", printed, flags=re.MULTILINE)


def test_the_tables_of_costs_run(few: dict[str, ModuleType], capsys: pytest.CaptureFixture[str]) -> None:
    costs = few["costs"]
    costs.whole(20)
    costs.weights(20)
    costs.ties()
    costs.dear(6)
    lines = ratios(capsys.readouterr().out)
    assert {"compute, 5 % missing", "critic, 5 % missing", "ranks counted", "aggregation benefit of the doubt"} <= {
        *lines
    }
    assert len(lines) == len(set(lines)) + 1, "compute is the first line of two tables"


def test_costs_asks_for_no_more_programmes_than_are_solved(few: dict[str, ModuleType]) -> None:
    assert few["costs"].dear.__defaults__ == (MOST_PROGRAMMES,)


def test_the_tables_of_draws_run(few: dict[str, ModuleType], capsys: pytest.CaptureFixture[str]) -> None:
    montecarlo = few["montecarlo"]
    montecarlo.ranking()
    montecarlo.drawing()
    montecarlo.sensitivity()
    assert {"RankCounter.add_scores, one thread", "dirichlet", "design"} <= {*ratios(capsys.readouterr().out)}


def test_the_tables_of_robustness_run(few: dict[str, ModuleType], capsys: pytest.CaptureFixture[str]) -> None:
    few["robustness"].speed()
    few["robustness"].memory()
    assert {"weights and noise", "without each unit"} <= {*ratios(capsys.readouterr().out)}


def test_the_weightings_run_and_agree_with_their_peers(few: dict[str, ModuleType]) -> None:
    for _, lines in few["weightings"].rows(8):
        for _, work in lines:
            work()
    assert max(few["weightings"].agreement(2).values(), default=0.0) < 1e-12
