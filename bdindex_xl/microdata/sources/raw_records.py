"""Records of one file, one sheet or one table of a database, on their way to be those of a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..tables import FieldKind


@dataclass(frozen=True, slots=True)
class Texts:
    """Records whose values are all texts, in Parquet, with the fields that were kept, in order.

    `declared` are the kinds that a database declares; without them they are told from the values.
    """

    file: Path
    origin: str
    fields: tuple[str, ...]
    declared: Mapping[str, FieldKind] | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """Records whose fields have types, in Parquet; `types` are those that DuckDB has, by name."""

    file: Path
    origin: str
    types: Mapping[str, str]

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.types)
