"""Random indices as workbooks: any depth, gaps, ties, constant columns, groups, every choice of method."""

from __future__ import annotations

import random
from typing import Any

from bdindex_xl.model import Framework
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.contents import Contents, Table

_CHOICES: dict[str, list[Any]] = {
    "weighting": ["improved vector", "equal", "given"],
    "scope": ["year", "panel", "goalposts"],
    "weights_scope": ["year", "panel"],
    "min_available": [0.0, 0.4, 0.5, 0.65, 2 / 3, 1.0],
}


def contents(seed: int) -> Contents:
    """Contents of the index of that number."""
    draw = random.Random(seed)
    framework = Framework.from_records(_records(draw, depth=seed % 5 + 1))
    settings: dict[str, Any] = {key: draw.choice(choices) for key, choices in _CHOICES.items()}
    rankings = ["province", "city", "县"][: draw.randint(1, 3)]
    units: list[tuple[Any, ...]] = []
    data = {}
    header = (*(column.header["zh"] for column in schema.DATA_COLUMNS), *(i.name for i in framework.indicators))
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
                values = [_value(draw) for _ in framework.indicators]
                if constant >= 0:
                    values[constant] = 5.0
                rows.append((year, code, f"地区{code}", *values))
        data[ranking] = Table(header, rows)
    own = [column.header["zh"] for column in schema.UNITS_COLUMNS]
    return Contents("zh", settings, framework, Table((*own, "区域", "类别"), units), data)


def _value(draw: random.Random) -> float | None:
    if draw.random() < 0.12:
        return None
    return float(draw.randint(0, 9)) if draw.random() < 0.5 else round(draw.lognormvariate(2, 1), 3)


def _records(draw: random.Random, depth: int) -> list[dict[str, Any]]:
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
    for record in records:
        record |= {"weight": draw.randint(0, 4) + 1, "lower": draw.choice([0, 1]), "upper": draw.choice([8, 40])}
        if all(other.get("parent") != record["code"] for other in records):
            record["direction"] = draw.choice([1, 1, -1])
        else:
            record.pop("lower"), record.pop("upper")
    return records
