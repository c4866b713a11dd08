"""The run log: one row a recalculation. Its columns are found by their headers, like those of every table."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..language import Lang
from . import layout, options, schema
from .book import Readable, ResultTable
from .cells import read_number
from .faults import Report
from .keyed_table import KeyedTable, is_blank, read_table
from .options import SettingValue

_UNLOGGED = ("title", "source")  # texts for readers, on which no result hangs
_WITHOUT, _FORMULAS = "without", "formulas"
_PAIR = re.compile(r'(?:^|;)\s*(\w+)=("(?:[^"\\]|\\.)*"|.*?)\s*(?=;\s*\w+=|$)', re.S)


def read(book: Readable) -> KeyedTable | None:
    """The log as it stands; None where the workbook has none."""
    if schema.LOG.table not in book.tables():
        return None
    return read_table(book, schema.LOG.table, schema.LOG.columns, Report(), schema.LOG.keys)


def longer(book: Readable, lang: Lang, row: Mapping[str, Any]) -> ResultTable:
    """The log with one more row; what stands there already stays."""
    table = read(book)
    old = {column.key: list(table.column(column.key)) if table else [] for column in schema.LOG.columns}
    n_rows = table.block.n_rows if table else 0
    while n_rows and all(is_blank(column[n_rows - 1]) for column in old.values()):
        n_rows -= 1  # the one row that an empty table has
    rows = [{key: values[i] for key, values in old.items()} for i in range(n_rows)]
    return layout.from_rows(schema.LOG, [*rows, row], lang)


def spelt(settings: Mapping[str, SettingValue], gone: Sequence[str] = (), formulas: str = "") -> str:
    """Settings as the log has them: ``key=value; key=value``, a text that could be taken for more in quotes.

    `gone` are result tables that the workbook does not have, so that one taken out later is missed;
    `formulas` are its inputs that are formulas, as `entered` spells them.

    >>> spelt({"scope": "year", "imputation_group": "a; weighting=equal"}, formulas="none")
    'scope=year; imputation_group="a; weighting=equal"; formulas=none'
    """
    pairs = [f"{key}={_quoted(value)}" for key, value in settings.items() if key not in _UNLOGGED]
    pairs += [f"{_WITHOUT}={name}" for name in gone]
    return "; ".join([*pairs, f"{_FORMULAS}={_quoted(formulas)}"] if formulas else pairs)


def without(text: str) -> tuple[str, ...]:
    """Result tables that the workbook did not have then.

    >>> without('scope=year; without=bdx_weights')
    ('bdx_weights',)
    """
    return tuple(found[2] for found in _PAIR.finditer(text) if found[1] == _WITHOUT)


def formulas(text: str) -> str:
    """Inputs that were formulas then, as `entered` spelt them; empty in logs that do not tell.

    >>> formulas('scope=year; formulas={"bdx_units": {"name": "0-2"}}'), formulas("scope=year")
    ('{"bdx_units": {"name": "0-2"}}', '')
    """
    return next((_bare(found[2]) for found in _PAIR.finditer(text) if found[1] == _FORMULAS), "")


def settings_of(text: str) -> dict[str, SettingValue]:
    """Settings as `spelt` wrote them, those unknown to this version left out.

    >>> settings_of('scope=year; imputation_group="a; weighting=equal"; min_available=0.5')
    {'scope': 'year', 'imputation_group': 'a; weighting=equal', 'min_available': 0.5}
    """
    pairs = ((found[1], _bare(found[2])) for found in _PAIR.finditer(text))
    return {key: _value(key, value) for key, value in pairs if key in options.SETTING}


def _quoted(value: SettingValue) -> str:
    text = str(value)
    doubtful = ";" in text or text.startswith('"') or text != text.strip()
    return json.dumps(text, ensure_ascii=False) if doubtful else text


def _bare(text: str) -> str:
    if not text.startswith('"'):
        return text
    try:
        return str(json.loads(text))
    except ValueError:  # of a version that quoted nothing
        return text


def _value(key: str, text: str) -> SettingValue:
    if key == "year":
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
    number = read_number(text).number
    return number if options.SETTING[key].limits and number == number else text
