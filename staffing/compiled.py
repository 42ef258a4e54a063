"""How the kernels of the simulation and of the roster search are compiled.

Nothing is allocated or counted in there: numba's reference counting is off (`_nrt`), because it took
four fifths of the time (docs/decisions/036). All state is made before and outlives the run.
Parts are put into their callers (`forceinline`), an entry is called from Python or stands alone.

numba does not see that a compiled function of another file has changed: whoever edits one deletes
the `__pycache__` of its folder afterwards.
"""

from __future__ import annotations

from typing import Any

from numba import njit

OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
entry = njit(**OPTIONS)
part = njit(**OPTIONS, forceinline=True)
