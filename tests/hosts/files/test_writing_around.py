"""What stands around a table that is written: a user's columns, cells below, filters, formulas, names."""

from __future__ import annotations

import re

import pytest

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets.book import ResultColumn, Results, ResultTable
from tests.hosts.files.one_table import HEAD, ROW, TABLE, findings, grid, result, rows_of, written
from tests.support import cells
from tests.support.cells import book, header_row
from tests.support.rich import Zip


def test_the_users_columns_in_the_table_stay_and_their_formulas_are_filled_down() -> None:
    formula = "<calculatedColumnFormula>bdx_data[[#This Row],[甲]]*2</calculatedColumnFormula>"
    head = header_row("备注", "乙", "加倍", "甲")
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>记</t></is></c><c r="B2" s="3"/><c r="C2" s="4"><f>bdx_data[[#This Row],[甲]]*2</f><v>0</v></c></row>'
    data = Zip(book(head + row, "A1:D2", ("备注", "乙", "加倍", "甲")))
    data.change(TABLE, 'name="加倍"/>', f'name="加倍">{formula}</tableColumn>')
    out = written(data.to_bytes(), result({"甲": [1, 2], "乙": ["x", "y"]}))
    assert grid(out) == [
        ["备注", "乙", "加倍", "甲"],
        ["记", "x", "=bdx_data[[#This Row],[甲]]*2", 1],
        [None, "y", "=bdx_data[[#This Row],[甲]]*2", 2],
    ]
    shrunk = written(out, result({"甲": [5], "乙": ["z"]}))
    assert len(grid(shrunk)) == 2
    assert 'fullCalcOnLoad="1"' in Zip(shrunk)["xl/workbook.xml"].decode()


def test_a_changed_layout_takes_looks_by_header_and_by_role() -> None:
    head = (
        header_row("排名", "得分", "规模排名", "规模得分", "规模上年排名", "规模排名变化")
        .replace('r="1"', 'r="2"')
        .replace('1" t=', '2" s="5" t=')
    )
    row = (
        '<row r="3">'
        + "".join(f'<c r="{c}3" s="{s}"/>' for c, s in zip("ABCDEF", (1, 2, 3, 4, 3, 5), strict=True))
        + "</row>"
    )
    band = '<row r="1"><c r="C1" s="5" t="inlineStr"><is><t>规模</t></is></c></row>'
    headers = ("排名", "得分", "规模排名", "规模得分", "规模上年排名", "规模排名变化")
    rules = "<conditionalFormatting sqref='D3'><cfRule type='expression' priority='1'><formula>D3&gt;$A$1+A3</formula></cfRule></conditionalFormatting>"
    cols = "<cols><col min='1' max='2' width='9'/><col min='3' max='6' width='7' outlineLevel='1'/></cols>"
    data = Zip(book(band + head + row, "A2:F3", headers, sheet=f"{cols}{{rows}}"))
    data.change("xl/worksheets/sheet1.xml", "</sheetData>", f"</sheetData>{rules}")
    data = Zip(data.to_bytes().replace(b"bdx_data", b"bdx_data")).change(TABLE, '"bdx_data"', '"bdx_ranking_x"')
    columns = {"排名": [1], "得分": [9.5]}
    for node in ("规模", "环境"):
        columns |= {f"{node}排名": [2], f"{node}得分": [3.5], f"{node}上年排名": [4], f"{node}排名变化": [5]}
    roles = ("rank", "score", *("rank", "score", "previous rank", "rank change") * 2)
    made = [ResultColumn(h, r, v) for (h, v), r in zip(columns.items(), roles, strict=True)]  # type: ignore[arg-type]
    band_texts = ("", "", "规模", "", "", "", "环境", "", "", "")
    out = written(data.to_bytes(), Results((ResultTable("bdx_ranking_x", tuple(made), band_texts),)))
    text = rows_of(out)
    styles = re.findall(r'<c r="([A-J])3" s="(\d)"', text)
    assert styles == list(zip("ABCDEFGHIJ", "1234353435", strict=True))
    assert grid(out)[0] == [None, None, "规模", None, None, None, "环境", None, None, None]
    assert grid(out)[1] == list(columns)
    assert 'sqref="D3 H3"' in cells.sheet_of(out)
    assert re.findall(r'<col min="(\d+)" max="(\d+)"', cells.sheet_of(out)) == [("1", "2"), ("3", "10")]
    ids = re.findall(r'<tableColumn id="(\d+)" name="([^"]+)"', Zip(out)[TABLE].decode())
    assert ids[:6] == [(str(k), header) for k, header in enumerate(headers, 1)]
    assert len({number for number, _ in ids}) == 10


def test_renamed_columns_take_the_places_of_the_old_around_the_users_own() -> None:
    head = header_row("a排名", "备注", "a得分", "a上年排名", "a排名变化")
    headers = ("a排名", "备注", "a得分", "a上年排名", "a排名变化")
    data = Zip(book(head + '<row r="2"><c r="B2"><v>5</v></c></row>', "A1:E2", headers)).change(
        TABLE, '"bdx_data"', '"bdx_groups"'
    )
    roles = ("rank", "score", "previous rank", "rank change")
    made = tuple(
        ResultColumn(f"b{h}", r, [k])
        for k, (h, r) in enumerate(zip(("排名", "得分", "上年排名", "排名变化"), roles, strict=True))
    )
    out = written(data.to_bytes(), Results((ResultTable("bdx_groups", made),)))
    assert grid(out) == [["b排名", "备注", "b得分", "b上年排名", "b排名变化"], [0, 5, 1, 2, 3]]


def test_a_layout_that_does_not_fit_around_the_users_columns_stops() -> None:
    data = book(header_row("备注", "甲") + ROW, "A1:B2", ("备注", "甲"))
    assert findings(data, result({"甲": [1], "乙": [2]})) == [
        (
            "表!A1",
            "表!A1：应为表 bdx_data 中只有结果列，因为结果的列有变，实为自加的列“备注”；请把它移到表格之外，再重新计算",
            "表!A1: expected only result columns in table bdx_data, since the columns of the result change, "
            "found your own “备注”; move it out of the table and recalculate",
        )
    ]


def test_a_column_in_the_place_of_one_of_ours_is_told_as_such() -> None:
    data = book(header_row("甲", "乙方") + ROW, "A1:B2", ("甲", "乙方"))
    assert findings(data, result({"甲": [1], "乙": [2]})) == [
        (
            "表!B1",
            "表!B1：应为“乙”列，实为“乙方”；请改回表头；若是自加的列，请移到表格之外，再重新计算",
            "表!B1: expected a column “乙”, found “乙方”; write the header back or, if the column is your own, "
            "move it out of the table; then recalculate",
        )
    ]


@pytest.mark.parametrize(
    ("extra", "place", "zh"),
    [
        ('<row r="4"><c r="B4" t="inlineStr"><is><t>注：来源</t></is></c></row>', "表!B4", "“注：来源”"),
        ('<row r="3"><c r="A3"><f>1+1</f><v>2</v></c></row>', "表!A3", "“2”"),
    ],
)
def test_nothing_is_written_over_cells_below(extra: str, place: str, zh: str) -> None:
    found = findings(book(HEAD + ROW + extra, "A1:B2"), result({"甲": range(5), "乙": range(5)}))
    assert [(where, text) for where, text, _ in found] == [
        (place, f"{place}：应为空单元格（表 bdx_data 要写到 A1:B6），实为{zh}；请把它移开，再重新计算")
    ]


def test_nothing_is_written_over_merged_cells_below() -> None:
    data = Zip(book(HEAD + ROW, "A1:B2"))
    data.change(
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        '</sheetData><mergeCells count="1"><mergeCell ref="B5:C6"/></mergeCells>',
    )
    assert findings(data.to_bytes(), result({"甲": range(5), "乙": range(5)}))[0][0] == "表!B5:C6"


def test_blank_cells_below_are_no_obstacle() -> None:
    out = written(
        book(HEAD + ROW + '<row r="3"><c r="A3" s="5"/></row>', "A1:B2"), result({"甲": [1, 2], "乙": [3, 4]})
    )
    assert '<c r="A3" s="5"><v>2</v></c>' in rows_of(out)


def test_filters_and_sorting_go_and_hidden_rows_come_back() -> None:
    criteria = (
        '<autoFilter ref="A1:B3"><filterColumn colId="0"><filters><filter val="1"/></filters></filterColumn></autoFilter>'
        '<sortState ref="A2:B3"><sortCondition ref="A2"/></sortState>'
    )
    rows = '<row r="2"><c r="A2"><v>1</v></c></row><row r="3" hidden="1"><c r="A3"><v>2</v></c></row><row r="5" hidden="1"/>'
    opened = FileBook.from_bytes(book(HEAD + rows, table=criteria))
    assert opened.write(result({"甲": [1, 2, 3], "乙": [1, 2, 3]})) == ["bdx_data"]
    assert '<autoFilter ref="A1:B4"></autoFilter><tableColumns' in Zip(opened.to_bytes())[TABLE].decode()
    assert re.findall(r'<row r="(\d)" hidden', rows_of(opened.to_bytes())) == ["5"]
    assert opened.write(result({"甲": [1], "乙": [1]})) == []


def test_a_totals_row_moves_along() -> None:
    rows = (
        ROW
        + '<row r="3"><c r="A3" t="inlineStr"><is><t>合计</t></is></c><c r="B3" s="4"><f>SUBTOTAL(109,bdx_data[乙])</f><v>0</v></c></row>'
    )
    data = Zip(book(HEAD + rows, table='<autoFilter ref="A1:B2"/>')).change(
        TABLE, 'id="1"', 'id="1" totalsRowCount="1"', 1
    )
    out = written(data.to_bytes(), result({"甲": [1, 2, 3], "乙": [4, 5, 6]}))
    assert grid(out)[3:] == [[3, 6], ["合计", "=SUBTOTAL(109,bdx_data[乙])"]]
    assert 'ref="A1:B5"' in Zip(out)[TABLE].decode()
    assert grid(written(out, result({"甲": [1], "乙": [4]})))[1:] == [[1, 4], ["合计", "=SUBTOTAL(109,bdx_data[乙])"]]


@pytest.mark.parametrize("after", [b"", b"<!-- </sheetData> -->"])
def test_what_ends_with_the_table_follows_it(after: bytes) -> None:
    rules = (
        "<conditionalFormatting sqref='A2:A3 D1:D9'><cfRule type='dataBar' priority='1'/></conditionalFormatting>"
        "<conditionalFormatting sqref='A1:A1048576'><cfRule type='dataBar' priority='2'/></conditionalFormatting>"
        "<dataValidations count='1'><dataValidation sqref='B2:B3'/></dataValidations>"
    )
    names = (
        "<definedName name='_xlnm.Print_Area' localSheetId='0'>表!$A$1:$B$3,表!$F$1:$G$9</definedName>"
        "<definedName name='自己的'>表!$A$1:$B$3</definedName>"
    )
    data = Zip(book(HEAD + ROW + '<row r="3"><c r="A3"/></row>', names=names, sheet="<dimension ref='A1:D9'/>{rows}"))
    data.change("xl/worksheets/sheet1.xml", "</sheetData>", f"</sheetData>{after.decode()}{rules}")
    opened = FileBook.from_bytes(data.to_bytes())
    opened.write(result({"甲": range(20), "乙": range(20)}))
    sheet, book_xml = cells.sheet_of(opened.to_bytes()), Zip(opened.to_bytes())["xl/workbook.xml"].decode()
    assert after.decode() in sheet
    assert re.findall("sqref=[\"'](.*?)[\"']", sheet) == ["A2:A21 D1:D9", "A1:A1048576", "B2:B21"]
    assert 'dimension ref="A1:D21"' in sheet
    assert "表!$A$1:$B$21,表!$F$1:$G$9" in book_xml
    assert "<definedName name='自己的'>表!$A$1:$B$3<" in book_xml


def chained(rows: str, entries: str) -> bytes:
    data = Zip(book(HEAD + rows, "A1:B2"))
    main, office = cells.TRANSITIONAL, "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    data.add(
        "xl/calcChain.xml",
        f'<calcChain xmlns="{main}">{entries}</calcChain>',
        kind,
        "xl/workbook.xml",
        f"{office}/calcChain",
    )
    return data.to_bytes()


FORMULAS = (
    '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>2</f><v>2</v></c><c r="D2"><f>3</f><v>3</v></c></row>'
)


def test_the_calculation_chain_goes_where_a_cell_in_it_holds_no_formula_any_more() -> None:
    out = Zip(
        written(chained(FORMULAS, '<c r="A2" i="3" l="1"/><c r="D2"/><c r="B2"/>'), result({"甲": [1], "乙": [2]}))
    )
    assert "xl/calcChain.xml" not in out.parts
    assert not any(b"calcChain" in data for data in out.parts.values())


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"><f t="shared" ref="A2:D2" si="0">D1*2</f><v>0</v></c><c r="D2"><f t="shared" si="0"/><v>0</v></c></row>',
        '<row r="2"><c r="A2"><f t="array" ref="A2:A5">D1:D4</f><v>0</v></c></row>',
    ],
)
def test_formulas_that_other_cells_share_are_not_cut_apart(rows: str) -> None:
    found = findings(book(HEAD + rows, "A1:B2"), result({"甲": [1], "乙": [2]}))
    assert found[0][1] == (
        "表!A2：应为结果单元格中没有牵涉其他单元格的公式，实为数组公式或共享公式；请清除这些公式，或在表格之外重写，再重新计算"
    )


