"""Composite indices in a workbook: framework, raw data and method in, scores, weights and rankings out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .engine import Result, compute
    from .errors import FrameworkError, SheetError, SheetErrors
    from .method import Method
    from .model import Aggregate, Framework, Goalposts, Indicator, Panel

__version__ = "0.1.0"

_HOMES = {
    "compute": "engine",
    "Result": "engine",
    "FrameworkError": "errors",
    "SheetError": "errors",
    "SheetErrors": "errors",
    "Aggregate": "model",
    "Framework": "model",
    "Goalposts": "model",
    "Indicator": "model",
    "Method": "method",
    "Panel": "model",
}

__all__ = [
    "Aggregate",
    "Framework",
    "FrameworkError",
    "Goalposts",
    "Indicator",
    "Method",
    "Panel",
    "Result",
    "SheetError",
    "SheetErrors",
    "__version__",
    "compute",
]


def __getattr__(name: str) -> Any:
    # On demand: numpy takes longer to import than `bdindex --help` may take in all.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
