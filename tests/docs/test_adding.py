"""The examples of what is added to the package touch as few files as the page says, and work."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.short_lived import python

from .markdown import ROOT, blocks
from .patches import apply

PAGE = ROOT / "docs" / "en" / "adding.md"
# A sheet of results, a normalisation, a weighting, a command, a worksheet function.
MOST = (3, 2, 2, 2, 3)


@pytest.mark.slow
def test_each_example_touches_few_files_and_what_it_adds_works(tmp_path: Path) -> None:
    for folder in ("bdindex_xl", "docs", "vba"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "setup.cfg", tmp_path)
    examples = [apply(block.text, tmp_path) for block in blocks(PAGE.read_text("utf-8"), "diff")]
    code = [sum(file.endswith(".py") for file in files) for files in examples]
    assert len(code) == len(MOST) and all(n <= most for n, most in zip(code, MOST, strict=True)), examples
    for order in (["docs/generate.py"], ["-m", "tests.docs.added"]):
        path = os.pathsep.join(map(str, (tmp_path, ROOT)))
        done = subprocess.run(
            python(*order), cwd=tmp_path, env=os.environ | {"PYTHONPATH": path},
            capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
