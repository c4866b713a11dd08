"""Between pandas frames and the model's arrays.

The only module that needs pandas; imported when a frame is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from .errors import FrameworkError
from .language import Text, joined, same

Array = npt.NDArray[np.float64]
Parts = tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...], Array]


def panel_parts(frame: pd.DataFrame) -> Parts:
    """Years, units, indicator codes and values[year, unit, indicator] of a frame; see `Panel.from_frame`."""
    missing = [name for name in ("year", "unit") if name not in frame.columns]
    if missing:
        raise _fault(Text("数据应有列 {names}", "expected the columns {names}"), missing)
    codes = [str(name) for name in frame.columns if name not in ("year", "unit")]
    table = frame.drop(columns=["year", "unit"])
    wrong = [str(name) for name in table.columns if not _is_numeric(table[name])]
    if wrong:
        raise _fault(
            Text(
                "指标列应为数，实非数的列：{names}",
                "expected numbers in the indicator columns, found others in {names}",
            ),
            wrong,
        )
    numbers = table.to_numpy(dtype=np.float64, na_value=np.nan)
    year_of, years = pd.factorize(frame["year"], sort=True)
    unit_of, units = pd.factorize(frame["unit"].astype(str))
    if (year_of < 0).any() or frame["unit"].isna().any():
        raise _fault(Text("每行应有 {names}", "expected {names} in every row"), ["year", "unit"])
    place = year_of * len(units) + unit_of
    twice = pd.Series(place).duplicated().to_numpy()
    if twice.any():
        names = [f"{frame['unit'].iloc[i]} {frame['year'].iloc[i]}" for i in np.flatnonzero(twice)[:5]]
        raise _fault(
            Text("每个地区每年应只有一行，实有重复：{names}", "expected one row a unit and year, found again: {names}"),
            names,
        )
    values = np.full((len(years) * len(units), len(codes)), np.nan)
    values[place] = numbers
    shape = len(years), len(units), len(codes)
    return tuple(int(y) for y in years), tuple(map(str, units)), tuple(codes), values.reshape(shape)


def _is_numeric(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _fault(text: Text, names: list[str]) -> FrameworkError:
    return FrameworkError(text.format(names=joined([same(name) for name in names])))


def by_year_and_unit(
    years: Sequence[int], units: Sequence[str], codes: Sequence[str], values: npt.NDArray[np.float64]
) -> pd.DataFrame:
    """A frame with index (year, unit) from values[year, unit, code]."""
    index = pd.MultiIndex.from_product([years, units], names=["year", "unit"])
    return pd.DataFrame(values.reshape(len(index), len(codes)), index=index, columns=list(codes))


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
