"""What the reconstruction follows from, and what it made, as one SHA-256: while it is the same, nothing need be solved.

Whatever else lies in these folders (other scripts, translations, published figures that tests hold it to) is left out.
"""

from __future__ import annotations

import ast
import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

SCRIPT = "reconstruct.py"
# Of what the package ships only the columns that are read: others come and go.
COLUMNS = {
    "units.csv": ("code", "name", "ranking", "省份", "区域", "经济圈"),
    "framework.csv": ("code", "parent", "direction"),
}


def sources(root: Path) -> str:
    """SHA-256 [hex] of the script and what it imports from here, of the seeds, of what it reads and of what it made."""
    sha = hashlib.sha256()
    for name, text in (
        *_scripts(root / "sample"),
        *_seeds(root / "sample"),
        *_shipped(root / "bdindex_xl" / "sheets" / "sample"),
    ):
        sha.update(f"{name}\0{text}\0".encode())
    return sha.hexdigest()


def _scripts(folder: Path) -> Iterator[tuple[str, str]]:
    found, new = {SCRIPT}, [SCRIPT]
    while new:
        tree = ast.parse((folder / new.pop()).read_bytes())
        asked = {f"{node.module}.py" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        asked |= {f"{name.name}.py" for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
        beside = {name for name in asked - found - {Path(__file__).name} if (folder / name).is_file()}
        found |= beside
        new += beside
    for name in sorted(found):
        yield name, (folder / name).read_text(encoding="utf-8")


def _seeds(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted((folder / "seeds").glob("*.csv")):
        yield file.name, file.read_text(encoding="utf-8")


def _shipped(folder: Path) -> Iterator[tuple[str, str]]:
    for name, columns in COLUMNS.items():
        with (folder / "zh" / name).open(encoding="utf-8", newline="") as file:
            yield name, "\n".join("\t".join(row[column] for column in columns) for row in csv.DictReader(file))
    yield "data.csv", (folder / "data.csv").read_text(encoding="utf-8")
