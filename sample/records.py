"""Make a database of invented records, from which `bdindex collect` counts exactly the sample's raw data.

python sample/records.py DIR            write companies, financings, policies and so on to a new folder
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE)]

from invented import blemishes, bodies, companies, financings, policies  # noqa: E402
from invented.chances import Chances  # noqa: E402
from invented.places import YEARS, places  # noqa: E402

MOVES = 12
README = HERE / "invented" / "README.md"

Records = Iterable[Mapping[str, str]]


def make(folder: Path) -> None:
    """Write all files; they are the same, byte for byte, each time."""
    everywhere = places()
    _companies(folder, companies.seats(everywhere, Chances("companies")))
    issued = policies.policies(everywhere, Chances("policies"))
    blemishes.of_policies(issued, Chances("policies amiss"))
    _csv(folder / "policies.csv", policies.FIELDS, issued)
    majors = bodies.universities(everywhere, Chances("universities"))
    _csv(folder / "universities.csv", bodies.UNIVERSITIES, majors, encoding="gb18030")
    _csv(folder / "agencies.csv", bodies.AGENCIES, bodies.agencies(everywhere))
    organisations = bodies.organisations(everywhere, Chances("organisations"))
    _csv(folder / "organisations.csv", bodies.ORGANISATIONS, organisations)
    _excel(folder / "exchanges.xlsx", bodies.EXCHANGES, bodies.exchanges(everywhere, Chances("exchanges")))
    (folder / "README.md").write_bytes(README.read_bytes().replace(b"\r\n", b"\n"))


def _companies(folder: Path, seats: Sequence[companies.Seat]) -> None:
    """A file for each year's list of companies, one of corrections, and what they were financed with."""
    companies.move(seats, MOVES, Chances("moves"))
    chances = Chances("registers")
    by_year = [list(companies.records(seats, y, chances)) for y in range(len(YEARS))]
    corrections = blemishes.of_companies(by_year, Chances("companies amiss"))
    for year, records in zip(YEARS, by_year, strict=True):
        _csv(folder / "companies" / f"{year}.csv", companies.FIELDS, records)
    _csv(folder / "companies" / "corrections.csv", companies.FIELDS, corrections)
    rounds = financings.financings(seats, Chances("financings"))
    blemishes.of_financings(rounds, Chances("financings amiss"))
    _csv(folder / "financings.csv", financings.FIELDS, rounds)


def _csv(file: Path, fields: Sequence[str], records: Records, encoding: str = "utf-8") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)


def _excel(file: Path, fields: Sequence[str], records: Records) -> None:
    with xlsxwriter.Workbook(str(file)) as book:
        book.set_properties({"created": datetime(2024, 1, 1)})  # no time of today, so that bytes are the same
        sheet = book.add_worksheet()
        for row, texts in enumerate([fields, *([record[field] for field in fields] for record in records)]):
            sheet.write_row(row, 0, texts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where to write; it must be new, or empty")
    folder = parser.parse_args().folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        parser.error(f"{folder}: expected a new or empty folder, found something in it")
    make(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
