"""PATIENCE, PATIENCE_CURVE and HANDLE_TIMES of a contact log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planner.behaviour.contact_times import ContactTimes, contact_times
from planner.behaviour.estimate import Estimate
from planner.behaviour.groups import ALL, groups
from planner.behaviour.handle_time import SHARES, Handled, HandleTimes, handle_times
from planner.behaviour.patience import Exponential, Weibull, exponential, p_exponential, weibull
from planner.behaviour.survival import kaplan_meier
from planner.behaviour.waits import Waits, beyond
from planner.domain.behaviour_tables import HANDLE_TIMES, PATIENCE, PATIENCE_CURVE
from planner.domain.centre import Centre

FEWEST_LEFT = 20  # below this, patience is unknown: its interval spans a factor of 2.5
OWN_LEFT = 200  # from this a queue speaks for itself: its interval is 28 % wide
FEWEST_HANDLED, OWN_HANDLED = 50, 1000
UNLIKELY = 0.01  # a queue is called Weibull when an exponential would look so only this often
POINTS = 120  # of a curve
WAIT_SUMS = {"answered": "sum", "abandoned": "sum", "abandoned_short": "sum", "short_s": "max"}
HANDLE_SUMS = dict.fromkeys(("contacts", "sum_s", "sum2_s", "log_s", "log2_s"), "sum")


@dataclass(frozen=True)
class Behaviour:
    """What a contact log tells: PATIENCE, PATIENCE_CURVE and HANDLE_TIMES."""

    patience: pd.DataFrame
    curve: pd.DataFrame
    handle: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name."""
        return {PATIENCE.name: self.patience, PATIENCE_CURVE.name: self.curve, HANDLE_TIMES.name: self.handle}


@dataclass(frozen=True)
class Fitted:
    """A group's waits with the two fits of those beyond the short-abandon threshold."""

    waits: Waits
    stayed: Waits
    simple: Exponential | None
    general: Weibull | None

    @property
    def p_exponential(self) -> float | None:
        """How likely exponential patience looks so little like itself; None without both fits."""
        return p_exponential(self.simple, self.general) if self.simple and self.general else None

    @property
    def fits(self) -> str:
        """Which of the two fits; unknown with few abandoned, or when neither describes them."""
        p = self.p_exponential
        if self.stayed.left < FEWEST_LEFT or p is None:
            return "unknown"
        return "weibull" if p < UNLIKELY else "exponential"


def behaviour(paths: Sequence[Path], centre: Centre) -> Behaviour:
    """Patience and handle times of the centre's queues in CONTACTS files (Parquet), possibly none."""
    if not paths:
        return Behaviour(PATIENCE.empty(), PATIENCE_CURVE.empty(), HANDLE_TIMES.empty())
    return behaviour_of(contact_times(paths, centre))


def behaviour_of(times: ContactTimes) -> Behaviour:
    """The same from counts by the second."""
    patience, curves = [], []
    for key, rows in groups(times.waits, by="wait_s", together=WAIT_SUMS):
        fitted = _fitted(rows)
        if key.site == ALL or fitted.stayed.left >= OWN_LEFT:
            patience.append({**key._asdict(), **_patience(rows, fitted)})
            curves.append(_curve(fitted).assign(**key._asdict()))
    return Behaviour(
        PATIENCE.check(_frame(patience, PATIENCE.empty())),
        PATIENCE_CURVE.check(
            pd.concat([PATIENCE_CURVE.empty(), *curves]) if curves else PATIENCE_CURVE.empty()
        ),
        HANDLE_TIMES.check(_frame(list(_handle_rows(times.handled)), HANDLE_TIMES.empty())),
    )