def test_shared_formulas_that_go_whole_are_no_obstacle() -> None:
    rows = '<row r="2"><c r="A2"><f t="shared" ref="A2:B2" si="0">D1*2</f><v>0</v></c><c r="B2"><f t="shared" si="0"/><v>0</v></c></row>'
    assert grid(written(book(HEAD + rows, "A1:B2"), result({"甲": [1], "乙": [2]})))[1] == [1, 2]


def scores(*indicators: str) -> Results:
    fixed = {"年份": ("year", 2024), "榜单": ("text", "省份"), "地区代码": ("code", "1"), "地区名称": ("name", "甲省")}
    columns = {**fixed, **dict.fromkeys(indicators, ("normalised", 50.0))}
    made = (ResultColumn(header, role, [value]) for header, (role, value) in columns.items())
    return Results((ResultTable("bdx_normalised", tuple(made)),))


@pytest.mark.parametrize(
    "kept", [("企业", "专利"), ("专利", "政策"), ("企业",), ("新指标", "专利", "政策"), ("全", "新")]
)
def test_scores_of_indicators_that_are_no_more_go_and_the_users_columns_stay(kept: tuple[str, ...]) -> None:
    header = ("年份", "榜单", "地区代码", "地区名称", "企业", "专利", "政策")
    cells_ = "".join(f'<c r="{letter}2" s="{style}"/>' for letter, style in zip("ABCDEFG", "0555333", strict=True))
    package = Zip(book(header_row(*header) + f'<row r="2">{cells_}</row>', "A1:G2", header))
    data = package.change(TABLE, '"bdx_data"', '"bdx_normalised"').to_bytes()
    data = written(data, scores("企业", "专利", "政策"))
    assert grid(written(data, scores(*kept)))[0] == [*header[:4], *kept]
    note = '<c r="H1" t="inlineStr"><is><t>备注</t></is></c></row>'
    package = Zip(data).change("xl/worksheets/sheet1.xml", "</row>", note, 1).change(TABLE, "A1:G2", "A1:H2")
    package.change(TABLE, "</tableColumns>", '<tableColumn id="8" name="备注"/></tableColumns>').change(
        TABLE, 'count="7"', 'count="8"'
    )
    package.change(
        "xl/worksheets/sheet1.xml",
        "</row></sheetData>",
        '<c r="H2" t="inlineStr"><is><t>核</t></is></c></row></sheetData>',
    )
    if len(kept) == 3:
        assert grid(written(package.to_bytes(), scores(*kept))) == [
            [*header[:4], *kept, "备注"],
            [2024, "省份", "1", "甲省", 50, 50, 50, "核"],
        ]
    else:
        assert findings(package.to_bytes(), scores(*kept))[0][0] == "表!H1"
