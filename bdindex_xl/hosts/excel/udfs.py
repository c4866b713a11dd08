"""The worksheet functions as Excel knows them: one Python function each, made of its record for xlwings.

On Windows xlwings' decorators record what the VBA wrappers and the COM server need; elsewhere they do nothing. The
functions are pure: Excel calculates them anew when their arguments change, and only then.
"""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable
from typing import Any

import xlwings as xw

from ... import __version__
from ...functions import FUNCTIONS, Function, FunctionFault, answer
from ...language import Lang, of_environment
from ...system import logs
from .udf_arguments import BlockAccessor

CATEGORY = "BDINDEX"  # in Excel's function wizard


def _registered(about: Function, made: Any) -> Callable[..., Any]:
    """The function with its arguments and its answer as blocks, and its help in the language of this computer."""
    lang = of_environment()
    made.__doc__ = about.summary[lang]
    for argument in reversed(about.arguments):
        made = xw.arg(argument.name, BlockAccessor, doc=argument.help[lang])(made)
    made = xw.ret(BlockAccessor)(made)
    registered: Callable[..., Any] = xw.func(category=CATEGORY, call_in_wizard=not about.is_long)(made)
    return registered


def language_of_caller() -> Lang:
    """Language of what a cell shows: that of this computer, whatever workbook asks."""
    return of_environment()


def _answer(name: str, *arguments: Any) -> Any:
    """What the cell shows. Excel would show #VALUE! for an error, and nobody would know why."""
    lang = language_of_caller()
    try:
        for argument in arguments:
            if isinstance(argument, Exception):
                raise argument
        return answer(name, lang, *arguments)
    except FunctionFault as fault:  # of an argument that could not even be read
        return fault.text(lang)
    except Exception:
        return logs.told(f"bdindex {__version__}, xlwings {xw.__version__}, {name}", traceback.format_exc())[lang]


def _of_table(function: Function) -> Callable[..., Any]:
    """A Python function with the name and arguments that the record of a worksheet function says."""

    def shown(*arguments: Any) -> Any:
        return _answer(function.name, *arguments)

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    own = {one.name: None if one.optional else inspect.Parameter.empty for one in function.arguments}
    made: Any = shown
    made.__annotations__ = {}  # xlwings would convert by them
    made.__name__ = made.__qualname__ = function.name
    made.__signature__ = inspect.Signature([inspect.Parameter(name, kind, default=own[name]) for name in own])
    return _registered(function, made)


globals().update({function.name: _of_table(function) for function in FUNCTIONS})
