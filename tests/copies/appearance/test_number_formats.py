"""What number formats make of values, and which of them a reader may choose."""

from __future__ import annotations

import pytest

from bdindex_xl.copies.appearance.number_formats import displayed, faithful

CHANGE = '"▲"0;"▼"0;"—";@'
ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        (CHANGE, 4.0, "▲4"), (CHANGE, -4.0, "▼4"), (CHANGE, 0.0, "—"), (CHANGE, "新", "新"), ("0.0%", 0.2534, "25.3%"),
        (ACCOUNTING, 1234.5, "1,234.50"), (ACCOUNTING, 0.0, "-"), ("#,##0.00_);(#,##0.00)", -3.2, "(3.20)"),
        ("General", -4.5, "-4.5"), ("@", 4.0, "4"), ("0.00E+00", 57.1, "5.71E+01"),
        ("[>3]\"多\"0;0", 4.0, "多4"), ("[>3]\"多\"0;0", 2.0, "2"), ("0,", 57100.0, "57"), (";;;", 4.0, ""),
        ("[Red]+0;[Green]-0;0", -2.0, "-2"), ("G/通用格式", 3.0, "3"), ("\\▲0;\\▼0", -3.0, "▼3"), ("000", 7.0, "007"),
        ("#.##", 0.5, ".5"), ("[$¥-804]0.0", 2.0, "¥2.0"), ('@"市"', "北京", "北京市"),
    ],
)  # fmt: skip
def test_a_format_shows_what_a_spreadsheet_shows(code: str, value: float | str, shown: str) -> None:
    assert displayed(code, value).strip() == shown


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("0", 57.1), ("0.0000", 57.1), ("#,##0.00", 57.1), ("0%", 0.25), ("0.00", 0.25), ("+0;-0;0", 4.0),
        ("+0;-0;0", -4.0), ('"升"0"位";"降"0"位";"平"', -4.0), ("[Red]0;[Blue]-0", -4.0), ('"第"0"名"', 4.0), (CHANGE, 0.0),
        ("#,##0.00_);(#,##0.00)", -3.2), (ACCOUNTING, 0.0), ("# ?/?", 57.1), ("[DBNum1]0", 4.0), (CHANGE, "新"),
        ('0.0"分"', 57.1), ('up 0;"down "0', -4.0), ("_ @_ ", "北京"),
    ],
)  # fmt: skip
def test_decimals_signs_and_units_are_the_readers_choice(code: str, value: float | str) -> None:
    assert faithful(code, value)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ('"▼"0;"▲"0', 4.0), ('"▼"0;"▲"0', -4.0), ("0;0", -4.0), ("-0", 4.0), ('"▲"0;"▼"0;"▲"0', 0.0), ('"1"', 3.0),
        ('"9"0', 3.0), ("0\\0", 3.0), ('"一"', 3.0), ('"Ⅳ"', 3.0), (";;;", 3.0), ('""', 3.0), ("#", 0.0), ("0,", 57.1),
        ("yyyy-mm-dd", 4.0), ("[h]:mm", 4.0), ('[>3]"1";0', 4.0), ('0;0;0;"北京"', "天津"), ('@"市"', "北京"), (";;;", "北京"),
        ('"down "0;"up "0', 4.0), ('0"."0', 45.0),
    ],
)  # fmt: skip
def test_another_number_another_sign_or_nothing_is_not(code: str, value: float | str) -> None:
    assert not faithful(code, value)


def test_thousands_are_a_measure_of_raw_data_alone() -> None:
    assert faithful('0.0,"千"', 5712.0, scaled=True) and not faithful('0.0,"千"', 5712.0)
    assert faithful('0"万"', 3.0, scaled=True) and not faithful('0"万"', 3.0)
