"""The framework of a workbook of COINr, which lists columns of the data that are no indicators as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...language import joined, same
from .. import schema
from ..book import Value
from ..cells import heading
from ..faults import Report
from .foreign_book import ForeignBlock, block_of, named_apart, number_of, text_of, top_down
from .headed_sheet import HeadedSheet


@dataclass(frozen=True, slots=True)
class CoinrFramework:
    """The framework as a table of ours, and what it says of other columns of the data.

    `groups` are names by code; `denominators` the codes that indicators are divided by; `left` what else is listed, by
    code, with the address it is listed at.
    """

    block: ForeignBlock
    indicators: tuple[str, ...]
    groups: dict[str, str]
    denominators: tuple[str, ...]
    left: dict[str, str]


def coinr_framework(sheet: HeadedSheet, divided: bool, report: Report) -> CoinrFramework | None:
    """The framework, or None with the faults reported; denominators are left out unless `divided`."""
    places = {key: j for key, names in schema.COINR_FRAMEWORK.items() if (j := sheet.place(*names)) is not None}
    type_ = sheet.place(*schema.COINR_TYPE)
    missing = [schema.COINR_FRAMEWORK[key][0] for key in schema.COINR_NEEDED if key not in places]
    missing += [schema.COINR_TYPE[0]] if type_ is None else []
    for header in missing:
        report.add("column missing", sheet.name, sheet.cell(-1, 0), header=header)
    if missing or type_ is None:
        return None
    codes = [text_of(value) for value in sheet.values(places["code"])]
    types = _types(sheet, type_, report)
    nodes = [k for k, kind in enumerate(types) if kind in ("indicator", "aggregate")]
    parents = [text_of(value) for value in sheet.values(places["parent"])]
    nodes = [nodes[n] for n in top_down([codes[k] for k in nodes], [parents[k] for k in nodes])]
    columns = _columns(sheet, places, types, nodes, report)
    if not divided:
        columns.pop("denominator", None)
        places.pop("denominator", None)
    letters = [places[key] for key in columns]

    def where(i: int, j: int) -> str:
        return sheet.cell(sheet.rows[nodes[i]] if i >= 0 else -1, letters[j])

    names = sheet.values(places["name"]) if "name" in places else codes
    by = [str(one) for one in dict.fromkeys(columns.get("denominator", ())) if one]
    groups = {codes[k]: text_of(names[k]) or codes[k] for k, kind in enumerate(types) if kind == "group"}
    others = [k for k, kind in enumerate(types) if kind in ("denominator", "other") and codes[k] not in by]
    left = {codes[k]: sheet.cell(sheet.rows[k], places["code"]) for k in others}
    block = block_of(schema.FRAMEWORK.table, sheet.name, columns, where)
    return CoinrFramework(block, tuple(codes[k] for k in nodes if types[k] == "indicator"), groups, tuple(by), left)


def _types(sheet: HeadedSheet, j: int, report: Report) -> list[str]:
    """What each row is, in small letters; what is none of the known is a fault."""
    known = [kind.casefold() for kind in schema.COINR_TYPES]
    types = []
    for i, value in zip(sheet.rows, sheet.values(j), strict=True):
        text = text_of(value)
        if text.casefold() not in known:
            found = {"types": joined([same(one) for one in schema.COINR_TYPES]), "found": f"“{text}”"}
            report.add("import type", sheet.name, sheet.cell(i, j), **found)
        types.append(text.casefold())
    return types


def _columns(
    sheet: HeadedSheet, places: dict[str, int], types: Sequence[str], nodes: Sequence[int], report: Report
) -> dict[str, list[Value]]:
    """Our columns of the nodes."""
    made: dict[str, list[Value]] = {}
    for key, j in places.items():
        if key in ("weight", "target", "lower", "upper"):
            at = [(sheet.columns[j][sheet.rows[k]], sheet.cell(sheet.rows[k], j)) for k in nodes]
            made[key] = [None if text_of(v) == "" else number_of(v, sheet.name, cell, report) for v, cell in at]
        else:
            values = sheet.values(j)
            made[key] = [text_of(values[k]) for k in nodes]
    codes = [str(code) for code in made["code"]]
    name = places.get("name")
    if name is None:
        places["name"], made["name"] = places["code"], list(codes)
    else:
        cells = [sheet.cell(sheet.rows[k], name) for k in nodes]
        made["name"] = list(named_apart(codes, [str(one) for one in made["name"]], sheet.name, cells, report))
    for n, k in enumerate(nodes):
        if types[k] == "aggregate" and heading(made["direction"][n]) == heading("-1"):
            cell = sheet.cell(sheet.rows[k], places["direction"])
            report.add("import direction of aggregate", sheet.name, cell, found=made["direction"][n])
            made["direction"][n] = "1"
    if any(one is not None for key in ("lower", "upper") for one in made.get(key, ())):
        key = "lower" if "lower" in places else "upper"
        report.add("import goalposts", sheet.name, sheet.cell(-1, places[key]))
    return made
