"""How raw indicators are counted from records: rules and sources, as frozen values."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Counting(StrEnum):
    """What a rule makes of the records of a unit and year."""

    COUNT = "count"
    COUNT_DISTINCT = "count distinct"
    SUM = "sum"
    MEAN = "mean"
    MAX = "max"
    MIN = "min"
    SHARE = "share"


class Period(StrEnum):
    """Which records belong to a year: those of that year's list, events within it, or all events up to its end."""

    SNAPSHOT = "snapshot"
    FLOW = "flow"
    STOCK = "stock"


class Empty(StrEnum):
    """What a unit without a record has."""

    ZERO = "zero"
    BLANK = "blank"


class Moved(StrEnum):
    """Where an event counts of one that moved: where it was in the year of the event, or where it is today."""

    EVENT = "event"
    LATEST = "latest"


class CountingRule(NamedTuple):
    """How one indicator is counted.

    Parameters
    ----------
    indicator
        Its code in the framework.
    table
        The name of a source.
    counting
        What becomes of the records of a unit and year.
    field
        What is counted, added up or compared; blank where records are counted.
    condition
        Which records: comparisons of the table's own fields; blank for all. For shares, which records are the part.
    unit
        The fields with the place, with commas between: codes, names, addresses, credit codes; the first that tells a
        unit counts. ``other.field`` where another table has them, by the key of that table.
    year
        The field with the year or the date.
    period
        Which records belong to a year.
    measure
        What the field is counted in, such as 万元, or the name of a field that says so; blank: as the indicator.
    empty
        What a unit without a record has; None: zero for counts and sums, blank for the rest.
    moved
        For ``other.field``: of which year.
    """

    indicator: str
    table: str
    counting: Counting
    field: str = ""
    condition: str = ""
    unit: str = ""
    year: str = ""
    period: Period = Period.SNAPSHOT
    measure: str = ""
    empty: Empty | None = None
    moved: Moved = Moved.EVENT


class SourceKind(StrEnum):
    """In what form records come."""

    CSV = "csv"
    EXCEL = "excel"
    PARQUET = "parquet"
    DUCKDB = "duckdb"
    DATABASE = "database"


class RecordSource(NamedTuple):
    """Where the records of a table are.

    Parameters
    ----------
    table
        As rules call it.
    kind
        In what form.
    where
        A file or folder, relative to the workbook; for DuckDB the file, ``#`` and the table; for a database its address
        by SQLAlchemy without a password, ``#`` and the table.
    key
        Fields that tell records of one year apart, with commas between; blank: every record counts.
    latest
        The field that tells which of two records of a key is the later one; blank: the later in the files.
    """

    table: str
    kind: SourceKind
    where: str
    key: str = ""
    latest: str = ""
