"""The process that computes for LibreOffice: what it answers, and what a cell shows where it cannot be had."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bdindex_xl.functions import answer
from tests.hosts.libreoffice.client import worker_module

SMALL = [[3.0, 10.0], [1.0, 40.0], [2.0, 20.0]]
QUESTION = {"function": "BDINDEX_SCORE", "lang": "en", "arguments": [{"rows": SMALL, "of": 3}]}


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The module of the extension, fresh, on a computer where no Python is named yet."""
    module = worker_module()
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("BDINDEX_PYTHON", raising=False)
    return module


def failure(module: ModuleType, worker: Any, lang: str = "en") -> str:
    with pytest.raises(module.Failed) as failed:
        worker.ask(QUESTION, lang)
    text: str = failed.value.text
    return text


def script(folder: Path, source: str) -> str:
    """A program in place of the interpreter: it runs some Python whatever it is asked to run."""
    file = folder / "python"
    file.write_text(f"#!{sys.executable}\n{source}\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


def test_the_answer_is_that_of_the_function(client: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though the office has its own Python's variables set."""
    monkeypatch.setenv("BDINDEX_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/nowhere")
    worker = client.Worker()
    assert worker.ask(QUESTION, "en") == {"answer": answer("BDINDEX_SCORE", "en", SMALL)}
    first = worker._process
    wrong = {**QUESTION, "arguments": [{"rows": [["甲"], [None]], "of": 9}], "lang": "zh"}
    assert worker.ask(wrong, "zh") == {"answer": "区域中没有数值"}
    assert worker._process is first
    first.kill()  # it is started again, once
    assert worker.ask(QUESTION, "en") == {"answer": answer("BDINDEX_SCORE", "en", SMALL)}
    worker.stop()


def test_a_defect_is_told_in_the_cell(client: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BDINDEX_PYTHON", sys.executable)
    worker = client.Worker()
    told = worker.ask({**QUESTION, "function": "BDINDEX_NO_SUCH", "lang": "zh"}, "zh")["answer"]
    assert told.startswith("程序出错，详情已写入 ")
    assert "KeyError" in Path(told.split("详情已写入 ")[1].split("，请")[0]).read_text("utf-8")
    worker.stop()


def test_without_a_python_it_says_what_to_run(client: ModuleType) -> None:
    start = time.perf_counter()
    assert failure(client, client.Worker()) == "BDIndex knows no Python to use; run: bdindex install --libreoffice"
    zh = "BDIndex 不知道用哪个 Python，请运行 bdindex install --libreoffice"
    assert failure(client, client.Worker(), "zh") == zh
    assert time.perf_counter() - start < 1


def test_a_python_that_is_gone_is_told_at_once(client: ModuleType, tmp_path: Path) -> None:
    file = Path(client.settings_file())
    file.parent.mkdir(parents=True)
    file.write_text(f"{tmp_path / '无' / 'python'}\n", encoding="utf-8")
    start = time.perf_counter()
    told = failure(client, client.Worker())
    assert told == (
        f"BDIndex's Python does not start ({tmp_path / '无' / 'python'}: No such file or directory); "
        "run bdindex install --libreoffice again"
    )
    assert time.perf_counter() - start < 1


@pytest.mark.skipif(os.name == "nt", reason="needs programs that are scripts")
def test_a_start_that_failed_is_remembered_for_a_while(
    client: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    counted = tmp_path / "starts"
    count = f"open({str(counted)!r}, 'a').write('x')\n"
    monkeypatch.setenv("BDINDEX_PYTHON", script(tmp_path, count + "raise SystemExit('No module named bdindex_xl')"))
    worker = client.Worker()
    told = failure(client, worker)
    assert told == (
        f"BDIndex's Python does not start ({tmp_path / 'python'}: No module named bdindex_xl); "
        "run bdindex install --libreoffice again"
    )
    assert [failure(client, worker) for _ in range(50)] == [told] * 50
    assert counted.read_text() == "x"
    monkeypatch.setattr(client.time, "time", lambda: 4e9)  # much later
    failure(client, worker)
    assert counted.read_text() == "xx"


@pytest.mark.skipif(os.name == "nt", reason="needs programs that are scripts")
def test_no_cell_waits_for_what_does_not_answer(
    client: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(client, "STARTING", 0.2)
    monkeypatch.setattr(client, "COMPUTING", 0.2)
    monkeypatch.setenv("BDINDEX_PYTHON", script(tmp_path, "import time\ntime.sleep(60)"))
    worker = client.Worker()
    start = time.perf_counter()
    slow = "BDIndex's Python is slow to start; press Ctrl+Shift+F9 in a while"
    assert [failure(client, worker) for _ in range(50)] == [slow] * 50
    worker.stop()
    monkeypatch.setenv("BDINDEX_PYTHON", script(tmp_path, "import time\nprint('{}', flush=True)\ntime.sleep(60)"))
    monkeypatch.setattr(client, "STARTING", 5.0)
    assert failure(client, worker) == "stopped after 0 seconds of computing"
    assert time.perf_counter() - start < 2


@pytest.mark.skipif(os.name == "nt", reason="needs programs that are scripts")
def test_what_ends_twice_while_computing_is_told(
    client: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ends = "import sys\nprint('{}', flush=True)\nsys.stdin.readline()\nraise SystemExit('out of memory')"
    monkeypatch.setenv("BDINDEX_PYTHON", script(tmp_path, ends))
    assert failure(client, client.Worker()) == "BDIndex's Python ended twice while computing (out of memory)"


def test_the_process_ends_with_the_office(client: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BDINDEX_PYTHON", sys.executable)
    worker = client.Worker()
    worker.ask(QUESTION, "en")
    process = worker._process._process
    process.stdin.close()
    assert process.wait(10) == 0
