"""`python -m planner.sample FOLDER`: print the check table of the demonstration centre drawn there."""

from __future__ import annotations

import sys
from pathlib import Path

from planner.domain.problems import InputError
from planner.sample.report import check_centre


def main(arguments: list[str]) -> int:
    """The exit code: 0 when every check holds."""
    if len(arguments) != 1:
        print("usage: python -m planner.sample FOLDER", file=sys.stderr)
        return 2
    try:
        text, holds = check_centre(Path(arguments[0]))
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    print(text)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
