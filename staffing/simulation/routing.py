"""Who serves what: groups of queues, as the schedule's contact segments name them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, Queue, QueueKey
from planner.domain.problems import InputError, Problem
from staffing.simulation.floor import Groups, Queues, padded

Name = tuple[str, str]  # language and channel of a contact segment, several joined by ";"


def group_names(schedule: pd.DataFrame) -> list[Name]:
    """The different language and channel entries of the contact segments: each is a group of queues."""
    contact = schedule.loc[schedule["activity"] == "contact", ["language", "channel"]]
    return sorted(contact.drop_duplicates().itertuples(index=False, name=None))


def served(names: Sequence[Name], *, site: str, centre: Centre) -> list[list[Queue]]:
    """Queues of each group; "pt;es" on "voice;chat" serves every combination that exists.

    Raises InputError when a segment is for no queue of the site.
    """
    keys = [
        [
            QueueKey(site, language, channel)
            for language in languages.split(";")
            for channel in channels.split(";")
        ]
        for languages, channels in names
    ]
    found = [[centre.queues[key] for key in group if key in centre.queues] for group in keys]
    missing = [name for name, group in zip(names, found, strict=True) if not group]
    if missing:
        note = "contact segments at {} are for {} {}, which is no queue in plan.yaml"
        raise InputError(
            Problem("unknown_queue", note.format(site, *name), column="language") for name in missing
        )
    return found


def routing(
    groups: Sequence[Sequence[Queue]], *, queues: Sequence[Queue], centre: Centre
) -> tuple[Queues, Groups]:
    """Queues with the groups that serve them (specialists first), and groups with their queues."""
    number = {queue.key: i for i, queue in enumerate(queues)}
    queues_of = [[number[queue.key] for queue in group] for group in groups]
    specialists = sorted(range(len(groups)), key=lambda g: len(queues_of[g]))
    groups_of = [[g for g in specialists if q in queues_of[g]] for q in range(len(queues))]
    blended = [_blended(group, queues=queues, centre=centre) for group in groups]
    share = np.array([centre.blending.idle_share if numbers else 0.0 for numbers in blended])
    slow_down = np.array([queue.handling.slow_down for queue in queues])
    concurrent = np.array([queue.kind == "concurrent" for queue in queues])
    priority = np.array([queue.priority for queue in queues], np.int64)
    return (
        Queues(slow_down, concurrent, padded(groups_of), priority),
        Groups(padded(queues_of), padded(blended), share),
    )


def _blended(group: Sequence[Queue], *, queues: Sequence[Queue], centre: Centre) -> list[int]:
    """Deferred queues worked in the idle time of a voice group of the same language."""
    if any(queue.kind != "immediate" for queue in group):
        return []
    languages = {queue.key.language for queue in group} & set(centre.blending.languages)
    return [i for i, q in enumerate(queues) if q.kind == "deferred" and q.key.language in languages]


def conversations_at_once(
    schedule: pd.DataFrame, *, agents: pd.DataFrame, groups: dict[Name, list[Queue]]
) -> np.ndarray:
    """Conversations each SCHEDULE row allows at once: the agent's own limit, or the channel's."""
    most = {
        name: max((q.handling.concurrency for q in group if q.kind == "concurrent"), default=1)
        for name, group in groups.items()
    }
    names = zip(schedule["language"], schedule["channel"], strict=True)
    channel = np.array([most.get(name, 1) for name in names], float)
    if "max_chats" not in agents.columns:
        return channel.astype(np.int64)
    own = schedule["agent_id"].map(agents.set_index("agent_id")["max_chats"]).to_numpy(float)
    return np.where((channel > 1) & ~np.isnan(own), own, channel).astype(np.int64)
