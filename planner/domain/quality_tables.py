"""Tables of quality and service: what is imported for them, and what their scorecards tell."""

# fmt: off

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.domain.interval_rules import no_overlap, on_the_grid
from planner.domain.keys import INTERVAL, LANGUAGE, QUEUE, QUEUE_COLUMNS, SITE, START
from planner.domain.shared_rules import no_more_than
from planner.domain.table import Column, Found, Table

STREAMS = ("random", "targeted", "calibration")
CLASSES = ("customer", "business", "compliance")
ERROR_CLASSES = (*CLASSES, "none")
DISPUTE_OUTCOMES = ("open", "upheld", "changed")
FACTORS = ("volume", "aht", "schedule", "shrinkage", "adherence", "rest")
LOW = Column("low", "number", "lower end of the 95 % interval", blank=True)
HIGH = Column("high", "number", "upper end of the 95 % interval", blank=True)


def _aht_where_contacts(frame: pd.DataFrame) -> Iterator[Found]:
    wrong = ((frame["planned_offered"] > 0) & (frame["planned_aht_s"] == 0)).to_numpy()
    if wrong.any():
        yield Found("no_handle_time", "planned_aht_s", wrong, lambda v: f"{v} s for contacts that were planned; write how long they were expected to take")


DISPUTES = Table(
    "DISPUTES", "evaluations that were disputed: one row per dispute", ("dispute_id",),
    (Column("dispute_id", "text", "id, unique"),
     Column("evaluation_id", "text", "evaluation that is disputed"),
     Column("item", "text", "item that is disputed; blank = the whole evaluation", needed=False),
     Column("opened_at", "utc", "when it was raised"), Column("opened_by", "text", "who raised it", needed=False),
     Column("closed_at", "utc", "when it was decided; blank = open", needed=False),
     Column("outcome", "text", "open, upheld (the score stands) or changed (the evaluation was scored again)", values=DISPUTE_OUTCOMES),
     Column("score_before", "share", "final score before it was scored again", needed=False)),
    (no_more_than("opened_at", "closed_at"),),
)

INTRADAY = Table(
    "INTRADAY", "what a day was planned with and who was there: one row per queue and interval", (*QUEUE, "interval_start"),
    (*QUEUE_COLUMNS, START, INTERVAL,
     Column("planned_offered", "number", "contacts the plan expected", "contacts", least=0),
     Column("planned_aht_s", "number", "average handle time the plan expected; of one conversation alone where several are open at once", "s", least=0),
     Column("planned_staffed_s", "number", "agent time on contact duty the plan counted on, absence and time away already taken off", "s", least=0),
     Column("scheduled_s", "number", "agent time for contact duty on the roster as it stood that day: staffed + absent + away; blank = follows from these", "s", least=0, needed=False),
     Column("planned_absent_s", "number", "time on the roster that the plan expected to be lost to absence", "s", least=0, needed=False),
     Column("absent_s", "number", "part of scheduled_s lost to absence: sickness, leave, lateness", "s", least=0, needed=False),
     Column("planned_away_s", "number", "time at work but not in the scheduled state that the plan expected", "s", least=0, needed=False),
     Column("away_s", "number", "time at work but not in the scheduled state (adherence lost)", "s", least=0, needed=False)),
    (on_the_grid, no_overlap, no_more_than("absent_s", "scheduled_s"), no_more_than("away_s", "scheduled_s"), _aht_where_contacts),
)

EVALUATION_SCORES = Table(
    "EVALUATION_SCORES", "quality: one row per evaluation", ("evaluation_id",),
    (Column("evaluation_id", "text", "id"), Column("evaluated_at", "utc", "when it was scored"),
     Column("contact_id", "text", "contact that was scored", blank=True),
     Column("agent_id", "text", "agent who handled it"), Column("rater_id", "text", "who scored"), *QUEUE_COLUMNS,
     Column("client", "text", "client (brand) of the queue", blank=True),
     Column("form", "text", "form and version"), Column("stream", "text", "random, targeted or calibration", values=STREAMS),
     Column("raw", "number", "score before critical items count, 0..1", blank=True),
     Column("final", "number", "0 where a critical item failed, else the raw score", blank=True),
     *(Column(f"{part}_{kind}", "count", f"critical items of class {kind} {words}", "items")
       for kind in ERROR_CLASSES for part, words in (("scored", "that applied"), ("failed", "that failed"))),
     Column("failed_items", "text", "critical items that failed, joined by ;", blank=True)),
)

