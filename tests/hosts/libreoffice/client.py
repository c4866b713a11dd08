"""The part of the extension that starts the process which computes, loaded into this Python."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

_FOLDER = Path(__file__).resolve().parents[3] / "oxt" / "pythonpath"


def worker_module() -> ModuleType:
    """Loaded anew, knowing of no process."""
    return _loaded("bdindex_worker")


def _loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, _FOLDER / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
