"""Every table that crosses from one room to another: grain, columns, units.

Counts and sums are stored, never percentages. Times are UTC; days are local to the queue or site.
`planner tables` prints the glossary from these objects.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.domain.backlog_table import BACKLOG
from planner.domain.behaviour_tables import BEHAVIOUR_TABLES
from planner.domain.capacity_tables import CAPACITY_TABLES
from planner.domain.change_tables import CHANGE_TABLES
from planner.domain.change_tables import CHANGES as CHANGES
from planner.domain.change_tables import CHANGES_DAYS as CHANGES_DAYS
from planner.domain.change_tables import LOCKED as LOCKED
from planner.domain.cost_tables import COST_CURVE as COST_CURVE
from planner.domain.cost_tables import COST_TABLES
from planner.domain.forecast_tables import ACCURACY as ACCURACY
from planner.domain.forecast_tables import EVENTS as EVENTS
from planner.domain.forecast_tables import FORECAST as FORECAST
from planner.domain.forecast_tables import FORECAST_DAYS as FORECAST_DAYS
from planner.domain.forecast_tables import FORECAST_PATHS as FORECAST_PATHS
from planner.domain.forecast_tables import FORECAST_TABLES
from planner.domain.forecast_tables import QUANTILES as QUANTILES
from planner.domain.form_tables import FORM_TABLES
from planner.domain.hosting_tables import HOSTING_TABLES
from planner.domain.interval_rules import no_overlap, on_the_grid
from planner.domain.keys import CHANNEL as CHANNEL
from planner.domain.keys import INTERVAL as INTERVAL
from planner.domain.keys import LANGUAGE as LANGUAGE
from planner.domain.keys import QUEUE as QUEUE
from planner.domain.keys import QUEUE_COLUMNS as QUEUE_COLUMNS
from planner.domain.keys import SITE as SITE
from planner.domain.keys import START as START
from planner.domain.pay_tables import CALENDAR_EVENTS as CALENDAR_EVENTS
from planner.domain.pay_tables import PAY_HOURS as PAY_HOURS
from planner.domain.pay_tables import PAY_TABLES
from planner.domain.quality_tables import AGENT_SCORES as AGENT_SCORES
from planner.domain.quality_tables import AGREEMENT as AGREEMENT
from planner.domain.quality_tables import BRIDGES as BRIDGES
from planner.domain.quality_tables import COMPARISONS as COMPARISONS
from planner.domain.quality_tables import DISPUTED as DISPUTED
from planner.domain.quality_tables import DISPUTES as DISPUTES
from planner.domain.quality_tables import DRAWS as DRAWS
from planner.domain.quality_tables import EVALUATION_SCORES as EVALUATION_SCORES
from planner.domain.quality_tables import EXPLAINED as EXPLAINED
from planner.domain.quality_tables import INTRADAY as INTRADAY
from planner.domain.quality_tables import LENIENCY as LENIENCY
from planner.domain.quality_tables import QUALITY_TABLES
from planner.domain.quality_tables import SAMPLING as SAMPLING
from planner.domain.quality_tables import TODAY as TODAY
from planner.domain.quality_tables import TRENDS as TRENDS
from planner.domain.resolution_tables import FCR_CURVE as FCR_CURVE
from planner.domain.resolution_tables import REPEATS as REPEATS
from planner.domain.resolution_tables import RESOLUTION_TABLES
from planner.domain.resolution_tables import SURVEYS as SURVEYS
from planner.domain.scenario_tables import SCENARIO_TABLES
from planner.domain.schedule_tables import EXPLAIN_TABLES
from planner.domain.schedule_tables import HIRES as HIRES
from planner.domain.schedule_tables import RULE_COST as RULE_COST
from planner.domain.schedule_tables import UNDER_OVER as UNDER_OVER
from planner.domain.schedule_tables import WHAT_IF as WHAT_IF
from planner.domain.schedule_tables import WORTH as WORTH
from planner.domain.shared_rules import DAY, no_more_than
from planner.domain.table import Column, Found, Table
from planner.domain.wish_tables import FAIRNESS as FAIRNESS
from planner.domain.wish_tables import FAIRNESS_GROUPS as FAIRNESS_GROUPS
from planner.domain.wish_tables import MISSED_WISHES as MISSED_WISHES
from planner.domain.wish_tables import PREFERENCES as PREFERENCES
from planner.domain.wish_tables import SHORTAGE as SHORTAGE
from planner.domain.wish_tables import WISH_TABLES
from planner.domain.wish_tables import WISHES as WISHES

DAY_LEVELS = ("p50", "p75", "p90")


def _parts_of_offered(frame: pd.DataFrame) -> Iterator[Found]:
    if {"answered", "abandoned"} <= set(frame.columns):
        wrong = (frame["answered"].fillna(0) + frame["abandoned"].fillna(0) > frame["offered"]).to_numpy()
        if wrong.any():
            yield Found("parts_exceed_whole", "offered", wrong,
                        lambda v: f"answered + abandoned is more than the {v} offered; offered = answered + abandoned (+ flowed out)")


def _within_of_answered(frame: pd.DataFrame) -> Iterator[Found]:
    for name in frame.columns:
        if name.startswith("answered_within_") and "answered" in frame.columns:
            wrong = (frame[name] > frame["answered"]).to_numpy()
            if wrong.any():
                yield Found("more_than", name, wrong, lambda v: f"{v} answered in time is more than answered")


VOLUME = Table(
    "VOLUME", "what happened: one row per queue and interval; an absent row is unknown, not zero",
    (*QUEUE, "interval_start"),
    (*QUEUE_COLUMNS, START, INTERVAL,
     Column("offered", "count", "contacts that entered the queue (written channels: received)", "contacts"),
     Column("answered", "count", "contacts an agent took (written: handled)", "contacts", needed=False),
     Column("abandoned", "count", "contacts that left while waiting", "contacts", needed=False),
     Column("abandoned_short", "count", "abandoned within the short-abandon threshold", "contacts", needed=False),
     Column("answered_within_{seconds}_s", "count", "answered within that many seconds", "contacts", needed=False),
     Column("abandoned_within_{seconds}_s", "count", "abandoned within that many seconds", "contacts", needed=False),
     Column("met_deadline", "count", "deferred work finished within its deadline", "contacts", needed=False),
     Column("talk_s", "number", "sum of talk (or conversation) time", "s", least=0, needed=False),
     Column("hold_s", "number", "sum of hold time", "s", least=0, needed=False),
     Column("wrap_s", "number", "sum of after-contact work", "s", least=0, needed=False),
     Column("handle_s", "number", "sum of handle time where its parts are unknown", "s", least=0, needed=False),
     Column("wait_answered_s", "number", "sum of waits of the answered", "s", least=0, needed=False),
     Column("wait_abandoned_s", "number", "sum of waits of the abandoned", "s", least=0, needed=False),
     Column("longest_wait_s", "number", "longest wait of any contact", "s", least=0, needed=False),
     Column("staffed_s", "number", "agent time on contact duty", "s", least=0, needed=False)),
    (_parts_of_offered, _within_of_answered, no_more_than("abandoned_short", "abandoned"), on_the_grid, no_overlap),
)

def _closes_after_it_opens(frame: pd.DataFrame) -> Iterator[Found]:
    if {"arrived_at", "ended_at"} <= set(frame.columns):
        wrong = (frame["arrived_at"] > frame["ended_at"]).to_numpy()
        if wrong.any():
            cells = frame["ended_at"].astype("str") + " is before it opened, arrived_at " + frame["arrived_at"].astype("str")
            yield Found("closes_before_it_opens", "ended_at", wrong, lambda v: f"the contact closed at {v}; arrived_at ≤ ended_at, both on one clock", cells=cells)


CONTACTS = Table(
    "CONTACTS", "contact log: one row per contact", ("contact_id",),
    (Column("contact_id", "text", "id of the contact, unique"),
     Column("customer_id", "text", "who contacted; blank when unknown; used to compute FCR and never kept", needed=False),
     *QUEUE_COLUMNS,
     Column("reason", "text", "reason family, such as payment", needed=False),
     Column("arrived_at", "utc", "entered the queue"),
     Column("answered_at", "utc", "an agent took it; blank when abandoned", needed=False),
     Column("ended_at", "utc", "closed, or left the queue", needed=False),
     Column("talk_s", "number", "talk or conversation time", "s", least=0, needed=False),
     Column("hold_s", "number", "hold time", "s", least=0, needed=False),
     Column("wrap_s", "number", "after-contact work", "s", least=0, needed=False),
     Column("concurrent", "number", "conversations open with the agent during this one, mean", "contacts", least=0, needed=False),
     Column("agent_id", "text", "agent who answered", needed=False),
     Column("handled_by", "text", "who closed it: person, or bot when no person took part", values=("person", "bot"), needed=False),
     Column("conversation_id", "text", "the same for the parts that a transfer makes of one contact", needed=False),
     Column("transferred", "flag", "came by transfer from another agent: a part of the contact before it", needed=False),
     Column("escalated", "flag", "passed on from the first line", needed=False),
     Column("agent_resolved", "flag", "the agent's disposition: resolved", needed=False),
     Column("survey_resolved", "flag", "the customer's survey answer: resolved; blank = no answer", needed=False)),
    (no_more_than("arrived_at", "answered_at"), _closes_after_it_opens),
)

AGENTS = Table(
    "AGENTS", "the roster of people: one row per agent", ("agent_id",),
    (Column("agent_id", "text", "id, unique"),
     Column("name", "text", "name as shown on the roster", needed=False),
     SITE,
     Column("team", "text", "team", needed=False),
     Column("contract", "text", "contract named in plan.yaml"),
     Column("languages", "text", "languages with level, first language first: pt:native;es:fluent"),
     Column("channels", "text", "channels the agent serves: voice;chat;email"),
     Column("hire_date", "day", "first day on contact duty", needed=False),
     Column("leave_date", "day", "last day employed", needed=False),
     Column("max_chats", "count", "conversations at once; blank = the channel's own", "contacts", least=1, needed=False),
     Column("cost_per_hour", "number", "paid hour; blank = the site's own", "currency/h", least=0, needed=False)),
)

ABSENCES = Table(
    "ABSENCES", "days an agent is not available", ("agent_id", "first_day"),
    (Column("agent_id", "text", "who"), Column("first_day", "day", "first day away"),
     Column("last_day", "day", "last day away"),
     Column("reason", "text", "leave, training, unavailable, ...", needed=False)),
    (no_more_than("first_day", "last_day"),),
)

EVALUATIONS = Table(
    "EVALUATIONS", "quality: one row per evaluation and item", ("evaluation_id", "item"),
    (Column("evaluation_id", "text", "id of the evaluation"),
     Column("evaluated_at", "utc", "when it was scored"),
     Column("contact_id", "text", "contact that was scored", needed=False),
     Column("agent_id", "text", "agent who handled it"), Column("rater_id", "text", "who scored"),
     *QUEUE_COLUMNS,
     Column("form", "text", "form and version, such as RETAIL-1; a used form never changes"),
     Column("stream", "text", "random (estimates), targeted (risk) or calibration; never mixed",
            values=("random", "targeted", "calibration")),
     Column("section", "text", "section of the form"),
     Column("section_weight", "number", "weight of the section", least=0),
     Column("item", "text", "item of the form"),
     Column("item_weight", "number", "weight of the item in its section", least=0),
     Column("item_class", "text", "class of the item", values=("customer", "business", "compliance", "none")),
     Column("critical", "flag", "failing this item fails the evaluation"),
     Column("points", "share", "share of the item's points earned; blank = not applicable", blank=True)),
)

REQUIREMENT = Table(
    "REQUIREMENT", "people needed: one row per queue and interval", (*QUEUE, "interval_start"),
    (*QUEUE_COLUMNS, START, INTERVAL,
     Column("offered", "number", "contacts planned for", "contacts", least=0),
     Column("aht_s", "number", "average handle time planned for", "s", least=0),
     Column("load_erlangs", "number", "offered load: contacts per second x AHT", "Erlang", least=0),
     Column("agents_on_contact", "number", "least agents on contact duty that meet every target", "agents", least=0),
     Column("agents_scheduled", "number", "at work: on contact / (1 - planned at work) / (1 - unplanned); a fraction", "agents", least=0),
     Column("agents_rostered", "number", "on the payroll: on contact / (1 - planned) / (1 - unplanned); a fraction", "agents", least=0),
     Column("binding", "text", "the target that decides, such as 90 % in 60 s", needed=False),
     Column("needs_service_level", "number", "agents the first service level alone needs", "agents", needed=False),
     Column("needs_service_level_2", "number", "agents the second service level alone needs", "agents", needed=False),
     Column("needs_abandonment", "number", "agents the abandonment target alone needs", "agents", needed=False),
     Column("needs_occupancy", "number", "agents the occupancy target alone needs", "agents", needed=False),
     Column("needs_asa", "number", "agents the ASA target alone needs", "agents", needed=False),
     Column("service_level", "number", "expected share answered within the first target's seconds", "share", needed=False),
     Column("service_level_2", "number", "the same for the second target", "share", needed=False),
     Column("abandonment", "number", "expected abandoned / offered", "share", needed=False),
     Column("occupancy", "number", "expected contact time / time on contact duty", "share", needed=False),
     Column("asa_s", "number", "expected mean wait of those answered", "s", needed=False),
     *(Column(f"fewer_{name}", "number", f"the expected {words} with one agent fewer", unit, needed=False) for name, words, unit in (
         ("service_level", "share answered within the first target's seconds", "share"), ("service_level_2", "same for the second target", "share"),
         ("abandonment", "abandoned / offered", "share"), ("occupancy", "occupancy", "share"), ("asa_s", "mean wait of those answered", "s"))),
     Column("fewer_breaks", "text", "the targets that one agent fewer would break, joined by ;", needed=False),
     *(Column(f"agents_{q}", "number", f"agents on contact needed on a day as busy as the {int(q[1:])} % day", "agents", least=0, needed=False) for q in DAY_LEVELS)),
)

ACTIVITIES = ("contact", "break", "meal", "training")
SCHEDULE = Table(
    "SCHEDULE", "named schedule: one row per agent and segment", ("agent_id", "start"),
    (Column("agent_id", "text", "who"), SITE,
     Column("day", "day", "local day on which the shift starts"),
     Column("shift", "text", "shift pattern, such as full 8 h"),
     Column("start", "utc", "first moment of the segment"), Column("end", "utc", "end of the segment"),
     Column("activity", "text", "what the agent does", values=ACTIVITIES),
     Column("language", "text", "language served; blank outside contact", blank=True),
     Column("channel", "text", "channel served; blank outside contact", blank=True)),
    (no_more_than("start", "end"),),
)

SCHEDULE_REPORT = Table(
    "SCHEDULE_REPORT", "how good the schedule is: one row per site and week", ("site", "week"),
    (SITE, Column("week", "day", "Monday of the week"),
     Column("agents", "count", "agents who can work that week", "agents"),
     Column("required_h", "number", "required agent-hours", "h"),
     Column("scheduled_h", "number", "scheduled contact hours", "h"),
     Column("under_h", "number", "agent-hours short", "h"), Column("over_h", "number", "agent-hours over", "h"),
     Column("cost", "number", "penalty of what is short, over and idle", "penalty"),
     Column("bound", "number", "no legal schedule can cost less", "penalty"),
     Column("gap", "number", "(cost - bound) / cost", "share"),
     Column("wishes", "number", "what wishes, premiums and unfair shares cost beside", "penalty", needed=False),
     Column("paid_h", "number", "paid hours", "h"), Column("seconds", "number", "time used", "s"),
     Column("stopped", "text", "why it stopped"), Column("seed", "count", "seed")),
)

VIOLATIONS = Table(
    "VIOLATIONS", "labour rules broken by a schedule; empty when it is legal", ("agent_id", "rule", "day"),
    (Column("agent_id", "text", "who"), Column("rule", "text", "which rule"), DAY,
     Column("note", "text", "what was found and what would be right")),
)

COVERAGE = Table(
    "COVERAGE", "requirement against schedule: one row per queue and interval", (*QUEUE, "interval_start"),
    (*QUEUE_COLUMNS, START, INTERVAL,
     Column("needed", "number", "agents needed at work", "agents"),
     Column("scheduled", "number", "agents scheduled on this queue", "agents"),
     Column("gap", "number", "scheduled - needed", "agents")),
)

MEASURES = ("service_level", "service_level_2", "abandonment", "asa_s", "occupancy", "met_deadline", "all_targets")
SERVICE_CHECK = Table(
    "SERVICE_CHECK", "simulated service: one row per queue, level, period and measure; a dimension rolled up is 'all'",
    (*QUEUE, "level", "interval_start", "measure"),
    (*QUEUE_COLUMNS, Column("level", "text", "interval, day, week or total", values=("interval", "day", "week", "total")),
     START, Column("measure", "text", "what is measured", values=MEASURES),
     Column("value", "number", "mean over replications (counts pooled)", blank=True),
     Column("low", "number", "5 % quantile over replications", blank=True),
     Column("high", "number", "95 % quantile over replications", blank=True),
     Column("mean_low", "number", "lower end of the 95 % interval of the value", blank=True, needed=False),
     Column("mean_high", "number", "upper end of the 95 % interval of the value", blank=True, needed=False),
     Column("target", "number", "the target, blank when there is none", blank=True),
     Column("p_meets", "number", "share of replications that meet the target", "share", blank=True),
     Column("offered", "number", "mean contacts offered", "contacts"),
     Column("replications", "count", "replications"), Column("seed", "count", "seed")),
)

SCORECARD = Table(
    "SCORECARD", "scores: one row per subject, period and measure; a dimension rolled up is 'all'",
    ("measure", *QUEUE, "period", "period_start"),
    (Column("measure", "text", "what is measured"), *QUEUE_COLUMNS,
     Column("period", "text", "day, week, month or all", values=("day", "week", "month", "all")),
     Column("period_start", "day", "first local day of the period"),
     Column("value", "number", "the score; blank when unknown", blank=True),
     Column("low", "number", "lower end of the 95 % interval", blank=True),
     Column("high", "number", "upper end of the 95 % interval", blank=True),
     Column("n", "number", "what it rests on: contacts, evaluations or anchors"),
     Column("definition", "text", "how it is computed")),
)

TABLES: tuple[Table, ...] = (
    VOLUME, CONTACTS, AGENTS, ABSENCES, EVALUATIONS, *FORECAST_TABLES,
    REQUIREMENT, BACKLOG, SCHEDULE, SCHEDULE_REPORT, VIOLATIONS, COVERAGE, SERVICE_CHECK, SCORECARD,
    *EXPLAIN_TABLES, *CHANGE_TABLES, *WISH_TABLES, *PAY_TABLES, *BEHAVIOUR_TABLES,
    *QUALITY_TABLES, *RESOLUTION_TABLES, *FORM_TABLES, *CAPACITY_TABLES, *COST_TABLES, *HOSTING_TABLES, *SCENARIO_TABLES,
)
