"""Scores, weights and ranks against plain spreadsheet formulas, calculated by LibreOffice."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

import bdindex_xl as bdx
from tests.support import office

FIRST = 4  # first row of units, counted from 1; above: code, squared distance, weight
SAMPLE = Path(bdx.__file__).parent / "sheets" / "sample"


class Sheet:
    """The method in MIN, MAX, SUM, SUMPRODUCT, IF and COUNTIF: four columns a node, one row a unit."""

    def __init__(self, framework: bdx.Framework, raw: np.ndarray, min_available: float) -> None:
        self.framework, self.raw, self.least = framework, raw, min_available
        self.at = {code: 4 * k for k, code in enumerate(framework.codes)}
        self.last = FIRST + len(raw) - 1
        self.file = io.BytesIO()
        book = xlsxwriter.Workbook(self.file)
        self.data, self.sheet = book.add_worksheet("raw"), book.add_worksheet("index")
        for j, indicator in enumerate(framework.indicators):
            for i, value in enumerate(raw[:, j]):
                if not np.isnan(value):
                    self.data.write_number(FIRST - 1 + i, j, value)
            self._indicator(j, indicator)
        for aggregate in framework.aggregates:
            self._aggregate(aggregate.code)
        book.close()

    def column(self, code: str, offset: int = 0) -> str:
        return xl_col_to_name(self.at[code] + offset)

    def span(self, code: str, offset: int) -> str:
        letters = self.column(code, offset)
        return f"{letters}${FIRST}:{letters}${self.last}"

    def _indicator(self, j: int, indicator: bdx.Indicator) -> None:
        letters = xl_col_to_name(j)
        pool = f"raw!{letters}${FIRST}:{letters}${self.last}"
        for row in range(FIRST, self.last + 1):
            x = f"raw!{letters}{row}"
            above = f"{x}-MIN({pool})" if indicator.direction > 0 else f"MAX({pool})-{x}"
            z = f'IF(OR(ISBLANK({x}),MAX({pool})=MIN({pool})),"",({above})/(MAX({pool})-MIN({pool})))'
            self._node(indicator.code, row, z)
        self._distance(indicator.code)

    def _aggregate(self, code: str) -> None:
        children = [child.code for child in self.framework.children(code)]
        inverse = "+".join(f"1/{self.column(child)}$2" for child in children)
        for child in children:
            self.sheet.write_formula(f"{self.column(child)}3", f"=(1/{self.column(child)}2)/({inverse})")
        for row in range(FIRST, self.last + 1):
            value = "+".join(f"{self.column(c)}$3*{self.column(c, 2)}{row}" for c in children)
            weight = "+".join(f"{self.column(c)}$3*{self.column(c, 1)}{row}" for c in children)
            count = "+".join(f"{self.column(c, 1)}{row}" for c in children)
            self._node(code, row, f'IF(({count})/{len(children)}>={self.least}-1E-12,({value})/({weight}),"")')
        self._distance(code)
        letters = self.column(code)
        for row in range(FIRST, self.last + 1):  # the rank, beside everything else
            here = f'IF({letters}{row}="","",1+COUNTIF({self.span(code, 0)},">"&({letters}{row}+1E-12)))'
            self.sheet.write_formula(row - 1, 4 * len(self.at) + self.framework.codes.index(code), f"={here}")

    def _node(self, code: str, row: int, z: str) -> None:
        cell = f"{self.column(code)}{row}"
        for offset, formula in enumerate(
            (z, f'IF({cell}="",0,1)', f'IF({cell}="",0,{cell})', f'IF({cell}="",0,(1-{cell})^2)')
        ):
            self.sheet.write_formula(f"{self.column(code, offset)}{row}", f"={formula}")

    def _distance(self, code: str) -> None:
        self.sheet.write_formula(f"{self.column(code)}2", f"=SUM({self.span(code, 3)})/SUM({self.span(code, 1)})")

    def calculated(self) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, float]]:
        """Scores and ranks by unit and code, weights by code, as LibreOffice works them out."""
        book = openpyxl.load_workbook(io.BytesIO(office.converted(self.file.getvalue())), data_only=True)
        rows = list(book["index"].iter_rows(min_row=1, max_row=self.last, values_only=True))
        number = [[np.nan if cell in (None, "") else float(cell) for cell in row] for row in rows[FIRST - 1 :]]
        table = np.array(number)
        scores = pd.DataFrame({code: table[:, at] for code, at in self.at.items()})
        ranks = pd.DataFrame(
            {a.code: table[:, 4 * len(self.at) + self.framework.codes.index(a.code)] for a in self.framework.aggregates}
        )
        weights = {code: float(rows[2][at]) for code, at in self.at.items() if rows[2][at] is not None}
        return scores, ranks, weights


def agree(framework: bdx.Framework, raw: np.ndarray, min_available: float = 0.65) -> None:
    codes = tuple(indicator.code for indicator in framework.indicators)
    panel = bdx.Panel((2024,), tuple(f"u{k}" for k in range(len(raw))), codes, raw[None])
    result = bdx.compute(framework, panel, bdx.Method(min_available=min_available))
    scores, ranks, weights = Sheet(framework, raw, min_available).calculated()
    for code in framework.codes:
        np.testing.assert_allclose(result.scores[code].to_numpy(), scores[code].to_numpy(), rtol=0, atol=1e-12)
    for code in ranks:  # type: ignore[assignment]
        np.testing.assert_array_equal(result.ranks[code].to_numpy(), ranks[code].to_numpy())
    found = result.weights.set_index("child")["weight"]
    assert {code: pytest.approx(w, abs=1e-12) for code, w in weights.items()} == found.to_dict()


def test_three_levels_with_less_is_better_and_missing_values() -> None:
    framework = bdx.Framework.from_records(
        [
            {"code": "I"},
            *({"code": c, "parent": "I"} for c in ("A", "B", "c")),
            *({"code": c, "parent": "A"} for c in ("A1", "A2")),
            *({"code": f"A1{k}", "parent": "A1"} for k in range(3)),
            *({"code": f"A2{k}", "parent": "A2", "direction": -1} for k in range(2)),
            *({"code": f"B{k}", "parent": "B", "direction": 1 - 2 * (k % 2)} for k in range(4)),
        ]
    )
    rng = np.random.default_rng(7)
    raw = rng.lognormal(3, 1, (40, len(framework.indicators))).round(3)
    raw[rng.random(raw.shape) < 0.08] = np.nan
    raw[5] = raw[6]  # a tie
    agree(framework, raw)
    agree(framework, raw, min_available=1.0)


def test_the_provinces_of_the_sample() -> None:
    with (SAMPLE / "en" / "framework.csv").open(encoding="utf-8") as file:
        framework = bdx.Framework.from_records(csv.DictReader(file))
    units = pd.read_csv(SAMPLE / "en" / "units.csv", dtype=str)
    data = pd.read_csv(SAMPLE / "data.csv", dtype={"unit": str})
    provinces = set(units.loc[units["ranking"] == "province", "code"])
    rows = data[(data["year"] == 2024) & data["unit"].isin(provinces)]
    agree(framework, rows[[indicator.code for indicator in framework.indicators]].to_numpy(dtype=float))
