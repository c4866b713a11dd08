"""ASEM Sustainable Connectivity 2018, 51 countries, 49 indicators, against what is published of COINr's own run of it.

The data are those that come with COINr 1.1.14 (github.com/bluefoxr/COINr, MIT; ASEM_iData and ASEM_iMeta, from the
JRC's ASEM portal), laid out here as its users and its `export_to_excel` lay them out; no file of COINr itself is read.
Results: Becker et al., Journal of Open Source Software 7(78), 2022, 4567, for the default steps; the vignette
“Presenting Results” of COINr on CRAN for the index that its `build_example_coin` makes.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from bdindex_xl.hosts.files import open_book
from bdindex_xl.sheets.imported.recognised import from_workbook
from tests.published import told
from tests.sheets.imported.foreign_workbooks import Rows, saved, scores

PAPER = {"DEU": 75.23, "GBR": 68.94, "FRA": 65.92, "CHE": 62.61, "NLD": 61.24, "SWE": 60.59}
NODES = ("Index", "Conn", "Sust", "Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ")
VIGNETTE = {
    "CHE": (68.38, 62.79, 73.98, 63.41, 32.87, 74.78, 85.94, 56.93, 77.21),
    "NLD": (64.82, 61.94, 67.70, 64.87, 46.62, 84.55, 71.74, 41.92, 58.73),
    "DNK": (64.80, 57.10, 72.51, 50.52, 30.43, 78.13, 75.35, 51.04, 69.83),
    "NOR": (64.47, 57.44, 71.50, 58.18, 25.70, 80.03, 89.46, 33.80, 70.90),
    "BEL": (63.54, 63.99, 63.09, 71.97, 48.22, 80.84, 75.60, 43.32, 53.01),
    "SWE": (63.00, 53.87, 72.12, 51.51, 23.87, 80.98, 74.51, 38.50, 66.37),
}


def table(name: str) -> list[list[Any]]:
    with (Path(__file__).parent / "data" / f"asem_{name}.csv").open(encoding="utf-8", newline="") as file:
        return [[_value(text) for text in row] for row in csv.reader(file)]


def _value(text: str) -> float | str | None:
    try:
        return float(text) if text else None
    except ValueError:
        return text


def best(folder: Path, sheets: dict[str, Rows], **settings: str | float) -> dict[str, dict[str, float]]:
    """Scores out of 100 of the first six, best first."""
    book = open_book(saved(folder / "asem.xlsx", sheets), ours=False)
    found = scores(from_workbook(book, "en", settings, year=2018))
    first = sorted(found, key=lambda unit: -found[unit]["Index"])[:6]
    return {unit: {node: 100 * score for node, score in found[unit].items()} for unit in first}


@pytest.mark.slow
def test_an_export_of_undivided_data_gives_the_scores_of_the_paper(tmp_path: Path) -> None:
    data, meta = table("data"), table("framework")
    indicators = {row[1] for row in meta if row[-1] == "Indicator"}
    raw = [j for j, header in enumerate(data[0]) if header == "uCode" or header in indicators]
    units = [j for j, header in enumerate(data[0]) if header not in indicators]
    sheets: dict[str, Rows] = {
        "Data.Raw": [[row[j] for j in raw] for row in data],
        "Data.Normalised": [["uCode"]],
        "Data.Aggregated": [["uCode"]],
        "Meta.Ind": meta,
        "Meta.Unit": [[row[j] for j in units] for row in data],
    }
    found = best(tmp_path, sheets)
    assert list(found) == list(PAPER)
    assert {unit: nodes["Index"] for unit, nodes in found.items()} == pytest.approx(PAPER, abs=0.005)


@pytest.mark.slow
def test_the_two_tables_and_the_steps_of_the_example_give_the_scores_of_the_vignette(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"iData": table("data"), "iMeta": table("framework")}
    steps: dict[str, str | float] = {"imputation": "group mean", "imputation_group": "Europe or Asia"}
    found = best(tmp_path, sheets, treatment="winsorise or log", max_winsorised=5, **steps)
    assert list(found) == list(VIGNETTE)
    row = told("asem2018")
    assert (row["units"], row["ranks"]) == (str(len(table("data")) - 1), "0")
    assert row["indicators"] == str(sum(one[-1] == "Indicator" for one in table("framework")))
    for unit, published in VIGNETTE.items():
        assert [found[unit][node] for node in NODES] == pytest.approx(published, abs=float(row["largest"])), unit
