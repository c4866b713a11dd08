"""What is amiss in the invented records, as in real ones: it changes nothing that is counted, and is to be told."""

from __future__ import annotations

from collections.abc import Sequence

from .chances import Chances
from .codes import credit_code
from .places import YEARS

REPEATED, CORRECTED, PLACELESS, YEARLESS = 30, 30, 8, 2  # of companies
DATELESS, UNKNOWN_COMPANY, UNKNOWN_MONEY, UNDISCLOSED = 3, 4, 6, 5  # of financings
NATIONAL = 6  # policies of no region
_NOBODYS = "100000"  # the registry of the whole country: such a code tells no place
_FIRST_SERIAL = 900_000  # of companies that count nowhere

Record = dict[str, str]


def of_companies(by_year: Sequence[list[Record]], chances: Chances) -> list[Record]:
    """Blemish the lists of companies by year; returned are corrections, which came later and hold."""
    corrections: list[Record] = []
    for y, records in enumerate(by_year):
        repeated, corrected = (n // len(by_year) for n in (REPEATED, CORRECTED))
        touched = chances.some_of(range(len(records)), repeated + corrected)
        wrong = set(touched[1::2][:corrected])
        for k in reversed(touched):  # from the last, so that those still to come stand where they stood
            if k in wrong:
                corrections.append(dict(records[k]))
                records[k].update(_outdated(records[k]))
            else:
                records.insert(k + chances.below(2), _outdated(records[k]))
        for k in range(PLACELESS // len(by_year) + (y < PLACELESS % len(by_year))):
            records.append(_placeless(records[k], _FIRST_SERIAL + 10 * y + k))
    by_year[0][-1]["统一社会信用代码"] = _mistyped(by_year[0][-1]["统一社会信用代码"])
    by_year[-1].extend(_placeless(by_year[-1][k], _FIRST_SERIAL + 90 + k) | {"年份": ""} for k in range(YEARLESS))
    return corrections


def of_financings(records: list[Record], chances: Chances) -> None:
    """Add rounds without a date, of companies that nobody knows, in other money, and of an amount that is not told."""
    picked = iter(chances.some_of(records, DATELESS + UNKNOWN_COMPANY + UNKNOWN_MONEY + UNDISCLOSED))
    added = [next(picked) | {"日期": ""} for _ in range(DATELESS)]
    added += [
        next(picked) | {"统一社会信用代码": credit_code("110108", _FIRST_SERIAL + 100 + k)}
        for k in range(UNKNOWN_COMPANY)
    ]
    added += [next(picked) | {"单位": "万美元"} for _ in range(UNKNOWN_MONEY)]
    added += [next(picked) | {"金额": "", "单位": ""} for _ in range(UNDISCLOSED)]
    records += added


def of_policies(records: list[Record], chances: Chances) -> None:
    """Add policies of the whole country."""
    picked = [record for record in records if record["标题"].startswith("关于") and record["发布日期"] > str(YEARS[0])]
    records += [
        record | {"地区代码": _NOBODYS, "地区": "全国", "正文": ""} for record in chances.some_of(picked, NATIONAL)
    ]


def _outdated(record: Record) -> Record:
    """What the register said half a year before."""
    return record | {
        "名称": record["名称"].replace("有限公司", "（曾用名）有限公司"),
        "专利": str(int(record["专利"]) // 2),
        "更新时间": record["更新时间"].replace("-12-", "-06-"),
    }


def _mistyped(code: str) -> str:
    """A code whose check character is another."""
    return code[:-1] + ("0" if code[-1] != "0" else "1")


def _placeless(record: Record, serial: int) -> Record:
    return record | {
        "统一社会信用代码": credit_code(_NOBODYS, serial),
        "名称": f"示例{serial}号有限公司",
        "注册地址": f"示例路{serial % 100}号",
        "行政区划代码": "",
        "网站": "",
    }
