"""Names and kinds of files that commands write: what fits, what is refused, what --force replaces."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bdindex_xl import cli
from bdindex_xl.hosts import files
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.share.strip.strip import StripChoices, strip
from tests.support import edit
from tests.support.books import small_book
from tests.support.disk import backups, beside

pytestmark = pytest.mark.slow

COMMANDS = {
    "recalculate": (),
    "audit": (),
    "robustness": ("--draws", "20"),
    "explain": ("--unit", "甲省"),
    "merge": ("{file}",),
}
CASE = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BDINDEX_LANG", "en")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return small_book(tmp_path_factory.mktemp("book"), "en")


def on_disk(folder: Path, data: bytes, name: str = "in.xlsm") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def run(command: str, file: Path, *more: str) -> int:
    return cli.main([command, str(file), *(part.format(file=file) for part in COMMANDS[command]), *more])


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["out.xlsx", "out.xls", "out.csv", "out", "out.xlsb", "out.xltm"])
def test_a_suffix_that_is_not_that_of_the_content_is_refused(
    command: str, name: str, made: bytes, tmp_path: Path, capsys: CASE
) -> None:
    file = on_disk(tmp_path, made)
    assert run(command, file, "-o", str(tmp_path / name)) == 1
    told = f"the file holds macros: expected a name that ends in .xlsm, found “{name}”.\n"
    assert capsys.readouterr().err == told
    assert beside(file) == set()


def test_a_workbook_without_macros_goes_to_xlsx_alone(made: bytes, tmp_path: Path, capsys: CASE) -> None:
    file = on_disk(tmp_path, strip(made, StripChoices(keep_hidden_sheets=True)).data, "in.xlsx")
    assert FileBook.from_bytes(file.read_bytes()).suffix == ".xlsx"
    assert run("recalculate", file, "-o", str(tmp_path / "out.xlsm")) == 1
    assert "the file holds no macros: expected a name that ends in .xlsx, found “out.xlsm”." in capsys.readouterr().err
    assert run("recalculate", file, "-o", str(tmp_path / "out.XLSX")) == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_of_another_kind_is_replaced_with_force_alone(
    command: str, made: bytes, tmp_path: Path, capsys: CASE
) -> None:
    file, notes = on_disk(tmp_path, made), on_disk(tmp_path, b"a year of notes", "out.xlsm")
    assert run(command, file, "-o", str(notes)) == 1
    assert capsys.readouterr().err == (
        "out.xlsm exists and is not a workbook of this program; move it away or choose another name (on the command "
        "line, --force replaces it and keeps a backup).\n"
    )
    assert (notes.read_bytes(), backups(notes)) == (b"a year of notes", [])
    assert run(command, file, "-o", str(notes), "--force") == 0
    assert [kept.read_bytes() for kept in backups(notes)] == [b"a year of notes"]
    assert str(backups(notes)[0]) in capsys.readouterr().out


def test_an_earlier_output_is_replaced_and_kept(made: bytes, tmp_path: Path, capsys: CASE) -> None:
    file, out = on_disk(tmp_path, made), tmp_path / "out.xlsm"
    data = FileBook.from_bytes(made).read("bdx_data_province")
    for n in range(3):  # three different results: the same bytes would not be kept twice
        changed = edit.edited(made, {(data.sheet, data.cell(0, 3)): float(n)})
        file.write_bytes(changed)
        assert run("recalculate", file, "-o", str(out)) == 0
        assert len(backups(out)) == n
    assert file.read_bytes() == changed and backups(file) == []


@pytest.mark.skipif(os.name != "posix", reason="devices of POSIX")
def test_an_output_that_is_a_device_is_refused(made: bytes, tmp_path: Path, capsys: CASE) -> None:
    file, pipe = on_disk(tmp_path, made), tmp_path / "out.xlsm"
    os.mkfifo(pipe)
    assert run("recalculate", file, "-o", str(pipe), "--force") == 1
    assert capsys.readouterr().err == "out.xlsm: this is a device or a pipe, not a file. Name a plain file.\n"


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
@pytest.mark.parametrize("options", [(), ("--draft",)])
def test_what_comes_from_a_private_workbook_is_private(options: tuple[str, ...], made: bytes, tmp_path: Path) -> None:
    file = on_disk(tmp_path, made)
    file.chmod(0o600)
    if options:
        assert cli.main(["share", str(file), "-o", str(tmp_path / "out.xlsx"), "--values", *options]) == 0
    else:
        assert run("recalculate", file, "-o", str(tmp_path / "out.xlsm")) == 0
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert len(modes) == 2 + len(options) and set(modes.values()) == {0o600}


@pytest.mark.parametrize(("name", "option"), [("out.xlsx", None), ("out.eml", "--draft")])
def test_sharing_asks_before_it_replaces_what_is_not_its_own(
    name: str, option: str | None, made: bytes, tmp_path: Path, capsys: CASE
) -> None:
    file, other = on_disk(tmp_path, made), on_disk(tmp_path, b"From: somebody", name)
    command = ["share", str(file), "-o", str(tmp_path / "out.xlsx"), "--values", *([option] if option else [])]
    assert cli.main(command) == 1
    assert f"{name} exists and is not a " in capsys.readouterr().err
    assert (other.read_bytes(), beside(file)) == (b"From: somebody", {name})
    assert cli.main([*command, "--force"]) == 0
    assert [kept.read_bytes() for kept in backups(other)] == [b"From: somebody"]


def test_a_copy_that_was_edited_is_kept_each_time_it_is_made_again(made: bytes, tmp_path: Path) -> None:
    file, twin = on_disk(tmp_path, made), tmp_path / "out.xlsx"
    edits = []
    for n in range(3):
        assert cli.main(["share", str(file), "-o", str(twin), "--values"]) == 0
        book = FileBook.from_bytes(twin.read_bytes())
        book.set_cells("bdx_data_province", {(0, 3): 100.0 + n})
        edits.append(book.to_bytes())
        twin.write_bytes(edits[n])
    assert [kept.read_bytes() for kept in backups(twin)] == edits[:-1]


def test_building_over_a_file_keeps_it_and_asks(tmp_path: Path, made: bytes, capsys: CASE) -> None:
    notes = on_disk(tmp_path, b"notes", "x.xlsm")
    assert cli.main(["build", "-o", str(notes)]) == 1
    assert cli.main(["build", "-o", str(tmp_path / "x.xlsx")]) == 1
    assert notes.read_bytes() == b"notes"
    assert files.open_book(on_disk(tmp_path, made)).suffix == ".xlsm"


@pytest.mark.skipif(os.name != "posix", reason="devices of POSIX")
@pytest.mark.parametrize(
    "command",
    [
        ["check", "{pipe}"],
        ["recalculate", "{pipe}"],
        ["share", "{pipe}"],
        ["verify", "{pipe}"],
        ["diff", "{file}", "{pipe}"],
        ["diff", "{pipe}", "{file}"],
        ["merge", "{pipe}", "{file}"],
        ["merge", "{file}", "{pipe}"],
        ["robustness", "{pipe}"],
        ["audit", "{pipe}"],
        ["explain", "{pipe}", "--unit", "x"],
        ["doctor", "{pipe}"],
        ["new", "{pipe}", "--force"],
        ["build", "-o", "{pipe}"],
        ["new", "{folder}/new.xlsm", "--from", "{folder}/csv"],
        ["share", "{file}", "-o", "{folder}/pipe.xlsx", "--values", "--draft", "--force"],
    ],
    ids=lambda command: " ".join(command),
)
def test_no_path_leads_to_a_device(command: list[str], made: bytes, tmp_path: Path, capsys: CASE) -> None:
    file, pipe = on_disk(tmp_path, made), tmp_path / "pipe.xlsm"
    (tmp_path / "csv").mkdir()
    pipes = [pipe, tmp_path / "csv" / "data.csv", tmp_path / "pipe.eml"]
    for path in pipes:
        os.mkfifo(path)
    assert cli.main([part.format(pipe=pipe, file=file, folder=tmp_path) for part in command]) == 1
    told = capsys.readouterr()
    assert "a device or a pipe, not a file" in told.err + told.out
    assert all(stat.S_ISFIFO(path.stat().st_mode) for path in pipes)
    assert file.read_bytes() == made
