"""What the page for those who install nothing says of functions in a copy, held against the copies."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bdindex_xl.functions import BY_NAME
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.share.live import lambdas
from tests.share.test_lambdas import block, calculated

from .markdown import ROOT

ONLY_VALUES = {"zh": "只有数值", "en": "values only"}
SEVEN = {"zh": "七个，为 LAMBDA 名称", "en": "seven, as LAMBDA names"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_tells_rightly_which_functions_are_names_in_a_copy_and_which_are_values(lang: Lang) -> None:
    page = (ROOT / "docs" / lang / "without-installing.md").read_text("utf-8")
    rows = re.findall(r"^\| (`BDINDEX.*?) \| (.*?) \|$", page, re.MULTILINE)
    told = {name: says.startswith(ONLY_VALUES[lang]) for names, says in rows for name in re.findall(r"`(\w+)`", names)}
    assert told == {name: name not in lambdas.names(lang) for name in BY_NAME}
    assert SEVEN[lang] in page and len(lambdas.names(lang)) == 7


def test_in_a_copy_text_counts_as_missing(tmp_path: Path) -> None:
    with_text: list[list[Any]] = block(4)
    without = block(4)
    with_text[2][1], without[2][1] = "abc", None
    formulas = ["=BDINDEX_SCORE(A1:D7)", "=BDINDEX_WEIGHTS(A1:D7)"]
    assert calculated(tmp_path / "a.xlsx", with_text, formulas) == calculated(tmp_path / "b.xlsx", without, formulas)


@pytest.mark.parametrize("file", ["BigDataIndex.xlsm", "BigDataIndex.en.xlsm"])
def test_opening_the_macro_workbook_computes_nothing_so_that_values_stay(file: str) -> None:
    with zipfile.ZipFile(ROOT / "workbook" / file) as package:
        (calculation,) = re.findall(rb"<calcPr [^>]*>", package.read("xl/workbook.xml"))
    assert b'calcId="191029"' in calculation
    assert not re.search(rb'fullCalcOnLoad="(1|true)"', calculation)
