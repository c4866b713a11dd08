"""Small workbooks for tests, made as a user makes them: from a folder of CSV files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bdindex_xl.language import Lang
from bdindex_xl.sheets.contents import Contents
from bdindex_xl.sheets.folder import from_folder
from bdindex_xl.sheets.options import SETTINGS_ROWS
from bdindex_xl.workbook import make

FRAMEWORK = """code,name,parent,direction,weight,lower,upper,measure
I,总指数,,,,,,
A,规模,I,,2,,,
B,环境,I,,1,,,
a1,企业,A,1,3,0,100,家
a2,专利,A,1,1,0,100,件
b1,政策,B,1,1,0,100,项
b2,能耗,B,-1,1,0,100,吨
"""
UNITS = """code,name,ranking,区域
110000,甲省,province,东
120000,乙省,province,东
130000,丙省,province,西
110100,甲市,city,东
120100,乙市,city,东
130100,丙市,city,西
140100,丁市,city,
"""
DATA = """year,unit,a1,a2,b1,b2
2023,110000,10,5,3,8
2023,120000,20,6,2,7
2023,130000,30,7,1,6
2024,110000,40,9,3,5
2024,120000,20,8,2,7
2024,130000,30,7,1,9
2023,110100,1,2,3,4
2023,120100,2,3,4,5
2023,130100,3,1,2,6
2024,110100,4,2,3,4
2024,120100,2,3,9,5
2024,130100,3,1,2,6
2024,140100,1,5,6,7
"""


def contents(
    folder: Path, lang: Lang = "zh", settings: Mapping[str, str | float] | None = None, **files: str
) -> Contents:
    """Contents from CSV texts: framework, units, data; those left out are the small index above."""
    for name, text in {"framework": FRAMEWORK, "units": UNITS, "data": DATA, **files}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return from_folder(folder, lang, settings or {}, year=2024)


def small_book(
    folder: Path, lang: Lang = "zh", settings: Mapping[str, str | float] | None = None, **files: str
) -> bytes:
    """A workbook with two rankings, two years and four indicators; its results are not calculated yet.

    Made from the texts and the CSV files in the folder, which stays as it is.
    """
    beside = tuple((file.name, file.read_text("utf-8")) for file in sorted(folder.glob("*.csv")))
    made_of = (lang, repr(settings), repr(files), beside)
    if made_of not in _MADE:
        with TemporaryDirectory() as own:
            for name, text in beside:
                (Path(own) / name).write_text(text, encoding="utf-8")
            _MADE[made_of] = make(contents(Path(own), lang, settings, **files))
    return _MADE[made_of]


def setting_cell(key: str) -> str:
    """The cell of a setting's value on the settings sheet, whatever settings stand above it."""
    return f"B{4 + [row.key for row in SETTINGS_ROWS].index(key)}"


_MADE: dict[object, bytes] = {}  # the same contents give the same bytes: tests/workbook/test_package.py
