"""CONTACTS: the log of the last weeks, one row per contact, with its customer, agent and outcome."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.domain.centre import QueueKey
from planner.sample.chance import generator
from planner.sample.parameters import Line, Parameters
from planner.sample.reasons import reasons
from planner.sample.returns import linked, stories


def line_log(
    found: Mapping[QueueKey, pd.DataFrame], line: Line, parameters: Parameters, *, people: pd.DataFrame
) -> pd.DataFrame:
    """The contacts of a line's queues in order of arrival, linked into stories, with outcomes.

    `who` in `found` is a row of `people`; `customer` numbers the line's customers, -1 where unknown.
    """
    rng = generator(parameters.seed, "returns", line.code)
    contacts = _in_order(found, line)
    quality = people["quality"].to_numpy()
    who = contacts["who"].to_numpy()
    contacts["quality"] = np.where(who >= 0, quality[who], np.nan)
    contacts = linked(contacts, line, parameters, rng=rng)
    customer = stories(contacts["before"].to_numpy())
    unknown = rng.random(len(contacts)) < parameters.spec["truth"]["fcr"]["unknown_customer_share"]
    contacts["customer"] = np.where(unknown[customer], -1, customer)
    return _with_outcomes(contacts, parameters, rng)


def _in_order(found: Mapping[QueueKey, pd.DataFrame], line: Line) -> pd.DataFrame:
    """All queues in order of arrival; `parent` becomes the row of the whole."""
    places = {channel: place for place, channel in enumerate(line.mix)}
    frames, begin = [], 0
    for key, contacts in found.items():
        parent = contacts["parent"].to_numpy()
        moved = np.where(parent >= 0, parent + begin, -1)
        frames.append(contacts.assign(site=key.site, channel=places[key.channel], parent=moved))
        begin += len(contacts)
    whole = pd.concat(frames, ignore_index=True)
    order = np.lexsort((whole["parent"].to_numpy() >= 0, whole["arrived_ms"].to_numpy()))
    place = np.empty(len(order), int)
    place[order] = np.arange(len(order))
    whole = whole.iloc[order].reset_index(drop=True)
    parent = whole["parent"].to_numpy()
    return whole.assign(parent=np.where(parent >= 0, place[parent], -1))


def _with_outcomes(contacts: pd.DataFrame, parameters: Parameters, rng: np.random.Generator) -> pd.DataFrame:
    """Escalated, resolved as the agent says, resolved as the customer says (None: not asked)."""
    truth, why, count = parameters.spec["truth"]["fcr"], reasons(parameters), len(contacts)
    answered, back = contacts["answered"].to_numpy(), contacts["came_back"].to_numpy()
    share = (1 - truth["no_escalation_share"]) * why.repeat[contacts["reason"].to_numpy()]
    escalated = rng.random(count) < share
    claims = np.where(back, rng.random(count) < truth["agent_says_resolved_if_repeat"], ~escalated)
    yes = np.where(back, truth["survey_yes_if_repeat"], truth["survey_yes_if_resolved"])
    survey = pd.Series(rng.random(count) < yes, dtype="object")
    asked = answered & (rng.random(count) < truth["survey_answer_share"])
    return contacts.assign(
        escalated=pd.Series(escalated, dtype="object").where(answered, None),
        agent_resolved=pd.Series(claims, dtype="object").where(answered, None),
        survey_resolved=survey.where(asked, None),
    )


def contacts_table(
    logs: Mapping[str, pd.DataFrame], parameters: Parameters, *, start: pd.Timestamp, people: pd.DataFrame
) -> pd.DataFrame:
    """CONTACTS from the logs of the lines, in order of arrival; times from milliseconds since `start`."""
    whole = pd.concat([log.assign(line=code) for code, log in logs.items()], ignore_index=True)
    whole = whole.sort_values(["arrived_ms", "line"], kind="stable").reset_index(drop=True)
    moment = {name: start + pd.to_timedelta(whole[name], unit="ms") for name in ("arrived_ms", "ended_ms")}
    answered_at = moment["arrived_ms"] + pd.to_timedelta(whole["wait_ms"], unit="ms")
    names = {code: list(parameters.lines[code].mix) for code in logs}
    channel = np.empty(len(whole), object)
    for code, rows in whole.groupby("line").indices.items():
        channel[rows] = np.array(names[str(code)], object)[whole["channel"].to_numpy()[rows]]
    answered = whole["answered"]
    agent = pd.Series(people["agent_id"].to_numpy(object)[whole["who"].to_numpy()]).where(answered, None)
    return pd.DataFrame(
        {
            "contact_id": "C" + _digits(pd.Series(np.arange(1, len(whole) + 1)), 7),
            "customer_id": _customers(whole),
            "site": whole["site"],
            "language": whole["line"].map({code: parameters.language(code) for code in logs}),
            "channel": channel,
            "reason": np.array(reasons(parameters).names, object)[whole["reason"].to_numpy()],
            "arrived_at": moment["arrived_ms"].dt.as_unit("us"),
            "answered_at": answered_at.where(answered).dt.as_unit("us"),
            "ended_at": moment["ended_ms"].dt.as_unit("us"),
            **{
                f"{part}_s": (whole[f"{part}_ms"] / 1000).where(answered) for part in ("talk", "hold", "wrap")
            },
            "concurrent": whole["open_mean"].round(3),
            "agent_id": agent,
            **{name: whole[name] for name in ("escalated", "agent_resolved", "survey_resolved")},
        }
    )


def _customers(whole: pd.DataFrame) -> pd.Series:
    """Customer ids that tell nothing; None where unknown."""
    known = whole["customer"] >= 0
    return ("K-" + whole["line"] + "-" + _digits(whole["customer"].clip(lower=0), 6)).where(known, None)


def _digits(numbers: pd.Series, width: int) -> pd.Series:
    return numbers.astype("str").str.zfill(width)
