"""A method: one choice of each kind. What each does stands with its source in `choices`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from numbers import Real
from typing import Any

from ..errors import FrameworkError
from ..language import Text, joined, same
from .choices import Aggregation as Aggregation
from .choices import Imputation as Imputation
from .choices import Normalisation as Normalisation
from .choices import Treatment as Treatment
from .choices import Weighting as Weighting


class Scope(StrEnum):
    """Over which values a bound or a weight is found."""

    YEAR = "year"
    PANEL = "panel"


class Mixing(StrEnum):
    """How given weights and found ones become one set."""

    ARITHMETIC = "arithmetic"
    MULTIPLICATIVE = "multiplicative"


@dataclass(frozen=True, slots=True, init=False)
class Method:
    """All choices of a computation. Made of enums or of their strings, it holds enums.

    `min_available` is a share [0–1]; `given_share` [0–1] is that of the framework's given weights in a mix with those
    that `weighting` finds; `exponent` is that of the power mean.
    """

    weighting: Weighting
    normalisation: Normalisation
    scope: Scope
    weights_scope: Scope
    aggregation: Aggregation
    min_available: float
    treatment: Treatment
    imputation: Imputation
    given_share: float
    mixing: Mixing
    exponent: float

    def __init__(
        self,
        weighting: Weighting | str = Weighting.IMPROVED_VECTOR,
        normalisation: Normalisation | str = Normalisation.MIN_MAX,
        scope: Scope | str = Scope.YEAR,
        weights_scope: Scope | str = Scope.YEAR,
        aggregation: Aggregation | str = Aggregation.ARITHMETIC,
        min_available: float = 0.65,
        treatment: Treatment | str = Treatment.NONE,
        imputation: Imputation | str = Imputation.NONE,
        given_share: float = 0.0,
        mixing: Mixing | str = Mixing.ARITHMETIC,
        exponent: float = 0.5,
    ) -> None:
        choices = {
            "weighting": weighting, "normalisation": normalisation, "scope": scope, "weights_scope": weights_scope,
            "aggregation": aggregation, "treatment": treatment, "imputation": imputation, "mixing": mixing,
        }  # fmt: skip
        made: dict[str, StrEnum | float] = {
            name: choice(name, CHOICES[name], value) for name, value in settled(choices).items()
        }
        made["min_available"] = _checked_share("min_available", min_available)
        made["given_share"] = _checked_share("given_share", given_share)
        made["exponent"] = _checked_exponent(exponent)
        for name, value in made.items():
            object.__setattr__(self, name, value)


CHOICES: dict[str, type[StrEnum]] = {
    "weighting": Weighting,
    "normalisation": Normalisation,
    "scope": Scope,
    "weights_scope": Scope,
    "aggregation": Aggregation,
    "treatment": Treatment,
    "imputation": Imputation,
    "mixing": Mixing,
}
GOALPOSTS_SCOPE = "goalposts"  # what older versions called the normalisation by goalposts
_LARGEST_EXPONENT = 100.0  # beyond it the mean is the greatest or the least child to all digits
_GOALPOSTS_ALONE = Text(
    "scope 为 goalposts 时，normalisation 应为 min-max 或 goalposts，实为 {found}",
    "normalisation: with the scope goalposts expected min-max or goalposts, found {found}",
)
_EXPONENT = Text(
    "exponent 应为 -{limit:g} 到 {limit:g} 的数，实为 {found}",
    "exponent: expected a number from -{limit:g} to {limit:g}, found {found}",
)
_SHARE = Text("{name} 应为 0 到 1 的数，实为 {found}", "{name}: expected a number from 0 to 1, found {found}")


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


def choice(name: str, kind: type[StrEnum], value: str) -> StrEnum:
    """The choice of that name. Raises FrameworkError where there is none."""
    try:
        return kind(value)
    except ValueError:
        raise _not_one_of(name, tuple(kind), value) from None


def is_number(value: object) -> bool:
    """Whether a value is a real number of any type, numpy's too; True and False are none."""
    return isinstance(value, Real) and not isinstance(value, bool)


def _checked_share(name: str, share: float) -> float:
    if not is_number(share) or not 0 <= share <= 1:
        raise FrameworkError(_SHARE.format(name=name, found=repr(share)))
    return float(share)


def _checked_exponent(exponent: float) -> float:
    if not is_number(exponent) or not abs(exponent) <= _LARGEST_EXPONENT:
        raise FrameworkError(_EXPONENT.format(limit=_LARGEST_EXPONENT, found=repr(exponent)))
    return float(exponent)


def _not_one_of(name: str, allowed: Iterable[str], found: object) -> FrameworkError:
    names = joined([same(one) for one in allowed])
    text = Text("{name} 应为 {allowed} 之一，实为 {found}", "{name}: expected one of {allowed}, found {found}")
    return FrameworkError(text.format(name=name, allowed=names, found=repr(str(found))))
