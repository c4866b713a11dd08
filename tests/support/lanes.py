"""Which tests start another program. Found from what a test calls, so that nobody has to remember a marker.

A test belongs to the lane `office` if its code, a fixture it takes, or anything of the tests that these call leads to
`tests.support.office` or the LibreOffice session. The code is read, not run.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from . import office

_STARTERS = {id(inspect.unwrap(function)) for function in (office.soffice, office.validator)}
_SESSION = "excel"  # the fixture of `uno_engine`
ENTERED = "BDINDEX_TEST_OFFICE"  # set while a test of the lane runs


def marks(item: pytest.Item) -> Iterator[pytest.MarkDecorator]:
    """The lane of a test, and the group whose tests one worker runs: one LibreOffice a run, and once what takes long."""
    if isinstance(item, pytest.Function) and _in_office(item):
        yield pytest.mark.office
        yield pytest.mark.xdist_group("office")
    elif item.get_closest_marker("slow") and not item.get_closest_marker("xdist_group"):
        yield pytest.mark.xdist_group(item.path.stem)


def _in_office(item: pytest.Function) -> bool:
    given = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return _SESSION in item.fixturenames or any(map(_leads, _functions(item))) or any(_starts(one, {}) for one in given)


def is_left_out(item: pytest.Item) -> bool:
    """Whether a case is not of its test's sample, as `sampled` tells by the case's parameters; in the long run all are."""
    mark = item.get_closest_marker("sampled")
    if mark is None or item.config.getoption("--long"):
        return False
    chosen = mark.kwargs["chosen"]
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    return not chosen(**{name: parameters[name] for name in inspect.signature(chosen).parameters})


def enter(item: pytest.Item) -> None:
    """Say whether the test that comes next may start a program: one that was overlooked fails, and is seen."""
    os.environ[ENTERED] = "1" if item.get_closest_marker("office") else "0"


def _functions(item: pytest.Function) -> Iterator[Any]:
    yield item.function
    for definitions in item._fixtureinfo.name2fixturedefs.values():
        yield from (definition.func for definition in definitions)


_WITHOUT: set[FunctionType] = set()  # what leads to no program, as was found out for another test


@cache  # many tests have a function or a fixture in common
def _leads(function: Any) -> bool:
    seen: dict[int, Any] = {}
    found = _starts(function, seen)
    if not found:  # all that it leads to was looked at
        _WITHOUT.update(thing for thing in seen.values() if isinstance(thing, FunctionType))
    return found


def _starts(thing: Any, seen: dict[int, Any]) -> bool:
    thing = inspect.unwrap(thing) if callable(thing) else thing
    if id(thing) in _STARTERS:
        return True
    if id(thing) in seen or (isinstance(thing, FunctionType) and thing in _WITHOUT):
        return False
    seen[id(thing)] = thing  # which is kept, lest another be given its id
    if isinstance(thing, dict):  # tables of functions that make books
        return any(_starts(value, seen) for value in thing.values())
    if isinstance(thing, type) and thing.__module__.startswith("tests"):
        return any(_starts(value, seen) for value in vars(thing).values())
    if not isinstance(thing, FunctionType) or not thing.__module__.startswith("tests"):
        return False
    return any(_starts(named, seen) for named in _named(thing, thing.__code__))


def _named(function: FunctionType, code: CodeType) -> Iterator[Any]:
    """Whatever the code names of its module, and of the test modules that this one imports."""
    for name in code.co_names:
        found = function.__globals__.get(name)
        if isinstance(found, ModuleType) and found.__name__.startswith("tests"):
            yield from (vars(found)[other] for other in code.co_names if other in vars(found))
        elif found is not None:
            yield found
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _named(function, inner)
