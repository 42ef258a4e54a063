"""Another mix of channels: contacts leave some channels of a language for others."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from planner.domain.centre import QueueKey
from planner.domain.scenario import Mix
from planner.scenarios.demand import Demand, Flow
from planner.scenarios.joined import Leaving, arriving
from planner.scenarios.setting import Setting


def mixed(demand: Demand, change: Mix, setting: Setting) -> dict[QueueKey, Flow]:
    """Each language of each site meant, in the new mix of its channels."""
    found = dict(demand)
    meant = set(setting.meant(demand, change.where))
    for site, language in sorted({key[:2] for key in meant}):
        here = {key[2]: demand[key] for key in meant if key[:2] == (site, language)}
        for channel, flow in _one_language(here, change, setting).items():
            found[QueueKey(site, language, channel)] = flow
    return found


def _one_language(here: Mapping[str, Flow], change: Mix, setting: Setting) -> dict[str, Flow]:
    """Channels that have more than their share give, the others take what is given by their lack."""
    shares = {name: share for name, share in change.shares.items() if name in here}
    now = {name: float(here[name].offered.sum()) for name in shares}
    whole, asked = sum(now.values()), sum(shares.values())
    if whole <= 0 or asked <= 0:
        return dict(here)
    target = {name: whole * share / asked for name, share in shares.items()}
    lack = {name: target[name] - now[name] for name in shares if target[name] > now[name]}
    found = dict(here)
    for name in (name for name in shares if target[name] < now[name]):
        giver = here[name]
        part = setting.weights(giver, change.when) * (1 - target[name] / now[name])
        found[name] = Leaving(giver, giver.offered * part).left
        for taker, lacking in lack.items():
            share = lacking / sum(lack.values())
            each = change.contacts_each.get(taker, 1.0)
            found[taker] = _with(found[taker], Leaving(giver, giver.offered * part * share), each)
    return found


def _with(taker: Flow, leaving: Leaving, each: float) -> Flow:
    """The channel with contacts that came from another, handled as its own are."""
    come = arriving(leaving, taker, each=each)
    return taker.with_more(come.contacts, come.contacts * taker.aht_s, _fitting(taker, come.paths))


def _fitting(taker: Flow, paths: np.ndarray) -> np.ndarray:
    """No paths where the queue has none."""
    return paths if paths.shape == taker.paths.shape else np.zeros_like(taker.paths)
