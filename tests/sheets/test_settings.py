"""Settings are one value with a field for each row of the sheet, and files made before hold what they held."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.model.method import PARAMETERS, Method
from bdindex_xl.sheets.inputs import LOOKS
from bdindex_xl.sheets.options import DEFAULTS, SETTINGS_ROWS
from bdindex_xl.sheets.read import read_inputs
from tests.support.books import small_book

_OTHERS: dict[str, str | float] = {
    "scope": "panel", "weighting": "entropy", "min_available": 0.4, "exponent": -2, "title": "x",
}  # fmt: skip


def test_every_row_of_the_sheet_has_its_value_and_every_field_of_the_method_its_row() -> None:
    keys = [row.key for row in SETTINGS_ROWS]
    assert keys == list(DEFAULTS.by_key())
    assert LOOKS | set(PARAMETERS) <= set(keys)


def test_a_method_is_the_same_once_it_was_copied_or_came_from_another_process() -> None:
    method = Method(weighting="equal", scale=10, decimals=1)
    for other in (pickle.loads(pickle.dumps(method)), copy.copy(method), replace(method)):
        assert other == method and hash(other) == hash(method)


def test_settings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        DEFAULTS.year = 2024


@pytest.mark.parametrize(
    ("settings", "digest"),
    [
        ({}, "d90cd0c70de3256f76f917d48c3ea9f12ed801928a8a62d6adbae87f3e7d8f5d"),
        (_OTHERS, "bd6922f2cae731e4f214c5a463a743eaebd07d4f597f58ecb6be57cc029d70cf"),
    ],
)
def test_the_digest_is_that_of_files_made_when_settings_were_a_mapping(
    tmp_path: Path, settings: dict[str, str | float], digest: str
) -> None:
    inputs = read_inputs(FileBook.from_bytes(small_book(tmp_path, "zh", settings)))
    assert inputs.digest() == f"2:{digest}"
