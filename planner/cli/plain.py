"""What `forecast` and `backtest` share when there is no plan: options, reading, and what was recognised."""

from __future__ import annotations

import argparse
import os
import re
import sys
from argparse import Namespace
from datetime import date
from pathlib import Path
from zoneinfo import available_timezones

from forecasting.intervals import DAY_MIN
from planner.cli import backend
from planner.cli.progress import Progress
from planner.config import Settings
from planner.domain.problems import InputError, Problem
from planner.exporters.tabular import known_formats
from planner.importers.plain import Asked, PlainHistory, read_events, read_plain
from planner.pipeline.plain.centre import Surroundings
from planner.pipeline.plain.countries import country_codes
from planner.pipeline.plain.horizon import Length, length
from planner.pipeline.plain.known import Known, Wish, known
from planner.pipeline.plain.words import recognised

UNITS = {"": 1, "m": 1, "min": 1, "h": 60, "hour": 60, "d": DAY_MIN, "day": DAY_MIN}
MONTH_FIRST = ("US", "USA", "PH", "FM", "PW")


def horizon(text: str) -> Length:
    """28d, 4w or 3m, for argparse."""
    try:
        return length(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def minutes(text: str) -> int:
    """30min, 1h or 1d, for argparse."""
    found = re.fullmatch(r"\s*(\d+)\s*([a-z]*?)s?\s*", text.lower())
    if not found or found[2] not in UNITS or not 0 < int(found[1]) * UNITS[found[2]] <= DAY_MIN:
        raise argparse.ArgumentTypeError(f"“{text}” is no interval; write 15min, 30min, 1h or 1d")
    return int(found[1]) * UNITS[found[2]]


def positive(text: str) -> int:
    """A whole number above zero, for argparse."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not above zero")
    return number


def zone(text: str) -> str:
    """An IANA time zone, for argparse."""
    if text not in available_timezones():
        raise argparse.ArgumentTypeError(f"“{text}” is no time zone; write one such as Europe/Lisbon")
    return text


def add_options(command: argparse.ArgumentParser) -> None:
    """The options of a plain history."""
    told = command.add_argument_group("a history without a plan: what the file cannot tell")
    told.add_argument(
        "--country", action="append", default=[], metavar="CA", help="whose public holidays count; repeatable"
    )
    told.add_argument("--subdivision", metavar="ON", help="state or province of the (first) country")
    told.add_argument(
        "--interval", type=minutes, metavar="30min", help="plan by longer intervals than the file has"
    )
    told.add_argument("--zone", type=zone, metavar="Europe/Lisbon", help="whose clock days and hours follow")
    told.add_argument("--time-column", metavar="NAME", help="the column of times, if the file leaves it open")
    told.add_argument(
        "--volume-column", metavar="NAME", help="the column of contacts, if the file leaves it open"
    )
    told.add_argument(
        "--series-column",
        action="append",
        default=[],
        metavar="NAME",
        help="a column that tells queues apart",
    )
    told.add_argument(
        "--date-order", choices=["day-first", "month-first"], help="how 03/04 is read where no row tells"
    )
    told.add_argument("--seed", type=int, default=1, help="of the sample paths; default 1")
    told.add_argument(
        "--workers",
        type=positive,
        default=os.cpu_count() or 1,
        help="processes for several queues; default: all cores",
    )
    backend.add_options(command)


def spread(options: Namespace, *, queues: int) -> Settings:
    """How the work on that many queues is spread."""
    return backend.settings_of(options, Settings(workers=min(options.workers, queues)))


def refuse_unwritable(*paths: Path | None, suffixes: tuple[str, ...] | None = None) -> None:
    """InputError for results that could not be written, before the work begins."""
    suffixes = suffixes or tuple(known_formats())
    wrong = []
    for path in filter(None, paths):
        if path.suffix not in suffixes:
            wrong.append(
                Problem("unknown_suffix", f"cannot be written; end it in {' or '.join(suffixes)}", str(path))
            )
        if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
            note = "cannot be written: its folder is missing or closed to you"
            wrong.append(Problem("no_folder", note, str(path)))
    if wrong:
        raise InputError(wrong)


def asked(options: Namespace) -> Asked:
    """What the options say about the file."""
    first = options.country[0].upper()[:3] if options.country else ""
    order = options.date_order.replace("-", " ") if options.date_order else None
    return Asked(
        options.time_column,
        options.volume_column,
        tuple(options.series_column),
        order,
        "month first" if first in MONTH_FIRST else "day first",
    )


def wish(options: Namespace, *, cutoff: date | None) -> Wish:
    """What the options ask for."""
    countries = country_codes(options.country, options.subdivision)
    events = read_events(options.events, asked=asked(options)) if options.events else ()
    around = Surroundings(countries, events)
    return Wish(options.horizon, cutoff, options.interval, options.zone, around)


def read_history(options: Namespace, say: Progress) -> PlainHistory:
    """The history, and what was odd in it said."""
    history = read_plain(options.history, asked=asked(options))
    time = " and ".join(f"“{name}”" for name in history.time_names)
    series = ", ".join(f"“{name}”" for name in history.series)
    queues = f", queues from {series}" if series else ""
    say(f"{history.file}: times from {time}, contacts from “{history.volume_name}”{queues}")
    for notice in history.notices:
        say(f"{history.file}: {notice}")
    return history


def understood(history: PlainHistory, wanted: Wish, say: Progress) -> Known:
    """The history as known at its end or cutoff, and what was recognised said."""
    found = known(history, wanted)
    say(recognised(found.centre, found.observed, found.how, first_day=found.first_day))
    if found.found.notice:
        say(found.found.notice)
    if not wanted.around.countries:
        say("no --country: public holidays unknown")
    if found.ended is not None and not found.ended.whole:
        ended = found.ended
        then = "it counts as far as it goes" if ended.counts else "it is left out and forecast"
        say(f"the last day, {ended.day}, ends at {ended.until}: {then}")
    return found


def to_stderr(text: object) -> None:
    """A line that is no result."""
    print(text, file=sys.stderr)
