"""Every field of every value that results follow from: changed, the digest changes, `diff` names it, analyses are stale,
and a live copy follows it or says that it holds values. A field that is new fails here until it has its edit.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest

from bdindex_xl.commands.output.diff import told
from bdindex_xl.commands.output.sentences import Lists
from bdindex_xl.copies.diff import Changes, Copy, diff
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.model.framework import Aggregate, Comparison, Goalposts, Indicator
from bdindex_xl.model.method import Method
from bdindex_xl.model.node_fields import FIELDS
from bdindex_xl.model.panel import Panel
from bdindex_xl.model.yearly import YearGoalposts
from bdindex_xl.share.live.capacity import NoFormulas
from bdindex_xl.share.live.live_copy import live
from bdindex_xl.sheets import options, phrases, schema
from bdindex_xl.sheets.book import Block
from bdindex_xl.sheets.digest import fields_of
from bdindex_xl.sheets.inputs import LOOKS, Grouping, Inputs, Ranking
from bdindex_xl.sheets.read import read_inputs
from bdindex_xl.tasks import audit, recalculate
from tests.share import engines
from tests.support import edit
from tests.support.books import UNITS, small_book
from tests.support.slim import slim

pytestmark = pytest.mark.slow

FRAMEWORK = """code,name,parent,direction,weight,lower,upper,measure,target,normalisation
I,总指数,,,,,,,,
A,规模,I,,2,,,,,
B,环境,I,,1,,,,,
a1,企业,A,1,3,0,100,家,500,
a2,专利,A,1,1,0,100,件,500,goalposts
a3,园区,A,1,1,0,100,个,500,
b1,政策,B,1,1,0,100,项,500,
b2,能耗,B,-1,1,0,100,吨,-1,
"""
GOALPOSTS = "code,year,lower,upper\na2,2023,0,50\n"
COMPARISONS = "first,second,ratio\na1,a2,3\nb1,b2,2\nA,B,2\n"
DATA = """year,unit,a1,a2,a3,b1,b2
2023,110000,10,5,3,8,2
2023,120000,20,6,2,7,4
2023,130000,30,7,1,6,5
2024,110000,40,9,3,5,1
2024,120000,20,8,2,7,6
2024,130000,30,7,1,9,3
2023,110100,1,2,3,4,5
2023,120100,2,3,4,5,2
2023,130100,3,1,2,6,1
2023,140100,2,5,1,3,2
2024,110100,4,2,3,4,3
2024,120100,2,3,9,5,4
2024,130100,3,1,2,6,8
2024,140100,1,5,6,7,2
"""
NOW = dt.datetime(2024, 5, 1, 12)

Cells = Mapping[tuple[str, str], edit.Value]


@cache
def base() -> bytes:
    """A workbook, calculated and audited."""
    with TemporaryDirectory() as folder:
        book = small_book(
            Path(folder),
            "en",
            framework=FRAMEWORK,
            units=UNITS,
            data=DATA,
            comparisons=COMPARISONS,
            goalposts=GOALPOSTS,
        )
    opened = FileBook.from_bytes(slim(book, schema.AUDIT.table, schema.STATISTICS.table, schema.CORRELATIONS.table))
    recalculate.recalculate(opened, now=NOW)
    audit.audit_workbook(opened)
    return opened.to_bytes()


@cache
def block_of(table: str) -> Block:
    return FileBook.from_bytes(base()).read(table)


def at(table: str, header: str, key: str, within: str = "") -> tuple[str, str]:
    """The cell under a header in the row whose key column (the first, or one named) holds a text."""
    block = block_of(table)
    keys = block.columns[block.header.index(within) if within else 0]
    return block.sheet, block.cell(list(map(str, keys)).index(key), block.header.index(header))


@cache
def _framework() -> dict[str, Cells]:
    headers = {column.key: column.header["en"] for column in schema.FRAMEWORK.columns}
    pairs = ("first", "second")
    edits: dict[str, tuple[str, edit.Value]] = {
        "code": ("b2", "z2"), "name": ("A", "Size"), "parent": ("a3", "B"), "direction": ("a1", "negative"),
        "weight": ("a1", 5.0), "lower": ("a1", -1.0), "upper": ("a1", 200.0), "measure": ("a1", "户"),
        "normalisation": ("a1", "goalposts"), "target": ("a1", 300.0), "treatment": ("a1", "winsorise"),
        "denominator": ("a1", "a3"), "weighting": ("A", "given"), "aggregation": ("A", "minimum"),
        "transformation": ("a1", "square root"), "decimals": ("A", 1.0),
        "best_lower": ("a1", 2.0), "best_upper": ("a1", 4.0), "min_available": ("A", 0.3), "exponent": ("A", 3.0),
        "factor": ("A", "a3"),
    }  # fmt: skip
    made: dict[str, Cells] = {
        field: {at("bdx_framework", headers[field], code): value} for field, (code, value) in edits.items()
    }
    for field in ("best_lower", "best_upper"):
        made[field] = {**made[field], at("bdx_framework", headers["direction"], "a1"): "moderate"}
    block = block_of("bdx_pairwise")
    judgements = [block.columns[block.header.index(c.header["en"])] for c in schema.PAIRWISE.columns if c.key in pairs]
    row = list(zip(*judgements, strict=True)).index(("b1", "b2"))
    column = block.header.index(schema.PAIRWISE.columns[1].header["en"])
    made["code"] = {**made["code"], (block.sheet, block.cell(row, column)): "z2"}
    return made


@cache
def _comparisons() -> dict[str, Cells]:
    block = block_of("bdx_pairwise")
    places = {c.key: block.header.index(c.header["en"]) for c in schema.PAIRWISE.columns}
    edits: dict[str, edit.Value] = {"first": "a3", "second": "a3", "ratio": 4.0}
    return {key: {(block.sheet, block.cell(0, places[key])): value} for key, value in edits.items()}


@cache
def _goalposts() -> dict[str, Cells]:
    block = block_of("bdx_goalposts")
    places = {c.key: block.header.index(c.header["en"]) for c in schema.GOALPOSTS.columns}
    edits: dict[str, edit.Value] = {"code": "a3", "year": 2024.0, "lower": -1.0, "upper": 60.0}
    return {key: {(block.sheet, block.cell(0, places[key])): value} for key, value in edits.items()}


@cache
def _settings() -> dict[str, Cells]:
    edits: dict[str, Cells] = {}
    for setting in options.SETTINGS_ROWS:
        if setting.key in LOOKS:
            continue
        value: edit.Value = "区域" if setting.key == "imputation_group" else 2023.0
        if setting.limits:
            value = next(
                v for v in (1.0 if setting.whole else 0.25, 0.0, 25.0) if setting.allows(v) and v != setting.default
            )
        elif setting.choices and not setting.open_ended:
            value = next(text["en"] for key, text in setting.choices.items() if key != setting.default)
        edits[setting.key] = {at("bdx_settings", "Value", setting.label["en"]): value}
    return edits


@cache
def _units() -> dict[str, Cells]:
    name, group = (at("bdx_units", header, "140100") for header in ("Name", "区域"))
    code, ranking = at("bdx_units", "Code", "140100"), at("bdx_units", "Ranking", "140100")
    rows = block_of("bdx_data_city")
    own = [i for i, unit in enumerate(rows.columns[1]) if unit == "140100"]
    recoded: Cells = {(rows.sheet, rows.cell(i, 1)): "150100" for i in own}
    emptied: Cells = {(rows.sheet, rows.cell(i, j)): None for i in own for j in range(len(rows.header))}
    return {
        "code": {code: "150100", **recoded},
        "name": {name: "戊市"},
        "ranking": {ranking: "Province", **emptied},
        "group": {group: "东"},
    }


@cache
def _data() -> dict[str, Cells]:
    rows = block_of("bdx_data_city")
    return {
        "year": {(rows.sheet, rows.cell(i, 0)): 2022.0 for i in range(rows.n_rows) if rows.columns[0][i] == 2023.0},
        "value": {(rows.sheet, rows.cell(3, 4)): 7.25},
        "blank": {(rows.sheet, rows.cell(3, 4)): None},
    }


WALK = {
    "framework": _framework, "comparisons": _comparisons, "goalposts": _goalposts, "settings": _settings,
    "units": _units, "values": _data,
}  # fmt: skip
LISTED_WITH = {"goalposts": "framework"}  # by diff
CASES = [
    *(("framework", field) for field in FIELDS),
    *(("comparisons", column.key) for column in schema.PAIRWISE.columns),
    *(("goalposts", column.key) for column in schema.GOALPOSTS.columns),
    *(("settings", setting.key) for setting in options.SETTINGS_ROWS if setting.key not in LOOKS),
    *(("units", column.key) for column in schema.UNITS.columns),
    ("units", "group"),
    *(("values", key) for key in ("year", "value", "blank")),
]


def changed(kind: str, field: str) -> bytes:
    return edit.edited(base(), WALK[kind]()[field])


@cache
def before() -> Copy:
    book = FileBook.from_bytes(base())
    return Copy(book, read_inputs(book))


def compared(book: FileBook) -> Changes:
    return diff(before(), Copy(book, read_inputs(book)))


@pytest.mark.parametrize(("kind", "field"), CASES)
def test_a_changed_field_is_in_the_digest_named_by_diff_and_makes_analyses_stale(kind: str, field: str) -> None:
    book = FileBook.from_bytes(changed(kind, field))
    found = compared(book)
    assert found.old.digest() != found.new.digest()
    assert getattr(found, LISTED_WITH.get(kind, kind))
    columns = schema.UNITS.columns if kind == "units" else schema.FRAMEWORK.columns
    header = {column.key: column.header for column in columns}.get(field)
    if kind in ("framework", "units") and field != "code" and header is not None:
        for lang in schema.LANGS:
            assert any(
                f" {header[lang]}: " in line or f" {header[lang]}：" in line for line in told(found, Lists(lang, None))
            )
    recalculate.recalculate(book, now=NOW)
    note = schema.CELL_NOTE.format(table=schema.AUDIT.table)
    assert book.cells([note])[note].value == phrases.NOTE_STALE["en"]


_WITHOUT_FORMULAS = {"treatment", "unit_available", "missing_weights"}
# Changed in one workbook: each that changes results alone does so beside the others. What is not named is changed alone.
TOGETHER = [
    ("framework", "code name parent direction weight lower"),
    ("framework", "upper measure normalisation target denominator weighting"),
    ("framework", "aggregation transformation best_lower best_upper min_available exponent"),
    ("framework", "factor decimals"),
    ("comparisons", "first ratio"),
    ("goalposts", "code year lower upper"),
    ("settings", "year imputation imputation_group normalisation weighting given_share"),
    ("settings", "scope mixing weights_scope aggregation exponent upward_penalty"),
    ("settings", "least_share greatest_share min_available min_children skewness_limit kurtosis_limit"),
    ("settings", "max_winsorised rank_constant first_place scale decimals round_levels"),
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Fields together; in the long run each alone."""
    if "together" in metafunc.fixturenames:
        groups = [] if metafunc.config.getoption("--long") else TOGETHER
        named = {(kind, field) for kind, fields in groups for field in fields.split()}
        alone = [case for case in CASES if case[0] not in ("units", "values") and case not in named]
        metafunc.parametrize(("kind", "together"), [*groups, *alone])


