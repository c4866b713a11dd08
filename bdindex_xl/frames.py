"""Between pandas frames and the model's arrays. The only module of the core package that needs pandas, when it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .errors import FrameworkError
from .language import Text, joined, same

if TYPE_CHECKING:
    from .engine import Result
    from .model import Array, Panel


def panel_of_frame(frame: pd.DataFrame) -> Panel:
    """See `Panel.from_frame`."""
    from .model import Panel

    missing = [name for name in ("year", "unit") if name not in frame.columns]
    if missing:
        raise _fault(Text("数据应有列 {names}", "expected the columns {names}"), missing)
    codes = [str(name) for name in frame.columns if name not in ("year", "unit")]
    table = frame.drop(columns=["year", "unit"])
    wrong = [str(name) for name in table.columns if not _is_numeric(table[name])]
    if wrong:
        raise _fault(Text("指标列应为数，实非数的列：{names}", "expected numbers in the indicator columns, found others in {names}"), wrong)
    numbers = table.to_numpy(dtype=np.float64, na_value=np.nan)
    year_of, years = pd.factorize(frame["year"], sort=True)
    unit_of, units = pd.factorize(frame["unit"].astype(str))
    if (year_of < 0).any() or frame["unit"].isna().any():
        raise _fault(Text("每行应有 {names}", "expected {names} in every row"), ["year", "unit"])
    place = year_of * len(units) + unit_of
    twice = pd.Series(place).duplicated().to_numpy()
    if twice.any():
        names = [f"{frame['unit'].iloc[i]} {frame['year'].iloc[i]}" for i in np.flatnonzero(twice)[:5]]
        raise _fault(Text("每个地区每年应只有一行，实有重复：{names}", "expected one row a unit and year, found again: {names}"), names)
    values = np.full((len(years) * len(units), len(codes)), np.nan)
    values[place] = numbers
    shape = len(years), len(units), len(codes)
    return Panel(tuple(int(y) for y in years), tuple(map(str, units)), tuple(codes), values.reshape(shape))


def _is_numeric(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _fault(text: Text, names: list[str]) -> FrameworkError:
    return FrameworkError(text.format(names=joined([same(name) for name in names])))


def by_year_and_unit(result: Result, values: Array, codes: tuple[str, ...]) -> pd.DataFrame:
    """A frame with index (year, unit) from ``values[year, unit, code]``."""
    index = pd.MultiIndex.from_product([result.years, result.units], names=["year", "unit"])
    return pd.DataFrame(values.reshape(len(index), len(codes)), index=index, columns=list(codes))


def weights_frame(result: Result) -> pd.DataFrame:
    """Columns year, parent, child, weight, effective_weight; a row per year and node below the index."""
    framework = result.framework
    nodes = [(k, node) for k, node in enumerate(framework.nodes) if node.parent is not None]
    at = [k for k, _ in nodes]
    n_years = len(result.years)
    return pd.DataFrame(
        {
            "year": np.repeat(result.years, len(nodes)),
            "parent": [node.parent for _, node in nodes] * n_years,
            "child": [node.code for _, node in nodes] * n_years,
            "weight": result.weight_array[:, at].ravel(),
            "effective_weight": result.effective_weight_array[:, at].ravel(),
        }
    )
