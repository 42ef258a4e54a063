"""Progress on the screen: one line a step, with the time since the start."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO

Say = Callable[[str], None]


@dataclass
class Progress:
    """Says each step once, with seconds since the start; on a terminal a running step stays on one line."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    clock: Callable[[], float] = time.monotonic
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.clock()

    def __call__(self, text: str) -> None:
        """Write one line."""
        self.stream.write(f"[{self.clock() - self.started:6.1f} s] {text}\n")
        self.stream.flush()
