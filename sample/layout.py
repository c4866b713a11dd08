"""Units, indicators and where each number stands in the vector that is solved for."""

from __future__ import annotations

import csv
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

HERE = Path(__file__).parent
PACKAGE_SAMPLE = HERE.parent / "bdindex_xl" / "sheets" / "sample"
YEARS = (2020, 2021, 2022, 2023, 2024)
INDICATORS = (
    "A11", "A12", "A13", "A14", "A15", "A21", "A22", "A23", "A24", "B11", "B12", "B21", "B22", "C11", "C12", "C21",
    "C22", "C23",
)  # fmt: skip
AT = {code: k for k, code in enumerate(INDICATORS)}


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Layout:
    """The 31 provinces and 337 cities.

    What is solved for is a table with a row per city and then a row per province; a city's row holds its raw values, a
    province's row what it has beside its cities. A province's raw values are its own row plus its cities' rows.
    """

    def __init__(self) -> None:
        units = read_csv(PACKAGE_SAMPLE / "zh" / "units.csv")
        provinces = [unit for unit in units if unit["ranking"] == "province"]
        cities = [unit for unit in units if unit["ranking"] == "city"]
        self.provinces = tuple(unit["name"] for unit in provinces)
        self.cities = tuple(unit["name"] for unit in cities)
        self.province_codes = tuple(unit["code"] for unit in provinces)
        self.city_codes = tuple(unit["code"] for unit in cities)
        self.city_regions = np.array([unit["区域"] for unit in cities])
        self.province_regions = np.array([unit["区域"] for unit in provinces])
        self.circles = np.array([unit["经济圈"] for unit in cities])
        self.home = np.array([self.provinces.index(unit["省份"]) for unit in cities])
        sizes = {row["code"]: float(row["size"]) for row in read_csv(HERE / "seeds" / "city_sizes.csv")}
        self.sizes = np.array([sizes[code] for code in self.city_codes])

    @property
    def n_cities(self) -> int:
        return len(self.cities)

    @cached_property
    def membership(self) -> Array:
        """1 where a city lies in a province, shape (n_provinces, n_cities)."""
        lies: Array = np.equal.outer(np.arange(len(self.provinces)), self.home).astype(np.float64)
        return lies

    def units(self, ranking: str) -> tuple[str, ...]:
        return self.provinces if ranking == "province" else self.cities

    def place(self, ranking: str, name: str) -> int:
        """Place of a unit, by its name or the beginning of it (北京 for 北京市)."""
        names = self.units(ranking)
        full = [i for i, unit in enumerate(names) if unit == name or unit == name + "市"]
        return full[0] if full else next(i for i, unit in enumerate(names) if unit.startswith(name))

    def city(self, name: str) -> int:
        return self.place("city", name)

    def raw(self, table: Array, ranking: str) -> Array:
        """Raw values of the units of a ranking, shape (n_units, n_indicators)."""
        cities, own = table[: self.n_cities], table[self.n_cities :]
        return cities if ranking == "city" else own + self.membership @ cities

    def rows_of(self, ranking: str, place: int) -> npt.NDArray[np.intp]:
        """Rows of the table that add up to a unit's raw values."""
        if ranking == "city":
            return np.array([place])
        return np.append(np.flatnonzero(self.home == place), self.n_cities + place)
