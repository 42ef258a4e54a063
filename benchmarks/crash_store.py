"""Kill writers of the store thousands of times, and check its promises after each.

    python -m benchmarks.crash_store [--kills 3000] [--seed 1] [--careless]

A writer imports volume, imports contacts, enters or withdraws an override, or publishes a plan. It is
killed (SIGKILL) at a random moment, or at a random call to the system, or there with a power cut that
takes away what was not flushed. Then another process reads the store: it must hold the state before or
the one after, whole; after a writer that ended, the one after. `--careless` leaves the flushes out, to
see that the check notices. Exit code 1: a promise was broken.
"""

from __future__ import annotations

import argparse
import gc
import os
import pickle
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.power_cut import Disk
from benchmarks.store_actions import Action, State, next_action, seen_in
from planner.store import Store, atomic, growth

CALLS = ("fsync", "replace", "rename", "mkdir", "unlink", "rmdir")
FIRST_GUESS = 20  # calls an action makes, until one has ended and was counted
ROUNDS_PER_STORE = 25
ENDED, FAILED = 0, 9


@dataclass(frozen=True)
class Fault:
    """What happens to a writer: killed after `moment` (0..1 of the usual time), or at its call `at`."""

    kind: str
    at: int
    moment: float


@dataclass
class Watch:
    """Stands between the writer and the system, counts its calls, and kills it at one of them."""

    fault: Fault
    disk: Disk | None
    rng: Random
    count: int = 0
    real: dict[str, Callable[..., Any]] = field(default_factory=dict)

    def begin(self) -> None:
        """Put itself between."""
        for name in CALLS:
            self.real[name] = getattr(os, name)
            setattr(os, name, self._around(name))

    def end(self) -> int:
        """Step aside, and cut the power if that is to come; how many calls were made."""
        for name, call in self.real.items():
            setattr(os, name, call)
        if self.disk:
            self.disk.cut(self.rng)
        return self.count

    def _around(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            self._maybe_die(2 * self.count)
            result = self.real[name](*arguments, **options)
            if name == "fsync" and self.disk:
                self.disk.flushed(arguments[0])
            self._maybe_die(2 * self.count + 1)
            self.count += 1
            return result

        return call

    def _maybe_die(self, point: int) -> None:
        """Points count twice: before and after each call."""
        if self.fault.kind != "moment" and point == self.fault.at:
            self.end()
            os.kill(os.getpid(), signal.SIGKILL)


def forked(work: Callable[[], None]) -> int:
    """Do the work in a child process; its process id."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    try:
        work()
        os._exit(ENDED)
    except BaseException:
        traceback.print_exc()
        os._exit(FAILED)


def write(action: Action, fault: Fault, folders: tuple[Path, Path], *, seed: int) -> None:
    """Carry out an action under a fault; `folders` are the store's and an empty one beside it."""
    disk = Disk(*folders) if fault.kind == "power cut" else None
    watch = Watch(fault, disk, Random(seed))
    watch.begin()
    action.run()
    calls = watch.end()
    (folders[1] / "calls").write_text(str(calls))


def killed(child: int, fault: Fault, usual_s: float) -> bool:
    """Wait for the child, or kill it at the fault's moment; whether it was killed."""
    if fault.kind == "moment":
        time.sleep(fault.moment * 1.3 * usual_s)
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == FAILED:
        raise SystemExit("a writer failed, see above")
    return status == -signal.SIGKILL


def read(store: Store) -> State | None:
    """The store's state as another process sees it; None when it cannot be read, and that was said."""
    reading, writing = os.pipe()

    def tell() -> None:
        os.write(writing, pickle.dumps(seen_in(store)))

    child = forked(tell)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(told) if told else None


@dataclass
class Crashes:
    """Kill after kill: what happened how often, the promises that were broken, what is usual."""

    rng: Random
    happened: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    usual_s: float = 0.1
    usual_calls: dict[str, int] = field(default_factory=dict)

    def on_one_store(self, folder: Path, numbers: range) -> None:
        """Some rounds, each on the store as the one before left it; stops at a broken promise."""
        store, state = Store(folder / "store"), State()
        store.folder.mkdir(parents=True)
        for number in numbers:
            action = next_action(number, state, store, rng=self.rng)
            seen = self._round(number, action, store)
            if seen is None:
                return
            state = seen

    def _round(self, number: int, action: Action, store: Store) -> State | None:
        """The state after a writer that may have been killed; None when it is not allowed."""
        beside = store.folder.with_name(f"beside-{number}")
        beside.mkdir()
        fault, start = self._fault(action), time.monotonic()
        child = forked(lambda: write(action, fault, (store.folder, beside), seed=number))
        was_killed = killed(child, fault, self.usual_s)
        if not was_killed:
            self.usual_s += 0.2 * (time.monotonic() - start - self.usual_s)
            self.usual_calls[action.name] = int((beside / "calls").read_text())
        seen = read(store)
        self.happened[f"{fault.kind:9} {action.name:8} {_outcome(seen, action, was_killed)}"] += 1
        allowed = action.states if was_killed else action.states[-1:]
        if seen is not None and seen in allowed:
            return seen
        self.broken.append(f"{number}: {action.name}, {fault}:\n  seen {seen}\n  allowed {allowed}")
        return None

    def _fault(self, action: Action) -> Fault:
        points = 2 * self.usual_calls.get(action.name, FIRST_GUESS) + 2
        kind = self.rng.choice(("moment", "call", "power cut"))
        return Fault(kind, self.rng.randrange(points), self.rng.random())


def _outcome(seen: State | None, action: Action, was_killed: bool) -> str:
    if not was_killed:
        return "ended"
    first, *_, last = action.states
    return "killed, " + ("as before" if seen == first else "as after" if seen == last else "in between")


def _no_flush(path: Path) -> None:
    del path


def main() -> int:
    """Kill, count and tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--careless", action="store_true")
    options = parser.parse_args()
    if options.careless:
        atomic.flush = _no_flush
    growth.MANY_PARTS = 3  # so that parts are merged often
    gc.freeze()  # the children then share more of their memory
    crashes = Crashes(Random(options.seed))
    with tempfile.TemporaryDirectory() as folder:
        for first in range(0, options.kills, ROUNDS_PER_STORE):
            numbers = range(first, min(first + ROUNDS_PER_STORE, options.kills))
            crashes.on_one_store(Path(folder) / str(first), numbers)
    gc.unfreeze()
    for what, times in sorted(crashes.happened.items()):
        print(f"{times:6,}  {what}")
    killed_ones = sum(times for what, times in crashes.happened.items() if "killed" in what)
    print(
        f"{crashes.happened.total():,} writers, {killed_ones:,} killed, {len(crashes.broken)} broken promises"
    )
    print(*crashes.broken, sep="\n")
    return 1 if crashes.broken else 0


if __name__ == "__main__":
    sys.exit(main())
