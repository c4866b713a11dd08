"""Workbooks of COINr and the COIN Tool: what they become, and what is told of what they do not say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bdindex_xl import cli
from bdindex_xl.errors import FileRefused, SheetErrors
from bdindex_xl.hosts.files import open_book
from bdindex_xl.language import Lang
from bdindex_xl.model.framework import Goalposts
from bdindex_xl.sheets.contents import Contents
from bdindex_xl.sheets.imported.recognised import from_workbook
from tests.sheets.imported.foreign_workbooks import (
    INDICATORS,
    META,
    SCORES,
    UNITS,
    VALUES,
    Rows,
    coin_tool,
    export,
    saved,
    scores,
    tables,
)

pytestmark = pytest.mark.slow

CASE = pytest.CaptureFixture[str]


def read(folder: Path, sheets: Mapping[str, Rows], lang: Lang = "en", **settings: str | float) -> Contents:
    file = saved(folder / "theirs.xlsx", sheets)
    return from_workbook(open_book(file, ours=False), lang, settings, year=2020)


def told(made: Contents, lang: Lang = "en") -> list[str]:
    return [finding.text(lang) for finding in made.findings]


def refused(folder: Path, sheets: Mapping[str, Rows], lang: Lang = "en") -> list[str]:
    with pytest.raises(SheetErrors) as caught:
        read(folder, sheets)
    return caught.value.text(lang).splitlines()


def meta_with(**rows: Mapping[str, Any]) -> Rows:
    """The framework with other values, by code and header."""
    header = list(META[0])
    made = [list(row) for row in META]
    for row in made[1:]:
        for key, value in rows.get(str(row[1]), {}).items():
            row[header.index(key)] = value
    return made


@pytest.mark.parametrize("sheets", [tables, export], ids=["tables", "export"])
def test_a_workbook_of_coinr_gives_the_scores_worked_by_hand(sheets: Callable[[], Any], tmp_path: Path) -> None:
    found = scores(read(tmp_path, sheets()))
    assert {unit: pytest.approx(nodes, abs=1e-12) for unit, nodes in SCORES.items()} == found


def test_a_workbook_of_the_coin_tool_gives_the_same_scores_in_chinese(tmp_path: Path) -> None:
    found = scores(read(tmp_path, coin_tool(), "zh"))
    named = {"Conn": "p.01", "Sust": "p.02", "Index": "Index"}
    assert {
        unit: pytest.approx({named[code]: score for code, score in nodes.items()}, abs=1e-12)
        for unit, nodes in SCORES.items()
    } == found


def test_everything_of_the_framework_and_the_units_is_taken_over(tmp_path: Path) -> None:
    made = read(tmp_path, tables())
    assert made.settings["title"] == "Sustainable connectivity"
    assert [node.code for node in made.framework.nodes] == [
        "Index",
        "Conn",
        "Flights",
        "Goods",
        "Sust",
        *INDICATORS[2:],
    ]
    co2 = made.framework.indicators[2]
    assert (co2.name, co2.parent, co2.direction, co2.weight, co2.measure, co2.target) == (
        "Emissions of CO2", "Sust", -1, 1, "Tonnes", 1,
    )  # fmt: skip
    assert made.units.header == ("Code", "Name", "Ranking", "Area group")
    assert made.units.rows[0] == ("AUT", "Austria", "All", "Europe")
    assert made.units.rows[-1] == ("NZL", "New Zealand", "All", "")
    assert [tuple(row[3:]) for row in made.data["All"].rows] == [tuple(row) for row in VALUES]


def test_what_the_file_does_not_say_is_told_in_both_languages(tmp_path: Path) -> None:
    further = ("Data.Treated", "Data.Normalised", "Analysis.Raw.Stats", "Log.Treat", "Meta.Weights.PCA", "Mine")
    made = read(tmp_path, export(*further))
    unread = "expected an indicator, a group or a denominator that is used, found"
    methods = (
        "expected the framework, units or raw data, found analyses, or a record of what was done; not read; what it says "
        "of methods is to be set on the settings sheet"
    )
    assert told(made) == [
        "Data.Treated: expected the framework, units or raw data, found data after a step of its own; not read; the step "
        "is not repeated, the data are those of “Data.Raw”; how outliers and missing values are treated is to be set on "
        "the settings sheet",
        "expected sheets named “Meta.Ind”, “Data.Raw”, “Meta.Unit”, found “Mine” beside them; not read",
        "Meta.Ind: expected how scores are made, found nothing of it in the file; made with Weighting = given; "
        "Normalisation = min-max; Normalisation scope = panel; Aggregation = arithmetic; Least share available = 0",
        f"Meta.Unit!D1: {unread} “Population”; left out",
        f"Meta.Unit!E1: {unread} “Note”; left out",
        "Data.Raw!A1: expected a column “Time” with years, found none; all taken for 2020; --set year=YYYY names another",
        "Data.Normalised: expected the framework, units or raw data, found results; not read; computed anew",
        f"Analysis.Raw.Stats: {methods}",
        f"Log.Treat: {methods}",
        "Meta.Weights.PCA: expected the framework, units or raw data, found another set of weights; not read; the "
        "weights are those of “Meta.Ind”",
    ]
    assert told(made, "zh")[:2] == [
        "Data.Treated：应为指标体系、地区或原始数据，实为经处理的数据；未读取；该步骤未重复，采用“Data.Raw”的数据；"
        "异常值和缺失值的处理请在设置表中设定",
        "应为名为“Meta.Ind”、“Data.Raw”、“Meta.Unit”的工作表，实为还有“Mine”；未读取",
    ]
    assert told(made, "zh")[2] == (
        "Meta.Ind：应为得分的计算方法，实为文件中没有；采用赋权方法=给定权重；标准化方法=极差正规化；标准化范围=全部年份；"
        "合成方法=加权算术平均；最低可得比例=0"
    )


def test_settings_that_are_asked_for_come_before_those_of_the_file(tmp_path: Path) -> None:
    made = read(tmp_path, tables(), weighting="equal", year=2018)
    assert (made.settings["weighting"], made.settings["min_available"], made.years) == ("equal", 0, (2018,))
    assert "Weighting" not in next(text for text in told(made) if text.startswith("iMeta: "))


def test_several_years_share_their_ends_as_in_a_purse(tmp_path: Path) -> None:
    """Each year's rows are the same but for a last one, whose values are half: so its scores are half, by hand."""
    sheets = tables(time=(2018.0, 2019.0))
    rows = [list(row) for row in sheets["iData"]]
    at = rows[0].index("Flights")
    for row in rows[7:]:
        row[at : at + 2] = [None if value is None else value / 2 for value in row[at : at + 2]]
    made = read(tmp_path, {**sheets, "iData": rows})
    assert made.years == (2019, 2018)
    found = scores(made)
    assert {unit: nodes["Conn"] for unit, nodes in found.items()} == {
        unit: pytest.approx(nodes["Conn"] / 2) for unit, nodes in SCORES.items()
    }


