"""Result tables by the records of their sheets. Shared by the writer of results and the maker of workbooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..language import Lang
from ..model import typed
from ..model.framework import Framework, Indicator
from . import schema
from .book import ResultColumn, ResultTable
from .schema import Further, Holds, ResultSheet


class Spec(NamedTuple):
    """A column of a result table.

    `node` is the framework code it belongs to (None for columns that identify the row), `key` what it holds there,
    `level` the depth of the node: 0 the index, 1 its children; `begins` marks the first column of such a node. `band`
    stands above the first column of what belongs to one dimension or aggregate, and names it: headers name the nodes
    themselves. `holds` tells what texts come; `year` is that of a column for one year, else 0, and `scenario` the name
    of the one it is of.
    """

    header: str
    role: str
    key: str
    node: str | None = None
    level: int = 0
    begins: bool = False
    band: str = ""
    holds: Holds = ""
    year: int = 0
    scenario: str = ""


def specs(
    sheet: ResultSheet, framework: Framework, lang: Lang, years: Sequence[int] = (), scenarios: Sequence[str] = ()
) -> tuple[Spec, ...]:
    """Columns of a result sheet's table: its own, then those that follow from the framework, level by level, from the
    years or from the scenarios, in that order.
    """
    root = framework.root.code
    own = [Spec(c.header[lang], c.role, c.key, root if c.of_index else None, holds=c.holds) for c in sheet.columns]
    if sheet.scored:
        return _distinct([*own, *_nodes(sheet, framework, lang)])
    if sheet.further is Further.YEARS:
        return (*own, *(Spec(str(year), "weight", "effective_weight", year=year) for year in years))
    others = {Further.INDICATORS: _indicators(framework.indicators), Further.SCENARIOS: _scenarios(scenarios, lang)}
    if sheet.further not in others:
        return tuple(own)
    marks = [spec for spec in own if spec.holds == "fingerprints"]  # of no use to a reader: after all others
    return _distinct([*(spec for spec in own if spec not in marks), *others[sheet.further], *marks])


def indicator_headers(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """Headers of the indicators' columns, as a new workbook has them: names cut to what a header holds."""
    return tuple(spec.header for spec in _distinct(_indicators(indicators)))


def _indicators(indicators: Iterable[Indicator]) -> list[Spec]:
    return [Spec(_short(i.name), "normalised", i.code, i.code) for i in indicators]


def _scenarios(names: Iterable[str], lang: Lang) -> list[Spec]:
    return [
        Spec(schema.OF_SCENARIO[key].format(scenario=_short(name))[lang], key, key, scenario=name)
        for name in names
        for key in schema.OF_SCENARIO
    ]


def from_columns(
    sheet: ResultSheet,
    framework: Framework,
    lang: Lang,
    column: Callable[[Spec], Sequence[Any]],
    table: str = "",
    years: Sequence[int] = (),
    scenarios: Sequence[str] = (),
) -> ResultTable:
    """A sheet's table, of what a function says of each column. `table` is its name where each ranking has one."""
    found = specs(sheet, framework, lang, years, scenarios)
    columns = tuple(ResultColumn(spec.header, spec.role, column(spec)) for spec in found)
    band = tuple(spec.band for spec in found) if sheet.scored else None
    return ResultTable(table or sheet.table, columns, band)


def from_rows(sheet: ResultSheet, rows: Sequence[Mapping[str, Any]], lang: Lang) -> ResultTable:
    """A table of the columns of its record alone, of rows of values by key; what a row does not hold stays blank."""
    columns = (ResultColumn(c.header[lang], c.role, [row.get(c.key) for row in rows]) for c in sheet.columns)
    return ResultTable(sheet.table, tuple(columns))


def one_line(text: str) -> str:
    """A text as a header holds it: on one line, single spaces, no control characters.

    >>> one_line(" GDP\\n per\\tcapita ")
    'GDP per capita'
    """
    return " ".join(typed.without_control(text).split())


def _short(name: str) -> str:
    return one_line(name).encode("utf-16-le")[: 2 * _NAME_LENGTH].decode("utf-16-le", "ignore")  # as Excel counts


_NAME_LENGTH = 180  # a header holds 255 characters; this leaves room for what is added, and for a code


def _distinct(specs: list[Spec]) -> tuple[Spec, ...]:
    # A table takes no two headers that differ only in case; nodes of one name are told apart by their codes.
    times = Counter(spec.header.casefold() for spec in specs)
    distinct, seen = [], set()
    for spec in specs:
        header = spec.header
        if times[header.casefold()] > 1 and (spec.level > 0 or spec.role == "normalised"):
            header = f"{header} ({spec.node})"
        while header.casefold() in seen:
            header += "′"
        seen.add(header.casefold())
        distinct.append(spec._replace(header=header))
    return tuple(distinct)


def _nodes(sheet: ResultSheet, framework: Framework, lang: Lang) -> list[Spec]:
    specs, above = [], framework.root.code
    for node in sorted(framework.aggregates, key=lambda node: framework.level(node.code)):
        if node.code == framework.root.code:
            continue
        if sheet.further is Further.DIMENSIONS and framework.level(node.code) > 1:
            break
        for k, column in enumerate(schema.node_columns(sheet)):
            header = column.header[lang].format(node=_short(node.name))
            band = "" if k or node.parent in (above, None) else framework.node(node.parent).name
            specs.append(Spec(header, column.role, column.key, node.code, framework.level(node.code), not k, band))
        above = node.parent or above
    return specs
