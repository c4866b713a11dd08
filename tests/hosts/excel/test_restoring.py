"""Where results are kept for Restore Results, and where they once were."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bdindex_xl.hosts.excel import restoring
from bdindex_xl.sheets import snapshot
from bdindex_xl.sheets.book import Results


def test_results_kept_where_they_once_were_are_found_and_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BDINDEX_CACHE", str(tmp_path))
    book: Any = SimpleNamespace(impl=SimpleNamespace(fullname="指数.xlsm"))
    assert restoring.kept(book) is None
    old = tmp_path / "restore" / restoring._files(book)[0].name
    old.parent.mkdir()
    old.write_text(snapshot.to_json(Results(())), encoding="utf-8")
    assert restoring.kept(book) == Results(())
    restoring.forget(book)
    assert restoring.kept(book) is None and not old.exists()
