"""Random indices as workbooks: any depth, gaps, ties, constant columns, groups, every choice of method."""

from __future__ import annotations

import random
from typing import Any

from bdindex_xl.errors import SheetErrors
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.model.framework import Framework, Indicator
from bdindex_xl.model.method import (
    CHOICES,
    Aggregation,
    Imputation,
    Mixing,
    Normalisation,
    Scope,
    Transformation,
    Treatment,
    Weighting,
)
from bdindex_xl.share.live.capacity import NoFormulas, check_method
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.contents import Contents, InputTable
from bdindex_xl.tasks import recalculate
from bdindex_xl.workbook import Macros, make
from tests.support.slim import slim

FURTHER = "人口"  # a column of the data that is no indicator
# What spreadsheet formulas follow; the rest is drawn as well, and a copy then holds values.
_WITH_FORMULAS: dict[str, list[Any]] = {
    key: [one for one in kind if one.record.has_formulas]
    for key, kind in {
        "weighting": Weighting, "normalisation": Normalisation, "aggregation": Aggregation, "treatment": Treatment,
        "imputation": Imputation,
    }.items()
}  # fmt: skip
_NUMBERS: dict[str, list[Any]] = {
    "min_available": [0.0, 0.4, 0.5, 0.65, 2 / 3, 1.0],
    "given_share": [0.0, 0.25, 1 / 3, 1.0],
    "exponent": [-1.0, 0.0, 0.5, 2.0],
    "scale": [100.0, 100.0, 1.0, 10.0],
    "skewness_limit": [2.0, 2.25, 1.0],
    "kurtosis_limit": [3.5, 1.0],
    "max_winsorised": [5, 1],
}
# Drawn of one book in three, as formulas follow none of them.
_BEYOND: dict[str, list[Any]] = {
    "decimals": ["", 0, 1, 2],
    "round_levels": ["no", "yes"],
    "min_children": [0, 1, 2],
    "unit_available": [0.0, 0.5, 0.8],
}
_ABOVE_0 = (Transformation.LN, Transformation.LOG10, Transformation.RECIPROCAL)
_OF_INDICATORS: dict[str, list[Any]] = {
    "transformation": [one for one in Transformation if one.record.has_formulas],
    "decimals": [0, 2],
    "moderate": [(3.0, 5.0), (4.0, None)],
}
_OF_AGGREGATES: dict[str, list[Any]] = {
    "normalisation": [one for one in Normalisation if one.record.has_formulas],
    "direction": [-1],
    "min_available": [0.0, 0.5, 1.0],
    "exponent": [-1.0, 2.0],
    "factor": [FURTHER],
    "decimals": [1],
}


def made(seed: int, *, formulas: bool = False, whole: bool = False) -> bytes:
    """A workbook of inputs and results alone unless the `whole` of it is asked for, calculated; one of the next numbers of
    the same kind where the engine, or with `formulas` a live copy, refuses an odd combination."""
    for number in range(seed, seed + 100_000, 1000):
        file = make(contents(number, formulas=formulas), Macros())
        book = FileBook.from_bytes(file if whole else slim(file))
        try:
            outcome = recalculate.recalculate(book, now=None)
            if formulas:
                check_method(outcome.inputs)
        except (SheetErrors, NoFormulas):
            continue
        return book.to_bytes()
    raise AssertionError("no index that can be computed")


def _settings(draw: random.Random, *, formulas: bool) -> dict[str, Any]:
    """Every choice of `Method`, named for all nodes."""
    if formulas:
        chosen = {key: draw.choice(choices) for key, choices in _WITH_FORMULAS.items()}
        return (
            chosen
            | {"decimals": draw.choice(["", "", 1, 2]), "min_children": draw.choice([0, 0, 1, 2])}
            | {"round_levels": draw.choice(["no", "yes"])}
            | {key: draw.choice(list(Scope)) for key in ("scope", "weights_scope")}
            | {"upward_penalty": draw.choice(["no", "yes"])}
            | {"mixing": draw.choice(list(Mixing))}
            | {key: draw.choice(_NUMBERS[key]) for key in ("min_available", "scale", "given_share", "exponent")}
        )
    drawn = {key: draw.choice(list(kind)) if draw.random() < 0.5 else next(iter(kind)) for key, kind in CHOICES.items()}
    beyond = _BEYOND if draw.random() < 1 / 3 else {"decimals": [""]}
    numbers = {**_NUMBERS, **beyond}
    return drawn | {key: draw.choice(numbers) for key, numbers in numbers.items()}


