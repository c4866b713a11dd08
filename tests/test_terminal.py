"""What is printed steers no terminal, and a reader who leaves, or a full disk, changes no command."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from bdindex_xl import cli
from bdindex_xl.system.terminal import Harmless, bare, harmless
from tests.support.books import small_book
from tests.support.disk import backups

COMMAND = [sys.executable, "-m", "bdindex_xl"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    file = tmp_path / "book.xlsm"
    file.write_bytes(small_book(tmp_path))
    return file


def test_no_character_that_steers_a_terminal_passes_and_json_stays_json() -> None:
    shown = harmless("".join(map(chr, [*range(0x3000), *range(0xD7F0, 0xE010), *range(0xE0000, 0xE0200)])))
    assert {char for char in shown if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}} == {"\n", "\t"}
    turning = {"LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not {char for char in shown if unicodedata.bidirectional(char) in turning}
    for char in "\x1b\x7f\x9b\u202e\u2066\U000e0041":
        assert json.loads(harmless(json.dumps({"name": f"甲{char}省"}, ensure_ascii=False))) == {"name": f"甲{char}省"}
    assert harmless("甲省 ▲3 — 👩\u200d🔬\tx\n") == "甲省 ▲3 — 👩\u200d🔬\tx\n"


def test_names_of_files_are_shown_harmlessly_on_both_streams(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", str(tmp_path / "no\x1b]0;owned\x07\u202esuch.xlsm")]) == 1
    told = capsys.readouterr()
    assert (told.out, "no\\u001b]0;owned\\u0007\\u202esuch.xlsm" in told.err) == ("", True)


def test_whoever_moves_the_cursor_gets_the_stream_itself() -> None:
    stream = io.StringIO()
    assert bare(Harmless(stream)) is stream and bare(stream) is stream  # type: ignore[arg-type]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_behind_the_output_is_no_defect_and_nothing_is_denied(book: Path) -> None:
    before = book.read_bytes()
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, "recalculate", str(book)],
            stdout=full,
            stderr=subprocess.PIPE,
            env=os.environ | {"BDINDEX_LANG": "en", "PYTHONIOENCODING": "utf-8"},
        )
    assert book.read_bytes() != before
    reason = f"输出未能全部显示（No space left on device）；此前已写入 {book}。"
    assert (done.returncode, done.stderr.decode().strip()) == (1, reason)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX pipe")
def test_a_reader_that_leaves_early_does_not_change_how_the_command_ends(tmp_path: Path) -> None:
    command = f"{sys.executable} -m bdindex_xl --help | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    missing = f"{sys.executable} -m bdindex_xl check '{tmp_path}/none' 2>&1 | true; exit ${{PIPESTATUS[0]}}"
    assert subprocess.run(["bash", "-c", missing], capture_output=True).returncode == 1


@pytest.mark.parametrize(("when", "told"), [("before", "文件未改动"), ("after", "此前已写入 {file}")])
def test_whoever_interrupts_is_told_what_was_written(
    when: str, told: str, book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("BDINDEX_LANG", "en")
    before = book.read_bytes()
    where = "tasks.recalculate.recalculate" if when == "before" else "commands.output.summary.tell_results"
    monkeypatch.setattr(f"bdindex_xl.{where}", interrupted)
    assert cli.main(["recalculate", str(book)]) == 130
    assert capsys.readouterr().err == f"已中断；{told.format(file=book)}。\n"  # in the workbook's language
    assert (book.read_bytes() == before) is (when == "before")


def test_an_interrupt_in_the_moment_of_the_replacement_is_told_by_what_the_disk_says(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(source: str, target: str, real: Callable[..., None] = os.replace) -> None:
        if done:
            real(source, target)
        raise KeyboardInterrupt

    monkeypatch.setenv("BDINDEX_LANG", "en")
    monkeypatch.setattr(os, "replace", interrupted)
    before = book.read_bytes()
    for done, told in ((False, "文件未改动"), (True, f"此前已写入 {book}")):
        assert cli.main(["recalculate", str(book)]) == 130
        assert capsys.readouterr().err == f"已中断；{told}。\n"
        assert (book.read_bytes() != before) is done
        assert [kept.read_bytes() for kept in backups(book)] == [before]


def test_an_interrupt_that_python_wraps_is_one_all_the_same(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrapped(*_: object, **__: object) -> None:
        raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()

    monkeypatch.setenv("BDINDEX_LANG", "en")
    monkeypatch.setattr("bdindex_xl.tasks.recalculate.recalculate", wrapped)
    assert cli.main(["recalculate", str(book)]) == 130
    assert capsys.readouterr().err == "已中断；文件未改动。\n"


def test_a_defect_after_the_saving_denies_nothing(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BDINDEX_LANG", "en")
    monkeypatch.setattr("bdindex_xl.commands.output.summary.tell_results", lambda *_, **__: 1 / 0)
    assert cli.main(["recalculate", str(book)]) == 3
    assert f"程序出错；此前已写入 {book}。详情见" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--lang", "en", "--set", "weighting"], 1, "expected KEY=VALUE"),
        (
            ["--lang=en", "--form", "x"],
            1,
            "unrecognized arguments: --form x; the nearest is --from. Run bdindex new --help for usage.",
        ),
        (["--lang", "en", "--from", "nowhere"], 1, "nowhere"),
        (["--lang", "en"], 130, "Stopped; no file was changed.\n"),
    ],
)
def test_new_answers_in_the_language_that_it_is_asked_for(
    options: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("BDINDEX_LANG", "zh")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bdindex_xl.commands.output.making.made", interrupted)
    try:
        found = cli.main(["new", "a.xlsm", *options])
    except SystemExit as end:  # a command that is typed wrongly
        found = int(end.code or 0)
    err = capsys.readouterr().err
    assert found == code and said in err
    assert not re.search(r"[\u4e00-\u9fff]", err), err
