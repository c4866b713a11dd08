"""Composite indices in a workbook: framework, raw data and method in, scores, weights and rankings out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .analysis.audit import audit
    from .analysis.decompose import explain, explain_change
    from .analysis.overtake import to_pass_next
    from .analysis.robust_sensitivity import sensitivity
    from .analysis.robustness import robustness
    from .analysis.uncertain import Uncertainty
    from .engine import Result, compute
    from .errors import FrameworkError, SheetError, SheetErrors
    from .method import Method
    from .model import Aggregate, Framework, Goalposts, Indicator, Panel

__version__ = "0.1.0"

_HOMES = {
    "Uncertainty": "analysis.uncertain",
    "audit": "analysis.audit",
    "explain": "analysis.decompose",
    "explain_change": "analysis.decompose",
    "robustness": "analysis.robustness",
    "sensitivity": "analysis.robust_sensitivity",
    "to_pass_next": "analysis.overtake",
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
    "Uncertainty",
    "__version__",
    "audit",
    "compute",
    "explain",
    "explain_change",
    "robustness",
    "sensitivity",
    "to_pass_next",
]


def __getattr__(name: str) -> Any:
    # On demand: numpy takes longer to import than `bdindex --help` may take in all.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    # The interface, whether or not a name has been used yet: completion and `dir` go by it.
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
