"""Plausible raw values of 2024 before any published figure is imposed: hand-set for the cities a reader looks at first,
from a city's size for the others.
"""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt
from layout import AT, HERE, INDICATORS, Array, Layout, read_csv

REGION_FACTOR = {"东部": 1.1, "中部": 0.95, "西部": 0.8, "东北": 0.75}
POLICY_FACTOR = {"东部": 1.05, "中部": 1.0, "西部": 0.62, "东北": 0.8}
CIRCLE_POLICIES = {"长三角经济圈": 28, "京津冀经济圈": 14}
# At a size of 250 billion yuan, and the power of size with which it grows.
TYPICAL = {
    "A11": (2.6, 1.15), "A14": (0.45, 1.4), "A15": (1.3, 1.25), "A23": (0.9, 1.5), "A24": (1.9, 1.2),
    "B11": (55.0, 1.5), "B12": (75.0, 1.4), "B21": (0.42, 0.9), "C22": (1.6, 0.55),
}  # fmt: skip
# Companies in county-level units under a province directly: 济源, 仙桃 etc., those of Hainan, 石河子 etc.
COUNTY_UNITS = {
    "河南省": {"A11": 2, "A15": 1, "A24": 1, "B11": 40, "B12": 55},
    "湖北省": {"A11": 5, "A14": 1, "A15": 3, "A24": 4, "B11": 90, "B12": 120},
    "海南省": {"A11": 9, "A14": 1, "A15": 4, "A24": 6, "B11": 60, "B12": 210},
    "新疆维吾尔自治区": {"A11": 5, "A14": 1, "A15": 2, "A24": 3, "B11": 45, "B12": 80},
}
EXCHANGES = ("淮安市", "德州市", "上饶市", "德阳市", "汕头市")  # beside those of the cities set by hand
REGIONAL_AGENCIES = {"西部": 266, "东部": 190, "中部": 172, "东北": 72}  # 38, 27.14, 24.57 and 10.29 % of 700
GUIZHOU_AGENCIES = 4
N_WITH_AGENCY = {2020: 152, 2021: 203, 2022: 247, 2023: 285, 2024: 318}


def chance(*key: str) -> float:
    """A number 0-1 that depends on the key alone, the same everywhere."""
    return int.from_bytes(hashlib.sha256("|".join(key).encode()).digest()[:6], "big") / 2**48


def seeds_2024(layout: Layout) -> Array:
    """Start values, shape (n_cities + n_provinces, n_indicators)."""
    table = np.zeros((layout.n_cities + len(layout.provinces), len(INDICATORS)))
    set_by_hand = {row["city"]: row for row in read_csv(HERE / "seeds" / "cities_2024.csv")}
    for i, city in enumerate(layout.cities):
        if city in set_by_hand:
            table[i] = [float(set_by_hand[city][code]) for code in INDICATORS]
        else:
            table[i] = _typical(layout, i)
    for row in read_csv(HERE / "seeds" / "provinces_2024.csv"):
        p = layout.n_cities + layout.provinces.index(row["province"])
        for code in ("C11", "C12", "C21", "C22"):
            table[p, AT[code]] = float(row[code])
        for code, value in COUNTY_UNITS.get(row["province"], {}).items():
            table[p, AT[code]] = value
    _agencies(layout, table, frozenset(set_by_hand))
    return table


def _typical(layout: Layout, i: int) -> Array:
    """Values of a city that is not set by hand."""
    city, region, size = layout.cities[i], layout.city_regions[i], layout.sizes[i]
    relative = size * REGION_FACTOR[region] / 2500.0
    row = dict.fromkeys(INDICATORS, 0.0)
    for code, (level, power) in TYPICAL.items():
        row[code] = level * relative**power * (0.75 + 0.5 * chance(city, code))
    row["A12"] = float(int(relative * (0.1 + 0.75 * chance(city, "A12"))))
    if row["A12"]:
        row["A21"] = row["A12"] * (28 + 30 * chance(city, "A21"))
        row["B22"] = row["A12"] * (160 + 180 * chance(city, "B22"))
    row["A15"] = min(row["A15"], 0.62 * row["A11"])
    row["A24"] = min(row["A24"], 0.85 * row["A11"])
    row["A14"] = min(row["A14"], 0.3 * row["A11"])
    row["A11"] = max(row["A11"], 1.0) if row["A11"] >= 0.5 else 0.0
    if not row["A11"]:  # no company, hence nothing that companies have
        for code in ("A11", "A12", "A14", "A15", "A21", "A23", "A24", "B11", "B12", "B22"):
            row[code] = 0.0
    policies = (6.0 + 12.0 * relative**0.5) * POLICY_FACTOR[region] + CIRCLE_POLICIES.get(layout.circles[i], 0)
    row["C11"] = policies * (0.8 + 0.4 * chance(city, "C11")) if city != "三沙市" else 0.0
    row["C12"] = float(chance(city, "C12") < 0.25 * relative**0.5)
    row["C22"] = row["C22"] + (1.0 if layout.circles[i] == "长三角经济圈" else 0.0)
    row["C23"] = float(city in EXCHANGES)
    return np.array([row[code] for code in INDICATORS])


def by_size(layout: Layout) -> npt.NDArray[np.intp]:
    """Cities from the largest to the smallest; the only ties are broken by code."""
    return np.argsort(-layout.sizes, kind="stable")


def _agencies(layout: Layout, table: Array, set_by_hand: frozenset[str]) -> None:
    """Agencies of the cities not set by hand: one each, but none in the smallest, then a second and third by size."""
    column = table[:, AT["C21"]]
    order = by_size(layout)
    column[order[N_WITH_AGENCY[2024] :]] = 0
    free = [i for i in order[: N_WITH_AGENCY[2024]] if layout.cities[i] not in set_by_hand]
    for i in free:
        guizhou = layout.provinces[layout.home[i]] == "贵州省"
        column[i] = GUIZHOU_AGENCIES if guizhou else 1
    for region, total in REGIONAL_AGENCIES.items():
        own = column[layout.n_cities :][layout.province_regions == region].sum()
        inside = [i for i in free if layout.city_regions[i] == region and column[i] < GUIZHOU_AGENCIES]
        inside.sort(key=lambda i: (layout.circles[i] not in CIRCLE_POLICIES, -layout.sizes[i]))
        missing = int(total - own - column[: layout.n_cities][layout.city_regions == region].sum())
        for turn in range(missing):
            column[inside[turn % len(inside)]] += 1
