"""Where invented records lie: units of the sample, counties directly under a province, districts of large cities."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "bdindex_xl" / "sheets" / "sample"
YEARS = (2020, 2021, 2022, 2023, 2024)
OF_COMPANIES = ("A11", "A12", "A13", "A14", "A15", "A21", "A22", "A23", "A24", "B11", "B12", "B22")
MUNICIPALITIES = ("110000", "120000", "310000", "500000")

# Counties and cities that a province administers itself, which belong to none of the 337 cities (GB/T 2260).
COUNTIES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "410000": (("419001", "济源市"),),
    "420000": (("429004", "仙桃市"), ("429005", "潜江市"), ("429006", "天门市")),
    "460000": (("469002", "琼海市"), ("469005", "文昌市"), ("469006", "万宁市"), ("469023", "澄迈县")),
    "650000": (("659001", "石河子市"), ("659004", "五家渠市")),
}
DISTRICTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "110100": (("110108", "海淀区"), ("110105", "朝阳区"), ("110114", "昌平区")),
    "120100": (("120116", "滨海新区"), ("120111", "西青区")),
    "310100": (("310115", "浦东新区"), ("310104", "徐汇区"), ("310112", "闵行区")),
    "320100": (("320114", "雨花台区"), ("320115", "江宁区")),
    "320500": (("320583", "昆山市"), ("320505", "虎丘区")),
    "330100": (("330108", "滨江区"), ("330106", "西湖区"), ("330110", "余杭区")),
    "340100": (("340104", "蜀山区"),),
    "370100": (("370102", "历下区"),),
    "410100": (("410105", "金水区"),),
    "420100": (("420111", "洪山区"),),
    "430100": (("430104", "岳麓区"),),
    "440100": (("440106", "天河区"), ("440112", "黄埔区")),
    "440300": (("440305", "南山区"), ("440304", "福田区"), ("440306", "宝安区")),
    "500100": (("500112", "渝北区"), ("500108", "南岸区")),
    "510100": (("510107", "武侯区"), ("510116", "双流区")),
    "610100": (("610113", "雁塔区"),),
}
# 莱芜 became a district of 济南 in 2019; registers go on quoting what it was.
FORMER = {"370100": ("371202", "山东省莱芜市莱城区")}


@dataclass(frozen=True, slots=True)
class Place:
    """Where records are counted: a city, or what a province has beside its cities.

    Parameters
    ----------
    code, name
        Of the city; of the province where the place is a province's own.
    province
        Name of the province.
    counts
        By indicator, its value in each of `YEARS`.
    """

    code: str
    name: str
    province: str
    counts: Mapping[str, tuple[float, ...]]

    @property
    def own(self) -> bool:
        """Whether the place is a province's own, and no city."""
        return self.code.endswith("0000")

    @property
    def full_name(self) -> str:
        return self.province if self.own else full_name(self.province, self.name)

    def sites(self) -> tuple[tuple[str, str], ...]:
        """Codes and addresses, but for the street, of where a company may be registered."""
        if self.own:
            return tuple((code, self.province + name) for code, name in COUNTIES[self.code])
        districts = DISTRICTS.get(self.code, ())
        return tuple((code, self.full_name + name) for code, name in districts) or ((self.code, self.full_name),)


def full_name(province: str, city: str) -> str:
    return city if city == province else province + city


def places() -> tuple[Place, ...]:
    """All cities, each followed by what its province has beside it where that was the last of its cities."""
    with (SAMPLE / "zh" / "units.csv").open(encoding="utf-8", newline="") as file:
        units = list(csv.DictReader(file))
    values = _values()
    found: list[Place] = []
    for province in (unit for unit in units if unit["ranking"] == "province"):
        cities = [unit for unit in units if unit["ranking"] == "city" and unit["省份"] == province["name"]]
        found += [Place(city["code"], city["name"], province["name"], values[city["code"]]) for city in cities]
        own = {
            code: tuple(
                round(whole - sum(values[city["code"]][code][y] for city in cities), 2)
                for y, whole in enumerate(wholes)
            )
            for code, wholes in values[province["code"]].items()
        }
        if any(any(counts) for counts in own.values()):
            found.append(Place(province["code"], province["name"], province["name"], own))
    return tuple(found)


def _values() -> dict[str, dict[str, tuple[float, ...]]]:
    """Raw data by unit and indicator, a number for each of `YEARS`."""
    by_unit: dict[str, dict[str, list[float]]] = {}
    with (SAMPLE / "data.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            year, unit = int(row.pop("year")), row.pop("unit")
            for code, value in row.items():
                by_unit.setdefault(unit, {}).setdefault(code, [0.0] * len(YEARS))[YEARS.index(year)] = float(value)
    return {unit: {code: tuple(each) for code, each in codes.items()} for unit, codes in by_unit.items()}
