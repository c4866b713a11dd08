"""Values of formulas as spreadsheet programs calculate them, for sheets of our own whose values a file is to hold.

A value that differs in kind from what programs give would be worse than none: what is not known here is not calculated.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Protocol

import numpy as np

from ...sheets.areas import parse
from ...sheets.book import ErrorValue
from .formula_tree import FormulaTree, UnreadFormula, parsed

FormulaPlace = tuple[int, int]  # row, column
_area = lru_cache(maxsize=4096)(parse)  # the same cells are named again with every calculation


class FailedFormula(Exception):
    """A formula gives an error value."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.value = ErrorValue(value)


class CellColumn:
    """Cells of one column or row, or of a block of one column, with what calculations ask of them."""

    def __init__(self, values: Sequence[Any], first_row: int = 0) -> None:
        self.values = values
        self.first_row = first_row
        self.compared: dict[tuple[Any, Any], np.ndarray[Any, np.dtype[np.bool_]]] = {}  # formulas ask the same often

    @cached_property
    def numbers(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """NaN where a cell holds no number."""
        return np.array([v if isinstance(v, float | int) else np.nan for v in self.values], dtype=np.float64)

    @cached_property
    def texts(self) -> np.ndarray[Any, Any]:
        """Texts as comparisons see them, None where a cell holds none."""
        return np.array([v.casefold() if isinstance(v, str) else None for v in self.values], dtype=object)

    @cached_property
    def blank(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        return np.array([v is None for v in self.values], dtype=bool)

    @cached_property
    def is_text(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        return np.array([isinstance(v, str) for v in self.values], dtype=bool)

    @cached_property
    def told(self) -> np.ndarray[Any, Any]:
        """As what is compared with a text."""
        return np.where(self.blank, "", self.texts)

    @cached_property
    def counted(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """As what is compared with a number, or added up."""
        return np.where(self.blank, 0.0, self.numbers)

    def terms(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """As a term of a sum or a product; a text makes an error of it."""
        if self.is_text.any():
            raise FailedFormula("#VALUE!")
        return self.counted


class FormulaTables(Protocol):
    """Where formulas take their data from."""

    def header(self, table: str) -> Sequence[str]: ...

    def column(self, table: str, j: int) -> CellColumn: ...

    def n_rows(self, table: str) -> int: ...


@dataclass(frozen=True, slots=True)
class _Table:
    """A table's body, as a formula names it."""

    name: str


@dataclass(eq=False)
class CalculatedSheet:
    """Formulas and values of one sheet."""

    formulas: Mapping[FormulaPlace, str]
    values: Mapping[FormulaPlace, Any]
    tables: FormulaTables

    def __post_init__(self) -> None:
        self._found: dict[FormulaPlace, Any] = {}
        self._begun: set[FormulaPlace] = set()

    def value(self, place: FormulaPlace) -> Any:
        """What a cell shows. Raises UnreadFormula where a formula is not known here, or follows itself."""
        if place not in self.formulas:
            return self.values.get(place)
        if place not in self._found:
            if place in self._begun:
                raise UnreadFormula(self.formulas[place])
            self._begun.add(place)
            try:
                found = _single(_Formula(self, place).of(parsed(self.formulas[place])))
                self._found[place] = 0.0 if found is None else found
            except FailedFormula as error:
                self._found[place] = error.value
        return self._found[place]


class _Formula:
    """One formula being calculated."""

    def __init__(self, sheet: CalculatedSheet, place: FormulaPlace) -> None:
        self._sheet = sheet
        self._place = place

    def of(self, tree: FormulaTree) -> Any:
        if tree.kind in ("number", "text"):
            return tree.value
        if tree.kind == "cells":
            return self._cells(str(tree.value))
        if tree.kind == "table":
            table, part, _ = str(tree.value).partition("[#Headers")
            return CellColumn(list(self._sheet.tables.header(table))) if part else _Table(table.partition("[")[0])
        if tree.kind == "name":
            return _Table(str(tree.value))
        if tree.kind == "call":
            return self._call(str(tree.value), tree.parts)
        return _OPERATORS[tree.kind](*(self.of(part) for part in tree.parts))

    def _cell(self, place: FormulaPlace) -> Any:
        value = self._sheet.value(place)
        if isinstance(value, ErrorValue):
            raise FailedFormula(value)
        return value

    def _cells(self, text: str) -> Any:
        area = _area(text)
        if area is None:
            raise UnreadFormula(text)
        if ":" not in text:
            return self._cell((area.top, area.left))
        rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
        return CellColumn([self._sheet.value((row, column)) for row in rows for column in columns], area.top)

    def _call(self, name: str, parts: tuple[FormulaTree, ...]) -> Any:
        if name == "IF":
            chosen = 1 if _truth(_single(self.of(parts[0]))) else 2
            return self.of(parts[chosen]) if chosen < len(parts) else False
        if name == "IFERROR":
            try:
                return _single(self.of(parts[0]))
            except FailedFormula:
                return self.of(parts[1])
        if name == "CHOOSE":
            k = int(_number(_single(self.of(parts[0]))))
            if not 1 <= k < len(parts):
                raise FailedFormula("#VALUE!")
            return self.of(parts[k])
        if name == "ROW":
            return self._row(parts)
        if name == "INDEX":
            return self._index(*(self.of(part) for part in parts))
        if name not in _FUNCTIONS:
            raise UnreadFormula(name)
        return _FUNCTIONS[name](*(self.of(part) for part in parts))

    def _row(self, parts: tuple[FormulaTree, ...]) -> Any:
        if not parts:
            return float(self._place[0])
        area = _area(str(parts[0].value)) if parts[0].kind == "cells" else None
        if area is not None:
            rows = np.arange(area.top, area.bottom + 1, dtype=np.float64)
            return rows if len(rows) > 1 else float(rows[0])
        found = self.of(parts[0])
        if isinstance(found, CellColumn):  # of a table: formulas take the first row off again, wherever the table is
            return np.arange(len(found.values), dtype=np.float64) + found.first_row
        raise UnreadFormula("ROW")

    def _index(self, of: Any, row: Any, column: Any = None) -> Any:
        i = int(_number(_single(row)))
        if isinstance(of, CellColumn):
            if not 1 <= i <= len(of.values):
                raise FailedFormula("#REF!")
            return _passed(of.values[i - 1])
        if not isinstance(of, _Table) or column is None:
            raise UnreadFormula("INDEX")
        j, n_rows = int(_number(_single(column))), self._sheet.tables.n_rows(of.name)
        if not 1 <= j <= len(self._sheet.tables.header(of.name)) or not 0 <= i <= n_rows:
            raise FailedFormula("#REF!")
        found = self._sheet.tables.column(of.name, j - 1)
        return found if i == 0 else _passed(found.values[i - 1])


def _passed(value: Any) -> Any:
    if isinstance(value, ErrorValue):
        raise FailedFormula(value)
    return value


def _single(value: Any) -> Any:
    if isinstance(value, CellColumn | np.ndarray | _Table):
        raise UnreadFormula("an array in one cell")
    return value


def _number(value: Any) -> float:
    if value is None:
        return 0.0
    if isinstance(value, str):
        raise FailedFormula("#VALUE!")
    return float(value)


def _truth(value: Any) -> bool:
    return _number(value) != 0.0


def _terms(value: Any) -> Any:
    if isinstance(value, CellColumn):
        return value.terms()
    return value.astype(np.float64) if isinstance(value, np.ndarray) else _number(value)


def _calculation(does: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def calculate(one: Any, other: Any) -> Any:
        return does(_terms(one), _terms(other))

    return calculate


def _divided(one: Any, other: Any) -> Any:
    below = _terms(other)
    if isinstance(below, np.ndarray):
        raise UnreadFormula("/")
    if below == 0.0:
        raise FailedFormula("#DIV/0!")
    return _terms(one) / below


def _joined(one: Any, other: Any) -> Any:
    if isinstance(one, CellColumn):
        return CellColumn([_text(value) + _text(_single(other)) for value in one.values], one.first_row)
    return _text(_single(one)) + _text(_single(other))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _comparison(does: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    mirrored = {operator.lt: operator.gt, operator.gt: operator.lt, operator.le: operator.ge, operator.ge: operator.le}

    def compare(one: Any, other: Any) -> Any:
        if isinstance(other, CellColumn | np.ndarray) and not isinstance(one, CellColumn | np.ndarray):
            return _comparison(mirrored.get(does, does))(other, one)
        other = _single(other)
        if isinstance(one, np.ndarray):
            return does(one, _number(other))
        if isinstance(one, CellColumn):
            key = does, other
            if key not in one.compared:
                one.compared[key] = _compared(one, other, does)
            return one.compared[key]
        return bool(_compared(CellColumn([one]), other, does)[0])

    return compare


def _compared(column: CellColumn, other: Any, does: Callable[[Any, Any], Any]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Numbers come before texts; a blank is as the number 0 or as the text of no letters."""
    if isinstance(other, str):
        alike: np.ndarray[Any, np.dtype[np.bool_]] = np.array(column.told == other.casefold(), dtype=bool)
        if does in (operator.eq, operator.ne):
            return alike if does is operator.eq else ~alike
        if column.is_text.any() or column.blank.any():
            raise UnreadFormula("an order of texts")
        return np.full(len(column.values), does in (operator.lt, operator.le))
    number = _number(other)
    with np.errstate(invalid="ignore"):
        found = does(column.counted, number)
    above = does in (operator.gt, operator.ge, operator.ne)
    result: np.ndarray[Any, np.dtype[np.bool_]] = np.where(column.is_text, above, found).astype(bool)
    return result


_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": _calculation(operator.add),
    "-": _calculation(operator.sub),
    "*": _calculation(operator.mul),
    "/": _divided,
    "&": _joined,
    "=": _comparison(operator.eq),
    "<>": _comparison(operator.ne),
    "<": _comparison(operator.lt),
    ">": _comparison(operator.gt),
    "<=": _comparison(operator.le),
    ">=": _comparison(operator.ge),
}


def _numbers(*arguments: Any) -> list[float]:
    """Numbers among the arguments: of cells, those that hold one."""
    found: list[float] = []
    for one in arguments:
        if isinstance(one, CellColumn):
            found += one.numbers[~np.isnan(one.numbers)].tolist()
            found += [_number(_passed(value)) for value in one.values if isinstance(value, ErrorValue)]
        elif isinstance(one, np.ndarray):
            found += one.astype(np.float64).tolist()
        else:
            found.append(_number(one))
    return found


def _sumproduct(*arguments: Any) -> float:
    product: Any = 1.0
    for one in arguments:
        # In cells of its own a text counts nothing here.
        product = product * (np.nan_to_num(one.numbers, nan=0.0) if isinstance(one, CellColumn) else _terms(one))
    return float(np.sum(product))


def _match(wanted: Any, among: Any, kind: Any) -> float:
    if not isinstance(among, CellColumn) or kind != 0.0:
        raise UnreadFormula("MATCH")
    found = np.flatnonzero(_compared(among, _single(wanted), operator.eq) & ~among.blank)
    if not found.size:
        raise FailedFormula("#N/A")
    return float(found[0] + 1)


def _average(*arguments: Any) -> float:
    found = _numbers(*arguments)
    if not found:
        raise FailedFormula("#DIV/0!")
    return sum(found) / len(found)


def _large(of: Any, k: Any) -> float:
    found = sorted(_numbers(of), reverse=True)
    if not 1 <= int(_number(k)) <= len(found):
        raise FailedFormula("#NUM!")
    return found[int(_number(k)) - 1]


def _na() -> float:
    raise FailedFormula("#N/A")


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "ABS": lambda value: abs(_number(value)),
    "AND": lambda *values: all(map(_truth, values)),
    "AVERAGE": _average,
    "COUNT": lambda *values: float(len(_numbers(*values))),
    "ISNUMBER": lambda value: isinstance(value, float) and not isinstance(value, bool),
    "LARGE": _large,
    "MATCH": _match,
    "MAX": lambda *values: max(_numbers(*values), default=0.0),
    "MIN": lambda *values: min(_numbers(*values), default=0.0),
    "NA": _na,
    "OR": lambda *values: any(map(_truth, values)),
    "SUM": lambda *values: float(sum(_numbers(*values))),
    "SUMPRODUCT": _sumproduct,
}
