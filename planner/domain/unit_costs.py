"""Costs of parts added up, and what comes of them for one contact and one full-time equivalent."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

PER = {"per_contact": "handled", "per_fte": "fte"}


def with_unit_costs(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of costs with `per_contact` and, where `fte` is known, `per_fte`; NaN of nothing.

    >>> with_unit_costs(pd.DataFrame({"total": [90.0], "handled": [30.0]}))["per_contact"].tolist()
    [3.0]
    """
    known = {name: of for name, of in PER.items() if of in rows.columns}
    return rows.assign(**{name: rows["total"] / rows[of].where(rows[of] > 0) for name, of in known.items()})


def with_local(rows: pd.DataFrame) -> pd.DataFrame:
    """The same with total and unit costs in the currency of the site, by `for_one`."""
    names = [name for name in ("total", *PER) if name in rows.columns]
    return rows.assign(**{f"{name}_local": rows[name] * rows["for_one"] for name in names})


def added_up(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Rows of one period added up by some columns, with their unit costs; nothing to add up by: one row.

    What cannot be added (money in several currencies, seats of other moments) is left out.
    """
    sums = [name for name in rows.columns if rows[name].dtype.kind == "f" and name not in (*PER, "for_one")]
    kept = [name for name in sums if not name.endswith("_local")]
    if not by:
        return with_unit_costs(rows[kept].sum().to_frame().T)
    return with_unit_costs(rows.groupby(list(by), sort=False, as_index=False)[kept].sum())
