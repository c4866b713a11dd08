"""A framework's rows as they come, made into records and checked, before it is one.

Reports every problem by row and field, so that a sheet can name the cell.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from numbers import Number, Real
from typing import Any

from ..language import Text, joined, same
from . import typed
from .coercion import real
from .node_fields import BLANK, CHOICES, DIRECTIONS, FIELDS, NODE_FIELDS, NOTHING_MEANT, TEXTS, Problem, shown
from .value_checks import of_values


def parse_records(
    records: Iterable[Mapping[str, Any]], complain: Callable[[Sequence[Problem]], None]
) -> list[dict[str, Any]]:
    """Rows with every field of `FIELDS` present and of its type; `complain` gets all problems, when there are any."""
    given = list(records)
    rows = [_row(record) for record in given]
    problems = [*_keys(given, rows), *of_values(rows), *_choices(rows), *_codes(rows), *_shape(rows)]
    if problems:
        at = {field: k for k, field in enumerate(FIELDS)}
        complain(sorted(problems, key=lambda problem: (problem.row, at.get(problem.field, len(at)))))
    return rows


def direction_of(value: Any) -> Any:
    """A direction as +1, −1 or 0, in words or as a number of any kind; anything else as it is.

    >>> direction_of("负向"), direction_of("−1"), direction_of("适度"), direction_of("up")
    (-1, -1, 0, 'up')
    """
    if isinstance(value, Real):
        return value
    text = typed.plain_number(str(value)).casefold()
    for direction, names in DIRECTIONS.items():
        if text in (str(direction), f"{direction:+d}", *names.both()):
            return direction
    return value


def suggested(word: str, known: Iterable[str]) -> Text:
    """Known words that may be meant, as the end of a sentence; empty where there is none."""
    words = typed.nearest(word, known)
    return _MEANT.format(words=joined([same(f"“{one}”") for one in words], "、", " / ")) if words else NOTHING_MEANT


_MEANT = Text("（是否为{words}？）", " (did you mean {words}?)")


def _keys(given: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """Keys that no field has: once each, at the first record that has one."""
    first: dict[str, int] = {}
    for i, record in enumerate(given):
        for key in record:
            if key not in FIELDS:
                first.setdefault(str(key), i)
    return [
        Problem(i, key, rows[i]["code"], _known(key), same(f"“{key}”"), suggested(key, FIELDS))
        for key, i in first.items()
    ]


def _known(key: str) -> Text:
    """What a key should have been: all there are, where none is near."""
    near = typed.nearest(key, FIELDS)
    return _KEY if near else _KEYS.format(known=joined([same(field) for field in FIELDS]))


_KEY = Text("已知的键", "a known key")
_KEYS = Text("已知的键（{known}）", "a known key ({known})")


def _row(record: Mapping[str, Any]) -> dict[str, Any]:
    row = {key: _blank_to_none(record.get(key)) for key in FIELDS}
    row["direction"] = direction_of(row["direction"])
    for field in NODE_FIELDS:
        if field.holds == "number":
            value = _number(row[field.key])
            row[field.key] = int(value) if field.whole and field.allows(value) else value
    for key, kind in CHOICES.items():
        row[key] = chosen(row[key], kind)
    for key in TEXTS:
        row[key] = None if row[key] is None else typed.visible(str(row[key])).strip()
        if key not in ("name", "parent"):
            row[key] = row[key] or ""
    row["name"] = row["name"] or row["code"]
    row["direction"] = 1 if row["direction"] is None else row["direction"]
    return row


def _blank_to_none(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.strip() else None
    if value is None or (isinstance(value, float) and math.isnan(value)) or type(value).__name__ in _NONE_OF_PANDAS:
        return None
    return value


_NONE_OF_PANDAS = ("NAType", "NaTType")  # known by name: pandas takes too long to import for a workbook


def _number(value: Any) -> Any:
    """A number that came as text, as from a CSV file, or of another type, as Python's own; anything else as it is."""
    if isinstance(value, Real) and hasattr(value, "item"):
        return value.item()
    if isinstance(value, Number) and not isinstance(value, int | float | complex):  # fractions, decimals
        return real(value)
    if isinstance(value, str):
        try:
            return float(typed.plain_number(value))
        except ValueError:
            return value
    return value


