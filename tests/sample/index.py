"""The shipped sample as a user gets it: the package's CSV files, computed by the engine."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

import bdindex_xl as bdx

ROOT = Path(__file__).parents[2]
# To choose among the overloads that pandas is described by costs mypy seconds a file, and tests gain nothing by it.
Frame = Any

SAMPLE = ROOT / "bdindex_xl" / "sheets" / "sample"
PUBLISHED = ROOT / "sample" / "published"


def published(name: str) -> list[dict[str, str]]:
    """Rows of a file of published figures; the column `place` says where in the report each stands."""
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def units(lang: str = "zh") -> Frame:
    """The units, by code."""
    return pd.read_csv(SAMPLE / lang / "units.csv", dtype=str, keep_default_na=False).set_index("code")


@cache
def framework(lang: str = "zh") -> bdx.Framework:
    records: Frame = pd.read_csv(SAMPLE / lang / "framework.csv", dtype={"code": str}).to_dict("records")
    return bdx.Framework.from_records(records)


@cache
def data() -> Frame:
    """Raw values, index (year, unit)."""
    return pd.read_csv(SAMPLE / "data.csv", dtype={"unit": str}).set_index(["year", "unit"])


@cache
def code_of(ranking: str, name: str) -> str:
    of_ranking = units()[units()["ranking"] == ranking]
    return str(of_ranking.index[of_ranking["name"] == name][0])


@cache
def raw(ranking: str) -> Frame:
    codes = units().index[units()["ranking"] == ranking]
    return data()[data().index.get_level_values("unit").isin(codes)]


@cache
def result(ranking: str) -> bdx.Result:
    return bdx.compute(framework(), bdx.Panel.from_frame(raw(ranking).reset_index()), bdx.Method())


def rank(year: int, ranking: str, node: str, name: str) -> int:
    """Rank of a unit at a node."""
    ranks: Frame = result(ranking).ranks
    return int(ranks.loc[(year, code_of(ranking, name)), node])


def values(year: int, ranking: str, node: str) -> Frame:
    """Scores at a node, or the raw values of an indicator, by the unit's name, best first."""
    table: Frame = raw(ranking) if node in data().columns else result(ranking).scores
    column = table[node].loc[year]
    column.index = column.index.map(units()["name"])
    return column.sort_values(ascending=False)
