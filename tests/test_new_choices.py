"""Choices that penalise, compare with ideals or the first year, as a whole index computes them."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

import bdindex_xl as bdx
from bdindex_xl.engine import aggregate
from bdindex_xl.sheets import method_told

NODES: list[dict[str, Any]] = [
    {"code": "I"},
    {"code": "A", "parent": "I"},
    {"code": "B", "parent": "I"},
    *({"code": code, "parent": code[0].upper()} for code in ("a1", "a2", "b1", "b2", "b3")),
]
VALUES = np.random.default_rng(6).lognormal(size=(2, 40, 5))
UNITS = tuple(f"u{k}" for k in range(40))
CODES = ("a1", "a2", "b1", "b2", "b3")


def computed(nodes: list[dict[str, Any]] = NODES, values: Any = VALUES, **method: Any) -> bdx.Result:
    data = bdx.Panel((2023, 2024), UNITS[: values.shape[1]], CODES, values)
    return bdx.compute(bdx.Framework.from_records(nodes), data, bdx.Method(**{"weighting": "equal"} | method))


@pytest.mark.parametrize(
    "kind", ["maximum", "mpi", "ampi", "mean-min", "topsis", "grey relational", "benefit of the doubt"]
)
def test_one_parent_can_have_an_aggregation_of_its_own(kind: str) -> None:
    plain = computed()
    own = computed([NODES[0], NODES[1] | {"aggregation": kind}, *NODES[2:]])
    everywhere = computed(aggregation=kind)
    assert own.scores["A"].tolist() == everywhere.scores["A"].tolist() != plain.scores["A"].tolist()
    assert own.scores["B"].tolist() == plain.scores["B"].tolist()
    np.testing.assert_allclose(own.scores["I"], (own.scores["A"] + own.scores["B"]) / 2, rtol=1e-12)


@pytest.mark.parametrize("kind", ["mpi", "topsis", "grey relational", "benefit of the doubt"])
def test_the_scope_says_who_is_compared(kind: str) -> None:
    year, panel = computed(aggregation=kind), computed(aggregation=kind, scope="panel")
    first = computed(values=np.repeat(VALUES[:1], 2, axis=0), aggregation=kind)
    np.testing.assert_allclose(first.scores["A"][:40], year.scores["A"][:40], rtol=1e-12)
    assert not np.allclose(panel.scores["A"], year.scores["A"])


def test_scores_beyond_the_marks_are_weighed_by_their_distance_to_the_best() -> None:
    found = computed(aggregation="mpi", weighting="improved vector")
    of_children = found.scores[["A", "B"]].loc[2024].to_numpy()
    squared = ((of_children.max(axis=0) - of_children) ** 2).mean(axis=0)
    weights = found.weights.query("year == 2024 and parent == 'I'")["weight"].to_numpy()
    np.testing.assert_allclose(weights, (1 / squared) / (1 / squared).sum(), rtol=1e-9)


def test_unevenness_adds_where_it_is_said_to() -> None:
    even = computed(aggregation="mpi").scores["A"] + computed(aggregation="mpi", upward_penalty=True).scores["A"]
    assert (computed(aggregation="mpi", upward_penalty="yes").scores["A"] >= even / 2).all()


def test_shares_are_bound_in_benefit_of_the_doubt() -> None:
    free = computed(aggregation="benefit of the doubt", normalisation="rank")
    bound = computed(aggregation="benefit of the doubt", normalisation="rank", least_share=0.3, greatest_share=0.4)
    assert (bound.scores["B"] <= free.scores["B"] + 1e-9).all() and (bound.scores["B"] < free.scores["B"] - 0.01).any()


def test_a_base_year_is_shown_as_100_or_1000() -> None:
    found = computed(normalisation="base year", aggregation="geometric", scale=1000)
    assert (found.normalised.loc[2023].to_numpy() == 1).all()
    np.testing.assert_allclose(found.normalised.loc[2024].to_numpy(), VALUES[1] / VALUES[0], rtol=1e-12)
    framework = bdx.Framework.from_records(NODES)
    told = method_told.range_of_normalised(framework, found.method)
    assert told.both() == ("首年得分为 1000，得分没有上限。", "The first year scores 1000; there is no upper bound.")


@pytest.mark.parametrize(
    ("method", "values", "words"),
    [
        (
            {"treatment": "gii log"}, np.where(np.arange(40)[:, None] == 3, 0.9, VALUES / 1e4),
            "a1, a2, b1, b2, b3: the treatment gii log expects a greatest value above 1; take another measure, such as "
            "per cent for shares",
        ),
        (
            {"normalisation": "base year"}, VALUES - 9,
            "a1 cannot be normalised by base year: expected values of at least 0, found ",
        ),
        (
            {"normalisation": "base year"}, VALUES * np.array([1e-60, 1e60])[:, None, None],
            "expected values that can be compared with the first year's, found others among a1, a2, b1, b2, b3",
        ),
        (
            {"aggregation": "benefit of the doubt", "normalisation": "z-score"}, np.where(np.arange(40)[:, None] == 3, -1e9, VALUES),
            "A, B: the aggregation benefit of the doubt expects scores of at least 0, and the normalisation z-score gives ",
        ),
        (
            {"weighting": "merec", "normalisation": "z-score"}, np.where(np.arange(40)[:, None] == 3, -1e9, VALUES),
            "A, B: the weighting merec expects scores of at least 0, and the normalisation z-score gives ",
        ),
        (
            {"aggregation": "benefit of the doubt", "normalisation": "rank", "least_share": 0.9, "greatest_share": 0.1},
            VALUES,
            "A, B cannot be aggregated by benefit of the doubt: shares: expected two from 0 to 1, the lesser first, found "
            "(0.9, 0.1)",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_is_told_in_a_sentence(method: dict[str, Any], values: Any, words: str) -> None:
    with pytest.raises(bdx.FrameworkError) as refused:
        computed(values=values, **method)
    assert str(refused.value).startswith(words)


def test_benefit_of_the_doubt_says_that_scipy_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(bdx.FrameworkError) as refused:
        computed(aggregation="benefit of the doubt")
    assert (refused.value.text("zh"), refused.value.text("en")) == (
        "怀疑利益法要解线性规划，需要 scipy，而它未安装：pip install scipy",
        "benefit of the doubt solves linear programmes by scipy, which is not installed: pip install scipy",
    )


def test_benefit_of_the_doubt_takes_as_many_units_as_it_can_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aggregate, "MOST_PROGRAMMES", 8)
    with pytest.raises(bdx.FrameworkError) as refused:
        computed(aggregation="benefit of the doubt")
    assert str(refused.value) == (
        "benefit of the doubt solves a linear programme for each unit: expected 8 at most, found 40"
    )


def test_the_logarithm_always_needs_no_skew() -> None:
    even = np.tile(np.linspace(1, 3, 40)[None, :, None] ** 2, (2, 1, 5))
    assert computed(values=even, treatment="log").normalised.equals(computed(values=even).normalised)
    always = computed(values=even, treatment="log always").normalised
    plain = computed(values=even).normalised
    assert always["a1"].iloc[20] > plain["a1"].iloc[20] + 0.1
    told = method_told.preparing(bdx.Framework.from_records(NODES), bdx.Method(treatment="log always"))
    assert (
        "3.5" not in told.en
        and "3.5" in method_told.preparing(bdx.Framework.from_records(NODES), bdx.Method(treatment="gii log")).en
    )
