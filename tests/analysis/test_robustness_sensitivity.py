"""Which source moves the ranking: indices worked out over all combinations, and sources that move nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

import bdindex_xl as bdx
from bdindex_xl.analysis.robustness.sensitivity import Sensitivity, sensitivity
from bdindex_xl.analysis.robustness.uncertain import Cancelled, Source, Uncertainty
from bdindex_xl.errors import FrameworkError
from bdindex_xl.model.method import Aggregation, Normalisation
from tests.analysis.indices import CERTAIN, EVERYTHING, Array, computed, index, two_indicators


def chains() -> tuple[bdx.Framework, bdx.Panel]:
    """An index of one indicator, so that no weight and no mean can matter."""
    framework = bdx.Framework.from_records(
        [{"code": "I"}, {"code": "A", "parent": "I"}, {"code": "a", "parent": "A"}, {"code": "b", "parent": "I"}]
    )
    values = np.stack([[1.0, 4.0, 6.0, 9.0], np.full(4, 5.0)], axis=-1)
    return framework, bdx.Panel((2024,), ("p", "q", "r", "s"), ("a", "b"), values[np.newaxis])


def exact(table: Array) -> tuple[Array, Array]:
    """First-order and total indices of a table of all combinations of two equally likely inputs."""
    variance = table.var()
    rows, columns = table.mean(axis=1).var(), table.mean(axis=0).var()
    return np.array([rows, columns]) / variance, np.array([variance - columns, variance - rows]) / variance


def test_indices_are_those_over_all_combinations() -> None:
    framework, panel = index(31, n_units=12)
    normalisations = (Normalisation.MIN_MAX, Normalisation.RANK, Normalisation.Z_SCORE)
    aggregations = (Aggregation.ARITHMETIC, Aggregation.MEDIAN, Aggregation.MINIMUM)
    method = bdx.Method(weighting="equal")
    nominal = ranks_of(framework, panel, method)
    tables = np.empty((3, 3, len(panel.units)))
    for i, j in product(range(3), range(3)):
        own = replace(method, normalisation=normalisations[i], aggregation=aggregations[j])
        tables[i, j] = ranks_of(framework, panel, own)
    uncertainty = replace(CERTAIN, normalisations=normalisations, aggregations=aggregations)
    found = sensitivity(framework, panel, method, uncertainty=uncertainty, n=4096, resamples=200)
    assert found.sources == (Source.NORMALISATION, Source.AGGREGATION)
    shift = np.abs(tables - nominal).mean(axis=2)
    first, total = exact(shift)
    assert shift.std() > 0.1 and total[0] - first[0] > 0.02
    assert found.mean_shift == pytest.approx(shift.mean(), abs=0.02)
    assert found.shift.first == pytest.approx(first, abs=0.04)
    assert found.shift.total == pytest.approx(total, abs=0.04)
    low, high = found.shift.total_ends
    assert (low < found.shift.total).all() and (found.shift.total < high).all() and (high - low < 0.2).all()
    varying = [unit for unit in range(12) if tables[..., unit].var() > 0]
    assert len(varying) > 3
    for unit in range(12):
        first, total = exact(tables[..., unit]) if unit in varying else (np.zeros(2), np.zeros(2))
        assert found.ranks.first[:, unit] == pytest.approx(first, abs=0.05)
        assert found.ranks.total[:, unit] == pytest.approx(total, abs=0.05)


def ranks_of(framework: bdx.Framework, panel: bdx.Panel, method: bdx.Method) -> Array:
    scores = computed(framework, panel, method)[0]
    return 1 + (scores[:, np.newaxis] < scores - 1e-12).sum(axis=1)


@pytest.mark.parametrize(
    ("uncertainty", "source"),
    [
        (Uncertainty(spread=0.5), Source.WEIGHTS),
        (Uncertainty(concentration=30.0), Source.WEIGHTS),
        (Uncertainty(0.0, noise=0.3), Source.NOISE),
    ],
)
def test_an_only_source_accounts_for_everything(uncertainty: Uncertainty, source: Source) -> None:
    found = sensitivity(*index(7, n_units=15), uncertainty=uncertainty, n=512, resamples=50)
    assert found.sources == (source,) and found.mean_shift > 0.1
    assert found.shift.first == pytest.approx([1.0], abs=0.15)
    assert found.shift.total == pytest.approx([1.0], abs=0.15)
    assert found.shift.total_ends[0, 0] < 1 < found.shift.total_ends[1, 0]


def test_sources_that_change_nothing_have_none() -> None:
    framework, panel = chains()
    method = bdx.Method(min_available=0.5)
    uncertainty = Uncertainty(
        weightings=("equal", "entropy"), normalisations=("min-max", "rank"), aggregations=("arithmetic", "geometric"),
        imputations=("none", "mean"), noise=1.0,
    )  # fmt: skip
    found = sensitivity(framework, panel, method, uncertainty=uncertainty, n=128, resamples=50)
    assert found.sources == tuple(Source)
    inert, noise = slice(0, 5), 5
    assert not found.shift.total[inert].any() and not found.ranks.total[inert].any()
    assert not found.shift.first[inert].any() and not found.shift.total_ends[:, inert].any()
    assert found.shift.total[noise] == pytest.approx(1.0, abs=0.3)


def test_without_any_uncertain_source_there_is_no_index() -> None:
    found = sensitivity(*index(8), uncertainty=CERTAIN)
    assert found.sources == () and found.mean_shift == 0
    assert found.shift.total.shape == (0,) and found.ranks.total.shape == (0, 7)


def test_a_ranking_that_cannot_change_has_indices_of_nought() -> None:
    framework, panel = two_indicators((1, 1), (0, 0), (0.5, 0.6))
    found = sensitivity(framework, panel, n=64, resamples=20)
    assert found.mean_shift == 0
    for one in (found.shift, found.ranks):
        assert not one.first.any() and not one.total.any() and not one.first_ends.any() and not one.total_ends.any()


def test_units_stand_at_their_places_and_those_without_a_rank_are_blank() -> None:
    framework, panel = two_indicators((0, 0), (np.nan, 0.7), (1, 0.2), (0, 1))
    found = sensitivity(framework, panel, bdx.Method(weighting="equal"), n=256, resamples=20)
    assert np.isnan(found.ranks.total[:, 1]).all() and np.isnan(found.ranks.total_ends[..., 1]).all()
    assert found.ranks.total[0, 0] == 0 and found.ranks.total[0, 2:] == pytest.approx([1.0, 1.0], abs=0.3)


def test_a_rank_that_is_missing_at_some_points_has_no_index() -> None:
    # Without imputation x has no rank, and z moves up by one.
    framework, panel = two_indicators((np.nan, 2), (1, 1), (0, 0))
    uncertainty = replace(CERTAIN, imputations=("none", "mean"))
    method = bdx.Method(weighting="given", imputation="mean")
    found = sensitivity(framework, panel, method, uncertainty=uncertainty, n=256, resamples=20)
    assert np.isnan(found.ranks.total[0, 0])
    assert found.ranks.total[0, 1:] == pytest.approx([0.0, 1.0], abs=0.2)
    # z has moved by one in half of the draws, in which there are two units.
    assert found.mean_shift == pytest.approx(0.25, abs=0.02)


def same(one: Sensitivity, other: Sensitivity) -> bool:
    pairs = [(getattr(one, of), getattr(other, of)) for of in ("shift", "ranks")]
    names = ("first", "total", "first_ends", "total_ends")
    return all(np.array_equal(getattr(a, n), getattr(b, n), equal_nan=True) for a, b in pairs for n in names)


def test_a_seed_gives_the_same_indices_and_another_others() -> None:
    framework, panel = index(2, missing=0.1)
    one, again, other = (
        sensitivity(framework, panel, uncertainty=EVERYTHING, n=32, resamples=20, seed=seed) for seed in (1, 1, 2)
    )
    assert same(one, again) and not same(one, other)


def test_progress_rises_to_the_whole_and_cancelling_ends_it() -> None:
    framework, panel = two_indicators((1, 0), (0, 1))
    told: list[float] = []
    sensitivity(framework, panel, n=1024, resamples=10, progress=told.append)
    assert told == sorted(told) and told[0] == 0 and told[-1] == 1 and len(told) > 3
    with pytest.raises(Cancelled):
        sensitivity(framework, panel, cancelled=lambda: True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n": 0}, "n: expected at least 1, found 0"),
        ({"resamples": 0}, "resamples: expected at least 1, found 0"),
        ({"seed": -1}, "seed: expected at least 0, found -1"),
        ({"year": 1}, "year: expected one of 2024, found 1"),
    ],
)
def test_what_cannot_be_is_refused(options: dict[str, int], message: str) -> None:
    with pytest.raises(FrameworkError) as caught:
        sensitivity(*two_indicators((1, 0), (0, 1)), **options)  # type: ignore[arg-type]
    assert str(caught.value) == message


def test_no_unit_with_a_rank_is_no_error() -> None:
    found = sensitivity(*two_indicators((np.nan, np.nan), (np.nan, np.nan)), n=16, resamples=5)
    assert found.mean_shift == 0 and np.isnan(found.ranks.total).all()
