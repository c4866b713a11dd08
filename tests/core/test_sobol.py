"""Sensitivity indices of functions whose indices are known, and of what must not matter."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import qmc

from bdindex_xl.core import sobol

Array = np.ndarray[Any, Any]

# Ishigami, Homma 1990, with a = 7 and b = 0.1: indices in closed form, Saltelli et al., Global Sensitivity Analysis. The
# Primer, Wiley 2008.
ISHIGAMI_FIRST, ISHIGAMI_TOTAL = np.array([0.3139, 0.4424, 0.0]), np.array([0.5576, 0.4424, 0.2437])


def ishigami(points: Array) -> Array:
    x = np.pi * (2 * points - 1)
    return np.sin(x[..., 0]) + 7 * np.sin(x[..., 1]) ** 2 + 0.1 * x[..., 2] ** 4 * np.sin(x[..., 0])


def evaluated(function: Any, n: int, d: int, seed: int = 1) -> tuple[Array, Array, Array]:
    a, b, ab = sobol.design(n, d, np.random.default_rng(seed))
    return function(a), function(b), function(ab)


def test_ishigami() -> None:
    first, total = sobol.indices(*evaluated(ishigami, 8192, 3))
    assert first == pytest.approx(ISHIGAMI_FIRST, abs=0.005)
    assert total == pytest.approx(ISHIGAMI_TOTAL, abs=0.005)


def test_the_g_function() -> None:
    # Sobol', the product of (|4 x - 2| + c) / (1 + c): the variance of one factor is 1 / (3 (1 + c)²).
    c = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])
    partial = 1 / (3 * (1 + c) ** 2)
    variance = np.prod(1 + partial) - 1
    first, total = sobol.indices(*evaluated(lambda x: np.prod((np.abs(4 * x - 2) + c) / (1 + c), axis=-1), 8192, 6))
    assert first == pytest.approx(partial / variance, abs=0.01)
    assert total == pytest.approx(partial * (1 + variance) / (1 + partial) / variance, abs=0.01)


@pytest.mark.parametrize("d", [4, 26, 27])
def test_a_sum_has_the_variances_of_its_terms(d: int) -> None:
    # 27 inputs are more than the Sobol' sequence serves.
    terms = np.arange(1.0, d + 1)
    expected = terms**2 / (terms**2).sum()
    first, total = sobol.indices(*evaluated(lambda x: x @ terms, 8192, d))
    assert first == pytest.approx(expected, abs=0.02)
    assert total == pytest.approx(expected, abs=0.02)


def test_an_inert_input_has_none_and_an_output_of_one_input_only_that() -> None:
    outputs = evaluated(lambda x: np.exp(x[..., 1]), 256, 3)
    first, total = sobol.indices(*outputs)
    low, high = sobol.bootstrap(*outputs, rng=np.random.default_rng(1))[1]
    for inert in (0, 2):
        assert first[inert] == total[inert] == low[inert] == high[inert] == 0.0
    assert first[1] == pytest.approx(1.0, abs=0.01) and total[1] == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("constant", [0.0, 0.1, 1e9])
def test_an_output_that_does_not_vary_has_indices_and_intervals_of_zero(constant: float) -> None:
    both = evaluated(
        lambda x: np.stack([np.full(x.shape[:-1], constant) + 1e-16 * x[..., 0], x[..., 0]], axis=-1), 64, 2
    )
    first, total = sobol.indices(*both)
    intervals = sobol.bootstrap(*both, rng=np.random.default_rng(1), resamples=50)
    if constant:
        assert not any(numbers[..., 0].any() for numbers in (first, total, *intervals))
    assert total[0, 1] == pytest.approx(1.0, abs=0.05) and total[1, 1] == 0.0


def test_a_resample_without_variance_counts_as_none() -> None:
    # Without the first point nothing varies but for rounding, which the change at the fourth must not be held against.
    f_a, f_b = np.full(6, 0.1), np.full(6, 0.1)
    f_a[0] = 0.7
    f_ab = f_b.copy()
    f_ab[3] = 0.2
    first, total = sobol.bootstrap(f_a, f_b, f_ab[np.newaxis], rng=np.random.default_rng(1))
    assert np.abs(first).max() < 5 and total.max() < 5 and total[0, 0] == 0.0


def test_outputs_are_treated_one_by_one() -> None:
    whole = evaluated(lambda x: np.stack([ishigami(x), x[..., 0] * x[..., 1]], axis=-1), 128, 3)
    for k in range(2):
        alone = tuple(part[..., k] for part in whole)
        for numbers, expected in zip(sobol.indices(*whole), sobol.indices(*alone), strict=True):
            assert numbers[:, k] == pytest.approx(expected, abs=1e-12)
        together = sobol.bootstrap(*whole, rng=np.random.default_rng(3), resamples=100)
        for numbers, expected in zip(
            together, sobol.bootstrap(*alone, rng=np.random.default_rng(3), resamples=100), strict=True
        ):
            assert numbers[..., k] == pytest.approx(expected, abs=1e-12)


def test_many_outputs_are_resampled_in_portions_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = evaluated(lambda x: np.stack([ishigami(x) + k * x[..., 1] for k in range(5)], axis=-1), 64, 3)
    whole = sobol.bootstrap(*outputs, rng=np.random.default_rng(3), resamples=40)
    monkeypatch.setattr(sobol, "_AT_ONCE", 2 * 40 * 3)
    for portion, numbers in zip(
        sobol.bootstrap(*outputs, rng=np.random.default_rng(3), resamples=40), whole, strict=True
    ):
        assert portion == pytest.approx(numbers, abs=1e-12)


def test_the_measure_of_the_output_changes_nothing() -> None:
    f_a, f_b, f_ab = evaluated(ishigami, 512, 3)
    for numbers, expected in zip(
        sobol.indices(1e6 - 50 * f_a, 1e6 - 50 * f_b, 1e6 - 50 * f_ab), sobol.indices(f_a, f_b, f_ab), strict=True
    ):
        assert numbers == pytest.approx(expected, abs=1e-9)


def test_resamples_are_what_indices_gives_for_the_points_drawn() -> None:
    f_a, f_b, f_ab = evaluated(ishigami, 40, 3)
    ends = sobol.bootstrap(f_a, f_b, f_ab, rng=np.random.default_rng(3), resamples=31, level=0.8)
    drawn = (np.random.default_rng(3).random((31, 40)) * 40).astype(int)
    plain = np.array([sobol.indices(f_a[k], f_b[k], f_ab[:, k]) for k in drawn])
    for k in range(2):
        assert ends[k] == pytest.approx(np.quantile(plain[:, k], [0.1, 0.9], axis=0), abs=1e-12)


def test_intervals_cover_the_truth_as_often_as_they_say() -> None:
    # Of independent points: those of a Sobol' sequence are spread more evenly, so that intervals cover more often.
    hits = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        a, b = rng.random((2, 400, 3))
        ab = np.repeat(a[np.newaxis], 3, axis=0)
        ab[range(3), :, range(3)] = b.T
        first, total = sobol.bootstrap(ishigami(a), ishigami(b), ishigami(ab), rng=rng, resamples=300)
        hits.append(
            [
                (low <= truth) & (truth <= high)
                for (low, high), truth in ((first, ISHIGAMI_FIRST), (total, ISHIGAMI_TOTAL))
            ]
        )
    share = np.mean(hits, axis=0)
    assert (share >= 0.75).all() and share.mean() == pytest.approx(0.9, abs=0.06)


def test_the_same_seed_gives_the_same_bits_and_another_seed_others() -> None:
    one, again, other = (sobol.design(100, 4, np.random.default_rng(seed)) for seed in (5, 5, 6))
    assert all(np.array_equal(x, y) for x, y in zip(one, again, strict=True)) and not np.array_equal(one[0], other[0])
    outputs = evaluated(ishigami, 64, 3)
    ends = [sobol.bootstrap(*outputs, rng=np.random.default_rng(seed)) for seed in (5, 5, 6)]
    assert np.array_equal(ends[0], ends[1]) and not np.array_equal(ends[0], ends[2])


def test_the_sequence_is_that_of_joe_and_kuo() -> None:
    # scipy's Sobol is made with the same direction numbers; it goes through the points in the order of a Gray code.
    numbers = np.arange(1024)
    assert (
        sobol.sequence(1024, 53)[numbers ^ (numbers >> 1)] / 2**32
        == qmc.Sobol(53, scramble=False, bits=32).random(1024)
    ).all()


@pytest.mark.parametrize("d", [1, 3, 26, 40])
def test_a_design_changes_one_column_at_a_time(d: int) -> None:
    a, b, ab = sobol.design(64, d, np.random.default_rng(2))
    assert a.shape == b.shape == (64, d) and ab.shape == (d, 64, d)
    assert min(a.min(), b.min()) >= 0 and max(a.max(), b.max()) < 1
    for k, mixed in enumerate(ab):
        assert np.array_equal(mixed[:, k], b[:, k])
        assert np.array_equal(np.delete(mixed, k, axis=1), np.delete(a, k, axis=1))
    for column in np.hstack([a, b]).T:  # one point in each sixty-fourth
        assert np.array_equal(np.sort((column * 64).astype(int)), np.arange(64))


ONE, ROW = np.zeros(2), np.zeros((1, 2))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sobol.design(0, 1, np.random.default_rng()), "n: expected at least 1, found 0"),
        (lambda: sobol.design(1, 0, np.random.default_rng()), "d: expected at least 1, found 0"),
        (lambda: sobol.sequence(4, 54), "dimensions: expected 1 to 53, found 54"),
        (lambda: sobol.sequence(0, 2), "n: expected 1 to 4294967296, found 0"),
        (lambda: sobol.indices(np.zeros(0), ONE, ROW), "f_a: expected shape (n,) or (n, n_outputs), found (0,)"),
        (lambda: sobol.indices(ONE, np.zeros(3), ROW), "f_b: expected shape (2,), found (3,)"),
        (lambda: sobol.indices(ONE, ONE, ONE), "f_ab: expected shape (d, 2), found (2,)"),
        (lambda: sobol.indices(ONE, ONE, ROW + np.inf), "outputs: expected finite numbers, found another"),
        (lambda: sobol.bootstrap(ONE, ONE, ROW, rng=np.random.default_rng(), resamples=0), "resamples: expected at least 1, found 0"),
        (lambda: sobol.bootstrap(ONE, ONE, ROW, rng=np.random.default_rng(), level=1.0), "level: expected between 0 and 1, found 1.0"),
    ],
)  # fmt: skip
def test_what_cannot_be_analysed_is_refused(call: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        call()
    assert str(caught.value) == message
