"""What a field of a method is: a record of its default and of what it may be. Knows no field by name.

Checks of `Method`, the rows of the settings sheet, what older files lack and what the digest leaves out go by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, fields
from enum import StrEnum
from numbers import Real
from typing import Any, Generic, NamedTuple, TypeVar

from ..errors import FrameworkError
from ..language import Text, joined, same

T = TypeVar("T")
G = TypeVar("G")

SHARE = (0.0, 1.0)
YES, NO = "yes", "no"  # how files have True and False
_RECORD = "parameter"


class Field(Generic[T, G]):
    """What a type checker takes a field for: it is read as T, and may be set as G. Nothing is one when it runs."""

    def __get__(self, _: object, owner: type) -> T:
        raise NotImplementedError

    def __set__(self, _: object, value: G) -> None:
        raise NotImplementedError


class Parameter(NamedTuple):
    """One field of a method.

    Parameters
    ----------
    default
        What it is where nothing is said; None for blank.
    kind
        The choices there are, where it is one.
    limits
        Of a number.
    whole
        Whether that is a whole number.
    added
        Whether files made before there was such a field count: they need not have it, and the default is not hashed.
    matters
        Whether it has any effect in a method, beside the other fields of it.
    """

    default: Any
    kind: type[StrEnum] | None
    limits: tuple[float, float] | None
    whole: bool
    added: bool
    matters: Callable[[Any], bool]

    @property
    def is_switch(self) -> bool:
        """Whether it is yes or no."""
        return isinstance(self.default, bool)

    @property
    def expected(self) -> Text:
        """What a number may be, in words."""
        least, most = self.limits or (0.0, 0.0)
        text = (_WHOLE if self.whole else _NUMBER).format(least=f"{least:g}", most=f"{most:g}")
        return _OR_BLANK.format(expected=text) if self.default is None else text

    def checked(self, name: str, value: Any) -> Any:
        """A value as the method holds it. Raises FrameworkError where it is none."""
        if self.kind is not None:
            return choice(name, self.kind, value)
        if self.is_switch:
            return _switch(name, value)
        if self.default is None and (value is None or value == ""):
            return None
        least, most = self.limits or (0.0, 0.0)
        wrong = not is_number(value) or not least <= value <= most
        if wrong or (self.whole and value != int(value)):
            expected = self.expected
            raise FrameworkError(_EXPECTED.format(name=name, expected=expected, found=repr(value)))
        return int(value) if self.whole else float(value)

    def spelt(self, value: Any) -> str | float:
        """A value of the method as settings have it."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return YES if value else NO
        return str(value) if self.kind is not None else float(value)


def parameter(
    default: Any,
    *,
    limits: tuple[float, float] | None = None,
    whole: bool = False,
    added: bool = False,
    matters: Callable[[Any], bool] = lambda method: True,
) -> Any:
    """The field of a frozen dataclass that is such a parameter."""
    kind = type(default) if isinstance(default, StrEnum) else None
    record = Parameter(default=default, kind=kind, limits=limits, whole=whole, added=added, matters=matters)
    metadata: dict[str, Any] = {_RECORD: record}
    if added:
        metadata["digest"] = lambda value: None if value == default else value
    return field(default=default, metadata=metadata)


def parameters_of(kind: Any) -> Mapping[str, Parameter]:
    """The records of a dataclass of parameters, by name."""
    return {one.name: one.metadata[_RECORD] for one in fields(kind) if _RECORD in one.metadata}


def choice(name: str, kind: type[StrEnum], value: str) -> StrEnum:
    """The choice of that name. Raises FrameworkError where there is none."""
    try:
        return kind(value)
    except ValueError:
        raise _not_one_of(name, tuple(kind), value) from None


def is_number(value: object) -> bool:
    """Whether a value is a real number of any type, numpy's too; True and False are none."""
    return isinstance(value, Real) and not isinstance(value, bool)


def _switch(name: str, value: Any) -> bool:
    if value in (YES, NO):
        return bool(value == YES)
    if not isinstance(value, bool):
        raise _not_one_of(name, ("True", "False"), value)
    return value


def _not_one_of(name: str, allowed: tuple[str, ...], found: object) -> FrameworkError:
    names = joined([same(one) for one in allowed])
    text = Text("{name} 应为 {allowed} 之一，实为 {found}", "{name}: expected one of {allowed}, found {found}")
    return FrameworkError(text.format(name=name, allowed=names, found=repr(str(found))))


_NUMBER = Text("{least} 到 {most} 的数", "a number from {least} to {most}")
_WHOLE = Text("{least} 到 {most} 的整数", "a whole number from {least} to {most}")
_OR_BLANK = Text("{expected}或空白", "{expected}, or a blank")
_EXPECTED = Text("{name} 应为 {expected}，实为 {found}", "{name}: expected {expected}, found {found}")
