"""The records of sheets hold together, and no two share what must be one's own."""

from __future__ import annotations

import pytest

from bdindex_xl.language import LANGUAGES
from bdindex_xl.sheets import schema

SHEETS = (*schema.ONE_EACH, schema.DATA, schema.RANKING)
RESULTS = [sheet for sheet in SHEETS if isinstance(sheet, schema.ResultSheet)]
LONGEST = 31  # characters of a sheet's name


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.table)
def test_keys_name_columns_and_headers_differ(sheet: schema.TableSheet) -> None:
    assert set(sheet.key) | set(sheet.raw) <= set(sheet.keys)
    assert all(column.role in schema.ROLES for column in sheet.columns)
    for lang in LANGUAGES:
        headers = [column.header[lang].casefold() for column in sheet.columns]
        assert len(set(headers)) == len(headers)
        assert sheet.about[lang] and 0 < len(sheet.name[lang]) <= LONGEST


def test_no_two_sheets_share_a_name_or_a_table() -> None:
    assert len({sheet.table for sheet in SHEETS}) == len(SHEETS)
    assert all(sheet.table.startswith(schema.PREFIX) for sheet in SHEETS)
    for lang in LANGUAGES:
        names = {sheet.name[lang].casefold() for sheet in SHEETS} | {schema.GUIDE[lang], schema.FORMULAS[lang]}
        assert len(names) == len(SHEETS) + 2


@pytest.mark.parametrize("sheet", RESULTS, ids=lambda sheet: sheet.table)
def test_a_table_is_known_by_its_name(sheet: schema.ResultSheet) -> None:
    name = schema.table_of(sheet.table, "city") if "{ranking}" in sheet.table else sheet.table
    assert schema.sheet_of(name) is sheet
    assert schema.is_result(name) == (sheet not in (*schema.ANALYSES, *schema.FROM_FILES))
    assert 0 <= sheet.frozen <= len(sheet.columns)


@pytest.mark.parametrize("sheet", schema.ANALYSES, ids=lambda sheet: sheet.table)
def test_an_analysis_says_what_fills_it_and_of_which_data_it_is(sheet: schema.ResultSheet) -> None:
    assert sheet.columns[-1].key == "inputs"
    assert all(text[lang] for text in (sheet.filled_by, sheet.waiting, sheet.heading, sheet.note) for lang in LANGUAGES)


@pytest.mark.parametrize("sheet", [*schema.INPUTS[1:], schema.DATA], ids=lambda sheet: sheet.table)
def test_every_column_to_fill_in_has_its_help(sheet: schema.InputSheet) -> None:
    assert all(column.help[lang] for column in sheet.read for lang in LANGUAGES)
