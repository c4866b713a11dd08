"""Transformations and two-sided indicators: in scores, on sheets, and where what cannot be told says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bdindex_xl.analysis.decompose import explain
from bdindex_xl.analysis.overtake import to_pass_next
from bdindex_xl.copies.verify import verify
from bdindex_xl.engine.changed import changed
from bdindex_xl.engine.compute import compute
from bdindex_xl.errors import FrameworkError
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.model.choices import Normalisation
from bdindex_xl.model.framework import Framework
from bdindex_xl.model.method import Method
from bdindex_xl.model.panel import Panel
from bdindex_xl.tasks.recalculate import recalculate
from tests.support.books import small_book

X = np.array([2.0, 5.0, 8.0, 11.0, np.nan])


def scores(values: np.ndarray[Any, Any] = X, **indicator: Any) -> list[float]:
    """Normalised scores of one indicator."""
    framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I", **indicator}])
    panel = Panel((2024,), tuple(map(str, range(len(values)))), ("a",), values[None, :, None])
    return [round(float(one), 12) for one in compute(framework, panel).normalised_array[0, :, 0]]


def test_a_best_value_and_a_best_interval_by_the_bounds_of_the_data() -> None:
    assert scores(direction=0, best_lower=8)[:4] == [0.0, 0.5, 1.0, 0.5]
    assert scores(direction=0, best_upper=8)[:4] == [0.0, 0.5, 1.0, 0.5]
    assert scores(direction=0, best_lower=4, best_upper=6)[:4] == [0.6, 1.0, 0.6, 0.0]
    assert np.isnan(scores(direction=0, best_lower=8)[4])


def test_full_marks_are_for_what_is_best_not_for_the_best_there_is() -> None:
    assert scores(direction=0, best_lower=14)[:4] == [0.0, 0.25, 0.5, 0.75]


def test_between_goalposts_whoever_is_off_by_the_farther_end_or_more_has_nothing() -> None:
    own: dict[str, Any] = {"direction": 0, "best_lower": 0, "lower": 0, "upper": 50, "normalisation": "goalposts"}
    inflation = np.array([-5.0, 0.0, 5.0, 25.0, 80.0])
    assert scores(inflation, **own) == [0.9, 1.0, 0.9, 0.5, 0.0]


def test_an_indicator_of_which_all_are_equally_far_off_tells_nothing() -> None:
    assert np.isnan(scores(np.array([4.0, 6.0]), direction=0, best_lower=5)).all()
    assert np.isnan(scores(np.array([4.0, 6.0]), direction=0, best_lower=4, best_upper=6)).all()


@pytest.mark.parametrize("kind", [k for k in Normalisation if k not in ("distance to target", "fraction of maximum")])
def test_of_two_who_are_off_the_nearer_is_never_worse_by_any_normalisation(kind: Normalisation) -> None:
    try:
        found = scores(direction=0, best_lower=4, best_upper=6, lower=0, upper=20, normalisation=kind)
    except FrameworkError:
        return
    assert found[1] >= found[0] == found[2] >= found[3]


def test_goalposts_and_target_are_transformed_with_the_values() -> None:
    values = np.array([1.0, 10.0, 100.0, 1000.0])
    assert scores(values, transformation="log10", lower=1, upper=100, normalisation="goalposts") == [0, 0.5, 1, 1]
    target: dict[str, Any] = {"transformation": "ln", "target": 100, "normalisation": "distance to target"}
    assert scores(values, **target) == [0, 0.5, 1, 1]
    assert (
        scores(values, transformation="reciprocal", direction=-1, lower=1, upper=1000, normalisation="goalposts")[0]
        == 0
    )
    assert scores(np.array([-4.0, 1.0, 3.0]), transformation="absolute", direction=-1) == [0, 1, 0.333333333333]
    best: dict[str, Any] = {"transformation": "log10", "direction": 0, "best_lower": 10}
    assert scores(values, **best) == [0.5, 1.0, 0.5, 0.0]


def test_winsorising_goes_with_best_values_and_a_logarithm_of_treatment_does_not() -> None:
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 99.0])
    assert (
        scores(values, direction=0, best_lower=4, treatment="winsorise")[-1]
        == scores(values[:7], direction=0, best_lower=4)[-1]
    )
    with pytest.raises(FrameworkError, match="a: expected no treatment log together with goalposts or a target"):
        scores(values, direction=0, best_lower=4, treatment="log")


@pytest.mark.parametrize(
    ("indicator", "message"),
    [
        ({"transformation": "ln"}, "a is transformed by ln: expected a number above 0, found 0"),
        ({"transformation": "reciprocal"}, "a is transformed by reciprocal: expected a number other than 0, found 0"),
        ({"transformation": "ln", "lower": 0, "upper": 1}, "a, lower: expected a number above 0, as it is transformed by ln, found 0"),
        ({"transformation": "absolute", "lower": -1, "upper": 1}, "a, lower: expected a number of the same sign as the upper end, found -1"),
        ({"direction": 0}, "a, best_lower: expected a best value, as the indicator is moderate, found nothing"),
        ({"direction": 1, "best_upper": 2}, "a, best_upper: expected a blank, as the indicator is not moderate, found 2"),
        ({"direction": 0, "best_lower": 3, "best_upper": 2}, "a, best_upper: expected a number not below the lower best value, found 2"),
        ({"direction": 0, "best_lower": 1, "lower": 1, "upper": 2, "best_upper": 2}, "a, upper: expected a number above the best value, found 2"),
        ({"direction": 0, "best_lower": 1, "normalisation": "distance to target", "target": 2}, "a: expected another normalisation than distance to target, as they have best values"),
        ({"direction": 2}, "a, direction: expected 1 (more is better), −1 (less is better) or 0 (best in between), found 2"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(indicator: dict[str, Any], message: str) -> None:
    with pytest.raises(FrameworkError) as refused:
        scores(np.array([1.0, 0.0, -3.0]), **indicator)
    assert refused.value.message["en"] == message


def test_values_beyond_the_goalposts_of_a_two_sided_indicator_are_listed_as_held() -> None:
    own: dict[str, Any] = {"code": "a", "parent": "I", "direction": 0, "best_lower": 10, "lower": 0, "upper": 40}
    records = [{"code": "I"}, own]
    panel = Panel((2024,), ("x", "y", "z"), ("a",), np.array([[[-30.0], [50.0], [39.0]]]))
    found = changed(Framework.from_records(records), panel, Method(normalisation="goalposts"))
    assert found.below.ravel().tolist() == [True, False, False] and found.above.ravel().tolist() == [False, True, False]
    assert found.used.ravel().tolist() == [-20.0, 40.0, 39.0]


def test_explanations_and_what_it_takes_to_pass_the_next_go_by_what_is_best() -> None:
    records: list[dict[str, Any]] = [
        {"code": "I"},
        {"code": "a", "parent": "I", "direction": 0, "best_lower": 4, "best_upper": 6},
        {"code": "b", "parent": "I", "transformation": "ln"},
    ]
    framework = Framework.from_records(records)
    panel = Panel((2024,), ("x", "y", "z"), ("a", "b"), np.array([[[5.0, 100.0], [9.0, 10.0], [11.0, 1.0]]]))
    method = Method(weighting="equal")
    assert explain(framework, panel, method, unit="x").contributions.tolist() == [0.5, 0.5]
    needed = to_pass_next(framework, panel, method, unit="z").needed_array
    assert 6.0 <= needed[0] < 9.0 and 10.0 < needed[1] <= 100.0


FRAMEWORK = """code,name,parent,direction,transformation,best_lower,best_upper
I,总指数,,,,,
a1,企业,I,1,自然对数,,
a2,专利,I,1,,,
b1,政策,I,适度,,2,3
b2,能耗,I,负向,reciprocal,,
"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_and_sheets_hold_them_and_say_what_was_done(tmp_path: Path, lang: Lang) -> None:
    book = FileBook.from_bytes(small_book(tmp_path, lang, framework=FRAMEWORK))
    outcome = recalculate(book, now=None)
    found = {node.code: node for node in outcome.inputs.framework.indicators}
    assert (found["a1"].transformation, found["b1"].direction, found["b1"].best_lower) == ("ln", 0, 2.0)
    told = book.cells(["bdx_guide_text_prepare", "bdx_guide_text_normalise"])
    said = " ".join(str(cell.value) for cell in told.values())
    parts = {
        "zh": ("先变换：企业取自然对数；能耗取倒数。", "适度指标（政策：2 至 3）的得分"),
        "en": ("Transformed first: natural logarithm of 企业; reciprocal of 能耗.", "best in between (政策: 2 to 3)"),
    }
    assert all(part in said for part in parts[lang])
    assert not verify(FileBook.from_bytes(book.to_bytes())).differences
