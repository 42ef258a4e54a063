"""What a queue learns from the language, site and channel it is part of: its share of their forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from forecasting.backtest import Backtest, combined_as_now, combined_as_of
from forecasting.borrowing import Judged, shared_out
from forecasting.selection import combined, model_weights

SHARE_OF = "share_of_"


def beside_parents(own: Judged, parents: Mapping[str, Judged], *, cutoff: int) -> Backtest:
    """The queue's backtest with its share of each parent (by name) as one more expert, by their past errors.

    Parents that were tested at other past days are left out, for errors of different days do not compare.
    """
    alike = {
        f"{SHARE_OF}{name}": parent
        for name, parent in parents.items()
        if np.array_equal(parent.test.origins, own.test.origins)
    }
    if not alike:
        return own.test
    ahead = {name: _ahead(own, parent, cutoff=cutoff) for name, parent in alike.items()}
    past = {name: _past(own, parent) for name, parent in alike.items()}
    return _mixed(own.test, past, ahead)


def _ahead(own: Judged, parent: Judged, *, cutoff: int) -> np.ndarray:
    return shared_out(
        own, parent, cutoff=cutoff, forecasts=(own.test.ahead_combined, parent.test.ahead_combined)
    )


def _past(own: Judged, parent: Judged) -> np.ndarray:
    """The share of the parent as it would have been forecast at each origin (origins x days ahead)."""
    test = own.test
    rows = [
        shared_out(own, parent, cutoff=int(origin), forecasts=(test.combined[row], parent.test.combined[row]))
        for row, origin in enumerate(test.origins)
    ]
    return np.array(rows).reshape(test.actual.shape)


def _mixed(own: Backtest, past: Mapping[str, np.ndarray], ahead: Mapping[str, np.ndarray]) -> Backtest:
    """The queue's own combination and the shares, combined once more; weights multiply."""
    pool = np.array([own.combined, *past.values()])
    weights = model_weights(pool, own.teaching)
    return replace(
        own,
        models={**own.models, **past},
        combined=combined_as_of(pool, own.actual, own.origins),
        as_now=combined_as_now(pool, own.teaching),
        ahead={**own.ahead, **ahead},
        ahead_combined=combined(np.array([own.ahead_combined, *ahead.values()]), weights),
        experts=(*own.experts, *past),
        weights=np.hstack([own.weights * weights[:, :1], weights[:, 1:]]),
    )
