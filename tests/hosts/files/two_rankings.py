"""A workbook of two rankings, a hidden sheet, and a sheet of the user's that points at all of it in every way."""

from __future__ import annotations

import io

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.support.excel_parts import BOOK, HEAD, MAIN, OFFICE, SHEETML
from tests.support.rich import Zip

PROVINCES = (("110000", "甲省", 71.5), ("120000", "乙省", 72.5), ("130000", "丙省", 73.5))
CITIES = (("C001", "子城", 9171.25), ("C002", "丑城", 9172.25), ("C003", "寅城", 9173.25))
SECRET = "密语"  # on the hidden sheet
CITY_TEXTS = (*(name for _, name, _ in CITIES), *(code for code, _, _ in CITIES), "9171.25", "9172.25", "9173.25")
RAW_TEXTS = ("71.5", "72.5", "9171.25", "9172.25")


def two_rankings() -> bytes:
    """Data, rankings and units of provinces and cities; everything about the units sheet is the caller's to reduce."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    mine = book.add_worksheet("我的")
    _table(book, "省份数据", "bdx_data_province", ["年份", "地区代码", "地区名称", "企业"], _data(PROVINCES))
    _table(book, "城市数据", "bdx_data_city", ["年份", "地区代码", "地区名称", "企业"], _data(CITIES))
    _table(book, "省份排名", "bdx_ranking_province", ["排名", "地区", "得分"], _ranked(PROVINCES))
    _table(book, "城市排名", "bdx_ranking_city", ["排名", "地区", "得分"], _ranked(CITIES))
    units = [[code, name, "省份"] for code, name, _ in PROVINCES]
    _table(book, "地区", "bdx_units", ["地区代码", "地区名称", "榜单"], units)  # type: ignore[arg-type]
    hidden = book.add_worksheet("底稿")
    hidden.write_column("A1", [SECRET, 5, 6])
    hidden.hide()
    _formulas(mine)
    _rules(book, mine)
    for sheet, cell in (("城市数据", "K1"), ("省份排名", "K20"), ("底稿", "K40"), ("省份数据", "K60")):
        mine.insert_chart(cell, _chart(book, sheet))
    mixed = book.add_chart({"type": "line"})
    for sheet in ("城市数据", "省份排名"):
        mixed.add_series(_series(sheet))
    mine.insert_chart("K80", mixed)
    page = book.add_chartsheet("城市图")
    page.set_chart(_chart(book, "城市数据"))
    book.define_name("城市企业", "=城市数据!$D$2:$D$4")
    book.define_name("间接", "=SUM(城市企业)")
    book.define_name("省份企业", "=省份数据!$D$2:$D$4")
    book.define_name("本表", "=我的!$A$1")
    book.close()
    return _with_pivot(file.getvalue())


def _data(units: tuple[tuple[str, str, float], ...]) -> list[list[object]]:
    return [[2024, code, name, value] for code, name, value in units]


def _ranked(units: tuple[tuple[str, str, float], ...]) -> list[list[object]]:
    return [[place, name, 90 - place] for place, (_, name, _) in enumerate(units, 1)]


def _table(book: xlsxwriter.Workbook, sheet: str, name: str, header: list[str], rows: list[list[object]]) -> None:
    worksheet = book.add_worksheet(sheet)
    columns = [{"header": text} for text in header]
    worksheet.add_table(0, 0, len(rows), len(header) - 1, {"name": name, "columns": columns, "data": rows})


def _formulas(sheet: Worksheet) -> None:
    """Formulas with the values that they show."""
    for row, (formula, value) in enumerate(FORMULAS):
        sheet.write_formula(row, 0, formula, None, value)
    sheet.write_array_formula("C1:C3", "{=城市数据!C2:C4}", None, "子城")
    for row in (1, 2):
        sheet.write_string(row, 2, CITIES[row][1])
    sheet.write_url("D1", "internal:城市数据!A1", string="看城市")
    sheet.write_url("D2", "internal:省份数据!A1", string="看省份")


FORMULAS: tuple[tuple[str, float | str], ...] = (
    ("=城市数据!D2", 9171.25),
    ("=INDEX(bdx_data_city[地区名称],2)", "丑城"),
    ('="第一："&城市排名!B2', "第一：子城"),
    ("=SUM(城市企业)", 27516.75),
    ("=间接*2", 55033.5),
    ("=SUM(省份数据:城市排名!D2)", 9242.75),
    ('=INDIRECT("城市数据!D3")', 9172.25),
    ("=省份数据!D2", 71.5),
    ("=CORREL(bdx_data_province[企业],bdx_data_province[年份])", 0.5),
    ("=省份排名!C2*2", 178),
    ("=底稿!A1", SECRET),
    ("=底稿!A2*2", 10),
    ('="城市数据"&A1', "城市数据"),
    ("=SUM(1,2)", 3),
)


def _rules(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    red = book.add_format({"font_color": "#C00000"})
    for cell, source in (("F1", "城市数据"), ("F2", "省份排名"), ("F3", "底稿"), ("F4", "省份数据")):
        rule = {"type": "formula", "criteria": f"={source}!$A$2>0", "format": red}
        sheet.conditional_format(cell, rule)
        sheet.data_validation(cell, {"validate": "list", "source": f"={source}!$A$2:$A$4"})
        sheet.add_sparkline(cell, {"range": f"{source}!A2:A4"})


def _series(sheet: str) -> dict[str, object]:
    column, names = {"城市数据": ("D", "C"), "省份数据": ("D", "C"), "省份排名": ("C", "B"), "底稿": ("A", "A")}[sheet]
    units = CITIES if sheet.startswith("城市") else PROVINCES
    return {
        "name": f"={sheet}!${names}$1",
        "categories": f"={sheet}!${names}$2:${names}$4",
        "values": f"={sheet}!${column}$2:${column}$4",
        "categories_data": [name for _, name, _ in units],
        "values_data": {"底稿": [5, 6], "省份排名": [89, 88, 87]}.get(sheet, [value for _, _, value in units]),
    }


def _chart(book: xlsxwriter.Workbook, sheet: str) -> object:
    chart = book.add_chart({"type": "column"})
    chart.add_series(_series(sheet))
    chart.set_title({"name": f"={sheet}!$A$1"})
    return chart


def _with_pivot(book: bytes) -> bytes:
    """A pivot table of the cities' data on the user's sheet."""
    package = Zip(book)
    items = "".join(f'<s v="{name}"/>' for _, name, _ in CITIES)
    field = f'<cacheField name="地区名称" numFmtId="0"><sharedItems count="3">{items}</sharedItems></cacheField>'
    cache = "xl/pivotCache/pivotCacheDefinition1.xml"
    head = f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId901" recordCount="1">'
    source = '<cacheSource type="worksheet"><worksheetSource name="bdx_data_city"/></cacheSource>'
    related = package.add(
        cache,
        f'{head}{source}<cacheFields count="1">{field}</cacheFields></pivotCacheDefinition>',
        f"{SHEETML}.pivotCacheDefinition+xml",
        BOOK,
        f"{OFFICE}/pivotCacheDefinition",
    )
    package.add(
        "xl/pivotCache/pivotCacheRecords1.xml",
        f'{HEAD}<pivotCacheRecords xmlns="{MAIN}" count="1"><r><x v="0"/></r></pivotCacheRecords>',
        f"{SHEETML}.pivotCacheRecords+xml",
        cache,
        f"{OFFICE}/pivotCacheRecords",
    )
    own, table = "xl/worksheets/sheet1.xml", "xl/pivotTables/pivotTable1.xml"
    package.add(
        table,
        f'{HEAD}<pivotTableDefinition xmlns="{MAIN}" name="透视" cacheId="7" dataCaption="值">'
        '<location ref="H1:H3" firstHeaderRow="1" firstDataRow="1" firstDataCol="0"/>'
        '<pivotFields count="1"><pivotField showAll="0"/></pivotFields></pivotTableDefinition>',
        f"{SHEETML}.pivotTable+xml",
        own,
        f"{OFFICE}/pivotTable",
    )
    package.relate(table, f"{OFFICE}/pivotCacheDefinition", f"/{cache}")
    cell = '<c r="H1" t="inlineStr"><is><r><t>寅</t></r><r><t>城</t></r></is></c></row><row r="2" '
    package.change(own, '</row><row r="2" ', cell, 1)
    pivots = f'<pivotCaches><pivotCache cacheId="7" r:id="{related}"/></pivotCaches></workbook>'
    return package.change(BOOK, "</workbook>", pivots).to_bytes()
