"""What may stand in the file of a scenario. Unknown keys are refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from planner.config.strict import Positive, Strict
from planner.config.team_schema import TeamFile

Share = Annotated[float, Field(ge=0, le=1)]
Factor = Annotated[float, Field(ge=0, le=100)]
DayFile = date | Annotated[int, Field(ge=1, le=78)]
TOLERANCE = 1e-9
ROUNDED = 0.01  # multiples of AHT are given with two digits
ChangeName = Annotated[str, Field(min_length=1, max_length=60)]


class WhereFile(Strict):
    """As in `Where`; one word or a list."""

    site: list[str] = []
    language: list[str] = []
    channel: list[str] = []
    client: list[str] = []

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {name: [value] if isinstance(value, str) else value for name, value in given.items()}


class ChangeFile(Strict):
    """What every change says: its name, which queues, from when, growing over how many weeks, until when."""

    name: ChangeName | None = None
    where: WhereFile = WhereFile()
    first: DayFile | None = Field(default=None, alias="from")
    until: DayFile | None = None
    over_weeks: Annotated[float, Field(ge=0, le=78)] = 0.0

    @model_validator(mode="after")
    def _first_before_until(self) -> ChangeFile:
        both = (self.first, self.until)
        if (all(isinstance(day, int) for day in both) or all(isinstance(day, date) for day in both)) and (
            both[0] >= both[1]  # type: ignore[operator]
        ):
            raise ValueError(f"until {self.until} is not after from {self.first}")
        return self


class ScaleFile(ChangeFile):
    change: Literal["scale"]
    volume: Factor = 1.0
    aht: Annotated[float, Field(gt=0, le=10)] = 1.0
    aht_less_s: Annotated[float, Field(ge=0, le=3600)] = 0.0
    share: Share = 1.0


class MixFile(ChangeFile):
    change: Literal["mix"]
    shares: Annotated[dict[str, Share], Field(min_length=2)]
    contacts_each: dict[str, Annotated[float, Field(gt=0, le=10)]] = {}

    @model_validator(mode="after")
    def _one_whole(self) -> MixFile:
        total = sum(self.shares.values())
        if abs(total - 1) > 1e-6:
            raise ValueError(f"the shares add up to {total:g}; they must add up to 1")
        return self


class RangeFile(Strict):
    low: Share
    likely: Share
    high: Share

    @model_validator(mode="before")
    @classmethod
    def _known(cls, given: Any) -> Any:
        if isinstance(given, (int, float)) and not isinstance(given, bool):
            return {"low": given, "likely": given, "high": given}
        return given

    @model_validator(mode="after")
    def _in_order(self) -> RangeFile:
        if not self.low <= self.likely <= self.high:
            raise ValueError(
                f"low {self.low:g}, likely {self.likely:g}, high {self.high:g} are not in that order"
            )
        return self


class ReasonFile(Strict):
    share: Share
    aht_multiple: Annotated[float, Field(gt=0, le=10)] = 1.0
    offered: Share = 1.0
    resolved: RangeFile
    escalated: Share
    bounced: Share = 0.0

    @model_validator(mode="after")
    def _no_more_than_all(self) -> ReasonFile:
        total = self.resolved.likely + self.escalated + self.bounced
        if total > 1 + TOLERANCE:
            raise ValueError(
                f"resolved, escalated and bounced add up to {total:g}; that is more than all (1)"
            )
        if self.resolved.high - self.resolved.likely > self.escalated + TOLERANCE:
            raise ValueError(
                f"resolved.high {self.resolved.high:g} is more than resolved.likely and escalated together"
            )
        if self.offered > 0 and self.escalated == 0 and self.resolved.likely < 1:
            raise ValueError(
                "escalated 0 leaves whoever it does not resolve no way to a person; "
                "the human route stays open in every language and hour"
            )
        return self


class FrontEndFile(ChangeFile):
    change: Literal["front_end"]
    reasons: Annotated[dict[str, ReasonFile], Field(min_length=1)]
    languages: Annotated[dict[str, Share], Field(min_length=1)]
    escalated_aht: Annotated[float, Field(gt=0, le=10)] = 1.0
    bounced_aht: Annotated[float, Field(gt=0, le=10)] = 1.0
    bounced_after_h: Annotated[float, Field(ge=0, le=24 * 28)] = 24.0

    @model_validator(mode="after")
    def _reasons_within_all(self) -> FrontEndFile:
        total = sum(reason.share for reason in self.reasons.values())
        if total > 1 + TOLERANCE:
            raise ValueError(
                f"the shares of the reasons add up to {total:g}; that is more than all contacts (1)"
            )
        work = sum(reason.share * reason.aht_multiple for reason in self.reasons.values())
        if work > 1 + ROUNDED or (total > 1 - TOLERANCE and abs(work - 1) > ROUNDED):
            raise ValueError(
                f"share x aht_multiple of the reasons add up to {work:g} of all handling; "
                "at most 1, and 1 where the reasons are all contacts"
            )
        return self


class RemoveFile(ChangeFile):
    change: Literal["remove"]
    share: Share
    reason_share: Share = 1.0
    aht_multiple: Annotated[float, Field(gt=0, le=10)] = 1.0

    @model_validator(mode="after")
    def _work_is_left(self) -> RemoveFile:
        gone = self.share * self.reason_share
        if gone < 1 and gone * self.aht_multiple >= 1:
            raise ValueError(f"a share of {gone:g} of the contacts cannot be all of the handling or more")
        return self


class MoveFile(ChangeFile):
    change: Literal["move"]
    to: str
    share: Share = 1.0


class FloodFile(Strict):
    change: Literal["flood"]
    name: ChangeName | None = None
    where: WhereFile = WhereFile()
    day: DayFile
    weekday: Annotated[int, Field(ge=0, le=6)] = 0
    hour: Annotated[float, Field(ge=0, lt=24)]
    contacts: Annotated[float, Field(ge=0, le=100)]
    half_h: Positive
    bulk_share: Share = 0.0
    bulk_s: Annotated[float, Field(ge=0, le=3600)] = 0.0
    aht: Annotated[float, Field(gt=0, le=10)] = 1.0


AnyChange = Annotated[
    ScaleFile | MixFile | FrontEndFile | RemoveFile | MoveFile | FloodFile, Field(discriminator="change")
]


class ScenarioFile(Strict):
    """The whole file."""

    scenario: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")]
    title: Annotated[str, Field(min_length=1, max_length=120)]
    version: Annotated[int, Field(ge=1)] = 1
    about: str = ""
    weeks: Annotated[int, Field(ge=4, le=78)] | None = None
    plan: dict[str, Any] = {}
    add: dict[str, Any] = {}
    changes: list[AnyChange] = []
    teams: list[TeamFile] = []
