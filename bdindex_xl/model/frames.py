"""Between pandas frames and the model's arrays.

The only module that needs pandas; imported when a frame is asked for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..core.arrays import Array
from ..errors import FrameworkError
from ..language import Text, joined, same
from .coercion import real, year_of

Parts = tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...], Array, tuple[str, ...]]

# What the two columns may be called, in the order in which one is taken: a code comes before a name.
_YEAR = (("year", "年份", "年度", "年"),)
_UNIT = (("unit", "unit code", "地区代码"), ("地区", "unit name", "地区名称"))
_SHOWN = 5  # faults named at once


def panel_parts(frame: Any, *, wanted: Iterable[str] | None = None, groups: Hashable | None = None) -> Parts:
    """Years, units, indicator codes, values[year, unit, indicator] and groups of a frame; see `Panel.from_frame`.

    `wanted` are the columns to take, as far as they are there; the others are left out.
    """
    if not isinstance(frame, pd.DataFrame):
        raise FrameworkError(_NO_FRAME.format(found=same(type(frame).__name__)))
    table = _with_index(frame)
    year, unit = _column(table, _YEAR, "year"), _column(table, _UNIT, "unit")
    by = None if groups is None else _named(table, groups)
    taken = [k for k in range(table.shape[1]) if k not in (year, unit, by) and not _is_name(table.columns[k])]
    if wanted is not None:
        known = set(wanted)
        taken = [k for k in taken if str(table.columns[k]) in known]
    if not len(table):
        raise FrameworkError(_EMPTY)
    years, units = _years(table.iloc[:, year]), _units(table.iloc[:, unit])
    codes = tuple(str(table.columns[k]) for k in taken)
    numbers = [_numbers(table.iloc[:, k], code) for k, code in zip(taken, codes, strict=True)]
    year_at, all_years = pd.factorize(years, sort=True)
    unit_at, all_units = pd.factorize(units)
    place = year_at * len(all_units) + unit_at
    _check_once(place, years, units)
    values = np.full((len(all_years) * len(all_units), len(codes)), np.nan)
    values[place] = np.stack(numbers, axis=1) if numbers else np.empty((len(table), 0))
    grouped = () if by is None else _groups(table.iloc[:, by], unit_at, all_units)
    shape = len(all_years), len(all_units), len(codes)
    return tuple(int(y) for y in all_years), tuple(map(str, all_units)), codes, values.reshape(shape), grouped


def _with_index(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with year and unit as columns where they are levels of its index, as in the results."""
    columns = {_plain(name) for name in frame.columns}
    words = {word for kinds in (*_YEAR, *_UNIT) for word in kinds}
    levels = [k for k, name in enumerate(frame.index.names) if name is not None and _plain(name) in words - columns]
    table = frame.copy(deep=False)
    for at, k in enumerate(levels):
        table.insert(at, frame.index.names[k], frame.index.get_level_values(k), allow_duplicates=True)
    return table


def _plain(name: Any) -> str:
    return " ".join(unicodedata.normalize("NFKC", str(name)).casefold().replace("_", " ").split())


def _is_name(name: Any) -> bool:
    """Whether a column holds names of units, which stand beside their codes in a workbook."""
    return _plain(name) in _UNIT[1]


def _column(table: pd.DataFrame, words: Sequence[Sequence[str]], what: str) -> int:
    """Place of the one column of that kind."""
    for kinds in words:
        found = [k for k, name in enumerate(table.columns) if _plain(name) in kinds]
        if len(found) == 1:
            return found[0]
        if found:
            names = joined([same(f"“{table.columns[k]}”") for k in found])
            raise FrameworkError(_COLUMN_TWICE.format(what=what, found=names))
    columns = joined([same(f"“{name}”") for name in table.columns[:_MANY]]) if len(table.columns) else _NOTHING
    names = joined([same(word) for kinds in words for word in kinds])
    raise FrameworkError(_NO_COLUMN.format(what=what, names=names, found=columns))


def _named(table: pd.DataFrame, name: Hashable) -> int:
    found = [k for k, column in enumerate(table.columns) if column == name]
    if len(found) != 1:
        columns = joined([same(f"“{column}”") for column in table.columns[:_MANY]])
        raise FrameworkError(_NO_GROUPS.format(name=same(name), found=columns))
    return found[0]


def _years(column: pd.Series[Any]) -> npt.NDArray[np.int64]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(object)
    if column.dtype.kind in "iu" and not pd.api.types.is_extension_array_dtype(column.dtype):
        return column.to_numpy(dtype=np.int64)
    known = {value: year_of(value) for value in column.unique() if not _is_blank(value)}
    years = [None if _is_blank(value) else known[value] for value in column]
    _refuse(column, [year is None for year in years], _YEAR_EXPECTED, "year")
    return np.array(years, dtype=np.int64)


def _units(column: pd.Series[Any]) -> npt.NDArray[np.object_]:
    texts = ["" if _is_blank(value) else _text(value) for value in column]
    _refuse(column, [not text for text in texts], _UNIT_EXPECTED, "unit")
    return np.array(texts, dtype=object)


def _text(value: Any) -> str:
    """A name; a code that became a float, as beside a missing one, loses its “.0”."""
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    return str(int(value)) if whole else str(value).strip()


def _numbers(column: pd.Series[Any], code: str) -> Array:
    dtype = column.dtype
    if pd.api.types.is_numeric_dtype(dtype) and dtype.kind in "iuf":
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    values = list(column.astype(object))
    wrong = [not (_is_blank(value) or _is_number(value)) for value in values]
    texts = all(isinstance(value, str) or _is_blank(value) for value in values)
    _refuse(column, wrong, _NO_TEXT if texts else _NUMBER_EXPECTED, code)
    return np.array([np.nan if _is_blank(value) else real(value) for value in values], dtype=np.float64)


