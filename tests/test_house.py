"""The walls of the house: import contracts hold, and a planted violation is caught."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("planner", "forecasting", "staffing", "dashboards")
LINT = "import sys; from importlinter.cli import lint_imports_command; sys.argv = ['lint-imports', '--no-cache']; lint_imports_command()"


def contracts_of(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-c", LINT],
        check=False,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold() -> None:
    answer = contracts_of(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        (
            "staffing/audit.py",
            "from staffing.scheduling import schedule",
            "The audit never imports the solver",
        ),
        ("staffing/simulation/simulate.py", "import staffing.erlang", "The simulation is a witness"),
        ("forecasting/forecast.py", "import staffing.erlang", "The house"),
        ("planner/store/__init__.py", "import streamlit", "Streamlit only under dashboards"),
        ("staffing/requirement.py", "import ortools", "OR-Tools only under staffing.scheduling"),
        ("planner/domain/centre.py", "import planner.config", "The house"),
    ],
)
def test_a_planted_violation_is_caught(copy: Path, file: str, line: str, contract: str) -> None:
    path = copy / file
    path.write_text(
        path.read_text().replace(
            "\nfrom __future__ import annotations\n", f"\nfrom __future__ import annotations\n{line}\n", 1
        )
        + f"\n{line}\n"
    )
    answer = contracts_of(copy)
    assert answer.returncode != 0
    broken = [row for row in answer.stdout.splitlines() if "BROKEN" in row]
    assert any(contract in row for row in broken), answer.stdout
