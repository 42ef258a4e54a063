"""Another mix of channels: contacts leave some channels of a language for others."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from planner.domain.centre import QueueKey
from planner.domain.scenario import Mix
from planner.scenarios.demand import Demand, Flow
from planner.scenarios.joined import LONGEST_WAIT, Arriving, Leaving
from planner.scenarios.setting import Setting

NEVER = -1


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
        giver, gone = here[name], np.zeros_like(here[name].offered)
        part = setting.weights(giver, change.when) * (1 - target[name] / now[name])
        for taker, lacking in lack.items():
            landing = landing_days(giver, here[taker])
            share = lacking / sum(lack.values()) * (landing != NEVER)[giver.day_of]
            leaving = Leaving(giver, giver.offered * part * share)
            each = change.contacts_each.get(taker, 1.0)
            found[taker] = _with(found[taker], at_their_hours(leaving, here[taker], landing, each=each))
            gone += leaving.contacts
        found[name] = Leaving(giver, gone).left
    return found


def _with(taker: Flow, come: Arriving) -> Flow:
    """The channel with contacts that came from another, handled as its own are."""
    return taker.with_more(come.contacts, come.contacts * taker.aht_s, come.paths)


def landing_days(flow: Flow, at: Flow) -> np.ndarray:
    """The number of the day on which a day's contacts reach another channel: its next with contacts.

    NEVER where there is none within a long weekend: who would wait longer stays where he is.
    """
    usable = np.flatnonzero(at.by_day(_pattern(at)) > 0)
    place = np.searchsorted(at.days[usable], flow.days)
    inside = place < len(usable)
    landing = np.full(len(flow.days), NEVER)
    landing[inside] = usable[place[inside]]
    late = np.asarray(at.days[landing] - flow.days > LONGEST_WAIT)
    return np.where(late, NEVER, landing)


def at_their_hours(leaving: Leaving, at: Flow, landing: np.ndarray, *, each: float = 1.0) -> Arriving:
    """Leaving contacts as another channel sees them, `each` for one: at the hours of its own contacts.

    Who writes a mail at night chats by day: contacts keep their day, or come on the channel's next
    (`landing`), and are spread over it as its own contacts are.
    """
    come, paths = np.zeros(len(at.days)), np.zeros_like(at.paths)
    lands = landing != NEVER
    np.add.at(come, landing[lands], leaving.flow.by_day(leaving.contacts)[lands] * each)
    np.add.at(paths, landing[lands], leaving.paths[lands] * each)
    pattern = _pattern(at)
    usual = at.by_day(pattern)
    times = np.divide(come, usual, out=np.zeros_like(come), where=usual > 0)
    return Arriving(pattern * times[at.day_of], paths)


def _pattern(flow: Flow) -> np.ndarray:
    """How a queue's contacts lie in time; evenly where it has none yet."""
    return flow.offered if flow.offered.any() else np.ones_like(flow.offered)
