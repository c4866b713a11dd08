"""The sheet Treated: every value that is not scored as it stands, and nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bdindex_xl.copies.verify import verify
from bdindex_xl.engine.changed import changed
from bdindex_xl.engine.compute import compute
from bdindex_xl.engine.prepare import prepared
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.model.framework import Framework
from bdindex_xl.model.method import Imputation, Method, Normalisation, Treatment
from bdindex_xl.model.panel import Panel
from bdindex_xl.share.strip.strip import StripChoices, strip
from bdindex_xl.tasks.recalculate import recalculate
from tests.support.books import DATA, small_book

pytestmark = pytest.mark.slow

NOW = dt.datetime(2024, 5, 1, 12)
Row = tuple[Any, ...]


def rows(book: FileBook) -> list[Row]:
    return list(zip(*book.read("bdx_treated").columns, strict=True))


def calculated(folder: Path, lang: Lang = "en", **settings: str) -> FileBook:
    """2024: 甲省 has no a2, and 丙省 has 400 of a1."""
    data = DATA.replace("2024,110000,40,9", "2024,110000,40,").replace("2024,130000,30", "2024,130000,400")
    book = FileBook.from_bytes(small_book(folder, lang, settings, data=data))
    recalculate(book, now=NOW)
    return book


def test_nothing_is_listed_where_all_values_are_scored_as_they_stand(tmp_path: Path) -> None:
    assert rows(calculated(tmp_path)) == []


def test_values_imputed_and_held_at_goalposts_are_listed_with_the_reason(tmp_path: Path) -> None:
    book = calculated(tmp_path, normalisation="goalposts", imputation="mean")
    assert rows(book) == [
        (2024.0, "Province", "110000", "甲省", "a2", "专利", None, 7.5, "imputed (mean)"),
        (2024.0, "Province", "130000", "丙省", "a1", "企业", 400.0, 100.0, "above the upper end 100, held there"),
    ]
    zh = calculated(tmp_path, "zh", normalisation="goalposts", imputation="mean")
    assert [row[-1] for row in rows(zh)] == ["插补（均值）", "高于上限 100，按上限计"]


def test_the_table_is_verified_like_every_result_and_goes_with_the_raw_data(tmp_path: Path) -> None:
    book = calculated(tmp_path, normalisation="goalposts", imputation="mean")
    assert verify(FileBook.from_bytes(book.to_bytes())).ok
    book.set_cells("bdx_treated", {(1, 7): 99.0})
    found = verify(FileBook.from_bytes(book.to_bytes()))
    assert [(d.cell, d.expected, d.found) for d in found.differences] == [("H6", 100.0, 99.0)]
    stripped = FileBook.from_bytes(strip(book.to_bytes(), StripChoices(no_raw=True)).data)
    assert "bdx_treated" not in stripped.tables() and "Treated" not in stripped.sheets()


def test_a_workbook_without_the_table_is_told_only_where_something_would_be_listed(tmp_path: Path) -> None:
    for normalisation, missing in (("min-max", []), ("goalposts", ["bdx_treated"])):
        book = calculated(tmp_path, normalisation=normalisation)
        old = FileBook.from_bytes(book.to_bytes())
        del old._tables["bdx_treated"]
        assert list(verify(old).missing) == missing
        outcome = recalculate(old, now=None)
        told = [finding.expected.en for finding in outcome.findings if finding.kind == "result table missing"]
        assert told == [f"the result table {name}" for name in missing]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("treatment", list(Treatment))
def test_what_is_listed_is_what_differs_from_the_values_that_scores_are_made_of(seed: int, treatment: str) -> None:
    rng = np.random.default_rng(seed)
    records: list[dict[str, Any]] = [{"code": "I"}]
    for k in range(4):
        own = {"normalisation": "goalposts", "lower": 0.5, "upper": 3.0, "treatment": "winsorise"} if k == 3 else {}
        records.append({"code": f"a{k}", "parent": "I", "denominator": "d" if k == 2 else "", **own})
    values = rng.lognormal(0, 1.6, (3, 25, 5))
    values[rng.random(values.shape) < 0.1] = np.nan
    panel = Panel((2021, 2022, 2023), tuple(map(str, range(25))), ("a0", "a1", "a2", "a3", "d"), values)
    framework = Framework.from_records(records)
    method = Method(treatment=treatment, imputation=Imputation.MEDIAN)
    found = changed(framework, panel, method)
    ready = prepared(framework, panel, method)
    held = np.where(np.arange(4) == 3, np.clip(ready, 0.5, 3.0), ready)
    np.testing.assert_array_equal(found.used, held)
    differs = (found.used != found.raw) & ~(np.isnan(found.used) & np.isnan(found.raw))
    assert not (differs & ~found.any).any()
    assert not (found.any & ~found.transformed & ~differs).any()
    assert not (found.winsorised & found.transformed).any()
    compute(framework, panel, method)


def test_a_target_is_an_end_too_on_the_side_of_the_direction() -> None:
    records: list[dict[str, Any]] = [
        {"code": "I"},
        {"code": "a", "parent": "I", "normalisation": Normalisation.DISTANCE_TO_TARGET, "target": 3.0},
        {"code": "b", "parent": "I", "normalisation": "distance to target", "target": 2.0, "direction": -1},
    ]
    panel = Panel((2024,), ("x", "y", "z"), ("a", "b"), np.array([[[1.0, 9.0], [2.0, 1.0], [5.0, 4.0]]]))
    found = changed(Framework.from_records(records), panel, Method())
    assert found.used.tolist() == [[[1.0, 9.0], [2.0, 2.0], [3.0, 4.0]]]
    assert (found.above.sum(), found.below.sum(), found.any.sum()) == (1, 1, 2)
