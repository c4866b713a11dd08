"""Every named choice of method, through `compute` and through a workbook: what it changes, what it refuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, assert_type

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import bdindex_xl as bdx
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.model.method import Aggregation, Imputation, Normalisation, Scope, Treatment, Weighting
from bdindex_xl.sheets import options
from bdindex_xl.sheets.read import read_inputs
from bdindex_xl.tasks import recalculate
from tests.support import edit
from tests.support.books import small_book
from tests.support.examples import examples

NAN = float("nan")


def index(records: list[dict[str, Any]], comparisons: Any = ()) -> bdx.Framework:
    return bdx.Framework.from_records([{"code": "I"}, *({"parent": "I"} | record for record in records)], comparisons)


def panel(values: Any, *, indicators: str = "abcdef", years: tuple[int, ...] = (2024,), groups: Any = ()) -> bdx.Panel:
    array = np.array(values, dtype=np.float64)
    array = array[None] if array.ndim == 2 else array
    units = tuple(f"u{k}" for k in range(array.shape[1]))
    return bdx.Panel(years, units, tuple(indicators[: array.shape[2]]), array, tuple(groups))


def scores(framework: bdx.Framework, data: bdx.Panel, **method: Any) -> list[float]:
    found: list[float] = bdx.compute(framework, data, bdx.Method(**method)).node_array[-1, 0].tolist()
    return found


TWO = index([{"code": "a"}, {"code": "b"}])
DATA = panel([[0, 0], [1, 4], [3, 8], [4, 10]])  # scores 0, .25, .75, 1 and 0, .4, .8, 1


# --- one at a time, by hand -------------------------------------------------------------------------------------------


def test_normalisations_by_hand() -> None:
    """Equal weights; ranks 1-4, both alike."""
    equal = {"weighting": "equal"}
    assert scores(TWO, DATA, **equal) == pytest.approx([0, 0.325, 0.775, 1])
    assert scores(TWO, DATA, normalisation="rank", **equal) == pytest.approx([0.25, 0.5, 0.75, 1])
    assert scores(TWO, DATA, normalisation="borda", **equal) == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert scores(TWO, DATA, normalisation="fraction of maximum", **equal) == pytest.approx([0, 0.325, 0.775, 1])
    z = 0.5 + 0.1 * stats.zscore(DATA.values[0], ddof=1).mean(axis=1)
    assert scores(TWO, DATA, normalisation="z-score", **equal) == pytest.approx(z.tolist())


def test_a_target_that_is_reached_gives_full_marks() -> None:
    framework = index([{"code": "a", "target": 2}, {"code": "b", "target": 20}])
    # a: (x − 0)/(2 − 0), at most 1; b: (x − 0)/(20 − 0)
    expected = [0, (0.5 + 0.2) / 2, (1 + 0.4) / 2, (1 + 0.5) / 2]
    assert scores(framework, DATA, normalisation="distance to target", weighting="equal") == pytest.approx(expected)


def test_an_indicator_may_have_a_normalisation_of_its_own() -> None:
    framework = index([{"code": "a", "normalisation": "rank"}, {"code": "b"}])
    expected = [0.25 / 2, (0.5 + 0.4) / 2, (0.75 + 0.8) / 2, 1]
    assert scores(framework, DATA, weighting="equal") == pytest.approx(expected)
    mixed = index([{"code": "a", "normalisation": "goalposts", "lower": 0, "upper": 8}, {"code": "b"}])
    assert scores(mixed, DATA, weighting="equal") == pytest.approx([0, (1 / 8 + 0.4) / 2, (3 / 8 + 0.8) / 2, 0.75])


def test_aggregations_by_hand() -> None:
    equal = {"weighting": "equal"}
    z = np.array([[0, 0], [0.25, 0.4], [0.75, 0.8], [1, 1]])
    assert scores(TWO, DATA, aggregation="geometric", **equal) == pytest.approx(np.sqrt(z.prod(axis=1)).tolist())
    assert scores(TWO, DATA, aggregation="minimum", **equal) == pytest.approx(z.min(axis=1).tolist())
    assert scores(TWO, DATA, aggregation="harmonic", **equal)[1:] == pytest.approx(stats.hmean(z[1:], axis=1).tolist())
    powers = stats.pmean(z[1:], -2, axis=1).tolist()
    assert scores(TWO, DATA, aggregation="power mean", exponent=-2, **equal)[1:] == pytest.approx(powers)
    assert scores(TWO, DATA, aggregation="copeland", **equal) == pytest.approx([0, 1 / 3, 2 / 3, 1])


def test_each_parent_may_have_methods_of_its_own() -> None:
    records = [
        {"code": "I", "weighting": "equal", "aggregation": "minimum"},
        {"code": "P", "parent": "I", "weighting": "given", "aggregation": "geometric"},
        {"code": "Q", "parent": "I", "weighting": "entropy"},
        *({"code": code, "parent": parent, "weight": weight} for code, parent, weight in
          (("a", "P", 1), ("b", "P", 3), ("c", "Q", None), ("d", "Q", None))),
    ]  # fmt: skip
    framework = bdx.Framework.from_records(records)  # type: ignore[arg-type]
    data = panel([[1, 2, 3, 9], [2, 5, 1, 1], [4, 3, 5, 2], [9, 9, 9, 1.5]])
    result = bdx.compute(framework, data)
    z = result.normalised_array[0]
    assert result.node_array[0, 1] == pytest.approx(z[:, 0] ** 0.25 * z[:, 1] ** 0.75)
    alone = bdx.compute(index([{"code": "c"}, {"code": "d"}]), data, bdx.Method(weighting="entropy"))
    assert result.node_array[0, 2] == pytest.approx(alone.node_array[0, 0])
    assert result.node_array[0, 0] == pytest.approx(result.node_array[0, 1:].min(axis=0))


def test_judgements_by_ahp() -> None:
    """Consistent judgements 1 : 2 : 4 give weights 4/7, 2/7, 1/7."""
    framework = index([{"code": c} for c in "abc"], [("a", "b", 2), ("b", "c", 2), ("a", "c", 4)])
    data = panel([[0, 0, 1], [1, 5, 2], [2, 3, 0]])
    result = bdx.compute(framework, data, bdx.Method(weighting="ahp"))
    assert result.weight_array[0, 1:] == pytest.approx([4 / 7, 2 / 7, 1 / 7])


def test_given_and_found_weights_mixed() -> None:
    framework = index([{"code": "a", "weight": 1}, {"code": "b", "weight": 3}])
    added = bdx.compute(framework, DATA, bdx.Method(weighting="equal", given_share=0.4)).weight_array[0, 1:]
    assert added == pytest.approx([0.4 * 0.25 + 0.6 * 0.5, 0.4 * 0.75 + 0.6 * 0.5])
    method = bdx.Method(weighting="equal", given_share=0.5, mixing="multiplicative")
    roots = np.sqrt([0.25 * 0.5, 0.75 * 0.5])
    assert bdx.compute(framework, DATA, method).weight_array[0, 1:] == pytest.approx(roots / roots.sum())


def test_a_denominator_divides_first_and_one_that_is_not_above_0_leaves_nothing() -> None:
    framework = index([{"code": "a", "denominator": "n"}, {"code": "b"}])
    data = bdx.Panel((2024,), ("x", "y", "z"), ("a", "b", "n"), np.array([[[10, 1, 2], [30, 2, 3], [8, 3, 0.0]]]))
    result = bdx.compute(framework, data, bdx.Method(min_available=0.5))
    np.testing.assert_allclose(result.normalised_array[0, :, 0], [0, 1, NAN])


def test_imputation_fills_gaps_and_leaves_out_units_that_are_not_there() -> None:
    gap = [[[1, 4], [2, NAN], [3, 8], [NAN, NAN]], [[1, 4], [2, 5], [3, 9], [4, NAN]]]
    data = panel(gap, years=(2022, 2024), groups=("e", "e", "w", ""))
    for kind, filled in {"mean": 6, "median": 6, "group mean": 4}.items():
        result = bdx.compute(TWO, data, bdx.Method(imputation=kind, min_available=1, weighting="equal"))
        assert result.normalised_array[0, 1, 1] == pytest.approx((filled - 4) / 4), kind
        assert np.isnan(result.node_array[0, 0, 3])
    late = bdx.compute(TWO, data, bdx.Method(imputation="previous year", min_available=1))
    assert np.isnan(late.node_array[1, 0, 3])  # there was nothing before


def test_outliers_are_treated_where_they_fail_the_test() -> None:
    calm = np.linspace(1, 2, 12)
    wild = np.append(np.linspace(1, 2, 11), 100.0)
    data = panel(np.column_stack([calm, wild]))
    plain, treated = (bdx.compute(TWO, data, bdx.Method(treatment=kind)) for kind in ("none", "winsorise"))
    np.testing.assert_array_equal(plain.normalised_array[0, :, 0], treated.normalised_array[0, :, 0])
    assert plain.normalised_array[0, 10, 1] < 0.02
    assert treated.normalised_array[0, 10:, 1] == pytest.approx([1, 1])
    one = index([{"code": "a"}, {"code": "b", "treatment": "log"}])
    logged = bdx.compute(one, data).normalised_array[0, :, 1]
    assert (np.diff(logged) > 0).all() and logged[10] > 0.05


# --- laws -------------------------------------------------------------------------------------------------------------

_VALUES = st.lists(
    st.lists(st.one_of(st.none(), st.integers(1, 9).map(float)), min_size=3, max_size=3), min_size=4, max_size=8
)


@examples(25)
@given(_VALUES, st.sampled_from(list(Weighting)), st.sampled_from(list(Normalisation)))
def test_weights_add_up_whatever_the_choice(
    values: list[list[float | None]], weighting: Weighting, normalisation: Normalisation
) -> None:
    pairs = [("a", "b", 2.0), ("a", "c", 3.0), ("b", "c", 1.0)]
    own = {"weight": 1, "lower": 0, "upper": 10, "target": 10}
    framework = index([{"code": c} | own for c in "abc"], pairs)
    data = panel([[NAN if x is None else x for x in row] for row in values])
    result = bdx.compute(framework, data, bdx.Method(weighting=weighting, normalisation=normalisation))
    total = result.weight_array[0, 1:].sum()
    some = (~np.isnan(result.normalised_array[0])).any()
    assert total == pytest.approx(1.0 if some else 0.0)
    assert (result.weight_array >= 0).all()


# Not of goalposts, which would have to turn too, nor of a ratio to zero, which is not one to its mirror image.
_MIRRORED = {kind for kind in Normalisation if kind.record.mirrored}


@pytest.mark.parametrize("normalisation", sorted(_MIRRORED))
def test_reversing_direction_and_data_changes_nothing(normalisation: Normalisation) -> None:
    up = index([{"code": "a", "target": 3}, {"code": "b", "target": 6}])
    down = index([{"code": c, "target": -t, "direction": -1} for c, t in (("a", 3), ("b", 6))])
    mirrored = bdx.Panel(DATA.years, DATA.units, DATA.indicators, -DATA.values)
    how = {"normalisation": normalisation, "weighting": "equal"}
    assert scores(up, DATA, **how) == pytest.approx(scores(down, mirrored, **how))


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("framework", "method", "words"),
    [
        (TWO, {"normalisation": "distance to target"}, "expected a target for a, b, found none"),
        (TWO, {"normalisation": "goalposts"}, "expected lower and upper for a, b, found none"),
        (TWO, {"weighting": "ahp"}, "AHP: expected a comparison of every pair, found none of a–b"),
        (TWO, {"given_share": 0.5}, "expected a weight for a, b, found none"),
        (TWO, {"imputation": "group mean"}, "imputation by group needs groups, and the panel has none"),
        (
            index([{"code": "a", "lower": 0, "upper": 9, "normalisation": "goalposts"}, {"code": "b"}]),
            {"treatment": "log"},
            "a: expected no treatment log together with goalposts or a target, which are of the measure before it",
        ),
        (index([{"code": "a", "denominator": "n"}, {"code": "b"}]), {}, "expected data for n, found none"),
    ],
)  # fmt: skip
def test_what_a_choice_needs_and_does_not_find(framework: bdx.Framework, method: dict[str, Any], words: str) -> None:
    with pytest.raises(bdx.FrameworkError) as refused:
        bdx.compute(framework, DATA, bdx.Method(**method))
    assert str(refused.value) == words


def test_no_ratio_to_the_maximum_below_zero() -> None:
    below = panel([[-1, 2], [3, 4], [2, 1]])
    with pytest.raises(
        bdx.FrameworkError,
        match=r"^a cannot be normalised by fraction of maximum: expected values of at least 0, found -1$",
    ):
        bdx.compute(TWO, below, bdx.Method(normalisation="fraction of maximum"))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"weighting": "given", "code": "a"}, "a, weighting: expected a blank, since only nodes with children have one, "
         "found “given”"),
        ({"treatment": "magic", "code": "a"}, "a, treatment: expected one of none, winsorise, log, log always, gii log, "
         "box-cox, winsorise or log, winsorise or gii log, winsorise or box-cox, or a blank, found “magic”"),
        ({"target": "much", "code": "a"}, "a, target: expected a number or a blank, found “much”"),
    ],
)  # fmt: skip
def test_choices_in_a_framework_that_are_none(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(bdx.FrameworkError) as refused:
        index([wrong])
    assert str(refused.value) == words


def test_comparisons_are_between_siblings() -> None:
    with pytest.raises(bdx.FrameworkError, match="expected two children of one parent, found a, I"):
        index([{"code": "a"}, {"code": "b"}], [("a", "I", 2)])
    with pytest.raises(bdx.FrameworkError, match="expected a ratio above 0, found -1"):
        index([{"code": "a"}, {"code": "b"}], [("a", "b", -1)])


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ({"given_share": 1.5}, "given_share: expected a number from 0 to 1, found 1.5"),
        ({"exponent": 1e9}, "exponent: expected a number from -100 to 100, found 1000000000.0"),
        (
            {"scope": "goalposts", "normalisation": "rank"},
            "normalisation: with the scope goalposts expected min-max or goalposts, found rank",
        ),
    ],
)
def test_methods_that_are_none(method: dict[str, Any], words: str) -> None:
    with pytest.raises(bdx.FrameworkError) as refused:
        bdx.Method(**method)
    assert str(refused.value) == words


# --- in the workbook --------------------------------------------------------------------------------------------------

_SETTINGS: list[dict[str, str | float]] = [
    *({"weighting": kind} for kind in Weighting),  # type: ignore[list-item]
    *({"normalisation": kind} for kind in Normalisation if kind is not Normalisation.DISTANCE_TO_TARGET),  # type: ignore[list-item]
    *({"aggregation": kind} for kind in Aggregation),  # type: ignore[list-item]
    *({"treatment": kind} for kind in Treatment),  # type: ignore[list-item]
    *({"imputation": kind} for kind in Imputation),  # type: ignore[list-item]
    {"given_share": 0.3, "mixing": "multiplicative", "weighting": "critic"},
]
_MADE = {next(iter(one)): one for one in _SETTINGS}  # one of each kind
_PAIRS = "first,second,ratio\na1,a2,3\nb1,b2,0.5\nA,B,2\n"


def _chosen(folder: Path, settings_: dict[str, str | float], whole: bool) -> FileBook:
    """A workbook with these settings: made with them, or typed into its sheet."""
    if whole or settings_ in _MADE.values():
        return FileBook.from_bytes(small_book(folder, "zh", settings_, comparisons=_PAIRS))
    book = FileBook.from_bytes(small_book(folder, "zh", {}, comparisons=_PAIRS))
    settings = [options.SETTING[key] for key in settings_]
    rows = [book.read("bdx_settings").columns[0].index(setting.label["zh"]) for setting in settings]
    named = [setting.readable[str(settings_[setting.key])]["zh"] for setting in settings]
    assert book.set_cells("bdx_settings", {(row, 1): name for row, name in zip(rows, named, strict=True)}) == []
    return book


@pytest.mark.slow
@pytest.mark.parametrize("settings_", _SETTINGS, ids=lambda one: " ".join(map(str, one.values())))
def test_a_workbook_gives_what_compute_gives(
    tmp_path: Path, settings_: dict[str, str | float], pytestconfig: pytest.Config
) -> None:
    """What is chosen is what is computed with; of one choice of each kind, and of all in the long run, to the sheet."""
    book = _chosen(tmp_path, settings_, whole=pytestconfig.getoption("--long"))
    inputs = read_inputs(book)
    assert settings_.items() <= inputs.settings.by_key().items()
    for key, value in settings_.items():
        assert getattr(inputs.method, key) == value
    if not (pytestconfig.getoption("--long") or settings_ in _MADE.values()):
        return
    outcome = recalculate.recalculate(book, now=None)
    shown = book.read("bdx_ranking_province")
    result = outcome.results["province"]
    assert [x for x in shown.columns[2] if x is not None] == pytest.approx(
        sorted((100 * result.node_array[-1, 0]).tolist(), reverse=True)
    )


def test_a_denominator_may_be_a_column_of_its_own(tmp_path: Path) -> None:
    framework = "code,name,parent,denominator\nI,总指数,,\na1,企业,I,常住人口\na2,专利,I,a1\n"
    units = "code,name,ranking\n1,甲,province\n2,乙,province\n3,丙,province\n"
    data = "year,unit,a1,a2,常住人口\n2024,1,10,5,2\n2024,2,30,6,3\n2024,3,8,4,4\n"
    book = FileBook.from_bytes(small_book(tmp_path, framework=framework, units=units, data=data))
    outcome = recalculate.recalculate(book, now=None)
    normalised = outcome.results["province"].normalised_array[0]
    np.testing.assert_allclose(normalised[:, 0], [(5 - 2) / 8, 1, 0])  # 5, 10 and 2 a head
    np.testing.assert_allclose(normalised[:, 1], [(0.5 - 0.2) / 0.3, 0, 1])  # a share of the enterprises
    assert book.read("bdx_data_province").header[-1] == "常住人口"
    assert [f.kind for f in outcome.findings] == ["no previous year"]


def test_goalposts_that_were_a_scope_once_are_the_normalisation() -> None:
    """Older programs and workbooks named them so; with any other normalisation they are refused (above)."""
    former = bdx.Method(scope="goalposts")
    assert former == bdx.Method(normalisation="goalposts") == bdx.Method(scope="goalposts", normalisation="goalposts")
    assert former.scope == "year"
    assert "goalposts" not in list(Scope)


def test_choices_are_enums_whatever_they_are_made_of() -> None:
    method = bdx.Method("equal", imputation="mean", given_share=1)
    assert_type(method.weighting, Weighting)
    assert method.weighting is Weighting.EQUAL
    assert replace(method, aggregation=Aggregation.MEDIAN).imputation is Imputation.MEAN
    assert (method.given_share, type(method.given_share)) == (1.0, float)
    node = bdx.Aggregate("I", "I", weighting="equal")  # type: ignore[arg-type]
    assert node.weighting is Weighting.EQUAL
    leaf = bdx.Indicator("a", "a", "I", normalisation="z-score", treatment="log")  # type: ignore[arg-type]
    assert (leaf.normalisation, leaf.treatment) == (Normalisation.Z_SCORE, Treatment.LOG)


@pytest.mark.parametrize(("lang", "cell"), [("zh", ("设置", "固定上下限")), ("en", ("Settings", "goalposts"))])
def test_a_workbook_of_an_older_version_is_read(tmp_path: Path, lang: Lang, cell: tuple[str, str]) -> None:
    former = edit.edited(small_book(tmp_path, lang), {(cell[0], "B11"): cell[1]})
    today = small_book(tmp_path, lang, {"scope": "goalposts"})  # as --set has it
    for book in (former, today):
        inputs = read_inputs(FileBook.from_bytes(book))
        assert inputs.method == bdx.Method(normalisation="goalposts")
        assert (inputs.settings.method["normalisation"], inputs.settings.method["scope"]) == ("goalposts", "year")
    assert read_inputs(FileBook.from_bytes(today)).findings == ()
