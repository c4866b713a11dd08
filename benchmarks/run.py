"""Speed and memory beside named peers, measured in one run and printed as ratios.

    python benchmarks/run.py [arrays] [workbook] [processes] [edge] [start] [functions] [button] [weightings]
        [montecarlo] [robustness] [latency] [costs]

Peers are optional (``pip install -e '.[bench]'``); one that is absent is left out. Absolute times hold for this machine
and this moment only: read the ratios.
"""

from __future__ import annotations

import argparse
import datetime as dt
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import bdindex_xl as bdx

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "workbook" / "BigDataIndex.xlsm"


@dataclass(frozen=True)
class Measured:
    """One line of a table: best time [s], memory [bytes, 0 where not measured]."""

    name: str
    seconds: float
    memory: int = 0


def best_of(work: Callable[[], object], *, seconds: float = 2.0, least: int = 3) -> float:
    """Least time of one call [s], over as many calls as fit into `seconds`."""
    work()
    best, until, n = float("inf"), time.perf_counter() + seconds, 0
    while n < least or time.perf_counter() < until:
        start = time.perf_counter()
        work()
        best, n = min(best, time.perf_counter() - start), n + 1
    return best


def extra_memory(work: Callable[[], object]) -> int:
    """Most memory held at once during a call beyond what was there before [bytes]."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def process(command: list[str]) -> Measured:
    """Whole-process time and greatest memory of a command; memory only where the system tells it."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    memory = 0
    if sys.platform == "win32":
        child.wait()
    else:
        import os

        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    if child.returncode:
        raise SystemExit(f"{command} ended with {child.returncode}")
    return Measured(" ".join(command), time.perf_counter() - start, memory)


def best_process(name: str, command: list[str], times: int = 5) -> Measured:
    """The fastest of several runs of a command."""
    runs = [process(command) for _ in range(times)]
    return Measured(name, min(run.seconds for run in runs), max(run.memory for run in runs))


def show(title: str, lines: Iterable[Measured], limit: str = "") -> None:
    """A table whose first line is ours; ratios say how many times longer the others take."""
    lines = list(lines)
    print(f"\n{title}{f'  (to reach: {limit})' if limit else ''}")
    for line in lines:
        memory = f"{line.memory / 1e6:9.0f} MB" if line.memory else " " * 12
        print(f"  {line.name:<58}{line.seconds * 1e3:12.2f} ms{memory}{line.seconds / lines[0].seconds:9.2f} x")


def big_data_index() -> bdx.Framework:
    """The shape of the shipped framework: 3 dimensions, 6 second-level aggregates, 18 indicators."""
    sizes = {"A1": 5, "A2": 4, "B1": 2, "B2": 2, "C1": 2, "C2": 3}
    records = [{"code": "BDI"}, *({"code": code, "parent": "BDI"} for code in "ABC")]
    records += [{"code": code, "parent": code[0]} for code in sizes]
    records += [{"code": f"{code}{k}", "parent": code} for code, n in sizes.items() for k in range(1, n + 1)]
    return bdx.Framework.from_records(records)


def arrays() -> None:
    """compute() on arrays: normalise, weigh, aggregate three levels, rank every aggregate."""
    framework = big_data_index()
    codes = tuple(indicator.code for indicator in framework.indicators)
    for n_units, limit in ((337, "0.5 ms"), (1_000_000, "400 ms and 2.5 times the input in extra memory")):
        values = np.random.default_rng(0).lognormal(size=(1, n_units, len(codes)))
        panel = bdx.Panel((2024,), tuple(map(str, range(n_units))), codes, values)
        gaps = np.where(np.random.default_rng(1).random(values.shape) < 0.05, np.nan, values)
        gappy = bdx.Panel((2024,), panel.units, codes, gaps)
        lines = [
            Measured("bdindex_xl compute", best_of(lambda p=panel: bdx.compute(framework, p))),  # type: ignore[misc]
            Measured("bdindex_xl compute, 5 % missing", best_of(lambda p=gappy: bdx.compute(framework, p))),  # type: ignore[misc]
            Measured("numpy: copy the input once", best_of(lambda v=values: v.copy())),  # type: ignore[misc]
            Measured(
                "numpy: sort ten columns of scores, one after another",
                best_of(lambda v=values: np.sort(v[0, :, :10].T.copy(), axis=-1)),  # type: ignore[misc]
            ),
            *_pymcdm(values[0]),
        ]
        show(f"{n_units:,} units x {len(codes)} indicators", lines, limit)
        extra = extra_memory(lambda p=panel: bdx.compute(framework, p))  # type: ignore[misc]
        print(f"  extra memory: {extra / values.nbytes:.2f} times the input")