AGENT_SCORES = Table(
    "AGENT_SCORES", "agents' quality: one row per agent; not a ranking", ("agent_id",),
    (Column("agent_id", "text", "who"), Column("name", "text", "name as on the roster", blank=True), SITE, LANGUAGE,
     Column("n", "count", "random evaluations of the last half year", "evaluations"),
     Column("last", "utc", "the last of them", blank=True),
     Column("mean", "number", "mean final score as observed; blank below 20", blank=True),
     Column("posterior", "number", "final score expected of this agent: shrunken towards site and language", blank=True),
     LOW, HIGH,
     Column("group", "number", "mean of the site and language", blank=True),
     Column("target", "number", "score asked for", blank=True),
     Column("p_below", "number", "chance that the agent's true score is below the target", "share", blank=True),
     Column("coach", "flag", "chance above 0.9"),
     Column("weakest", "text", "item that loses most points against the group", blank=True),
     Column("weakest_points", "number", "points lost there against the group, of 100", blank=True)),
)

SAMPLING = Table(
    "SAMPLING", "how many evaluations are asked and done: one row per site, language and channel in the running month", QUEUE,
    (*QUEUE_COLUMNS, Column("month", "day", "first day of the month"),
     Column("contacts", "number", "contacts of the month so far, or its forecast", "contacts", least=0),
     Column("done", "count", "random evaluations so far", "evaluations"),
     Column("asked", "count", "random evaluations asked for", "evaluations"),
     Column("spread", "number", "standard deviation of the final score", blank=True),
     Column("width", "number", "half of the 95 % interval now, of 100", blank=True),
     Column("width_asked", "number", "half of the 95 % interval with those asked for, of 100", blank=True),
     Column("hours", "number", "QA hours of what is left", "h", least=0)),
)

DRAWS = Table(
    "DRAWS", "contacts to score next, drawn at random within their queue and never scored before: one row per contact", ("contact_id",),
    (*QUEUE_COLUMNS, Column("rank", "count", "order in which to take them; skip what cannot be scored"),
     Column("contact_id", "text", "contact to score"), Column("agent_id", "text", "agent who handled it", blank=True),
     Column("arrived_at", "utc", "when it came")),
)

DISPUTED = Table(
    "DISPUTED", "disputes and how they ended: one row per dimension and subject", ("dimension", "subject"),
    (Column("dimension", "text", "what is counted by", values=("all", "site", "form", "rater", "item")),
     Column("subject", "text", "site, form, rater or item; 'all' = everything"),
     Column("evaluations", "count", "evaluations (of an item: in which it applied)", "evaluations"),
     Column("disputes", "count", "disputes of them", "disputes"), Column("open", "count", "not decided yet", "disputes"),
     Column("upheld", "count", "the score stood", "disputes"), Column("changed", "count", "scored again", "disputes"),
     Column("disputed", "number", "evaluations disputed / evaluations", "share", blank=True), LOW, HIGH,
     Column("moved", "number", "mean change of the final score where it was scored again, of 100", blank=True),
     Column("moved_n", "count", "evaluations scored again whose score before is known", "evaluations"),
     Column("oldest_open", "utc", "when the oldest open dispute was raised", blank=True)),
)

TRENDS = Table(
    "TRENDS", "control charts: one row per measure, subject and week; a dimension rolled up is 'all'", ("measure", *QUEUE, "week"),
    (Column("measure", "text", "what is measured"), *QUEUE_COLUMNS, Column("week", "day", "Monday of the week"),
     Column("value", "number", "the week's value", blank=True), Column("n", "number", "what it rests on"),
     Column("centre", "number", "mean of the weeks that set the limits", blank=True),
     Column("lower", "number", "lower control limit", blank=True), Column("upper", "number", "upper control limit", blank=True),
     Column("signal", "text", "why the week is out of control: beyond the limits, or a run on one side; blank when it is not", blank=True)),
)

AGREEMENT = Table(
    "AGREEMENT", "do raters agree: one row per form, site, item and measure", ("form", "site", "item", "measure"),
    (Column("form", "text", "form and version"), SITE, Column("item", "text", "item, 'final score' or 'critical error'"),
     Column("measure", "text", "which measure", values=("agreement", "alpha", "ac1", "ac2", "icc")),
     Column("value", "number", "the measure; blank when it cannot be computed", blank=True), LOW, HIGH,
     Column("contacts", "count", "contacts that two raters or more scored", "contacts"), Column("raters", "count", "raters", "raters"),
     Column("definition", "text", "how it is computed")),
)

