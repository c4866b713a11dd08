"""Kinds of findings about scenarios."""

from __future__ import annotations

from ..language import Text
from .finding_kind import FOUND, LEFT_OUT, MEANT, NOTHING, WARNING, Kind

OF_SCENARIOS: dict[str, Kind] = {
    "scenario blank": Kind(WARNING, Text("方案的名称", "the name of a scenario"), NOTHING, LEFT_OUT),
    "scenario setting": Kind(
        WARNING,
        Text("“设置”表中的一项计算方法", "a setting of the method, as on the sheet of settings"),
        MEANT,
        LEFT_OUT,
    ),
    "scenario setting twice": Kind(
        WARNING,
        Text("每个方案的每项设置一行", "one row for each setting of a scenario"),
        Text("“{scenario}”的“{setting}”又一次出现", "“{setting}” of “{scenario}” again"),
        LEFT_OUT,
    ),
    "scenario value": Kind(WARNING, Text("{expected}", "{expected}"), FOUND, LEFT_OUT),
    "scenarios too many": Kind(WARNING, Text("至多 {most} 个方案", "{most} scenarios at most"), FOUND, LEFT_OUT),
    "scenario clash": Kind(WARNING, Text("可以并用的设置", "settings that go together"), FOUND, LEFT_OUT),
}