def test_a_live_copy_follows_a_changed_field_or_says_that_it_holds_values(
    tmp_path: Path, kind: str, together: str
) -> None:
    pytest.importorskip("ironcalc", reason="needs ironcalc")
    cells: dict[tuple[str, str], edit.Value] = {}
    for field in together.split():
        own = WALK[kind]()[field]
        assert cells | own == {**own, **cells}, "no cell is changed in two ways"
        cells |= own
    book = edit.edited(slim(base()), cells)
    block = FileBook.from_bytes(book).read("bdx_data_city")
    again = {(block.sheet, block.cell(4, 5)): 30.0}
    try:
        copy = live(book)
    except NoFormulas:  # tests.share.test_live has what the reader is told
        assert together in _WITHOUT_FORMULAS
        return
    cell = engines.in_ironcalc(copy, again, tmp_path / "a.xlsx")
    assert engines.differences(copy, cell, engines.expected(book, again))[1][:5] == []


# --- the values themselves, found by their fields -----------------------------------------------------------------------


def _other(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, StrEnum):
        return next(one for one in type(value) if one != value)
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, int | float):
        return value + 1
    if value is None:
        return "x"
    if isinstance(value, np.ndarray):
        return value + 1.0
    if isinstance(value, Goalposts):
        return Goalposts(value.lower - 1.0, value.upper)
    if isinstance(value, Mapping):
        return {key: _other(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return (*value[:-1], _other(value[-1])) if value else ("x",)
    raise TypeError(f"no other value for a {type(value).__name__}: write how this test changes one")


def _unchecked(value: Any, **fields: Any) -> Any:
    """The value with fields set, whether or not it could be made so."""
    made = object.__new__(type(value))
    for field in dataclasses.fields(value):
        object.__setattr__(made, field.name, fields.get(field.name, getattr(value, field.name)))
    return made


def _places(inputs: Inputs) -> list[tuple[Any, Any]]:
    """One value of each kind, and how inputs are made with another in its place."""

    def of_framework(**fields: Any) -> Inputs:
        return _unchecked(inputs, framework=_unchecked(inputs.framework, **fields))

    nodes, comparisons, rankings = inputs.framework.nodes, inputs.framework.comparisons, inputs.rankings
    first, ranking = nodes[0], rankings[0]
    leaf = next(node for node in nodes if isinstance(node, Indicator))
    k = nodes.index(leaf)
    assert isinstance(first, Aggregate)
    return [
        (first, lambda one: of_framework(nodes=(one, *nodes[1:]))),
        (leaf, lambda one: of_framework(nodes=(*nodes[:k], one, *nodes[k + 1 :]))),
        (comparisons[0], lambda one: of_framework(comparisons=(one, *comparisons[1:]))),
        (inputs.framework.goalposts_by_year[0], lambda one: of_framework(goalposts_by_year=(one,))),
        (inputs.method, lambda one: _unchecked(inputs, method=one)),
        (ranking, lambda one: _unchecked(inputs, rankings=(one, *rankings[1:]))),
        (ranking.panel, lambda one: _unchecked(inputs, rankings=(_unchecked(ranking, panel=one), *rankings[1:]))),
        (inputs.groupings[0], lambda one: _unchecked(inputs, groupings=(one,))),
    ]


def test_every_field_of_every_value_is_in_the_digest() -> None:
    inputs = read_inputs(FileBook.from_bytes(base()))
    digest, walked = inputs.digest(), set()
    for value, put in _places(inputs):
        walked.add(type(value))
        for field in fields_of(value):
            now = getattr(value, field.name)
            other = _unchecked(now, values=now.values + 1.0) if isinstance(now, Panel) else _other(now)
            assert put(_unchecked(value, **{field.name: other})).digest() != digest, (
                f"{type(value).__name__}.{field.name}"
            )
    assert walked == {Aggregate, Indicator, Comparison, YearGoalposts, Method, Ranking, Panel, Grouping}
    for key, value in inputs.settings.by_key().items():
        settings = options.Settings.of(inputs.settings.by_key() | {key: _other(value)})
        assert (_unchecked(inputs, settings=settings).digest() != digest) is (key not in LOOKS), key
    every = [(kind, field) for kind in (*walked, Inputs) for field in dataclasses.fields(kind)]
    beside = {(kind.__name__, field.name) for kind, field in every if field not in fields_of(kind)}
    assert beside == {
        ("Inputs", "lang"),
        ("Inputs", "findings"),
        ("Inputs", "tiles"),
        ("Ranking", "source"),
        ("Method", "_hash"),
    }


def test_a_digest_tells_its_kind_and_minds_no_line_ends(tmp_path: Path) -> None:
    inputs = read_inputs(FileBook.from_bytes(base()))
    assert inputs.digest().startswith("2:") and len(inputs.digest()) == 66
    ranking = inputs.rankings[0]
    texts = (("甲\n省", *ranking.names[1:]), ("甲\r\n省", *ranking.names[1:]), ("甲\r省", *ranking.names[1:]))
    made = {_unchecked(inputs, rankings=(_unchecked(ranking, names=names),)).digest() for names in texts}
    assert len(made) == 1
