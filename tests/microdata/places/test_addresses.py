"""Addresses as people write them: short, long, old, out of order, and those that tell no place."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from .units import find

with (Path(__file__).parent / "addresses.csv").open(encoding="utf-8", newline="") as _file:
    AWKWARD = [tuple(row.values()) for row in csv.DictReader(_file)]


@pytest.mark.parametrize(("address", "province", "city", "doubt"), AWKWARD)
def test_an_awkward_address_is_read_as_a_person_reads_it(address: str, province: str, city: str, doubt: str) -> None:
    found = find(address)
    assert (found.codes, found.doubt.value) == ((province, city), doubt)
