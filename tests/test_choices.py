"""What the record of each choice says of it is so, and each has what computes it."""

from __future__ import annotations

import numpy as np
import pytest

from bdindex_xl.core import means, scaling, vector_readings, weightings
from bdindex_xl.engine.compute import compute
from bdindex_xl.errors import FrameworkError
from bdindex_xl.language import LANGUAGES
from bdindex_xl.model.choices import (
    Aggregation,
    Choice,
    Imputation,
    Normalisation,
    Transformation,
    Treatment,
    Weighting,
)
from bdindex_xl.model.framework import Framework
from bdindex_xl.model.method import Method
from bdindex_xl.model.panel import Panel

ALL = [kind for kinds in (Weighting, Normalisation, Aggregation, Treatment, Imputation) for kind in kinds]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: f"{type(kind).__name__}: {kind}")
def test_a_choice_is_told_in_both_languages_without_a_comma_in_its_label(kind: Choice) -> None:
    for lang in LANGUAGES:
        assert kind.record.label[lang] and kind.record.does[lang]
        assert not set(kind.record.label[lang]) & set(',，;"')
    assert kind.record.source is None or len(kind.record.source.en) > 10
    assert [one for one in type(kind) if one.record.label in (kind.record.label,)] == [kind]


@pytest.mark.parametrize("kind", [*ALL, *Transformation], ids=lambda kind: f"{type(kind).__name__}: {kind}")
def test_a_choice_is_found_by_what_the_sheets_call_it_too(kind: Choice) -> None:
    for name in (kind, kind.upper(), *kind.record.label.both()):
        assert type(kind)(name) is kind


def test_methods_and_records_take_such_names_and_refuse_others() -> None:
    assert Method(normalisation="百分等级", aggregation="Mazziotta–Pareto") == Method(
        normalisation="percentile rank", aggregation="mpi"
    )
    nodes = [{"code": "I"}, {"code": "a", "parent": "I", "transformation": "Absolute value"}]
    assert Framework.from_records(nodes).indicators[0].transformation is Transformation.ABSOLUTE
    with pytest.raises(FrameworkError, match="found 'of all'$"):
        Method(normalisation="of all")


def test_each_name_stands_for_what_computes_it() -> None:
    by_bounds = {Normalisation.MIN_MAX, Normalisation.GOALPOSTS, Normalisation.DISTANCE_TO_TARGET}
    assert set(scaling.SCALINGS) == set(Normalisation) - by_bounds
    assert set(weightings.BY_SCORES) == {kind for kind in Weighting if kind.record.reads == "scores"}
    assert set(vector_readings.BY_DISTANCES) == {kind for kind in Weighting if kind.record.reads == "distances"}
    assert set(means.MEANS) == set(Aggregation) - {Aggregation.ARITHMETIC}


def normalised(kind: Normalisation, *, turned: bool = False) -> np.ndarray:
    sign = -1 if turned else 1
    ends = {"lower": 1.0, "upper": 90.0} if not turned else {"lower": -90.0, "upper": -1.0}
    records: list[dict[str, object]] = [
        {"code": "I"},
        {"code": "a", "parent": "I", "direction": sign, "target": sign * 200.0, **ends},
    ]
    values = np.random.default_rng(5).lognormal(2, 1, (2, 60, 1)) + 3
    values[0, 3], values[:, 7] = np.nan, 1e5
    units = tuple(f"u{k}" for k in range(60))
    panel = Panel((2023, 2024), units, ("a",), sign * values)
    return compute(Framework.from_records(records), panel, Method(normalisation=kind)).normalised_array


@pytest.mark.parametrize("kind", Normalisation)
def test_scores_lie_within_0_and_1_where_the_record_says_so(kind: Normalisation) -> None:
    found = normalised(kind)
    assert (np.nanmin(found) >= 0 and np.nanmax(found) <= 1) == kind.record.bounded


@pytest.mark.parametrize("kind", [kind for kind in Normalisation if kind.record.mirrored])
def test_less_is_better_turns_round_where_the_record_says_so(kind: Normalisation) -> None:
    np.testing.assert_allclose(normalised(kind, turned=True), normalised(kind), rtol=0, atol=1e-12)
