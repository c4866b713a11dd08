"""Figures of every form, small, with blanks and names that a page must not take for its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bdindex_xl.figures import content as forms
from bdindex_xl.figures.content import Content, FigureColumn, Form
from bdindex_xl.language import same
from bdindex_xl.model.figure import Figure, FigureKind

NAMES = ("北京市", "<script>alert(1)</script>", 'A & B "C"', "呼和浩特市")
NUMBERS = (1200.5, 30.25, None, 4.0)


def content(form: Form, *columns: tuple[str, str, Sequence[Any]]) -> Content:
    """A figure of these columns: header, role, values."""
    return Content(
        Figure("1-1", "", FigureKind.RANKED_BARS), "标题 <b>", tuple(FigureColumn(*one) for one in columns), form,
        (same("A & B is first."),), (same("A note <i>."),),
    )  # fmt: skip


def tall(n: int, years: int = 5, far: int = 1, name: str = "地区") -> Content:
    """Ranks of so many units over years; the last units are so far behind."""
    names = [f"{name}{k}" for k in range(n)]
    ranks = [[1 + far * ((k + 2 * y) % n) for k in range(n)] for y in range(years)]
    columns = [("地区", "name", names)]
    columns += [(str(2020 + y), "rank", own) for y, own in enumerate(ranks)]
    columns += [("起点", "name", names), ("终点", "name", names)]
    return content(forms.RanksForm(0, tuple(range(1, years + 1)), (years + 1, years + 2)), *columns)


# What names and numbers of any index may be: for a property over forms.
ANY_NAME = (
    "甲",
    "",
    "呼和浩特市",
    "克孜勒苏柯尔克孜自治州",
    "Saint Vincent and the Grenadines",
    "Côte d'Ivoire",
    "A" * 40,
)
ANY_NUMBER = (None, 0.0, 1.0, -5.0, 1e12, 123456789.12, 0.001, 99.99, 50.0, 7.77)


def of_any(kind: str, names: Sequence[str], numbers: Sequence[float | None]) -> Content:
    """A figure of a form with these names; its columns take the numbers in turn."""
    n = len(names)

    def column(k: int, role: str = "value") -> tuple[str, str, list[float | None]]:
        header = ("v", "Market value of listed companies", "数量很长的一个列名称（万亿元人民币）")[k % 3]
        return header, role, [numbers[(k + j) % len(numbers)] for j in range(n)]

    def small(k: int, role: str, most: float) -> tuple[str, str, list[float | None]]:
        found = [None if value is None else most * (abs(value) % 100.0) / 100.0 for value in column(k)[2]]
        return str(2020 + k), role, found

    def ranks(k: int) -> tuple[str, str, list[int | None]]:
        return (
            str(2020 + k),
            "rank",
            [None if v is None else 1 + int(abs(v) * 7 + 31 * j) % 400 for j, v in enumerate(column(k)[2])],
        )

    name, years = ("地区", "name", names), (1, 2, 3)
    sorted_names = ("组", "name", sorted(names))
    made: dict[str, Callable[[], Content]] = {
        "bars": lambda: content(
            forms.BarsForm(0, (2,)), ("标签", "name", names), name, column(0), ("变化", "rank change", ranks(1)[2])
        ),
        "stacked": lambda: content(forms.BarsForm(0, years), name, column(0), column(1), column(2)),
        "shares": lambda: content(forms.SharesForm(0, 2), name, column(0), small(1, "share", 1.0 / n)),
        "two measures": lambda: content(forms.ColumnsAndLineForm(0, 1, 2), name, column(0), column(1)),
        "ranks": lambda: content(forms.RanksForm(0, years, (0, 0)), name, *map(ranks, range(3))),
        "two ranks": lambda: content(forms.RanksForm(0, (1, 2), (0, 0)), name, *map(ranks, range(2))),
        "lines": lambda: content(forms.LinesForm(0, years), name, *((str(2020 + k), *column(k)[1:]) for k in range(3))),
        "scatter": lambda: content(
            forms.ScatterForm(0, 1, (2,), 20, False), name, ("x", "value", [v or 0.0 for v in column(0)[2]]), column(1)
        ),
        "radar": lambda: content(
            forms.RadarForm(0, tuple(range(1, n + 1))),
            ("维度", "name", [*names, "乙", "丙", "丁"][:4]),
            *((own, "score", [*small(k, "score", 100.0)[2][:1], 1.0, None, 3.0]) for k, own in enumerate(names)),
        ),
        "tiles": lambda: content(
            forms.TilesForm(0, 1, 2, 3),
            name,
            column(0),
            ("横", "count", [1 + k % 8 for k in range(n)]),
            ("纵", "count", [1 + k // 8 for k in range(n)]),
        ),
        "heat": lambda: content(forms.HeatForm(0, 1, 2), sorted_names, name, column(0)),
        "distribution": lambda: content(
            forms.DistributionForm(0, (1, 2)), name, small(0, "score", 100.0), small(1, "score", 100.0)
        ),
        "tree": lambda: content(
            forms.TreeForm(0, 1, 2),
            ("名称", "name", ["总指数", *names]),
            ("级别", "count", [0, *(1 + k % 2 for k in range(n))]),
            ("权重", "weight", [None, *small(0, "weight", 1.0)[2]]),
        ),
        "cloud": lambda: content(forms.CloudForm(0, 1), name, small(0, "value", 90.0)),
    }
    return made[kind]()


KINDS = ("bars", "stacked", "shares", "two measures", "ranks", "two ranks", "lines", "scatter", "radar", "tiles", "heat",
         "distribution", "tree", "cloud")  # fmt: skip

_NAME = ("地区", "name", NAMES)
_VALUE = ("数量（家）", "value", NUMBERS)

EVERY_FORM: dict[str, Content] = {
    "bars": content(
        forms.BarsForm(0, (3,)), ("标签", "name", NAMES), ("排名", "rank", (1, 2, None, 3)), _NAME,
        ("指数", "score", (98.76, 50.0, None, 7.5)), ("上年排名", "previous rank", (1, 4, None, None)),
        ("排名变化", "rank change", (0, 2, None, -1)),
    ),
    "one year's bars": content(forms.BarsForm(0, (1,)), _NAME, ("能耗", "value", (-3.0, 2.0, None, 0.0))),
    "stacked": content(forms.BarsForm(0, (1, 2)), _NAME, _VALUE, ("乙", "value", (100.0, -5.5, 3.0, None))),
    "shares": content(forms.SharesForm(0, 2), _NAME, _VALUE, ("占比", "share", (0.5, 0.25, None, 0.05))),
    "two measures": content(forms.ColumnsAndLineForm(0, 1, 2), _NAME, _VALUE, ("市值", "value", (5.0, 1.0, 2.0, None))),
    "slope": tall(6, 2),
    "bump": tall(7),
    "bump of long names": tall(7, name="Hulunbuir (Inner) "),
    "far ranks": tall(27, far=9),
    "far slope": tall(6, 2, far=40),
    "lines": content(forms.LinesForm(0, (1, 2)), _NAME, ("2023", "value", (1.0, 2.0, None, 4.0)), ("2024", "value", NUMBERS)),
    "scatter": content(
        forms.ScatterForm(1, 0, (2, 3), 3, True), ("排名", "rank", (1, 2, 3, 4)), _NAME,
        ("一", "score", (98.76, 70.0, None, None)), ("二", "score", (None, None, 40.25, 0.0)),
    ),
    "two indicators": content(
        forms.ScatterForm(0, 1, (2,), 2, True, True), _NAME, ("专利", "value", (10.0, 2000.0, 3.0, 4e6)),
        ("软著", "value", (1.5, 20.0, 300.0, 4e5)),
    ),
    "radar": content(
        forms.RadarForm(0, (1, 2)), ("维度", "name", ("甲", "乙", "<丙>")), (NAMES[1], "score", (100.0, 20.5, 3.25)),
        (NAMES[0], "score", (50.0, None, 3.0)),
    ),
    "radars": content(
        forms.RadarForm(0, tuple(range(1, 8))), ("维度", "name", ("甲", "乙", "丙", "丁")),
        *((f"市{k}", "score", (10.0 * k, 20.5, 3.25, None)) for k in range(1, 8)),
    ),
    "tiles": content(
        forms.TilesForm(0, 1, 2, 3), _NAME, _VALUE, ("横", "count", (5, 6, 1, 2)), ("纵", "count", (1, 2, 2, 3)),
    ),
    "heat": content(forms.HeatForm(0, 1, 2), ("区域", "name", ("东", "东", "西", "<南>")), _NAME, _VALUE),
    "heat of long names": content(
        forms.HeatForm(0, 1, 2), ("区域", "name", ["Guangdong–Hong Kong–Macao Greater Bay Area (mainland part)", "B"] * 2),
        ("地区", "name", ("Suzhou (Jiangsu)", "黔东南苗族侗族自治州", "Shijiazhuang", "呼伦贝尔市")), _VALUE,
    ),
    "much heat": content(
        forms.HeatForm(0, 1, 2), ("区域", "name", ["东"] * 100 + ["西"] * 60), ("地区", "name", [f"市{k}" for k in range(160)]),
        ("数量", "value", [float(k % 3) for k in range(160)]),
    ),
    "distribution": content(
        forms.DistributionForm(0, (1, 2)), _NAME, ("甲", "score", (1.0, 2.0, None, 98.7)), ("乙", "score", (None,) * 4),
    ),
    "tree": content(
        forms.TreeForm(0, 1, 2), ("名称", "name", ("总指数", *NAMES)), ("级别", "count", (0, 1, 2, 2, 1)),
        ("上级内权重", "weight", (None, 0.5, 0.25, 0.75, 0.5)),
    ),
    "cloud": content(forms.CloudForm(0, 1), ("词", "name", NAMES), ("次数", "count", (40, 20, 10, 1))),
}  # fmt: skip
