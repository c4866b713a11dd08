"""Kinds of findings about figures: what is at fault is left out of the report, and the index is as it is."""

from __future__ import annotations

from ..language import Text
from .finding_kind import FOUND, LEFT_OUT, MEANT, NOTHING, WARNING, Kind

OF_FIGURES: dict[str, Kind] = {
    "tile": Kind(
        WARNING,
        Text("方格的横向和纵向位置，如 3,4", "places across and down, such as 3,4"),
        done=Text("该地区不在方格图上", "the unit is on no tile map"),
    ),
    "figure kind": Kind(WARNING, Text("一种图表", "a kind of figure"), MEANT, LEFT_OUT),
    "figure number blank": Kind(WARNING, Text("编号", "a number"), NOTHING, LEFT_OUT),
    "figure twice": Kind(WARNING, Text("不重复的编号", "a number that stands once"), FOUND, LEFT_OUT),
    "figure unknown": Kind(WARNING, Text("已有的名称或代码", "a name or code that there is"), MEANT, LEFT_OUT),
    "figure count": Kind(WARNING, Text("1 到 {most} 的整数", "a whole number from 1 to {most}"), FOUND, LEFT_OUT),
}