def test_an_export_of_a_purse_has_years_and_groups_beside_the_data(tmp_path: Path) -> None:
    data = tables(time=(2018, 2019))["iData"]
    made = read(tmp_path, {**export(), "Data.Raw": data})
    assert (made.years, len(made.units.rows), made.units.header[3:]) == ((2019, 2018), 6, ("Area group",))


def test_an_export_of_one_year_of_many_has_its_year_with_the_units(tmp_path: Path) -> None:
    made = read(tmp_path, export(units={"Time": 2019}))
    assert made.years == (2019,)
    assert refused(tmp_path, export(units={"Time": 19})) == [
        "Meta.Unit!C2:C7, 6 cells: expected a year, a whole number from 1900 to 2200, found 19"
    ]


def test_denominators_are_columns_of_the_data(tmp_path: Path) -> None:
    meta = meta_with(Goods={"Denominator": "Population"})
    for sheets in (tables(meta=meta), export("Data.Denominated", "Data.Aggregated", meta=meta), export(meta=meta)):
        made = read(tmp_path, sheets)
        assert made.framework.indicators[1].denominator == "Population"
        assert made.data["All"].header[-1] == "Population"
        assert [row[-1] for row in made.data["All"].rows] == [unit[3] for unit in UNITS]


def test_an_export_with_scores_of_undivided_data_is_not_divided(tmp_path: Path) -> None:
    made = read(tmp_path, export("Data.Aggregated", meta=meta_with(Goods={"Denominator": "Population"})))
    assert made.framework.indicators[1].denominator == ""
    assert told(made)[0] == (
        "Meta.Ind!H1: expected the sheet “Data.Denominated”, as indicators have denominators, found none; not divided "
        "here either; to divide, fill in the denominators on the framework sheet"
    )
    assert told(made, "zh")[0] == (
        "Meta.Ind!H1：应为工作表“Data.Denominated”（有指标写明了分母），实为没有；与该文件一致，未除以分母；"
        "应除时请在指标体系表中填写"
    )


def test_texts_for_nothing_are_missing_values(tmp_path: Path) -> None:
    values = [list(row) for row in VALUES]
    values[2][3], values[4][1] = "NA", "n/a"
    made = read(tmp_path, tables(values, meta_with(Index={"Parent": "NA"}, Conn={"Target": "NA"})))
    assert [tuple(row[3:]) for row in made.data["All"].rows] == [tuple(row) for row in VALUES]
    assert [text for text in told(made) if "taken as missing" in text] == [
        "iData!I4: expected a number or a blank, found “NA”; taken as missing",
        "iData!G6: expected a number or a blank, found “n/a”; taken as missing",
    ]


