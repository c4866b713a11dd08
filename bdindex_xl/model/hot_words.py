"""Words of texts by year, as values."""

from __future__ import annotations

from dataclasses import dataclass

NEW = 1.96  # a z from which on more is not by chance, at the level of 5 %


@dataclass(frozen=True, slots=True)
class HotWord:
    """How one word stands in one year.

    Parameters
    ----------
    year
        Of the texts.
    word
        As it is mostly written.
    documents
        Texts of the year that hold it.
    share
        Of all texts of the year [0-1].
    z
        How many standard deviations its log-odds lie above those of all earlier years; None in the first.
    is_new
        Whether it comes more often than before by more than chance.
    """

    year: int
    word: str
    documents: int
    share: float
    z: float | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class WordList:
    """What a user says of words.

    Parameters
    ----------
    genre
        Words of the genre, not of the subject: nothing that is looked for reaches over them.
    kept
        Words that are words whatever is found.
    """

    genre: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
