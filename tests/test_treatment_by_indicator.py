"""Treatment of outliers chosen indicator by indicator: in records, in CSV files and on the framework sheet alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import bdindex_xl as bdx
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets.read import read_inputs
from tests.support.books import small_book
from tests.support.edit import edited

KINDS = ("winsorise", "gii log", "log always", "none")
CODES = tuple("abcd")
VALUES = np.array([1.0, 2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 10, 11, 90, 400])
UNITS = tuple(f"{k:02d}" for k in range(len(VALUES)))
PANEL = bdx.Panel((2024,), UNITS, CODES, np.repeat(VALUES[None, :, None], 4, axis=2))
RECORDS = [{"code": "I"}, *({"code": c, "parent": "I", "treatment": k} for c, k in zip(CODES, KINDS, strict=True))]


def scores(framework: bdx.Framework, **settings: object) -> np.ndarray:
    return bdx.compute(framework, PANEL, bdx.Method(**settings)).normalised_array[0]  # type: ignore[arg-type]


def alone(kind: str, **settings: object) -> np.ndarray:
    """Scores of an indicator where the settings name its treatment."""
    framework = bdx.Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}])
    return scores(framework, treatment=kind, **settings)[:, 0]


@pytest.mark.parametrize(
    "settings", [{}, {"skewness_limit": 100.0}, {"max_winsorised": 1}, {"treatment": "box-cox", "kurtosis_limit": 1.0}]
)
def test_each_indicator_is_treated_by_its_own_choice_within_the_limits_of_the_settings(
    settings: dict[str, object],
) -> None:
    found = scores(bdx.Framework.from_records(RECORDS), **settings)
    limits = {key: value for key, value in settings.items() if key != "treatment"}
    for k, kind in enumerate(KINDS):
        np.testing.assert_array_equal(found[:, k], alone(kind, **limits))
    assert len({tuple(column) for column in found.T.tolist()}) == (2 if "skewness_limit" in settings else 4)


def test_files_and_sheets_take_them_by_either_name_and_a_change_changes_the_digest(tmp_path: Path) -> None:
    kinds = ("缩尾", "gii log", "一律取对数", "none")
    framework = "code,name,parent,treatment\nI,总指数,,\n"
    framework += "".join(f"{c},指标{c},I,{kind}\n" for c, kind in zip(CODES, kinds, strict=True))
    units = "code,name,ranking\n" + "".join(f"{u},地区{u},province\n" for u in UNITS)
    data = "year,unit,a,b,c,d\n" + "".join(
        f"2024,{u},{v},{v},{v},{v}\n" for u, v in zip(UNITS, VALUES.tolist(), strict=True)
    )
    book = small_book(tmp_path, "zh", framework=framework, units=units, data=data)
    inputs = read_inputs(FileBook.from_bytes(book))
    assert [str(one.treatment) for one in inputs.framework.indicators] == list(KINDS)
    block = FileBook.from_bytes(book).read("bdx_framework")
    cell = (block.sheet, block.cell(4, block.header.index("异常值处理")))
    other = read_inputs(FileBook.from_bytes(edited(book, {cell: "缩尾"})))
    assert str(other.framework.indicators[3].treatment) == "winsorise"
    assert other.digest() != inputs.digest()
