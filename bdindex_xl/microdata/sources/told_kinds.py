"""What the values of a field are, told from all of them; and the values as such, exact.

A field holds numbers, dates, or yes and no where every value does, but for blanks and the marks of a missing value
(``—``, ``n/a``); else it holds texts. Numbers are plain decimals, in characters of any width, with thousands separators
or without. What begins with a zero, or has more digits than a measured value can have, is a code: a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from ..tables import FieldKind
from .queries import literal, name_of

_MOST = 38  # digits of a number
_SAMPLE = 2048  # records by which most kinds are ruled out at once

# Digits before the point: 15 at most, since no program of sheets keeps more; more are a code.
_PLAIN = r"[+-]?((0|[1-9][0-9]{0,14})(\.[0-9]*)?|\.[0-9]+)([eE](\+?0*([0-9]|1[0-4])|-[0-9]{1,3}))?"
_GROUPED = r"[+-]?[1-9][0-9]{0,2}([, ][0-9]{3}){1,4}(\.[0-9]*)?"
_YEAR = "[12][0-9]{3} *年"
_DAY = r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}"
_DATE = (
    r"([12][0-9]{3})(?:[-/.]|年 *)([0-9]{1,2})(?:[-/.]|月 *)([0-9]{1,2})日?"
    r"(?:[ T]+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_MONTH = r"([12][0-9]{3})(?:[-/]|年 *)([0-9]{1,2})月?"
_YES = ("是", "yes", "true", "y")
_NO = ("否", "no", "false", "n")
_MISSING = ("-", "--", "---", "n/a", "/")


@dataclass(frozen=True, slots=True)
class Told:
    """A kind, and the values of a field of texts as such, in SQL."""

    kind: FieldKind
    values: str


def told_kinds(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    fields: Sequence[str],
    declared: Mapping[str, FieldKind] | None = None,
) -> dict[str, Told]:
    """The kinds of fields of texts, by name; `source` is their table in SQL.

    A kind that is declared is taken where all values are of it: some databases hold anything in any field.
    """
    if declared is None:
        candidates = {field: tuple(_TESTS) for field in fields}
    else:
        candidates = {field: (declared[field],) if declared[field] in _TESTS else () for field in fields}
    for part in (f"(FROM {source} LIMIT {_SAMPLE})", source):
        candidates = _left(connection, part, candidates, declared is not None, whole=part is source)
    kinds = {field: Told(FieldKind.TEXT, name_of(field)) for field in fields}
    kinds |= {field: _truths(name_of(field)) for field, left in candidates.items() if FieldKind.TRUTH in left}
    for kind, made in ((FieldKind.NUMBER, _numbers), (FieldKind.DATE, _dates)):
        some = [field for field, left in candidates.items() if kind in left]
        kinds |= dict(zip(some, made(connection, source, [name_of(field) for field in some]), strict=True))
    return kinds


def _left(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    candidates: Mapping[str, tuple[FieldKind, ...]],
    is_declared: bool,
    *,
    whole: bool,
) -> dict[str, tuple[FieldKind, ...]]:
    """Which kinds all values of each field are of, of those that come into question.

    Where no record has a value, all come into question still, but not those that nobody declares and that no other
    record can tell.
    """
    asked = [(field, kind) for field, kinds in candidates.items() for kind in kinds]
    if not asked:
        return dict(candidates)
    known = _TESTS | ({FieldKind.NUMBER: _is_any_number} if is_declared else {})
    tests = ", ".join(
        f"bool_and({known[kind](c)}) FILTER (WHERE {c} IS NOT NULL)" for field, kind in asked for c in [name_of(field)]
    )
    row = connection.execute(f"SELECT {tests} FROM {source}").fetchall()[0]
    open_still = is_declared or not whole
    good = {key for key, found in zip(asked, row, strict=True) if found or (found is None and open_still)}
    return {field: tuple(kind for kind in kinds if (field, kind) in good) for field, kinds in candidates.items()}


def _listed(words: Sequence[str]) -> str:
    return "(" + ", ".join(map(literal, words)) + ")"


def _narrow(c: str) -> str:
    """A text with digits, signs and spaces of plain width, and dashes of any kind as hyphens."""
    wide = "０１２３４５６７８９．，＋－‐‑‒–—―−ー\u3000\u00a0"
    return f"trim(translate({c}, '{wide}', '0123456789.,+---------  '))"


def _is_missing(c: str) -> str:
    return f"lower({_narrow(c)}) IN {_listed(_MISSING)}"


def _matches(c: str, pattern: str) -> str:
    return f"regexp_full_match({c}, {literal(pattern)})"


def _is_number(c: str) -> str:
    return (
        f"CASE WHEN {_matches(c, _PLAIN)} THEN true WHEN {_is_missing(c)} THEN NULL "
        f"ELSE {_matches(_narrow(c), f'{_PLAIN}|{_GROUPED}|{_YEAR}')} END"
    )


def _is_any_number(c: str) -> str:
    """Whether a number that is declared as one is one: a code, such as an identifier of many digits, may be."""
    return f"TRY_CAST({c} AS DECIMAL(38, 0)) IS NOT NULL AND NOT contains({c}, '_')"


def _plain(c: str) -> str:
    """A number's text as SQL takes it."""
    other = f"translate({_narrow(c)}, ', 年', '')"
    return f"CASE WHEN {_matches(c, _PLAIN)} THEN {c} WHEN NOT {_is_missing(c)} THEN {other} END"


