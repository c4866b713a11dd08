"""What Excel takes without a word, but a file should not hold: what no cell asks for, values that read otherwise,
charts that keep something else than their cells, formulas that the program that opens the file has to calculate.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache

from lxml import etree
from openpyxl.formula import Tokenizer

from .kept_by_charts import of_charts

_CALCULATED_BY = 191029  # Excel 2019 and later: a file of an earlier one is calculated anew when it is opened
# Functions that are given a fixed number of arguments, as readers count them: by commas, those of arrays among them.
_ARGUMENTS = {"IFERROR": (2, 2), "INDEX": (2, 4), "MATCH": (2, 3), "IF": (2, 3), "ROUND": (2, 2), "OFFSET": (3, 5)}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FUNCTION = re.compile(r"(?:_xlfn\.)?(?:_xlws\.)?(?:_xlpm\.)?[A-Z_][\w.]*", re.IGNORECASE)


def left_over(book: bytes) -> list[str]:
    """Everything found, each with its part and cell."""
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        parts = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}
    sheets = {name: root for name, root in parts.items() if name.startswith("xl/worksheets/sheet")}
    cells = [(f"{name}: {cell.get('r')}", cell) for name, root in sheets.items() for cell in root.iter("{*}c")]
    calculated = parts["xl/workbook.xml"].find("{*}calcPr").get("fullCalcOnLoad", "0") == "0"
    return [
        *_of_strings(parts.get("xl/sharedStrings.xml"), sheets),
        *(fault for where, cell in cells for fault in (*_of_value(where, cell), *_of_formula(where, cell, calculated))),
        *_of_marks("xl/metadata.xml" in parts, sheets),
        *_of_book(parts["xl/workbook.xml"], calculated),
        *of_charts(book),
    ]


def _of_strings(strings: etree._Element | None, sheets: dict[str, etree._Element]) -> Iterator[str]:
    cells = (cell for root in sheets.values() for cell in root.iter("{*}c"))
    used = Counter(int(cell.findtext("{*}v")) for cell in cells if cell.get("t") == "s")
    if strings is None:
        return
    told, there = (strings.get("count"), strings.get("uniqueCount")), (str(used.total()), str(len(strings)))
    if told != there:
        yield f"shared texts: count and uniqueCount are {told}, should be {there}"
    if len(used) != len(strings):
        yield f"shared texts: {len(strings) - len(used)} that no cell shows"


def _of_value(where: str, cell: etree._Element) -> Iterator[str]:
    value, kind = cell.find("{*}v"), cell.get("t", "n")
    text = value.text or "" if value is not None else ""
    if kind == "n" and text and 0 < abs(float(text)) < sys.float_info.min:
        yield f"{where}: {text} is 0 for Excel"
    if kind == "str" and text != text.strip() and value.get(_SPACE) != "preserve":
        yield f"{where}: spaces at an end of {text!r}"


def _of_formula(where: str, cell: etree._Element, calculated: bool) -> Iterator[str]:
    formula, kind = cell.find("{*}f"), cell.get("t", "n")
    if formula is None and kind == "str":
        yield f"{where}: the text of a formula that is not there"
    elif formula is not None:
        if kind == "n" and calculated and not cell.findtext("{*}v"):
            yield f"{where}: a formula without a value"
        yield from of_formula(formula.text or "", where)


def _of_marks(metadata: bool, sheets: dict[str, etree._Element]) -> Iterator[str]:
    marked = any(cell.get("cm") or cell.get("vm") for root in sheets.values() for cell in root.iter("{*}c"))
    if metadata != marked:
        yield "metadata.xml and no cell that asks for it" if metadata else "cells that ask for metadata.xml, and none"


def _of_book(book: etree._Element, calculated: bool) -> Iterator[str]:
    if not calculated:
        yield "fullCalcOnLoad: every formula is calculated when the file is opened"
    calculated_by = int(book.find("{*}calcPr").get("calcId", 0))
    if calculated_by < _CALCULATED_BY:
        yield f"calcId {calculated_by}: Excel calculates the file when it is opened"
    for name in book.iter("{*}definedName"):
        yield from of_formula(name.text, f"defined name {name.get('name')}")


def of_formula(formula: str, where: str) -> list[str]:
    """What a reader that knows neither arrays nor ranges between functions would stumble over."""
    return [f"{where}: {fault}" for fault in _of_shape(re.sub("[0-9]+", "1", formula))]


@cache
def _of_shape(formula: str) -> list[str]:
    found: list[str] = []
    open_ones: list[tuple[str, int]] = []
    for token in Tokenizer(f"={formula}").items:
        if token.type in ("FUNC", "PAREN") and token.subtype == "OPEN":
            name = token.value[:-1]
            open_ones.append((name, 1))
            found += [f"function {name}"] if name and not _FUNCTION.fullmatch(name) else []
        elif token.type in ("FUNC", "PAREN"):
            name, n = open_ones.pop()
            least, most = _ARGUMENTS.get(name, (0, 255))
            found += [f"{name} of {n} arguments"] if not least <= n <= most else []
        elif token.type == "SEP" and token.subtype == "ARG" and open_ones:
            name, n = open_ones[-1]
            open_ones[-1] = name, n + 1
    return found
