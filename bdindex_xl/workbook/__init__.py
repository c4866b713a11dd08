"""Makes the workbook from its contents: what stands where, how it looks, and the finished file. Reads no file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .finished_file import make
    from .macro_parts import Macros, Part

__all__ = ["Macros", "Part", "make"]

_HOMES = {"Macros": "macro_parts", "Part": "macro_parts", "make": "finished_file"}


def __getattr__(name: str) -> Any:
    # On demand: a copy for others takes its widths from here, and must not wait for all that makes a workbook.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
