"""What buttons and menus start: of Excel by the two functions here, of LibreOffice by the process `of_calc`.

VBA calls ``bdindex_xl.buttons`` in every workbook that was ever sent: the name and its two functions stay. They import
Excel's side when they are called, for LibreOffice's has no xlwings to import.
"""

from __future__ import annotations


def run(action: str, version: str, file: str = "") -> None:
    """Do what a button of Excel stands for; see `of_excel.run`."""
    from .of_excel import run

    run(action, version, file)


def may_restore() -> bool:
    """Whether Excel's ribbon offers to restore results; see `of_excel.may_restore`."""
    from .of_excel import may_restore

    return may_restore()
