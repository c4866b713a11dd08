"""The ribbon: pictures that every version of Excel has."""

from __future__ import annotations

import re

import pytest

from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.workbook import macro_parts

# Looked up one by one in Microsoft's lists of controls (excelcontrols.xlsx) of Office 2013, 2016 and 2019, and of the three
# channels of Microsoft 365 in 2024: https://github.com/OfficeDev/office-fluent-ui-command-identifiers. A name that a
# version does not have leaves its button without a picture, as ChartTypeOtherInsertGallery does from 2019 on.
IN_EVERY_LIST = {
    "CalculateNow", "ChartInsert", "ChartTypeAllInsertDialog", "Consolidate", "DataValidation", "ErrorChecking", "FileNew",
    "FileSendAsAttachment", "FunctionsStatisticalInsertGallery", "Help", "SheetRowsInsert", "TraceDependents", "Undo",
    "ViewSideBySide", "WhatIfAnalysisMenu",
}  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_version_of_excel_has_the_pictures_of_the_buttons(lang: Lang) -> None:
    ribbons = [*macro_parts.ours(lang).parts, *macro_parts.of_addin(lang).parts]
    names = {name for part in ribbons for name in re.findall(r'imageMso="(\w*)"', part.data.decode())}
    assert len(names) > 10
    assert names - IN_EVERY_LIST == set()
