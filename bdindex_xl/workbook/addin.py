"""The add-in, BDIndex.xlam: functions and ribbon in every workbook of Excel. Its sheets are for VBA to read, unseen."""

from __future__ import annotations

import io

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs

from ..language import Lang, Text
from . import configuration, formulas_sheet, macro_parts
from .finished_file import begun, finished_addin

_TITLE = Text("综合指数加载项", "Composite Index add-in")
_HELP = "BDINDEX"  # the sheet; one at least must not be hidden


def make_addin(lang: Lang) -> bytes:
    """A complete .xlam. The same sources give the same bytes.

    Raises
    ------
    BdIndexError
        Where xlwings is not installed in the version that the wrappers are made for.
    """
    macros = macro_parts.of_addin(lang)
    assert macros.project is not None
    file = io.BytesIO()
    workbook = begun(file, _TITLE[lang], lang)
    workbook.calc_on_load = False  # else Excel would calculate at every start
    _fill(workbook, lang)
    _configure(workbook, lang)
    workbook.add_vba_project(io.BytesIO(macros.project(len(workbook.worksheets()))), is_stream=True)
    workbook.close()
    return finished_addin(file, macros.parts)


def _fill(workbook: Workbook, lang: Lang) -> None:
    """The help for Excel's function wizard."""
    sheet = workbook.add_worksheet(_HELP)
    for row, cells in enumerate(formulas_sheet.help_rows(lang)):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    workbook.define_name(formulas_sheet.NAME_HELP, f"={_HELP}!{xl_range_abs(0, 0, row, 2)}")


def _configure(workbook: Workbook, lang: Lang) -> None:
    """What xlwings reads, and the messages that macros show."""
    sheet = workbook.add_worksheet(configuration.SHEET)

    def put(row: int, column: int, text: str) -> None:
        sheet.write_string(row, column, text)

    configuration.fill(put, workbook.define_name, lang, configuration.MESSAGES_OF_ADDIN)
