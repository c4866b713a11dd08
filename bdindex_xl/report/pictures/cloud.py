"""Words as large as their values, none on another."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from ...figures.content import CloudForm, Content
from ..shown import shown
from .drawing import Drawing, Label, centred
from .look import Look, series
from .metrics import text_width

_SMALLEST, _LARGEST = 11.0, 44.0
_TALL = 0.56  # of the width
_STEPS = 4000

_Placed = tuple[float, float, float, float]


def cloud(content: Content, form: CloudForm, look: Look) -> Drawing:
    """The greatest word in the middle, the others around it where there is room."""
    words, column = content.columns[form.word].values, content.columns[form.value]
    texts = shown(column, look.lang)
    order = sorted(range(len(words)), key=lambda k: (-(column.values[k] or 0.0), str(words[k])))
    most = max((value or 0.0 for value in column.values), default=0.0) or 1.0
    taken: list[_Placed] = []
    shapes: list[Label] = []
    for n, k in enumerate(order):
        part = math.sqrt(max(column.values[k] or 0.0, 0.0) / most)
        size = _SMALLEST + (_LARGEST * min(look.width / 640.0, 1.0) - _SMALLEST) * part
        size = min(size, size * (look.width - 8.0) / max(text_width(str(words[k]), size, bold=n < 5), 0.1))
        wide = text_width(str(words[k]), size, bold=n < 5) + 6.0
        box = _free(wide, size * 1.15, taken, look)
        if box is None:
            continue  # the word stands in the table
        taken.append(box)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        tip = f"{words[k]}: {texts[k]}"
        colour = series(_SHADES[n % len(_SHADES)])
        shapes.append(centred(x, y, Label(0, 0, str(words[k]), colour, size, "middle", n < 5, tip=tip)))
    top, bottom = min((box[1] for box in taken), default=0.0), max((box[3] for box in taken), default=20.0)
    return Drawing(look.width, bottom - top, tuple(_lifted(shapes, top)))


def _free(wide: float, tall: float, taken: list[_Placed], look: Look) -> _Placed | None:
    """The first place on a spiral from the middle that nothing else has."""
    for step in range(_STEPS):
        turn = 0.35 * math.sqrt(step) * 3.0
        far = 1.6 * math.sqrt(step) * 2.0
        x = look.width / 2 + far * math.cos(turn) * 1.6 - wide / 2
        y = look.width * _TALL / 2 + far * math.sin(turn) - tall / 2
        box = (x, y, x + wide, y + tall)
        is_inside = box[0] >= 0 and box[2] <= look.width and box[1] >= 0 and box[3] <= look.width * _TALL * 1.5
        if is_inside and not any(_overlap(box, other) for other in taken):
            return box
    return None


def _overlap(a: _Placed, b: _Placed) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def _lifted(shapes: list[Label], top: float) -> Iterator[Label]:
    for shape in shapes:
        yield replace(shape, y=shape.y - top)


_SHADES = (0, 2, 8, 4, 6, 10)
