"""Finding the units of places: codes, names and addresses, beside looking each text up in a dictionary, the limit.

    python benchmarks/places.py [--values N …]

Different texts as they come in records: codes of counties, addresses in full and without suffixes, with street and
number, former counties among them. Processor time, the least of three rounds; cost is linear where time a text stays.
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections.abc import Callable
from importlib.resources import files

from bdindex_xl.microdata.places import Gazetteer
from bdindex_xl.microdata.places.divisions import divisions

VALUES = (1_000, 10_000, 100_000)
ASKED = 20.0  # most microseconds a text: a million different addresses in 20 s
ROUNDS = 3


def units() -> dict[str, dict[str, str]]:
    """The units of the sample by ranking."""
    found: dict[str, dict[str, str]] = {}
    text = (files("bdindex_xl.sheets") / "sample" / "zh" / "units.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["ranking"], {})[row["code"]] = row["name"]
    return found


def texts(n: int) -> list[str]:
    """Different texts, the same each time: one in five is a code."""
    rng, names = random.Random(n), {one.code: one.name for one in divisions() if one.code}
    counties = [code for code in names if not code.endswith("00")]
    made: dict[str, None] = {}
    while len(made) < n:
        code = rng.choice(counties)
        upper = [names.get(code[:2] + "0000", ""), names.get(code[:4] + "00", ""), names[code]]
        if rng.random() < 0.3:
            upper = [name.removesuffix("省").removesuffix("市") for name in upper]
        if rng.random() < 0.3:
            upper = upper[1:]
        street = f"{rng.choice('中解建人')}{rng.choice('山放设民')}路{rng.randrange(100_000)}号"
        made.setdefault(f"{code}{rng.randrange(1000):03}000" if rng.random() < 0.2 else "".join(upper) + street)
    return list(made)


def least(work: Callable[[], object]) -> float:
    """Processor time [s]."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def measured(gazetteer: Gazetteer, given: list[str]) -> str:
    """A line on so many texts."""
    known, n = dict.fromkeys(given, 0), len(given)
    placed = sum(any(one.codes) for one in gazetteer.lookup(given))
    seconds = least(lambda: list(gazetteer.lookup(given)))
    limit = least(lambda: [known.get(one) for one in given])
    return (
        f"{n:>9,} texts, {placed / n:.1%} of a unit: {seconds:6.2f} s, {1e6 * seconds / n:5.1f} µs a text "
        f"(asked: {ASKED:g}), {seconds / limit:,.0f} times a dictionary's"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--values", type=int, nargs="+", default=VALUES)
    gazetteer = Gazetteer(units())
    list(gazetteer.lookup(["北京市"]))  # reads the tables
    for n in parser.parse_args().values:
        print(measured(gazetteer, texts(n)), flush=True)


if __name__ == "__main__":
    main()
