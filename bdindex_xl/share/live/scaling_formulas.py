"""Scores from raw values, one formula a normalisation; blank where all values are equal, #N/A where the engine refuses.

Blanks are text, and so greater than any number: what is compared with a range minds that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...core.moments import ROUNDING
from ...model.method import Method, Normalisation
from .mean_formulas import number
from .working import FULL


@dataclass(frozen=True, slots=True)
class Scaled:
    """Cells that a score follows from: its raw value, all values of the scope, and what block 2 has of these: least,
    greatest, and what else the normalisation goes by; of the base year, the value then alone. `up` where more is
    better; values `near` each other are equal. The method is the one whose numbers formulas have."""

    value: str
    values: str
    by: tuple[str, ...]
    up: bool
    method: Method
    near: str = ""

    @property
    def ends(self) -> tuple[str, str]:
        return self.by[0], self.by[1]

    @property
    def worse(self) -> str:
        """How many values are worse."""
        if self.up:
            return f"SUMPRODUCT(({self.values}<{self.value}{self.near and f'-{self.near}'})*1)"
        above = f"{self.value}{self.near and f'+{self.near}'}"
        return f"SUMPRODUCT(({self.values}>{above})*({self.values}<={self.ends[1]}))"

    @property
    def halves(self) -> str:
        """How many are worse, and half of the others that are equal."""
        alike = f"({self.values}={self.value})*1"
        if self.near:
            alike = f"({self.values}>={self.value}-{self.near})*({self.values}<={self.value}+{self.near})"
        return f"({self.worse}+(SUMPRODUCT({alike})-1)/2)"

    @property
    def constant(self) -> str:
        """Whether all values are the same."""
        low, high = self.ends
        return f"{high}-{low}<={self.near}" if self.near else f"{high}={low}"


def _min_max(one: Scaled) -> str:
    return _unless_constant(one, _way(one))


def _goalposts(one: Scaled) -> str:
    return f"MAX(0,MIN({FULL},{_way(one)}))"


def _z_score(one: Scaled) -> str:
    _, _, mean, deviation = one.by
    away = f"{one.value}-{mean}" if one.up else f"{mean}-{one.value}"
    return _unless_constant(one, f"(0.5+({away})/{deviation}/10)*{FULL}")


def _rank(one: Scaled) -> str:
    return _unless_constant(one, f"({one.halves}+1)/COUNT({one.values})*{FULL}")


def _exponential_rank(one: Scaled) -> str:
    places, c = f"({one.halves}+{one.method.first_place})", number(one.method.rank_constant)
    stretched = f"-{c}/100*LN(1-{places}/COUNT({one.values})*(1-EXP(-100/{c})))"
    return _unless_constant(one, f"MIN(1,{stretched})*{FULL}")


def _percentile_rank(one: Scaled) -> str:
    return _unless_constant(one, f"{one.worse}/(COUNT({one.values})-1)*{FULL}")


def _borda(one: Scaled) -> str:
    return _unless_constant(one, f"{one.halves}/(COUNT({one.values})-1)*{FULL}")


def _distance_to_target(one: Scaled) -> str:
    low, high, target = one.by
    worst, sign = (low, "") if one.up else (high, "-")
    score = f"MIN({FULL},({one.value}-{worst})/({target}-{worst})*{FULL})"
    return _unless_constant(one, f"IF({sign}({target}-{worst})>0,{score},NA())")


def _distance_to_reference(one: Scaled) -> str:
    low, high, mean = one.by
    worst = low if one.up else high
    score = f"({one.value}-{worst})/({mean}-{worst})*{FULL}"
    return _unless_constant(one, f'IF(ABS({mean}-{worst})<={number(ROUNDING)}*({high}-{low}),"",{score})')


def _fraction_of_maximum(one: Scaled) -> str:
    low, high = one.ends
    score = _unless_constant(one, f"{one.value}/{high}*{FULL}" if one.up else f"{low}/{one.value}*{FULL}")
    return f"IF({low}{'<' if one.up else '<='}0,NA(),{score})"


def _way(one: Scaled) -> str:
    """Where a value lies between the ends."""
    low, high = one.ends
    return f"{f'({one.value}-{low})' if one.up else f'({high}-{one.value})'}/({high}-{low})*{FULL}"


def _unless_constant(one: Scaled, score: str) -> str:
    return f'IF({one.constant},"",{score})'


def _base_year(one: Scaled) -> str:
    (then,) = one.by
    score, wrong = (f"{one.value}/{then}", "<0") if one.up else (f"{then}/{one.value}", "<=0")
    return f'IF({one.value}{wrong},NA(),IF(N({then})>0,{score}*{FULL},""))'


SCALING_FORMULAS: dict[Normalisation, Callable[[Scaled], str]] = {
    Normalisation.MIN_MAX: _min_max,
    Normalisation.DISTANCE_TO_MAXIMUM: _min_max,
    Normalisation.GOALPOSTS: _goalposts,
    Normalisation.Z_SCORE: _z_score,
    Normalisation.RANK: _rank,
    Normalisation.EXPONENTIAL_RANK: _exponential_rank,
    Normalisation.PERCENTILE_RANK: _percentile_rank,
    Normalisation.BORDA: _borda,
    Normalisation.DISTANCE_TO_TARGET: _distance_to_target,
    Normalisation.DISTANCE_TO_REFERENCE: _distance_to_reference,
    Normalisation.FRACTION_OF_MAXIMUM: _fraction_of_maximum,
    Normalisation.BASE_YEAR: _base_year,
}
