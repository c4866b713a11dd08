"""How long a worksheet function keeps a user waiting, in ratio to computing the same in one process.

    python benchmarks/latency.py [--before COMMIT]

In LibreOffice the cells go to a process that the extension starts; in Excel to xlwings' server, of which only pywin32
is stood in for here. With ``--before`` the last is measured in a checkout of that commit too, by turns. Parts whose
program is absent are left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
N_UNITS, N_INDICATORS = 337, 18
RANGE = f"A1:R{N_UNITS}"
ROUNDS = 15
# A process of its own, of this state or of another: the best of many calls through xlwings' server [s].
_SERVER = """
import sys, time
sys.path.insert(0, sys.argv[1])
import numpy as np
from tests.support.windows import MISSING, functions
rows = tuple(map(tuple, np.random.default_rng(0).lognormal(size=(337, 18)).tolist()))
best = float("inf")
with functions() as call:
    for _ in range(300):
        start = time.perf_counter()
        call("BDINDEX_SCORE", rows, MISSING, MISSING, MISSING)
        best = min(best, time.perf_counter() - start)
print(best)
"""


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Least time [s]: what the work itself takes, whatever else the machine does."""
    return min(timed(work) for _ in range(rounds))


def in_process(rows: list[list[float]]) -> float:
    from bdindex_xl.functions import answer

    return best(lambda: answer("BDINDEX_SCORE", "en", rows), 100)


def in_server(root: Path) -> float:
    """Through xlwings' server of a checkout [s]."""
    done = subprocess.run(
        [sys.executable, "-c", _SERVER, str(root)], capture_output=True, text=True, check=True, cwd=root
    )
    return float(done.stdout)


def of_worker(rows: list[list[float]]) -> tuple[float, float]:
    """First answer and later ones of the process that the extension for LibreOffice starts, without LibreOffice [s]."""
    spec = importlib.util.spec_from_file_location("worker", ROOT / "oxt" / "pythonpath" / "bdindex_worker.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    os.environ["BDINDEX_PYTHON"] = sys.executable
    worker = module.Worker()
    message = {"function": "BDINDEX_SCORE", "lang": "en", "arguments": [{"rows": rows, "of": len(rows)}]}
    first = timed(lambda: worker.ask(message, "en"))
    later = best(lambda: worker.ask(message, "en"))
    worker.stop()
    return first, later


def in_libreoffice(rows: list[list[float]]) -> Iterator[tuple[str, float]]:
    """A formula entered first, and its answer read after an edit [s]; beside a function of LibreOffice's own."""
    sys.path.insert(0, str(ROOT))
    from tests.support.uno_engine.bridge import NoUno
    from tests.support.uno_engine.session import Session

    try:
        session = Session(with_add_in=True)
    except NoUno as why:
        print(f"LibreOffice is left out: {why}")
        return
    try:
        sheet: Any = session.load("private:factory/scalc").Sheets.getByIndex(0)
        sheet.getCellRangeByName(RANGE).setDataArray(tuple(map(tuple, rows)))
        shown, edited = sheet.getCellRangeByName(f"T1:T{N_UNITS}"), sheet.getCellRangeByName("D1")

        def after_edit() -> object:
            edited.setValue(edited.getValue() + 1)
            return shown.getDataArray()

        def entered(formula: str) -> object:
            shown.setArrayFormula(formula)
            return shown.getDataArray()

        yield "first formula in LibreOffice", timed(lambda: entered(f"=BDINDEX_SCORE({RANGE})"))
        yield "after an edit in LibreOffice", best(after_edit)
        entered(f"=RANK(A1:A{N_UNITS};A1:A{N_UNITS})+0*D1")
        yield "its own RANK of one column, after an edit", best(after_edit)
    finally:
        session.end()


def main() -> None:
    parser = argparse.ArgumentParser(description="How long a worksheet function keeps a user waiting, as ratios.")
    parser.add_argument("--before", metavar="COMMIT", help="a state to compare xlwings' server with")
    before = parser.parse_args().before
    rows = np.random.default_rng(0).lognormal(size=(N_UNITS, N_INDICATORS)).tolist()
    base = in_process(rows)
    print(f"BDINDEX_SCORE, {N_UNITS} x {N_INDICATORS}")
    show("computed in one process", base, base)
    if before is None:
        show("through xlwings' server, as Excel calls", in_server(ROOT), base)
    else:
        _beside(before, base)
    first, later = of_worker(rows)
    show("first answer of LibreOffice's process, its start with it", first, base)
    show("later answers", later, base)
    for name, seconds in in_libreoffice(rows):
        show(name, seconds, base)


def _beside(commit: str, base: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder, "before")
        subprocess.run(["git", "worktree", "add", "-q", "--detach", str(tree), commit], check=True, cwd=ROOT)
        try:
            turns = [(in_server(ROOT), in_server(tree)) for _ in range(5)]
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], check=True, cwd=ROOT)
    now, then = min(turn[0] for turn in turns), min(turn[1] for turn in turns)
    show("through xlwings' server, as Excel calls", now, base)
    show(f"the same at {commit}", then, base)
    print(f"  now in ratio to {commit}: {now / then:.2f}")


def show(name: str, seconds: float, base: float) -> None:
    print(f"  {name:<60}{seconds * 1e3:10.2f} ms{seconds / base:9.1f} x")


if __name__ == "__main__":
    main()
