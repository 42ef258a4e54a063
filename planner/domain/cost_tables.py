"""What a plan costs: the hour by contract, the schedule by site and period, its contacts by queue, a point of service."""

# fmt: off

from __future__ import annotations

from planner.domain.keys import CHANNEL, LANGUAGE, QUEUE, SITE
from planner.domain.table import Column, Table

REGION = Column("region", "text", "region named in plan.yaml; a site without one is its own")
PERIOD = Column("period", "text", "week, or total: all weeks scheduled", values=("week", "total"))
PERIOD_START = Column("period_start", "day", "Monday of the (first) week; a shift belongs to the week of the local day on which it starts")
CURRENCY = Column("currency", "text", "the site's currency")
FOR_ONE = Column("for_one", "number", "units of the site's currency for one of the plan's, as fixed in plan.yaml", least=0)
CONTACTS = Column("contacts", "number", "contacts expected to come: mean of the forecast", "contacts", least=0)
HANDLED = Column("handled", "number", "of them handled: less the simulated share that abandons", "contacts", least=0)
MONEY = ("wages", "leave", "unused", "overtime", "night", "sunday", "holiday", "seats", "hiring", "training")
HOURS = ("paid_h", "leave_h", "unused_h", "overtime_h", "night_h", "sunday_h", "holiday_h")

COST_CURVE = Table(
    "COST_CURVE", "what a target costs: one row per site, week, voice target and its share", ("site", "week", "target", "share"),
    (SITE, Column("week", "day", "Monday of the week"),
     Column("target", "text", "the voice target that varies", values=("service_level", "service_level_2", "abandonment")),
     Column("share", "share", "what is asked of it, the other targets as in the contract"),
     Column("paid_h", "number", "paid hours", "h"), Column("cost", "number", "cost of the paid hours", "currency")),
)

HOURLY_COST = Table(
    "HOURLY_COST", "what a paid hour costs: one row per site and contract", ("site", "contract"),
    (REGION, SITE, Column("contract", "text", "contract named in plan.yaml"), CURRENCY, FOR_ONE,
     Column("wage_local", "number", "wage of an hour; blank where only the loaded hour is known", "site's currency/h", least=0, blank=True),
     Column("loading", "number", "paid by the employer on the wage, as a share of it; blank where only the loaded hour is known", "share", least=0, blank=True),
     Column("loaded_local", "number", "paid hour with all that is paid beside the wage", "site's currency/h", least=0),
     Column("loaded", "number", "the same in the plan's currency", "currency/h", least=0),
     *(Column(f"{name}_premium", "number", f"paid on top of the loaded hour {when}, as a share of it", "share", least=0) for name, when in (
         ("overtime", "above the contract's hours"), ("night", "at night"), ("sunday", "on Sundays"), ("holiday", "on public holidays"))),
     Column("seat_per_month", "number", "a seat for a month", "currency", least=0)),
)

