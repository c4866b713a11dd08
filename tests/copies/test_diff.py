"""What changed between two copies, and who moved why: parts add up to the change of the score."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from bdindex_xl.commands.output.diff import told
from bdindex_xl.commands.output.sentences import Lists
from bdindex_xl.copies.diff import Changes, Copy, diff
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets.options import SETTING
from bdindex_xl.sheets.read import read_inputs
from bdindex_xl.tasks.recalculate import check
from tests.copies.workbooks import lean
from tests.support import edit


def copy(book: bytes) -> Copy:
    opened = FileBook.from_bytes(book)
    return Copy(opened, read_inputs(opened))


def changes(cells: dict[tuple[str, str], object], book: bytes | None = None) -> Changes:
    old = book or lean()
    return diff(copy(old), copy(edit.edited(old, cells)))  # type: ignore[arg-type]


def at(table: str, header: str, row: int) -> tuple[str, str]:
    block = FileBook.from_bytes(lean()).read(table)
    return block.sheet, block.cell(row, block.header.index(header))


def row_of(table: str, year: int, unit: str) -> int:
    block = FileBook.from_bytes(lean()).read(table)
    return list(zip(block.columns[0], block.columns[1], strict=True)).index((float(year), unit))


def test_copies_that_are_alike_differ_in_nothing() -> None:
    assert not changes({}).any


def test_every_changed_value_is_told_with_its_cell() -> None:
    row = row_of("bdx_data_city", 2024, "2007")
    place = at("bdx_data_city", "政策", row)
    old = FileBook.from_bytes(lean()).read("bdx_data_city").columns[5][row]
    found = changes({place: 98.5})
    (value,) = found.values
    assert (value.what, value.sheet, value.cell, value.old, value.new) == (
        ("city", "2024", "2007", "b1"), *place, old, 98.5
    )  # fmt: skip
    blank = changes({place: None}).values[0]
    assert (blank.old, blank.new) == (old, None)


@pytest.mark.parametrize(
    ("share", "cells", "lost"),
    [
        (0.65, {("bdx_data_city", "政策", 2024, "2007"): 98.5}, 0),
        (0.5, {("bdx_data_city", "政策", 2024, "2007"): None, ("bdx_data_city", "企业", 2024, "2003"): 99.5}, 0),
        (0.5, {("bdx_data_city", name, 2024, "2011"): None for name in ("政策", "能耗")}, 0),
        (0.65, {("bdx_data_city", name, 2024, "2011"): None for name in ("政策", "能耗")}, 1),
    ],
)
def test_parts_add_up_to_the_change_of_the_score(
    share: float, cells: dict[tuple[str, str, int, str], object], lost: int
) -> None:
    base = edit.edited(lean(), {setting("min_available"): share})
    edits = {at(table, header, row_of(table, year, unit)): v for (table, header, year, unit), v in cells.items()}
    book = edit.edited(base, edits)  # type: ignore[arg-type]
    found = diff(copy(base), copy(book))
    assert found.moves
    old, new = (check(FileBook.from_bytes(b)).results["city"] for b in (base, book))
    whole = 0
    for move in found.moves:
        scores: list[Any] = [100 * r.scores.loc[(2024, move.unit), "I"] for r in (old, new)]
        before, after = scores
        assert (move.old_score, move.new_score) == pytest.approx((before, after), abs=1e-12, nan_ok=True)
        ranks = [r.ranks.loc[(2024, move.unit), "I"] for r in (old, new)]
        assert [move.old_rank, move.new_rank] == [None if np.isnan(rank) else rank for rank in ranks]  # type: ignore[arg-type]
        if move.old_rank and move.new_rank:
            whole += 1
            assert sum(part.change for part in move.parts) == pytest.approx(after - before, abs=1e-12)
    assert whole
    moved = (old.ranks["I"].fillna(0) != new.ranks["I"].fillna(0)).loc[2024]
    assert {move.unit for move in found.moves} == set(moved[moved].index)
    assert sum(move.new_rank is None for move in found.moves) == lost


def test_a_changed_setting_moves_units_by_weight_alone() -> None:
    found = changes({("设置", "B12"): "等权"})
    assert [(c.what, c.place, c.old, c.new) for c in found.settings] == [
        (("weighting",), "设置!B12", "improved vector", "equal")
    ]
    assert not found.values and found.moves
    assert all(part.by_score == 0 for move in found.moves for part in move.parts)


@pytest.mark.parametrize("kind", ["加权几何平均", "加权中位数"])
def test_parts_of_scores_that_are_no_sums_add_up_too(kind: str) -> None:
    base = edit.edited(lean(), {setting("aggregation"): kind})
    cell = at("bdx_data_city", "政策", row_of("bdx_data_city", 2024, "2007"))
    found = diff(copy(base), copy(edit.edited(base, {cell: 98.5, setting("weighting"): "等权"})))
    ranked = [move for move in found.moves if move.old_rank and move.new_rank]
    assert ranked and all(move.parts for move in ranked)
    for move in ranked:
        change = move.new_score - move.old_score
        assert sum(part.change for part in move.parts) == pytest.approx(change, abs=1e-12)


def test_another_aggregation_or_one_that_compares_units_leaves_no_parts() -> None:
    for kind in ("加权几何平均", "科普兰法"):
        found = changes({setting("aggregation"): kind})
        assert found.moves and not any(move.parts for move in found.moves)


def setting(key: str) -> tuple[str, str]:
    return at("bdx_settings", "取值", list(SETTING).index(key))


LESS = setting("min_available"), 0.4  # of a parent's children a unit must have at least


@pytest.mark.parametrize("gone", [True, False])
def test_a_value_that_went_or_came_is_no_fall_and_no_rise_of_one(gone: bool) -> None:
    """The last city's policies: blank in one of the copies."""
    whole = edit.edited(lean(), dict([LESS]))
    cell = at("bdx_data_city", "政策", row_of("bdx_data_city", 2024, "2011"))
    without = edit.edited(whole, {cell: None})
    old, new = (whole, without) if gone else (without, whole)
    found = diff(copy(old), copy(new))
    [move] = [move for move in found.moves if move.unit == "2011"]
    [part] = [part for part in move.parts if part.indicator == "b1"]
    assert {part.old, part.new} == {"value", "missing"} and part.new == ("missing" if gone else "value")
    words = ("有数据", "缺数据") if gone else ("缺数据", "有数据")
    [line] = [line for line in told(found, Lists("zh", None)) if "缺数据" in line]
    assert line == f"    政策 {part.change:+.4f}（旧文件：{words[0]}；新文件：{words[1]}）"
    assert {(other.old, other.new) for other in move.parts if other is not part} == {("value", "value")}


