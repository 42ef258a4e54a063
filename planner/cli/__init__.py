"""The command line: `planner --help`."""

from planner.cli.main import main

__all__ = ["main"]
