"""From seeds to a table in whole numbers from which the engine obtains the published ranks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from layout import AT, Array, Layout
from projection import nearest
from rows import Order, Writer
from scipy import sparse
from scoring import Scores

Mask = npt.NDArray[np.bool_]

# What is rounded when, and to how many decimals: coarse counts first, so that finer ones can still make up for them.
STAGES = (
    ("A12", "A13", "C12", "C21", "C23"),
    ("B21", "C22"),
    ("A11", "A14", "A15", "A24", "C11"),
    ("A21", "A22", "A23", "B11", "B12", "B22"),
)
DECIMALS = {"A21": 2, "A22": 2, "A23": 2}
ROUNDS, LAST_ROUNDS = 5, 14  # of weights and projection in turn, before and after each rounding
OTHERS_WITHIN = 3.0  # margins below the last named unit from which others are held down


@dataclass
class Year:
    """What is known of one year: seeds, how readily each number gives way, and between which values."""

    year: int
    seed: Array
    scale: Array
    lower: Array
    upper: Array
    orders: list[Order]
    write: Callable[[Writer], None]
    totals: dict[str, list[tuple[Mask, float]]]
    others: dict[int, set[int]] = field(default_factory=dict)


def solve(layout: Layout, year: Year, *, log: Callable[[str], None] = lambda _: None) -> Array:
    """Table nearest to the seeds, rounded, that obeys the year's orders and statements."""
    fixed = year.scale <= 0
    table, middle = year.seed.copy(), year.seed.copy()
    for codes in ((), *STAGES[:-1]):
        for code in codes:
            column = AT[code]
            middle[:, column] = rounded(table[:, column], code, year.totals.get(code, ()))
            fixed[:, column] = True
        for _ in range(LAST_ROUNDS if codes == STAGES[-2] else ROUNDS):
            table = project(layout, year, middle, fixed, log)
            # Halfway only: where the largest of two provinces changes, full steps would alternate for ever.
            middle = np.where(fixed, middle, (middle + table) / 2)
    for code in STAGES[-1]:
        table[:, AT[code]] = rounded(table[:, AT[code]], code, year.totals.get(code, ()))
    return tidied(table)


def project(layout: Layout, year: Year, middle: Array, fixed: Mask, log: Callable[[str], None]) -> Array:
    """One projection, with the weights of the table in the middle; what is fixed stays."""
    writer = _written(layout, year, middle)
    free = np.flatnonzero(~fixed.ravel())
    # Distance is that of logarithms, to first order around the middle.
    near = np.maximum(middle, 1e-9).ravel()[free]
    origin, result = near * (1.0 - np.log(near / year.seed.ravel()[free])), middle.ravel().copy()
    result[free] = origin
    scale = year.scale.ravel()[free] * near
    matrix, least = writer.rows.matrix(), np.array(writer.rows.least)
    lower, upper = ((bound.ravel()[free] - origin) / scale for bound in (year.lower, year.upper))
    rows = sparse.csr_matrix(matrix[:, free] @ sparse.diags(scale))
    y = nearest(lower, upper, rows, least - matrix @ result)
    result[free] += scale * y
    log(_report(year.year, writer, least - matrix @ result))
    return result.reshape(middle.shape)


def _written(layout: Layout, year: Year, middle: Array) -> Writer:
    """The inequalities of a year. Units not named are held down once they have come close, and from then on."""
    writer = Writer(layout, Scores(layout, middle), middle)
    for k, order in enumerate(year.orders):
        others = year.others.setdefault(k, set())
        if not order.open:
            others |= _close(writer.scores.at(order.ranking, order.node), order)
        writer.order(order, sorted(others))
    writer.link(middle)
    year.write(writer)
    return writer


def _report(year: int, writer: Writer, missing: Array) -> str:
    """What is missing to the inequalities that are missed most, in each one's own measure."""
    worst = [i for i in np.argsort(-missing)[:6] if missing[i] > 1e-6]
    return f"{year}, {len(missing)} rows: " + "; ".join(f"{writer.rows.names[i]} {missing[i]:.5f}" for i in worst)


def tidied(table: Array) -> Array:
    """No part of the companies beyond the whole after rounding."""
    table = table.copy()
    for code in ("A14", "A15", "A24"):
        table[:, AT[code]] = np.minimum(table[:, AT[code]], table[:, AT["A11"]])
    return table


def _close(values: Array, order: Order) -> set[int]:
    """Units not named in an order that come too close to its last."""
    last = min(values[place] for place in order.groups[-1])
    return set(np.flatnonzero(values > last - OTHERS_WITHIN * order.margin).tolist()) - order.named


def rounded(values: Array, code: str, totals: list[tuple[Mask, float]] | tuple[()]) -> Array:
    """Rounded values; where a total is given, by the largest remainders, so that it is kept."""
    factor = 10.0 ** DECIMALS.get(code, 0)
    # First to what the projection is good for, so that a half is a half everywhere.
    result = np.round(np.round(values, 6) * factor) / factor
    for mask, total in totals:
        at = np.flatnonzero(mask)
        missing = round(float((total - result[at].sum()) * factor))
        remainder = np.round(values[at] - result[at], 9) * np.sign(missing)
        candidates = at[np.argsort(-remainder, kind="stable")]
        for i in candidates[: abs(missing)]:
            result[i] += np.sign(missing) / factor
    return result