def _pymcdm(matrix: np.ndarray) -> list[Measured]:
    """The best Python peer: one flat weighted sum of normalised columns, one ranking, no levels, no missing values."""
    try:
        from pymcdm import methods, normalizations, weights
        from pymcdm.helpers import rrankdata
    except ImportError:
        return []
    types = np.ones(matrix.shape[1])
    method = methods.WSM(normalizations.minmax_normalization)

    def work() -> None:
        rrankdata(method(matrix, weights.equal_weights(matrix), types))

    return [Measured("pymcdm WSM, equal weights, one level, one ranking", best_of(work))]


def workbook() -> None:
    """`bdindex recalculate` on the shipped workbook, the whole process, beside openpyxl loading and saving it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.xlsm"
        copy.write_bytes(SHIPPED.read_bytes())
        _beside_openpyxl("shipped workbook, whole process", copy, "1,500 ms, 200 MB, faster than openpyxl", 5)


def processes() -> None:
    """Whole processes on the shipped workbook, in turn, by processor time, as multiples of Python's own start."""
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "copy.xlsm", Path(folder) / "out"
        file.write_bytes(SHIPPED.read_bytes())
        ours = [sys.executable, "-m", "bdindex_xl"]
        works = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "bdindex recalculate": [*ours, "recalculate", str(file), "-o", f"{out}.xlsm"],
            "bdindex share": [*ours, "share", str(file), "-o", f"{out}.xlsx"],
            "bdindex verify": [*ours, "verify", str(file)],
        }
        best = dict.fromkeys(works, float("inf"))
        for _ in range(5):
            for name, command in works.items():
                best[name] = min(best[name], processor_time(command))
    show("whole processes, processor time", [Measured(name, seconds) for name, seconds in best.items()])


def processor_time(command: list[str]) -> float:
    """What a command takes of the processor [s]; only on systems that tell it."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def edge() -> None:
    """A workbook near Excel's edge: 100,000 data rows."""
    with tempfile.TemporaryDirectory() as folder:
        source, file = Path(folder) / "source", Path(folder) / "edge.xlsm"
        _edge_folder(source, n_units=20_000, n_years=5)
        made = process([sys.executable, "-m", "bdindex_xl", "new", str(file), "--from", str(source)])
        print(
            f"\nmaking it: {made.seconds:.1f} s, {made.memory / 1e6:.0f} MB; {file.stat().st_size / 1e6:.0f} MB on disk"
        )
        _beside_openpyxl("100,000 data rows x 18, whole process", file, "30,000 ms, 1,500 MB", 1)


def _beside_openpyxl(title: str, file: Path, limit: str, times: int) -> None:
    out = str(file.with_name("out.xlsm"))
    ours = [sys.executable, "-m", "bdindex_xl", "recalculate", str(file), "-o", out]
    theirs = f"import openpyxl; openpyxl.load_workbook({str(file)!r}, keep_vba=True).save({out!r})"
    lines = [best_process("bdindex recalculate", ours, times)]
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        pass
    else:
        lines.append(
            best_process("openpyxl, load and save alone", [sys.executable, "-W", "ignore", "-c", theirs], times)
        )
    show(title, lines, limit)


def _edge_folder(folder: Path, *, n_units: int, n_years: int) -> None:
    folder.mkdir()
    framework = big_data_index()
    rows = [f"{node.code},{node.code},{node.parent or ''}" for node in framework.nodes]
    (folder / "framework.csv").write_text("\n".join(["code,name,parent", *rows]), encoding="utf-8")
    units = [f"{100_000 + k}" for k in range(n_units)]
    lines = [f"{code},unit {code},city" for code in units]
    (folder / "units.csv").write_text("\n".join(["code,name,ranking", *lines]), encoding="utf-8")
    codes = [indicator.code for indicator in framework.indicators]
    values = np.random.default_rng(0).lognormal(5, 1, (n_years, n_units, len(codes))).round(2).astype(str)
    data = [",".join([str(2020 + y), code, *values[y, k]]) for y in range(n_years) for k, code in enumerate(units)]
    (folder / "data.csv").write_text("\n".join([",".join(["year", "unit", *codes]), *data]), encoding="utf-8")


