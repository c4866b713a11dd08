"""The sample is complete, consistent and plausible, and the script makes it again."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.sample import index

MUNICIPALITIES = {"110000": "110100", "120000": "120100", "310000": "310100", "500000": "500100"}
COUNTS = ["A11", "A12", "A13", "A14", "A15", "A24", "B11", "B12", "B21", "B22", "C11", "C12", "C21", "C22", "C23"]
COMPANIES = ["A11", "A12", "A13", "A14", "A15", "A21", "A22", "A23", "A24", "B11", "B12", "B22"]
SUMS = ["A12", "A13", "A21", "A22", "A23", "B21", "B22", "C23"]  # nothing outside the 337 cities
WITH_COUNTY_UNITS = {"410000", "420000", "460000", "650000"}  # they have units outside all cities
LASTING = ["A11", "A12", "A13", "A14", "A15", "A24", "B11", "B12", "B21", "C11", "C12", "C21", "C22", "C23"]
LARGE = "宁波市 佛山市 东莞市 大连市 沈阳市 长春市 哈尔滨市 石家庄市 昆明市 南昌市 贵阳市 太原市"


def of_cities(year: int) -> index.Frame:
    """Sums of the cities' values by province code."""
    cities = index.raw("city").loc[year]
    names = index.units().loc[cities.index, "省份"]
    return cities.groupby(names.map(lambda name: index.code_of("province", name))).sum()


def test_31_provinces_and_337_cities_in_every_year() -> None:
    rankings = index.data().index.get_level_values("unit").map(index.units()["ranking"])
    counts: index.Frame = (
        pd.Series(1, index=[index.data().index.get_level_values("year"), rankings]).groupby(level=[0, 1]).sum()
    )
    assert counts.to_dict() == {(y, r): n for y in range(2020, 2025) for r, n in (("province", 31), ("city", 337))}


def test_rows_are_sorted_and_every_value_is_there() -> None:
    units = index.units()
    order = [(y, r != "province", c) for y in range(2020, 2025) for c, r in units["ranking"].items()]
    assert order == sorted(order)
    assert [tuple(pair) for pair in index.data().index] == [(y, c) for y, _, c in order]
    assert index.data().notna().all().all()


def test_codes_are_unique_and_of_the_right_form() -> None:
    units = index.units()
    assert units.index.is_unique
    assert units.index.str.fullmatch(r"\d{4}00").all()
    assert (units.index.str.endswith("0000") == (units["ranking"] == "province")).all()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_names_are_unique_within_a_ranking(lang: str) -> None:
    assert not index.units(lang).reset_index().duplicated(["ranking", "name"]).any()


def test_both_languages_have_the_same_units_groups_and_framework() -> None:
    zh, en = index.units("zh"), index.units("en")
    assert list(zh.index) == list(en.index)
    assert list(zh["ranking"]) == list(en["ranking"])
    for left, right in zip(zh.columns[2:], en.columns[2:], strict=True):
        pairs = set(zip(zh[left], en[right], strict=True))
        assert len(pairs) == zh[left].nunique() == en[right].nunique()
    assert [(n.code, n.parent) for n in index.framework("zh").nodes] == [
        (n.code, n.parent) for n in index.framework("en").nodes
    ]


def test_groups_have_the_official_number_of_members() -> None:
    cities = index.units()[index.units()["ranking"] == "city"]
    circles = cities["经济圈"].value_counts().drop("").to_dict()
    assert circles == {"长三角经济圈": 27, "成渝经济圈": 16, "京津冀经济圈": 13, "粤港澳大湾区": 9}
    assert cities["区域"].value_counts().to_dict() == {"西部": 131, "东部": 88, "中部": 82, "东北": 36}
    assert (cities["算力集群"] != "").sum() == cities["算力集群"].nunique() - 1 == 9


def test_provinces_belong_to_a_region_only() -> None:
    provinces = index.units()[index.units()["ranking"] == "province"]
    assert (provinces[["省份", "经济圈", "算力集群"]] == "").all().all()
    assert provinces["区域"].value_counts().to_dict() == {"西部": 12, "东部": 10, "中部": 6, "东北": 3}


def test_counts_are_whole_and_nothing_is_negative() -> None:
    assert (index.data() >= 0).all().all()
    assert (index.data()[COUNTS] % 1 == 0).all().all()
    cents = index.data()[["A21", "A22", "A23"]] * 100
    assert np.allclose(cents, cents.round(), atol=1e-6)


@pytest.mark.parametrize("year", range(2020, 2025))
def test_a_municipality_has_the_same_values_as_province_and_as_city(year: int) -> None:
    for province, city in MUNICIPALITIES.items():
        assert index.data().loc[(year, province)].equals(index.data().loc[(year, city)])


@pytest.mark.parametrize("year", range(2020, 2025))
def test_a_province_has_at_least_what_its_cities_have(year: int) -> None:
    provinces = index.raw("province").loc[year]
    assert provinces.sub(of_cities(year)).ge(-0.005).all().all()