def contents(seed: int, *, formulas: bool = False) -> Contents:
    """Contents of the index of that number; with `formulas`, such as a live copy can follow."""
    draw = random.Random(seed)
    records = _records(draw, depth=seed % 5 + 1, formulas=formulas)
    framework = Framework.from_records(records, _comparisons(draw, records), _goalposts(draw, records))
    settings = _settings(draw, formulas=formulas)
    rankings = ["province", "city", "县"][: draw.randint(1, 3)]
    units: list[tuple[Any, ...]] = []
    data = {}
    asked = [*(one.denominator for one in framework.indicators), *(one.factor for one in framework.aggregates)]
    further = [FURTHER] if FURTHER in asked else []
    own_columns = [*(one.name for one in framework.indicators), *further]
    header = (*(column.header["zh"] for column in schema.DATA.columns), *own_columns)
    for number, ranking in enumerate(rankings):
        codes = [f"{number}{k:04d}" for k in range(draw.randint(3, 9))]
        label = schema.ranking_label(ranking)["zh"]
        units += [(c, f"地区{c}", label, draw.choice(["东", "西", None]), draw.choice(["甲", "乙"])) for c in codes]
        years = range(2021, 2021 + draw.randint(1, 3))
        rows: list[tuple[Any, ...]] = []
        for year in years:
            there = [code for k, code in enumerate(codes) if year == years[-1] or k < 3 or draw.random() < 0.75]
            draw.shuffle(there)
            constant = draw.randrange(len(framework.indicators)) if draw.random() < 0.3 else -1
            for code in there:
                values = [_value(draw, one) for one in framework.indicators]
                if constant >= 0:
                    values[constant] = 5.0
                values += [draw.choice([2.0, 0.0, 40.0, None]) for _ in further]
                if draw.random() < 0.04:
                    values = [None] * len(values)
                rows.append((year, code, f"地区{code}", *values))
        data[ranking] = InputTable(header, rows)
    own = [column.header["zh"] for column in schema.UNITS.columns]
    of_units = InputTable((*own, "区域", "类别"), units)
    weights = _unit_weights(draw, framework, [unit[0] for unit in units]) if draw.random() < 0.15 else None
    return Contents("zh", settings, framework, of_units, data, unit_weights=weights)


def _unit_weights(draw: random.Random, framework: Framework, units: list[str]) -> InputTable:
    """Weights of some units, in place of those of all."""
    codes = [node.code for node in framework.nodes if node.parent]
    places = {(draw.choice(units), draw.choice(codes)) for _ in range(6)}
    rows = [(*place, draw.choice([0.0, 0.2, 1.0])) for place in sorted(places)]
    return InputTable(tuple(column.header["zh"] for column in schema.UNIT_WEIGHTS.columns), rows)


def _goalposts(draw: random.Random, records: list[dict[str, Any]]) -> list[tuple[str, int, float, float]]:
    """Ends of single years, of indicators that have some."""
    parents = {one.get("parent") for one in records}
    known = [one["code"] for one in records if one["code"] not in parents and one["direction"]]
    named = draw.sample(known, min(2, len(known))) if draw.random() < 0.3 else []
    return [(code, draw.choice([2021, 2022]), 1.0, draw.choice([6.0, 20.0])) for code in named]


def _value(draw: random.Random, indicator: Indicator) -> float | None:
    if draw.random() < 0.12:
        return None
    least = 1 if indicator.transformation in _ABOVE_0 else 0
    return float(draw.randint(least, 9)) if draw.random() < 0.5 else round(draw.lognormvariate(2, 1), 3)


def _records(draw: random.Random, depth: int, *, formulas: bool) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = [{"code": "I", "name": "总指数"}]
    level = ["I"]
    for k in range(depth):
        following = []
        for parent in level:
            for _ in range(draw.randint(2, 3 if depth < 4 else 2)):
                code = f"{'ABCDE'[k]}{len(records)}"
                records.append({"code": code, "name": f"指标{code}", "parent": parent})
                if k == 0 or draw.random() < 0.6:
                    following.append(code)
        level = following or level[:1]
    parents = {record.get("parent") for record in records}
    leaves = [record["code"] for record in records if record["code"] not in parents]
    for record in records:
        record["weight"] = draw.randint(0, 4) + 1
        if record["code"] in leaves:
            record |= {"lower": draw.choice([0, 1]), "upper": draw.choice([8, 40]), "target": 200.0}
            record["direction"] = draw.choice([1, 1, -1])
            if draw.random() < 0.1:
                record["denominator"] = draw.choice([*leaves, FURTHER])
        record |= _own(draw, formulas=formulas, leaf=record["code"] in leaves)
        leaf = record["code"] in leaves
        if draw.random() < 0.15:
            record |= _beyond(draw, leaves, leaf=leaf)
    return records


def _own(draw: random.Random, *, formulas: bool, leaf: bool) -> dict[str, Any]:
    """Choices of a single node."""
    keys = ("normalisation", "treatment") if leaf else ("weighting", "aggregation")
    named = [key for key in keys if draw.random() < 0.25]
    return {key: draw.choice(_WITH_FORMULAS[key] if formulas else list(CHOICES[key])) for key in named}


def _beyond(draw: random.Random, leaves: list[str], *, leaf: bool) -> dict[str, Any]:
    """One further field of a node."""
    key, choices = draw.choice(sorted((_OF_INDICATORS if leaf else _OF_AGGREGATES).items()))
    value = draw.choice(choices)
    if key == "normalisation":
        return {key: value, "lower": 10.0, "upper": 80.0, "target": 200.0, "direction": draw.choice([1, -1])}
    if key == "factor":
        return {key: draw.choice([*leaves, FURTHER])}
    if value in _ABOVE_0:
        return {key: value, "lower": 1}
    if key == "moderate":
        return {"direction": 0, "best_lower": value[0], "best_upper": value[1], "upper": 40, "normalisation": "min-max"}
    return {key: value}


def _comparisons(draw: random.Random, records: list[dict[str, Any]]) -> list[tuple[str, str, float]]:
    """A judgement of every pair of siblings."""
    return [
        (one["code"], other["code"], float(draw.choice([1, 2, 3])))
        for k, one in enumerate(records)
        for other in records[k + 1 :]
        if one.get("parent") and one.get("parent") == other.get("parent")
    ]
