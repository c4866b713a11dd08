"""Workbooks as COINr and the COIN Tool lay them out, in small.

Built from the documented layouts (`schema.foreign_layouts` says where); no file that those programs wrote is among
them. The index: six units, five indicators, two dimensions, given weights, numbers such that all can be done by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets.contents import Contents
from bdindex_xl.tasks import recalculate
from bdindex_xl.workbook import make

Rows = Sequence[Sequence[Any]]

META: Rows = (
    ("Level", "iCode", "iName", "Parent", "Direction", "Weight", "Unit", "Denominator", "Target", "Type"),
    (1, "Flights", "Passenger flights", "Conn", 1, 1, "Thousand seats", None, 10, "Indicator"),
    (1, "Goods", "Trade in goods", "Conn", 1, 2, "Trillion USD", None, 9, "Indicator"),
    (1, "CO2", "Emissions of CO2", "Sust", -1, 1, "Tonnes", None, 1, "Indicator"),
    (1, "Forest", "Forest cover", "Sust", 1, 1, "Percent", None, 8, "Indicator"),
    (1, "Poverty", "Poverty", "Sust", -1, 2, "Percent", None, 0, "Indicator"),
    (2, "Conn", "Connectivity", "Index", 1, 1, None, None, None, "Aggregate"),
    (2, "Sust", "Sustainability", "Index", 1, 3, None, None, None, "Aggregate"),
    (3, "Index", "Sustainable connectivity", None, 1, 1, None, None, None, "Aggregate"),
    (None, "Area_group", "Area group", None, None, None, None, None, None, "Group"),
    (None, "Population", "Population", None, None, None, None, None, None, "Denominator"),
    (None, "Note", "Note", None, None, None, None, None, None, "Other"),
)
INDICATORS = ("Flights", "Goods", "CO2", "Forest", "Poverty")
UNITS: Rows = (
    ("AUT", "Austria", "Europe", 9),
    ("BEL", "Belgium", "Europe", 12),
    ("CHN", "China", "Asia", 1400),
    ("IDN", "Indonesia", "Asia", 280),
    ("JPN", "Japan", "Asia", 124),
    ("NZL", "New Zealand", None, 5),
)
VALUES: Rows = (
    (0, 10, 0, 0, 10),
    (10, 0, 10, 10, 0),
    (5, 5, 5, None, 5),
    (2, 5, 5, 4, 5),
    (8, None, 2, 6, 5),
    (4, 1, 8, 5, 5),
)
# By hand: scores are tenths, turned round for CO2 and poverty; weights within what is there.
SCORES = {
    "AUT": {"Conn": 2 / 3, "Sust": 0.25, "Index": 17 / 48},
    "BEL": {"Conn": 1 / 3, "Sust": 0.75, "Index": 31 / 48},
    "CHN": {"Conn": 0.5, "Sust": 0.5, "Index": 0.5},
    "IDN": {"Conn": 0.4, "Sust": 0.475, "Index": 0.45625},
    "JPN": {"Conn": 0.8, "Sust": 0.6, "Index": 0.65},
    "NZL": {"Conn": 0.2, "Sust": 0.425, "Index": 0.36875},
}


def saved(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """A workbook of these sheets, each from A1 on."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def tables(values: Rows = VALUES, meta: Rows = META, time: Sequence[Any] | None = None) -> dict[str, Rows]:
    """The tables iData and iMeta as COINr's users keep them, with a column of years where there is one."""
    header = ("uCode", "uName", *(("Time",) if time else ()), "Area_group", "Population", "Note", *INDICATORS)
    rows: list[Sequence[Any]] = [header]
    for year in time or (None,):
        for (code, name, group, population), own in zip(UNITS, values, strict=True):
            rows.append((code, name, *(() if year is None else (year,)), group, population, "x", *own))
    return {"iData": rows, "iMeta": meta}


def export(*further: str, meta: Rows = META, units: Mapping[str, Any] | None = None) -> dict[str, Rows]:
    """Sheets that `export_to_excel` writes of a coin: one a data frame, by its place in the coin; NA is blank."""
    more = units or {}
    header = ("uCode", "uName", *more, "Area_group", "Population", "Note")
    return {
        "Meta.Ind": meta,
        "Meta.Lineage": (("Indicator", "Dimension", "Index"),),
        "Meta.Weights.Original": (("iCode", "Level", "Weight"),),
        "Meta.Unit": (header, *((code, name, *more.values(), *rest, "x") for code, name, *rest in UNITS)),
        "Data.Raw": (("uCode", *INDICATORS), *((u[0], *v) for u, v in zip(UNITS, VALUES, strict=True))),
        **dict.fromkeys(further, (("uCode", "Index"), ("AUT", 1))),
    }


def coin_tool() -> dict[str, list[list[Any]]]:
    """The sheets of the COIN Tool that are read; the middle levels it has beside the dimensions are not used."""
    data: list[list[Any]] = [[None] * 12 for _ in range(22)]
    places: dict[int, tuple[Any, ...]] = {7: (1, 2, 1, 1, 2), 8: (1, 1, -1, 1, -1), 11: ("Index",) * 5, 12: ("--",) * 5}
    places |= {13: ("p.01", "p.01", "p.02", "p.02", "p.02"), 14: ("sp.01",) * 5}
    places |= {15: tuple(row[2] for row in META[1:6]), 16: tuple(f"Ind.0{k}" for k in range(1, 6))}
    for row, texts in places.items():
        data[row - 1][4:9] = texts
    for j in (9, 10):  # places that are not used
        data[15][j], data[14][j] = f"Ind.{j - 3:02}", "--"
    for i, (unit, values) in enumerate(zip(UNITS, VALUES, strict=True)):
        data[16 + i][1:3] = unit[1], unit[0]
        data[16 + i][4:9] = ["n/a" if value is None else value for value in values]
        data[16 + i][9:11] = "n/a", "n/a"
    framework: list[list[Any]] = [[None] * 8 for _ in range(8)]
    for row, (code, weight, name) in enumerate(
        (("Code", "Weight", "Name"), ("p.01", 1, "Connectivity"), ("p.02", 3, "Sustainability"), ("p.03", 1, "--"),
         ("Index", 1, "Sustainable connectivity")), 3
    ):  # fmt: skip
        framework[row][2], framework[row][4], framework[row][7] = code, weight, name
    return {"Database": data, "Framework": framework, "Cover": [["COIN Tool"]]}


def scores(made: Contents) -> dict[str, dict[str, float]]:
    """Scores of all nodes with children in the last year, by unit."""
    outcome = recalculate.recalculate(FileBook.from_bytes(make(made)), now=None)
    result = outcome.results["All" if made.lang == "en" else "全部"]
    nodes = [node.code for node in outcome.inputs.framework.aggregates]
    units = outcome.inputs.rankings[0].panel.units
    return {unit: dict(zip(nodes, result.node_array[-1, :, u], strict=True)) for u, unit in enumerate(units)}
