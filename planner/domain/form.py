"""Quality forms: sections of weighted items, each with its scale, class and anchor texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

ErrorClass = Literal["customer", "business", "compliance", "none"]
ROUNDING = 0.005  # shares are written with two digits: 0.33 is a third


@dataclass(frozen=True)
class Item:
    """An item of a form: what it weighs in its section, its class, and the points it can earn.

    `steps` are the points of its scale, ascending: (0, 1) is met or not, (0, 1, 2, 3, 4) a scale, uneven
    steps a rubric. A critical item that earns its least points fails the evaluation. `anchors` tell for a
    language what a step means, `names` what the item is called there.
    """

    name: str
    section: str
    section_weight: float
    weight: float
    item_class: ErrorClass = "none"
    critical: bool = False
    steps: tuple[float, ...] = (0.0, 1.0)
    may_not_apply: bool = False
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    anchors: Mapping[str, Mapping[float, str]] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if len(self.steps) < 2 or list(self.steps) != sorted(set(self.steps)):
            raise ValueError(f"item {self.name}: a scale has two steps or more, ascending")

    def share(self, points: float) -> float | None:
        """The share of the item's points that points on its scale are; None when they are no step of it.

        >>> Item("Tone", "Opening", 1, 1, steps=(0, 1, 2, 3, 4)).share(3)
        0.75
        """
        least, most = self.steps[0], self.steps[-1]
        on_step = any(abs(points - step) < 1e-9 for step in self.steps)
        return (points - least) / (most - least) if on_step else None

    @property
    def shares(self) -> tuple[float, ...]:
        """The shares of points that the item can earn, ascending."""
        least, most = self.steps[0], self.steps[-1]
        return tuple((step - least) / (most - least) for step in self.steps)


@dataclass(frozen=True)
class Form:
    """A form under its id and version, such as RETAIL-1; a used form never changes.

    Empty languages, channels and clients stand for all. `fingerprint` tells two contents apart.
    """

    code: str
    items: Mapping[str, Item]
    name: str = ""
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    fingerprint: str = ""
    text: str = ""

    def fits(self, language: str, channel: str, client: str | None) -> bool:
        """Whether contacts of a queue may be scored with the form."""
        wanted = ((self.languages, language), (self.channels, channel), (self.clients, client))
        return all(not allowed or each in allowed for allowed, each in wanted)
