"""The fields that a node of a framework may have, a record each; and what is wrong with one of a row."""

from __future__ import annotations

import math
import sys
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from ..language import Text, same
from .method import Aggregation, Normalisation, Transformation, Treatment, Weighting


class NodeField(NamedTuple):
    """What a field of a node is: text, number or choice; whose it is; between which limits a number lies."""

    key: str
    holds: type[StrEnum] | Literal["text", "number"]
    of: Literal["all", "indicators", "aggregates"] = "all"
    limits: tuple[float, float] | None = None
    whole: bool = False

    def allows(self, value: Any) -> bool:
        """Whether a number is one that it may be."""
        least, most = self.limits or (-math.inf, math.inf)
        return is_finite(value) and least <= value <= most and not (self.whole and value % 1)

    @property
    def expected(self) -> Text:
        """What a number may be, or a blank."""
        if self.limits is None:
            return Text("数或空白", "a number or a blank")
        if self.limits[1] == math.inf:
            return Text("不小于 {least:g} 的数或空白", "a number of {least:g} or more, or a blank").format(
                least=self.limits[0]
            )
        text = Text("{least:g} 到 {most:g} 的数或空白", "a number from {least:g} to {most:g}, or a blank")
        if self.whole:
            text = Text("{least:g} 到 {most:g} 的整数或空白", "a whole number from {least:g} to {most:g}, or a blank")
        return text.format(least=self.limits[0], most=self.limits[1])


NODE_FIELDS = (
    NodeField(key="code", holds="text"),
    NodeField(key="name", holds="text"),
    NodeField(key="parent", holds="text"),
    NodeField(key="direction", holds="number"),
    NodeField(key="weight", holds="number", limits=(0.0, math.inf)),
    NodeField(key="lower", holds="number"),
    NodeField(key="upper", holds="number"),
    NodeField(key="measure", holds="text"),
    NodeField(key="normalisation", holds=Normalisation),
    NodeField(key="target", holds="number"),
    NodeField(key="treatment", holds=Treatment, of="indicators"),
    NodeField(key="denominator", holds="text", of="indicators"),
    NodeField(key="weighting", holds=Weighting, of="aggregates"),
    NodeField(key="aggregation", holds=Aggregation, of="aggregates"),
    NodeField(key="transformation", holds=Transformation, of="indicators"),
    NodeField(key="best_lower", holds="number", of="indicators"),
    NodeField(key="best_upper", holds="number", of="indicators"),
    NodeField(key="min_available", holds="number", of="aggregates", limits=(0.0, 1.0)),
    NodeField(key="exponent", holds="number", of="aggregates", limits=(-100.0, 100.0)),
    NodeField(key="factor", holds="text", of="aggregates"),
    NodeField(key="decimals", holds="number", limits=(0, 10), whole=True),
)
FIELDS = tuple(field.key for field in NODE_FIELDS)
CHOICES: dict[str, type[StrEnum]] = {field.key: field.holds for field in NODE_FIELDS if isinstance(field.holds, type)}
NUMBERS = tuple(field.key for field in NODE_FIELDS if field.holds == "number")
TEXTS = tuple(field.key for field in NODE_FIELDS if field.holds == "text")
# What people call the directions; the first of each is what the sheets show.
DIRECTIONS = {1: Text("正向", "positive"), -1: Text("负向", "negative"), 0: Text("适度", "moderate")}
BLANK = Text("空白", "nothing")
NOTHING_MEANT = Text("", "")


class Problem(NamedTuple):
    """A fault of one field of one row (counted from 0): what was expected and what was found."""

    row: int
    field: str
    code: str
    expected: Text
    found: Text
    meant: Text = NOTHING_MEANT

    def text(self) -> Text:
        """The problem in a sentence that names the code."""
        return Text(
            "{code} 的 {field} 应为 {expected}，实为 {found}{meant}",
            "{code}, {field}: expected {expected}, found {found}{meant}",
        ).format(
            code=self.code or f"#{self.row + 1}",
            field=self.field,
            expected=self.expected,
            found=self.found,
            meant=self.meant,
        )


def is_finite(value: Any) -> bool:
    """Whether a value is a number that a float can hold."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def shown(value: Any) -> Text:
    return same(f"{value:.15g}" if is_finite(value) else f"“{value}”")


def shown_or_blank(value: Any) -> Text:
    """A value as findings show it."""
    return BLANK if value is None else shown(value)
