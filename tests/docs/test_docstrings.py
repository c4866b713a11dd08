"""Docstrings of the Python interface are whole: every parameter, what comes back, and what is raised."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from numpydoc.validate import validate

import bdindex_xl as bdx

# No example or reference where there is none to give; dataclasses name their fields in the text.
_NOT_ASKED = {"EX01", "ES01", "SA01", "SA04"}


def functions() -> list[str]:
    """Functions of the interface, and what programs call of its classes."""
    found = []
    for name in bdx.__all__:
        thing: Any = getattr(bdx, name)
        if inspect.isfunction(thing):
            found.append(name)
        elif inspect.isclass(thing) and not issubclass(thing, Exception):
            own = vars(thing).items()
            found += [f"{name}.{key}" for key, value in own if key[0] != "_" and _is_method(value)]
    return found


def _is_method(value: Any) -> bool:
    return inspect.isfunction(value) or isinstance(value, classmethod | staticmethod)


@pytest.mark.parametrize("name", functions())
def test_a_docstring_is_whole(name: str) -> None:
    errors = validate(f"bdindex_xl.{name}")["errors"]
    assert [error for error in errors if error[0] not in _NOT_ASKED] == []


def test_those_that_compute_say_what_they_raise() -> None:
    for name in ("compute", "audit", "explain", "explain_change", "robustness", "sensitivity", "to_pass_next"):
        assert "Raises\n" in (getattr(bdx, name).__doc__ or ""), name