COST_OF_PLAN = Table(
    "COST_OF_PLAN", "what the schedule costs, in the plan's currency: one row per site and calendar week, and one for all weeks", ("site", "period", "period_start"),
    (REGION, SITE, PERIOD, PERIOD_START, Column("days", "count", "days of the period that are scheduled", "days"), CONTACTS, HANDLED,
     Column("people", "number", "people employed, mean of the days", "people", least=0),
     Column("paid_h", "number", "paid hours scheduled: everything but meals", "h", least=0),
     Column("leave_h", "number", "contract hours that paid leave has taken", "h", least=0),
     Column("unused_h", "number", "contract hours neither scheduled nor on leave, which are paid all the same", "h", least=0),
     Column("overtime_h", "number", "paid hours above a week's contract hours", "h", least=0), Column("night_h", "number", "paid hours inside the site's night", "h", least=0),
     Column("sunday_h", "number", "paid hours on Sundays", "h", least=0), Column("holiday_h", "number", "paid hours on public holidays", "h", least=0),
     Column("fte", "number", "full-time equivalents: (scheduled + leave + unused hours) / full-time hours of the period", "FTE", least=0),
     Column("seats_taken", "number", "seats taken at the busiest moment: people at work x (1 - remote share), rounded up", "seats", least=0),
     Column("wages", "number", "paid hours scheduled x the loaded hour of the contract", "currency", least=0),
     Column("leave", "number", "hours of paid leave x the loaded hour", "currency", least=0), Column("unused", "number", "unused contract hours x the loaded hour", "currency", least=0),
     *(Column(name, "number", f"premium of {words}: hours x the loaded hour x the premium", "currency", least=0) for name, words in (
         ("overtime", "overtime"), ("night", "nights"), ("sunday", "Sundays"), ("holiday", "public holidays"))),
     Column("seats", "number", "seats taken x the seat's cost x days of the period / days of a month", "currency", least=0),
     Column("hiring", "number", "hiring and class of those who replace the leavers to be expected", "currency", least=0),
     Column("training", "number", "paid hours of theirs in training", "currency", least=0),
     Column("total", "number", "all of these", "currency", least=0),
     Column("per_contact", "number", "total / contacts handled; blank where none is", "currency", least=0, blank=True),
     Column("per_fte", "number", "total / FTE of the period; blank where nobody is paid", "currency", least=0, blank=True),
     CURRENCY, FOR_ONE, Column("total_local", "number", "total in the site's currency", "site's currency", least=0),
     Column("per_contact_local", "number", "cost per contact handled in the site's currency", "site's currency", least=0, blank=True),
     Column("per_fte_local", "number", "cost per FTE in the site's currency", "site's currency", least=0, blank=True)),
)

COST_BY_QUEUE = Table(
    "COST_BY_QUEUE", "what the contacts cost: one row per queue and calendar week, and one for all weeks; they add up to COST_OF_PLAN", (*QUEUE, "period", "period_start"),
    (REGION, SITE, LANGUAGE, CHANNEL, PERIOD, PERIOD_START, CONTACTS, HANDLED,
     Column("contact_h", "number", "hours scheduled on contact for this queue", "h", least=0),
     Column("total", "number", "what its agents cost: each agent's shift costs by the contact hours of that shift, all else by those of the week, people without any and seats by those of the site", "currency", least=0),
     Column("per_contact", "number", "total / contacts handled; blank where none is, and where nobody is scheduled for it (work done in the idle time of others)", "currency", least=0, blank=True),
     CURRENCY, FOR_ONE, Column("total_local", "number", "total in the site's currency", "site's currency", least=0),
     Column("per_contact_local", "number", "cost per contact handled in the site's currency", "site's currency", least=0, blank=True)),
)

COST_OF_POINT = Table(
    "COST_OF_POINT", "what one more point of a voice target costs: one row per region, week and target; region all = every site", ("region", "week", "target"),
    (REGION, Column("week", "day", "Monday of the week"),
     Column("target", "text", "the voice target that varies, the others as in the contract", values=("service_level", "service_level_2", "abandonment")),
     Column("asked", "share", "asked in the contract; where queues differ, the easiest"),
     Column("begin", "share", "the share tried that the contract asks, or the next easier one"), Column("end", "share", "the next harder share tried"),
     Column("paid_h", "number", "paid hours a week from begin to end", "h"), Column("cost", "number", "their cost by cost_per_paid_hour, without premiums", "currency"),
     Column("point_h", "number", "paid hours of one point, from begin to end a straight line", "h"), Column("point_cost", "number", "cost of one point in a week", "currency"),
     Column("free", "flag", "no more than 0.05 % of the paid hours: another target decides")),
)

COST_TABLES: tuple[Table, ...] = (COST_CURVE, HOURLY_COST, COST_OF_PLAN, COST_BY_QUEUE, COST_OF_POINT)
