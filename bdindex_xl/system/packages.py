"""Packages that only some of the work needs, and that not every computer has."""

from __future__ import annotations

import importlib
import importlib.util


def is_there(name: str) -> bool:
    """Whether a package can be imported: installed, whole, with what it needs itself, and not kept out.

    >>> is_there("json"), is_there("no_such_package")
    (True, False)
    """
    try:
        return importlib.util.find_spec(name) is not None and bool(importlib.import_module(name))
    except ImportError:
        return False
