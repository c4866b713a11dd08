"""What weights are made from, one formula a weighting: of a child's own scores, then held against its siblings'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...core.moments import ROUNDING
from ...model.method import Weighting
from .mean_formulas import number
from .working import FULL

_BY_PARTS = {Weighting.ENTROPY, Weighting.GINI, Weighting.MEREC}
_SPREAD = {Weighting.STANDARD_DEVIATION, Weighting.COEFFICIENT_OF_VARIATION, Weighting.ANGLE, *_BY_PARTS}
BY_SPREAD = _SPREAD | {Weighting.CRITIC}  # weights grow with the measure; all 0 is the same for all


@dataclass(frozen=True, slots=True)
class Measured:
    """Cells of one child: its scores over the units, how many there are, how far they are off the optimum, and
    what some weightings make of each."""

    scores: str
    count: str
    distance: str
    parts: str = ""


@dataclass(frozen=True, slots=True)
class Against:
    """Cells of one child among its siblings: counts, measures, information; `given` is its weight in the framework."""

    count: str
    measure: str
    measures: str
    information: str
    informations: str
    given: str


def measure(kind: Weighting, child: Measured) -> str:
    """What a child's scores tell by themselves; blank without any."""
    cells, n = child.scores, child.count
    if kind not in BY_SPREAD:
        return f'IF({n}=0,"",{child.distance})'
    deviation = f"SQRT(DEVSQ({cells})/{n})"
    mean = f"ABS(AVERAGE({cells}))"
    found = {
        Weighting.STANDARD_DEVIATION: f"{deviation}/{FULL}",
        Weighting.CRITIC: f"{deviation}/{FULL}",
        Weighting.COEFFICIENT_OF_VARIATION: f"IF({mean}=0,0,{deviation}/{mean})",
        Weighting.ANGLE: f"ATAN2({mean},{deviation})",
        Weighting.ENTROPY: f"IF({mean}=0,0,MAX(0,SUM({child.parts})*{FULL}/SUM({cells})-LN({mean}/{FULL}))"
        f"/LN(MAX({n},2)))",
        Weighting.GINI: f"IF({mean}=0,0,SUM({child.parts})*{FULL}/{n}/SUM({cells}))",
        Weighting.MEREC: f"SUM({child.parts})/{n}",
    }[kind]
    # By the ends: some programs' sums of squares are not exact for values that are all but the same.
    alike = f"MAX({cells})-MIN({cells})<={number(ROUNDING)}*{mean}"
    return f'IF({n}=0,"",IF({alike},0,{found}))'


def conflict(child: Measured, own: str, siblings: Sequence[tuple[str, str]]) -> str:
    """CRITIC's information: the spread times the sum over the siblings that vary of 1 less the correlation.

    `siblings` are the cells of the others' scores and of their spread. Correlations of 1 but for rounding are 1.
    """
    parts = "+".join(
        f"IF(N({spread})>0,1-IFERROR(ROUND(CORREL({child.scores},{cells}),12),0),0)" for cells, spread in siblings
    )
    return f"N({own})*({parts or '0'})"


def closeness(kind: Weighting, cells: Against) -> str:
    """In proportion to what a child is weighted; 0 without any value."""
    n, m = cells.count, cells.measure
    found = {
        Weighting.EQUAL: "1",
        Weighting.GIVEN: cells.given,
        Weighting.IMPROVED_VECTOR: _nearest(cells, f"MIN({cells.measures})/{m}"),
        Weighting.INVERSE_DISTANCE: _nearest(cells, f"SQRT(MIN({cells.measures})/{m})"),
        Weighting.ONE_MINUS_DISTANCE: f"IF(MIN({cells.measures})>=1,1,MAX(0,1-SQRT({m})))",
        Weighting.INVERSE_ONE_PLUS_DISTANCE: f"1/(1+SQRT({m}))",
        Weighting.CRITIC: f"IF(MAX({cells.informations})>0,{cells.information},"
        f"IF(MAX({cells.measures})=0,1,IF({m}>0,1,0)))",
    }.get(kind, f"IF(MAX({cells.measures})=0,1,{m})")
    return f"IF({n}=0,0,{found})"


def _nearest(cells: Against, otherwise: str) -> str:
    """Those at the optimum share everything, where there are any."""
    return f"IF(MIN({cells.measures})=0,IF({cells.measure}=0,1,0),{otherwise})"


def added(given: str, found: str, share: float) -> str:
    """Two sets of shares as one, in proportion."""
    return f"{number(share)}*{given}+{number(1.0 - share)}*{found}"


def multiplied(given: str, found: str, share: float) -> str:
    """The same, multiplied: 0 where one of them is. (Sheets know no 0 to the power 0.)"""
    if share in (0.0, 1.0):
        return given if share else found
    return f"({given})^{number(share)}*({found})^{number(1.0 - share)}"