LENIENCY = Table(
    "LENIENCY", "how much more a rater gives for the same contact: one row per rater", ("rater_id",),
    (Column("rater_id", "text", "who scores"), SITE,
     Column("leniency", "number", "points given above the other raters for the same contacts, share of the points", blank=True), LOW, HIGH,
     Column("contacts", "count", "contacts of calibration sessions", "contacts"),
     Column("last", "utc", "last calibration session", blank=True),
     Column("linked", "text", "raters compared with one another, as a group; different groups share no contact; blank = with nobody",
            blank=True)),
)

BRIDGES = Table(
    "BRIDGES", "a difference of quality split into agents and raters: one row per dimension and pair", ("dimension", "a", "b"),
    (Column("dimension", "text", "what is compared", values=("site", "language")),
     Column("a", "text", "one subject"), Column("b", "text", "the other"),
     Column("difference", "number", "mean raw score of a minus b, random stream, share of the points", blank=True),
     Column("raters", "number", "part that a's raters give more than b's", blank=True),
     Column("raters_low", "number", "lower end of its 95 % interval", blank=True), Column("raters_high", "number", "upper end", blank=True),
     Column("agents", "number", "what is left: the agents' part", blank=True),
     Column("agents_low", "number", "lower end of its 95 % interval", blank=True), Column("agents_high", "number", "upper end", blank=True),
     Column("bridge", "count", "contacts scored by raters of both", "contacts"),
     Column("note", "text", "why it cannot be split; blank when it can", blank=True)),
)

COMPARISONS = Table(
    "COMPARISONS", "who differs from the others: one row per measure, dimension and subject", ("measure", "dimension", "subject"),
    (Column("measure", "text", "what is measured"),
     Column("dimension", "text", "what is compared", values=("site", "language", "channel")),
     Column("subject", "text", "site, language or channel"),
     Column("n", "number", "what it rests on"),
     Column("value", "number", "its value", blank=True),
     Column("others", "number", "value of all others together", blank=True),
     Column("difference", "number", "value minus others", blank=True),
     Column("low", "number", "lower end of the simultaneous 95 % interval of the difference", blank=True),
     Column("high", "number", "upper end", blank=True),
     Column("p", "number", "adjusted for the number of comparisons (Holm)", blank=True),
     Column("matters", "number", "smallest difference that matters (quality.matters); blank = not said", blank=True),
     Column("detectable", "number", "true difference that would be found with 80 % chance", blank=True),
     Column("verdict", "text", "different only when the adjusted p is below 0.05; alike: surely less than what matters apart",
            values=("higher", "lower", "alike", "cannot tell", "too few")),
     Column("definition", "text", "how the measure and the test are computed")),
)

EXPLAINED = Table(
    "EXPLAINED", "why service was not as planned: one row per measure, queue and day or week; a dimension rolled up is 'all'",
    ("measure", *QUEUE, "period", "period_start"),
    (Column("measure", "text", "service_level, service_level_2 or abandonment"), *QUEUE_COLUMNS,
     Column("period", "text", "day or week", values=("day", "week")), Column("period_start", "day", "local day, or Monday of the week"),
     Column("offered", "number", "contacts that came", "contacts"),
     Column("planned_offered", "number", "contacts the plan expected", "contacts"),
     Column("aht_s", "number", "average handle time", "s", blank=True), Column("planned_aht_s", "number", "what the plan expected", "s", blank=True),
     Column("staffed_h", "number", "hours on contact duty", "h"), Column("planned_staffed_h", "number", "what the plan counted on", "h"),
     Column("absence", "number", "share of scheduled time lost to absence", "share", blank=True), Column("planned_absence", "number", "what the plan expected", "share", blank=True),
     Column("adherence", "number", "time in the scheduled state / time at work", "share", blank=True), Column("planned_adherence", "number", "what the plan expected", "share", blank=True),
     Column("planned", "number", "the measure as the model gives it for the plan", "share", blank=True),
     Column("actual", "number", "the measure as it was", "share", blank=True),
     *(Column(f"by_{name}", "number", f"part of actual - planned that {words}", "share", blank=True) for name, words in (
         ("volume", "volume explains"), ("aht", "handle time explains"), ("schedule", "the schedule explains: more or fewer people rostered"),
         ("shrinkage", "absence explains"), ("adherence", "time out of the scheduled state explains"), ("rest", "the model does not explain")))),
)

