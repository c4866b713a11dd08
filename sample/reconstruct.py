"""Make bdindex_xl/sheets/sample/data.csv: raw indicators from which the engine obtains the published ranks.

python sample/reconstruct.py            write the file
python sample/reconstruct.py --check    only compare, exit code 1 where it differs

Either way `made_from.sha256` then names the sources that were solved, so that a test need not solve them again.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from history import seeds_before  # noqa: E402
from layout import INDICATORS, PACKAGE_SAMPLE, YEARS, Array, Layout  # noqa: E402
from leeway import bounds_2024, bounds_before, readiness  # noqa: E402
from made_from import sources  # noqa: E402
from rows import orders  # noqa: E402
from scoring import Scores  # noqa: E402
from seeds import seeds_2024  # noqa: E402
from solving import DECIMALS, Year, solve  # noqa: E402
from statements import totals, writer_of  # noqa: E402

TARGET = PACKAGE_SAMPLE / "data.csv"
RECORD = HERE / "made_from.sha256"


def reconstruct(layout: Layout, *, verbose: bool = False) -> dict[int, Array]:
    """Tables by year. The latest comes first: it has most to obey, and what lasts cannot have been more before it."""
    tables: dict[int, Array] = {}
    lead = None
    for year in reversed(YEARS):
        after = tables.get(year + 1)
        seed = seeds_2024(layout) if after is None else seeds_before(layout, after, year)
        bounds = bounds_2024(layout, seed) if after is None else bounds_before(layout, seed, after, year)
        scale = readiness(layout, seed, past=after is not None)
        statements, sums = writer_of(layout, year, lead), totals(layout, year, seed, scale)
        problem = Year(year, seed, scale, *bounds, orders(layout, year), statements, sums)
        tables[year] = solve(layout, problem, log=print if verbose else lambda _: None)
        scores = Scores(layout, tables[year]).values["city"]["BDI"]
        lead = float(scores[layout.city("北京")] - scores[layout.city("上海")])
    return tables


def csv_text(layout: Layout, tables: dict[int, Array]) -> str:
    lines = [",".join(("year", "unit", *INDICATORS))]
    for year in YEARS:
        for ranking, codes in (("province", layout.province_codes), ("city", layout.city_codes)):
            for code, values in zip(codes, layout.raw(tables[year], ranking), strict=True):
                lines.append(",".join((str(year), code, *map(_number, INDICATORS, values))))
    return "\n".join(lines) + "\n"


def _number(code: str, value: float) -> str:
    text = f"{value:.{DECIMALS.get(code, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the committed file instead of writing it")
    parser.add_argument("--verbose", action="store_true", help="show the progress of each projection")
    parser.add_argument("-o", "--output", type=Path, default=TARGET, help="where to write, else in the package")
    options = parser.parse_args()
    layout = Layout()
    text = csv_text(layout, reconstruct(layout, verbose=options.verbose))
    if options.check:
        same = TARGET.read_bytes() == text.encode()
        print("the same" if same else f"{TARGET} differs from what the script makes")
        if not same:
            return 1
    else:
        options.output.write_bytes(text.encode())
    if options.output == TARGET:
        RECORD.write_text(sources(HERE.parent) + "\n", encoding="ascii")
    return 0


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    sys.exit(main())
