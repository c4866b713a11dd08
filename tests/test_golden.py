"""The committed workbook is what `bdindex build` makes from the sources as they are."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from bdindex_xl import cli

pytestmark = pytest.mark.slow

SHIPPED = Path(__file__).resolve().parent.parent / "workbook" / "BigDataIndex.xlsm"
_NUMBER = re.compile(rb"(?<=<v>)-?[0-9.]+(?:[eE][+-]?[0-9]+)?(?=</v>)")


def built(folder: Path, name: str) -> bytes:
    file = folder / name
    assert cli.main(["build", "-o", str(file)]) == 0
    return file.read_bytes()


def parts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    assert built(tmp_path, "one.xlsm") == built(tmp_path, "two.xlsm")


def test_the_committed_workbook_is_what_build_makes(tmp_path: Path) -> None:
    # Part by part, and numbers to 1e-12: another processor may add in another order, another zlib pack otherwise.
    committed, made = parts(SHIPPED.read_bytes()), parts(built(tmp_path, "now.xlsm"))
    assert list(committed) == list(made)
    for name, part in committed.items():
        assert _NUMBER.sub(b"", part) == _NUMBER.sub(b"", made[name]), name
        numbers = [[float(text) for text in _NUMBER.findall(xml)] for xml in (part, made[name])]
        assert numbers[0] == pytest.approx(numbers[1], rel=1e-12, abs=1e-12), name


def test_the_committed_workbook_tells_nothing_of_where_it_was_made() -> None:
    with zipfile.ZipFile(SHIPPED) as package:
        assert {info.date_time for info in package.infolist()} == {(2024, 1, 1, 0, 0, 0)}
        assert {info.create_system for info in package.infolist()} == {0}
        properties = package.read("docProps/core.xml").decode()
    assert re.findall(r"<dc:creator>(.*?)</dc:creator>|<cp:lastModifiedBy>(.*?)</cp:lastModifiedBy>", properties) in (
        [],
        [("", ""), ("", "")],
    )
