"""What a figure shows, whole: a table of data, how to draw its columns, what it tells in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..language import Text
from ..model.figure import Figure


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of a figure's data: header, role (a key of `sheets.schema.ROLES`), values; None is blank."""

    header: str
    role: str
    values: Sequence[Any]


# --- forms: how the columns are drawn. Every int is the place of a column, counted from 0 -----------------------------


@dataclass(frozen=True, slots=True)
class TableForm:
    """Nothing is drawn: the columns are the table."""


@dataclass(frozen=True, slots=True)
class BarsForm:
    """Bars, one a row, the first row on top. `category` names them; several `values` are parts of one bar."""

    category: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ColumnsAndLineForm:
    """Columns, one a row, and a line on a second axis."""

    category: int
    columns: int
    line: int


@dataclass(frozen=True, slots=True)
class RanksForm:
    """Lines of ranks, one a row, 1 on top; `values` are the years. Named at the last point, or at both ends."""

    name: int
    values: tuple[int, ...]
    labels: tuple[int, ...]  # texts of the first and the last point


@dataclass(frozen=True, slots=True)
class LinesForm:
    """Lines, one a row; `values` are the years."""

    name: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ScatterForm:
    """Points, one a row. `classes` of points have columns of their own for `y`, blank where a row is of another.

    The first `labelled` rows show their names.
    """

    name: int
    x: int
    y: tuple[int, ...]
    labelled: int
    logarithmic_x: bool
    logarithmic_y: bool = False


@dataclass(frozen=True, slots=True)
class RadarForm:
    """Closed lines over the axes that the rows name, one a column of `values`."""

    axis: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SharesForm:
    """Parts of a whole, one a row."""

    category: int
    value: int


@dataclass(frozen=True, slots=True)
class TilesForm:
    """Squares in a grid at `across` and `down`, coloured by value. A blank value is a square without data."""

    name: int
    value: int
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class HeatForm:
    """Groups, each with its units as cells coloured by value, as the rows stand."""

    group: int
    name: int
    value: int


@dataclass(frozen=True, slots=True)
class DistributionForm:
    """A box and a strip of points for each column of `values`; `name` names the points, `full` is full marks."""

    name: int
    values: tuple[int, ...]
    full: float = 100.0


@dataclass(frozen=True, slots=True)
class TreeForm:
    """A tree: rows in depth-first order, with the depth of each."""

    name: int
    depth: int
    weight: int


@dataclass(frozen=True, slots=True)
class CloudForm:
    """Words as large as their value."""

    word: int
    value: int


Form = (
    TableForm | BarsForm | ColumnsAndLineForm | RanksForm | LinesForm | ScatterForm | RadarForm | SharesForm
    | TilesForm | HeatForm | DistributionForm | TreeForm | CloudForm
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Content:
    """A figure's content.

    `title` has its placeholders filled. `facts` are whole sentences, `notes` what a reader must know beside them.
    """

    figure: Figure
    title: str
    columns: tuple[FigureColumn, ...]
    form: Form
    facts: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether it is a table, and not a picture."""
        return isinstance(self.form, TableForm)

    @property
    def n_rows(self) -> int:
        return len(self.columns[0].values) if self.columns else 0


@dataclass(frozen=True, eq=False)
class LeftOut:
    """A figure that cannot be shown, and why."""

    figure: Figure
    title: str
    why: Text
