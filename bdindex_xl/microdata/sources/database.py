"""Tables and views of any database that SQLAlchemy reaches, read and never written, streamed into Parquet.

The server hands over some thousand records at a time; they go through a file, so that memory does not grow with them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
from sqlalchemy import Connection, column, create_engine, event, inspect, select, table, types
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, NoSuchTableError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from ...model.records import suggested
from ...sheets.faults import Report
from ..tables import FieldKind
from .cell_texts import text_of
from .database_address import DatabaseAddress
from .plain_csv import TextWriter, into_parquet, writer
from .queries import chosen
from .raw_records import Texts

_AT_ONCE = 2000  # records
_Type: TypeAlias = types.TypeEngine[Any]
_KINDS: tuple[tuple[type[_Type], FieldKind], ...] = (
    (types.Boolean, FieldKind.TRUTH),
    (types.Numeric, FieldKind.NUMBER),
    (types.Float, FieldKind.NUMBER),
    (types.Integer, FieldKind.NUMBER),
    (types.Date, FieldKind.DATE),
    (types.DateTime, FieldKind.DATE),
    (types.String, FieldKind.TEXT),
    (types.Uuid, FieldKind.TEXT),
)


def read_database(
    connection: duckdb.DuckDBPyConnection,
    address: DatabaseAddress,
    made: Path,
    needed: Collection[str] | None,
    report: Report,
) -> Texts | None:
    """The fields that are needed, or all, of a table or view, as texts in `made`; None where there are faults."""
    try:
        with _reading(address) as database:
            kept = _kept(_fields(database, address, report), address, needed, report)
            if kept is None:
                return None
            plain = made.with_suffix(".plain")
            with writer(plain) as out:
                n = _copy(database, address, kept, out)
    except NoSuchModuleError:
        report.add("source dialect", address.shown, found=address.url.drivername)
    except ImportError as error:
        report.add("source driver", address.shown, found=address.url.drivername, package=error.name or error)
    except (SQLAlchemyError, OSError) as error:
        report.add("source database", address.shown, reason=_reason(error, address))
    else:
        into_parquet(connection, plain, n, tuple(kept), tuple(kept), made)
        return Texts(made, address.origin, tuple(kept), kept)
    return None


@contextmanager
def _reading(address: DatabaseAddress) -> Iterator[Connection]:
    """A connection in a transaction that reads only, wherever the database has such."""
    engine = create_engine(address.url, poolclass=NullPool, hide_parameters=True)
    name = engine.dialect.name
    if name in _FIRST:
        event.listen(engine, "begin", lambda started: started.exec_driver_sql(_FIRST[name]))
    if name in ("mysql", "mariadb"):
        event.listen(engine, "connect", _reads_only)
    with engine.connect() as connection:
        if name == "postgresql":
            connection = connection.execution_options(postgresql_readonly=True)
        yield connection
        connection.rollback()


_FIRST = {"oracle": "SET TRANSACTION READ ONLY", "sqlite": "PRAGMA query_only = ON"}


def _reads_only(connection: Any, _: object) -> None:
    """MySQL takes this before a transaction begins."""
    cursor = connection.cursor()
    cursor.execute("SET SESSION TRANSACTION READ ONLY")
    cursor.close()


def _fields(database: Connection, address: DatabaseAddress, report: Report) -> dict[str, _Type]:
    """The types by which the fields are declared, in their order; reported where there is no such table."""
    schema, name = _named(address.table)
    looked = inspect(database)
    try:
        return {one["name"]: one["type"] for one in looked.get_columns(name, schema)}
    except NoSuchTableError:
        known = [*looked.get_table_names(schema), *looked.get_view_names(schema)]
        report.add("source table missing", address.shown, found=address.table, meant=suggested(address.table, known))
        return {}


def _kind(declared: _Type) -> FieldKind | None:
    return next((kind for of, kind in _KINDS if isinstance(declared, of)), None)


def _named(text: str) -> tuple[str | None, str]:
    """Schema and name of a table."""
    schema, _, name = text.rpartition(".")
    return schema or None, name


def _kept(
    types_: Mapping[str, _Type], address: DatabaseAddress, needed: Collection[str] | None, report: Report
) -> dict[str, FieldKind] | None:
    """The kinds of the fields that are needed, or of all that are of any."""
    if not types_:
        return None
    kinds = {name: _kind(declared) for name, declared in types_.items()}
    fields = list(kinds) if needed is not None else [name for name, kind in kinds.items() if kind]
    kept: dict[str, FieldKind] = {}
    for name in chosen(fields, needed, address.origin, "", report) or ():
        kind = kinds[name]
        if kind is None:
            report.add("source field unusable", address.origin, field=name, found=types_[name])
        else:
            kept[name] = kind
    return None if report.has_faults else kept


def _copy(database: Connection, address: DatabaseAddress, kept: Mapping[str, FieldKind], out: TextWriter) -> int:
    """Writes all records, as the driver has them: types of SQLAlchemy would make floats of some decimals."""
    schema, name = _named(address.table)
    source = table(name, *(column(field) for field in kept), schema=schema)
    streamed = {"stream_results": True, "max_row_buffer": _AT_ONCE}
    n = 0
    for records in database.execute(select(*source.columns), execution_options=streamed).partitions(_AT_ONCE):
        for record in records:
            out.writerow([_text(value, kind) for value, kind in zip(record, kept.values(), strict=True)])
        n += len(records)
    return n


def _text(value: object, kind: FieldKind) -> str | None:
    """A value as a text; NaN is missing, and what some databases have for yes and no becomes that."""
    if value is None or value != value:
        return None
    if kind is FieldKind.TRUTH and value in (0, 1):
        return text_of(bool(value))
    if isinstance(value, dt.datetime):
        return text_of(value.replace(tzinfo=None))
    return text_of(value) if isinstance(value, bool | int | float | Decimal | dt.date) else str(value)


def _reason(error: Exception, address: DatabaseAddress) -> str:
    """What a driver says, in a line and without the password."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    told = cause.args[0] if cause.args else ""
    said = told.get("M", told) if isinstance(told, dict) else cause  # pg8000 has all that the server says
    words = " ".join(str(said).split()) or type(cause).__name__
    return address.without_password(words)[:300]
