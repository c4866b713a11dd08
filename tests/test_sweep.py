"""Every pair of settings, and every choice on odd data: a result that is one, or a sentence that says what to change."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import bdindex_xl as bdx
from bdindex_xl.errors import SheetErrors
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.model.method import Aggregation, Imputation, MissingWeights, Mixing, Normalisation, Treatment, Weighting
from bdindex_xl.tasks.recalculate import recalculate
from tests.conftest import size_of
from tests.support.books import small_book

pytestmark = pytest.mark.slow

NODES: list[dict[str, Any]] = [
    {"code": "I"},
    {"code": "A", "parent": "I", "weight": 1},
    {"code": "B", "parent": "I", "weight": 2},
    *(
        {"code": c, "parent": "A" if c < "d" else "B", "weight": 1, "lower": -5, "upper": 10, "target": 7}
        | {"direction": -1 if c == "b" else 1}
        for c in "abcde"
    ),
]
PAIRS = [("A", "B", 2.0), ("a", "b", 2.0), ("a", "c", 3.0), ("b", "c", 2.0), ("d", "e", 1.0)]
TREE = bdx.Framework.from_records(NODES, PAIRS)
CHOICES: dict[str, tuple[Any, ...]] = {
    "weighting": tuple(Weighting),
    "normalisation": tuple(Normalisation),
    "aggregation": tuple(Aggregation),
    "imputation": tuple(Imputation),
    "treatment": tuple(Treatment),
    "mixing": tuple(Mixing),
    "scope": ("year", "panel"),
    "weights_scope": ("year", "panel"),
    "given_share": (0.0, 0.5),
    "min_available": (0.0, 1.0),
    "exponent": (-100.0, 0.0, 100.0),
    "upward_penalty": (False, True),
    "least_share": (0.0, 0.3, 0.9),
    "greatest_share": (1.0, 0.5, 0.1),
    "decimals": (None, 0, 10),
    "round_levels": (False, True),
    "missing_weights": tuple(MissingWeights),
    "rank_constant": (23.0, 10.0, 1000.0),
    "first_place": (1, 0),
}


def odd() -> dict[str, np.ndarray]:
    """Values of two years, a few units and five indicators; most with gaps."""
    rng = np.random.default_rng(0)
    some = rng.lognormal(size=(2, 8, 5))
    some[rng.random(some.shape) < 0.12] = np.nan
    one = np.arange(8)[None, :, None] == 3
    far = np.where(np.arange(40)[None, :, None] == 7, -1e3, rng.random((2, 40, 5)).round(3))
    return {
        "ordinary": some,
        "below 0": some - 1.5,
        "one far below all": far,
        "huge": some * 1e307,
        "beyond any range": np.where(some > 1, 1.7e308, -1.7e308),
        "tiny": some * 1e-307,
        "denormal": np.round(some * 3) * 5e-324,
        "with an offset": 1e16 + np.round(some * 8) * 2,
        "squares overflow": some * 1e155,
        "squares vanish": some * 1e-160,
        "of all sizes": some * 10.0 ** np.array([300, -300, 0, 155, -155]),
        "one huge": np.where(one, 1e300, some),
        "equal": np.where(np.isnan(some), np.nan, 3.0),
        "zeros": np.zeros_like(some),
        "two units": some[:, :2],
        "one unit": some[:, :1],
        "all missing": np.full_like(some, np.nan),
        "an indicator missing": np.where(np.arange(5) == 0, np.nan, some),
    }


VALUES = odd()


def panel(values: np.ndarray) -> bdx.Panel:
    units = tuple(f"u{k}" for k in range(values.shape[1]))
    return bdx.Panel((2023, 2024), units, tuple("abcde"), values, tuple("xy"[k % 2] for k in range(len(units))))


PANELS = {name: panel(values) for name, values in VALUES.items()}


def look_at(name: str, method: bdx.Method) -> str:
    """What is wrong with a computation; nothing where it gives a result, or a sentence that names what is at fault."""
    try:
        result = bdx.compute(TREE, PANELS[name], method)
    except bdx.FrameworkError as error:
        codes_named = any(f"{code}" in str(error).replace(":", " ").replace(",", " ").split() for code in TREE.codes)
        wordy = error.text("zh") and "；" not in str(error) and "raw:" not in str(error)
        return "" if codes_named and wordy else f"says {error}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    arrays = result.normalised_array, result.node_array, result.weight_array
    if any(np.isinf(array).any() for array in arrays) or np.isnan(result.weight_array).any():
        return "is not finite"
    totals = result.weight_array[:, 1:3].sum(axis=1)
    return "" if (np.isclose(totals, 1) | (totals == 0)).all() else f"weights add up to {totals}"


def swept(cases: Iterator[tuple[str, dict[str, Any]]]) -> list[str]:
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, chosen in cases:
            wrong = look_at(name, bdx.Method(**chosen))
            if wrong:
                found.append(f"{name}, {', '.join(f'{k}={v}' for k, v in chosen.items())}: {wrong}")
    return found


def pairs() -> Iterator[dict[str, Any]]:
    for one, other in itertools.combinations(CHOICES, 2):
        for chosen in itertools.product(CHOICES[one], CHOICES[other]):
            yield dict(zip((one, other), chosen, strict=True))


def drawn(n: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    rng = np.random.default_rng(seed)
    for _ in range(n):
        name = list(VALUES)[rng.integers(len(VALUES))]
        yield name, {key: of[rng.integers(len(of))] for key, of in CHOICES.items()}


def test_every_pair_of_settings_works_or_is_refused_in_a_sentence(pytestconfig: pytest.Config) -> None:
    """Every third pair, and all in the long run; each choice of each setting is in some."""
    tried = list(pairs())[:: 1 if pytestconfig.getoption("--long") else 3]
    every = {(key, value) for key, of in CHOICES.items() for value in of}
    assert {one for chosen in tried for one in chosen.items()} >= every
    assert swept((name, chosen) for chosen in tried for name in ("one far below all",)) == []


def test_every_choice_takes_odd_data_or_names_the_indicator() -> None:
    singles = [{key: value} for key, of in CHOICES.items() for value in of]
    assert swept((name, chosen) for chosen in singles for name in VALUES) == []


def test_any_settings_together_work_on_any_data(request: pytest.FixtureRequest) -> None:
    seed = int(np.random.SeedSequence().generate_state(1)[0]) if request.config.getoption("--long") else 1
    assert swept(drawn(size_of(request.config, "settings"), seed)) == [], f"seed {seed}"


def look_into(method: bdx.Method) -> str:
    """What is wrong with an explanation; nothing where it adds up to the score, or a sentence says why there is none."""
    try:
        found = bdx.explain(TREE, PANELS["ordinary"], method, unit="u1")
    except bdx.FrameworkError as error:
        return "" if error.text("zh") != error.text("en") else f"says {error}"
    total = float(found.contribution_array.sum())
    return "" if total == pytest.approx(found.score) else f"adds up to {total}, not to {found.score}"


@pytest.mark.parametrize("kind", list(Aggregation))
def test_a_score_by_any_settings_of_its_aggregation_is_explained_or_refused_in_a_sentence(kind: Aggregation) -> None:
    own: list[dict[str, Any]] = [
        {},
        {"upward_penalty": True},
        {"least_share": 0.2, "greatest_share": 0.8},
        {"least_share": 0.9},
    ]
    sets: list[dict[str, Any]] = [
        {"aggregation": kind, "missing_weights": one, **more} for more in own for one in MissingWeights
    ]
    assert [(chosen, wrong) for chosen in sets if (wrong := look_into(bdx.Method(**chosen)))] == []


@pytest.mark.parametrize("kind", list(Imputation))
@pytest.mark.parametrize("power", [-1000, 990])
def test_imputation_does_not_depend_on_the_measure(kind: StrEnum, power: int) -> None:
    values = VALUES["ordinary"]
    method = bdx.Method(imputation=kind)
    plain = bdx.compute(TREE, PANELS["ordinary"], method).scores
    other = bdx.compute(TREE, panel(np.ldexp(values, power)), method).scores
    np.testing.assert_allclose(other, plain, rtol=1e-12)


@pytest.mark.parametrize("kind", [kind for kind in Treatment if "gii" not in kind])
@pytest.mark.parametrize("power", [-1000, 990])
def test_treatment_does_not_depend_on_the_measure(kind: StrEnum, power: int) -> None:
    values = np.where(np.arange(8)[None, :, None] == 3, 500.0, VALUES["ordinary"])
    method = bdx.Method(treatment=kind)
    plain = bdx.compute(TREE, panel(values), method).scores
    other = bdx.compute(TREE, panel(np.ldexp(values, power)), method).scores
    np.testing.assert_allclose(other, plain, rtol=1e-9)


@pytest.mark.parametrize(
    ("method", "words", "settings"),
    [
        (
            {"weighting": "entropy", "normalisation": "z-score"},
            "A, B: the weighting entropy expects scores of at least 0, and the normalisation z-score gives -0.1166; "
            "choose another weighting or another normalisation",
            ("weighting", "normalisation"),
        ),
        (
            {"aggregation": "geometric", "normalisation": "z-score"},
            "A, B: the aggregation geometric expects scores of at least 0, and the normalisation z-score gives "
            "-0.1166; choose another aggregation or another normalisation",
            ("aggregation", "normalisation"),
        ),
    ],
)
def test_settings_that_do_not_go_together_are_named(
    method: dict[str, Any], words: str, settings: tuple[str, ...]
) -> None:
    with pytest.raises(bdx.FrameworkError) as refused:
        bdx.compute(TREE, PANELS["one far below all"], bdx.Method(**method))
    assert (str(refused.value), refused.value.settings) == (words, settings)


@pytest.mark.parametrize(
    ("weights", "shares"), [((1e308, 1e308), [0.5, 0.5]), ((5e-324, 5e-324), [0.5, 0.5]), ((1e308, 0.0), [1.0, 0.0])]
)
def test_given_weights_of_any_size_add_up(weights: tuple[float, float], shares: list[float]) -> None:
    nodes: list[dict[str, Any]] = [
        {"code": "I"},
        *({"code": c, "parent": "I", "weight": w} for c, w in zip("ab", weights, strict=True)),
    ]
    data = bdx.Panel((2024,), ("x", "y"), ("a", "b"), np.array([[[1.0, 5.0], [2.0, 1.0]]]))
    result = bdx.compute(bdx.Framework.from_records(nodes), data, bdx.Method(weighting="given"))
    assert result.weights["weight"].tolist() == shares


def test_a_workbook_is_told_the_setting_and_its_cell(tmp_path: Path) -> None:
    codes = [f"u{k:02d}" for k in range(40)]
    rows = (f"2024,{code},{k},{k % 7},{-900 if k == 7 else k % 3},{k % 5}" for k, code in enumerate(codes))
    settings = {"weighting": "entropy", "normalisation": "z-score"}
    units = "code,name,ranking\n" + "\n".join(f"{code},{code},province" for code in codes)
    data = small_book(tmp_path, "en", settings, units=units, data="year,unit,a1,a2,b1,b2\n" + "\n".join(rows))
    with pytest.raises(SheetErrors) as refused:
        recalculate(FileBook.from_bytes(data), now=None)
    (fault,) = refused.value.faults
    assert fault.text("en") == (
        "Settings!B12: expected settings that go together, found B: the weighting entropy expects scores of at least 0, "
        "and the normalisation z-score gives -0.1166; choose another weighting or another normalisation"
    )


def test_equal_importance_weighs_as_many_as_it_can_in_time() -> None:
    n = 1001
    codes = [f"c{k}" for k in range(n)]
    nodes: list[dict[str, Any]] = [{"code": "I"}, *({"code": code, "parent": "I"} for code in codes)]
    tree = bdx.Framework.from_records(nodes)
    data = bdx.Panel((2024,), ("x", "y"), tuple(codes), np.random.default_rng(1).random((1, 2, n)))
    with pytest.raises(bdx.FrameworkError) as refused:
        bdx.compute(tree, data, bdx.Method(weighting="equal importance"))
    assert str(refused.value) == "I: the weighting equal importance expects 1000 children at most, found 1001"
