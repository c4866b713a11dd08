"""What services and tools read of the repository is sound, and says what the README says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import bdindex_xl as bdx

from .markdown import README, ROOT, blocks

_FILES = [
    *(ROOT / ".github").rglob("*.yml"),
    ROOT / ".pre-commit-config.yaml",
    ROOT / "CITATION.cff",
]
_PYTEST = re.compile(r"-m pytest (.*)")


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_a_file_in_yaml_can_be_read(path: Path) -> None:
    assert yaml.safe_load(path.read_text("utf-8"))


def test_the_citation_is_of_this_version() -> None:
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"] == bdx.__version__


def test_workflows_run_the_commands_of_the_readme() -> None:
    """That of all tests as it stands, the quick lane with the marks as they stand."""
    shown = [_PYTEST.findall(block.text) for block in blocks(README["en"].read_text("utf-8"), "sh")]
    [everything], [quick, _] = [commands for commands in shown if commands]
    [marks] = re.findall(r'-m "[^"]+"', quick)
    lanes = (f"{everything} {marks}", f'{everything} -m "not office" --cov')
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "tests.yml").read_text("utf-8"))
    ran = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert ".ci/run" in ran and f'-m pytest {everything} "${{@:3}}"' in (ROOT / ".ci" / "run").read_text("utf-8")
    commands = [found for command in ran for found in _PYTEST.findall(command)]
    assert commands and all(command.startswith(lanes) for command in commands)
