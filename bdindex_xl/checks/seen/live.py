"""A copy whose results are formulas, against the same copy made anew from its inputs: formulas, steps and names.

Who makes the copy anew is the caller's to say: checks know nothing of how copies are made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from ...hosts.files.view import SheetView, View
from ...language import Text, same
from ...sheets import schema
from ...sheets.book import Uncalculated
from ...sheets.cells import read_number, read_text
from . import texts
from .scene import Placed, Scene, Sighting, cell

# A workbook's copy made anew: its file, None where it has no formulas; and the names of functions in any copy.
Remake = Callable[[bytes], tuple[bytes | None, Mapping[str, str]]]
RULES = frozenset({"formula", "step"})
_CLOSE = 1e-9
# What one program writes and another leaves out: prefixes of newer functions, brackets after TRUE, an area of one cell.
_DROPPED = re.compile(r"_xl(?:fn|ws|pm|op|udf)\.|(?<=true)\(\)|(?<=false)\(\)")
_NUMBER = re.compile(r"(?<![\w.$])\d+(?:\.\d*)?(?:e[+-]?\d+)?(?![\w.])")
_ONE_CELL = re.compile(r"(\$?[a-z]{1,3}\$?\d+):\1(?!\d)")
_PARTS = re.compile(r"""("(?:[^"]|"")*")|'((?:[^']|'')+)'(?=!)|(\s+)""")


def sightings(scene: Scene, data: bytes | None, names: Mapping[str, str]) -> Iterator[Sighting]:
    """All of them; `data` is the copy made anew."""
    yield from _of_names(scene, names)
    if scene.working is None or data is None:
        return
    anew = View(data)
    place = anew.cell_of(schema.NAME_STEPS)
    steps = anew.sheet(place[0]) if place is not None else None
    renamed = (steps.name, scene.working) if steps is not None else ("", "")
    for placed in scene.tables:
        if placed.name in anew.tables:
            yield from _of_table(placed, anew.sheet(anew.tables[placed.name].sheet_name), renamed)
    if steps is not None:
        yield from _of_steps(scene.view.sheet(scene.working), steps, renamed)


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


def _of_table(placed: Placed, anew: SheetView, renamed: tuple[str, str]) -> Iterator[Sighting]:
    for _, column in placed.placed:
        for row in placed.rows:
            found = placed.view.formula(row, column)
            yield from _compared(placed.view, row, column, anew.formula(row, column), found, renamed)


def _of_steps(view: SheetView, anew: SheetView, renamed: tuple[str, str]) -> Iterator[Sighting]:
    for row, cells in anew.rows.items():
        for column in cells:
            should, found = anew.formula(row, column), view.formula(row, column)
            told = list(_compared(view, row, column, should, found, renamed))
            yield from told
            a, b = anew.value(row, column), view.value(row, column)
            if not told and not isinstance(b, Uncalculated) and not _alike(a, b):
                yield Sighting("step", True, view.name, cell(row, column), _value(a), _value(b))


def _compared(
    view: SheetView, row: int, column: int, should: str | None, found: str | None, renamed: tuple[str, str]
) -> Iterator[Sighting]:
    if should == found or (should is not None and found is not None and bare(should, renamed) == bare(found)):
        return
    expected = texts.A_VALUE if should is None else texts.FORMULA.format(formula=cut(should))
    value = texts.NO_FORMULA.format(value=f"“{read_text(view.value(row, column))}”")
    told = value if found is None else texts.FORMULA.format(formula=cut(found))
    yield Sighting("formula", True, view.name, cell(row, column), expected, told)


def bare(formula: str, renamed: tuple[str, str] = ("", "")) -> str:
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
    whole = "".join(made)
    old, new = (name.casefold() for name in renamed)
    return whole.replace(f"{old}!", f"{new}!") if old != new else whole


def _spelt(text: str) -> str:
    plain = _ONE_CELL.sub(r"\1", _DROPPED.sub("", text.casefold()))
    return _NUMBER.sub(lambda found: f"{float(found[0]):.15g}", plain)


def _alike(a: object, b: object) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return abs(a - b) <= _CLOSE * max(1.0, abs(a))
    return read_text(a) == read_text(b)  # type: ignore[arg-type]


def _value(value: object) -> Text:
    number = read_number(value).number if isinstance(value, float) else float("nan")
    return same(f"{number:.15g}" if number == number else f"“{read_text(value)}”")  # type: ignore[arg-type]


def cut(text: str) -> str:
    """A formula short enough for a line."""
    return text if len(text) <= 80 else text[:79] + "…"