def test_a_rank_that_is_lost_is_told_with_the_data_that_went() -> None:
    row = row_of("bdx_data_city", 2024, "2011")
    found = changes({at("bdx_data_city", header, row): None for header in ("政策", "能耗")})
    [move] = [move for move in found.moves if move.unit == "2011"]
    assert move.new_rank is None and all(np.isnan(part.change) for part in move.parts)
    lines = list(told(found, Lists("en", None)))
    at_ = next(k for k, line in enumerate(lines) if "c11: place" in line)
    assert lines[at_ + 1 : at_ + 3] == [
        "    政策 (old file: a value; new file: no data)",
        "    能耗 (old file: a value; new file: no data)",
    ]


def test_an_imputed_value_is_named_as_one() -> None:
    whole = edit.edited(lean(), {("设置", "B7"): "均值"})
    found = diff(
        copy(whole),
        copy(edit.edited(whole, {at("bdx_data_city", "政策", row_of("bdx_data_city", 2024, "2011")): None})),
    )
    lines = list(told(found, Lists("en", None)))
    assert any(
        line.strip().startswith("政策 ") and "(old file: a value; new file: no data, an imputed value" in line
        for line in lines
    )


def test_framework_and_units_are_told_field_by_field() -> None:
    name, region = at("bdx_framework", "名称", 3), at("bdx_units", "区域", 2)
    found = changes({name: "企业数", at("bdx_data_city", "企业", -1): "企业数",
                     at("bdx_data_province", "企业", -1): "企业数", region: "南"})  # fmt: skip
    assert [(c.what, (c.sheet, c.cell), c.old, c.new) for c in found.framework] == [
        (("a1", "name"), name, "企业", "企业数")
    ]
    assert [(c.what, (c.sheet, c.cell), c.old, c.new) for c in found.units] == [(("1002", "区域"), region, "中", "南")]
    assert not found.values and not found.moves


