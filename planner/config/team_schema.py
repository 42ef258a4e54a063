"""What may stand under `teams:` in the file of a scenario."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from planner.config.hours import week_of
from planner.config.strict import Positive, Strict

Share = Annotated[float, Field(ge=0, le=1)]


class PendingFile(Strict):
    share: Share
    hours: Positive = 24.0
    unanswered: Share = 0.0


class DuplicatesFile(Strict):
    share: Share
    each_s: Annotated[float, Field(ge=0, le=3600)] = 0.0


class TemplatesFile(Strict):
    share: Share
    less_s: Annotated[float, Field(ge=0, le=3600)]


class RulesFile(Strict):
    first: date | Annotated[int, Field(ge=1, le=78)] | None = Field(default=None, alias="from")
    merge_duplicates: DuplicatesFile | None = None
    templates: TemplatesFile | None = None
    auto_close: Share = 0.0


class TurnFile(Strict):
    people: Annotated[int, Field(ge=1, le=100)]
    hours: Annotated[dict[str, str], Field(min_length=1)]

    @field_validator("hours")
    @classmethod
    def _hours(cls, given: dict[str, str]) -> dict[str, str]:
        if not any(week_of(given).values()):
            raise ValueError("leave no hour of the week; write such as {mon-fri: '09:00-17:00'}")
        return given


class TeamFile(Strict):
    """One team and the queue it answers."""

    queue: Annotated[list[str], Field(min_length=3, max_length=3)]
    turns: Annotated[list[TurnFile], Field(min_length=1, max_length=20)]
    backlog: Annotated[float, Field(ge=0, le=1e6)] = 0.0
    duplicates: Share = 0.0
    pending: PendingFile = PendingFile(share=0.0)
    rules: RulesFile = RulesFile()
