"""Fields of unified social credit codes among those of a table, and the codes in them that are wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .engine import FILE_AT, ROW_AT, HeldAs
from .places.credit import CHARACTERS, LENGTH, WEIGHTS
from .prepared import Prepared

LISTED = 1000  # wrong codes of a field that are listed
_NAME = re.compile("信用代码|credit[ _]?code", re.IGNORECASE)
MOST_RECORDS = 1 << 40  # of a file
_NUMBER = range(3, 9)  # what is the code of a division
_FORM = f"^[{CHARACTERS}]{{2}}[0-9]{{6}}[{CHARACTERS}]{{10}}$"
_ODD, _USUAL = "".join(chr(ord(one) + 0xFEE0) for one in CHARACTERS), CHARACTERS


@dataclass(frozen=True)
class ListedCode:
    """A code as it is written, how many records have it, and where the first of them stands."""

    code: str
    n: int
    file: int
    row: int


@dataclass(frozen=True)
class CreditField:
    """A field of credit codes.

    Parameters
    ----------
    name, column
        The field's, and that of its column.
    n
        How many records have a wrong code in it.
    wrong
        The name of a table of the wrong codes `raw`, each once; blank where there is none.
    first
        Those of them that stand first in the files.
    """

    name: str
    column: str
    n: int = 0
    wrong: str = ""
    first: Sequence[ListedCode] = ()


class CreditCodes:
    """What is known of the credit codes of tables; each table is looked at once."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self._fields: dict[str, tuple[CreditField, ...]] = {}
        self._made = 0

    def fields(self, table: str) -> tuple[CreditField, ...]:
        """The fields of a table that hold credit codes: by their name, or because most of their texts are right."""
        if table not in self._fields:
            columns = self._prepared.columns(table)
            texts = [name for name in columns.names if columns.forms[name] is HeldAs.TEXT]
            self._fields[table] = tuple(self._among(table, texts)) if texts else ()
        return self._fields[table]

    def _among(self, table: str, texts: Sequence[str]) -> list[CreditField]:
        columns, view, found = self._prepared.columns(table), self._prepared.view(table), []
        own = [columns.column(name).name for name in texts]
        counts = ", ".join(f"COUNT({c}), COUNT(CASE WHEN LENGTH(TRIM({c})) = {LENGTH} THEN 1 END)" for c in own)
        row = self._prepared.rows(f"SELECT {counts} FROM {view}")[0]
        for name, column, n, long in zip(texts, own, row[::2], row[1::2], strict=True):
            named = _NAME.search(name) is not None
            if n and (named or 2 * long > n):
                field = self._field(view, name, column)
                found += [field] if named or 2 * field.n < n else []
        return found

    def _field(self, view: str, name: str, column: str) -> CreditField:
        self._made += 1
        wrong = f"wrong{self._made}"
        place = f"MIN({FILE_AT} * {MOST_RECORDS} + {ROW_AT})"
        each = (
            f"SELECT {column} AS raw, COUNT(*) AS n, {place} AS place FROM {view} "
            f"WHERE {column} IS NOT NULL GROUP BY {column}"
        )
        # In half-width capitals without blanks only where that is needed: it takes longer than the check itself.
        odd = (
            f"CASE WHEN REGEXP_MATCHES(raw, '{_FORM}') THEN raw "
            f"ELSE UPPER(TRANSLATE(UPPER(raw), '{_ODD} \u3000', '{_USUAL}')) END"
        )
        self._prepared.define(wrong, _failing(_failing(each, "raw"), odd), keep=True)
        n = self._prepared.one(f"SELECT COALESCE(SUM(n), 0) FROM {wrong}")
        if not n:
            return CreditField(name, column)
        first = self._prepared.rows(f"SELECT raw, n, place FROM {wrong} ORDER BY place LIMIT {LISTED}")
        listed = tuple(ListedCode(code, k, *divmod(int(place), MOST_RECORDS)) for code, k, place in first)
        return CreditField(name, column, n, wrong, listed)


def _failing(source: str, code: str) -> str:
    """The rows of a query whose code is wrong: places.credit in SQL, where digits of a division are one number."""
    letters = [place for place in range(1, LENGTH + 1) if place not in _NUMBER]
    parts = [f"s // {10 ** (_NUMBER[-1] - place)} % 10 * {WEIGHTS[place - 1]}" for place in _NUMBER]
    parts += [f"(STRPOS('{CHARACTERS}', SUBSTRING(c, {at}, 1)) - 1) * {WEIGHTS[at - 1]}" for at in letters]
    return (
        f"SELECT raw, n, place FROM (SELECT raw, n, place, c, TRY_CAST(SUBSTRING(c, 3, 6) AS INT) AS s FROM "
        f"(SELECT raw, n, place, {code} AS c FROM ({source}) AS a) AS b) AS e "
        f"WHERE NOT (REGEXP_MATCHES(c, '{_FORM}') AND ({' + '.join(parts)}) % 31 = 0)"
    )
