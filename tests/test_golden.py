"""The committed workbooks are what `bdindex build` makes from the sources as they are."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from pathlib import Path

import pytest

from bdindex_xl import cli
from bdindex_xl.commands.build import SHIPPED
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.sheets.read_settings import language

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
_NUMBER = re.compile(rb"(?<=<v>)-?[0-9.]+(?:[eE][+-]?[0-9]+)?(?=</v>)")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where `bdindex build` made the workbooks."""
    home = tmp_path_factory.mktemp("project")
    (home / "workbook").mkdir()
    with contextlib.chdir(home):
        assert cli.main(["build"]) == 0
    return home


def parts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_one_command_makes_both_workbooks(made: Path) -> None:
    assert sorted(file.name for file in (made / "workbook").iterdir()) == [
        "BDIndex.oxt",
        "BigDataIndex.en.xlsm",
        "BigDataIndex.xlsm",
    ]
    for lang, file in SHIPPED.items():
        assert language(FileBook.from_bytes((made / file).read_bytes())) == lang


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_sources_give_the_same_bytes(lang: Lang, made: Path, tmp_path: Path) -> None:
    file = tmp_path / "again.xlsm"
    assert cli.main(["build", "-o", str(file), "--lang", lang]) == 0
    assert file.read_bytes() == (made / SHIPPED[lang]).read_bytes()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_committed_workbook_is_what_build_makes(lang: Lang, made: Path) -> None:
    # Part by part, and numbers to 1e-12: another processor may add in another order, another zlib pack otherwise.
    committed, now = (parts((home / SHIPPED[lang]).read_bytes()) for home in (ROOT, made))
    assert list(committed) == list(now)
    for name, part in committed.items():
        assert _NUMBER.sub(b"", part) == _NUMBER.sub(b"", now[name]), name
        numbers = [[float(text) for text in _NUMBER.findall(xml)] for xml in (part, now[name])]
        assert numbers[0] == pytest.approx(numbers[1], rel=1e-12, abs=1e-12), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_committed_workbook_tells_nothing_of_where_it_was_made(lang: Lang) -> None:
    with zipfile.ZipFile(ROOT / SHIPPED[lang]) as package:
        assert {info.date_time for info in package.infolist()} == {(2024, 1, 1, 0, 0, 0)}
        assert {info.create_system for info in package.infolist()} == {0}
        properties = package.read("docProps/core.xml").decode()
    assert re.findall(r"<dc:creator>(.*?)</dc:creator>|<cp:lastModifiedBy>(.*?)</cp:lastModifiedBy>", properties) in (
        [],
        [("", ""), ("", "")],
    )
