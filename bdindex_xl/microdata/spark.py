"""Apache Spark, the engine for what one machine cannot hold: the same queries, and only results to the driver."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from sqlglot import exp

from ..language import same
from .engine import FAILED, FILE_AT, ROW_AT, EngineFailed, HeldAs, form_of, paths
from .tables import RecordTable

LOCAL = "local[*]"
_LONGEST = 300  # characters of a reason
# A path is no pattern, whatever is in it. Spark has this for the files of its own tables, and no other way on Windows.
_AS_THEY_ARE = "__globPaths__", "false"


class Spark:
    """The engine, in a session that is there."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._kept: list[Any] = []
        self._names: list[str] = []

    def register(self, name: str, table: RecordTable) -> Mapping[str, HeldAs]:
        from pyspark.sql import functions as made

        reader = self._session.read.option(*_AS_THEY_ARE)
        first, *others = paths(table)
        frames = [self._tried(lambda: reader.parquet(first))]
        schema = frames[0].schema
        frames += [reader.schema(schema).parquet(path) for path in others]
        # Where a record stands hangs on its file alone: Spark reads files in an order of its own.
        placed = [
            frame.withColumn(ROW_AT, made.col("_metadata.row_index")).withColumn(FILE_AT, made.lit(k))
            for k, frame in enumerate(frames)
        ]
        self._name(name, reduce(lambda one, other: one.unionAll(other), placed))
        forms = {field.name: form_of(field.dataType.simpleString()) for field in schema.fields}
        return {field: form for field, form in forms.items() if form is not None}

    def put(self, name: str, columns: Mapping[str, Sequence[Any]], types: Sequence[str]) -> None:
        schema = ", ".join(
            f"{key} {'string' if kind == 'VARCHAR' else kind}" for key, kind in zip(columns, types, strict=True)
        )
        rows = list(zip(*columns.values(), strict=True))
        self._name(name, self._session.createDataFrame(rows, schema))

    def define(self, name: str, query: exp.Query, *, keep: bool = False) -> None:
        frame = self._tried(lambda: self._session.sql(printed(query)))
        if keep:
            frame = frame.cache()
            self._kept.append(frame)
        self._name(name, frame)

    def rows(self, query: exp.Query) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._tried(lambda: self._session.sql(printed(query)).collect())]

    def forget(self) -> None:
        """Drop all that was named and kept, in a session that goes on."""
        for frame in self._kept:
            frame.unpersist()
        for name in self._names:
            self._session.catalog.dropTempView(name)

    def _name(self, name: str, frame: Any) -> None:
        frame.createOrReplaceTempView(name)
        self._names.append(name)

    def _tried(self, work: Any) -> Any:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            return work()
        except (PySparkException, Py4JError) as error:
            raise _failed(_first_line(error)) from error


@contextmanager
def started(temporary: Path, master: str = "", more: Mapping[str, str] = MappingProxyType({})) -> Iterator[Spark]:
    """Spark, at the address of a master, or on this machine, where it listens to nobody else.

    `more` are settings beside those that are needed. Raises EngineFailed where it cannot start.
    """
    with warnings.catch_warnings(), tempfile.TemporaryFile() as said:
        # Spark looks for pandas, which is not used with it, and warns of its version.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        address = master or os.environ.get("SPARK_MASTER", "") or LOCAL
        try:
            session = _session(_settings(address, temporary) | dict(more), said)
        except (PySparkException, Py4JError, RuntimeError, OSError) as error:
            raise _failed(_why(error, said)) from error
        try:
            yield Spark(session)
        finally:
            session.stop()


def _session(settings: Mapping[str, str], said: IO[bytes]) -> Any:
    """A session, whose Java says what it has to say into a file: what matters of it comes as an exception, too."""
    from pyspark import SparkConf, SparkContext, java_gateway
    from pyspark.sql import SparkSession

    conf = SparkConf().setAll(list(settings.items()))
    if SparkContext._gateway is None:  # else Java runs in this process already
        launch: Any = java_gateway.launch_gateway
        return SparkSession(SparkContext(conf=conf, gateway=launch(conf, {"stdout": said, "stderr": said})))
    return SparkSession.builder.config(conf=conf).getOrCreate()


def _failed(reason: str) -> EngineFailed:
    return EngineFailed(FAILED.format(engine="Spark", reason=same(reason)))


def _why(error: Exception, said: IO[bytes]) -> str:
    """Why there is no session: what Java said, or what should have started it, where all that is known is its end."""
    said.seek(0)
    lines = [line.strip() for line in said.read().decode("utf-8", "replace").splitlines()]
    telling = [line for line in lines if line and not line.startswith(("at ", "..."))]
    ended = getattr(error, "getCondition", str)() == "JAVA_GATEWAY_EXITED"
    return "; ".join(telling)[:_LONGEST] if ended and telling else _first_line(error)


def _first_line(error: Exception) -> str:
    """What an error says, in a line; of one in Java, without where in Python it was met."""
    in_java = getattr(error, "java_exception", None)
    return str(error if in_java is None else in_java.getMessage()).strip().partition("\n")[0]


def _settings(address: str, temporary: Path) -> dict[str, str]:
    settings = {
        "spark.master": address,
        "spark.app.name": "bdindex",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.caseSensitive": "true",
        "spark.sql.warehouse.dir": str(temporary / "warehouse"),
    }
    if address.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.local.dir": str(temporary / "spark"),
            "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
        }
    return settings


def printed(query: exp.Query) -> str:
    """A query in Spark's dialect."""
    return query.sql("spark", comments=False)