def _is_number(value: Any) -> bool:
    return isinstance(value, Real | Decimal) and not isinstance(value, bool | np.bool_)


def _is_blank(value: Any) -> bool:
    missing = pd.isna(value) if pd.api.types.is_scalar(value) else False
    return bool(missing) or (isinstance(value, str) and not value.strip())


def _refuse(column: pd.Series[Any], wrong: Sequence[bool], expected: Text, name: str) -> None:
    """Raises FrameworkError naming row and value of the first that are wrong."""
    places = np.flatnonzero(wrong)
    if not places.size:
        return
    found = []
    for k in places[:_SHOWN]:
        value = column.iloc[k]
        shown = _NOTHING if _is_blank(value) else same(f"“{value}”")
        found.append(_IN_ROW.format(value=shown, row=same(column.index[k])))
    more = _MORE.format(n=places.size - _SHOWN) if places.size > _SHOWN else same("")
    raise FrameworkError(_WRONG.format(name=same(name), expected=expected, found=joined(found), more=more))


def _check_once(place: npt.NDArray[np.integer[Any]], years: npt.NDArray[Any], units: npt.NDArray[Any]) -> None:
    twice = np.flatnonzero(pd.Series(place).duplicated())
    if twice.size:
        names = joined([same(f"{units[i]} {years[i]}") for i in twice[:_SHOWN]])
        raise FrameworkError(_TWICE.format(names=names))


def _groups(column: pd.Series[Any], unit_at: npt.NDArray[np.integer[Any]], units: npt.NDArray[Any]) -> tuple[str, ...]:
    """The group of each unit, "" for none."""
    found: dict[int, str] = {}
    for u, value in zip(unit_at.tolist(), column, strict=True):
        if _is_blank(value):
            continue
        text = _text(value)
        if found.setdefault(u, text) != text:
            both = joined([same(f"“{found[u]}”"), same(f"“{text}”")])
            raise FrameworkError(_ONE_GROUP.format(unit=same(units[u]), name=same(column.name), found=both))
    return tuple(found.get(u, "") for u in range(len(units)))


_MANY = 12
_NOTHING = Text("空白", "nothing")
_NO_FRAME = Text("数据应为 pandas 数据框，实为 {found}", "data: expected a pandas DataFrame, found {found}")
_EMPTY = Text("数据应至少有一行，实为空表", "data: expected at least one row, found none")
_NO_COLUMN = Text(
    "数据应有列 {what}（可写作 {names}），实有列：{found}",
    "data: expected a column {what} (or {names}), found {found}",
)
_COLUMN_TWICE = Text("{what} 列应只有一列，实有 {found}", "data: expected one column {what}, found {found}")
_NO_GROUPS = Text("分组应为数据中唯一的一列，没有“{name}”，实有列：{found}",
                  "groups: expected the name of one column of the data, found “{name}” beside {found}")  # fmt: skip
_YEAR_EXPECTED = Text("整年份，如 2024", "a year as a whole number such as 2024, or a date")
_UNIT_EXPECTED = Text("地区代码", "the code of a unit")
_NUMBER_EXPECTED = Text("数", "a number")
_NO_TEXT = Text(
    "数（文字列请用 groups 指明为分组，或用 framework 指明要用的指标）",
    "numbers (framework= leaves a column of texts out, groups= takes it as the groups)",
)
_IN_ROW = Text("{value}（第 {row} 行）", "{value} in row {row}")
_MORE = Text("，另有 {n} 处", " and {n} more")
_WRONG = Text("{name} 列应为 {expected}，实为 {found}{more}", "column {name}: expected {expected}, found {found}{more}")
_TWICE = Text("每个地区每年应只有一行，实有重复：{names}", "expected one row a unit and year, found again: {names}")
_ONE_GROUP = Text(
    "{unit} 在“{name}”列应属于同一组，实为 {found}", "{unit}: expected one group in {name}, found {found}"
)


def by_year_and_unit(
    years: Sequence[int], units: Sequence[str], codes: Sequence[str], values: npt.NDArray[np.float64]
) -> pd.DataFrame:
    """A frame with index (year, unit) from values[year, unit, code]."""
    index = pd.MultiIndex.from_product([years, units], names=["year", "unit"])
    return pd.DataFrame(values.reshape(len(index), len(codes)), index=index, columns=list(codes))


def by_code(codes: Sequence[str], values: npt.NDArray[Any], name: str) -> pd.Series[Any]:
    """A series of one value an indicator, named by its code; a copy, without -0.0."""
    return pd.Series(values + values.dtype.type(0), index=pd.Index(list(codes), name="indicator"), name=name)


def by_source(sources: Sequence[str], columns: Mapping[str, npt.NDArray[Any]]) -> pd.DataFrame:
    """A frame of one row a source of uncertainty."""
    return pd.DataFrame(columns, index=pd.Index(list(sources), name="source"))


def side_by_side(columns: Sequence[pd.Series[Any]]) -> pd.DataFrame:
    """Series of the same index as the columns of a frame."""
    return pd.DataFrame({str(column.name): column for column in columns})


def weights_by_year(
    years: Sequence[int], links: Iterable[tuple[str, str]], weights: Array, effective: Array
) -> pd.DataFrame:
    """Columns year, parent, child, weight, effective_weight from links (parent, child) and weights[year, link]."""
    parents, children = zip(*links, strict=True)
    n_years = len(years)
    return pd.DataFrame(
        {
            "year": np.repeat(years, len(parents)),
            "parent": parents * n_years,
            "child": children * n_years,
            "weight": weights.ravel(),
            "effective_weight": effective.ravel(),
        }
    )