@pytest.mark.parametrize("year", range(2020, 2025))
def test_a_province_is_the_sum_of_its_cities_in_what_lies_in_cities(year: int) -> None:
    provinces = index.raw("province").loc[year]
    more = provinces.sub(of_cities(year))
    assert (more[SUMS].abs() < 0.005).all().all()
    assert (more.loc[~more.index.isin(WITH_COUNTY_UNITS), COMPANIES].abs() < 0.005).all().all()


def test_parts_of_the_companies_are_no_more_than_all() -> None:
    for code in ("A12", "A13", "A14", "A15", "A24"):
        assert (index.data()[code] <= index.data()["A11"]).all()


def test_no_value_of_what_is_not_there() -> None:
    for count, value in (("A12", "A21"), ("A12", "B22"), ("A13", "A22")):
        there = index.data()[count] > 0
        assert (index.data()[value] > 0).equals(there.rename(value))
    without = index.raw("city")[index.raw("city")["A11"] == 0]
    assert (without[COMPANIES] == 0).all().all()


def test_what_lasts_does_not_shrink_but_for_two_cities_that_the_report_says_fell() -> None:
    fallen = {index.code_of("city", "沧州市"), index.code_of("city", "张家口市"), index.code_of("province", "河北省")}
    table = index.data()[LASTING].unstack("unit")
    drops = table.diff().iloc[1:].stack("unit", future_stack=True)
    drops = drops[(drops < 0).any(axis=1)]
    assert set(drops.index.get_level_values("unit")) <= fallen
    assert set(drops.index.get_level_values("year")) <= {2023}
    assert set(drops.columns[(drops < 0).any()]) <= {"C11", "C21", "C22"}


def test_size_and_standing_go_together() -> None:
    seeds = pd.read_csv(index.ROOT / "sample" / "seeds" / "city_sizes.csv", dtype={"code": str})
    sizes = seeds.set_index("code")["size"]
    scores = index.result("city").scores["BDI"].loc[2024]
    assert sizes.corr(scores.loc[sizes.index], method="spearman") > 0.7
    assert max(index.rank(2024, "city", "BDI", city) for city in LARGE.split()) <= 60
    assert min(index.rank(2024, "city", "BDI", city) for city in ("三沙市", "果洛藏族自治州", "玉树藏族自治州")) > 315


def test_no_two_units_have_the_same_row_unless_they_have_next_to_nothing() -> None:
    cities = index.raw("city").loc[2024]
    same = cities[cities.duplicated(keep=False)]
    assert (same.drop(columns="C11").sum(axis=1) <= 4).all()


def made_from(root: Path) -> str:
    """What `sample/made_from.py` says the reconstruction in a folder follows from."""
    return str(runpy.run_path(str(index.ROOT / "sample" / "made_from.py"))["sources"](root))


@pytest.mark.slow
def test_the_script_makes_the_committed_file(pytestconfig: pytest.Config) -> None:
    """Solved again where a source changed since it was last solved, or with ``--reconstruct``: it takes minutes."""
    folder = index.ROOT / "sample"
    solved = (folder / "made_from.sha256").read_text(encoding="ascii").strip()
    if made_from(index.ROOT) == solved and not pytestconfig.getoption("--reconstruct"):
        return
    script = [sys.executable, str(folder / "reconstruct.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the folders that the reconstruction reads."""
    for name in ("sample", "bdindex_xl/sheets/sample"):
        shutil.copytree(index.ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    "file",
    ["reconstruct.py", "layout.py", "projection.py", "seeds/orders.csv", "../bdindex_xl/sheets/sample/data.csv"],
)
def test_a_changed_source_is_solved_again(sources: Path, file: str) -> None:
    before = made_from(sources)
    with (sources / "sample" / file).open("a", encoding="utf-8") as appended:
        appended.write("\n")
    assert made_from(sources) != before


def test_a_script_beside_the_sources_a_translation_and_line_ends_call_for_no_solving(sources: Path) -> None:
    before = made_from(sources)
    (sources / "sample" / "other.py").write_text("from layout import Layout\n", encoding="utf-8")
    (sources / "sample" / "published" / "other.csv").write_text("name\n", encoding="utf-8")
    (sources / "bdindex_xl" / "sheets" / "sample" / "en" / "units.csv").unlink()
    framework = sources / "bdindex_xl" / "sheets" / "sample" / "zh" / "framework.csv"
    header, *rows = framework.read_text(encoding="utf-8").splitlines()
    framework.write_text("\n".join([f"{header},source", *(f"{row},x" for row in rows)]) + "\n", encoding="utf-8")
    script = sources / "sample" / "reconstruct.py"
    script.write_bytes(script.read_bytes().replace(b"\n", b"\r\n"))
    assert made_from(sources) == before


def test_a_changed_parent_direction_or_name_is_solved_again(sources: Path) -> None:
    zh = sources / "bdindex_xl" / "sheets" / "sample" / "zh"
    for file, old, new in (("framework.csv", "A11,", "A91,"), ("units.csv", "北京市", "燕京市")):
        before = made_from(sources)
        (zh / file).write_text((zh / file).read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        assert made_from(sources) != before
