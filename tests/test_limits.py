"""Limits of outliers and the most values that are winsorised, as settings: in scores, on sheets, in what is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bdindex_xl.engine.changed import changed
from bdindex_xl.engine.compute import compute
from bdindex_xl.errors import FrameworkError
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.model.framework import Framework
from bdindex_xl.model.method import Method
from bdindex_xl.model.panel import Panel
from bdindex_xl.tasks.recalculate import recalculate
from tests.support.books import small_book

FRAMEWORK = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I", "treatment": "winsorise"}])


def winsorised(values: list[float], **limits: float) -> list[float]:
    """Values that were moved."""
    panel = Panel((2024,), tuple(map(str, range(len(values)))), ("a",), np.array(values).reshape(1, -1, 1))
    found = changed(FRAMEWORK, panel, Method(**limits))  # type: ignore[arg-type]
    return found.raw[found.winsorised].tolist()


def test_limits_of_the_global_innovation_index_leave_what_others_treat() -> None:
    # GII 2019, appendix IV: winsorised where skewness is beyond 2.25 and kurtosis above 3.5; others have 2.
    values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 26.0]
    assert winsorised(values) == [26.0]
    assert winsorised(values, skewness_limit=2.5) == []
    assert winsorised(values, kurtosis_limit=20) == []


def test_as_many_are_winsorised_as_the_setting_allows() -> None:
    values = [*np.linspace(1.0, 2.0, 30).tolist(), 50.0, 60.0, 70.0, 80.0, 90.0, 100.0]
    assert len(winsorised(values, max_winsorised=6, skewness_limit=1.0, kurtosis_limit=0.5)) == 6
    assert len(winsorised(values, max_winsorised=2, skewness_limit=1.0, kurtosis_limit=0.5)) == 2
    assert winsorised(values, max_winsorised=0) == []


def test_without_a_treatment_limits_change_nothing_and_as_defaults_they_are_those_of_before() -> None:
    values = np.array([[[1.0], [2.0], [3.0], [90.0]]])
    framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}])
    panel = Panel((2024,), ("x", "y", "z", "u"), ("a",), values)
    plain, made = (compute(framework, panel, one) for one in (Method(), Method(skewness_limit=0, max_winsorised=3)))
    assert (plain.node_array == made.node_array).all()
    assert (Method().skewness_limit, Method().kurtosis_limit, Method().max_winsorised) == (2.0, 3.5, 5)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"skewness_limit": -1}, "skewness_limit: expected a number from 0 to 100, found -1"),
        ({"max_winsorised": 1.5}, "max_winsorised: expected a whole number from 0 to 1000, found 1.5"),
    ],
)
def test_what_is_no_limit_is_refused(setting: dict[str, float], message: str) -> None:
    with pytest.raises(FrameworkError) as refused:
        Method(**setting)  # type: ignore[arg-type]
    assert refused.value.message["en"] == message


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_tells_the_limits_in_use(tmp_path: Path, lang: Lang) -> None:
    settings: dict[str, str | float] = {"treatment": "winsorise", "skewness_limit": 2.25, "max_winsorised": 6}
    book = FileBook.from_bytes(small_book(tmp_path, lang, settings))
    recalculate(book, now=None)
    told = str(book.cells(["bdx_guide_text_prepare"])["bdx_guide_text_prepare"].value)
    parts = {
        "zh": ("至多 6 个", "偏度绝对值大于 2.25 且峰度大于 3.5"),
        "en": ("p to 6 extreme", "beyond ±2.25 and kurtosis above 3.5"),
    }
    assert all(part in told for part in parts[lang])
