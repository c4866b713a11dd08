"""An independent parser of VBA: the grammar of the npm package tree-sitter-vba, compiled here with the C compiler."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from . import vba_kept

ROOT = Path(__file__).resolve().parents[2]
_FOLDER = Path(os.environ.get("VBA_GRAMMAR", ROOT / "node_modules" / "tree-sitter-vba"))


def errors(text: str) -> list[str]:
    """What the parser does not understand, with line and text. Skips where grammar or compiler are absent."""
    found: list[str] = vba_kept.reading(grammar(), text, lambda: read(text))
    return found


def grammar() -> str:
    """The package's name and version. Skips where it is absent."""
    package = _FOLDER / "package.json"
    if not package.exists():
        pytest.skip("needs the grammar of VBA (npm install --ignore-scripts tree-sitter-vba)")
    return f"tree-sitter-vba {json.loads(package.read_text('utf-8'))['version']}"


def read(text: str) -> list[str]:
    """By the grammar itself, which is compiled for it."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if node.is_error or node.is_missing:
            line = node.start_point[0] + 1
            found.append(f"{line}: {node.text.decode()[:60]!r}")
        elif node.has_error:
            for child in node.children:
                walk(child)

    walk(_parser().parse(text.encode()).root_node)
    return found


@cache
def _parser() -> Any:
    tree_sitter = pytest.importorskip("tree_sitter")
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not (_FOLDER / "vba" / "src" / "parser.c").exists() or compiler is None:
        pytest.skip("needs a C compiler and the grammar of VBA (npm install --ignore-scripts tree-sitter-vba)")
    library = Path(tempfile.mkdtemp()) / "vba.so"
    sources = [str(file) for file in sorted((_FOLDER / "vba" / "src").glob("*.c"))]
    include = f"-I{_FOLDER / 'vba' / 'src'}"
    subprocess.run([compiler, "-O0", "-shared", "-fPIC", include, "-o", str(library), *sources], check=True)
    language = ctypes.CDLL(str(library)).tree_sitter_vba
    language.restype = ctypes.c_void_p
    capsule = ctypes.pythonapi.PyCapsule_New
    capsule.restype, capsule.argtypes = ctypes.py_object, (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
    return tree_sitter.Parser(tree_sitter.Language(capsule(language(), b"tree_sitter.Language", None)))
