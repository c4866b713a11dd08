"""Titles of figures."""

from __future__ import annotations

from ..model.figure import Figure
from .source import RankingView


def titled(figure: Figure, view: RankingView, top: int | None = None) -> str:
    """The title with its placeholders filled; what it does not know stays as it is."""
    previous = view.years[view.shown - 1] if view.shown else view.year - 1  # that a figure is left out for want of
    values = {"year": view.year, "previous": previous, "top": top or figure.top or ""}
    title = figure.title
    for key, text in values.items():
        title = title.replace(f"{{{key}}}", str(text))
    return title
