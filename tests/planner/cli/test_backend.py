"""Where the work is done, from the command line."""

from __future__ import annotations

import argparse

import pytest

from planner.cli.backend import add_options, settings_of
from planner.config import Settings
from planner.domain.problems import InputError


def parsed(*texts: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_options(parser)
    return parser.parse_args(texts)


def test_what_is_not_said_stays_as_the_plan_has_it() -> None:
    given = Settings(backend="dask", scheduler="tcp://10.0.0.5:8786", workers=5)
    assert settings_of(parsed(), given) == given


def test_what_is_said_wins() -> None:
    chosen = settings_of(parsed("--backend", "dask", "--scheduler", "tcp://10.0.0.9:8786"), Settings())
    assert (chosen.backend, chosen.scheduler) == ("dask", "tcp://10.0.0.9:8786")


def test_a_scheduler_needs_dask() -> None:
    with pytest.raises(InputError, match="--backend dask"):
        settings_of(parsed("--scheduler", "tcp://10.0.0.9:8786"), Settings())


def test_an_unknown_backend_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parsed("--backend", "spark")
    assert "dask" in capsys.readouterr().err
