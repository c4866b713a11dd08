"""Where results are kept for Restore Results, and where they once were."""

from __future__ import annotations

from pathlib import Path

import pytest

from bdindex_xl.sheets import snapshot
from bdindex_xl.sheets.book import Results
from bdindex_xl.tasks import restoring


def test_results_kept_where_they_once_were_are_found_and_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BDINDEX_CACHE", str(tmp_path))
    place = "指数.xlsm"
    assert restoring.kept(place) is None
    old = tmp_path / "restore" / restoring._files(place)[0].name
    old.parent.mkdir()
    old.write_text(snapshot.to_json(Results(())), encoding="utf-8")
    assert restoring.kept(place) == Results(())
    restoring.forget(place)
    assert restoring.kept(place) is None and not old.exists()
