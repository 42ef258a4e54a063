"""Tables of the forecast: contacts expected, what they rest on, how good past ones were, what planners add.

A dimension that is summed over is "all". Shares are 0..1.
"""

from __future__ import annotations

from planner.domain.keys import INTERVAL, QUEUE, QUEUE_COLUMNS, START
from planner.domain.shared_rules import DAY, change_within_reach, no_more_than
from planner.domain.table import Column, Table

QUANTILES = ("p025", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p975")
LEVELS = ("interval", "day", "week", "total")
AHEAD = ("week 1", "weeks 2-4", "later", "all")


def per_cent(quantile: str) -> float:
    """The share a quantile's column stands for, in %.

    >>> per_cent("p05"), per_cent("p025"), per_cent("p90")
    (5.0, 2.5, 90.0)
    """
    return 100 * float(f"0.{quantile[1:]}")


def _share(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning, "share", blank=True, needed=False)


FORECAST = Table(
    "FORECAST", "expected contacts: one row per queue and interval", (*QUEUE, "interval_start"),
    (*QUEUE_COLUMNS, START, INTERVAL,
     Column("offered", "number", "expected contacts (mean)", "contacts", least=0),
     *(Column(q, "number", f"{per_cent(q):g} % quantile of the contacts", "contacts", least=0, needed=False) for q in QUANTILES),
     Column("aht_s", "number", "expected average handle time", "s", least=0, needed=False),
     Column("base", "number", "the same before overrides; blank = there is none", "contacts", least=0, needed=False),
     Column("model", "text", "model that carries the queue", needed=False),
     Column("cutoff", "utc", "nothing at or after this moment was looked at", needed=False)),
)

FORECAST_DAYS = Table(
    "FORECAST_DAYS", "expected contacts of a local day, week (from Monday) or the whole horizon; quantiles are of the sum",
    (*QUEUE, "level", "day"),
    (*QUEUE_COLUMNS,
     Column("level", "text", "day, week or total", values=("day", "week", "total")), DAY,
     Column("offered", "number", "expected contacts (mean)", "contacts", least=0),
     *(Column(q, "number", f"{per_cent(q):g} % quantile of the sum", "contacts", least=0, needed=q not in ("p025", "p975")) for q in QUANTILES)),
)

FORECAST_PATHS = Table(
    "FORECAST_PATHS", "sample paths of the day's contacts: one row per queue, local day and path", (*QUEUE, "day", "path"),
    (*QUEUE_COLUMNS, DAY, Column("path", "count", "number of the path, the same in every queue"),
     Column("offered", "number", "contacts of the day on this path", "contacts", least=0)),
)

ACCURACY = Table(
    "ACCURACY", "rolling-origin backtest: one row per queue, model and horizon bucket", (*QUEUE, "model", "bucket"),
    (*QUEUE_COLUMNS, Column("model", "text", "forecast model"),
     Column("bucket", "text", "days ahead: week 1, weeks 2-4, later"),
     Column("origins", "count", "origins scored"), Column("n", "count", "days scored", "days"),
     Column("wape", "number", "sum |error| / sum actual, of day totals", "share", blank=True),
     Column("bias", "number", "sum (forecast - actual) / sum actual", "share", blank=True),
     Column("wape_interval", "number", "sum |error| / sum actual, of intervals", "share", needed=False),
     Column("cover80", "number", "share of days inside the 80 % interval", "share", needed=False),
     Column("mase", "number", "absolute error over that of the seasonal naive forecast", "ratio", needed=False),
     Column("weight", "number", "share of this model in the combined forecast of the queue", "share", needed=False),
     Column("chosen", "flag", "this model carries the queue"),
     Column("why", "text", "what its weight rests on; of the combined forecast, the weight of its strongest model", needed=False)),
)

FORECAST_ROLLUP = Table(
    "FORECAST_ROLLUP",
    "as FORECAST_DAYS, for every total that is planned for: a dimension summed over is 'all'; paths are summed, so that the parts add up",
    (*QUEUE, "level", "day"), FORECAST_DAYS.columns,
)

BACKTEST = Table(
    "BACKTEST", "the whole forecast made again as of past days, against what came: one row per queue, model, level and days ahead",
    (*QUEUE, "model", "level", "bucket"),
    (*QUEUE_COLUMNS,
     Column("model", "text", "forecast (ours), seasonal_naive, or hindsight: the floor, fitted with what came"),
     Column("level", "text", "what was scored: intervals, days, weeks of 7 days from the origin, or the whole horizon", values=LEVELS),
     Column("bucket", "text", "days ahead", values=AHEAD),
     Column("origins", "count", "past days forecast from"), Column("n", "count", "intervals, days, weeks or horizons scored"),
     Column("actual", "number", "contacts that came", "contacts", least=0),
     _share("wape", "sum |forecast - actual| / sum actual"), _share("bias", "sum (forecast - actual) / sum actual; above 0 = too much was forecast"),
     Column("mase", "number", "absolute error over that of seasonal_naive on the same cells", "ratio", blank=True, needed=False),
     Column("pinball", "number", "mean pinball loss over the 10, 50 and 90 % quantiles", "contacts", blank=True, needed=False),
     _share("cover80", "share inside the 80 % interval"), _share("cover95", "share inside the 95 % interval")),
)

LAST_FORECAST = Table(
    "LAST_FORECAST", "the latest forecast that can be judged, against what came: one row per queue and interval",
    (*QUEUE, "interval_start"),
    (*QUEUE_COLUMNS, START, INTERVAL,
     Column("offered", "number", "contacts expected then (mean)", "contacts", least=0),
     *(Column(q, "number", f"{per_cent(q):g} % quantile expected then", "contacts", least=0, needed=False) for q in QUANTILES),
     Column("actual", "number", "contacts that came; blank = unknown", "contacts", least=0, blank=True),
     Column("cutoff", "utc", "nothing at or after this moment was looked at"),
     Column("source", "text", "published: an earlier plan said so; backtest: what today's method would have said", values=("published", "backtest"))),
)

LAST_FORECAST_DAYS = Table(
    "LAST_FORECAST_DAYS",
    "day totals of LAST_FORECAST with their range, of the queues and of every total that is planned for: a dimension summed over is 'all'",
    (*QUEUE, "day"),
    (*QUEUE_COLUMNS, DAY,
     Column("offered", "number", "contacts expected then (mean)", "contacts", least=0),
     *(Column(q, "number", f"{per_cent(q):g} % quantile of the day's sum, expected then", "contacts", least=0, needed=False) for q in QUANTILES)),
)

FORECAST_ERRORS = Table(
    "FORECAST_ERRORS", "where past forecasts erred: sums over the backtest's origins, one row per queue, weekday and time of day",
    (*QUEUE, "weekday", "minute"),
    (*QUEUE_COLUMNS, Column("weekday", "count", "0 = Monday", most=6), Column("minute", "count", "local time of day at which the interval begins", "min", most=1439),
     Column("n", "count", "intervals scored"), Column("actual", "number", "contacts that came", "contacts", least=0),
     Column("error", "number", "sum of forecast - actual", "contacts"), Column("abs_error", "number", "sum of |forecast - actual|", "contacts", least=0)),
)

EFFECTS = Table(
    "EFFECTS", "what holidays, the days beside them, events and the month do to a day: one row per queue and kind of day",
    (*QUEUE, "name"),
    (*QUEUE_COLUMNS, Column("name", "text", "kind of day in plain words, such as Monday after a holiday"),
     Column("kind", "text", "what it comes from", values=("holiday", "beside", "season", "event", "month")),
     Column("effect", "number", "change of the day's contacts against an ordinary one: 0.23 = 23 % more", "share", least=-1),
     Column("low", "number", "lower end of its 80 % interval", "share", blank=True), Column("high", "number", "upper end", "share", blank=True),
     Column("seen", "count", "such days in the queue's own history", "days"),
     Column("learned_from", "text", "own: this queue; language or country: mostly its kin; expected: what the events table says",
            values=("own", "language", "country", "expected")),
     Column("next_day", "day", "the next such day in the horizon; blank = none", blank=True, needed=False)),
)

FINDING_KINDS = ("gap", "outlier", "level_shift", "closed_day", "exceptional", "handle_time", "short_history", "zeros_left_out")
FINDINGS = Table(
    "FINDINGS", "what is odd in the history and how the forecast treats it", (*QUEUE, "kind", "first_day"),
    (*QUEUE_COLUMNS, Column("kind", "text", "what was found", values=FINDING_KINDS),
     Column("first_day", "day", "first day"), Column("last_day", "day", "last day"),
     Column("measure", "text", "of what", values=("offered", "aht_s")),
     Column("size", "number", "against what was usual: -0.8 = 80 % less; blank = no size", "share", blank=True),
     Column("treatment", "text", "what the forecast does with these days; levelled: what came before counts at the level since", values=("left out", "weighs less", "drawn in", "levelled", "kept", "said")),
     Column("reason", "text", "why, in a planner's words"),
     Column("decided_by", "text", "the program, or the planner who decided otherwise")),
)

ENTERED = (
    Column("made_at", "utc", "when it was entered; overrides of the same day apply in this order", needed=False),
    Column("withdrawn_at", "utc", "when it was withdrawn; blank = it was not", needed=False),
    Column("withdrawn_by", "text", "who withdrew it", needed=False),
)

TEACHING = Table(
    "TEACHING", "days a planner lets teach the forecast, or not, whatever the program found", ("site", "language", "channel", "first_day"),
    (Column("site", "text", "site; all = every site"), Column("language", "text", "language; all = every one"), Column("channel", "text", "channel; all = every one"),
     Column("first_day", "day", "first local day"), Column("last_day", "day", "last local day"),
     Column("teaches", "flag", "whether these days teach the forecast"),
     Column("author", "text", "who decided"), Column("reason", "text", "why"), *ENTERED),
    (no_more_than("first_day", "last_day"),),
)

OVERRIDES = Table(
    "OVERRIDES", "a planner's changes on top of the forecast; the base is kept", ("override_id",),
    (Column("override_id", "text", "id, unique"),
     Column("site", "text", "site; all = every site"), Column("language", "text", "language; all = every one"), Column("channel", "text", "channel; all = every one"),
     Column("first_day", "day", "first local day changed"), Column("last_day", "day", "last local day changed"),
     Column("change", "text", "share: value is added to 1 and multiplied; contacts: added to each queue's day; exactly: each queue's day becomes it", values=("share", "contacts", "exactly")),
     Column("value", "number", "0.2 with share = 20 % more; contacts otherwise", "share or contacts a day"),
     Column("author", "text", "who changed it"), Column("reason", "text", "why"),
     Column("expires", "day", "last day on which a plan may be made with it"), *ENTERED),
    (no_more_than("first_day", "last_day"), change_within_reach),
)

EVENTS = Table(
    "EVENTS", "campaigns, sales, launches, outages", ("name", "first_day"),
    (Column("name", "text", "name"), Column("kind", "text", "kind, such as campaign"),
     Column("first_day", "day", "first day"), Column("last_day", "day", "last day"),
     Column("languages", "text", "languages touched, joined by ; (blank = all)", needed=False),
     Column("uplift", "number", "expected change of a day's contacts, as a share: 0.3 = 30 % more; blank = not known", "share", least=-1, needed=False),
     Column("lead_days", "count", "days before the first on which contacts already move", "days", most=60, needed=False),
     Column("lag_days", "count", "days after the last on which contacts still move", "days", most=60, needed=False),
     Column("exceptional", "flag", "a one-off that must not teach the forecast", needed=False)),
    (no_more_than("first_day", "last_day"),),
)

FORECAST_TABLES: tuple[Table, ...] = (
    EVENTS, TEACHING, OVERRIDES, FORECAST, FORECAST_DAYS, FORECAST_ROLLUP, FORECAST_PATHS, ACCURACY, FORECAST_ERRORS,
    LAST_FORECAST, LAST_FORECAST_DAYS, BACKTEST, EFFECTS, FINDINGS,
)
