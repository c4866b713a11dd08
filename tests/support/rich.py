"""A workbook of this project's tables among everything else a user may add, made with XlsxWriter; and `Zip`, to edit it.

Small on purpose where rows are concerned: what counts is the variety.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from bdindex_xl.model.framework import Framework
from bdindex_xl.sheets import layout, options, schema

FRAMEWORK = Framework.from_records(
    [
        {"code": "I", "name": "总指数"},
        {"code": "A", "name": "规模", "parent": "I"},
        {"code": "B", "name": "环境", "parent": "I"},
        {"code": "a1", "name": "企业", "parent": "A"},
        {"code": "a2", "name": "专利", "parent": "A"},
        {"code": "b1", "name": "政策", "parent": "B"},
        {"code": "b2", "name": "能耗", "parent": "B", "direction": -1},
    ]
)
PROVINCES = (("110000", "甲省"), ("120000", "乙省"), ("130000", "丙省"), ("140000", "丁省"))
ROW, BODY = 3, 4  # of a table's header and first body row, counted from 0


def png() -> io.BytesIO:
    """A picture of one red point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff\0\0")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))


def rich_book() -> bytes:
    """All tables of an index of four provinces; charts, pictures, formats and formulas around them."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    _inputs(book)
    ranking = _result(
        book, "省份排名", "bdx_ranking_province", layout.specs(schema.RANKING, FRAMEWORK, "zh"), band=True
    )
    _result(book, "分组排名", schema.GROUPS.table, layout.specs(schema.GROUPS, FRAMEWORK, "zh"), band=True)
    _result(book, "权重", schema.WEIGHTS.table, layout.specs(schema.WEIGHTS, FRAMEWORK, "zh"))
    normalised = _result(book, "标准化", schema.NORMALISED.table, layout.specs(schema.NORMALISED, FRAMEWORK, "zh"))
    _result(book, "数据检查", schema.CHECK.table, layout.specs(schema.CHECK, FRAMEWORK, "zh"))
    _result(book, "运行记录", schema.LOG.table, layout.specs(schema.LOG, FRAMEWORK, "zh"))
    _looks(book, ranking)
    _objects(book, ranking)
    normalised.set_column(0, 7, 12)
    _own_sheet(book)
    chartsheet = book.add_chartsheet("图表页")
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=省份排名!$C$5:$C$8"})
    chartsheet.set_chart(chart)
    book.define_name("bdx_title_bdx_ranking_province", "=省份排名!$A$1")
    book.define_name("bdx_note_bdx_ranking_province", "=省份排名!$A$2")
    book.define_name("用户.名称", "=省份排名!$C$5")
    book.close()
    return file.getvalue()


def _inputs(book: xlsxwriter.Workbook) -> None:
    settings = [[row.label.zh, _shown(row), row.meaning.zh] for row in options.SETTINGS_ROWS]
    _table(book, "设置", schema.SETTINGS.table, [c.header.zh for c in schema.SETTINGS.columns], settings)
    nodes = [*FRAMEWORK.aggregates, *FRAMEWORK.indicators]
    rows = [[node.code, node.name, node.parent or ""] for node in nodes]  # type: ignore[attr-defined]
    rows = [[*row, "负向" if row[0] == "b2" else "", None, None, None, ""] for row in rows]
    _table(book, "指标体系", schema.FRAMEWORK.table, [c.header.zh for c in schema.FRAMEWORK.columns], rows)
    units = [[code, name, "省份", "东" if k % 2 else "西"] for k, (code, name) in enumerate(PROVINCES)]
    _table(book, "地区", schema.UNITS.table, [*(c.header.zh for c in schema.UNITS.columns), "区域"], units)
    header = [*(c.header.zh for c in schema.DATA.columns), *(i.name for i in FRAMEWORK.indicators)]
    data: list[list[Any]] = [
        [year, code, name, *((7 * k + 3 * j + year * (j + 1)) % 11 + 0.5 for j in range(4))]
        for year in (2023, 2024)
        for k, (code, name) in enumerate(PROVINCES)
    ]
    _table(book, "省份数据", "bdx_data_province", header, data)


def _shown(row: options.Setting) -> str | float:
    return row.choices[str(row.default)].zh if row.choices else row.default


def _table(book: xlsxwriter.Workbook, sheet: str, name: str, header: list[str], rows: list[list[Any]]) -> Worksheet:
    worksheet = book.add_worksheet(sheet)
    columns = [{"header": text} for text in header]
    for i, row in enumerate(rows):
        worksheet.write_row(BODY + i, 0, row)
    worksheet.add_table(ROW, 0, ROW + len(rows), len(header) - 1, {"name": name, "columns": columns})
    return worksheet


def _result(
    book: xlsxwriter.Workbook, sheet: str, name: str, specs: tuple[layout.Spec, ...], *, band: bool = False
) -> Worksheet:
    """A result table of one blank row, each column in the look of its role."""
    worksheet = book.add_worksheet(sheet)
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "text_wrap": True})
    columns = [{"header": spec.header, "header_format": head} for spec in specs]
    worksheet.add_table(ROW, 0, BODY, len(specs) - 1, {"name": name, "columns": columns})
    for j, spec in enumerate(specs):
        look = book.add_format({"num_format": schema.ROLES[spec.role].number_format})
        worksheet.write_blank(BODY, j, None, look)
        worksheet.set_column(j, j, schema.ROLES[spec.role].width)
        if band and spec.band:
            worksheet.write_string(ROW - 1, j, spec.band, head)
    worksheet.write_string(0, 0, "标题", head)
    worksheet.write_string(1, 0, "说明")
    worksheet.freeze_panes(BODY, 2)
    worksheet.repeat_rows(ROW)
    worksheet.set_paper(9)
    worksheet.print_area(0, 0, BODY, len(specs) - 1)
    return worksheet


def _looks(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    """Formats by condition in both spellings, validations in both, outline, column styles."""
    up, down = book.add_format({"font_color": "#C00000"}), book.add_format({"font_color": "#00B050"})
    for column in (4, 8, 12):
        cell = xlsxwriter.utility.xl_rowcol_to_cell(BODY, column)
        sheet.conditional_format(
            BODY, column, BODY, column, {"type": "cell", "criteria": ">", "value": 0, "format": up}
        )
        rule = {"type": "formula", "criteria": f'=AND(ISNUMBER({cell}),{cell}<0,$A$1<>"")', "format": down}
        sheet.conditional_format(BODY, column, BODY, column, rule)
    sheet.conditional_format(BODY, 2, BODY, 2, {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
    sheet.conditional_format(BODY, 6, BODY, 6, {"type": "icon_set", "icon_style": "3_arrows"})
    sheet.conditional_format("Z1:Z9", {"type": "2_color_scale"})
    sheet.data_validation(BODY, 1, BODY, 1, {"validate": "list", "source": ["甲省", "乙省"]})
    sheet.data_validation("Z20:Z30", {"validate": "list", "source": "=设置!$B$5:$B$9"})
    sheet.set_column(9, 12, 9, None, {"level": 1, "hidden": True})
    sheet.set_column(13, 13, 9, None, {"collapsed": True})
    sheet.set_row(BODY, 21)
    sheet.ignore_errors({"number_stored_as_text": "B5:B5"})


def _objects(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    """Charts, pictures, shapes, comments, sparklines, links, and header pictures."""
    for kind, cell in (("column", "T2"), ("line", "T20"), ("scatter", "T40"), ("radar", "T60")):
        chart = book.add_chart({"type": kind})
        chart.add_series({"categories": "=省份排名!$B$5:$B$8", "values": "=省份排名!$C$5:$C$8", "trendline": {"type": "linear"}}
                         if kind == "scatter" else {"categories": "=省份排名!$B$5:$B$8", "values": "=省份排名!$C$5:$C$8"})  # fmt: skip
        sheet.insert_chart(cell, chart, {"description": f"{kind} 图"})
    sheet.insert_image("AC2", "point.png", {"image_data": png(), "description": "点"})
    sheet.insert_textbox("AC8", "文本框\n第二行", {"font": {"bold": True}})
    sheet.insert_checkbox("AC16", True)
    sheet.insert_button("AC18", {"macro": "Recalculate", "caption": "重算"})
    sheet.write_comment("A1", "批注", {"author": "审阅人"})
    sheet.add_sparkline("AD5", {"range": "省份排名!C5:C8", "markers": True})
    sheet.write_url("AC20", "https://example.org/?a=1&b=2", string="链接")
    sheet.write_url("AC21", "internal:设置!A1", string="内部")
    sheet.set_header("&L&G&C标题", {"image_left": "point.png", "image_data_left": png()})
    sheet.write_rich_string("AC22", "富", book.add_format({"bold": True}), "文本", " 尾")


def _own_sheet(book: xlsxwriter.Workbook) -> None:
    """A sheet of the user's: formulas on results, dynamic arrays, a sheet-wide filter, a background, protection."""
    sheet = book.add_worksheet("我的'新'分析")
    sheet.write_formula("A1", "=省份排名!C5*2")
    sheet.write_formula("A2", "=SUM(bdx_ranking_province[得分])")
    sheet.write_dynamic_array_formula("C1", "=_xlfn._xlws.SORT(bdx_ranking_province[得分],,-1)")
    sheet.write_array_formula("E1:E3", "{=TRANSPOSE(F1:H1)}")
    sheet.write_formula("A3", "=_xlfn.XLOOKUP(1,bdx_ranking_province[排名],bdx_ranking_province[地区])")
    sheet.write_row("J1", ["甲", "乙", "丙"])
    sheet.write_row("J2", [1, 2, 3])
    sheet.autofilter("J1:L2")
    sheet.set_background(io.BytesIO(png().getvalue()), is_byte_stream=True)
    sheet.protect("", {"select_locked_cells": True})
    sheet.outline_settings(True, False, True, False)
    sheet.set_row(20, None, None, {"level": 1, "hidden": True})


