"""Invented companies, a record a company and year, that add up to the sample's companies, values, patents and staff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from .chances import Chances
from .codes import credit_code
from .places import FORMER, YEARS, Place

FIELDS = (
    "年份", "统一社会信用代码", "名称", "注册地址", "行政区划代码", "上市", "独角兽", "瞪羚", "高新技术", "市值",
    "市值单位", "估值", "网站", "专利", "软件著作权", "技术人员", "更新时间",
)  # fmt: skip
# What amounts are stated in.
MONEY = ("亿元", "万元", "元")
_TRADES = (
    "大数据",
    "数据科技",
    "云计算",
    "智能科技",
    "软件",
    "信息技术",
    "物联网科技",
    "数字科技",
    "网络科技",
    "算力科技",
)
_FLAGS = {"A12": "上市", "A13": "独角兽", "A15": "高新技术", "A14": "瞪羚", "A24": "网站"}
_WITHOUT_CODE = 0.03  # share of companies whose register holds an address alone


@dataclass(slots=True, eq=False)
class Identity:
    """Who a company is, wherever it has moved.

    Parameters
    ----------
    serial
        Its number among all.
    region, city
        Administrative code of where it registered first, and how its name begins.
    trade
        How its name ends.
    money
        In what its market value is stated.
    """

    serial: int
    region: str
    city: str
    trade: str
    money: str

    @property
    def code(self) -> str:
        """Unified social credit code, which stays when it moves."""
        return credit_code(self.region, self.serial)

    @property
    def name(self) -> str:
        return f"{self.city}示例{self.serial:04d}号{self.trade}有限公司"


@dataclass(slots=True, eq=False)
class Seat:
    """What one company in a place has in each year from its first; who sits there may change.

    Parameters
    ----------
    place
        Where it is.
    region, address
        Administrative code, blank where the register has none, and address.
    born
        Place in `YEARS` of its first year.
    since
        By flag, the place in `YEARS` from which it holds.
    patents, software, staff, market, valuation
        A number for each of `YEARS`; money in units of 10,000 yuan.
    who
        Whose seat it is, in each of `YEARS`.
    """

    place: Place
    region: str
    address: str
    born: int
    who: list[Identity]
    since: dict[str, int] = field(default_factory=dict)
    patents: list[int] = field(default_factory=lambda: [0] * len(YEARS))
    software: list[int] = field(default_factory=lambda: [0] * len(YEARS))
    staff: list[int] = field(default_factory=lambda: [0] * len(YEARS))
    market: list[int] = field(default_factory=lambda: [0] * len(YEARS))
    valuation: list[int] = field(default_factory=lambda: [0] * len(YEARS))

    def has(self, flag: str, y: int) -> bool:
        return self.since.get(flag, len(YEARS)) <= y

    @property
    def plain(self) -> bool:
        """Whether it is never listed and never a unicorn."""
        return not {"上市", "独角兽"} & self.since.keys()


def seats(places: Sequence[Place], chances: Chances) -> list[Seat]:
    """All seats, place by place, the oldest first."""
    found: list[Seat] = []
    for place in places:
        found += _of_place(place, len(found), chances)
    return found


def _of_place(place: Place, before: int, chances: Chances) -> list[Seat]:
    counts = place.counts["A11"]
    here = [_seat(place, before + k, counts, k, chances) for k in range(int(counts[-1]))]
    for code, flag in _FLAGS.items():
        _flag(here, flag, place.counts[code], chances)
    sizes = [chances.size() * (6.0 if not seat.plain else 1.0) for seat in here]
    for y in range(len(YEARS)):
        there = [k for k, seat in enumerate(here) if seat.born <= y]
        for code in ("B11", "B12"):
            now, last = place.counts[code][y], place.counts[code][y - 1] if y else 0.0
            for k, more in zip(there, _parts(now - last, there, sizes, chances), strict=True):
                held = here[k].patents if code == "B11" else here[k].software
                held[y] = (held[y - 1] if y else 0) + more
        _shared(here, "上市", "market", round(place.counts["A21"][y] * 10_000), y, chances, least=1)
        _shared(here, "独角兽", "valuation", round(place.counts["A22"][y] * 100), y, chances, least=1)
        _shared(here, "上市", "staff", int(place.counts["B22"][y]), y, chances)
    for seat in here:
        seat.valuation = [value * 100 for value in seat.valuation]  # kept to a hundredth of 亿元
        if "上市" not in seat.since and "高新技术" in seat.since:  # companies that are not listed have staff as well
            first = 4 + chances.below(40)
            seat.staff = [first + 3 * y if y >= seat.born else 0 for y in range(len(YEARS))]
    return here


def _seat(place: Place, serial: int, counts: Sequence[float], k: int, chances: Chances) -> Seat:
    region, area = chances.one_of(place.sites())
    quoted, address = region, f"{area}示例路{1 + chances.below(999)}号"
    if place.code in FORMER and k % 40 == 0:
        quoted, area = FORMER[place.code]
        address = f"{area}示例路{1 + k}号"
    elif chances.share() < _WITHOUT_CODE:
        quoted = ""
    born = next(y for y, n in enumerate(counts) if k < n)
    identity = Identity(serial, region, _short(area, place), chances.one_of(_TRADES), chances.one_of(MONEY))
    return Seat(place, quoted, address, born, [identity] * len(YEARS))


def _short(area: str, place: Place) -> str:
    """The city in the company's name."""
    name = area.removeprefix(place.province) if place.own else place.name
    return name.removesuffix("市")


