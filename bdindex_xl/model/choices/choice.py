"""What every choice of method has: its name, which the code and files of settings have, and its record.

Works of reference that several choices come from stand here, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from ...language import Text, same


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class ChoiceRecord:
    """What is said and known of a choice.

    Parameters
    ----------
    label
        What drop-downs show: no commas, which would split a list.
    does
        What it does, in a sentence that names no other choice of its kind.
    source
        The publication it comes from, with its DOI.
    has_formulas
        Whether a copy for others can have formulas for it.
    """

    label: Text
    does: Text
    source: Text | None = None
    has_formulas: bool = False


class Choice(StrEnum):
    """A choice of method: a text, and a record of it."""

    record: ChoiceRecord

    def __new__(cls, name: str, record: ChoiceRecord | None = None) -> Self:
        assert record is not None  # a call by name alone never comes here: it finds the choice of that name
        made = str.__new__(cls, name)
        made._value_, made.record = name, record
        return made

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """The choice by what the sheets call it, in either language: names are copied from there into programs."""
        text = value.casefold() if isinstance(value, str) else ""
        names = ((one, {name.casefold() for name in (str(one), *one.record.label.both())}) for one in cls)
        return next((one for one, known in names if text in known), None)


HANDBOOK = same("OECD/JRC, Handbook on Constructing Composite Indicators (2008), doi:10.1787/9789264043466-en")
COINR = same("COINr, doi:10.21105/joss.04567")
DIAKOULAKI = same("Diakoulaki, Mavrotas & Papayannakis (1995), doi:10.1016/0305-0548(94)00059-H")
SHUAI = same("Shuai et al. (2012), doi:10.1109/CCDC.2012.6244621")
