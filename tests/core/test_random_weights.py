"""Random weights: their distributions, their sums, and the same bits for the same seed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bdindex_xl.core import random_weights
from tests.support.examples import examples

Array = np.ndarray[Any, Any]


def test_uniforms_are_the_upper_bits_of_pcg64() -> None:
    # numpy's own uniforms, whose making is documented so; the first ones of seed 0, as in numpy's documentation.
    assert np.array_equal(
        random_weights.uniforms(np.random.default_rng(7), 5, 3), np.random.default_rng(7).random((5, 3))
    )
    assert random_weights.uniforms(np.random.default_rng(0), 2).tolist() == [0.6369616873214543, 0.2697867137638703]


def test_the_stream_of_a_block_is_that_of_a_spawned_child() -> None:
    children = np.random.SeedSequence(11).spawn(5)
    for k, child in enumerate(children):
        expected = np.random.Generator(np.random.PCG64(child)).random(3)
        assert np.array_equal(random_weights.uniforms(random_weights.stream(11, k), 3), expected)


# Recorded from the sums and quotients of this module: another machine, numpy or thread must find the same bits.
RECORDED = {
    "dirichlet": ["0x1.f9527a48a1d82p-4", "0x1.12aed1a9c9d1bp-2", "0x1.377e47e206dc2p-1"],
    "relative": ["0x1.3f6590719e6adp-1", "0x1.8134df1cc32a6p-2", "0x1.0000000000000p+0"],
}


def drawn(kind: str) -> list[str]:
    rng = random_weights.stream(2024, 1)
    weights = np.array([0.5, 0.3, 0.2])
    made = {
        "dirichlet": lambda: random_weights.dirichlet(weights, concentration=2.5, rng=rng, n=400),
        "relative": lambda: random_weights.relative(
            weights, [1, 1, 2], spread=0.25, uniforms=random_weights.uniforms(rng, 400, 3)
        ),
    }[kind]()
    return [float(number).hex() for number in made[-1]]


@pytest.mark.parametrize("kind", RECORDED)
def test_draws_are_the_same_to_the_last_bit_everywhere(kind: str) -> None:
    assert drawn(kind) == RECORDED[kind]


@examples(100)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.floats(1e-3, 10)), min_size=1, max_size=8),
    st.floats(0, 0.99),
    st.integers(0, 99),
)
def test_relative_weights_sum_to_one_in_each_family_and_stay_within_the_spread(
    members: list[tuple[int, float]], spread: float, seed: int
) -> None:
    families, weights = (np.array(column) for column in zip(*members, strict=True))
    found = random_weights.relative(
        weights,
        families,
        spread=spread,
        uniforms=random_weights.uniforms(random_weights.stream(seed), 20, len(members)),
    )
    for family in set(families.tolist()):
        own, given_ = found[:, families == family], weights[families == family]
        assert own.sum(axis=1) == pytest.approx(1.0, abs=1e-12)
        # Each to its sister is at most (1 + s) / (1 - s) from what was given.
        ratio = (own / own[:, :1]) / (given_ / given_[0])
        most = (1 + spread) / (1 - spread) * (1 + 1e-9)
        assert (ratio <= most).all() and (ratio >= 1 / most).all()


def test_relative_weights_by_hand() -> None:
    # Factors 0.8, 1.0 and 1.1 on 0.5, 0.25 and 0.25: 0.4, 0.25 and 0.275 of 0.925.
    found = random_weights.relative(np.array([0.5, 0.25, 0.25]), spread=0.2, uniforms=np.array([0.0, 0.5, 0.75]))
    assert found == pytest.approx([0.4 / 0.925, 0.25 / 0.925, 0.275 / 0.925], abs=1e-15)


def test_no_spread_gives_the_weights_themselves() -> None:
    weights = np.array([0.5, 0.25, 0.25])
    assert (
        random_weights.relative(weights, spread=0.0, uniforms=random_weights.uniforms(random_weights.stream(1), 9, 3))
        == weights
    ).all()


@pytest.mark.parametrize("concentration", [0.5, 3.0, 40.0, 5000.0])
def test_dirichlet_weights_have_beta_distributions_around_those_given(concentration: float) -> None:
    weights = np.array([0.5, 0.3, 0.15, 0.05, 0.0])
    found = random_weights.dirichlet(weights, concentration=concentration, rng=random_weights.stream(9), n=4000)
    assert found.sum(axis=1) == pytest.approx(1.0, abs=1e-12)
    assert not found[:, 4].any()
    for weight, column in zip(weights[:4], found[:, :4].T, strict=True):
        beta = stats.beta(concentration * weight, concentration * (1 - weight))
        assert stats.kstest(column, beta.cdf).pvalue > 1e-3
        assert column.mean() == pytest.approx(weight, abs=4 * beta.std() / math.sqrt(4000))
    covariance = -weights[0] * weights[1] / (concentration + 1)
    assert np.cov(found[:, 0], found[:, 1])[0, 1] == pytest.approx(covariance, rel=0.15)


def test_dirichlet_weights_of_almost_no_concentration_are_one_and_zeros() -> None:
    found = random_weights.dirichlet(np.full(3, 1 / 3), concentration=1e-6, rng=random_weights.stream(9), n=300)
    assert np.isfinite(found).all() and (np.sort(found, axis=1)[:, -1] > 0.999).mean() > 0.99
    assert (found > 0.5).mean(axis=0) == pytest.approx(1 / 3, abs=0.1)


def test_logarithm_and_exponential_are_right_to_a_few_last_places() -> None:
    x = np.concatenate([10.0 ** np.linspace(-300, 300, 4001), 1 + np.linspace(-1e-3, 1e-3, 1001)])
    assert (np.abs(random_weights._log(x) - np.log(x)) <= 4e-16 * np.maximum(np.abs(np.log(x)), 1)).all()
    y = -np.linspace(0, 700, 9001)
    assert random_weights._exp(y) == pytest.approx(np.exp(y), rel=1e-13, abs=0)
    y = -np.linspace(0, 0.7, 9001)
    assert random_weights._exp(y) == pytest.approx(np.exp(y), rel=5e-16, abs=0)
    assert random_weights._exp(np.array([0.0, -1e9])).tolist() == [1.0, 5e-324]


WEIGHTS, UNIFORMS = np.array([0.5, 0.5]), np.zeros((1, 2))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: random_weights.uniforms(np.random.Generator(np.random.MT19937(1)), 2), "rng: expected a Generator on PCG64, found MT19937"),
        (lambda: random_weights.relative(WEIGHTS, spread=1.0, uniforms=UNIFORMS), "spread: expected at least 0 and less than 1, found 1.0"),
        (lambda: random_weights.relative(WEIGHTS, spread=0.1, uniforms=np.zeros(3)), "uniforms: expected 2 in the last axis, found shape (3,)"),
        (lambda: random_weights.relative(WEIGHTS, [1], spread=0.1, uniforms=UNIFORMS), "families: expected shape (2,), found (1,)"),
        (lambda: random_weights.relative(np.array([0.0, 1.0]), [1, 2], spread=0.1, uniforms=UNIFORMS), "weights: expected some weight in family 1, found none"),
        (lambda: random_weights.relative(np.array([-0.5, 1.0]), spread=0.1, uniforms=UNIFORMS), "weights: expected finite numbers of at least 0, found another"),
        (lambda: random_weights.relative(UNIFORMS, spread=0.1, uniforms=UNIFORMS), "weights: expected shape (n_indicators,), found (1, 2)"),
        (lambda: random_weights.dirichlet(2 * WEIGHTS, concentration=1.0, rng=random_weights.stream(1), n=1), "weights: expected a sum of 1, found 2.0"),
        (lambda: random_weights.dirichlet(WEIGHTS, concentration=0.0, rng=random_weights.stream(1), n=1), "concentration: expected a positive number, found 0.0"),
        (lambda: random_weights.dirichlet(WEIGHTS, concentration=np.inf, rng=random_weights.stream(1), n=1), "concentration: expected a positive number, found inf"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(call: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        call()
    assert str(caught.value) == message
