"""Where the sources of the workbook's macros are: in the package where it is installed, beside it in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
_FOLDERS = _PACKAGE / "vba", _PACKAGE.parent / "vba"


@cache
def folder() -> Path:
    """The folder with BdxActions.bas and its like, and the ribbon's customUI.xml."""
    return next((folder for folder in _FOLDERS if (folder / "BdxActions.bas").is_file()), _FOLDERS[0])
