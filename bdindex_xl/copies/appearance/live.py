"""A copy whose results are formulas, against the same copy made anew from its inputs: formulas, steps and names.

Who makes the copy anew is the caller's to say: checks know nothing of how copies are made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from ...engine.compute import Result
from ...hosts.files import FileBook
from ...hosts.files.view import SheetView
from ...language import Text, same
from ...sheets.book import Formula, LiveResults, ResultTable, Uncalculated, Value
from ...sheets.cells import read_number, read_text
from ...sheets.inputs import Inputs
from ..compare import columns_of
from . import sighting_texts as texts
from .scene import Scene, Sighting, TableAsComputed, cell

# A copy made anew: its results, None where they are no formulas, and the names of the functions that any copy has.
Remake = Callable[[FileBook, Inputs, Mapping[str, Result]], tuple[LiveResults | None, Mapping[str, str]]]
RULES = frozenset({"formula", "step"})
_CLOSE = 1e-9
# What one program writes and another leaves out: prefixes of newer functions, brackets after TRUE, an area of one cell.
_DROPPED = re.compile(r"_xl(?:fn|ws|pm|op|udf)\.|(?<=true)\(\)|(?<=false)\(\)")
_NUMBER = re.compile(r"(?<![\w.$])\d+(?:\.\d*)?(?:e[+-]?\d+)?(?![\w.])")
_ONE_CELL = re.compile(r"(\$?[a-z]{1,3}\$?\d+):\1(?!\d)")
_PARTS = re.compile(r"""("(?:[^"]|"")*")|'((?:[^']|'')+)'(?=!)|(\s+)""")


def sightings(scene: Scene, anew: LiveResults | None, names: Mapping[str, str]) -> Iterator[Sighting]:
    """All of them; `anew` is the copy made anew."""
    yield from _of_names(scene, names)
    if scene.working is None or anew is None:
        return
    tables = {table.table: table for table in anew.tables}
    for placed in scene.tables:
        if placed.name in tables:
            yield from _of_table(placed, tables[placed.name])
    yield from _of_steps(scene.view.sheet(scene.working), anew.steps)


def uncalculated(scene: Scene) -> bool:
    """Whether results are formulas that no program has calculated since one that cannot has saved them."""
    if scene.working is None:
        return False
    cells = ((placed, row, at) for placed in scene.tables for _, at in placed.placed for row in placed.rows)
    return any(isinstance(placed.view.value(row, at), Uncalculated) for placed, row, at in cells)


def _of_names(scene: Scene, names: Mapping[str, str]) -> Iterator[Sighting]:
    """Functions by name that are not what we give them; a name that is gone deceives nobody."""
    should = {name.casefold(): text for name, text in names.items()}
    for name in scene.view.names:
        text = should.get(name.name.casefold())
        if text is not None and bare(text) != bare(name.text) and not name.text.startswith("#"):
            expected, found = (texts.NAME_IS.format(name=name.name, formula=cut(one)) for one in (text, name.text))
            yield Sighting("function", True, "", "", expected, found)


def _of_table(placed: TableAsComputed, anew: ResultTable) -> Iterator[Sighting]:
    at = columns_of((column.header for column in anew.columns), placed.header)
    should = {placed.table.area.left + j: anew.columns[k].values for k, j in at.items()}
    for _, column in placed.placed:
        values = should.get(column, ())
        for i, row in enumerate(placed.rows):
            expected = _formula_of(values[i]) if i < len(values) else None
            yield from _compared(placed.view, row, column, expected, placed.view.formula(row, column))


def _of_steps(view: SheetView, anew: Mapping[int, Mapping[int, Value]]) -> Iterator[Sighting]:
    for column, cells in anew.items():
        for row, should in cells.items():
            formula, value = view.formula(row, column), should.value if isinstance(should, Formula) else should
            told = list(_compared(view, row, column, _formula_of(should), formula))
            yield from told
            found = view.value(row, column)
            if not told and not isinstance(found, Uncalculated) and not _alike(value, found):
                yield Sighting("step", True, view.name, cell(row, column), _value(value), _value(found))


def _formula_of(value: Value) -> str | None:
    return value.text if isinstance(value, Formula) else None


def _compared(view: SheetView, row: int, column: int, should: str | None, found: str | None) -> Iterator[Sighting]:
    if should == found or (should is not None and found is not None and bare(should) == bare(found)):
        return
    expected = texts.A_VALUE if should is None else texts.FORMULA.format(formula=cut(should))
    value = texts.NO_FORMULA.format(value=f"“{read_text(view.value(row, column))}”")
    told = value if found is None else texts.FORMULA.format(formula=cut(found))
    yield Sighting("formula", True, view.name, cell(row, column), expected, told)


def bare(formula: str) -> str:
    """A formula as every program means it: without spaces, prefixes of newer functions, and needless quotes.

    >>> bare("IF('Data'!A1 = 1,_xlfn.CONCAT(\\"a b\\"),0)") == bare("if(Data!A1=1,CONCAT(\\"a b\\"),0)")
    True
    """
    made, at = [], 0
    formula = formula.strip().removeprefix("=").replace("\r\n", "\n")
    for part in _PARTS.finditer(formula):
        made.append(_spelt(formula[at : part.start()]))
        text, sheet, _ = part.groups()
        made.append(text or (sheet or "").replace("''", "'").casefold())
        at = part.end()
    made.append(_spelt(formula[at:]))
    return "".join(made)


def _spelt(text: str) -> str:
    plain = _ONE_CELL.sub(r"\1", _DROPPED.sub("", text.casefold()))
    return _NUMBER.sub(lambda found: f"{float(found[0]):.15g}", plain)


def _alike(a: Value, b: Value) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return abs(a - b) <= _CLOSE * max(1.0, abs(a))
    return read_text(a) == read_text(b)


def _value(value: Value) -> Text:
    number = read_number(value).number if isinstance(value, float) else float("nan")
    return same(f"{number:.15g}" if number == number else f"“{read_text(value)}”")


def cut(text: str) -> str:
    """A formula short enough for a line."""
    return text if len(text) <= 80 else text[:79] + "…"
