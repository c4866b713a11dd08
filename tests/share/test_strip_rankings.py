"""Nothing remains of another ranking, nor of the raw data, where they are not to travel."""

from __future__ import annotations

import io

import openpyxl
import pytest

from bdindex_xl.errors import FileRefused
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.share.strip.residue import residue
from bdindex_xl.share.strip.strip import StripChoices, strip
from bdindex_xl.sheets.book import ResultColumn, Results, ResultTable
from tests.share.opened import formulas, values
from tests.support.pocket import N_CITIES, pocket_book
from tests.support.rich import Zip

from ..hosts.files.two_rankings import CITY_TEXTS, FORMULAS, RAW_TEXTS, two_rankings

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::UserWarning"),
]  # XlsxWriter and openpyxl, of what they will lose


def test_nothing_of_another_ranking_remains() -> None:
    stripped = strip(two_rankings(), StripChoices(only="province", keep_hidden_sheets=True))
    gone = [*CITY_TEXTS, "寅城", "bdx_data_city", "bdx_ranking_city", "城市企业", "城市数据!", "城市图", "#REF!"]
    assert len(residue(two_rankings(), gone)) > len(CITY_TEXTS)
    assert residue(stripped.data, gone) == []
    assert formulas(stripped.data, "我的") == [*[None] * 7, *[text for text, _ in FORMULAS[7:]]]
    assert formulas(stripped.data, "我的", column=3)[:3] == [None] * 3
    assert openpyxl.load_workbook(io.BytesIO(stripped.data)).sheetnames == [
        "我的",
        "省份数据",
        "省份排名",
        "地区",
        "底稿",
    ]


def test_charts_of_both_rankings_keep_the_series_of_the_one() -> None:
    package = Zip(strip(two_rankings(), StripChoices(only="省份", keep_hidden_sheets=True)).data)
    charts = [data.decode() for name, data in package.parts.items() if name.startswith("xl/charts/chart")]
    assert sorted(chart.count("<c:ser>") for chart in charts) == [1, 1, 1, 1]
    assert b"<c:f>" in package["xl/charts/chart5.xml"]


def test_a_ranking_that_is_not_there_is_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        strip(two_rankings(), StripChoices(only="county"))
    assert refused.value.text("zh") == "工作簿中没有榜单“county”，现有：省份、城市。"
    assert refused.value.text("en") == "the workbook has no ranking “county”; it has: Province, City."


def test_shared_tables_are_the_callers_to_reduce() -> None:
    choices = StripChoices(only="province", keep_hidden_sheets=True)
    book = FileBook.from_bytes(pocket_book())
    cities = [str(name) for name in book.read("bdx_ranking_city").columns[1]]
    assert len(cities) == N_CITIES
    stripped = strip(pocket_book(), choices).data
    analyses = ("bdx_robustness", "bdx_sensitivity", "bdx_audit", "bdx_statistics", "bdx_explanation")
    results = (
        "bdx_groups",
        "bdx_history",
        "bdx_growth",
        "bdx_weights",
        "bdx_weights_by_year",
        "bdx_normalised",
        "bdx_treated",
    )
    shared = ("bdx_units", *results, *analyses, "bdx_check", "bdx_log")
    reduced = FileBook.from_bytes(stripped)
    reduced.write(Results(tuple(provinces_alone(reduced, name) for name in shared)))
    done = strip(reduced.to_bytes(), choices).data
    found = {text for part, text in residue(done, cities)}
    # A city may be named in a province's group or an indicator's description; none of their rows is left.
    assert not {name for name in found if len(name) > 3}


def provinces_alone(book: FileBook, name: str) -> ResultTable:
    block = book.read(name)
    place = block.header.index("榜单") if "榜单" in block.header else None
    keep = [i for i in range(block.n_rows) if place is not None and block.columns[place][i] == "省份"]
    columns = [
        ResultColumn(header, "text", [values[i] for i in keep])
        for header, values in zip(block.header, block.columns, strict=True)
    ]
    return ResultTable(name, tuple(columns))


def test_raw_numbers_remain_nowhere() -> None:
    stripped = strip(two_rankings(), StripChoices(no_raw=True, keep_hidden_sheets=True)).data
    assert residue(two_rankings(), RAW_TEXTS)
    assert residue(stripped, RAW_TEXTS) == []
    shown = dict(zip((text for text, _ in FORMULAS), formulas(stripped, "我的"), strict=True))
    assert shown["=城市数据!D2"] is None
    assert shown["=省份数据!D2"] is None
    assert shown["=CORREL(bdx_data_province[企业],bdx_data_province[年份])"] == 0.5
    assert shown["=省份排名!C2*2"] == "=省份排名!C2*2"


def test_scores_in_the_examples_stay_without_the_raw_data() -> None:
    book = pocket_book()
    before, after = values(book, "公式"), values(strip(book, StripChoices(no_raw=True)).data, "公式")
    assert before == after
