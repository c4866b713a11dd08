"""Every command with --json: one document of one form, done or refused, in either language."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from bdindex_xl import __version__, cli
from bdindex_xl.commands.output import envelope, summary
from bdindex_xl.errors import Severity
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import LANGUAGES, Lang, Text
from bdindex_xl.tasks.recalculate import recalculate
from tests.support import edit
from tests.support.books import DATA, FRAMEWORK, UNITS, small_book
from tests.support.json_schema import faults

pytestmark = pytest.mark.slow

CASE = pytest.CaptureFixture[str]
SCHEMA = json.loads((files("bdindex_xl.commands") / "output.schema.json").read_text("utf-8"))
OPENING = {
    "recalculate": [],
    "check": [],
    "new-year": [],
    "share": [],
    "verify": [],
    "diff": ["OTHER"],
    "merge": ["OTHER"],
    "robustness": ["--draws", "16"],
    "audit": [],
    "explain": ["--unit", "110000"],
    "doctor": [],
}
SHEETS = {"zh": "省份数据", "en": "Province data"}


@cache
def calculated(lang: Lang, folder: Path) -> bytes:
    folder.mkdir(exist_ok=True)
    book = FileBook.from_bytes(small_book(folder, lang))
    recalculate(book, now=dt.datetime(2026, 1, 2))
    return book.to_bytes()


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("source")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Lang:
    monkeypatch.setenv("BDINDEX_LANG", request.param)
    found: Lang = request.param
    return found


@pytest.fixture
def book(tmp_path: Path, source: Path, lang: Lang) -> Path:
    file = tmp_path / "book.xlsm"
    file.write_bytes(calculated(lang, source / lang))
    shutil.copy(file, tmp_path / "other.xlsm")
    return file


def run(capsys: CASE, *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    try:
        code = cli.main([*map(str, arguments), "--json"])
    except SystemExit as ended:
        code = int(str(ended.code))
    told = capsys.readouterr()
    document = json.loads(told.out)
    assert faults(document, SCHEMA) == []
    assert document["version"] == __version__ and document["ok"] is (code == 0)
    assert told.err == ""
    return code, document


def arguments(command: str, file: Path) -> list[str | Path]:
    return [command, file, *(file.with_name("other.xlsm") if a == "OTHER" else a for a in OPENING[command])]


def only(document: dict[str, Any]) -> tuple[str, str]:
    (finding,) = document["findings"]
    assert finding["severity"] == "fault" and document["result"] == {}
    return finding["rule"], finding["text"]


@pytest.mark.parametrize("command", OPENING)
def test_a_command_that_is_done(command: str, book: Path, capsys: CASE) -> None:
    code, document = run(capsys, *arguments(command, book))
    assert code == 0 or command == "doctor", document
    assert (document["command"], bool(document["result"])) == (command, True)
    expected = {"share": [book.with_name("book_分享.xlsx"), book.with_name("book_shared.xlsx")]}
    expected["diff"] = [book.with_name("other.xlsm")]
    assert Path(document["file"]) in expected.get(command, [book])


@pytest.mark.parametrize("command", sorted(set(OPENING) - {"doctor"}))
def test_a_file_that_is_not_there(command: str, tmp_path: Path, lang: Lang, capsys: CASE) -> None:
    missing = tmp_path / "nowhere.xlsm"
    code, document = run(capsys, *arguments(command, missing))
    text = {
        "zh": "nowhere.xlsm：找不到该文件。请检查路径和文件名。",
        "en": "nowhere.xlsm: there is no such file. Check the path and the name.",
    }
    assert (code, only(document)) == (1, ("no such file", text[lang]))
    assert (document["command"], document["file"]) == (command, str(missing))


@pytest.mark.parametrize("command", sorted(set(OPENING) - {"doctor"}))
def test_a_file_that_is_damaged(command: str, book: Path, capsys: CASE) -> None:
    book.write_bytes(book.read_bytes()[:5000])
    code, document = run(capsys, *arguments(command, book))
    rule, text = only(document)
    assert (code, rule) == (1, "truncated") and text.startswith(book.name)


@pytest.mark.parametrize("command", sorted(set(OPENING) - {"doctor", "merge", "new-year"}))
def test_a_workbook_with_faults(command: str, book: Path, lang: Lang, capsys: CASE) -> None:
    book.write_bytes(edit.edited(book.read_bytes(), {(SHEETS[lang], "D6"): "暂无"}))
    code, document = run(capsys, *arguments(command, book))
    found = {(f["severity"], f["sheet"], f["cell"], f["rule"]) for f in document["findings"]}
    assert code == 1 and ("fault", SHEETS[lang], "D6", "value text") in found
    assert document["result"] == {} and document["file"] == str(book)


@pytest.mark.parametrize("command", [*OPENING, "new", "install", "uninstall", "build"])
def test_an_option_that_is_none(command: str, tmp_path: Path, lang: Lang, capsys: CASE) -> None:
    given = arguments(command, tmp_path / "a.xlsm") if command in OPENING else [command]
    code, document = run(capsys, *given, "--frob")
    rule, text = only(document)
    assert (code, rule, document["command"]) == (1, "usage", command)
    assert ("--frob" in text or "FILE" in text) and ("应" in text or "不认识" in text or "缺少" in text) is (
        lang == "zh"
    )


def test_no_command_at_all(lang: Lang, capsys: CASE) -> None:
    code, document = run(capsys, "frob")
    assert (code, only(document)[0], document["command"]) == (1, "usage", None)


def test_making_a_workbook(tmp_path: Path, lang: Lang, capsys: CASE) -> None:
    folder = tmp_path / "csv"
    folder.mkdir()
    for name, text in {"framework": FRAMEWORK, "units": UNITS, "data": DATA}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    made: list[str | Path] = ["new", tmp_path / "a.xlsm", "--from", folder, "--lang", lang]
    code, document = run(capsys, *made)
    assert (code, document["file"], document["result"]) == (0, str(tmp_path / "a.xlsm"), {"backup": None})
    code, document = run(capsys, *made)
    assert (code, only(document)[0]) == (1, "file exists")


def test_making_what_is_shipped(tmp_path: Path, lang: Lang, capsys: CASE) -> None:
    made = tmp_path / "a.xlam"
    code, document = run(capsys, "build", "--addin", "-o", made)
    assert (code, document["command"], document["result"]) == (0, "build", {"files": [str(made)], "backup": None})
    code, document = run(capsys, "build", "-o", tmp_path / "nowhere" / "a.xlsm")
    assert (code, only(document)[0]) == (1, "file refused")


@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_setting_up(command: str, lang: Lang, capsys: CASE) -> None:
    _, document = run(capsys, command)
    assert document["command"] == command and document["result"]["steps"]


@pytest.mark.parametrize(
    ("error", "rule", "code"), [(KeyboardInterrupt, "interrupted", 130), (ValueError, "defect", 3)]
)
def test_an_end_that_nobody_wished_for(
    error: type[BaseException], rule: str, code: int, book: Path, capsys: CASE, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("bdindex_xl.tasks.recalculate.read_inputs", broken)
    found, document = run(capsys, "check", book)
    assert (found, only(document)[0], document["file"]) == (code, rule, str(book))


def test_numbers_that_are_none_and_bytes_that_are_no_text_are_still_json(capsys: CASE) -> None:
    remark = envelope.Remark(Severity.NOTE, "odd", Text("\udcff", "\udcff"))
    envelope.show("check", ok=True, lang="en", file=Path("\udcff"), findings=[remark], result={"a": [float("nan")]})
    document = json.loads(capsys.readouterr().out)
    assert (document["file"], document["findings"][0]["text"], document["result"]) == ("?", "?", {"a": [None]})


class Terminal(io.StringIO):
    """A terminal that somebody watches."""

    def isatty(self) -> bool:
        return True


def test_a_step_that_comes_due_as_the_work_ends_leaves_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    with summary.ProgressLine("en") as progress:
        progress(Text("读取", "reading"))
        progress._become_due()
        assert screen.getvalue() == "\rreading …"
    progress._become_due()  # the timer's thread, a moment too late
    progress(Text("写入", "writing"))
    assert screen.getvalue() == "\rreading …\r" + " " * 9 + "\r"
