"""Which cells of a table hold another value after writing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from .areas import Area
from .book import Formula
from .plan import PlacedTable, Plan


def alike(found: Any, wanted: Any) -> bool:
    """Whether two cells say the same: programs keep 15 digits of a number, and add up in another order."""
    if _blank(found) or _blank(wanted):
        return _blank(found) and _blank(wanted)
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    if isinstance(found, int | float) and isinstance(wanted, int | float):
        return math.isclose(found, wanted, rel_tol=1e-12, abs_tol=1e-12)
    return bool(found == wanted)


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value) or (isinstance(value, float) and value != value)


def of_plan(plan: Plan[PlacedTable], old: Sequence[Sequence[Any]], rows: range) -> list[Area]:
    """Areas whose values change in some rows, a column each; `old` are the columns as they stand in these rows."""
    areas: list[Area] = []
    left, start = plan.area.left, rows.start - plan.body.top
    width = max(plan.table.area.right, plan.area.right) - left + 1
    for k in range(width):
        slot = plan.layout.slots[k] if k < len(plan.layout.slots) else None
        if slot is None and k < len(plan.layout.slots):
            continue  # a user's own column
        before = list(old[k]) if k < len(old) else []
        after = _plain(plan.result.columns[slot].values[start : start + len(rows)]) if slot is not None else []
        n = max(len(before), len(after))
        before += [None] * (n - len(before))
        after += [None] * (n - len(after))
        moved = (i for i in range(n) if not alike(before[i], after[i]))
        first = next(moved, None) if before != after else None
        if first is not None:
            last = next(i for i in reversed(range(n)) if not alike(before[i], after[i]))
            areas.append(Area(rows[first], left + k, rows[last], left + k))
    return areas


def _plain(values: Any) -> list[Any]:
    plain = values.tolist() if hasattr(values, "tolist") else values
    return [value.value if isinstance(value, Formula) else value for value in plain]
