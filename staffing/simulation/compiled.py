"""How the simulation's kernels are compiled.

Nothing is allocated or counted in there: numba's reference counting is off (`_nrt`), because it took
four fifths of the time (docs/decisions/036). All state is made before, in `floor`, and outlives the run.
Parts are put into their callers (`forceinline`), the entry is called from Python.

numba does not see that a compiled function of another file has changed: whoever edits one of
`kernel`, `desk`, `line` and `again` deletes `staffing/simulation/__pycache__` afterwards.
"""

from __future__ import annotations

from typing import Any

from numba import njit

OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
entry = njit(**OPTIONS)
part = njit(**OPTIONS, forceinline=True)