def _numbers(connection: duckdb.DuckDBPyConnection, source: str, columns: Sequence[str]) -> list[Told]:
    """Numbers in as many digits as all of a column take; texts where those are more than an exact number has."""
    told = []
    for c, simple in zip(columns, _measured(connection, source, [_digits(c) for c in columns]), strict=True):
        value, digits = c, simple
        if digits is None:  # not digits and points alone
            value = _plain(c)
            (digits,) = _measured(connection, f"(SELECT {value} AS n FROM {source})", [_digits("n", powers=True)])
        assert digits is not None
        before, after = digits
        exact = f"DECIMAL({max(before + after, 1)}, {after})"
        is_exact = before + after <= _MOST
        told.append(Told(FieldKind.NUMBER, f"CAST({value} AS {exact})") if is_exact else Told(FieldKind.TEXT, c))
    return told


def _measured(connection: duckdb.DuckDBPyConnection, source: str, asked: Sequence[str]) -> list[tuple[int, int] | None]:
    row = connection.execute(f"SELECT {', '.join(asked)} FROM {source}").fetchall()[0] if asked else ()
    return [(row[k] or 0, row[k + 1] or 0) if row[k + 2] is not False else None for k in range(0, len(row), 3)]


def _digits(c: str, *, powers: bool = False) -> str:
    """Most digits before the point and after it, and whether that holds: whether all are digits and points alone."""
    point = f"instr({c}, '.')"
    before = f"CASE WHEN {point} > 0 THEN {point} - 1 ELSE length({c}) END"
    after = f"CASE WHEN {point} > 0 THEN length({c}) - {point} ELSE 0 END"
    if not powers:
        return f"max({before}), max({after}), bool_and({_matches(c, '[+-]?[0-9]*[.]?[0-9]*')})"
    power = f"regexp_matches({c}, '[eE]')"
    before, after = (f"CASE WHEN {power} THEN {_power(c, k)} ELSE {one} END" for k, one in ((1, before), (2, after)))
    return f"max({before}), max({after}), true"


def _power(c: str, side: int) -> str:
    """How many digits a number in powers of ten has before its point (side 1) or after it (2)."""
    parts = [f"regexp_extract({c}, '([0-9]*)[.]?([0-9]*)[eE](.*)', {group})" for group in (1, 2, 3)]
    return f"greatest(length({parts[side - 1]}) {'+-'[side - 1]} CAST({parts[2]} AS INTEGER), 0)"


def _moment(c: str) -> str:
    """A date's text, of any form, as SQL takes it."""
    text = _narrow(c)
    return (
        f"CASE WHEN {_matches(text, _DATE)} THEN rtrim(regexp_replace({text}, {literal(_DATE)}, '\\1-\\2-\\3 \\4')) "
        f"WHEN {_matches(text, _MONTH)} THEN regexp_replace({text}, {literal(_MONTH)}, '\\1-\\2-1') END"
    )


def _is_date(c: str) -> str:
    return (
        f"CASE WHEN {_matches(c, _DAY)} THEN TRY_CAST({c} AS DATE) IS NOT NULL WHEN {_is_missing(c)} THEN NULL "
        f"ELSE TRY_CAST({_moment(c)} AS TIMESTAMP) IS NOT NULL END"
    )


def _dates(connection: duckdb.DuckDBPyConnection, source: str, columns: Sequence[str]) -> list[Told]:
    """Dates, with the time of day where any of a column has one."""
    if not columns:
        return []
    moments = [
        f"CASE WHEN {_matches(c, _DAY)} THEN {c} WHEN NOT {_is_missing(c)} THEN {_moment(c)} END" for c in columns
    ]
    timed = ", ".join(f"bool_or(instr({c}, ':') > 0)" for c in columns)
    row = connection.execute(f"SELECT {timed} FROM {source}").fetchall()[0]
    kinds = ("TIMESTAMP" if one else "DATE" for one in row)
    return [Told(FieldKind.DATE, f"CAST({moment} AS {kind})") for moment, kind in zip(moments, kinds, strict=True)]


def _is_truth(c: str) -> str:
    return f"CASE WHEN lower({c}) IN {_listed(_YES + _NO)} THEN true WHEN {_is_missing(c)} THEN NULL ELSE false END"


def _truths(c: str) -> Told:
    yes, no = _listed(_YES), _listed(_NO)
    return Told(FieldKind.TRUTH, f"CASE WHEN lower({c}) IN {yes} THEN true WHEN lower({c}) IN {no} THEN false END")


_TESTS: dict[FieldKind, Callable[[str], str]] = {
    FieldKind.NUMBER: _is_number,
    FieldKind.DATE: _is_date,
    FieldKind.TRUTH: _is_truth,
}