def start() -> None:
    """Starting and leaving."""
    lines = [
        best_process(f"bdindex {option}", [sys.executable, "-m", "bdindex_xl", option], 15)
        for option in ("--version", "--help")
    ]
    lines.append(best_process("python -c pass", [sys.executable, "-c", "pass"], 15))
    show("starting", lines, "150 ms")


def functions() -> None:
    """Worksheet functions inside xlwings' server, with its converters; only pywin32 is stood in for."""
    sys.path.insert(0, str(ROOT))
    from tests.support.windows import MISSING, functions

    with functions() as call:
        for n_units, limit in ((337, "2 ms"), (100_000, "1,000 ms")):
            values = np.random.default_rng(0).lognormal(size=(n_units, 18))
            rows = tuple(map(tuple, values.tolist()))
            score = best_of(lambda r=rows: call("BDINDEX_SCORE", r, MISSING, MISSING, MISSING))  # type: ignore[misc]
            lines = [
                Measured("BDINDEX_SCORE", score),
                Measured("BDINDEX_CONTRIBUTION", best_of(lambda r=rows: call("BDINDEX_CONTRIBUTION", r))),  # type: ignore[misc]
                Measured(
                    "BDINDEX_TIER, 5 tiers", best_of(lambda r=rows: call("BDINDEX_TIER", [x[:1] for x in r], 5.0))
                ),  # type: ignore[misc]
                Measured("numpy: the cells as an array", best_of(lambda r=rows: np.array(r))),  # type: ignore[misc]
            ]
            show(f"worksheet functions, {n_units:,} x 18", lines, limit)


def button() -> None:
    """What the button does but for the application: read blocks, compute, and the values as Excel is told them."""
    from bdindex_xl.hosts.excel.values import literals
    from bdindex_xl.hosts.files import open_book
    from bdindex_xl.tasks import recalculate

    class Open:
        """The shipped workbook with its blocks in memory; what is written goes nowhere."""

        def __init__(self) -> None:
            self._book = open_book(SHIPPED)
            for name in self._book.tables():
                self._book.read(name)

        def __getattr__(self, name: str) -> object:
            return getattr(self._book, name)

        def write(self, results: object) -> list[str]:
            for table in results.tables:  # type: ignore[attr-defined]
                made = [literals(column.values) for column in table.columns]
                [list(row) for row in zip(*made, strict=True)]
            return []

    book = Open()
    now = dt.datetime(2026, 1, 1)
    lines = [Measured("recalculate", best_of(lambda: recalculate.recalculate(book, now=now)))]  # type: ignore[arg-type]
    show("behind the button, without the application", lines, "500 ms")


def script(name: str) -> Callable[[], None]:
    """A benchmark that is a file of its own beside this one."""

    def run() -> None:
        subprocess.run([sys.executable, str(ROOT / "benchmarks" / f"{name}.py")], check=True)

    return run


PARTS: dict[str, Callable[[], None]] = {
    "arrays": arrays, "workbook": workbook, "processes": processes, "edge": edge, "start": start,
    "functions": functions, "button": button, "weightings": script("weightings"),
    "montecarlo": script("montecarlo"), "robustness": script("robustness"), "latency": script("latency"),
    "costs": script("costs"),
}  # fmt: skip

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Speed and memory beside named peers, as ratios measured in one run.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of {', '.join(PARTS)}; all without any")
    asked = parser.parse_args().parts or list(PARTS)
    if unknown := [part for part in asked if part not in PARTS]:
        parser.error(f"expected parts from {', '.join(PARTS)}, found {', '.join(unknown)}")
    if len(asked) == 1:
        PARTS[asked[0]]()
    else:
        # A process of its own for each: memory that one part has used would count as its children's.
        for part in asked:
            subprocess.run([sys.executable, __file__, part], check=True)
