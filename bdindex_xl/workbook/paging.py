"""How the rows of a table go onto pages of A4 across, so that the last holds more than a row or two."""

from __future__ import annotations

ACROSS, DOWN = 769.0, 516.0  # points of a page within the margins of our sheets
_PADDING, _DIGIT = 5, 7  # pixels: of a column beside its text, of a digit of either face
_PIXEL = 0.75  # points
_FEWEST = 4  # parts of a page: less than one of them is too little for the last page
_SMALLEST = 15  # percent by which a fixed scale is made smaller at most


def width_of(columns: list[float]) -> float:
    """Width of columns [points] whose widths are in characters."""
    return sum(int(width * _DIGIT + 0.5) + _PADDING for width in columns) * _PIXEL


def pages_down(n_rows: int, across: float, above: float, row: float) -> int:
    """Pages to which a table that is one page across is to be held; 0 where it may take what it takes.

    `across` is its width, `above` the height of what every page repeats, `row` that of a row, in points. Programs
    shrink a table to so many pages: what would be left for the last goes onto those before.

    >>> [pages_down(n, 769.0, 116.0, 10.0) for n in (30, 42, 60, 84)]
    [0, 1, 0, 2]
    """
    scale = min(1.0, int(100 * ACROSS / across) / 100)
    full, rest = divmod(n_rows, _rows(scale, above, row))
    return full if _too_few(rest, _rows(scale, above, row)) else 0


def scale_of(n_rows: int, most: int, above: float, row: float) -> int:
    """Scale [percent] of a table of several pages across: `most`, or as much less as leaves no few rows for the last.

    >>> [scale_of(n, 65, 116.0, 10.0) for n in (30, 69, 100)]
    [65, 64, 65]
    """
    tried = range(most, most - _SMALLEST, -1)
    rows = {scale: _rows(scale / 100, above, row) for scale in tried}
    return next((s for s in tried if n_rows < rows[s] or not _too_few(n_rows % rows[s], rows[s])), most)


def _rows(scale: float, above: float, row: float) -> int:
    return max(int((DOWN / scale - above) / row), 1)


def _too_few(rest: int, rows: int) -> bool:
    return 0 < rest < rows / _FEWEST
