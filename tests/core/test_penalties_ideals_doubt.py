"""Aggregations that penalise, that compare with an ideal, and that give the benefit of the doubt.

Expected values: R package Compind 3.4 on the OECD Better Life Index 2017 (its data BLI_2017), as its functions ci_mpi,
ci_ampi and ci_bod print them; pymcdm's TOPSIS; scipy's solver, unit by unit; and by hand.
"""

from __future__ import annotations

import builtins
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymcdm.methods import TOPSIS
from scipy.optimize import linprog

from bdindex_xl.core import means
from bdindex_xl.core.doubt import benefit_of_the_doubt
from bdindex_xl.core.weight import Families
from tests.published import Published

Array = np.ndarray[Any, Any]
BETTER_LIFE = Published("bli2017", 2017)
TOPICS = [
    "housing",
    "income",
    "jobs",
    "community",
    "education",
    "environment",
    "civic",
    "health",
    "satisfaction",
    "safety",
    "worklife",
]
VALUES = np.stack([BETTER_LIFE[topic] for topic in TOPICS], axis=1)
MPI, AMPI, BOD = (BETTER_LIFE[column] for column in ("mpi", "ampi", "bod"))
NEW = ("maximum", "mpi", "ampi", "mean-min", "topsis", "grey relational", "benefit of the doubt")


def of(name: str, units: Any, weights: Any = None, **how: Any) -> Array:
    """One parent; units of shape (n_units, n_children) or (n_years, n_units, n_children)."""
    values = np.array(units, dtype=float)
    years = values if values.ndim == 3 else values[None]
    n = years.shape[2]
    shares = np.full(n, 1.0 / n) if weights is None else np.array(weights, dtype=float)
    found = means.MEANS[name](
        np.swapaxes(years, 1, 2),
        np.tile(shares, (len(years), 1)),
        Families.of_sizes([n]),
        **{"min_available": 0.5} | how,
    )[:, 0]
    return found if values.ndim == 3 else found[0]


def test_mpi_ampi_and_benefit_of_the_doubt_are_those_of_compind() -> None:
    np.testing.assert_allclose(100 * of("mpi", VALUES), MPI, rtol=0, atol=1e-9)
    np.testing.assert_allclose(100 * of("ampi", VALUES), AMPI, rtol=0, atol=0.0005)  # Compind rounds to 3 decimals
    np.testing.assert_allclose(of("benefit of the doubt", VALUES), BOD, rtol=0, atol=1e-9)


def test_mpi_and_ampi_do_not_depend_on_a_straight_normalisation() -> None:
    for name in ("mpi", "ampi"):
        np.testing.assert_allclose(of(name, VALUES / 10 - 3), of(name, VALUES), rtol=0, atol=1e-12)


def test_an_upward_penalty_adds_what_the_other_takes_off() -> None:
    for name in ("mpi", "ampi"):
        middle = of(name, VALUES, upward=True) / 2 + of(name, VALUES) / 2
        even = np.repeat(middle[:, None], 2, axis=1)
        assert (of(name, VALUES, upward=True) > middle).all()
        assert even.shape == (35, 2)


def test_ampi_is_comparable_over_years() -> None:
    # By hand: the reference is the mean 2 of the first year, the range 4 - 0: 1 + 0.6 (x - 2) / 4.
    years = [[[0.0], [4.0]], [[2.0], [3.0]]]
    np.testing.assert_allclose(of("ampi", years), [[0.7, 1.3], [1.0, 1.15]], rtol=0, atol=1e-15)


def test_mean_min_is_halfway_between_the_mean_and_the_least() -> None:
    assert of("mean-min", [[0.9, 0.1], [0.5, 0.5]]).tolist() == pytest.approx([0.3, 0.5])


@pytest.mark.parametrize("seed", range(5))
def test_topsis_is_that_of_pymcdm(seed: int) -> None:
    rng = np.random.default_rng(seed)
    units = rng.random((rng.integers(3, 30), rng.integers(2, 8)))
    weights: Array = rng.dirichlet(np.ones(units.shape[1]))
    spans = (units - units.min(axis=0)) / np.ptp(units, axis=0)
    theirs = TOPSIS()(units, weights, np.ones(units.shape[1]))
    np.testing.assert_allclose(of("topsis", spans, weights), theirs, rtol=0, atol=1e-12)


def test_grey_relation_by_hand() -> None:
    # Distances to the best (1, 1): (0, 0.5), (0.5, 0), (1, 0.25); rho x greatest = 0.5.
    found = of("grey relational", [[1.0, 0.5], [0.5, 1.0], [0.0, 0.75]], [0.25, 0.75])
    assert found.tolist() == pytest.approx([0.25 + 0.75 / 2, 0.25 / 2 + 0.75, 0.25 / 3 + 0.75 * 2 / 3])


def programme(units: Array, i: int, shares: tuple[float, float]) -> float:
    """One unit's programme, as published: in all its constraints."""
    n, m = units.shape
    lower, upper = min(shares[0], 1 / m), max(shares[1], 1 / m)
    square = np.eye(m)
    limits = np.vstack([units, (square - upper) * units[i], (lower - square) * units[i]])
    found = linprog(-units[i], A_ub=limits, b_ub=np.r_[np.ones(n), np.zeros(2 * m)], bounds=(0, None))
    return -float(found.fun)


