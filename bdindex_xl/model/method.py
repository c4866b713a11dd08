"""A method: one choice of each kind. What each does stands with its source in `choices`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ..errors import FrameworkError
from ..language import Text, same
from .choices import Aggregation as Aggregation
from .choices import Imputation as Imputation
from .choices import Normalisation as Normalisation
from .choices import Transformation as Transformation
from .choices import Treatment as Treatment
from .choices import Weighting as Weighting
from .parameters import SHARE, Field, parameter, parameters_of


class Scope(StrEnum):
    """Over which values a bound or a weight is found."""

    YEAR = "year"
    PANEL = "panel"


class Mixing(StrEnum):
    """How given weights and found ones become one set."""

    ARITHMETIC = "arithmetic"
    MULTIPLICATIVE = "multiplicative"


class MissingWeights(StrEnum):
    """What becomes of the weight of a child that a unit lacks."""

    PROPORTIONAL = "proportional"
    EQUAL = "equal"
    KEPT = "kept"


def _treats(method: Method) -> bool:
    return method.treatment is not Treatment.NONE


def _stretches(method: Method) -> bool:
    return method.normalisation is Normalisation.EXPONENTIAL_RANK


def _by_programmes(method: Method) -> bool:
    return method.aggregation is Aggregation.BENEFIT_OF_THE_DOUBT


@dataclass(frozen=True, slots=True)
class Method:
    """All choices of a computation. Made of enums or of their strings, it holds enums.

    `min_available` is a share [0–1]; `given_share` [0–1] is that of the framework's given weights in a mix with those
    that `weighting` finds; `exponent` is that of the power mean. With `upward_penalty` the Mazziotta-Pareto indices add
    for unevenness what they else take off; `least_share` and `greatest_share` [0–1] bound what each child makes up of a
    unit's sum in benefit of the doubt. `scale` is what full marks are shown as; ranks are
    decided by scores of that many `decimals` on that scale, and with `round_levels` every score is rounded before it
    goes into the next level. Indicators beyond `skewness_limit` and `kurtosis_limit` are treated; winsorising moves
    `max_winsorised` values at most. A unit without a score has less than `min_available` of a parent's children, or
    fewer than `min_children`; one with less than `unit_available` of all indicators is left out. `missing_weights` says
    where the weight of what is missing goes. `rank_constant` [hundredths of full marks] is that of exponential ranks,
    and `first_place` the place of the worst unit there.

    Each field is a record with its default and what it may be: the settings sheet, the digest and all checks go by it.
    """

    weighting: Field[Weighting, Weighting | str] = parameter(Weighting.IMPROVED_VECTOR)
    normalisation: Field[Normalisation, Normalisation | str] = parameter(Normalisation.MIN_MAX)
    scope: Field[Scope, Scope | str] = parameter(Scope.YEAR)
    weights_scope: Field[Scope, Scope | str] = parameter(Scope.YEAR)
    aggregation: Field[Aggregation, Aggregation | str] = parameter(Aggregation.ARITHMETIC)
    min_available: Field[float, float] = parameter(0.65, limits=SHARE)
    treatment: Field[Treatment, Treatment | str] = parameter(Treatment.NONE)
    imputation: Field[Imputation, Imputation | str] = parameter(Imputation.NONE)
    given_share: Field[float, float] = parameter(0.0, limits=SHARE)
    mixing: Field[Mixing, Mixing | str] = parameter(Mixing.ARITHMETIC, matters=lambda method: method.given_share > 0)
    exponent: Field[float, float] = parameter(
        # Beyond 100 the mean is the greatest or the least child to all digits.
        0.5, limits=(-100.0, 100.0), matters=lambda method: method.aggregation is Aggregation.POWER_MEAN
    )  # fmt: skip
    upward_penalty: Field[bool, bool | str] = parameter(
        default=False, added=True, matters=lambda method: method.aggregation in (Aggregation.MPI, Aggregation.AMPI)
    )
    least_share: Field[float, float] = parameter(0.0, limits=SHARE, added=True, matters=_by_programmes)
    greatest_share: Field[float, float] = parameter(1.0, limits=SHARE, added=True, matters=_by_programmes)
    scale: Field[float, float] = parameter(100.0, limits=(0.001, 1e6), added=True)
    decimals: Field[int | None, int | None] = parameter(None, limits=(0, 10), whole=True, added=True)
    round_levels: Field[bool, bool | str] = parameter(
        default=False, added=True, matters=lambda method: method.decimals is not None
    )

    skewness_limit: Field[float, float] = parameter(2.0, limits=(0.0, 100.0), added=True, matters=_treats)
    kurtosis_limit: Field[float, float] = parameter(3.5, limits=(-10.0, 1e4), added=True, matters=_treats)
    max_winsorised: Field[int, int] = parameter(5, limits=(0, 1000), whole=True, added=True, matters=_treats)
    min_children: Field[int, int] = parameter(0, limits=(0, 1000), whole=True, added=True)
    unit_available: Field[float, float] = parameter(0.0, limits=SHARE, added=True)
    missing_weights: Field[MissingWeights, MissingWeights | str] = parameter(MissingWeights.PROPORTIONAL, added=True)
    # Below 10 nearly all marks are the best unit's, and spreadsheets' logarithms have no digits left for the others.
    rank_constant: Field[float, float] = parameter(23.0, limits=(10.0, 1000.0), added=True, matters=_stretches)
    first_place: Field[int, int] = parameter(1, limits=(0, 1), whole=True, added=True, matters=_stretches)

    # Every stage of a computation asks what is kept for its method, and enums take their time to hash.
    _hash: int = field(init=False, repr=False, compare=False, metadata={"digest": False})

    def __post_init__(self) -> None:
        given = {name: getattr(self, name) for name in PARAMETERS}
        made = {name: PARAMETERS[name].checked(name, value) for name, value in settled(given).items()}
        for name, value in made.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_hash", hash(tuple(made.values())))

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type[Method], tuple[Any, ...]]:
        return Method, tuple(getattr(self, name) for name in PARAMETERS)  # texts hash otherwise in another process


PARAMETERS = parameters_of(Method)
CHOICES: dict[str, type[StrEnum]] = {name: one.kind for name, one in PARAMETERS.items() if one.kind is not None}
GOALPOSTS_SCOPE = "goalposts"  # what older versions called the normalisation by goalposts
_GOALPOSTS_ALONE = Text(
    "scope 为 goalposts 时，normalisation 应为 min-max 或 goalposts，实为 {found}",
    "normalisation: with the scope goalposts expected min-max or goalposts, found {found}",
)


def settled(choices: Mapping[str, Any]) -> dict[str, Any]:
    """Choices, or settings, as they are made today: goalposts were a scope of min-max once, and are a normalisation.

    Raises FrameworkError where that scope stands beside another normalisation.

    >>> settled({"scope": "goalposts", "normalisation": "min-max"})
    {'scope': 'year', 'normalisation': 'goalposts'}
    """
    made = dict(choices)
    if made.get("scope") == GOALPOSTS_SCOPE:
        found = made.get("normalisation", Normalisation.MIN_MAX)
        if found not in (Normalisation.MIN_MAX, Normalisation.GOALPOSTS):
            raise FrameworkError(_GOALPOSTS_ALONE.format(found=same(found)))
        made |= {"scope": str(Scope.YEAR), "normalisation": str(Normalisation.GOALPOSTS)}
    return made