COSTS = Table(
    "COSTS", "what answering cost, beside its plan: one row per queue and week or month", (*QUEUE, "period", "period_start"),
    (*QUEUE_COLUMNS, Column("period", "text", "week or month", values=("week", "month")),
     Column("period_start", "day", "Monday of the week, or first day of the month"),
     Column("offered", "number", "contacts that came", "contacts", least=0),
     Column("planned_offered", "number", "contacts the plan expected; blank where no plan of these days is known", "contacts", least=0, blank=True),
     Column("staffed_h", "number", "time on contact duty", "h", least=0),
     Column("planned_staffed_h", "number", "what the plan counted on", "h", least=0, blank=True),
     Column("paid_h", "number", "rostered time on contact duty / (1 - planned shrinkage)", "h", least=0),
     Column("planned_paid_h", "number", "the same of the plan, its unplanned shrinkage included", "h", least=0, blank=True),
     Column("people", "number", "paid hours / mean contract hours of the site's agents", "people", least=0),
     Column("planned_people", "number", "the same of the plan", "people", least=0, blank=True),
     Column("cost", "number", "paid hours x cost per paid hour of the site, in the centre's currency", least=0),
     Column("planned_cost", "number", "the same of the plan", least=0, blank=True)),
)

CONTRACT = Table(
    "CONTRACT", "the contract of one period: one row per client, channel and promise", ("client", "channel", "measure", "period_start"),
    (Column("client", "text", "client, or all"), Column("channel", "text", "channel, or all"),
     Column("measure", "text", "what is measured"), Column("name", "text", "its name in the report's language"),
     Column("period", "text", "week or month", blank=True), Column("period_start", "day", "Monday of the week, or first day of the month", blank=True),
     Column("target", "number", "what is asked for: shares 0..1, times in s", blank=True), Column("target_is", "text", "at least or at most", blank=True),
     Column("actual", "number", "what came of it", blank=True), LOW, HIGH,
     Column("n", "number", "what it rests on: contacts, evaluations or answers"),
     Column("margin", "number", "distance from the target, negative when missed", blank=True), Column("met", "flag", "whether it was kept", blank=True),
     Column("periods_met", "number", "of the last periods, those that kept it", blank=True), Column("periods", "count", "of the last periods, those measured"),
     Column("chance_next_week", "number", "share of simulated paths that meet it in the first planned week", "share", blank=True),
     Column("queues_likely", "count", "queues that will probably meet it then", "queues"), Column("queues", "count", "queues that were simulated", "queues"),
     Column("definition", "text", "how it is computed")),
)

TODAY = Table(
    "TODAY", "the site lead's list, most urgent first: one row per matter; its words are written where it is shown", ("site", "rank"),
    (SITE, Column("rank", "count", "place in the site's list"),
     Column("kind", "text", "what kind of matter", values=("compliance", "auto_fail", "dispute", "signal", "coach", "calibration", "sampling")),
     Column("subject", "text", "agent, rater or measure it is about; 'all' = the queue"),
     Column("name", "text", "the agent's name", blank=True),
     Column("language", "text", "BCP 47 tag; blank or 'all' = every language", blank=True),
     Column("channel", "text", "channel; blank or 'all' = every channel", blank=True),
     Column("since", "utc", "since when", blank=True),
     Column("detail", "text", "items that failed, disputed item, weakest item, or why a week is out of control", blank=True),
     Column("value", "number", "score, days, evaluations done, or the week's value", blank=True), LOW, HIGH,
     Column("target", "number", "what is asked: score, days, evaluations by now, or the centre of the chart", blank=True),
     Column("n", "number", "evaluations it rests on; evaluations asked of the month", blank=True),
     Column("chance", "number", "chance to be below the target", "share", blank=True),
     Column("reference", "text", "evaluation, dispute or week", blank=True)),
)

QUALITY_TABLES = (DISPUTES, INTRADAY, EVALUATION_SCORES, AGENT_SCORES, SAMPLING, DRAWS, DISPUTED, TRENDS, AGREEMENT, LENIENCY, BRIDGES,
                  COMPARISONS, EXPLAINED, COSTS, TODAY)
