"""Whether the plan will hold, in a sentence or two."""

from __future__ import annotations

import pandas as pd

from dashboards import formats
from dashboards.outlook import queue_words
from dashboards.published import Published
from planner.domain.tables import QUEUE
from planner.language import _, ngettext

SAFE = 0.9
EVEN = 0.5  # below it a target will probably be missed


def answer(total: pd.DataFrame, words: str, plan: Published) -> str:
    """How many queues will probably miss the target over the simulated weeks, the worst, and the safe ones.

    `total` has one row a queue: p_meets, value.
    """
    rows = total.dropna(subset=["p_meets"])
    if rows.empty:
        return _("No queue shown here has a target for {target}.").format(target=words)
    worst = rows.loc[rows["p_meets"].idxmin()]
    risky, safe = int((rows["p_meets"] < EVEN).sum()), int((rows["p_meets"] > SAFE).sum())
    fields = {
        "target": words,
        "queue": queue_words(plan.centre, [worst[part] for part in QUEUE]),
        "chance": formats.chance(worst["p_meets"]),
        "risky": risky,
        "safe": safe,
        "n": len(rows),
    }
    return _answer_text(len(rows), risky=risky, safe=safe).format(**fields)


def _answer_text(queues: int, *, risky: int, safe: int) -> str:
    if queues == 1 and risky:
        return _("Over the simulated weeks {queue} meets **{target}** with a chance of !!{chance}!!.")
    if queues == 1:
        return _("Over the simulated weeks {queue} meets **{target}** with a chance of {chance}.")
    if not risky:
        return _(
            "**Every queue will probably meet** {target} over the simulated weeks; {safe} of {n} are safe "
            "(above 90 %). The least sure is {queue}: {chance}."
        )
    first = ngettext(
        "!!{risky} of {n} queues will probably miss!! {target} over the simulated weeks; the worst is "
        "{queue} with a chance of {chance}.",
        "!!{risky} of {n} queues will probably miss!! {target} over the simulated weeks; the worst is "
        "{queue} with a chance of {chance}.",
        risky,
    )
    rest = ngettext("{safe} queue is safe (above 90 %).", "{safe} queues are safe (above 90 %).", safe)
    return formats.sentence(first, rest)
