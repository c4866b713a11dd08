"""Composite indices in a workbook: framework, raw data and method in, scores, weights and rankings out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .analysis.audit import audit
    from .analysis.decompose import explain
    from .analysis.explain_change import explain_change
    from .analysis.overtake import to_pass_next
    from .analysis.robustness.monte_carlo import robustness
    from .analysis.robustness.sensitivity import sensitivity
    from .analysis.robustness.uncertain import Uncertainty
    from .engine.compute import Result, compute
    from .errors import FrameworkError, SheetError, SheetErrors
    from .model.framework import Aggregate, Framework, Goalposts, Indicator
    from .model.method import Method
    from .model.panel import Panel

__version__ = "0.2.0"

_HOMES = {
    "Uncertainty": "analysis.robustness.uncertain",
    "audit": "analysis.audit",
    "explain": "analysis.decompose",
    "explain_change": "analysis.explain_change",
    "robustness": "analysis.robustness.monte_carlo",
    "sensitivity": "analysis.robustness.sensitivity",
    "to_pass_next": "analysis.overtake",
    "compute": "engine.compute",
    "Result": "engine.compute",
    "FrameworkError": "errors",
    "SheetError": "errors",
    "SheetErrors": "errors",
    "Aggregate": "model.framework",
    "Framework": "model.framework",
    "Goalposts": "model.framework",
    "Indicator": "model.framework",
    "Method": "model.method",
    "Panel": "model.panel",
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
