"""What leaves the program with a schedule: hours for payroll, and the events of everyone's calendar."""

# fmt: off

from __future__ import annotations

from planner.domain.keys import SITE
from planner.domain.shared_rules import no_more_than
from planner.domain.table import Column, Table

PAY_HOURS = Table(
    "PAY_HOURS", "hours for payroll: one row per agent and calendar week, and one for all weeks; night, Sunday and holiday overlap",
    ("agent_id", "period", "period_start"),
    (Column("agent_id", "text", "who"), SITE,
     Column("contract", "text", "contract named in plan.yaml"),
     Column("period", "text", "week, or total: all weeks scheduled", values=("week", "total")),
     Column("period_start", "day", "Monday of the (first) week; a shift belongs to the week of the local day on which it starts"),
     Column("contract_h", "number", "contract hours of whole calendar weeks, also where only a part of one is scheduled", "h", least=0),
     Column("leave_h", "number", "contract hours that paid leave has taken", "h", least=0),
     Column("paid_h", "number", "paid hours scheduled: everything but meals", "h", least=0),
     Column("overtime_h", "number", "paid hours above a week's contract hours", "h", least=0),
     Column("night_h", "number", "paid hours inside the site's night", "h", least=0),
     Column("sunday_h", "number", "paid hours on Sundays, from midnight to midnight", "h", least=0),
     Column("holiday_h", "number", "paid hours on public holidays of the site's country, from midnight to midnight", "h", least=0),
     Column("meal_h", "number", "unpaid hours of meals inside shifts", "h", least=0),
     Column("shifts", "count", "shifts", "shifts")),
)

CALENDAR_EVENTS = Table(
    "CALENDAR_EVENTS", "what everyone's calendar holds: one row per agent and local day on which a shift starts, or was cancelled",
    ("agent_id", "day"),
    (Column("agent_id", "text", "who"), SITE,
     Column("day", "day", "local day on which the shift starts"),
     Column("uid", "text", "what the calendar knows the event by; the same for an agent and day in every plan"),
     Column("sequence", "count", "how often the event has changed since it was first published"),
     Column("status", "text", "confirmed, or cancelled: it was published and is no more", values=("confirmed", "cancelled")),
     Column("start", "utc", "begin of the shift"), Column("end", "utc", "end of the shift"),
     Column("summary", "text", "title of the event"), Column("description", "text", "what the agent does, segment by segment, by the clock of the site"),
     Column("changed_at", "utc", "when the event last changed")),
    (no_more_than("start", "end"),),
)

PAY_TABLES: tuple[Table, ...] = (PAY_HOURS, CALENDAR_EVENTS)
