"""The committed workbooks and add-ins are what `bdindex build` makes from the sources as they are."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl.worksheet.print_settings import PrintArea

from bdindex_xl import cli
from bdindex_xl.commands.build import EXTENSION, SHIPPED, SHIPPED_ADDINS
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


def test_one_command_makes_all_that_is_shipped(made: Path) -> None:
    shipped = {*SHIPPED.values(), *SHIPPED_ADDINS.values(), EXTENSION}
    assert sorted(file.name for file in (made / "workbook").iterdir()) == sorted(file.name for file in shipped)
    for lang, file in SHIPPED.items():
        assert language(FileBook.from_bytes((made / file).read_bytes())) == lang


@pytest.mark.sampled(chosen=lambda: False)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_sources_give_the_same_bytes(lang: Lang, made: Path, tmp_path: Path) -> None:
    """In the long run, for each takes two seconds; small workbooks are in `tests/workbook/test_package.py`."""
    file = tmp_path / "again.xlsm"
    assert cli.main(["build", "-o", str(file), "--lang", lang]) == 0
    assert file.read_bytes() == (made / SHIPPED[lang]).read_bytes()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_committed_workbook_is_what_build_makes(lang: Lang, made: Path) -> None:
    # Part by part, and numbers to 1e-12: another processor may add in another order, another zlib pack otherwise.
    committed, now = (parts((home / SHIPPED[lang]).read_bytes()) for home in (ROOT, made))
    assert list(committed) == list(now)
    for name, part in committed.items():
        if part == now[name]:
            continue
        assert _NUMBER.sub(b"", part) == _NUMBER.sub(b"", now[name]), name
        numbers = [[float(text) for text in _NUMBER.findall(xml)] for xml in (part, now[name])]
        assert numbers[0] == pytest.approx(numbers[1], rel=1e-12, abs=1e-12), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_committed_add_in_is_what_build_makes(lang: Lang, made: Path, tmp_path: Path) -> None:
    committed, now = (parts((home / SHIPPED_ADDINS[lang]).read_bytes()) for home in (ROOT, made))
    assert list(committed.items()) == list(now.items())
    for _ in range(2):  # over one of ours, too
        assert cli.main(["build", "--addin", "-o", str(tmp_path / "again.xlam"), "--lang", lang]) == 0
    assert (tmp_path / "again.xlam").read_bytes() == (made / SHIPPED_ADDINS[lang]).read_bytes()


def test_add_ins_alone_are_made_in_the_folder_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "workbook").mkdir()
    with contextlib.chdir(tmp_path):
        assert cli.main(["build", "--addin"]) == 0
    assert {file.relative_to(tmp_path) for file in tmp_path.rglob("*.*")} == set(SHIPPED_ADDINS.values())


def test_an_add_in_has_the_name_of_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", "--addin", "-o", str(tmp_path / "a.xlsm"), "--lang", "en"]) == 1
    assert "a.xlsm" in "".join(capsys.readouterr())


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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_openpyxl_takes_every_print_area(lang: Lang) -> None:
    """It drops with a warning what it cannot read, such as the area of whole columns ``$A:$N``."""
    with zipfile.ZipFile(ROOT / SHIPPED[lang]) as package:
        book = package.read("xl/workbook.xml").decode()
    found = re.findall(r'<definedName name="_xlnm\.Print_Area"[^>]*>[^<]*!([^!<]*)<', book)
    assert len(found) >= 4
    assert [str(PrintArea.from_string(area)).lstrip("'!") for area in found] == found
