"""Tables of what was measured from the contact log: patience, handle times, and settings taken from them.

A dimension that is summed over is "all". Intervals are 95 %.
"""

from __future__ import annotations

from planner.domain.keys import QUEUE, QUEUE_COLUMNS
from planner.domain.table import Column, Table

FITS = ("exponential", "weibull", "unknown")
HANDLING_SETTINGS = ("patience_s", "patience_shape", "aht_s", "aht_cv")


def _estimate(name: str, meaning: str, unit: str) -> tuple[Column, ...]:
    """A value and the ends of its interval; blank when unknown."""
    stem, tail = (name[:-2], "_s") if name.endswith("_s") else (name, "")
    return (
        Column(name, "number", meaning, unit, blank=True),
        Column(f"{stem}_low{tail}", "number", f"lower end of the 95 % interval of {name}", unit, blank=True),
        Column(f"{stem}_high{tail}", "number", f"upper end of the 95 % interval of {name}", unit, blank=True),
    )


PATIENCE = Table(
    "PATIENCE",
    "patience measured: one row per language and channel, per channel, and per queue with enough contacts",
    QUEUE,
    (
        *QUEUE_COLUMNS,
        Column("offered", "count", "contacts with a known wait", "contacts"),
        Column("abandoned", "count", "contacts that left while waiting", "contacts"),
        Column("abandoned_short", "count", "of these, within the short-abandon threshold", "contacts"),
        Column("short_abandon_share", "share", "abandoned_short / offered", blank=True),
        Column("short_abandon_s", "number", "the short-abandon threshold", "s", least=0),
        Column("waited", "count", "waited longer than that: what the fits rest on", "contacts"),
        Column("left", "count", "of these, abandoned: the others are censored at their answer", "contacts"),
        *_estimate("exponential_mean_s", "mean patience, if exponential", "s"),
        *_estimate("weibull_mean_s", "mean patience, if Weibull", "s"),
        *_estimate("weibull_shape", "shape of the Weibull: 1 = exponential, above 1 = hurry grows", "ratio"),
        *_estimate("weibull_scale_s", "scale of the Weibull", "s"),
        Column("p_exponential", "share", "p value of exponential against Weibull", blank=True),
        Column("fits", "text", "which of the two fits; unknown below 20 left or if none does", values=FITS),
        Column("patience_s", "number", "mean patience by the one that fits", "s", blank=True),
        Column("patience_shape", "number", "shape by the one that fits", "ratio", blank=True),
    ),
)

PATIENCE_CURVE = Table(
    "PATIENCE_CURVE",
    "share still waiting (Kaplan-Meier): one row per group and wait after which somebody left, thinned",
    (*QUEUE, "wait_s"),
    (
        *QUEUE_COLUMNS,
        Column("wait_s", "number", "wait", "s", least=0),
        Column("at_risk", "count", "contacts still waiting just before", "contacts"),
        *_estimate("waiting", "share still waiting if nobody were answered", "share"),
        Column("exponential", "number", "the same by the exponential fit", "share", blank=True),
        Column("weibull", "number", "the same by the Weibull fit", "share", blank=True),
    ),
)

HANDLE_TIMES = Table(
    "HANDLE_TIMES",
    "handle times measured, conversations side by side as if alone: one row per language and channel, "
    "per channel, and per queue with enough contacts",
    QUEUE,
    (
        *QUEUE_COLUMNS,
        Column("answered", "count", "contacts with a known handle time", "contacts"),
        *_estimate("aht_s", "mean handle time", "s"),
        Column("aht_cv", "number", "standard deviation / mean", "ratio", least=0),
        Column("lognormal_mu", "number", "mean of the log of the seconds", "log s"),
        Column("lognormal_sigma", "number", "standard deviation of the log", "log s", least=0),
        *(Column(f"p{q}_s", "number", f"{q} % are handled within", "s", least=0) for q in (10, 50, 90, 99)),
        *(
            Column(f"lognormal_p{q}_s", "number", "the same by the lognormal of mu and sigma", "s", least=0)
            for q in (10, 50, 90, 99)
        ),
        Column("worst_gap", "number", "largest distance of a lognormal quantile from the data's", "share"),
    ),
)

HANDLING_FROM_DATA = Table(
    "HANDLING_FROM_DATA",
    "settings that plan.yaml takes from data: one row per queue and setting",
    (*QUEUE, "setting"),
    (
        *QUEUE_COLUMNS,
        Column("setting", "text", "key of handling in plan.yaml", values=HANDLING_SETTINGS),
        Column("value", "number", "the number planned with", least=0),
        Column("n", "count", "abandoned (patience) or handled (AHT) contacts it rests on", "contacts"),
        Column("source", "text", "the group it was measured in"),
    ),
)

BEHAVIOUR_TABLES = (PATIENCE, PATIENCE_CURVE, HANDLE_TIMES, HANDLING_FROM_DATA)
