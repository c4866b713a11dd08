"""Lines of values over years, each named at its end."""

from __future__ import annotations

from collections.abc import Sequence

from ...figures.content import Content, LinesForm
from .. import palette
from ..shown import shown
from .drawing import SIZE, SMALL, Disc, Drawing, Drawn, Label, Rectangle, Stroke, centred
from .look import FAINT, RULE, Look, series
from .metrics import widest, wrapped
from .scales import Axis, rounded_up, spread, tick_texts

_APART = 15.5
_WIDEST = 0.34  # of the width, for names
_TOP = 30.0


def lines(content: Content, form: LinesForm, look: Look) -> Drawing:
    """One line a row."""
    years = [content.columns[k] for k in form.values]
    names = [str(name) for name in content.columns[form.name].values]
    found = [value for year in years for value in year.values if value is not None]
    ends = [wrapped(name, SIZE, _WIDEST * look.width) for name in names]
    apart = max(map(len, ends), default=1) * _APART
    bottom = max(300.0, _TOP + len(names) * apart)
    axis = Axis(min([0.0, *found]), rounded_up(max([0.0, *found]) or 1.0), bottom - 6.0, _TOP)
    ticks = tick_texts(axis, is_share=all(year.role == "share" for year in years))
    left, right = (
        widest([text for _, text in ticks], SMALL) + 10.0,
        look.width - max(widest(lines, SIZE) for lines in ends) - 22.0,
    )
    across = [left + 8.0 + (right - left - 8.0) * k / max(len(years) - 1, 1) for k in range(len(years))]
    shapes: list[Drawn] = []
    for tick, text in ticks:
        shapes.append(Rectangle(left, axis.at(tick) - 0.5, right - left, 1.0, RULE))
        shapes.append(centred(left - 6.0, axis.at(tick), Label(0, 0, text, palette.SLATE, SMALL, "end")))
    for year, x in zip(years, across, strict=True):
        shapes.append(Label(x, 13.0, year.header, palette.SLATE, SIZE, "middle"))
    texts = [shown(year, look.lang) for year in years]
    for row, name in enumerate(names):
        there = [k for k, year in enumerate(years) if year.values[row] is not None]
        points = tuple((across[k], axis.at(years[k].values[row])) for k in there)
        shapes.append(Stroke(points, series(row), 2.0))
        tips = (f"{name} {years[k].header}: {texts[k][row]}" for k in there)
        shapes += [Disc(*point, 3.5, series(row), tip) for point, tip in zip(points, tips, strict=True)]
    return Drawing(
        look.width, bottom + apart / 2, (*shapes, *_names(ends, years[-1].values, axis, right, (bottom, apart)))
    )


def _names(
    names: Sequence[Sequence[str]], last: Sequence[float | None], axis: Axis, right: float, room: tuple[float, float]
) -> list[Drawn]:
    """Names at the ends of their lines."""
    shapes: list[Drawn] = []
    ends = [(name, axis.at(value)) for name, value in zip(names, last, strict=True) if value is not None]
    wanted = [own for _, own in ends]
    bottom, apart = room
    for (texts, own), y in zip(ends, spread(wanted, apart, _TOP, bottom), strict=True):
        if abs(y - own) > 2.0:
            shapes.append(Stroke(((right + 14.0, y), (right + 6.0, own)), FAINT, 0.6))
        for k, text in enumerate(texts):
            down = y + (SIZE + 2.0) * (k - (len(texts) - 1) / 2)
            shapes.append(centred(right + 17.0, down, Label(0, 0, text, palette.INK)))
    return shapes
