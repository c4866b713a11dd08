"""What the report says in numbers about raw values, gaps and paths, written as inequalities of the year."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from layout import AT, HERE, Array, Layout, read_csv
from rows import Writer
from seeds import REGIONAL_AGENCIES

FOUR = ("北京", "深圳", "上海", "杭州")
SIX = ("广州", "南京", "合肥", "成都", "武汉", "东莞")
ALLIANCES = {"北京": (75, 110), "深圳": (72, 85), "杭州": (31, 49), "广州": (31, 48), "青岛": (30.6, 48)}
COMPANIES, UNIVERSITIES = 8979, {2023: 988, 2024: 1023}
GAP_GROWTH = 0.004  # of the lead of Beijing over the next city, a year
# Changes from 2023 to 2024 that the report states are possible in a year only where units are close.
CLOSE = (
    ("province", "BDI", "湖北", "福建", 0.055),
    ("province", "BDI", "贵州", "河北", 0.04),
    ("province", "BDI", "辽宁", "重庆", 0.075),
    ("city", "BDI", "苏州", "天津", 0.035),
    ("city", "BDI", "济南", "西安", 0.045),
    ("city", "A", "苏州", "成都", 0.06),
    ("city", "A", "福州", "青岛", 0.04),
    ("city", "B", "长沙", "苏州", 0.035),
)
Totals = dict[str, list[tuple[npt.NDArray[np.bool_], float]]]


def writer_of(layout: Layout, year: int, gap_after: float | None) -> Callable[[Writer], None]:
    """The function that writes a year's statements."""
    rows = read_csv(HERE / "seeds" / "paths.csv")
    paths = {layout.city(row["city"]): int(row[str(year)]) for row in rows if row[str(year)]}

    def write(writer: Writer) -> None:
        if year == 2024:
            writer.circles()
            _shares(writer)
            _counts(writer)
            for closeness in CLOSE:
                writer.near(*closeness)
        if year == 2023:
            writer.share("B11", FOUR, 0.656, 0.668)  # higher than in 2024, section 3.2
            writer.share("B12", FOUR, 0.573, 0.585)
        if year in UNIVERSITIES:
            writer.total("B21", UNIVERSITIES[year])
        if gap_after is not None:
            lead = writer.unit("city", "BDI", layout.city("上海")) - writer.unit("city", "BDI", layout.city("北京"))
            writer.rows.add("lead of Beijing", lead, GAP_GROWTH - gap_after)
        _paths(writer, paths)

    return write


def _shares(writer: Writer) -> None:
    writer.share("B11", FOUR, 0.64347, 0.64353)
    writer.share("B12", FOUR, 0.56157, 0.56163)
    writer.share("B11", SIX, 0.14477, 0.14483)
    writer.share("B12", SIX, 0.20607, 0.20613)
    writer.share("B22", ["北京"], 0.26588, 0.26592)
    writer.share("B22", ["杭州"], 0.11108, 0.11112)
    for city in ("长沙", "上海", "武汉", "南京"):
        writer.share("B22", [city], 0.0465, 0.0545)
    writer.share("A22", ["北京", "杭州"], 0.708, 0.712)


def _counts(writer: Writer) -> None:
    writer.total("A11", COMPANIES)
    for region, total in REGIONAL_AGENCIES.items():
        writer.total("C21", total, region=region)
    for city, (low, high) in ALLIANCES.items():
        coefficients = np.zeros(writer.shape)
        coefficients[writer.layout.city(city), AT["C22"]] = 1.0
        writer.rows.add(f"C22 {city}", coefficients, low)
        writer.rows.add(f"C22 {city}", -coefficients, -high)


def _paths(writer: Writer, paths: dict[int, int]) -> None:
    values = writer.scores.values["city"]["BDI"]
    falling = np.sort(np.delete(values, list(paths)))[::-1]
    for ahead, (place, rank) in enumerate(sorted(paths.items(), key=lambda item: item[1])):
        at = rank - ahead - 1  # among the units without a path
        middle, gap = (falling[at - 1] + falling[at]) / 2, falling[at - 1] - falling[at]
        writer.window(place, middle - gap / 4, middle + gap / 4)


def totals(layout: Layout, year: int, seed: Array, scale: Array) -> Totals:
    """Sums that rounding must keep: over which rows of the table, and how much."""
    n = len(seed)
    cities = np.arange(n) < layout.n_cities
    found: Totals = {}
    if year in UNIVERSITIES:
        found["B21"] = [(cities & (scale[:, AT["B21"]] > 0), UNIVERSITIES[year] - _rest(seed, scale, "B21"))]
    if year == 2024:
        found["A11"] = [(cities & (scale[:, AT["A11"]] > 0), COMPANIES - _rest(seed, scale, "A11"))]
        regions = np.concatenate([layout.city_regions, layout.province_regions])
        column, free = seed[:, AT["C21"]], scale[:, AT["C21"]] > 0
        found["C21"] = [
            ((regions == region) & free, total - column[(regions == region) & ~free].sum())
            for region, total in REGIONAL_AGENCIES.items()
        ]
    return found


def _rest(seed: Array, scale: Array, code: str) -> float:
    return float(seed[scale[:, AT[code]] <= 0, AT[code]].sum())
