"""Formulas are prepared as XlsxWriter prepares them, by looking at the functions in each."""

from __future__ import annotations

import inspect
import re

import pytest
from xlsxwriter.worksheet import Worksheet

from bdindex_xl.workbook.function_prefixes import PreparingSheet
from tests.workbook import making

_LATER = re.findall(r'"_xlfn\.(?:_xlws\.)?([\w.]+)\("', inspect.getsource(Worksheet._prepare_formula))
_ODD = ["=SUM(A1)", "{=SUM(A1)}", "=1+1", "}", "{", "=IF(A1,\"DROP(\",X.DROP(1))", "=ADROP(1)", "=甲DROP(1)", "=_xlfn.SORT(UNIQUE(A1))",
        "=BDINDEX_RANK(SORTBY(A1,B1))", "=LET(x,1,LAMBDA(y,y)(x))"]  # fmt: skip


@pytest.mark.parametrize("later", [False, True])
def test_every_formula_is_what_xlsxwriter_makes_of_it(later: bool) -> None:
    assert len(_LATER) > 100
    formulas = [
        *_ODD,
        *(f"=1+{name}(A1,IF(B1,2,3))" for name in _LATER),
        *(f"={one}" for one in making.formulas(making.made())),
    ]
    ours, theirs = PreparingSheet(), Worksheet()
    for formula in {*formulas, *(one.replace("_xlfn.", "").replace("_xlws.", "") for one in formulas)}:
        assert ours._prepare_formula(formula, later) == theirs._prepare_formula(formula, later)
