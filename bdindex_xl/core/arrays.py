"""What arrays hold, by name: numbers, yes or no, places, counts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Index = npt.NDArray[np.intp]
Counts = npt.NDArray[np.int64]
