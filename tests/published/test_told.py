"""Every index that the page Methods has a row of is one whose figures a test asserts."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.published import FIGURES


def test_the_figures_of_every_row_are_asserted() -> None:
    tests = "\n".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    with FIGURES.open(encoding="utf-8", newline="") as file:
        told = [row["index"] for row in csv.DictReader(file)]
    assert len(told) == 19
    assert [index for index in told if f'"{index}"' not in tests and f'told(f"{index[:-4]}{{year}}"' not in tests] == []
