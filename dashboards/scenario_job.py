"""A scenario that is being run: in the background, for every window, one at a time in a store."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from dashboards import formats, look
from dashboards.look import Cell
from planner.config import Plan
from planner.domain.problems import InputError, Problem
from planner.language import _, retold
from planner.pipeline.scenario_builder import Known, expected_s, run_known
from planner.store import Store

LINES = 8  # of the progress, the newest
EVERY_S = 1.5  # between two looks at it


@dataclass
class Job:
    """One run: what it has said so far, and how it ended."""

    name: str
    title: str
    expected_s: float | None
    clock: Callable[[], float] = time.monotonic
    said: list[str] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()
    ended: bool = False
    began: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.clock()

    def say(self, text: str) -> None:
        """Take a line of progress."""
        self.said.append(f"{self.clock() - self.began:5.0f} s  {text}")


@st.cache_resource(max_entries=1, show_spinner=False)
def _jobs() -> dict[str, Job]:
    """The last job of each store, known to every window."""
    return {}


def job_of(store: Store) -> Job | None:
    """What is being run in a store, or was last."""
    return _jobs().get(str(store.folder))


def busy(store: Store) -> bool:
    """Whether a scenario of the store is being run here."""
    job = job_of(store)
    return job is not None and not job.ended


def start(known: Known, base: Plan, store: Store) -> None:
    """Begin a run, unless one is under way."""
    if busy(store):
        return
    job = Job(known.name, known.scenario.title, expected_s(store, known.name))
    _jobs()[str(store.folder)] = job
    threading.Thread(target=_run, args=(job, known, base, store), daemon=True).start()


def _run(job: Job, known: Known, base: Plan, store: Store) -> None:
    try:
        run_known(known, base, store, now=datetime.now(UTC), clock=job.clock, say=job.say)
    except InputError as error:
        job.problems = error.problems
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        note = _("the run broke off: {error}; nothing was published").format(error=said)
        job.problems = (Problem("broken_off", note, known.file),)
        raise
    finally:
        job.ended = True


def job_card(folder: str) -> None:
    """The run that is under way, or what went wrong with the last one."""
    job = job_of(Store(Path(folder)))
    if job is None:
        return
    if not job.ended:
        with look.card("job", ""):
            _progress(folder)
    elif job.problems:
        with look.card("job", _("It could not be run"), job.title):
            problem_table(job.problems)


@st.fragment(run_every=EVERY_S)
def _progress(folder: str) -> None:
    job = job_of(Store(Path(folder)))
    if job is None or job.ended:
        st.rerun()
    else:
        with st.status(_label(job), state="running", expanded=True):
            st.code("\n".join(job.said[-LINES:]) or "…", language=None)


def _label(job: Job) -> str:
    """What is being run, for how long, and for how long it usually is."""
    now_s = job.clock() - job.began
    text = _("Running “{title}”: {seconds} s so far").format(title=job.title, seconds=formats.number(now_s))
    return f"{text}; {expected_words(job.expected_s)}"


def expected_words(seconds: float | None) -> str:
    """How long a run takes, from earlier ones."""
    if seconds is None:
        return _("how long it takes is not known yet: none was timed; the first one also runs the base")
    return _("earlier runs took about {seconds} s").format(seconds=formats.number(seconds))


def problem_table(problems: tuple[Problem, ...]) -> None:
    """Everything that is wrong at once: file, row, path in it, what is wrong and what would be right."""
    heads = [
        Cell(_("File"), "left"),
        Cell(_("Row")),
        Cell(_("Path"), "left"),
        Cell(_("What is wrong and what would be right"), "left"),
    ]
    rows = [
        [
            Cell(Path(each.file or "").name, "left"),
            Cell(formats.number(each.row) if each.row else ""),
            Cell(each.column or "", "left"),
            Cell(retold(each.note), "left"),
        ]
        for each in problems
    ]
    look.table(heads, rows)
    look.foot(_("Nothing was changed."))
