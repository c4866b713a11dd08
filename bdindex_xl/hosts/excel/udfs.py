"""The worksheet functions as Excel knows them: one Python function each, registered with xlwings.

On Windows xlwings' decorators record what the VBA wrappers and the COM server need; elsewhere they do nothing. The
functions are pure: Excel calculates them anew when their arguments change, and only then.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any, TypeVar

import xlwings as xw

from ... import __version__
from ...functions import FUNCTIONS, answer
from ...language import Lang, Text, of_environment
from ...system import logs
from .udf_arguments import BlockAccessor

CATEGORY = "BDINDEX"  # in Excel's function wizard

_F = TypeVar("_F", bound=Callable[..., Any])
_HELP = {function.name: function for function in FUNCTIONS}
_DEFECT = Text(
    "程序出错，详情已写入 {log}，请把它发给维护者",
    "a defect of the program; the details are in {log}: please send them to us",
)
_UNLOGGED = Text("程序出错，且无法写入日志", "a defect of the program, and its log could not be written")


def _registered(function: _F) -> _F:
    """The function with its arguments and its answer as blocks, and its help in the language of this computer."""
    about, lang = _HELP[function.__name__], of_environment()
    function.__doc__ = about.summary[lang]
    made: Any = function
    for argument in reversed(about.arguments):
        made = xw.arg(argument.name, BlockAccessor, doc=argument.help[lang])(made)
    made = xw.ret(BlockAccessor)(made)
    registered: _F = xw.func(category=CATEGORY)(made)
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
    except Exception:
        return _logged(name, traceback.format_exc())[lang]


def _logged(name: str, details: str) -> Text:
    """A sentence about a defect, whose details are in a file."""
    try:
        file = logs.write(f"bdindex {__version__}, xlwings {xw.__version__}, {name}", details)
    except OSError:
        return _UNLOGGED
    return _DEFECT.format(log=file)


@_registered
def BDINDEX_SCORE(data: Any, directions: Any = None, weights: Any = None, method: Any = None) -> Any:
    return _answer("BDINDEX_SCORE", data, directions, weights, method)


@_registered
def BDINDEX_NORMALISE(data: Any, directions: Any = None, goalposts: Any = None) -> Any:
    return _answer("BDINDEX_NORMALISE", data, directions, goalposts)


@_registered
def BDINDEX_WEIGHTS(data: Any, directions: Any = None, method: Any = None) -> Any:
    return _answer("BDINDEX_WEIGHTS", data, directions, method)


@_registered
def BDINDEX_AGGREGATE(scores: Any, weights: Any, method: Any = None) -> Any:
    return _answer("BDINDEX_AGGREGATE", scores, weights, method)


@_registered
def BDINDEX_RANK(scores: Any, order: Any = None) -> Any:
    return _answer("BDINDEX_RANK", scores, order)


@_registered
def BDINDEX_RANKCHANGE(current: Any, previous: Any) -> Any:
    return _answer("BDINDEX_RANKCHANGE", current, previous)


@_registered
def BDINDEX_TIER(scores: Any, n: Any) -> Any:
    return _answer("BDINDEX_TIER", scores, n)


@_registered
def BDINDEX_CONTRIBUTION(data: Any, directions: Any = None, weights: Any = None, method: Any = None) -> Any:
    return _answer("BDINDEX_CONTRIBUTION", data, directions, weights, method)


@_registered
def BDINDEX_ROBUST(data: Any, draws: Any = None, seed: Any = None, directions: Any = None) -> Any:
    return _answer("BDINDEX_ROBUST", data, draws, seed, directions)


@_registered
def BDINDEX_EXPLAIN(data: Any, row: Any, directions: Any = None, weights: Any = None, method: Any = None) -> Any:
    return _answer("BDINDEX_EXPLAIN", data, row, directions, weights, method)
