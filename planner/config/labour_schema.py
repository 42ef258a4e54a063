"""What may stand in `plan.yaml` about work: labour rules, contracts and shift patterns."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from planner.config.hours import minute_of
from planner.config.strict import Positive, Strict
from planner.domain.labour_rules import rolling_of

DayHours = Annotated[float, Field(ge=0, le=24)]
WeekHours = Annotated[float, Field(gt=0, le=168)]
Minutes = Annotated[int, Field(ge=0, le=240)]
Premium = Annotated[float, Field(ge=0, le=10)]
ClockHour = Annotated[int, Field(ge=0, le=24)]


def _rolling(text: str) -> str:
    rolling_of(text)
    return text


def _clock(given: Any) -> Any:
    """A clock time as text: YAML reads an unquoted 14:30 as the number 14 x 60 + 30."""
    text = f"{given // 60:02}:{given % 60:02}" if isinstance(given, int) else given
    if isinstance(text, str):
        minute_of(text)
    return text


RollingText = Annotated[str, AfterValidator(_rolling)]
ClockTime = Annotated[str, BeforeValidator(_clock)]


class LabourFile(Strict):
    """Labour rules; `pack` names one of `planner/config/packs`, and numbers given here replace its own."""

    pack: str | None = None
    daily_rest_h: DayHours = 11
    weekly_rest_h: Annotated[float, Field(ge=0, le=168)] = 35
    day_max_h: Annotated[float, Field(gt=0, le=24)] = 10
    week_max_h: WeekHours = 48
    average_week_h: WeekHours | None = None
    reference_weeks: Annotated[int, Field(ge=1, le=53)] = 17
    consecutive_days_max: Annotated[int, Field(ge=1, le=31)] = 6
    break_after_h: DayHours = 6
    break_min: Minutes = 15
    pauses_due: list[tuple[DayHours, Minutes]] = []
    pause_part_min: Minutes = 15
    breaks_apart_min: tuple[Minutes, Annotated[int, Field(ge=15, le=960)]] | None = None
    meal_min: Minutes = 30
    short_breaks: list[Annotated[int, Field(ge=1, le=120)]] = []
    night: tuple[ClockHour, ClockHour] = (22, 6)
    night_work_h: Annotated[float, Field(gt=0, le=24)] = 3
    night_max_h: Annotated[float, Field(gt=0, le=24)] | None = None
    nights_in_a_row_max: Annotated[int, Field(ge=1, le=31)] | None = None
    nights_max: RollingText | None = None
    free_weekends: RollingText | None = None
    free_sundays: RollingText | None = None
    sunday_premium: Premium = 0.0
    night_premium: Premium = 0.0
    holiday_premium: Premium = 0.0

    @model_validator(mode="after")
    def _least_before_most(self) -> LabourFile:
        apart = self.breaks_apart_min
        if apart is not None and apart[0] > apart[1]:
            raise ValueError(f"breaks_apart_min is [least, most]; {apart[0]} is more than {apart[1]}")
        for name in ("free_weekends", "free_sundays"):
            text = getattr(self, name)
            if text is not None and rolling_of(text).number > rolling_of(text).weeks:
                raise ValueError(f"{name} {text}: there are not so many in these weeks")
        return self


class ContractFile(Strict):
    weekly_hours: Annotated[float, Field(gt=0, le=60)]
    days_per_week: Annotated[int, Field(ge=1, le=7)]
    shift_h: list[Positive] = Field(min_length=1)
    overtime_h: Annotated[float, Field(ge=0, le=24)] = 0.0


class ShiftPatternFile(Strict):
    """A shift pattern; `starts` lists local clock times, else a shift starts every `start_step_min`."""

    name: str
    paid_h: Annotated[float, Field(gt=0, le=16)]
    start_step_min: Literal[15, 30, 60] = 30
    starts: list[ClockTime] = []
    meal_from_h: Annotated[float, Field(ge=0)] = 6.5
    meal_window_h: tuple[Positive, Positive] = (3.5, 5.0)
    break_from_h: Annotated[float, Field(ge=0)] = 4.0
