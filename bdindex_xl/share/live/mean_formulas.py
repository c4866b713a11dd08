"""How a parent's score follows from its children's cells, one formula a kind of mean.

Each gives text for the scores of the children that have a value and weight; `pairs` are their cells and those of their
weights, `under` the sum of the weights that count. What is beyond a cell's 8,192 characters is refused by `capacity`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...model.method import Aggregation
from .working import FULL

Pairs = Sequence[tuple[str, str]]

_BEYOND = "1E+300"  # a score that none reaches
_HAIR = 1e-12  # as in `core.means`: half of the weight but for rounding is half
_SMALL = 10  # exponents up to which powers of any score are numbers
NEAR_0 = 1e-3  # exponents nearer to 0, but for 0 itself, lose digits in a power of their reciprocal


def number(value: float) -> str:
    """A number as formulas have it.

    >>> number(0.5), number(-1e-12)
    ('0.5', '-1E-12')
    """
    return f"{value:.17G}" if float(f"{value:G}") != value else f"{value:G}"


def _terms(pairs: Pairs, term: str) -> str:
    """A sum of a term for each child; `term` has the places z, its score's cell, and w, its weight's."""
    return "+".join(term.format(z=z, w=w) for z, w in pairs)


def _each(pairs: Pairs, term: str) -> str:
    return ",".join(term.format(z=z, w=w) for z, w in pairs)


def arithmetic(pairs: Pairs, under: str, exponent: float) -> str:
    """Σ w z / Σ w."""
    return f"({_terms(pairs, 'N({z})*{w}')})/({under})"


def power(pairs: Pairs, under: str, exponent: float) -> str:
    """(Σ w zᵖ / Σ w)^(1/p), which is the geometric mean where p is 0. By ratios to the greatest or least score where p
    is far from 0, so that no power is too large or too small for a number."""
    if not exponent:
        return geometric(pairs, under, exponent)
    p, end = f"({number(exponent)})", FULL
    if exponent > 0:
        if exponent > _SMALL:
            end = f"MAX({_each(pairs, 'IF({w}>0,N({z}),0)')})"
        sum_ = _terms(pairs, f"IF(ISNUMBER({{z}}),{{w}}*({{z}}/{end})^{p},0)")
        return f"IF({end}=0,0,{end}*(({sum_})/({under}))^(1/{p}))"
    if exponent < -_SMALL:
        end = minimum(pairs, under, exponent)
    sum_ = _terms(pairs, f"IF(N({{z}})>0,{{w}}*({{z}}/{end})^{p},0)")
    return f"IF({_any_nought(pairs)}>0,0,{end}*(({sum_})/({under}))^(1/{p}))"


def geometric(pairs: Pairs, under: str, exponent: float) -> str:
    """Π z^(w / Σ w); 0 where any is 0."""
    logs = _terms(pairs, f"IF(N({{z}})>0,{{w}}*LN({{z}}/{FULL}),0)")
    return f"IF({_any_nought(pairs)}>0,0,{FULL}*EXP(({logs})/({under})))"


def harmonic(pairs: Pairs, under: str, exponent: float) -> str:
    """Σ w / Σ (w / z); 0 where any is 0."""
    return f"IF({_any_nought(pairs)}>0,0,({under})/({_terms(pairs, 'IF(N({z})>0,{w}/{z},0)')}))"


def minimum(pairs: Pairs, under: str, exponent: float) -> str:
    """The least score that has weight."""
    return f"MIN({_each(pairs, f'IF(ISNUMBER({{z}})*{{w}}>0,{{z}},{_BEYOND})')})"


def median(pairs: Pairs, under: str, exponent: float) -> str:
    """The score with at most half of the weight below it and at most half above; the mean of two that are that."""
    ends = []
    for half in (f">={number(0.5 - _HAIR)}*({under})", f">{number(0.5 + _HAIR)}*({under})"):
        reached = []
        for own, weight in pairs:
            up_to = _terms(pairs, f"ISNUMBER({{z}})*(N({{z}})<=N({own}))*{{w}}")
            reached.append(f"IF(AND(ISNUMBER({own})*{weight}>0,{up_to}{half}),{own},{_BEYOND})")
        ends.append(f"MIN({','.join(reached)})")
    return f"({ends[0]}+{ends[1]})/2"


def _any_nought(pairs: Pairs) -> str:
    """How much weight is of scores of 0."""
    return _terms(pairs, "ISNUMBER({z})*(N({z})<=0)*{w}")


def maximum(pairs: Pairs, under: str, exponent: float) -> str:
    """The greatest score that has weight."""
    return f"MAX({_each(pairs, f'IF(ISNUMBER({{z}})*{{w}}>0,{{z}},-{_BEYOND})')})"


def mean_min(pairs: Pairs, under: str, exponent: float) -> str:
    """Halfway between the weighted mean and the least score."""
    return f"({arithmetic(pairs, under, exponent)}+{minimum(pairs, under, exponent)})/2"


MEAN_FORMULAS: dict[Aggregation, Callable[[Pairs, str, float], str]] = {
    Aggregation.ARITHMETIC: arithmetic,
    Aggregation.GEOMETRIC: geometric,
    Aggregation.HARMONIC: harmonic,
    Aggregation.POWER_MEAN: power,
    Aggregation.MEDIAN: median,
    Aggregation.MINIMUM: minimum,
    Aggregation.MAXIMUM: maximum,
    Aggregation.MEAN_MIN: mean_min,
}
