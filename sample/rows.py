"""Published figures as linear inequalities on the table that is solved for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from layout import AT, HERE, INDICATORS, Array, Layout, read_csv
from scipy import sparse
from scoring import NODES, Scores

Index = npt.NDArray[np.intp]

MARGIN = {"A": 0.0014, "B": 0.0014, "C": 0.0022, "BDI": 0.0014}
RAW_MARGIN = {"A21": 0.01, "B11": 0.002, "B22": 0.006, "C11": 0.008}
COUNT_MARGIN = 0.02  # of other indicators; both are shares of the range, between neighbours in a published order
CIRCLES = {
    "BDI": ("长三角经济圈", "京津冀经济圈", "粤港澳大湾区", "成渝经济圈"),
    "A": ("京津冀经济圈", "长三角经济圈", "粤港澳大湾区", "成渝经济圈"),
    "B": ("京津冀经济圈", "长三角经济圈", "粤港澳大湾区", "成渝经济圈"),
    "C": ("长三角经济圈", "京津冀经济圈", "粤港澳大湾区", "成渝经济圈"),
}
CIRCLE_MARGIN = 0.0015
PARTS = {"A14": 0.45, "A15": 0.8, "A24": 0.9}  # of all companies, at most


@dataclass(frozen=True)
class Order:
    """Units in order of rank at a node; units of one group share a stretch of ranks in whichever order."""

    ranking: str
    node: str
    groups: tuple[tuple[int, ...], ...]
    narrow: bool = False  # earlier years need less room: nothing but their own order is published
    open: bool = False  # units not named may stand anywhere

    @property
    def named(self) -> set[int]:
        return {place for group in self.groups for place in group}

    @property
    def margin(self) -> float:
        return (MARGIN | RAW_MARGIN).get(self.node, COUNT_MARGIN) * (0.75 if self.narrow else 1.0)


def orders(layout: Layout, year: int) -> list[Order]:
    """Orders of seeds/orders.csv: braces hold units that share a stretch of ranks; after ... the others are free."""
    found = []
    for row in read_csv(HERE / "seeds" / "orders.csv"):
        if int(row["year"]) == year:
            parts = re.findall(r"\{[^}]*\}|\S+", row["order"])
            names = [part.strip("{}").split() for part in parts if part != "..."]
            groups = tuple(tuple(layout.place(row["ranking"], name) for name in group) for group in names)
            found.append(Order(row["ranking"], row["node"], groups, year < 2024, parts[-1] == "..."))
    return found


@dataclass
class Rows:
    """Inequalities ``coefficients @ table >= least``, collected one by one."""

    n_columns: int
    names: list[str] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    _entries: list[tuple[Index, Array]] = field(default_factory=list)

    def add(self, name: str, coefficients: Array, least: float) -> None:
        at = np.flatnonzero(coefficients)
        self._entries.append((at, coefficients.ravel()[at]))
        self.names.append(name)
        self.least.append(least)

    def matrix(self) -> sparse.csr_matrix:
        lengths = [len(at) for at, _ in self._entries]
        row = np.repeat(np.arange(len(lengths)), lengths)
        column = np.concatenate([at for at, _ in self._entries])
        value = np.concatenate([values for _, values in self._entries])
        return sparse.csr_matrix((value, (row, column)), shape=(len(lengths), self.n_columns))


class Writer:
    """Writes the inequalities of one year, given the worth of each raw value at the current table."""

    def __init__(self, layout: Layout, scores: Scores, table: Array) -> None:
        self.layout, self.scores, self.table = layout, scores, table
        self.shape = (layout.n_cities + len(layout.provinces), len(INDICATORS))
        self.rows = Rows(self.shape[0] * self.shape[1])

    def unit(self, ranking: str, node: str, place: int) -> Array:
        coefficients = np.zeros(self.shape)
        coefficients[self.layout.rows_of(ranking, place)] = self.scores.worth[ranking][node]
        return coefficients

    def above(self, order: Order, upper: int, lower: int, margin: float) -> None:
        names = self.layout.units(order.ranking)
        difference = self.unit(order.ranking, order.node, upper) - self.unit(order.ranking, order.node, lower)
        self.rows.add(f"{order.node} {names[upper]} > {names[lower]}", difference, margin)

    def order(self, order: Order, others: Sequence[int]) -> None:
        for better, worse, margin in _neighbours((*order.groups, others), order.margin):
            self.above(order, better, worse, margin)

    def near(self, ranking: str, node: str, upper: str, lower: str, most: float) -> None:
        """The upper of two units at most so far ahead."""
        first, second = (self.unit(ranking, node, self.layout.place(ranking, name)) for name in (upper, lower))
        self.rows.add(f"{node} {upper} near {lower}", second - first, -most)

    def circles(self) -> None:
        for node in NODES:
            means = []
            for circle in CIRCLES[node]:
                members = np.flatnonzero(self.layout.circles == circle).tolist()
                means.append(np.mean([self.unit("city", node, i) for i in members], axis=0))
            for better, worse, name in zip(means, means[1:], CIRCLES[node], strict=False):
                self.rows.add(f"{node} {name}", better - worse, CIRCLE_MARGIN)

    def share(self, code: str, cities: Sequence[str], low: float, high: float) -> None:
        """Share of cities in the country's total between two values."""
        part, whole = np.zeros(self.shape), np.zeros(self.shape)
        part[[self.layout.city(city) for city in cities], AT[code]] = 1.0
        whole[:, AT[code]] = 1.0
        total = float((whole * self.table).sum())
        self.rows.add(f"{code} {cities} >= {low}", (part - low * whole) / total, 0.0)
        self.rows.add(f"{code} {cities} <= {high}", (high * whole - part) / total, 0.0)

    def total(self, code: str, value: float, *, region: str | None = None) -> None:
        whole = np.zeros(self.shape)
        regions = np.concatenate([self.layout.city_regions, self.layout.province_regions])
        whole[:, AT[code]] = 1.0 if region is None else (regions == region).astype(float)
        self.rows.add(f"total {code}", whole, value - 0.01)
        self.rows.add(f"total {code}", -whole, -value - 0.01)

    def link(self, table: Array) -> None:
        """No part of the companies larger than the whole, where it comes close."""
        for code, most in PARTS.items():
            cities = table[: self.layout.n_cities]
            companies = cities[:, AT["A11"]]
            for i in np.flatnonzero((cities[:, AT[code]] > 0.9 * most * companies) & (companies > 10)):
                coefficients = np.zeros(self.shape)
                coefficients[i, AT["A11"]], coefficients[i, AT[code]] = most, -1.0
                self.rows.add(f"{code} <= {most} A11 {self.layout.cities[i]}", coefficients, 0.0)

    def window(self, place: int, low: float, high: float) -> None:
        """BDI score of a city between two values; every indicator's least value is 0 there."""
        coefficients = self.unit("city", "BDI", place)
        self.rows.add(f"window {self.layout.cities[place]}", coefficients, low)
        self.rows.add(f"window {self.layout.cities[place]}", -coefficients, -high)


def _neighbours(groups: Sequence[Sequence[int]], margin: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of units of neighbouring groups, and how far apart: a little further for each, or a group would tie."""
    for better, worse in pairwise(groups):
        for i, first in enumerate(better):
            for j, second in enumerate(worse):
                yield first, second, margin * (1.0 + 0.1 * min(i + j, 10))
