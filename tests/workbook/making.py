"""Contents to make workbooks from, and the made workbook read back by a library that did not make it."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bdindex_xl.language import Lang
from bdindex_xl.model.framework import Framework
from bdindex_xl.sheets import phrases, schema
from bdindex_xl.sheets.contents import Contents, InputTable
from bdindex_xl.workbook import make
from bdindex_xl.workbook.addin import make_addin
from tests.support.looked_at import looked_at

NASTY = '=A&B <"q\'uo"> {x}'  # what XML, formulas and format strings each trip over


def framework(*rows: tuple[str, str, str | None]) -> Framework:
    """A framework from code, name and parent."""
    return Framework.from_records([dict(zip(("code", "name", "parent"), row, strict=True)) for row in rows])


def three_levels(lang: Lang) -> Framework:
    """Two dimensions, three second-level aggregates, five indicators, one of them less-is-better."""
    names = {"zh": ("发展水平", "发展环境", "大数据企业数量"), "en": ("Development level", "Environment", "Companies")}[
        lang
    ]
    records: list[dict[str, object]] = [{"code": "I", "name": phrases.SAMPLE_TITLE[lang]}]
    records += [{"code": code, "name": names[k], "parent": "I"} for k, code in enumerate("AB")]
    records += [{"code": code, "name": f"{names[0]} {code}", "parent": code[0]} for code in ("A1", "A2", "B1")]
    for code in ("A11", "A12", "A21", "B11", "B12"):
        direction = -1 if code == "B12" else 1
        records.append({"code": code, "name": f"{names[2]} {code}", "parent": code[:2], "direction": direction,
                        "measure": "家"})  # fmt: skip
    return Framework.from_records(records)


def contents(
    lang: Lang = "zh",
    of: Framework | None = None,
    rankings: Sequence[str] = ("province", "city"),
    groups: Sequence[str] = ("区域", "经济圈"),
    settings: Mapping[str, str | float] | None = None,
    names: Sequence[str] = ("北京", "上海", "广东", "内蒙古"),
) -> Contents:
    """Contents with as many units in each ranking as there are names, in 2023 and 2024."""
    of = of or three_levels(lang)
    draw = random.Random(7)
    units, data = [], {}
    header = (*(column.header[lang] for column in schema.DATA.columns), *(i.name for i in of.indicators))
    for r, ranking in enumerate(rankings, 1):
        own = [(f"{r}{i:05d}", name) for i, name in enumerate(names)]
        units += [[code, name, schema.ranking_label(ranking)[lang], *["东部" for _ in groups]] for code, name in own]
        rows = [
            [year, code, name, *(round(draw.uniform(0, 5000), 2) for _ in of.indicators)]
            for year in (2023, 2024)
            for code, name in own
        ]
        data[ranking] = InputTable(header, rows)
    units_header = (*(column.header[lang] for column in schema.UNITS.columns), *groups)
    return Contents(lang, settings or {"title": phrases.SAMPLE_TITLE[lang]}, of, InputTable(units_header, units), data)


def made(lang: Lang = "zh", *of: Any, **more: Any) -> bytes:
    """A workbook with the contents of that name, made once for all that ask for the same."""
    key = repr((lang, of, more))
    if key not in _MADE:
        _MADE[key] = make(contents(lang, *of, **more))
    return _MADE[key]


_MADE: dict[str, bytes] = {}


def read(made: bytes) -> Workbook:
    """The workbook as another program reads it; not to be changed."""
    return looked_at(made)


def addin_as_workbook(lang: Lang) -> bytes:
    """The add-in, called a workbook: openpyxl and LibreOffice open nothing else."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, data in parts(make_addin(lang)).items():
            package.writestr(name, data.replace(b"ms-excel.addin.macroEnabled", b"ms-excel.sheet.macroEnabled"))
    return file.getvalue()


def parts(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return {name: package.read(name) for name in package.namelist()}


def find(workbook: Workbook, table: str) -> tuple[Worksheet, str]:
    """The sheet a table is on, and its range."""
    for sheet in workbook.worksheets:
        if table in sheet.tables:
            return sheet, sheet.tables[table].ref
    raise KeyError(table)


def header_of(workbook: Workbook, table: str) -> list[object]:
    sheet, ref = find(workbook, table)
    return [cell.value for cell in sheet[ref][0]]


def body_of(workbook: Workbook, table: str) -> list[list[object]]:
    sheet, ref = find(workbook, table)
    return [[cell.value for cell in row] for row in sheet[ref][1:]]


def formulas(made: bytes) -> list[str]:
    """Formulas of all cells."""
    sheets = [data.decode() for name, data in parts(made).items() if re.match(r"xl/worksheets/sheet\d+\.xml", name)]
    return [formula for sheet in sheets for formula in re.findall(r"<f[^>]*>(.*?)</f>", sheet)]


def visible(workbook: Workbook) -> list[str]:
    """Names of the sheets that a reader sees."""
    return [sheet.title for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