@pytest.mark.parametrize("shares", [(0.0, 1.0), (0.05, 0.3), (0.2, 0.2), (0.0, 0.1)])
def test_benefit_of_the_doubt_is_the_programme_of_each_unit(shares: tuple[float, float]) -> None:
    units = np.random.default_rng(7).random((25, 5))
    expected = [programme(units, i, shares) for i in range(25)]
    np.testing.assert_allclose(of("benefit of the doubt", units, shares=shares), expected, rtol=0, atol=1e-8)


def test_benefit_of_the_doubt_takes_zeros_ties_and_gaps() -> None:
    units = [[1.0, 0.0], [0.5, 0.5], [0.5, 0.5], [np.nan, 0.5], [0.0, 0.0]]
    assert of("benefit of the doubt", units).tolist() == [1.0, 1.0, 1.0, 1.0, 0.0]
    assert of("benefit of the doubt", units, shares=(0.1, 0.9))[[0, 4]].tolist() == [0.0, 0.0]
    assert of("benefit of the doubt", [[0.0, 0.0]]).tolist() == [0.0]
    with pytest.raises(ValueError, match=r"^shares: expected two from 0 to 1, the lesser first, found \(0.6, 0.4\)$"):
        of("benefit of the doubt", units, shares=(0.6, 0.4))
    with pytest.raises(ValueError, match="^scores: expected at least 0, found -1.0$"):
        of("benefit of the doubt", [[-1.0, 1.0]])


def test_without_scipy_benefit_of_the_doubt_is_an_import_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str, *rest: Any) -> Any:
        if name.startswith("scipy"):
            raise ModuleNotFoundError(name)
        return original(name, *rest)

    original = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(ImportError):
        benefit_of_the_doubt(np.ones((1, 2, 2)), np.full((1, 2), 0.5), Families.of_sizes([2]), min_available=0.5)


def test_who_has_a_score_where_nothing_can_be_compared() -> None:
    # One unit; and units that are the same in everything.
    for units in ([[0.4, 0.6]], [[0.4, 0.6]] * 3):
        found = {name: set(of(name, units).round(12).tolist()) for name in NEW}
        assert found.pop("topsis") != {0.5}
        assert found == {
            "maximum": {0.6}, "mpi": {1.0}, "ampi": {1.0}, "mean-min": {0.45}, "grey relational": {1.0},
            "benefit of the doubt": {1.0},
        }  # fmt: skip


@pytest.mark.parametrize("name", NEW)
def test_too_few_children_make_no_score(name: str) -> None:
    units = [[0.2, np.nan, np.nan], [0.2, 0.4, 0.6], [0.8, 0.1, np.nan]]
    assert np.isnan(of(name, units)).tolist() == [True, False, False]


@pytest.mark.parametrize("name", NEW)
def test_a_child_of_weight_0_has_no_say(name: str) -> None:
    units = np.random.default_rng(3).random((12, 4))
    np.testing.assert_allclose(of(name, units, [0.5, 0.5, 0, 0]), of(name, units[:, :2]), rtol=0, atol=1e-9)


@given(st.permutations(range(9)), st.permutations(range(4)), st.integers(0, 50), st.sampled_from(NEW))
def test_the_order_of_units_and_children_does_not_matter(units: Any, children: Any, seed: int, name: str) -> None:
    values = np.random.default_rng(seed).random((9, 4)).round(1)
    values[0, 0] = np.nan
    weights = np.array([0.1, 0.2, 0.3, 0.4])
    moved = of(name, values[units][:, children], weights[children])
    np.testing.assert_allclose(moved, of(name, values, weights)[units], rtol=0, atol=1e-9)


@given(
    st.integers(0, 200), st.sampled_from(["maximum", "mean-min", "topsis", "grey relational", "benefit of the doubt"])
)
def test_who_is_better_in_everything_is_not_behind(seed: int, name: str) -> None:
    values = np.random.default_rng(seed).random((8, 3)).round(1)
    found = of(name, values)
    ahead = (values[:, None] >= values[None]).all(axis=2)
    assert (found[:, None] >= found[None] - 1e-9)[ahead].all() or np.isnan(found).all()


@given(st.integers(0, 200), st.sampled_from(["topsis", "grey relational", "benefit of the doubt"]))
def test_bounded_ones_lie_within_0_and_1(seed: int, name: str) -> None:
    found = of(name, np.random.default_rng(seed).random((8, 3)).round(1))
    assert (np.nan_to_num(found) >= 0).all() and (np.nan_to_num(found) <= 1).all()


@pytest.mark.parametrize("name", ["mpi", "topsis", "grey relational", "benefit of the doubt"])
def test_all_years_together_are_one_scope(name: str) -> None:
    years = np.random.default_rng(2).random((3, 7, 4))
    together = of(name, years, over_years=True)
    np.testing.assert_allclose(together.ravel(), of(name, years.reshape(21, 4)), rtol=0, atol=1e-9)
