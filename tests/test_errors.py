"""Findings: in the order of their cells, and one line for a column of the same."""

from __future__ import annotations

from bdindex_xl.errors import Finding, Severity, grouped, ordered
from bdindex_xl.language import Text, same


def finding(sheet: str, cell: str, found: str = "x", severity: Severity = Severity.FAULT, done: str = "") -> Finding:
    return Finding(severity, sheet, cell, Text("数", "a number"), same(found), same(done), "value text")


def test_findings_stand_in_the_order_of_sheets_rows_and_columns() -> None:
    cells = [("B", "E10"), ("B", "E9"), ("A", "AA5"), ("A", "Z5"), ("A", ""), ("", ""), ("C", "A1")]
    found = ordered([finding(*cell) for cell in cells], ["A", "B"])
    assert [(f.sheet, f.cell) for f in found] == [
        ("", ""), ("A", ""), ("A", "Z5"), ("A", "AA5"), ("B", "E9"), ("B", "E10"), ("C", "A1"),
    ]  # fmt: skip
    notes = [finding("A", "A1", severity=Severity.NOTE), finding("B", "B1")]
    assert [f.sheet for f in ordered(notes, ["A", "B"])] == ["B", "A"]


def test_a_column_of_the_same_fault_is_told_in_one_line_with_examples() -> None:
    some = [finding("P", f"G{row}", f"{row},5") for row in range(6, 156)]
    told = grouped([finding("P", "A1"), *some, finding("P", "H7")])
    assert [f.text("en") for f in told] == [
        "P!A1: expected a number, found x",
        "P!G6:G155, 150 cells: expected a number, found 6,5, 7,5, 8,5 …",
        "P!H7: expected a number, found x",
    ]
    assert told[1].text("zh") == "P!G6:G155，共 150 格：应为数，实为 6,5、7,5、8,5 等"


def test_two_cells_of_a_column_are_told_one_by_one_and_what_was_done_only_where_it_is_the_same() -> None:
    two = [finding("P", "G6"), finding("P", "G7")]
    assert grouped(two) == tuple(two)
    same_done = [finding("P", f"G{row}", done="left out") for row in (6, 7, 9)]
    assert [f.text("en") for f in grouped(same_done)] == ["P!G6:G9, 3 cells: expected a number, found x; left out"]
    other = [*same_done[:2], finding("P", "G9", done="taken as 1")]
    assert [f.text("en") for f in grouped(other)] == ["P!G6:G9, 3 cells: expected a number, found x"]


def test_lines_of_a_file_are_named_as_such() -> None:
    assert finding("data.csv", "5").text("en") == "data.csv, line 5: expected a number, found x"
    assert finding("data.csv", "12:GDP").text("zh") == "data.csv 第 12 行“GDP”列：应为数，实为 x"
    lines = [finding("data.csv", f"{line}:GDP") for line in (12, 9, 10)]
    assert [f.cell for f in ordered(lines)] == ["9:GDP", "10:GDP", "12:GDP"]
    assert [f.text("en") for f in grouped(ordered(lines))] == [
        "data.csv, lines 9–12, column “GDP”, 3 cells: expected a number, found x"
    ]
