"""Which modules of the package have examples in docstrings: the others need not be looked through for them."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent / "bdindex_xl"


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    is_without = collection_path.suffix == ".py" and PACKAGE in collection_path.parents
    return True if is_without and b">>>" not in collection_path.read_bytes() else None
