"""What a live copy makes of raw values before and while they are normalised: small cases whose ends are odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.share.live.capacity import NoFormulas
from bdindex_xl.share.live.live_copy import live
from tests.share import engines
from tests.support.books import small_book
from tests.support.slim import slim

pytestmark = pytest.mark.slow

UNITS = "code,name,ranking,区域\n1,甲省,province,东\n2,乙省,province,东\n3,丙省,province,西\n4,丁省,province,\n5,戊省,province,西\n"
FRAMEWORK = """code,name,parent,direction,lower,upper,target,normalisation,transformation,best_lower,best_upper,denominator
I,总指数,,,,,,,,,,
a,并列,I,1,,,20,,,,,
b,全部相等,I,1,,,20,,,,,
c,只有一个值,I,-1,,,0.5,,,,,
d,变换,I,负向,1,100,0.5,,自然对数,,,
e,适度,I,适度,1,20,,goalposts,reciprocal,4,10,
f,人均,I,1,,,20,,,,,人口
"""
DATA = """year,unit,a,b,c,d,e,f,人口
2023,1,3,5,2,10,2,8,2
2023,2,3,5,,20,5,,1
2023,3,9,5,,,20,6,0
2023,4,,,,,,,5
2023,5,7,5,,4,12,3,-1
2024,1,4,5,7,10,,8,2
2024,2,4,5,7,,9,9,3
2024,3,8,5,7,5,4,,4
2024,4,,,,8,,7,
2024,5,1,5,7,7,6,1,1
"""
NORMALISATIONS = [
    "rank", "percentile rank", "borda", "fraction of maximum", "distance to target", "distance to maximum",
    "z-score", "exponential rank", "distance to reference",
]  # fmt: skip
IMPUTATIONS = ["mean", "median", "group mean", "group median", "previous year", "previous year", "none", "none", "none"]


def of(folder: Path, settings: dict[str, str | float] | None = None, units: str = UNITS) -> bytes:
    return slim(small_book(folder, "en", settings, framework=FRAMEWORK, units=units, data=DATA))


@pytest.mark.parametrize(("normalisation", "imputation"), list(zip(NORMALISATIONS, IMPUTATIONS, strict=True)))
def test_formulas_compute_what_the_engine_does_of_ties_constants_gaps_and_odd_denominators(
    tmp_path: Path, normalisation: str, imputation: str
) -> None:
    pytest.importorskip("ironcalc", reason="needs ironcalc")
    settings: dict[str, str | float] = {"normalisation": normalisation, "imputation": imputation}
    book = of(tmp_path, settings)
    reference = engines.expected(book, {})
    copy = live(reference.to_bytes())
    n, bad = engines.differences(copy, engines.in_ironcalc(copy, {}, tmp_path / "a.xlsx"), reference)
    assert bad == [] and n > 100


@pytest.mark.parametrize("scope", ["year", "panel"])
def test_formulas_have_the_constant_of_exponential_ranks_and_the_place_they_are_counted_from(
    tmp_path: Path, scope: str
) -> None:
    pytest.importorskip("ironcalc", reason="needs ironcalc")
    settings: dict[str, str | float] = {
        "normalisation": "exponential rank", "rank_constant": 10.5, "first_place": 0, "scope": scope,
    }  # fmt: skip
    reference = engines.expected(of(tmp_path, settings), {})
    copy = live(reference.to_bytes())
    n, bad = engines.differences(copy, engines.in_ironcalc(copy, {}, tmp_path / "a.xlsx"), reference)
    assert bad == [] and n > 100


@pytest.mark.sampled(
    chosen=lambda scope, weights_scope, normalisation: (scope == weights_scope) is (normalisation == "z-score")
)
@pytest.mark.parametrize("normalisation", ["z-score", "distance to reference"])
@pytest.mark.parametrize("weights_scope", ["year", "panel"])
@pytest.mark.parametrize("scope", ["year", "panel"])
def test_weights_by_distances_go_by_the_best_of_scores_that_are_not_bound(
    tmp_path: Path, scope: str, weights_scope: str, normalisation: str
) -> None:
    """Half of them, in which any two of the three meet in every way; in the long run all."""
    pytest.importorskip("ironcalc", reason="needs ironcalc")
    settings: dict[str, str | float] = {
        "normalisation": normalisation, "scope": scope, "weights_scope": weights_scope, "min_available": 0.3,
        "weighting": "inverse one plus distance",
    }  # fmt: skip
    book = of(tmp_path, settings)
    reference = engines.expected(book, {})
    copy = live(reference.to_bytes())
    bad = engines.differences(copy, engines.in_ironcalc(copy, {}, tmp_path / "a.xlsx"), reference)[1]
    assert bad == [] and len({*reference.read("bdx_weights").columns[6]}) > 4


@pytest.mark.parametrize("normalisation", ["rank", "distance to target"])
def test_cells_show_in_a_copy_what_they_showed_so_that_nothing_follows_from_their_formulas(
    tmp_path: Path, normalisation: str
) -> None:
    reference = engines.expected(of(tmp_path, {"normalisation": normalisation, "imputation": "none"}), {})
    copy = FileBook.from_bytes(live(reference.to_bytes()))
    for name in reference.tables():
        there, made = reference.read(name), copy.read(name)
        assert [[value or None for value in column] for column in made.columns] == [
            [value or None for value in column] for column in there.columns
        ], name


def test_a_copy_with_units_that_are_screened_by_name_holds_values(tmp_path: Path) -> None:
    """Formulas gave units a rank that were left out."""
    screened = "".join(f"{line},{'Screening' if not i else 'out' if i == 1 else ''}\n"
                       for i, line in enumerate(UNITS.splitlines()))  # fmt: skip
    book = of(tmp_path, units=screened)
    with pytest.raises(NoFormulas) as refused:
        live(engines.expected(book, {}).to_bytes())
    assert refused.value.message["en"] == "no formulas are written for these choices of method: Screening"


def test_what_the_engine_refuses_shows_an_error_in_a_copy(tmp_path: Path) -> None:
    pytest.importorskip("ironcalc", reason="needs ironcalc")
    book = of(tmp_path)
    copy = live(engines.expected(book, {}).to_bytes())
    block = FileBook.from_bytes(copy).read("bdx_data_province")
    i = [(str(y), str(u)) for y, u in zip(*block.columns[:2], strict=True)].index(("2024.0", "3"))
    j = block.header.index(next(header for header in block.header if header.startswith("变换")))
    cell = engines.in_ironcalc(copy, {(block.sheet, block.cell(i, j)): 0.0}, tmp_path / "a.xlsx")
    scores = FileBook.from_bytes(copy).read("bdx_normalised")
    column = scores.column + scores.header.index("变换")
    rows = [k for k, year in enumerate(scores.columns[0]) if year == 2024.0]
    found = [cell(scores.sheet, scores.row + 1 + k, column) for k in rows]
    assert found == ["#NUM!", "", "#NUM!", "#NUM!", "#NUM!"]
