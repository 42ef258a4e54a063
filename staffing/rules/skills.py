"""Skills: an agent serves languages and channels of their own, in queues that the site has."""

from __future__ import annotations

import numpy as np
import pandas as pd

from staffing.labour import People, Rule, Worked, violations, words


def queues(people: People) -> np.ndarray:
    """Which queues of the site each agent can serve, agent x queue: languages times channels."""
    languages = _known(people.agents["languages"], [queue.language for queue in people.queues])
    channels = _known(people.agents["channels"], [queue.channel for queue in people.queues])
    return languages & channels


def _known(cells: pd.Series, wanted: list[str]) -> np.ndarray:
    lists = [{part.split(":")[0].strip() for part in str(cell).split(";")} for cell in cells]
    return np.array([[word in known for word in wanted] for known in lists], bool).reshape(
        len(cells), len(wanted)
    )


def broken(worked: Worked) -> pd.DataFrame:
    """Contact segments in a language or channel the agent does not have, or in no queue of the site."""
    contact = worked.segments[worked.segments["activity"] == "contact"]
    site_queues = {tuple(key) for key in worked.centre.queues}
    here = [key in site_queues for key in zip(contact["site"], contact["language"], contact["channel"])]
    speaks = _has(contact, worked.agents, "language")
    serves = _has(contact, worked.agents, "channel")
    bad = contact[~(np.array(here, bool) & speaks & serves)].drop_duplicates(
        ["agent_id", "day", "language", "channel"]
    )
    return violations(
        bad,
        [
            f"serves {language} {channel}, which is not among the agent's skills and the site's queues"
            for language, channel in zip(bad["language"], bad["channel"])
        ],
    )


def _has(contact: pd.DataFrame, agents: pd.DataFrame, skill: str) -> np.ndarray:
    skills = words(agents.set_index("agent_id")[f"{skill}s"])
    known = set(zip(skills["row"], skills["word"]))
    return np.array([pair in known for pair in zip(contact["agent_id"], contact[skill])], bool)


RULE = Rule("skills", "languages and channels of the agent, queues of the site", broken, queues=queues)
