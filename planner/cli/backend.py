"""Options that say where the work on many queues is done."""

from __future__ import annotations

import argparse
from argparse import Namespace
from dataclasses import replace
from typing import get_args

from planner.config import Backend, Settings
from planner.domain.problems import InputError, Problem


def add_options(command: argparse.ArgumentParser) -> None:
    """--backend and --scheduler; results do not depend on them."""
    command.add_argument(
        "--backend",
        choices=get_args(Backend),
        help="where several queues are worked on: processes (loky, the default), threads, or a Dask cluster",
    )
    command.add_argument(
        "--scheduler",
        metavar="tcp://HOST:8786",
        help="a Dask scheduler that runs; without it one is started here",
    )


def settings_of(options: Namespace, given: Settings) -> Settings:
    """The settings with what the options say instead; InputError for a scheduler without Dask."""
    chosen = replace(
        given,
        backend=options.backend or given.backend,
        scheduler=options.scheduler or given.scheduler,
    )
    if options.scheduler and chosen.backend != "dask":
        raise InputError([Problem("no_backend", "--scheduler is Dask's; give --backend dask with it")])
    return chosen
