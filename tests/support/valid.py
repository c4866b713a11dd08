"""What dear checkers have found right, kept by the hash of what they looked at in `tests/valid.json`: workbooks that
Microsoft's SDK calls valid, and the source whose types hold.

The SDK takes a second for a workbook, and nearly all that the tests make are the same each time; mypy takes twenty. What
is not kept is checked, as all is with `--long`. With `--keep-valid` all is checked, and what is right is kept.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from bdindex_xl.sheets import schema

TESTS = Path(__file__).resolve().parents[1]
FILE = TESTS / "valid.json"

# What tells when a workbook was made or calculated, and how long that took: it has digits as before and after.
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^<>]*>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ(?=<)")
_CALCULATED = re.compile(rb"(<t>)\d{4}-\d\d-\d\d \d\d:\d\d(?= )")
_LOGGED = re.compile(rb'(<c r="[AI]\d+"(?: s="\d+")?><v>)\d+(?:\.\d+)?(?=</v></c>)')  # the columns of time and seconds
_IS_LOG = f'displayName="{schema.LOG.table}"'.encode()

_asked = {"--long": False, "--keep-valid": False}
_found: dict[str, set[str]] = {}  # by test of this run, where what is valid is to be kept


def configure(config: pytest.Config) -> None:
    _asked.update({option: bool(config.getoption(option)) for option in _asked})


def key(validator: str, suffix: str, book: bytes) -> str:
    """By the validator with its version, and by name and content of each part in their order, but for times."""
    return _hashed(f"{validator}\0{suffix}", _parts(book))


def key_of_files(checker: str, root: Path, files: Iterable[Path]) -> str:
    """By the checker with its version, and by name and content of each file."""
    by_name = sorted((file.relative_to(root).as_posix(), file) for file in files)
    return _hashed(checker, ((name, file.read_bytes().replace(b"\r\n", b"\n")) for name, file in by_name))


def _hashed(checker: str, parts: Iterable[tuple[str, bytes]]) -> str:
    found = hashlib.sha256(checker.encode())
    for name, data in parts:
        found.update(f"\0{name}\0{len(data)}\0".encode())
        found.update(data)
    return found.hexdigest()[:32]


def _parts(book: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        parts = [(info.filename, package.read(info)) for info in package.infolist()]
    logs = _sheets_of_logs(parts)
    for name, data in parts:
        if name == "docProps/core.xml":
            data = _WRITTEN.sub(rb"\1", data)
        elif name.startswith("xl/worksheets/sheet"):
            data = _CALCULATED.sub(rb"\1", data)
            data = _LOGGED.sub(rb"\1", data) if name in logs else data
        yield name, data


def _sheets_of_logs(parts: list[tuple[str, bytes]]) -> set[str]:
    tables = [name.rpartition("/")[2].encode() for name, data in parts if "/tables/" in name and _IS_LOG in data]
    return {
        name.replace("/_rels/", "/").removesuffix(".rels")
        for name, data in parts
        if name.startswith("xl/worksheets/_rels/") and any(b'tables/%s"' % table in data for table in tables)
    }


def is_known(place: str) -> bool:
    """Whether what has this key need not be checked: never where a run is to check all."""
    return not any(_asked.values()) and place in held()


def note(place: str) -> None:
    """That what has this key was found right, for the test that runs: kept where the run was asked to."""
    if _asked["--keep-valid"]:
        test = os.environ["PYTEST_CURRENT_TEST"].rpartition(" (")[0]
        _found.setdefault(test, set()).add(place)
        keep(test, _found[test])


@cache
def held() -> frozenset[str]:
    return frozenset(key for keys in _of_tests().values() for key in keys)


def _of_tests() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    return found


def keep(test: str, found: set[str]) -> None:
    """Have the file hold these of a test, and of others what it held, but for tests that are no more."""
    tests = {name: keys for name, keys in _of_tests().items() if _is_there(name)} | {test: sorted(found)}
    lines = (f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(tests[name])}" for name in sorted(tests))
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")
    held.cache_clear()


def _is_there(test: str) -> bool:
    path, _, name = test.partition("::")
    file = TESTS.parent / path
    return file.exists() and f"def {name.partition('[')[0]}(" in file.read_text("utf-8")
