"""Formulas between Excel's spelling and that of LibreOffice's interface."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from .bridge import struct

_EXCEL, _OWN = 1, 0  # com.sun.star.sheet.AddressConvention: XL_A1 and OOO
_SAME_IN_BOTH = re.compile(r"=[A-Z0-9_$:()+\-*/^&<>= ]*")
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
_ERROR_WITHIN = re.compile(r"#(?:N/A|(?:NULL|DIV/0|VALUE|REF|NUM)!|NAME\?)")
_TEXT_OR_FUNCTION = re.compile(r'"[^"]*"|\'[^\']*\'|[a-z_][a-z0-9_.]*(?=\()')


class Formulas:
    """Translation for one document. Texts begin with an equals sign on both sides."""

    def __init__(self, document: Any) -> None:
        self._excel = _parser(document, _EXCEL, semicolons=False)
        self._own = _parser(document, _OWN, semicolons=True)
        self._origin = struct("table.CellAddress")
        self.to_excel = cache(self._to_excel)
        self.to_own = cache(self._to_own)

    def _to_excel(self, text: str) -> str:
        if _SAME_IN_BOTH.fullmatch(text):
            return text
        return "=" + self.printed(self._own.parseFormula(text[1:], self._origin))

    def _to_own(self, text: str) -> str:
        if _SAME_IN_BOTH.fullmatch(text):
            return text
        if _ERROR_WITHIN.search(_QUOTED.sub("", text)):
            raise NotImplementedError(f"an error value within a formula is lost on its way to LibreOffice: {text}")
        return "=" + str(self._own.printFormula(self._excel.parseFormula(text[1:], self._origin), self._origin))

    def filled(self, text: str, first: Any, cells: list[Any]) -> list[str]:
        """A formula of Excel's for the cell `first`, as it is for other cells when it is filled into them."""
        tokens = self._excel.parseFormula(text[1:], first)
        return ["=" + str(self._own.printFormula(tokens, cell)) for cell in cells]

    def printed(self, tokens: Any) -> str:
        """Tokens relative to the first cell, in Excel's spelling. LibreOffice writes functions it lacks in lower case."""
        text = str(self._excel.printFormula(tokens, self._origin))
        return _TEXT_OR_FUNCTION.sub(lambda m: m[0] if m[0][0] in "\"'" else m[0].upper(), text)


def _parser(document: Any, convention: int, *, semicolons: bool) -> Any:
    parser = document.createInstance("com.sun.star.sheet.FormulaParser")
    parser.FormulaConvention = convention
    parser.CompileEnglish = semicolons
    return parser
