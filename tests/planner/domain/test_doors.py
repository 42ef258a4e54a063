"""A part in a folder is found by its file name, and one of the wrong shape is refused by name."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from planner.domain.doors import parts
from planner.domain.problems import InputError

SHAPE = {"MEANING": str, "double": ("number",)}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    here = tmp_path / "doors_under_test"
    here.mkdir()
    (here / "__init__.py").write_text("")
    (here / "good.py").write_text("MEANING = 'twice'\ndef double(number):\n    return 2 * number\n")
    yield here
    for name in [name for name in sys.modules if name.startswith("doors_under_test")]:
        del sys.modules[name]


def package() -> ModuleType:
    return importlib.import_module("doors_under_test")


def test_a_part_is_found_by_its_file_name(folder: Path) -> None:
    (folder / "_inside.py").write_text("")
    found = parts(package(), shape=SHAPE)
    assert list(found) == ["good"]
    assert found["good"].double(4) == 8


def test_every_misfit_is_named_at_once(folder: Path) -> None:
    (folder / "bad.py").write_text("MEANING = 7\ndef double(number, times):\n    return number * times\n")
    (folder / "empty.py").write_text("")
    with pytest.raises(InputError) as refused:
        parts(package(), shape=SHAPE)
    said = [str(problem) for problem in refused.value.problems]
    assert said == [
        "bad.py: must offer MEANING, a str",
        "bad.py: must offer a function double(number)",
        "empty.py: must offer MEANING, a str",
        "empty.py: must offer a function double(number)",
    ]
