"""Error values as Excel passes them on to other programs."""

from __future__ import annotations

from typing import Any

from .book import ErrorValue

# Whole numbers of a range of their own (0x800Axxxx). Excel goes on adding to them, so that the range decides what is
# an error, and this table only what it is called.
FIRST_ERROR, LAST_ERROR = -2146828288, -2146762753
_ERRORS = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
    -2146826245: "#GETTING_DATA",
    -2146826243: "#SPILL!",
    -2146826242: "#CONNECT!",
    -2146826241: "#BLOCKED!",
    -2146826240: "#UNKNOWN!",
    -2146826239: "#FIELD!",
    -2146826238: "#CALC!",
    -2146826237: "#BUSY!",
}
_ERROR_TEXTS = frozenset(_ERRORS.values())


def error_of(value: Any) -> ErrorValue | None:
    """The error value that a cell is, as Excel passes it on or as a text.

    >>> error_of(-2146826281), error_of("#N/A"), error_of(-2146826066), error_of(5.0)
    ('#DIV/0!', '#N/A', '#ERROR 2222', None)
    """
    if isinstance(value, str):
        return ErrorValue(value) if value in _ERROR_TEXTS else None
    if isinstance(value, int) and FIRST_ERROR <= value <= LAST_ERROR:
        return ErrorValue(_ERRORS.get(value, f"#ERROR {value - FIRST_ERROR}"))
    return None
