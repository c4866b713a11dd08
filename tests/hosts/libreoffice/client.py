"""Parts of the extension, loaded into this Python: what starts the process that computes, and what knows a document."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

from bdindex_xl.hosts.libreoffice.book import CalcBook

_FOLDER = Path(__file__).resolve().parents[3] / "oxt" / "pythonpath"


def worker_module() -> ModuleType:
    """Loaded anew, knowing of no process."""
    return _loaded("bdindex_worker")


class Nearby:
    """The extension's bridge to a document, asked without a process in between; but by JSON, as from one."""

    def __init__(self, document: Any) -> None:
        self._bridge = _loaded("bdindex_bridge").Bridge(document)

    def ask(self, do: str, **given: Any) -> Any:
        answer = json.loads(json.dumps(self._bridge.answer(json.loads(json.dumps({"do": do, "with": given})))))
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["answer"]


def calc_book(document: Any) -> CalcBook:
    """A document of LibreOffice's as our host sees it."""
    return CalcBook(Nearby(document))


def _loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, _FOLDER / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
