"""The site is built without a warning, and its reference has every public name."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import bdindex_xl as bdx
from tests.support.short_lived import python

from .markdown import PAGES, ROOT


@pytest.mark.slow
def test_the_site_is_built_without_a_warning_and_with_every_public_name(tmp_path: Path) -> None:
    order = python(str(ROOT / "docs" / "build.py"), str(tmp_path / "site"))
    done = subprocess.run(order, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "site" / "index.html").exists()
    for lang in ("en", "zh"):
        assert {path.stem for path in (tmp_path / "site" / lang).glob("*.html")} >= {Path(name).stem for name in PAGES}
        reference = (tmp_path / "site" / lang / "reference.html").read_text("utf-8")
        for name in bdx.__all__:
            assert f'id="bdindex_xl.{name}"' in reference or name.startswith("__"), name
        assert {"en": ">Returns<", "zh": ">返回<"}[lang] in reference
