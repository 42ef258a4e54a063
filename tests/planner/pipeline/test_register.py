"""Evaluations are checked against their form, agents and raters; a used form never changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from planner.config import plan_from_text
from planner.domain.problems import InputError, Problem
from planner.domain.tables import EVALUATIONS
from planner.pipeline.bringing import Bringing, import_files
from planner.store import Store, read_history
from tests.planner.config.test_forms import TEXT
from tests.planner.config.test_plan import SMALL

NOW = datetime(2026, 10, 5, tzinfo=UTC)
HEAD = {"evaluated_at": "2026-09-09T10:00:00Z", "agent_id": "A1", "rater_id": "R1", "site": "LIS",
        "language": "pt", "channel": "voice", "form": "F-1", "stream": "random"}  # fmt: skip
ITEMS = [  # item, section, its weight, own weight, class, critical, share, score
    ("Greeting", "Opening", 1, 1, "customer", False, 1.0, 1),
    ("Data", "Opening", 1, 3, "compliance", True, 1.0, 1),
    ("Right answer", "Answer", 3, 2, "none", False, 0.75, 4),
    ("Care", "Answer", 3, 2, "none", False, 0.25, 1),
]
NAMES = ["item", "section", "section_weight", "item_weight", "item_class", "critical", "points", "score"]


@pytest.fixture
def bringing(tmp_path: Path) -> Bringing:
    return Bringing(plan_from_text(SMALL).centre, Store(tmp_path / "store"), NOW, lambda _: None)


def evaluation(name: str = "E1") -> pd.DataFrame:
    return pd.DataFrame(ITEMS, columns=NAMES).assign(evaluation_id=name, **HEAD)


def shares(name: str = "E1") -> pd.DataFrame:
    return evaluation(name).drop(columns="score")


def file(folder: Path, name: str, content: pd.DataFrame | str) -> Path:
    path = folder / name
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8")
    elif path.suffix == ".xlsx":
        content.to_excel(path, index=False)
    else:
        content.to_csv(path, index=False)
    return path


def wrong(bringing: Bringing, *files: Path) -> list[Problem]:
    with pytest.raises(InputError) as refused:
        import_files(files, bringing)
    assert read_history(bringing.store, EVALUATIONS).empty
    return list(refused.value.problems)


def test_without_forms_evaluations_describe_themselves(bringing: Bringing, tmp_path: Path) -> None:
    import_files([file(tmp_path, "e.csv", shares())], bringing)
    assert len(read_history(bringing.store, EVALUATIONS)) == 4


@pytest.mark.parametrize("name", ["e.csv", "e.xlsx"])
def test_scores_on_the_forms_scale_are_the_same_as_shares_with_all_the_form_tells(
    bringing: Bringing, tmp_path: Path, name: str
) -> None:
    bare = evaluation()[["evaluation_id", *HEAD, "item", "score"]]
    import_files([file(tmp_path, name, bare), file(tmp_path, "f.yaml", TEXT)], bringing)
    stored = read_history(bringing.store, EVALUATIONS).set_index("item")
    expected = shares().set_index("item")
    columns = ["section", "section_weight", "item_weight", "item_class", "critical", "points"]
    pd.testing.assert_frame_equal(
        stored.loc[expected.index, columns], expected[columns], check_dtype=False, check_names=False
    )


@pytest.mark.parametrize(
    ("row", "column", "value", "code"),
    [
        (0, "form", "F-2", "unknown_form"),
        (0, "item", "Farewell", "unknown_item"),
        (2, "points", 0.8, "off_scale"),
        (2, "points", 1.2, "too_large"),
        (3, "points", None, "must_apply"),
        (1, "item_weight", 2, "not_as_on_form"),
        (1, "critical", False, "not_as_on_form"),
        (3, "agent_id", "A9", "unknown_person"),
        (3, "rater_id", "R9", "unknown_person"),
    ],
)
def test_each_fault_is_told_with_file_row_and_column(
    bringing: Bringing, tmp_path: Path, row: int, column: str, value: object, code: str
) -> None:
    bad = shares().astype({column: object})
    bad.loc[row, column] = value
    agents = pd.DataFrame(
        [{"agent_id": "A1", "site": "LIS", "contract": "full", "languages": "pt:native", "channels": "voice"}]
    )
    raters = pd.DataFrame([{"rater_id": "R1", "name": "R", "site": "LIS", "languages": "pt"}])
    given = [
        file(tmp_path, "e.csv", bad),
        file(tmp_path, "f.yaml", TEXT),
        file(tmp_path, "a.csv", agents),
        file(tmp_path, "r.csv", raters),
    ]
    found = {(p.code, p.file, p.row, p.column) for p in wrong(bringing, *given)}
    assert (code, "e.csv", row + 2, column) in found


def test_what_may_be_left_out_may_be_left_out(bringing: Bringing, tmp_path: Path) -> None:
    good = shares()
    good.loc[0, "points"] = None
    import_files([file(tmp_path, "f.yaml", TEXT), file(tmp_path, "e.csv", good)], bringing)
    assert read_history(bringing.store, EVALUATIONS)["points"].isna().sum() == 1


def test_all_faults_are_told_at_once_and_nothing_is_stored(bringing: Bringing, tmp_path: Path) -> None:
    bad = pd.concat([shares("E1"), shares("E2").assign(section_weight=0), shares("E1").head(1)])
    codes = {p.code for p in wrong(bringing, file(tmp_path, "e.csv", bad), file(tmp_path, "f.yaml", TEXT))}
    assert {"no_weight", "duplicate_key", "not_as_on_form"} <= codes


def test_an_item_left_out_altogether_is_missed(bringing: Bringing, tmp_path: Path) -> None:
    problems = wrong(bringing, file(tmp_path, "e.csv", shares().head(3)), file(tmp_path, "f.yaml", TEXT))
    assert [(p.code, p.row) for p in problems] == [("items_missing", 2)]


def test_a_form_for_voice_scores_no_mail(bringing: Bringing, tmp_path: Path) -> None:
    mail = shares().assign(channel="email")
    problems = wrong(bringing, file(tmp_path, "e.csv", mail), file(tmp_path, "f.yaml", TEXT))
    assert {p.code for p in problems} == {"wrong_form"}
    assert "channels: voice" in problems[0].note


def test_a_used_form_never_changes_and_one_not_used_may(bringing: Bringing, tmp_path: Path) -> None:
    changed = TEXT.replace("weight: 3, class", "weight: 4, class")
    import_files([file(tmp_path, "f.yaml", changed)], bringing)
    import_files([file(tmp_path, "f.yaml", TEXT)], bringing)  # not used yet
    import_files([file(tmp_path, "e.csv", shares())], bringing)
    with pytest.raises(InputError, match=r"by which 1 evaluation .*a new version"):
        import_files([file(tmp_path, "f.yaml", changed)], bringing)
    import_files([file(tmp_path, "g.yaml", changed.replace("F-1", "F-2"))], bringing)


def test_a_form_that_comes_after_its_evaluations_must_fit_them(bringing: Bringing, tmp_path: Path) -> None:
    import_files([file(tmp_path, "e.csv", shares())], bringing)
    with pytest.raises(InputError, match="do not fit F-1"):
        import_files(
            [file(tmp_path, "f.yaml", TEXT.replace("weight: 3, class", "weight: 4, class"))], bringing
        )
    import_files([file(tmp_path, "f.yaml", TEXT)], bringing)