def test_what_coinr_does_without_is_kept_or_told(tmp_path: Path) -> None:
    meta = [[*row, *more] for row, more in zip(
        meta_with(Sust={"Direction": -1}, Poverty={"iName": "Forest cover"}),
        [("goalpost_lower", "goalpost_upper"), (0, 20), *[(None, None)] * 10], strict=True,
    )]  # fmt: skip
    made = read(tmp_path, tables(meta=meta))
    assert made.framework.indicators[0].goalposts == Goalposts(0, 20)
    assert [node.name for node in made.framework.indicators[3:]] == ["Forest cover (Forest)", "Forest cover (Poverty)"]
    assert {node.direction for node in made.framework.aggregates} == {1}
    assert [text for text in told(made) if text.startswith("iMeta!")] == [
        "iMeta!K1: expected the least and the greatest value, as the normalisation is min-max, found goalposts; kept on "
        "the framework sheet; to use them, choose the normalisation “goalposts”",
        "iMeta!C5: expected a name that stands once, found Forest cover; taken as Forest cover (Forest)",
        "iMeta!C6: expected a name that stands once, found Forest cover; taken as Forest cover (Poverty)",
        "iMeta!E8: expected 1 or a blank for a node with children, found -1; taken as 1: COINr turns indicators alone",
    ]


def test_a_unit_that_changes_its_group_is_told(tmp_path: Path) -> None:
    sheets = tables(time=(2018, 2019))
    rows = [list(row) for row in sheets["iData"]]
    rows[7][3] = "Asia"
    made = read(tmp_path, {**sheets, "iData": rows})
    assert made.units.rows[0][3] == "Europe"
    assert told(made)[0] == "iData!D8: expected “Europe”, as in D2, found “Asia”; taken as “Europe”"


def test_every_fault_of_coinr_s_tables_is_told_with_its_cell(tmp_path: Path) -> None:
    values = [list(row) for row in VALUES]
    values[0][0], values[1][1], values[5][4] = "ten", "#DIV/0!", True
    meta = meta_with(Goods={"Weight": "two"}, CO2={"Direction": 2, "Parent": "Sus"}, Note={"Type": "Remark"})
    sheets = tables(values, meta)
    assert refused(tmp_path, sheets) == [
        "iData!F2: expected a number or a blank, found the text “ten”",
        "iData!G3: expected a number or a blank, found the error #DIV/0!",
        "iData!J7: expected a number or a blank, found the truth value TRUE",
        "iMeta!F3: expected a number or a blank, found the text “two”",
        "iMeta!D4: expected a code of this table, or a blank, found Sus (did you mean “Sust”?)",
        "iMeta!E4: expected one of positive, negative, moderate, found 2",
        "iMeta!J12: expected one of Indicator, Aggregate, Group, Denominator, Other, found “Remark”",
    ]
    assert refused(tmp_path, sheets, "zh")[-1] == (
        "iMeta!J12：应为 Indicator、Aggregate、Group、Denominator、Other之一，实为“Remark”"
    )


def test_headers_that_are_not_there_are_told_with_their_sheet(tmp_path: Path) -> None:
    whole = tables()
    short = [row[:3] for row in META]
    assert refused(tmp_path, {**whole, "iMeta": short}) == [
        f"iMeta!A1: expected a column “{header}”, found none" for header in ("Parent", "Direction", "Weight", "Type")
    ]
    assert refused(tmp_path, {**whole, "iData": [("Country", "Flights"), ("Austria", 1)]}) == [
        "iData!A1: expected a column “uCode”, found none"
    ]
    without = [[*row[:3], *row[4:6], *row[7:]] for row in whole["iData"]]
    assert refused(tmp_path, {**whole, "iData": without}, "zh") == [
        "iData!A1：应为“Trade in goods” / “Goods”列，实为没有"
    ]
    ungrouped = [[*row[:2], *row[3:]] for row in whole["iData"]]
    assert refused(tmp_path, {**whole, "iData": ungrouped}) == ["iData!A1: expected a column “Area_group”, found none"]


def test_a_workbook_of_nobody_we_know_is_refused(tmp_path: Path, capsys: CASE) -> None:
    file = saved(tmp_path / "other.xlsx", {"iData": tables()["iData"], "Sheet2": [["x"]]})
    command = ["new", str(tmp_path / "new.xlsm"), "--from", str(file), "--lang"]
    assert cli.main([*command, "en"]) == 1
    assert (
        "other.xlsx: expected the sheets “Meta.Ind”, “Data.Raw”, “Meta.Unit” of an export of COINr, or “iMeta”, “iData” "
        "that COINr takes, or “Database”, “Framework” of the COIN Tool, found the sheets “iData”, “Sheet2”\n"
    ) in capsys.readouterr().err
    assert cli.main([*command, "zh"]) == 1
    assert (
        "other.xlsx：应有 COINr 导出的工作表“Meta.Ind”、“Data.Raw”、“Meta.Unit”，或 COINr 的输入表“iMeta”、“iData”，"
        "或 COIN Tool 的工作表“Database”、“Framework”，实有工作表“iData”、“Sheet2”\n"
    ) in capsys.readouterr().err
    assert not (tmp_path / "new.xlsm").exists()


