"""What the record of a sheet holds; the records are in `input_records`, `result_records` and `analysis_records`.

Pages, guide, matching, comparison, snapshots, sharing and verification go through the records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal, NamedTuple

from ...language import Text, same

_NOTHING = same("")
_TO_CALCULATE = Text("尚未计算。", "Not calculated yet.")
# What the texts of a column come from, for widths: names of units, of all nodes, of indicators …
Holds = Literal[
    "",
    "units",
    "nodes",
    "indicators",
    "rankings",
    "groupings",
    "groups",
    "kinds",
    "fingerprints",
    "data sheets",
    "words",
]


class Column(NamedTuple):
    """A column of a table: what the code calls it, its header, its role (a key of `ROLES`).

    `of_index` where its values are those of the index, as others like it are of other nodes; without `read`, an input
    that is there for people alone. `help` says what to fill in.
    """

    key: str
    header: Text
    role: str
    of_index: bool = False
    holds: Holds = ""
    read: bool = True
    help: Text = _NOTHING


class Further(Enum):
    """Columns of a result table that hang on the framework or on the years, after those of its record."""

    NONE = 0
    INDICATORS = 1  # a column for each
    NODES = 2  # `node_columns` for each aggregate but the index
    DIMENSIONS = 3  # `node_columns` for each aggregate right below the index
    YEARS = 4  # a column for each that any ranking has, the latest first
    SCENARIOS = 5  # score and rank for each that the workbook names


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class TableSheet:
    """A sheet with a table of ours.

    Parameters
    ----------
    table, name
        What the table and its sheet are called; with ``{ranking}`` where each ranking has one.
    columns
        From left to right.
    key
        Keys of the columns that tell rows apart; the last is what is ranked, where the sheet has ranks.
    about
        What the guide says of it.
    note
        The line under its heading: in a result sheet a template of `index`, `year`, and what `sheets.write` knows.
    raw
        Keys of columns that hold raw data, or ends between which scores give them back; in a copy without raw data they
        are blank.
    """

    table: str
    name: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    about: Text
    note: Text = _NOTHING
    raw: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """What the names of its tables begin with, where each ranking has one."""
        return self.table.format(ranking="")

    @property
    def keys(self) -> Sequence[str]:
        """What the code calls its columns."""
        return [column.key for column in self.columns]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class InputSheet(TableSheet):
    """A sheet that a user fills in.

    `copy_note` stands in place of `note` in a copy for others. `file` is what a folder that makes a workbook calls it.
    With `further`, columns after these have a meaning; `optional` where a workbook need not have the sheet.
    """

    copy_note: Text = _NOTHING
    file: str = ""
    further: bool = False
    optional: bool = False

    @property
    def read(self) -> tuple[Column, ...]:
        """The columns that are read."""
        return tuple(column for column in self.columns if column.read)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class ResultSheet(TableSheet):
    """A sheet that the program fills.

    Parameters
    ----------
    heading
        A template of `index` and `year`.
    waiting
        The note until it is filled.
    filled_by
        Of an analysis, whose sheet is hidden until it is filled: by what command and button it is.
    further
        Columns that follow from the framework or the years.
    frozen
        How many columns stay in view.
    quotes_raw
        Whether it goes whole from a copy without raw data.
    most
        Rows at most; 0 for as many as there are.
    optional
        Whether a workbook need not have the sheet: those made before there was one do without.
    """

    heading: Text = _NOTHING
    waiting: Text = _TO_CALCULATE
    filled_by: Text = _NOTHING
    further: Further = Further.NONE
    frozen: int = 0
    landscape: bool = True
    quotes_raw: bool = False
    most: int = 0
    optional: bool = False

    @property
    def scored(self) -> bool:
        """Whether columns hold what aggregates score, of each of them alike."""
        return self.further in (Further.NODES, Further.DIMENSIONS)
