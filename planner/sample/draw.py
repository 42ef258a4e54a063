"""Write the demonstration centre as ordinary input files, seeded, and say on each that it is synthetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import pandas as pd
import yaml

from planner.domain.centre import QueueKey
from planner.domain.forecast_tables import OVERRIDES, TEACHING
from planner.domain.tables import (
    ABSENCES,
    AGENTS,
    CONTACTS,
    EVALUATIONS,
    EVENTS,
    INTRADAY,
    PREFERENCES,
    SURVEYS,
    VOLUME,
)
from planner.exporters.tabular import write_table
from planner.sample.assurance import assurance_files
from planner.sample.bridges import with_bridges
from planner.sample.clock import Clock
from planner.sample.courses import Course, courses, history_clock
from planner.sample.evaluations import Seen, evaluations, raters
from planner.sample.headcount import roster_shares
from planner.sample.history import Drawn, draw_history, pasts
from planner.sample.intraday import intraday
from planner.sample.leave import absences
from planner.sample.log import contacts_table, line_log
from planner.sample.parameters import Parameters, read_parameters
from planner.sample.people import agents_table, people, today
from planner.sample.plan_file import events, plan_text
from planner.sample.said import overrides, teaching
from planner.sample.surveys import surveys
from planner.sample.wishes import preferences

Format = Literal["parquet", "csv"]
Say = Callable[[str], None]
LARGE_INPUTS = ("volume", "contacts", "intraday", "evaluations", "surveys")
SMALL_INPUTS = ("agents", "absences", "preferences", "events", "overrides", "teaching")
README = """\
SYNTHETIC DATA: every row here is invented.

A fashion retailer's customer service, run by an outsourcer in 13 languages from seven sites, drawn by
`planner sample` from data/sample/sample.yaml (seed {seed}, scale {scale:g}). Money, wages, seats, people,
customers and dates of incidents are invented; any likeness to real people or companies is chance.

plan.yaml       the centre, its targets and rules, and which files to import
volume          two years of contacts per queue and half-hour: whole local days, {first} to {last}
contacts        every contact of the last {weeks} weeks; summed, it gives the rows of volume
intraday        the last year as it was planned, and where the people were: roster, absence, adherence
evaluations     a year of quality evaluations, one row per evaluation and item
surveys         the customers asked after a contact in those weeks, and what the few who answer say
forms/          the quality form, with anchor texts in five languages; raters.csv: who scores by it
disputes.csv    evaluations that were disputed, and how that ended
agents.csv      the people on the roster on {last}; absences.csv: their leave in the coming weeks
leavers.csv     those who were scored in the last year and have left since
preferences.csv what they wish for: starts, days off, days of work
events.csv      campaigns and incidents, the same as in plan.yaml
overrides.csv   what planners changed on top of the forecast; teaching.csv: days that must not teach it
truth.yaml      what was planted, for tests and teaching: the answers a good analysis should find

