"""Seeds of earlier editions, from the table of the year after."""

from __future__ import annotations

import numpy as np
from layout import AT, HERE, INDICATORS, Array, Layout, read_csv
from seeds import N_WITH_AGENCY, by_size, chance

N_WITH_EXCHANGE = {2020: 25, 2021: 31, 2022: 38, 2023: 47}
EARLY_EXCHANGES = ("贵阳市", "武汉市", "哈尔滨市", "西安市", "济南市", "厦门市")
SECOND_IN_2024 = ("青岛市", "长春市", "广州市")  # cities whose second exchange, and some agencies, are new
WHOLE = ("A12", "A13", "C23")  # counts so small that they are set here and left alone
LASTING = ("A11", "A12", "A13", "A14", "A15", "A24", "B11", "B12", "B21", "C11", "C12", "C21", "C22", "C23")


MERGED_IN_2023 = "张家口市"  # two of its agencies: the report says that it fell far behind that year
# Cities of which the report says how they moved over five years; an agency that appears would outdo all of that.
WITH_A_PATH = tuple(row["city"] for row in read_csv(HERE / "seeds" / "paths.csv"))


def seeds_before(layout: Layout, after: Array, year: int) -> Array:
    """Start values of a year from the values of the year after it."""
    shares = {row["indicator"]: float(row[str(year)]) for row in read_csv(HERE / "seeds" / "years.csv")}
    table = np.zeros_like(after)
    names = (*layout.city_codes, *layout.province_codes)
    for k, code in enumerate(INDICATORS):
        swing = np.array([0.94 + 0.12 * chance(name, code, str(year)) for name in names])
        share = np.minimum(shares[code] * swing, 1.0 if code in LASTING else 1.2)
        # The capital's lead grows from year to year, section 2.2.
        share[layout.city("北京")] = shares[code] * (0.96 if code < "B2" else 1.0)
        table[:, k] = after[:, k] * share
    # A city keeps its first companies: it would be odd to see a single one come and go.
    few = after[:, AT["A11"]] <= 2
    for code in ("A11", "A14", "A15", "A24"):
        table[few, AT[code]] = after[few, AT[code]]
    for code in WHOLE:
        table[:, AT[code]] = np.round(np.round(table[:, AT[code]], 6))
    _agencies(layout, table, after, year)
    _exchanges(layout, table, after, year)
    for whole, value in (("A12", "A21"), ("A12", "B22"), ("A13", "A22")):
        table[table[:, AT[whole]] == 0, AT[value]] = 0.0
    return table


def _agencies(layout: Layout, table: Array, after: Array, year: int) -> None:
    column, later = table[:, AT["C21"]], after[:, AT["C21"]]
    column[:] = np.minimum(np.maximum(column, 1), later)
    having = [i for i in by_size(layout) if later[i] > 0]
    having.sort(key=lambda i: layout.cities[i] not in WITH_A_PATH)
    column[having[N_WITH_AGENCY[year] :]] = 0
    if year == 2022:
        column[layout.city(MERGED_IN_2023)] += 1


def _exchanges(layout: Layout, table: Array, after: Array, year: int) -> None:
    column, later = table[:, AT["C23"]], after[:, AT["C23"]]
    column[:] = np.minimum(np.maximum(column, 1), later)
    having = [i for i in by_size(layout) if later[i] > 0]
    having.sort(key=lambda i: layout.cities[i] not in EARLY_EXCHANGES)
    column[having[N_WITH_EXCHANGE[year] :]] = 0
    if year == 2023:
        column[[layout.city(city) for city in SECOND_IN_2024]] = 1
