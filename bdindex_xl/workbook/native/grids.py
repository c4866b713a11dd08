"""Figures that are cells and no chart: a table, tiles, groups with colours, a tree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from xlsxwriter.utility import xl_rowcol_to_cell

from ...figures.content import Content, HeatForm, TilesForm, TreeForm
from ...language import Text
from .. import fit, theme
from . import ink
from .block import ChartBlock
from .cellwise import Canvas, CellFormula, printable
from .numbers import label_format, present

_PAIRS = 4  # of name and value side by side
_FORMATS = 120  # number formats that show names: Excel knows some 200 in a file
_NAME = 40  # characters of a name in a number format


@dataclass(frozen=True, slots=True)
class DrawnCells:
    """Where cells are drawn: from this cell on, over so many columns."""

    row: int
    column: int
    n_columns: int


def tiles(canvas: Canvas, content: Content, block: ChartBlock, grid: DrawnCells) -> None:
    """Two cells a unit, its name and its value, coloured alike: the name is the value in a format that spells it."""
    form = cast(TilesForm, content.form)
    names, found, across, down = (block.values[j] for j in (form.name, form.value, form.across, form.down))
    shown = label_format(content.columns[form.value])
    coloured = []
    for i, name in enumerate(names):
        row, column = grid.row + 2 * (int(down[i]) - 1), grid.column + int(across[i]) - 1
        edges = {"border_color": theme.WHITE, "left": 5, "right": 5, "align": "center"}
        top, bottom = edges | {"top": 5, "bold": True, "shrink": True}, edges | {"bottom": 5}
        if found[i] is None:
            grey = {"bg_color": theme.RULE, "font_color": theme.SLATE}
            canvas.put(row, column, name, canvas.looks.of(**top, **grey))
            canvas.put(row + 1, column, _NO_DATA[canvas.lang], canvas.looks.of(**bottom, **grey))
            continue
        cell = f"={xl_rowcol_to_cell(block.first + i, block.columns[form.value])}"
        spelt = _spelt(str(name))
        if spelt in canvas.spelt or len(canvas.spelt) < _FORMATS:
            canvas.spelt.add(spelt)
            canvas.put(row, column, CellFormula(cell, found[i]), canvas.looks.of(**top, num_format=spelt))
            coloured.append((row, column))
        else:
            canvas.put(row, column, name, canvas.looks.of(**top))
        canvas.put(row + 1, column, CellFormula(cell, found[i]), canvas.looks.of(**bottom, num_format=shown))
        coloured.append((row + 1, column))
    _colour(canvas, coloured)
    _key(canvas, content, block, form.value, DrawnCells(grid.row + 2 * max(map(int, down)) + 1, grid.column, 3))


def tiles_size(content: Content) -> tuple[int, int]:
    """Rows and columns."""
    form = cast(TilesForm, content.form)
    down, across = (max(map(int, content.columns[j].values)) for j in (form.down, form.across))
    return 2 * down + 3, across


def _spelt(name: str) -> str:
    """A number format that shows this text in place of any number."""
    quoted = '"' + printable(name)[:_NAME].replace('"', '"\\""') + '"'
    return ";".join([quoted] * 3)


def _key(canvas: Canvas, content: Content, block: ChartBlock, j: int, grid: DrawnCells) -> None:
    """The least, the middle and the greatest value, in their colours."""
    found = sorted(present(block.values[j]))
    if not found:
        return
    last = block.first + block.n_rows - 1
    column = block.columns[j]
    area = f"{xl_rowcol_to_cell(block.first, column)}:{xl_rowcol_to_cell(last, column)}"
    middle = (found[(len(found) - 1) // 2] + found[len(found) // 2]) / 2
    shown = label_format(content.columns[j])
    for k, (label, function, value) in enumerate(
        ((_LEAST, "MIN", found[0]), (_MIDDLE, "MEDIAN", middle), (_GREATEST, "MAX", found[-1]))
    ):
        look = canvas.looks.of(num_format=f'"{label[canvas.lang]} "{shown}', align="center", shrink=True)
        canvas.put(grid.row, grid.column + k, CellFormula(f"={function}({area})", value), look)
    _colour(canvas, [(grid.row, grid.column + k) for k in range(3)])


def _colour(canvas: Canvas, places: Sequence[tuple[int, int]]) -> None:
    """One scale of three colours over these cells."""
    if not places:
        return
    areas = [xl_rowcol_to_cell(row, column) for row, column in places]
    scale = {"type": "3_color_scale", "mid_type": "percentile", "mid_value": 50, "multi_range": " ".join(areas)}
    canvas.sheet.conditional_format(*places[0], *places[0], scale | ink.HEAT)


def heat(canvas: Canvas, content: Content, block: ChartBlock, grid: DrawnCells) -> None:
    """Under the name of each group, or beside it where groups are small, its units, best first; values coloured."""
    form = cast(HeatForm, content.form)
    groups = _groups(block.values[form.group])
    beside, n_pairs = _arranged(groups)
    band, last = canvas.looks.band(starts=False), grid.column + grid.n_columns - 1
    row, coloured = grid.row, []
    for group, members in groups:
        label = _GROUP.format(group=group, n=len(members))[canvas.lang]
        if beside:
            canvas.merged(row, grid.column, grid.column + 1, label, band)
        else:
            canvas.merged(row, grid.column, last, label, band)
            row += 1
        for k, i in enumerate(members):
            at, column = row + k // n_pairs, grid.column + 2 * beside + 2 * (k % n_pairs)
            coloured += _unit(canvas, content, block, i, (at, column))
        row += math.ceil(len(members) / n_pairs)
    _colour(canvas, coloured)


def _unit(canvas: Canvas, content: Content, block: ChartBlock, i: int, place: tuple[int, int]) -> list[tuple[int, int]]:
    """The name of a unit and its value; the cells to be coloured."""
    form, (row, column) = cast(HeatForm, content.form), place
    name = fitted(str(block.values[form.name][i]), _NAME_WIDTH)
    canvas.put(row, column, name, canvas.looks.of(align="right", indent=1))
    value = block.values[form.value][i]
    if value is None:
        canvas.put(row, column + 1, _NO_DATA[canvas.lang], canvas.looks.note())
        return []
    cell = f"={xl_rowcol_to_cell(block.first + i, block.columns[form.value])}"
    shown = label_format(content.columns[form.value])
    look = canvas.looks.of(align="center", num_format=shown, border=5, border_color=theme.WHITE)
    canvas.put(row, column + 1, CellFormula(cell, value), look)
    return [(row, column + 1)]


def heat_size(content: Content) -> tuple[int, int]:
    """Rows and columns."""
    groups = _groups(content.columns[cast(HeatForm, content.form).group].values)
    beside, n_pairs = _arranged(groups)
    rows = sum((not beside) + math.ceil(len(members) / n_pairs) for _, members in groups)
    return rows, 2 * _PAIRS


def _arranged(groups: Sequence[tuple[str, Sequence[int]]]) -> tuple[bool, int]:
    """Whether the names of groups stand beside their units, and how many units stand side by side."""
    beside = sum(len(members) for _, members in groups) <= _FEW * len(groups)
    return beside, _PAIRS - beside


def fitted(text: str, width: float) -> str:
    """The text's beginning that is no wider than so many digits.

    >>> fitted("Xishuangbanna Dai", 9.0), fitted("北京市", 9.0)
    ('Xishuang…', '北京市')
    """
    if fit.text_width(text) <= width:
        return text
    while text and fit.text_width(text) > width - 1.0:
        text = text[:-1]
    return text.rstrip() + "…"


_NAME_WIDTH = 15.0  # digits that a cell of a name holds beside its indent
_FEW = 3  # units of a group, on the average, beside which its name has room


def _groups(of_row: Sequence[object]) -> list[tuple[str, list[int]]]:
    found: dict[str, list[int]] = {}
    for i, group in enumerate(of_row):
        found.setdefault(str(group), []).append(i)
    return list(found.items())


def tree(canvas: Canvas, content: Content, block: ChartBlock, grid: DrawnCells) -> None:
    """A row a node, indented by its depth, with its weight as a bar at the right."""
    form = cast(TreeForm, content.form)
    names, depths, weights = (block.values[j] for j in (form.name, form.depth, form.weight))
    bar = grid.column + grid.n_columns - 1
    edge = {"bottom": 1, "bottom_color": theme.RULE}
    for i, name in enumerate(names):
        row, depth = grid.row + i, int(depths[i])
        high = {"bold": True, "font_color": theme.INK} if depth <= 1 else {}
        look = canvas.looks.of(indent=1 + 2 * depth, **high, **edge)
        canvas.merged(row, grid.column, bar - 1, name, look)
        number = canvas.looks.of(num_format="0.0%", align="right", **edge)
        if weights[i] is None:
            canvas.put(row, bar, None, number)
            continue
        cell = f"={xl_rowcol_to_cell(block.first + i, block.columns[form.weight])}"
        canvas.put(row, bar, CellFormula(cell, weights[i]), number)
    canvas.sheet.conditional_format(grid.row, bar, grid.row + len(names) - 1, bar, {
        "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_no_border": True, "min_type": "num",
        "max_type": "num", "min_value": 0, "max_value": 1, "bar_color": theme.BLUE_LIGHT,
    })  # fmt: skip


def tree_size(content: Content) -> tuple[int, int]:
    """Rows and columns."""
    return content.n_rows, 2 * _PAIRS


_NO_DATA = Text("资料暂缺", "no data")
_LEAST, _MIDDLE, _GREATEST = Text("最低", "lowest"), Text("中位", "median"), Text("最高", "highest")
_GROUP = Text("{group}（{n}）", "{group} ({n})")