class Zip:
    """The parts of a workbook, to be looked at and changed as another program might."""

    def __init__(self, book: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(book)) as package:
            self.parts: dict[str, bytes] = {info.filename: package.read(info) for info in package.infolist()}

    def __getitem__(self, part: str) -> bytes:
        return self.parts[part]

    def __setitem__(self, part: str, data: bytes | str) -> None:
        self.parts[part] = data.encode() if isinstance(data, str) else data

    def change(self, part: str, old: str, new: str, count: int = -1) -> Zip:
        """Replace text that must be there."""
        text = self.parts[part].decode()
        assert old in text, f"{part} holds no {old}"
        self.parts[part] = text.replace(old, new, count).encode()
        return self

    def add(self, part: str, data: bytes | str, content_type: str = "", owner: str = "", kind: str = "") -> str:
        """Add a part with its content type, related to its owner; returns the relation's id."""
        self[part] = data
        if content_type:
            override = f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
            self.change("[Content_Types].xml", "</Types>", override)
        return self.relate(owner, kind, f"/{part}") if kind else ""

    def relate(self, owner: str, kind: str, target: str) -> str:
        folder, _, name = owner.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels".lstrip("/")
        empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        self.parts.setdefault(rels, f'<?xml version="1.0" encoding="UTF-8"?>{empty}'.encode())
        number = self.parts[rels].count(b"<Relationship ") + 901
        relation = f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/></Relationships>'
        self.change(rels, "</Relationships>", relation)
        return f"rId{number}"

    def to_bytes(self, **options: Any) -> bytes:
        return packed(self.parts, **options)


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of parts, with a fixed date."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10)), data, method)
    return file.getvalue()
