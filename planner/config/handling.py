"""How a queue's contacts are handled, as written: by channel, by queue, and what is to come from data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from planner.config.schema import FROM_DATA, HandlingFile, PlanFile, QueueFile
from planner.domain.centre import ChannelKind, Handling, QueueKey

UNTIL_MEASURED_S = 300.0  # AHT of a plan that was not yet given its measured settings; never planned with


class FromData(NamedTuple):
    """A setting of a queue's handling that the contact log tells; `path` is where plan.yaml says so."""

    queue: QueueKey
    setting: str
    path: str


@dataclass(frozen=True)
class Written:
    """Numbers by setting, and the dotted path of each setting that is to come from data."""

    numbers: dict[str, Any]
    from_data: dict[str, str]

    def handling(self) -> Handling | None:
        """The handling, None without AHT; what is to come from data has its default until it is measured."""
        if "aht_s" not in {**self.numbers, **self.from_data}:
            return None
        until = {"aht_s": UNTIL_MEASURED_S} if "aht_s" in self.from_data else {}
        return Handling(**{**until, **self.numbers})


def written_handling(plan: PlanFile, entry: QueueFile, *, channel: str, path: str) -> Written:
    """A channel's handling with what the queue's own entry (at `path`) says otherwise."""
    both = Written({}, {})
    for given, at in ((plan.handling, "handling"), (entry.handling, f"{path}.handling")):
        part = given.get(channel) or HandlingFile()
        numbers = part.model_dump(exclude_none=True, exclude={"from_data"})
        both = Written(
            {k: v for k, v in both.numbers.items() if k not in part.from_data} | numbers,
            {k: v for k, v in both.from_data.items() if k not in numbers}
            | {k: f"{at}.{channel}.{k}" for k in sorted(part.from_data)},
        )
    return both


def wrong_of(written: Written, kind: ChannelKind | None) -> Iterator[tuple[str, str]]:
    """What cannot be taken from data: dotted path, note."""
    numbers, from_data = written.numbers, written.from_data
    for setting in ("patience_s", "patience_shape"):
        if setting in from_data and kind == "deferred":
            yield from_data[setting], "nobody waits in a deferred channel, so that no log tells patience"
    if "patience_s" in from_data and "patience_shape" in numbers:
        note = f"goes with patience_shape: write “{FROM_DATA}” there too, or leave it out (1: exponential)"
        yield from_data["patience_s"], note
    if "patience_shape" in from_data and "patience_s" not in from_data:
        note = f"is measured together with patience_s: write “{FROM_DATA}” there too"
        yield from_data["patience_shape"], note
