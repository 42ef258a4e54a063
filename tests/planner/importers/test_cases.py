"""Each folder of tests/cases: a file people bring, and the exact table or the exact problems it gives."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner.config import load_plan
from planner.domain.centre import Centre
from planner.domain.problems import InputError
from planner.importers import read

CASES = Path(__file__).resolve().parents[2] / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/input.*"))


def centre_of(folder: Path) -> Centre:
    own = folder / "plan.yaml"
    return load_plan(own if own.exists() else CASES / "plan.yaml").centre


def as_csv(frame: pd.DataFrame) -> str:
    """The table as a person would write it: UTC with Z, days as dates, numbers without needless zeros."""
    texts = frame.copy()
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.DatetimeTZDtype):
            texts[name] = frame[name].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        elif pd.api.types.is_datetime64_dtype(frame[name].dtype):
            texts[name] = frame[name].dt.strftime("%Y-%m-%d")
        elif pd.api.types.is_float_dtype(frame[name].dtype):
            texts[name] = frame[name].map(lambda number: f"{number:.15g}", na_action="ignore")
    return texts.to_csv(index=False)


def test_every_case_says_what_must_come_out() -> None:
    assert len(FOLDERS) >= 21
    for folder in FOLDERS:
        assert (folder / "expected.csv").exists() != (folder / "problems.txt").exists(), folder.name


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_file_gives_exactly_its_table_or_its_problems(folder: Path) -> None:
    [source] = folder.glob("input.*")
    expected = folder / "expected.csv"
    if expected.exists():
        assert as_csv(read(source, centre=centre_of(folder)).frame) == expected.read_text("utf-8")
        return
    with pytest.raises(InputError) as refused:
        read(source, centre=centre_of(folder))
    assert str(refused.value) + "\n" == (folder / "problems.txt").read_text("utf-8")
    assert all(problem.file == source.name for problem in refused.value.problems)
