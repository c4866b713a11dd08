"""Sheets of XlsxWriter that prepare a formula by the functions in it.

XlsxWriter prefixes functions of later versions of Excel. It looks in every formula for every one of them, which took a
fifth of the time to make a workbook.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from xlsxwriter.worksheet import Worksheet

_CALLED = re.compile(r"[\w.]+(?=\()")


class PreparingSheet(Worksheet):  # type: ignore[misc]
    """A sheet of whose formulas XlsxWriter is asked where one calls a function that may have a prefix."""

    def _prepare_formula(self, formula: str, *of: Any) -> str:
        if all(map(_has_no_prefix, _CALLED.findall(formula))):
            return formula.removeprefix("{").removeprefix("=").removesuffix("}")
        return str(super()._prepare_formula(formula, *of))


@cache
def _has_no_prefix(name: str) -> bool:
    return bool(Worksheet()._prepare_formula(f"{name}(", True) == f"{name}(")
