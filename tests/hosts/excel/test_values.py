"""Values between Excel and blocks, where no application is needed."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from bdindex_xl.hosts.excel.values import read_block
from bdindex_xl.sheets.book import ErrorValue


def read(value: Any) -> Any:
    """One cell as `xlwings.Range.options(...).value` gives it."""
    exact = SimpleNamespace(Value2=float(value) if isinstance(value, Decimal) else value)
    cells = SimpleNamespace(options=lambda **_: SimpleNamespace(value=[[value]]), api=exact, shape=(1, 1))
    return read_block(cells)[0][0]  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "text"), [("#N/A", "#N/A"), (-2146826243, "#SPILL!"), (-2146826238, "#CALC!")])
def test_errors_that_xlwings_leaves_numbers_are_errors(value: Any, text: str) -> None:
    found = read(value)
    assert isinstance(found, ErrorValue)
    assert found == text


@pytest.mark.parametrize(
    ("value", "expected"), [(Decimal("1.5"), 1.5), (3, 3.0), ("", None), ("甲", "甲"), (True, True)]
)
def test_other_values_are_what_they_are(value: Any, expected: Any) -> None:
    assert read(value) == expected
    assert type(read(value)) is type(expected)
