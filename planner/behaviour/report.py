"""What a contact log tells, as text: one line per channel and language, and the lines of plan.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from planner.behaviour.estimates import Behaviour
from planner.behaviour.groups import ALL

OVER_SITES = "over all sites; intervals are 95 %"
PATIENCE_HEAD = ("channel", "language", "waited", "left", "patience s", "shape", "fits", "short abandons")
HANDLE_HEAD = ("channel", "language", "handled", "AHT s", "cv", "10 % s", "50 %", "90 %", "lognormal off by")


def report(behaviour: Behaviour) -> str:
    """Patience, handle times and the settings they suggest."""
    parts = [*_patience(behaviour.patience), *_handle(behaviour.handle), *_suggestion(behaviour)]
    return "\n".join(parts) if parts else "The contact log tells neither waits nor handle times."


def _patience(patience: pd.DataFrame) -> Iterator[str]:
    rows = [_patience_cells(row) for _, row in _over_sites(patience).iterrows()]
    if rows:
        short_s = patience["short_abandon_s"].max()
        yield f"Patience {OVER_SITES}; of those who waited more than {short_s:g} s, the answered are censored"
        yield from _table(PATIENCE_HEAD, rows)


def _patience_cells(row: pd.Series) -> tuple[str, ...]:
    kind = "weibull" if row["fits"] == "weibull" else "exponential"
    mean = _interval(row[f"{kind}_mean_s"], row[f"{kind}_mean_low_s"], row[f"{kind}_mean_high_s"], "{:,.0f}")
    shape = (
        _interval(row["weibull_shape"], row["weibull_shape_low"], row["weibull_shape_high"], "{:.2f}"),
        "too few left to tell" if row["fits"] == "unknown" else str(row["fits"]),
    )
    share = row["short_abandon_share"]
    return (*_name(row), f"{row['waited']:,}", f"{row['left']:,}", mean, *shape, f"{share:.2%}")


def _handle(handle: pd.DataFrame) -> Iterator[str]:
    rows = [_handle_cells(row) for _, row in _over_sites(handle).iterrows()]
    if rows:
        yield f"Handle times {OVER_SITES}; conversations side by side as if alone"
        yield from _table(HANDLE_HEAD, rows)


def _handle_cells(row: pd.Series) -> tuple[str, ...]:
    mean = _interval(row["aht_s"], row["aht_low_s"], row["aht_high_s"], "{:,.0f}")
    quantiles = (f"{row[name]:,.0f}" for name in ("p10_s", "p50_s", "p90_s"))
    return (
        *_name(row),
        f"{row['answered']:,}",
        mean,
        f"{row['aht_cv']:.2f}",
        *quantiles,
        f"{row['worst_gap']:.0%}",
    )


def _suggestion(behaviour: Behaviour) -> Iterator[str]:
    """The channels' settings as plan.yaml would say them."""
    settings: dict[str, dict[str, str]] = {}
    for frame, names in (
        (behaviour.patience, ("patience_s", "patience_shape")),
        (behaviour.handle, ("aht_s", "aht_cv")),
    ):
        for _, row in frame[frame["language"] == ALL].dropna(subset=[*names]).iterrows():
            own = settings.setdefault(row["channel"], {})
            own |= {name: f"{row[name]:.0f}" if name.endswith("_s") else f"{row[name]:.2f}" for name in names}
    if settings:
        yield "plan.yaml would say"
        yield "  handling:"
        for channel, values in settings.items():
            yield f"    {channel}: {{{', '.join(f'{name}: {value}' for name, value in values.items())}}}"
        yield "or “from data” for any of these: then each plan takes them from the store, by language."


def _over_sites(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["site"] == ALL].sort_values(["channel", "language"])


def _name(row: pd.Series) -> tuple[str, str]:
    return str(row["channel"]), str(row["language"])


def _interval(value: float, low: float, high: float, form: str) -> str:
    if pd.isna(value):
        return "unknown"
    return f"{form.format(value)} ({form.format(low)}-{form.format(high)})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    lines = [head, *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    for line in lines:
        cells = [c.ljust(w) if i < 2 else c.rjust(w) for i, (c, w) in enumerate(zip(line, widths))]
        yield "  " + "  ".join(cells).rstrip()
