"""UNO, LibreOffice's interface, loaded into this Python. Nothing else of the system's Python comes with it."""

from __future__ import annotations

import builtins
import importlib.util
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from ..office import soffice

_SYSTEM = Path("/usr/lib/python3/dist-packages")
_TRY = "import sys; sys.path += sys.argv[1:]; import uno; uno.createUnoStruct('com.sun.star.table.CellAddress')"


class NoUno(Exception):
    """Why UNO is not to be had here."""


@cache
def uno() -> ModuleType:
    """The module `uno`. Raises NoUno.

    It is loaded from its file: with its folder on `sys.path`, every package of the system's Python would be found too.
    It replaces `__import__`, so that interfaces can be imported like modules; the tests are to import as users do.
    """
    program = soffice()
    if program is None:
        raise NoUno("needs LibreOffice")
    folder = Path(program).resolve().parent
    places = [place for place in (_SYSTEM, folder) if (place / "uno.py").is_file()]
    if not places:
        raise NoUno("needs UNO for Python (on Debian: apt-get install python3-uno)")
    check(places[0], folder)
    file = str(places[0] / "uno.py")
    found = importlib.util.spec_from_file_location("uno", file)
    assert found and found.loader
    module, usual, path = importlib.util.module_from_spec(found), builtins.__import__, list(sys.path)
    sys.modules["uno"] = module
    sys.path.append(str(folder))  # where its other half is
    try:
        found.loader.exec_module(module)
    except ImportError as error:
        del sys.modules["uno"]
        raise NoUno(f"UNO does not load: {error}") from error
    finally:
        builtins.__import__ = usual
        sys.path[:] = path
    return module


def check(place: Path, folder: Path) -> None:
    """Try UNO in another process where it is made for another Python: it may bring the process down. Raises NoUno."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    for library in folder.glob("libpyuno.*"):
        made = re.search(rb"libpython(3\.\d+)", library.read_bytes())
        if made and made[1].decode() != here:
            tried = subprocess.run(
                [sys.executable, "-c", _TRY, str(place), str(folder)], capture_output=True, timeout=60
            )
            if tried.returncode:
                raise NoUno(f"UNO is made for Python {made[1].decode()}, and does not load into {here}: use the former")


def struct(name: str, **fields: Any) -> Any:
    """A UNO structure by its name below com.sun.star."""
    return uno().createUnoStruct(f"com.sun.star.{name}", **fields)


def properties(**values: Any) -> tuple[Any, ...]:
    """Named values as UNO takes them."""
    return tuple(struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def enum(name: str, value: str) -> Any:
    """A value of a UNO enumeration."""
    return uno().Enum(f"com.sun.star.{name}", value)
