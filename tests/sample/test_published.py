"""The sample gives what the report of 2024 publishes; what that is, and where it stands, is in sample/published/."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.sample import index

Row = dict[str, str]
SCORES = ("BDI", "A", "B", "C")


def cases(name: str, sentence: str) -> list[object]:
    """A case a row, its name a sentence made of the row."""
    return [pytest.param(row, id=sentence.format(**row)) for row in index.published(name)]


@pytest.mark.parametrize("row", cases("ranks.csv", "{unit} is number {rank} of {ranking} {node} in {year} ({place})"))
def test_rank(row: Row) -> None:
    assert index.rank(int(row["year"]), row["ranking"], row["node"], row["unit"]) == int(row["rank"])


@pytest.mark.parametrize("row", cases("circles.csv", "{circle} is number {rank} of circles in {node} ({place})"))
def test_rank_of_economic_circle_by_the_mean_of_its_cities(row: Row) -> None:
    scores = index.result("city").scores[row["node"]].loc[int(row["year"])]
    means = scores.groupby(scores.index.map(index.units()["经济圈"])).mean().drop("")
    assert int(means.rank(ascending=False)[row["circle"]]) == int(row["rank"])


@pytest.mark.parametrize("row", cases("changes.csv", "{unit} {change} in {ranking} {node} {from}-{to} ({place})"))
def test_rank_change(row: Row) -> None:
    before, after = (index.rank(int(row[year]), row["ranking"], row["node"], row["unit"]) for year in ("from", "to"))
    change = before - after
    if row["change"] in ("up", "down"):
        assert (change > 0) if row["change"] == "up" else (change < 0)
    else:
        assert change == int(row["change"])


def test_the_engine_reports_the_published_rank_changes_itself() -> None:
    changes = index.result("province").rank_changes["BDI"].loc[2024]
    assert {name: int(changes[index.code_of("province", name)]) for name in ("湖北省", "湖南省", "贵州省")} == {
        "湖北省": 4,
        "湖南省": 4,
        "贵州省": 5,
    }


@pytest.mark.parametrize("row", cases("first.csv", "first {n} of {ranking} {node} in {year}: {units} ({place})"))
def test_first_units_in_any_order(row: Row) -> None:
    values = index.values(int(row["year"]), row["ranking"], row["node"])
    n = int(row["n"])
    assert set(values.index[:n]) == set(row["units"].split())
    assert values.iloc[n - 1] > values.iloc[n]


@pytest.mark.parametrize("row", cases("order.csv", "{ranking} {node} is led by {units} ({place})"))
def test_first_units_in_this_order(row: Row) -> None:
    values = index.values(int(row["year"]), row["ranking"], row["node"])
    expected = row["units"].split()
    assert list(values.index[: len(expected)]) == expected
    assert values.iloc[: len(expected) + 1].is_unique


@pytest.mark.parametrize("row", cases("regions_2024.csv", "{count} of the first {n} of {ranking} {node}: {region}"))
def test_number_of_units_of_a_region_among_the_first(row: Row) -> None:
    names = index.values(2024, row["ranking"], row["node"]).index[: int(row["n"])]
    of_ranking = index.units()[index.units()["ranking"] == row["ranking"]].set_index("name")
    assert int((of_ranking.loc[names, "区域"] == row["region"]).sum()) == int(row["count"])


def _figure(row: Row) -> float:
    """What a figure's kind asks of its indicator."""
    cities, provinces = index.values(2024, "city", row["indicator"]), index.values(2024, "province", row["indicator"])
    units = row["units"].split()
    if row["kind"] == "percent_of_region":
        regions = index.units()[index.units()["ranking"] == "province"].set_index("name")["区域"]
        return float(100 * provinces[regions[provinces.index].to_numpy() == units[0]].sum() / provinces.sum())
    kinds = {
        "total": lambda: provinces.sum(),
        "sum": lambda: cities[units].sum(),
        "percent": lambda: 100 * cities[units].sum() / provinces.sum(),
        "cities": lambda: (cities > 0).sum(),
        "percent_of_cities": lambda: 100 * (cities > 0).mean(),
    }
    return float(kinds[row["kind"]]())


@pytest.mark.parametrize("row", cases("figures_2024.csv", "{kind} of {indicator} {units} is {low} to {high} ({place})"))
def test_figure_to_the_printed_digit(row: Row) -> None:
    digits = len(row["low"].partition(".")[2])
    found = round(_figure(row), digits)
    assert found >= float(row["low"])
    assert not row["high"] or found <= float(row["high"])


def test_universities_are_35_more_than_the_year_before() -> None:
    assert index.values(2024, "province", "B21").sum() - index.values(2023, "province", "B21").sum() == 35


def test_cities_with_an_agency_are_11_58_percent_more_than_the_year_before() -> None:
    now, before = ((index.values(year, "city", "C21") > 0).sum() for year in (2024, 2023))
    assert round(100 * (now / before - 1), 2) == 11.58


def test_every_province_has_an_agency() -> None:
    assert (index.values(2024, "province", "C21") >= 1).all()


