"""One small demonstration centre, drawn once and read by the tests of this folder."""

from pathlib import Path

import pytest

from planner.sample import draw
from planner.sample.check import Centre, read_centre

SMALL = 0.02
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of this folder run in one worker, so that the centre is drawn once."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("sample"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "centre"
    draw(path, scale=SMALL)
    return path


@pytest.fixture(scope="session")
def centre(folder: Path) -> Centre:
    return read_centre(folder)
