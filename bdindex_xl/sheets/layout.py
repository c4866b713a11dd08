"""Columns of the result tables for a given framework. Shared by the writer of results and the maker of workbooks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..language import Lang
from ..model.framework import Framework, Indicator
from . import schema
from .schema import Column


@dataclass(frozen=True, slots=True)
class Spec:
    """A column of a result table.

    `node` is the framework code it belongs to (None for columns that identify the row), `key` what it holds there,
    `level` the depth of the node: 0 the index, 1 its children. `band` heads the first column of a node.
    """

    header: str
    role: str
    key: str
    node: str | None = None
    level: int = 0
    band: str = ""


def ranking(framework: Framework, lang: Lang) -> tuple[Spec, ...]:
    """Columns of a ranking table: the index, then every other aggregate, level by level."""
    return _distinct([*_index(schema.RANKING_COLUMNS, framework, lang), *_nodes(framework, lang)])


def groups(framework: Framework, lang: Lang) -> tuple[Spec, ...]:
    """Columns of the group ranking table."""
    own = [Spec(column.header[lang], column.role, column.key) for column in schema.GROUP_COLUMNS]
    index = (column for column in schema.RANKING_COLUMNS if column.key != "unit")
    return _distinct([*own, *_index(index, framework, lang), *_nodes(framework, lang)])


def weights(lang: Lang) -> tuple[Spec, ...]:
    """Columns of the weights table."""
    return tuple(Spec(column.header[lang], column.role, column.key) for column in schema.WEIGHTS_COLUMNS)


def normalised(framework: Framework, lang: Lang) -> tuple[Spec, ...]:
    """Columns of the table of normalised scores: the unit, then a column per indicator."""
    own = [Spec(column.header[lang], column.role, column.key) for column in schema.NORMALISED_COLUMNS]
    return _distinct([*own, *_indicators(framework.indicators)])


def indicator_headers(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """Headers of the indicators' columns, as a new workbook has them: names cut to what a header holds."""
    return tuple(spec.header for spec in _distinct(_indicators(indicators)))


def _indicators(indicators: Iterable[Indicator]) -> list[Spec]:
    return [Spec(_short(i.name), "normalised", i.code, i.code) for i in indicators]


def fixed(columns: Iterable[Column], lang: Lang) -> tuple[Spec, ...]:
    """Columns of a table whose shape does not hinge on the framework (data check, run log)."""
    return tuple(Spec(column.header[lang], column.role, column.key) for column in columns)


def one_line(text: str) -> str:
    """A text as a header holds it: on one line, single spaces, no control characters.

    >>> one_line(" GDP\\n per\\tcapita ")
    'GDP per capita'
    """
    return " ".join(_CONTROL.sub(" ", text).split())


def _short(name: str) -> str:
    return one_line(name)[:_NAME_LENGTH]


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
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
        distinct.append(replace(spec, header=header))
    return tuple(distinct)


def _index(columns: Iterable[Column], framework: Framework, lang: Lang) -> list[Spec]:
    root = framework.root
    return [
        Spec(column.header[lang], column.role, column.key, None if column.key == "unit" else root.code)
        for column in columns
    ]


def _nodes(framework: Framework, lang: Lang) -> list[Spec]:
    specs = []
    for node in sorted(framework.aggregates, key=lambda node: framework.level(node.code)):
        if node.code == framework.root.code:
            continue
        for k, column in enumerate(schema.NODE_COLUMNS):
            header = column.header[lang].format(node=_short(node.name))
            band = "" if k else node.name
            specs.append(Spec(header, column.role, column.key, node.code, framework.level(node.code), band))
    return specs