def test_a_unit_that_only_the_new_copy_has_is_new_among_the_ranks() -> None:
    block = FileBook.from_bytes(lean()).read("bdx_units")
    last = row_of("bdx_data_city", 2024, "2014")
    gone = {(block.sheet, block.cell(block.n_rows - 1, j)): None for j in range(4)}
    data = FileBook.from_bytes(lean()).read("bdx_data_city")
    for year in (2022, 2023, 2024):
        row = row_of("bdx_data_city", year, "2014")
        gone |= {(data.sheet, data.cell(row, j)): None for j in range(7)}
    old = edit.edited(lean(), gone)
    found = diff(copy(old), copy(lean()))
    assert [c.what for c in found.units] == [("2014", "")]
    assert ("city", "2024", "2014", "a1") in [c.what for c in found.values]
    new = next(move for move in found.moves if move.unit == "2014")
    assert new.old_rank is None and new.new_rank and not new.parts
    assert last == data.n_rows - 1


def test_a_year_that_the_old_copy_lacks_is_said_so() -> None:
    inputs = copy(lean())
    rankings = tuple(
        dataclasses.replace(
            r, year=2023, panel=dataclasses.replace(r.panel, years=(2022, 2023), values=r.panel.values[:2])
        )
        for r in inputs.inputs.rankings
    )
    earlier = Copy(inputs.book, dataclasses.replace(inputs.inputs, rankings=rankings))
    found = diff(earlier, inputs)
    assert found.unmatched == (("province", 2024), ("city", 2024)) and not found.moves


def test_numbers_that_agree_to_15_digits_are_the_same_and_others_are_told_apart() -> None:
    places = [at("bdx_data_city", "政策", row_of("bdx_data_city", 2024, unit)) for unit in ("2007", "2008", "2009")]
    numbers = dict(zip(places, (1000 / 3, 0.1 + 0.2, 23.464043487103847), strict=True))
    old = edit.edited(lean(), numbers)
    saved = {place: float(f"{float(f'{number:.16g}'):.15g}") for place, number in numbers.items()}
    assert not diff(copy(old), copy(edit.edited(old, saved))).any
    found = diff(copy(old), copy(edit.edited(old, {places[0]: 333.333333333334})))
    (line,) = [line for line in told(found, Lists("en", None)) if "333" in line]
    assert line.endswith("333.333333333333 → 333.333333333334")


def test_a_framework_change_is_told_by_its_columns_header_and_as_its_drop_down_shows_it() -> None:
    place, aggregation = at("bdx_framework", "方向", 3), at("bdx_framework", "下级合成方法", 0)
    weight = at("bdx_framework", "权重", 3)
    found = changes({place: "负向", aggregation: "最小值", weight: 0.0})
    assert {change.what for change in found.framework} == {("a1", "direction"), ("a1", "weight"), ("I", "aggregation")}
    zh, en = (list(told(found, Lists(lang, None)))[1:4] for lang in ("zh", "en"))
    assert zh == [
        f"  {'!'.join(aggregation)} I 下级合成方法：无→最小值",
        f"  {'!'.join(place)} a1 方向：正向→负向",
        f"  {'!'.join(weight)} a1 权重：3 → 0",
    ]
    assert en[0] == f"  {'!'.join(aggregation)} I Aggregation of children: none → minimum"


def test_a_weight_of_nought_is_no_blank() -> None:
    place = at("bdx_framework", "权重", 3)
    blank = edit.edited(lean(), {place: None})
    found = diff(copy(blank), copy(edit.edited(lean(), {place: 0.0})))
    assert [(change.old, change.new) for change in found.framework] == [(None, 0.0)]