def test_cities_with_a_data_exchange_are_56_the_number_nearest_to_the_printed_share() -> None:
    # 16.7 % of 337 is 56.3: no number of cities rounds to it. 56 is 16.6 % of 337, and 16.7 % of 336.
    assert (index.values(2024, "city", "C23") > 0).sum() == 56


@pytest.mark.parametrize("indicator", ["B11", "B12"])
def test_share_of_beijing_shenzhen_shanghai_and_hangzhou_was_higher_the_year_before(indicator: str) -> None:
    def share(year: int) -> float:
        cities = index.values(year, "city", indicator)[["北京市", "深圳市", "上海市", "杭州市"]]
        return float(cities.sum() / index.values(year, "province", indicator).sum())

    assert share(2023) > share(2024)


def test_lead_of_beijing_over_the_next_city_grows_every_year() -> None:
    leads = [index.values(year, "city", "BDI").iloc[:2] for year in range(2020, 2025)]
    widths = pd.Series([lead.iloc[0] - lead.iloc[1] for lead in leads])
    assert (widths.diff().dropna() > 0.003).all()


@pytest.mark.parametrize("city", ["天津市", "青岛市"])
def test_few_listed_companies_but_a_high_market_value(city: str) -> None:
    number, value = (index.values(2024, "city", code).index.get_loc(city) for code in ("A12", "A21"))
    assert value <= number - 5


def test_provinces_that_enter_the_first_fifteen_in_2024_were_never_there_before() -> None:
    for province in ("湖南省", "陕西省", "贵州省"):
        assert min(index.rank(year, "province", "BDI", province) for year in range(2020, 2024)) > 15


def test_liaoning_is_among_the_first_fifteen_though_it_fell() -> None:
    assert index.rank(2023, "province", "BDI", "辽宁省") < index.rank(2024, "province", "BDI", "辽宁省") == 15


@pytest.mark.parametrize(("city", "node", "n"), [("长沙市", "B", 15), ("福州市", "A", 15), ("广州市", "C", 5)])
def test_city_is_among_the_first_for_the_first_time(city: str, node: str, n: int) -> None:
    ranks = [index.rank(year, "city", node, city) for year in range(2020, 2025)]
    assert ranks[-1] <= n < min(ranks[:-1])


def test_jinan_climbs_most_and_zhengzhou_falls_most_of_the_second_tier() -> None:
    changes = index.result("city").rank_changes["BDI"].loc[2024]
    first = index.values(2024, "city", "BDI").index[:20]
    by_name = pd.Series({city: changes[index.code_of("city", city)] for city in first})
    assert by_name.idxmax() == "济南市"
    assert by_name.idxmin() == "郑州市"


def test_changchun_enters_the_third_tier() -> None:
    # The report names no border; in our reading the third tier is ranks 16 to 25.
    assert index.rank(2024, "city", "BDI", "长春市") <= 25 < index.rank(2023, "city", "BDI", "长春市")


def test_nanjing_wuxi_chengdu_chongqing_and_tianjin_stay_where_they_were_within_four_places() -> None:
    for city in ("南京市", "无锡市", "成都市", "重庆市", "天津市"):
        ranks = [index.rank(year, "city", "BDI", city) for year in range(2020, 2025)]
        assert max(ranks) - min(ranks) <= 5


@pytest.mark.parametrize(
    ("city", "circle", "last"),
    [
        ("承德市", "京津冀经济圈", 3),
        ("滁州市", "长三角经济圈", 9),
        ("宣城市", "长三角经济圈", 9),
        ("眉山市", "成渝经济圈", 4),
        ("雅安市", "成渝经济圈", 4),
    ],
)
def test_city_is_among_the_last_of_its_circle(city: str, circle: str, last: int) -> None:
    values = index.values(2024, "city", "BDI")
    members = index.units()[index.units()["经济圈"] == circle]["name"]
    assert city in list(values[values.index.isin(members)].index[-last:])


def test_xinjiang_and_tibet_are_among_the_last_eight_in_policies() -> None:
    assert {"新疆维吾尔自治区", "西藏自治区"} <= set(index.values(2024, "province", "C11").index[-8:])


def test_eastern_provinces_raise_most_money_and_henan_shanxi_yunnan_guizhou_little() -> None:
    values = index.values(2024, "province", "A23")
    regions = index.units()[index.units()["ranking"] == "province"].set_index("name")["区域"]
    assert (regions[values.index[:4]] == "东部").all()
    assert max(values[["河南省", "山西省", "云南省", "贵州省"]]) < values.iloc[9]


@pytest.mark.parametrize("ranking", ["province", "city"])
@pytest.mark.parametrize("year", range(2020, 2025))
def test_neighbours_among_the_first_twenty_are_well_apart(year: int, ranking: str) -> None:
    nodes = SCORES if year == 2024 else ("BDI",)
    for node in nodes:
        gaps = index.values(year, ranking, node).iloc[:20].diff().dropna().abs()
        assert gaps.min() > 1e-5
