"""The comparison with other programs, without them: rows, answers, comparing and judging."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.peer_cases import VOICE, Case, cases
from benchmarks.peer_programs import planner
from benchmarks.peer_rows import Answer, Situation, compare, draw, misrounded, people
from benchmarks.peers import Duel, Program, judge
from tests.staffing.chain import Chain, voice

ROOT = Path(__file__).resolve().parents[2]
ROWS = draw(random.Random(7), replace(VOICE, shrinkage=(0.3,)), rows=20)


class Witness(Program):
    """Stands in for the 34 digits: the queue's birth and death chain, in double precision."""

    def __init__(self) -> None:
        """It runs in this process."""

    def answers(self, rows: Sequence[Situation]) -> list[dict[str, Any]]:
        return [witnessed(row) for row in rows]


def witnessed(row: Situation) -> dict[str, Any]:
    if not row.agents:
        return {"service_level": 0.0, "abandonment": 1.0, "occupancy": 1.0, "keeps": False}
    chain: Chain = voice(row.agents, load=row.load, aht_s=row.aht_s, patience_s=float(row.patience_s or 0))
    level, lost = chain.answered_within(row.within_s), chain.p_abandon
    busy = row.load * (1 - lost) / row.agents
    kept = level >= row.share and lost <= (row.max_abandonment or 1) and busy <= (row.max_occupancy or 1)
    return {"service_level": level, "abandonment": lost, "occupancy": busy, "keeps": kept}


def fought(ours: Sequence[Answer], theirs: Sequence[Answer]) -> Duel:
    return Duel(Case("twenty", ("peer",), ROWS), "peer", list(ours), list(theirs), 1.0, 1.0)


def test_the_same_seed_draws_the_same_rows_and_another_seed_others() -> None:
    assert cases(random.Random(1)) == cases(random.Random(1))
    assert cases(random.Random(1)) != cases(random.Random(2))


def test_rows_keep_to_what_they_are_drawn_from() -> None:
    contact = max(VOICE.aht_s) / 1800
    for row in draw(random.Random(3), VOICE, rows=500):
        assert VOICE.loads[0] - contact <= row.load <= VOICE.loads[1] + contact
        assert row.offered >= 1
        assert (row.share, row.within_s) in VOICE.promises
        assert row.patience_s in VOICE.patience_s
        assert row.max_abandonment in VOICE.max_abandonment


def test_twenty_rows_are_answered_with_the_least_agents_of_the_chain() -> None:
    for row, answer in zip(ROWS, planner()(ROWS), strict=True):
        assert answer.agents is not None
        assert witnessed(replace(row, agents=answer.agents))["keeps"]
        assert not witnessed(replace(row, agents=answer.agents - 1))["keeps"]
    assert misrounded(ROWS, planner()(ROWS)) == 0


def test_the_judge_tells_the_least_from_one_more_and_one_fewer() -> None:
    ours = planner()(ROWS)
    theirs = [Answer((said.agents or 0) + i % 3 - 1) for i, said in enumerate(ours)]
    judgement = judge(Witness(), fought(ours, theirs))
    assert sorted(judgement.rows) == list(range(20))
    assert judgement.right(ours) == 20
    assert judgement.right(theirs) == 7


def test_rows_without_an_answer_are_counted_and_not_judged() -> None:
    ours = planner()(ROWS)
    theirs = [Answer(failed="ZeroDivisionError"), *ours[1:]]
    assert compare(ours, theirs) == {"same": 19, "more": 0, "fewer": 0, "failed": 1}
    assert 0 not in judge(Witness(), fought(ours, theirs)).rows


def test_every_difference_is_counted_once() -> None:
    ours = [Answer(5), Answer(5), Answer(5), Answer(5)]
    theirs = [Answer(5), Answer(6), Answer(4), Answer(failed="nan")]
    assert compare(ours, theirs) == {"same": 1, "more": 1, "fewer": 1, "failed": 1}


@pytest.mark.parametrize(
    ("agents", "shrinkage", "exact"), [(21, 0.3, 30), (22, 0.3, 32), (9, 0.1, 10), (7, 0.0, 7)]
)
def test_people_are_rounded_in_fractions(agents: int, shrinkage: float, exact: int) -> None:
    assert people(agents, shrinkage) == exact
    row = replace(ROWS[0], shrinkage=shrinkage)
    assert misrounded([row, row], [Answer(agents, exact), Answer(agents, exact + 1)]) == 1


def test_a_program_of_its_own_answers_in_lines() -> None:
    line = json.dumps([asdict(row) for row in ROWS])
    command = [sys.executable, "-m", "benchmarks.peer_programs", "planner"]
    run = subprocess.run(
        command, check=True, cwd=ROOT, input=f"{line}\n{line}\n", capture_output=True, text=True
    )
    loading, *told = [json.loads(each) for each in run.stdout.splitlines()]
    assert loading["cpu_s"] > 0
    assert [Answer(**cells) for cells in told[0]["answers"]] == planner()(ROWS)
    assert told[0]["answers"] == told[1]["answers"]
    assert told[1]["peak_mb"] >= told[0]["peak_mb"] > 1


def test_without_the_peers_it_says_what_is_missing() -> None:
    command = [sys.executable, "-m", "benchmarks.peers", "--peer-python", "no-such-interpreter"]
    run = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 2
    assert "--peer-python is no interpreter" in run.stderr