def chosen(value: Any, kind: type[StrEnum]) -> Any:
    """The choice that a text names, or the text as it is."""
    try:
        return None if value is None else kind(str(value).strip().casefold())
    except ValueError:
        return value


def _choices(rows: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """Choices that there are not, or that are not this node's to make."""
    parents = {row["parent"] for row in rows}
    found = []
    for i, row in enumerate(rows):
        for field, kind in CHOICES.items():
            if row[field] is not None and not isinstance(row[field], kind):
                names = joined([same(choice) for choice in kind], zh="、", en=", ")
                expected = Text("{names} 之一或空白", "one of {names}, or a blank").format(names=names)
                found.append(Problem(i, field, row["code"], expected, shown(row[field])))
        if row["code"] in parents and row["direction"] == 0:
            found.append(Problem(i, "direction", row["code"], _NOT_MODERATE, DIRECTIONS[0]))
        other, why = ("indicators", _ONLY_INDICATORS) if row["code"] in parents else ("aggregates", _ONLY_AGGREGATES)
        filled = (field.key for field in NODE_FIELDS if field.of == other and row[field.key] not in (None, ""))
        found += [Problem(i, key, row["code"], why, shown(row[key])) for key in filled]
    return found


_NOT_MODERATE = Text("正向或负向（上级指标没有适度）", "positive or negative, since only indicators are moderate")
_ONLY_INDICATORS = Text("空白（只有最低一级的指标可填）", "a blank, since only indicators have one")
_ONLY_AGGREGATES = Text("空白（只有上级指标可填）", "a blank, since only nodes with children have one")


def _codes(rows: Sequence[Mapping[str, Any]]) -> list[Problem]:
    times = Counter(row["code"] for row in rows)
    problems = []
    for i, row in enumerate(rows):
        code, parent = row["code"], row["parent"]
        if not code:
            problems.append(Problem(i, "code", "", Text("代码", "a code"), BLANK))
        elif times[code] > 1:
            found = Text("{code}（共 {n} 次）", "{code} ({n} times)").format(code=code, n=times[code])
            problems.append(Problem(i, "code", code, Text("不重复的代码", "a code that stands once"), found))
        if parent is not None and parent not in times:
            expected = Text("本表中的代码或空白", "a code of this table, or a blank")
            problems.append(Problem(i, "parent", code, expected, same(parent), suggested(parent, times)))
    return problems


def _shape(rows: Sequence[Mapping[str, Any]]) -> list[Problem]:
    roots = [i for i, row in enumerate(rows) if row["parent"] is None]
    one_root = Text("唯一一个没有上级的代码（总指数）", "exactly one code without a parent, the index")
    if not rows:
        return [
            Problem(
                0,
                "code",
                "",
                Text("至少两行：总指数和一个指标", "two rows at least: the index and an indicator"),
                BLANK,
            )
        ]
    if not roots:
        return [Problem(0, "parent", rows[0]["code"], one_root, Text("没有", "none"))]
    if len(roots) > 1:
        codes = joined([same(rows[i]["code"]) for i in roots])
        return [Problem(i, "parent", rows[i]["code"], one_root, codes) for i in roots[1:]]
    if not any(row["parent"] == rows[roots[0]]["code"] for row in rows):
        expected = Text("至少一个下级", "at least one child")
        lonely = Problem(roots[0], "code", rows[roots[0]]["code"], expected, Text("没有", "none"))
        return [lonely, *_circles(rows)]
    return _circles(rows)


def _circles(rows: Sequence[Mapping[str, Any]]) -> list[Problem]:
    parent = {row["code"]: row["parent"] for row in rows}
    safe: set[str | None] = {None}
    problems = []
    for i, row in enumerate(rows):
        path: list[str | None] = []
        code: str | None = row["code"]
        while code not in safe and code in parent and code not in path:
            path.append(code)
            code = parent[code]
        if code in path and path.index(code) == 0:
            circle = same(" → ".join(map(str, [*path, row["code"]])))
            problems.append(
                Problem(i, "parent", row["code"], Text("不成环的上级", "a parent that is not below it"), circle)
            )
        elif code in safe:
            safe.update(path)
    return problems