def _frame(rows: Sequence[Mapping[str, Any]], empty: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(rows) if rows else empty


def _fitted(rows: pd.DataFrame) -> Fitted:
    waits = Waits(
        *(rows[name].to_numpy(float) for name in ("wait_s", "abandoned", "answered")),
    )
    stayed = beyond(waits, float(rows["short_s"].max()))
    return Fitted(waits, stayed, exponential(stayed), weibull(stayed))


def _patience(rows: pd.DataFrame, fitted: Fitted) -> dict[str, Any]:
    short, offered = int(rows["abandoned_short"].sum()), fitted.waits.contacts
    return {
        "offered": offered,
        "abandoned": fitted.waits.left,
        "abandoned_short": short,
        "short_abandon_share": short / offered if offered else None,
        "short_abandon_s": float(rows["short_s"].max()),
        "waited": fitted.stayed.contacts,
        "left": fitted.stayed.left,
        **_ends("exponential_mean_s", fitted.simple.mean_s if fitted.simple else None),
        **_ends("weibull_mean_s", fitted.general.mean_s if fitted.general else None),
        **_ends("weibull_shape", fitted.general.shape if fitted.general else None),
        **_ends("weibull_scale_s", fitted.general.scale_s if fitted.general else None),
        "p_exponential": fitted.p_exponential,
        "fits": fitted.fits,
        **_chosen(fitted),
    }


def _ends(name: str, estimate: Estimate | None) -> dict[str, float | None]:
    stem, tail = (name[:-2], "_s") if name.endswith("_s") else (name, "")
    value, low, high = estimate or (None, None, None)
    return {name: value, f"{stem}_low{tail}": low, f"{stem}_high{tail}": high}


def _chosen(fitted: Fitted) -> dict[str, float | None]:
    if fitted.fits == "unknown":
        return {"patience_s": None, "patience_shape": None}
    if fitted.fits == "weibull" and fitted.general:
        return {"patience_s": fitted.general.mean_s.value, "patience_shape": fitted.general.shape.value}
    return {"patience_s": fitted.simple.mean_s.value if fitted.simple else None, "patience_shape": 1.0}


def _curve(fitted: Fitted) -> pd.DataFrame:
    """The Kaplan-Meier curve and, from the short-abandon threshold on, the fits hung onto it."""
    curve = kaplan_meier(fitted.waits)
    frame = pd.DataFrame(curve._asdict()).drop(columns="abandoned")
    frame = frame.rename(columns={"low": "waiting_low", "high": "waiting_high"})
    before = curve.waiting[curve.wait_s <= fitted.stayed.from_s]
    hung = float(before[-1]) if len(before) else 1.0
    fits = {"exponential": _of_exponential(fitted.simple), "weibull": _of_weibull(fitted.general)}
    for name, scale_and_shape in fits.items():
        frame[name] = hung * _still_waiting(curve.wait_s, fitted.stayed.from_s, scale_and_shape)
    return frame.iloc[_thinned(len(frame))]


def _of_exponential(fit: Exponential | None) -> tuple[float, float] | None:
    return (fit.mean_s.value, 1.0) if fit else None


def _of_weibull(fit: Weibull | None) -> tuple[float, float] | None:
    return (fit.scale_s.value, fit.shape.value) if fit else None


def _still_waiting(
    wait_s: np.ndarray, from_s: float, scale_and_shape: tuple[float, float] | None
) -> np.ndarray:
    """Share of those there at `from_s` who would still wait; NaN before it and without a fit."""
    if scale_and_shape is None:
        return np.full(len(wait_s), np.nan)
    scale_s, shape = scale_and_shape
    gone = (np.maximum(wait_s, from_s) / scale_s) ** shape - (from_s / scale_s) ** shape
    return np.where(wait_s < from_s, np.nan, np.exp(-gone))


def _thinned(points: int) -> np.ndarray:
    return np.unique(np.linspace(0, points - 1, min(points, POINTS)).astype(int))


def _handle_rows(handled: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for key, rows in groups(handled, by="seconds", together=HANDLE_SUMS):
        counts = rows["contacts"].to_numpy()
        sums = [float(rows[name].sum()) for name in ("sum_s", "sum2_s", "log_s", "log2_s")]
        times = handle_times(Handled(rows["seconds"].to_numpy(float), counts, *sums))
        if times and (key.site == ALL or times.n >= OWN_HANDLED):
            yield {**key._asdict(), **_handle(times)}


def _handle(times: HandleTimes) -> dict[str, Any]:
    percents = [round(100 * share) for share in SHARES]
    return {
        "answered": times.n,
        **_ends("aht_s", times.mean_s),
        "aht_cv": times.cv,
        "lognormal_mu": times.log_mean,
        "lognormal_sigma": times.log_sd,
        **{f"p{q}_s": value for q, value in zip(percents, times.quantiles_s, strict=True)},
        **{f"lognormal_p{q}_s": value for q, value in zip(percents, times.lognormal_s, strict=True)},
        "worst_gap": times.worst_gap,
    }
