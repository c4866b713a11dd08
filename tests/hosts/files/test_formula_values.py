"""Formulas of our own sheets, calculated as spreadsheet programs do: values, errors, and what is not known here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bdindex_xl.hosts.files.formula_tree import UnreadFormula
from bdindex_xl.hosts.files.formula_values import CalculatedSheet, CellColumn
from bdindex_xl.sheets.book import ErrorValue

ROWS = [[2023.0, "a", 10.0], [2024.0, "A", 30.0], [2024.0, "b", ""], [2024.0, "c", None]]


class FormulaTables:
    """One table, `t`, with headers Year, Unit and Score."""

    def header(self, table: str) -> Sequence[str]:
        if table.casefold() != "t":
            raise UnreadFormula(table)
        return ["Year", "Unit", "Score"]

    def column(self, table: str, j: int) -> CellColumn:
        return CellColumn([row[j] for row in ROWS])

    def n_rows(self, table: str) -> int:
        return len(ROWS)


def value(formula: str) -> Any:
    """Of a formula in B9, below cells A1:A4 with 3, 1, a text and nothing, and B1 that divides by zero."""
    given = {(1, 1): 3.0, (2, 1): 1.0, (3, 1): "x"}
    return CalculatedSheet({(9, 2): formula, (1, 2): "1/0", (2, 2): "A1+1"}, given, FormulaTables()).value((9, 2))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("1+2*3-4/2", 5.0), ("-A1+1", -2.0), ("(1+2)*3", 9.0), ('"a"&1&"b"', "a1b"), ("B2*2", 8.0),
        ('A4=""', True), ("A4=0", True), ('A3="X"', True), ('A3>5', True), ("A3<>1", True), ("A1>=3", True), ("2<A1", True),
        ('IF(A1=3,"yes",1/0)', "yes"), ("IF(A1>3,1)", False), ("IFERROR(B1,7)", 7.0), ("A4", 0.0),
        ("SUM(A1:A4)", 4.0), ("COUNT(A1:A4)", 2.0), ("AVERAGE(A1:A4)", 2.0), ("MAX(A1:A4)", 3.0), ("MIN(A1:A4)", 1.0),
        ("LARGE(A1:A4,2)", 1.0), ("MATCH(1,A1:A4,0)", 2.0), ("INDEX(A1:A4,3)", "x"), ("ABS(A2-A1)", 2.0), ("MAX(C1:C3)", 0.0),
        ("AND(1,A1=3)", True), ("OR(0,A1=4)", False), ("ISNUMBER(A3)", False), ("CHOOSE(2,1/0,A1)", 3.0), ("ROW()", 9.0),
        ('MATCH("unit",t[#Headers],0)', 2.0), ("INDEX(t[#Data],2,3)", 30.0), ("SUM(INDEX(t[],0,3))", 40.0),
        ("SUM(INDEX(t,0,3))", 40.0), ("SUMPRODUCT((INDEX(t,0,1)=2024)*1)", 3.0),
        ('SUMPRODUCT((INDEX(t,0,1)=2024)*(INDEX(t,0,2)="a")*(ROW(INDEX(t,0,1))-MIN(ROW(INDEX(t,0,1)))+1))', 2.0),
        ('SUMPRODUCT((INDEX(t,0,3)<>"")*1)', 2.0), ("SUMPRODUCT((INDEX(t,0,3)>20)*1)", 2.0),  # a text is more than any number
        ("SUMPRODUCT((INDEX(t,0,1)=2024)*1,INDEX(t,0,3))", 30.0), ('SUMPRODUCT((INDEX(t,0,1)&""="2023")*1)', 1.0),
    ],
)  # fmt: skip
def test_a_formula_gives_what_programs_give(formula: str, expected: Any) -> None:
    assert value(formula) == expected


@pytest.mark.parametrize(
    ("formula", "error"),
    [
        ("1/0", "#DIV/0!"), ("B1+1", "#DIV/0!"), ("A3+1", "#VALUE!"), ("NA()", "#N/A"), ("MATCH(9,A1:A4,0)", "#N/A"),
        ("INDEX(A1:A4,9)", "#REF!"), ("INDEX(t,9,1)", "#REF!"), ("LARGE(A1:A4,3)", "#NUM!"), ("AVERAGE(A3:A4)", "#DIV/0!"),
        ("CHOOSE(3,1,2)", "#VALUE!"), ("SUMPRODUCT(INDEX(t,0,3)*1)", "#VALUE!"),
    ],
)  # fmt: skip
def test_an_error_is_the_value_of_its_formula(formula: str, error: str) -> None:
    assert value(formula) == error and isinstance(value(formula), ErrorValue)


@pytest.mark.parametrize(
    "formula",
    [
        "TODAY()",
        "Other!A1",
        "u[#Headers]",
        "INDEX(u,1,1)",
        "1+",
        "A1:A4",
        "B9+1",
        "{1,2}",
        "MATCH(1,A1:A4,1)",
        "t[Year]",
        "2^3",
    ],
)
def test_what_is_not_known_is_not_calculated(formula: str) -> None:
    with pytest.raises(UnreadFormula):
        value(formula)
