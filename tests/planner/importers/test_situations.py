"""The calculator's file: what is meant is read, what is wrong is named, what is a note is kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.domain.problems import InputError
from planner.importers.situations import Asked, read_situations

HEADER = "model,offered_per_h,aht_s,agents,patience_s,answer_within_s,target_service_level,max_abandonment"


def asked(folder: Path, *lines: str, header: str = HEADER) -> Asked:
    path = folder / "rows.csv"
    path.write_text("\n".join([header, *lines]) + "\n", "utf-8")
    return read_situations(path)


def told(found: Asked) -> list[tuple[int | None, str | None]]:
    return [(problem.row, problem.column) for problem in found.problems]


class TestWhatIsMeant:
    def test_percent_signs_are_hundredths_in_decimal(self, tmp_path: Path) -> None:
        found = asked(tmp_path, "erlang-a,200,180,,90,20,80%,5 %", "erlang-a,200,180,,90,20,0.8,0.05")
        assert found.answerable.all()
        assert found.situations["target_service_level"].tolist() == [0.8, 0.8]
        assert found.situations["max_abandonment"].tolist() == [0.05, 0.05]

    def test_semicolons_decimal_commas_and_a_mark(self, tmp_path: Path) -> None:
        lines = ["\ufeff" + HEADER.replace(",", ";"), "Erlang A;200,5;180;;90;20;82,5 %;0,05"]
        found = asked(tmp_path, *lines[1:], header=lines[0])
        row = found.situations.iloc[0]
        assert found.answerable.all()
        assert (row["offered_per_h"], row["target_service_level"], row["max_abandonment"]) == (
            200.5,
            0.825,
            0.05,
        )

    @pytest.mark.parametrize("word", ["never", "Never ", "inf", "∞"])
    def test_patience_may_never_end(self, tmp_path: Path, word: str) -> None:
        found = asked(tmp_path, f"erlang-a,200,180,12,{word},20,,")
        assert found.answerable.all()
        assert np.isinf(found.situations["patience_s"]).all()

    @pytest.mark.parametrize("name", ["erlang-c", "Erlang C", "ERLANG_C", " erlang-c "])
    def test_a_model_in_any_spelling(self, tmp_path: Path, name: str) -> None:
        found = asked(tmp_path, f"{name},200,180,12,,,,")
        assert found.situations["model"].tolist() == ["erlang-c"]
        assert found.given["model"].tolist() == [name]

    def test_excel_with_numbers_as_text_and_titles_above(self, tmp_path: Path) -> None:
        cells = [
            ["Peak week", None, None, None],
            ["model", "offered_per_h", "aht_s", "agents"],
            ["erlang-c", "200", 180, 12],
        ]
        pd.DataFrame(cells).to_excel(tmp_path / "rows.xlsx", header=False, index=False)
        found = read_situations(tmp_path / "rows.xlsx")
        assert found.answerable.all()
        assert found.rows.tolist() == [3]
        assert found.situations[["offered_per_h", "aht_s", "agents"]].to_numpy().tolist() == [[200, 180, 12]]


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("line", "columns"),
        [
            ("erlang-d,200,180,12,,,,", ["model"]),
            (",200,180,12,,,,", ["model"]),
            ("erlang-c,,180,12,,,,", ["offered_per_h"]),
            ("erlang-c,-1,180,12,,,,", ["offered_per_h"]),
            ("erlang-c,200,0,12,,,,", ["aht_s"]),
            ("erlang-c,200,abc,12,,,,", ["aht_s"]),
            ("erlang-c,200,180,12.5,,,,", ["agents"]),
            ("erlang-c,200,180,-2,,,,", ["agents"]),
            ("erlang-c,200,180,many,,,,", ["agents"]),
            ("erlang-a,200,180,12,,,,", ["patience_s"]),
            ("erlang-a,200,180,12,0,,,", ["patience_s"]),
            ("erlang-a,200,180,12,x,,,", ["patience_s"]),
            ("erlang-c,200,180,,,20,80,", ["target_service_level"]),
            ("erlang-c,200,180,,,20,120%,", ["target_service_level"]),
            ("erlang-c,200,180,,,20,0,", ["target_service_level"]),
            ("erlang-c,200,180,,,,0.8,", ["answer_within_s"]),
            ("erlang-c,200,180,,,x,0.8,", ["answer_within_s"]),
            ("erlang-c,200,180,,,20,,", ["agents"]),
            ("erlang-c,200,180,,,20,,0.05", ["agents"]),  # nobody leaves: the target decides nothing
            ("erlang-b,200,180,,,20,,0.05", ["agents"]),
            ("erlang-a,,abc,2.5,x,-20,80,5", ["offered_per_h", "aht_s", "agents", "patience_s", "answer_within_s",
                                               "target_service_level", "max_abandonment"]),
            ("erlang-c,1e9,3600,,,20,0.8,", ["offered_per_h"]),
            ("erlang-c,inf,3600,2,,20,0.8,", ["offered_per_h"]),
        ],
    )  # fmt: skip
    def test_each_cell_is_named_once_and_the_row_beside_it_stays(
        self, tmp_path: Path, line: str, columns: list[str]
    ) -> None:
        found = asked(tmp_path, "erlang-c,200,180,12,,,,", line, "erlang-c,200,180,13,,,,")
        assert sorted(told(found)) == sorted((3, name) for name in columns)
        assert found.answerable.tolist() == [True, False, True]
        assert found.told().notna().tolist() == [False, True, False]

    def test_every_one_of_many_bad_rows_is_told(self, tmp_path: Path) -> None:
        found = asked(tmp_path, *["erlang-c,200,0,12,,,,", "erlang-c,200,180,12,,,,"] * 60)
        assert told(found) == [(row, "aht_s") for row in range(2, 122, 2)]

    def test_a_row_that_cannot_be_cut_keeps_its_place(self, tmp_path: Path) -> None:
        found = asked(tmp_path, "erlang-c,200,180,12,,,,", "erlang-c,200", "erlang-c,200,180,13,,,,")
        assert found.rows.tolist() == [2, 3, 4]
        assert found.answerable.tolist() == [True, False, True]
        assert found.situations["agents"].tolist()[::2] == [12, 13]

    def test_a_needed_column_that_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="aht_s: the column is missing"):
            asked(tmp_path, "erlang-c,200", header="model,offered_per_h")

    def test_no_row_at_all(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="no rows"):
            asked(tmp_path)


class TestHeadings:
    @pytest.mark.parametrize(
        ("wrong", "right"),
        [
            ("patience", "patience_s"),
            ("slow_down", "slowdown"),
            ("max_abandoment", "max_abandonment"),
            ("max_asa", "max_asa_s"),
        ],
    )
    def test_a_misspelt_column_is_refused_with_the_right_one(
        self, tmp_path: Path, wrong: str, right: str
    ) -> None:
        header = "model,offered_per_h,aht_s,agents," + wrong
        with pytest.raises(InputError, match=f"row 1, {wrong}: .*write {right},"):
            asked(tmp_path, "erlang-c,200,180,12,1", header=header)

    def test_a_note_is_kept_as_it_is(self, tmp_path: Path) -> None:
        header = "queue,model,offered_per_h,aht_s,agents,Remark"
        found = asked(tmp_path, "PT voice,erlang-c,200,180,12, 007 ", header=header)
        assert list(found.given.columns) == header.split(",")
        assert found.given.iloc[0].tolist() == ["PT voice", "erlang-c", "200", "180", "12", " 007 "]

    def test_the_results_of_an_earlier_answer_are_not_taken_along(self, tmp_path: Path) -> None:
        header = "model,offered_per_h,aht_s,agents,p_wait,binding,problem"
        found = asked(tmp_path, "erlang-c,200,180,12,0.5,x,y", header=header)
        assert list(found.given.columns) == header.split(",")[:4]

    def test_two_notes_of_one_name_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="names this column twice"):
            asked(tmp_path, "erlang-c,200,180,a,b", header="model,offered_per_h,aht_s,note,Note")
