"""How far each number may move from its seed, and how readily."""

from __future__ import annotations

import numpy as np
from history import LASTING, WHOLE
from layout import AT, INDICATORS, Array, Layout

# Of the logarithm: where 0.5 stands, a number gives way twice as readily as where 0.25 stands. 0 is fixed.
READINESS = {
    "A11": 0.3, "A12": 0.25, "A13": 0.0, "A14": 0.3, "A15": 0.3, "A21": 0.18, "A22": 0.2, "A23": 0.35, "A24": 0.3,
    "B11": 0.5, "B12": 0.5, "B21": 0.3, "B22": 0.45, "C11": 0.35, "C12": 0.3, "C21": 0.15, "C22": 0.3, "C23": 0.0,
}  # fmt: skip
OF_PROVINCES = {"C11": 0.5, "C12": 0.4, "C21": 0.4, "C22": 0.5}
WIDE = ("A21", "A23", "B11", "B12", "B22")
COMPANY_CODES = INDICATORS[: AT["C11"]]
FALLEN = ("沧州市", "张家口市")  # in 2023, section 4.4; some of what they had is no longer there
LEADING = 40  # policies from which a city is one that readers look at
UNIVERSITIES = ("武汉市", "北京市", "西安市", "广州市", "重庆市")  # published


def readiness(layout: Layout, seed: Array, *, past: bool) -> Array:
    """Scale of each number's logarithm; 0 where it is fixed."""
    scale = np.tile([READINESS[code] for code in INDICATORS], (len(seed), 1)) * (seed > 0)
    n = layout.n_cities
    scale[n:] = 0.0
    for code, value in OF_PROVINCES.items():
        scale[n:, AT[code]] = value * (seed[n:, AT[code]] > 0)
    leading = seed[:n, AT["C11"]] >= LEADING
    scale[:n, AT["C21"]] *= leading
    # The scale of most indicators: were it free, it would move with everything else.
    scale[layout.city("北京"), [AT[code] for code in COMPANY_CODES]] = 0.0
    if past:
        scale[:, [AT[code] for code in WHOLE]] = 0.0
    else:
        scale[[layout.city(city) for city in UNIVERSITIES], AT["B21"]] = 0.0
    return scale


def bounds_2024(layout: Layout, seed: Array) -> tuple[Array, Array]:
    """Least and greatest values of 2024."""
    n = layout.n_cities
    lower, upper = 0.4 * seed, 2.5 * seed
    for code in WIDE:
        lower[:, AT[code]], upper[:, AT[code]] = 0.33 * seed[:, AT[code]], 3.0 * seed[:, AT[code]]
    lower[:n, AT["A11"]] = np.minimum(seed[:n, AT["A11"]], np.maximum(lower[:n, AT["A11"]], 0.7))
    lower[:n, AT["A12"]] = np.minimum(seed[:n, AT["A12"]], np.maximum(lower[:n, AT["A12"]], 0.7))
    laws = seed[:n, AT["C12"]]
    leading = seed[:n, AT["C11"]] >= LEADING
    lower[:n, AT["C12"]] = 0.3 * laws
    upper[:n, AT["C12"]] = np.where(laws >= 10, 1.35 * laws, 2 * laws + 2 * (leading & (laws > 0)))
    lower[:n, AT["C21"]], upper[:n, AT["C21"]] = np.minimum(1, seed[:n, AT["C21"]]), 6
    lower[n:] = np.where(seed[n:] > 0, np.minimum(1, seed[n:]), 0)
    upper[n:] = 4 * seed[n:]
    _below_beijing(layout, seed, upper)
    lower[layout.city("深圳"), AT["B11"]] = 0.6 * seed[layout.city("深圳"), AT["B11"]]  # named second in section 3.2
    upper[layout.city("北京"), AT["C11"]] = 1.2 * seed[layout.city("北京"), AT["C11"]]
    return lower, upper


def bounds_before(layout: Layout, seed: Array, after: Array, year: int) -> tuple[Array, Array]:
    """Least and greatest values of a year: what lasts cannot have been more than a year later."""
    lower, upper = 0.35 * seed, 1.4 * after
    for code in ("A11", "A14", "A15", "A24", "B21"):
        lower[:, AT[code]] = 0.6 * seed[:, AT[code]]
    lower[:, AT["C21"]] = np.minimum(1, seed[:, AT["C21"]])
    if year == 2022:
        for city in FALLEN:
            for code in ("C11", "C22"):
                upper[layout.city(city), AT[code]] = 1.8 * after[layout.city(city), AT[code]]
    for code in LASTING:
        upper[:, AT[code]] = after[:, AT[code]]
    lower[:, AT["A11"]] = np.minimum(seed[:, AT["A11"]], np.maximum(lower[:, AT["A11"]], 0.7))
    _below_beijing(layout, seed, upper)
    return np.minimum(lower, 0.9 * upper), upper


def _below_beijing(layout: Layout, seed: Array, upper: Array) -> None:
    beijing = layout.city("北京")
    for code in COMPANY_CODES:
        if code != "B21":
            column = upper[: layout.n_cities, AT[code]]
            np.minimum(column, 0.97 * seed[beijing, AT[code]], out=column)