def test_the_command_makes_the_workbook(tmp_path: Path, capsys: CASE) -> None:
    file = saved(tmp_path / "theirs.xlsx", tables())
    assert cli.main(["new", str(tmp_path / "new.xlsm"), "--from", str(file), "--lang", "en", "--set", "year=2018"]) == 0
    assert "iMeta: expected how scores are made, found nothing of it in the file; made with" in capsys.readouterr().out
    assert open_book(tmp_path / "new.xlsm").read("bdx_data_All").n_rows == 6


def test_the_coin_tool_s_levels_and_goalposts_are_taken_where_they_are_used(tmp_path: Path) -> None:
    sheets = coin_tool()
    data = sheets["Database"]
    data[13][4:9] = ["sp.01", "sp.02", "sp.03", "sp.03", "sp.03"]
    data[8][4], data[9][4], data[14][9] = 0, 20, "Planned"
    made = read(tmp_path, sheets, year=2019)
    assert [(node.code, node.parent) for node in made.framework.nodes] == [
        ("Index", None), ("p.01", "Index"), ("sp.01", "p.01"), ("Ind.01", "sp.01"), ("sp.02", "p.01"), ("Ind.02", "sp.02"),
        ("p.02", "Index"), ("sp.03", "p.02"), ("Ind.03", "sp.03"), ("Ind.04", "sp.03"), ("Ind.05", "sp.03"),
    ]  # fmt: skip
    assert made.framework.indicators[0].goalposts == Goalposts(0, 20)
    assert [text for text in told(made) if "missing" not in text] == [
        "expected sheets named “Database”, “Framework”, found “Cover” beside them; not read",
        "Database: expected years, found none; all taken for 2019; --set year=YYYY names another",
        "Database: expected how scores are made, found nothing of it in the file; made with Weighting = given; "
        "Normalisation = min-max; Aggregation = arithmetic; Least share available = 0",
        "Database!E9: expected the least and the greatest value, as the normalisation is min-max, found goalposts; kept "
        "on the framework sheet; to use them, choose the normalisation “goalposts”",
        "Database!J16: expected values for “Planned”, found none; not taken over",
    ]


def test_every_fault_of_the_coin_tool_is_told_with_its_cell(tmp_path: Path) -> None:
    sheets = coin_tool()
    data = sheets["Database"]
    data[13][4:9] = ["sp.01", "sp.01", "sp.02", "sp.02", "sp.01"]
    data[7][5], data[6][6], data[16][4], sheets["Framework"][4][4] = "up", "much", "x", "one"
    assert refused(tmp_path, sheets) == [
        "Database!G7: expected a number or a blank, found the text “much”",
        "Database!F8: expected one of positive, negative, moderate, found “up”",
        "Database!I14: expected p.01 above “sp.01”, as in E14, found p.02",
        "Database!E17: expected a number or a blank, found the text “x”",
        "Framework!E5: expected a number or a blank, found the text “one”",
    ]


def test_a_coin_tool_that_nobody_has_filled_in_is_refused(tmp_path: Path) -> None:
    sheets = coin_tool()
    empty = [row if i < 16 else [None] * 12 for i, row in enumerate(sheets["Database"])]
    assert refused(tmp_path, {**sheets, "Database": empty}, "zh") == [
        "Database!E16：应为第 16 行中的指标代码，实为没有"
    ]
    with pytest.raises(FileRefused):
        read(tmp_path, {"Database": empty})


def test_units_of_the_coin_tool_have_codes_of_their_own(tmp_path: Path) -> None:
    sheets = coin_tool()
    for row, code in ((16, None), (18, "BEL")):
        sheets["Database"][row][2] = code
    sheets["Database"][22:] = [[None, "Norway", "NOR", *[None] * 9]]
    assert refused(tmp_path, sheets) == [
        "Database!C17: expected a unit code, found nothing",
        "Database!C17: expected a unit code, found nothing",
        "Database!C19: expected a unit code that stands once, found BEL, also in C18",
    ]
    sheets = coin_tool()
    sheets["Database"][22:] = [[None, "Norway", "NOR", *[None] * 9]]
    assert "Database!C23: expected values for “NOR”, found none; not taken over" in told(read(tmp_path, sheets))
