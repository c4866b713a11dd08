"""The constant of exponential ranks, and the place that they are counted from, are settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bdindex_xl.core.arrays import Array
from bdindex_xl.engine.compute import compute
from bdindex_xl.errors import FrameworkError
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.model.framework import Framework
from bdindex_xl.model.method import Method
from bdindex_xl.model.panel import Panel
from bdindex_xl.tasks.recalculate import recalculate
from tests.support.books import small_book

NAN = np.nan
RAW = np.array([[[3.0, 1.0], [1.0, 1.0], [3.0, NAN], [NAN, 1.0], [0.0, 1.0]]])
SETTINGS = [(23.0, 1), (22.756, 1), (23.0, 0), (10.0, 0), (1000.0, 1)]


def by_hand(values: Array, constant: float, first: int) -> Array:
    """-c ln(1 - R (1 - e^(-100/c))) / 100, with R from the number of worse values and half of the equal others."""
    worse = np.array([np.sum(values < v) + (np.sum(values == v) - 1) / 2 for v in values])
    places = (worse + first) / np.sum(~np.isnan(values))
    return np.where(np.isnan(values), NAN, -constant * np.log(1 - places * (1 - np.exp(-100 / constant))) / 100)


def built(framework: list[dict[str, Any]], values: Array, **settings: Any) -> Array:
    """Scores of the index."""
    units = tuple("uvwxy"[: values.shape[1]])
    panel = Panel((2024,), units, tuple("ab"), values)
    method = Method(weighting="equal", min_available=0.5, **settings)
    return compute(Framework.from_records(framework), panel, method).node_array[0, 0]


@pytest.mark.parametrize(("constant", "first"), SETTINGS)
def test_places_of_indicators_are_transformed_by_them(constant: float, first: int) -> None:
    nodes: list[dict[str, Any]] = [{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}]
    found = built(nodes, RAW, normalisation="exponential rank", rank_constant=constant, first_place=first)
    np.testing.assert_allclose(found, by_hand(RAW[0, :, 0], constant, first), rtol=0, atol=1e-12)  # b is all the same


@pytest.mark.parametrize(("constant", "first"), SETTINGS)
def test_so_are_those_of_aggregates_normalised_anew(constant: float, first: int) -> None:
    nodes: list[dict[str, Any]] = [
        {"code": "I"}, {"code": "A", "parent": "I", "normalisation": "exponential rank"},
        *({"code": code, "parent": "A"} for code in "ab"),
    ]  # fmt: skip
    found = built(nodes, RAW, rank_constant=constant, first_place=first)
    np.testing.assert_allclose(found, by_hand(RAW[0, :, 0], constant, first), rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"rank_constant": 9.9}, "rank_constant: expected a number from 10 to 1000, found 9.9"),
        ({"rank_constant": ""}, "rank_constant: expected a number from 10 to 1000, found ''"),
        ({"first_place": 2}, "first_place: expected a whole number from 0 to 1, found 2"),
        ({"first_place": 0.5}, "first_place: expected a whole number from 0 to 1, found 0.5"),
    ],
)
def test_others_are_refused(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(FrameworkError) as refused:
        Method(**settings)
    assert refused.value.message["en"] == message


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_tells_those_in_use(tmp_path: Path, lang: Lang) -> None:
    settings: dict[str, str | float] = {"normalisation": "exponential rank", "rank_constant": 22.756, "first_place": 0}
    book = FileBook.from_bytes(small_book(tmp_path, lang, settings))
    recalculate(book, now=None)
    names = ("bdx_guide_text_normalise", "bdx_note_formulas")
    told, formulas = (str(book.cells([name])[name].value) for name in names)
    parts = {"zh": ("z = −22.756 ln(1 − R (1 − e^(−100/22.756)))", "从 0 起算"),
             "en": ("z = −22.756 ln(1 − R (1 − e^(−100/22.756)))", "from the worst, which has 0,")}  # fmt: skip
    assert all(part in told for part in parts[lang])
    unlike = {"zh": "位次变换常数：22.756", "en": "Constant of exponential ranks: 22.756"}
    assert unlike[lang] in formulas


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_tells_what_becomes_of_scores_normalised_anew_and_by_whom(tmp_path: Path, lang: Lang) -> None:
    """It named the normalisation and told neither its formula nor its source, which no indicator had."""
    framework = "code,name,parent,direction,normalisation\nI,Idx,,,\nA,Alpha,I,,exponential rank\na1,One,A,1,\n"
    data = "year,unit,a1\n2024,110000,1\n2024,310000,3\n2024,440000,2\n"
    units = "code,name,ranking\n110000,x,province\n310000,y,province\n440000,z,province\n"
    settings: dict[str, str | float] = {"rank_constant": 22.756}
    book = FileBook.from_bytes(small_book(tmp_path, lang, settings, framework=framework, units=units, data=data))
    recalculate(book, now=None)
    names = ("bdx_guide_text_aggregate", "bdx_guide_text_methods", "bdx_guide_text_normalise")
    aggregate, sources, normalise = (str(cell.value) for cell in book.cells(names).values())
    label = {"zh": "位次的指数变换：z = −22.756 ln", "en": "Exponential rank: z = −22.756 ln"}[lang]
    assert (aggregate.count(label), normalise.count(label), sources.count("McLennan")) == (1, 0, 1)
