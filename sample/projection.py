"""The point nearest to given seeds that obeys linear inequalities: a strictly convex problem, so its answer is unique
and does not hinge on where a solver starts or stops.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

Array = npt.NDArray[np.float64]

_STIFFNESS = 1e7  # of a row of length 1: an infeasible one gives way instead of stopping the rest
_TOLERANCE, _RESIDUAL = 1e-11, 1e-9
_MOST_STEPS = 160


def nearest(lower: Array, upper: Array, rows: sparse.csr_matrix, least: Array) -> Array:
    """Least-squares y with ``lower <= y <= upper`` and ``rows @ y >= least``, by a primal-dual interior-point method.

    Parameters
    ----------
    lower, upper : arrays, shape (n,)
        ``lower < upper``; need not hold 0.
    rows : sparse matrix, shape (m, n)
    least : array, shape (m,)

    Returns
    -------
    array, shape (n,)

    References
    ----------
    Nocedal & Wright, Numerical Optimization, 2nd ed., 2006, section 16.6.
    """
    norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    norms[norms == 0] = 1.0
    path = _Path(lower, upper, sparse.csr_matrix(sparse.diags(1.0 / norms) @ rows), least / norms)
    for _ in range(_MOST_STEPS):
        if path.arrived():
            break
        path.step()
    return path.y


class _Path:
    """The point, its distances to all limits and their multipliers, on the way to the answer.

    s, z : distance of the rows to their limits, and multipliers. p, v : of y to `lower`. q, w : of y to `upper`.
    """

    def __init__(self, lower: Array, upper: Array, rows: sparse.csr_matrix, least: Array) -> None:
        self._lower, self._upper, self._rows, self._least = lower, upper, rows, least
        self._columns = sparse.csr_matrix(rows.T)
        inside = 0.1 * (upper - lower)
        self.y: Array = np.clip(0.0, lower + inside, upper - inside)
        self._s, self._z = np.maximum(rows @ self.y - least, 1.0), np.ones(len(least))
        self._p, self._q = self.y - lower, upper - self.y
        self._v, self._w = 0.1 / np.maximum(self._p, 0.1), 0.1 / np.maximum(self._q, 0.1)

    def _gap(self) -> float:
        products = self._s @ self._z + self._p @ self._v + self._q @ self._w
        return float(products / (len(self._z) + 2 * len(self.y)))

    def _residuals(self) -> tuple[Array, Array]:
        dual = self.y - self._columns @ self._z - self._v + self._w
        return dual, self._rows @ self.y + self._z / _STIFFNESS - self._s - self._least

    def arrived(self) -> bool:
        return self._gap() < _TOLERANCE and max(np.abs(part).max() for part in self._residuals()) < _RESIDUAL

    def step(self) -> None:
        """A Newton step towards products of a tenth of what they are."""
        s, z, p, q, v, w = self._s, self._z, self._p, self._q, self._v, self._w
        dual, primal = self._residuals()
        target = 0.1 * self._gap()
        diagonal = 1.0 + v / p + w / q
        right = -dual - v + w + target / p - target / q
        # Few rows and many unknowns: what is solved has the size of the rows.
        matrix = (self._rows @ sparse.diags(1.0 / diagonal) @ self._columns).toarray()
        matrix[np.diag_indices_from(matrix)] += 1.0 / _STIFFNESS + s / z
        dz = np.linalg.solve(matrix, target / z - s - primal - self._rows @ (right / diagonal))
        dy = (right + self._columns @ dz) / diagonal
        ds = (target - s * z - s * dz) / z
        dv = (target - p * v - v * dy) / p
        dw = (target - q * w + w * dy) / q
        pairs = ((s, ds), (z, dz), (p, dy), (q, -dy), (v, dv), (w, dw))
        length = min(1.0, 0.99 * min(_room(value, change) for value, change in pairs))
        self.y, self._s, self._z = self.y + length * dy, s + length * ds, z + length * dz
        self._v, self._w = v + length * dv, w + length * dw
        # Never 0, where cancellation would make it so.
        self._p, self._q = np.maximum(self.y - self._lower, 1e-12), np.maximum(self._upper - self.y, 1e-12)


def _room(value: Array, change: Array) -> float:
    """How far a positive vector may go before it reaches 0."""
    falling = change < 0
    return float(np.min(-value[falling] / change[falling])) if falling.any() else np.inf
