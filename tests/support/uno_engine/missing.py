"""What xlwings asks of an engine and this one does not do is said in so many words."""

from __future__ import annotations

import inspect
from typing import Any, NoReturn, TypeVar

_Class = TypeVar("_Class", bound=type)


def complete(cls: _Class) -> _Class:
    """Decorator: whatever xlwings' base class leaves open, and this class too, raises NotImplementedError by name."""
    for base in cls.__mro__[1:-1]:
        for name, member in vars(base).items():
            if not hasattr(cls, name) or getattr(cls, name) is not member:
                continue
            if isinstance(member, property) and _open(member.fget):
                setattr(cls, name, property(_stub(cls, name), _stub(cls, name)))
            elif _open(member):
                setattr(cls, name, _stub(cls, name))
    return cls


class NoApi:
    """In place of Excel's own object: it is there, as xlwings wants it, and every use of it says what it is."""

    def __getattr__(self, name: str) -> NoReturn:
        raise NotImplementedError(f"api.{name}: LibreOffice has no Excel object behind it")


def _open(member: Any) -> bool:
    plain = inspect.isfunction(member) and not inspect.iscoroutinefunction(member)
    return plain and member.__code__.co_names == ("NotImplementedError",)


def _stub(cls: type, name: str) -> Any:
    def missing(*_: Any, **__: Any) -> NoReturn:
        raise NotImplementedError(f"{cls.__name__}.{name}: not in the engine for LibreOffice")

    return missing