def _flag(here: list[Seat], flag: str, counts: Sequence[float], chances: Chances) -> None:
    """Let as many hold the flag in each year as are counted; who has it, keeps it. Nobody is listed and a unicorn."""
    for y, n in enumerate(counts):
        free = [seat for seat in here if seat.born <= y and flag not in seat.since]
        if flag == "独角兽":
            free = [seat for seat in free if "上市" not in seat.since]
        more = int(n) - sum(flag in seat.since for seat in here)
        prominent = [seat for seat in free if not seat.plain] if flag in ("高新技术", "网站") else []
        first = prominent[:more]
        rest = [seat for seat in free if seat.plain or not prominent]
        for seat in first + chances.some_of(rest, more - len(first)):
            seat.since[flag] = y


def _parts(total: float, there: list[int], sizes: list[float], chances: Chances) -> list[int]:
    uneven = [sizes[k] * (0.5 + chances.share()) for k in there]
    return chances.parts(int(total), uneven) if there else []


def _shared(here: list[Seat], flag: str, what: str, total: int, y: int, chances: Chances, least: int = 0) -> None:
    """Share a place's total among those that hold the flag, who were large staying large."""
    holding = [seat for seat in here if seat.has(flag, y)]
    if not holding:
        if total:
            raise ValueError(f"{here[0].place.name if here else '?'} has {what} without anyone who is {flag}")
        return
    sizes = [(0.2 + seat.who[0].serial * 37 % 101 / 50.0) * (0.9 + 0.2 * chances.share()) for seat in holding]
    for seat, part in zip(holding, chances.parts(total, sizes, least), strict=True):
        getattr(seat, what)[y] = part


def move(all_seats: Sequence[Seat], n: int, chances: Chances) -> list[tuple[Seat, Seat, int]]:
    """Let `n` companies move to where others would have been founded, and those be founded where they came from.

    What is counted in each place stays as it was; returned is who left which seat for which, and when.
    """
    settled = [seat for seat in all_seats if seat.plain and seat.born == 0 and not seat.place.own and seat.region]
    moves: list[tuple[Seat, Seat, int]] = []
    for _ in range(40 * n):
        old, y = chances.one_of(settled), 2 + len(moves) % 3
        if old.who[-1] is not old.who[0]:
            continue
        new = next(
            (
                seat
                for seat in chances.some_of(all_seats, 300)
                if seat.plain and seat.born == y and seat.region and seat.place is not old.place and not seat.place.own
                and seat.who[y] is seat.who[0] and seat.patents[y] >= old.patents[y - 1]
                and seat.software[y] >= old.software[y - 1]
            ),
            None,
        )  # fmt: skip
        if new is not None:
            mover, founded = old.who[0], replace(new.who[0], region=old.who[0].region, city=old.who[0].city)
            old.who[y:], new.who[y:] = [founded] * (len(YEARS) - y), [mover] * (len(YEARS) - y)
            moves.append((old, new, y))
        if len(moves) == n:
            return moves
    raise ValueError(f"only {len(moves)} of {n} companies found where to go")


def records(all_seats: Sequence[Seat], y: int, chances: Chances) -> Iterator[dict[str, str]]:
    """The records of a year, in the order of the seats."""
    for seat in all_seats:
        if seat.born <= y:
            yield _record(seat, y, chances)


def _record(seat: Seat, y: int, chances: Chances) -> dict[str, str]:
    who, listed, unicorn = seat.who[y], seat.has("上市", y), seat.has("独角兽", y)
    flags = {flag: "是" if seat.has(flag, y) else "否" for flag in ("上市", "独角兽", "瞪羚", "高新技术")}
    return {
        "年份": str(YEARS[y]),
        "统一社会信用代码": who.code,
        "名称": who.name,
        "注册地址": seat.address,
        "行政区划代码": seat.region,
        **flags,
        "市值": stated(seat.market[y], who.money) if listed else "",
        "市值单位": who.money if listed else "",
        "估值": stated(seat.valuation[y], "亿元") if unicorn else "",
        "网站": f"https://c{who.serial:04d}.example" if seat.has("网站", y) else "",
        "专利": str(seat.patents[y]),
        "软件著作权": str(seat.software[y]),
        "技术人员": str(seat.staff[y]) if seat.staff[y] or listed else "",
        "更新时间": f"{YEARS[y]}-12-{1 + chances.below(28):02d} {8 + chances.below(10):02d}:{chances.below(60):02d}:00",
    }


def stated(amount: int, money: str) -> str:
    """An amount in units of 10,000 yuan as a register states it, exactly.

    >>> stated(123_450_000, "亿元"), stated(5, "亿元"), stated(5, "元")
    ('12345', '0.0005', '50000')
    """
    if money == "元":
        return str(amount * 10_000)
    if money == "万元":
        return str(amount)
    whole, rest = divmod(amount, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".") if rest else str(whole)