Conventions: service, talk, hold and wrap are counted in the half-hour in which the contact arrived, e-mail
and back office too (answered = handled by the end of the history, met_deadline = in time). answered_at is
the first reply: in chat and messaging an agent's free place plus 9-10 s. Handle time of chat and messaging
is the length of the conversation, with several open at once; the AHT in plan.yaml is that of one alone.
"""


def draw(
    folder: Path,
    *,
    scale: float = 1.0,
    seed: int | None = None,
    progress: Say | None = None,
    table_format: Format = "parquet",
) -> None:
    """Write plan.yaml and its input files into `folder`, which is made if need be.

    `scale` multiplies the volume; people follow the need, which falls more slowly. The same scale and
    seed give the same files. At scale 1: about 15 CPU seconds, 1.5 GB.
    """
    say = progress or (lambda _: None)
    parameters = read_parameters(scale=scale, seed=seed)
    folder.mkdir(parents=True, exist_ok=True)
    clock = history_clock(parameters)
    expected = courses(parameters, clock)
    say("drawing the people")
    everybody = people(parameters, roster_shares(parameters, expected, clock))
    history = pasts(parameters, expected, clock)
    drawn = draw_history(parameters, history, clock, people=everybody, say=say)
    say("linking contacts to customers")
    contacts = _contacts(parameters, drawn, expected, clock=clock, everybody=everybody)
    say("writing volume and contacts")
    write_table(drawn.volume, VOLUME, folder / f"volume.{table_format}")
    write_table(contacts, CONTACTS, folder / f"contacts.{table_format}")
    say("writing what each day was planned with")
    write_table(intraday(parameters, history, clock), INTRADAY, folder / f"intraday.{table_format}")
    say("drawing a year of evaluations")
    seen = Seen(everybody, contacts)
    scored = with_bridges(evaluations(parameters, seen), parameters, seen)
    write_table(scored, EVALUATIONS, folder / f"evaluations.{table_format}")
    write_table(surveys(parameters, contacts), SURVEYS, folder / f"surveys.{table_format}")
    say("drawing who scores by which form, and disputes")
    beside = assurance_files(folder, parameters, everybody, scored=scored)
    _small_files(folder, parameters, everybody, table_format=table_format, beside=beside)


def _contacts(
    parameters: Parameters, drawn: Drawn, expected: list[Course], *, clock: Clock, everybody: pd.DataFrame
) -> pd.DataFrame:
    logs = {}
    for code, line in parameters.lines.items():
        keys: list[QueueKey] = [course.key for course in expected if course.line == code]
        found = {key: drawn.contacts[key] for key in keys if key in drawn.contacts}
        if found:
            logs[code] = line_log(found, line, parameters, people=everybody)
    return contacts_table(logs, parameters, start=clock.starts[0], people=everybody)


def _small_files(
    folder: Path,
    parameters: Parameters,
    everybody: pd.DataFrame,
    *,
    table_format: Format,
    beside: Mapping[str, list[str]],
) -> None:
    """The people, their leave, the events, the truths, the plan, and the note that it is synthetic."""
    agents = agents_table(everybody, parameters)
    leave = absences(parameters, agents)
    listed = pd.DataFrame(events(parameters))
    listed["languages"] = listed["languages"].str.join(";")
    listed["exceptional"] = listed["exceptional"].eq(True)
    said = ((OVERRIDES, overrides(parameters)), (TEACHING, teaching(parameters)))
    wishes = preferences(parameters, agents)
    people = ((AGENTS, agents), (ABSENCES, leave), (PREFERENCES, wishes))
    for table, frame in (*people, (EVENTS, listed), *said):
        write_table(table.check(frame), table, folder / f"{table.name.lower()}.csv")
    inputs = {name: [f"{name}.{table_format}"] for name in LARGE_INPUTS}
    inputs |= {name: [f"{name}.csv"] for name in SMALL_INPUTS} | dict(beside)
    (folder / "truth.yaml").write_text(truth_text(parameters, everybody), encoding="utf-8")
    (folder / "plan.yaml").write_text(plan_text(parameters, inputs=inputs), encoding="utf-8")
    note = README.format(
        seed=parameters.seed,
        scale=parameters.scale,
        first=parameters.first_day,
        last=parameters.last_day,
        weeks=parameters.spec["meta"]["contact_log_weeks"],
    )
    (folder / "README.txt").write_text(note, encoding="utf-8")


def truth_text(parameters: Parameters, everybody: pd.DataFrame) -> str:
    """What was planted and drawn, for whoever checks an analysis: seed, scale, agents, raters, weeks."""
    now = everybody[today(everybody, parameters)]
    tree = {
        "synthetic": True,
        "seed": parameters.seed,
        "scale": parameters.scale,
        "agents_to_coach": sorted(everybody.loc[everybody["planted"], "agent_id"]),
        "rater_leniency": {name: round(float(value), 4) for name, value in raters(parameters).items()},
        "agent_quality": {a: round(float(q), 4) for a, q in zip(now["agent_id"], now["quality"])},
    }
    return yaml.safe_dump(tree, sort_keys=False, allow_unicode=True)
