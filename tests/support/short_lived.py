"""Python programs that end soon: nothing of what they make need be looked through for garbage, which takes a fifth."""

from __future__ import annotations

import sys

# mypy asks for it again once it has read its files.
_WITHOUT = (
    "import gc, os, runpy, sys; gc.disable(); gc.enable = gc.disable; sys.argv = sys.argv[1:]; "
    "sys.argv[0] == '-m' and (sys.argv.pop(0), runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True))"
    " or (sys.path.insert(0, os.path.dirname(sys.argv[0])), runpy.run_path(sys.argv[0], run_name='__main__'))"
)


def python(*order: str) -> list[str]:
    """The command for what Python is to run: a file, or ``-m`` and a module, with their arguments."""
    return [sys.executable, "-c", _WITHOUT, *order]
