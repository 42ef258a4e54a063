"""Forms in YAML: what they say becomes values, and all that is wrong is told by its path."""

from pathlib import Path

import pytest

from planner.config.forms import form_from_text, load_form
from planner.domain.problems import InputError
from planner.sample.form import FORM, ITEMS
from planner.sample.parameters import FOLDER

TEXT = """
form: F-1
channels: [voice]
sections:
  - name: Opening
    weight: 1
    items:
      - {name: Greeting, weight: 1, class: customer, may_not_apply: true}
      - {name: Data, weight: 3, class: compliance, critical: true}
  - name: Answer
    weight: 3
    items:
      - name: Right answer
        weight: 2
        scale: {from: 1, to: 5}
        anchors: {en: {1: wrong, 5: right}, pt: {5: certa}}
      - {name: Care, weight: 2, scale: [0, 1, 4]}
"""


def paths(text: str) -> dict[str | None, str]:
    with pytest.raises(InputError) as wrong:
        form_from_text(text, file="f.yaml")
    return {problem.column: problem.note for problem in wrong.value.problems}


def test_points_on_a_scale_become_shares_of_the_items_points() -> None:
    items = form_from_text(TEXT).items
    assert items["Right answer"].steps == (1, 2, 3, 4, 5)
    assert items["Right answer"].share(4) == 0.75
    assert items["Right answer"].share(4.5) is None
    assert items["Care"].shares == (0, 0.25, 1)
    assert items["Right answer"].anchors["pt"][5] == "certa"


def test_comments_and_order_of_keys_do_not_make_another_form() -> None:
    same = TEXT.replace("form: F-1\nchannels: [voice]", "# new comment\nchannels: [voice]\nform: F-1")
    assert form_from_text(same).fingerprint == form_from_text(TEXT).fingerprint
    assert (
        form_from_text(TEXT.replace("weight: 3", "weight: 4", 1)).fingerprint
        != form_from_text(TEXT).fingerprint
    )


def test_a_form_for_a_channel_fits_no_other() -> None:
    form = form_from_text(TEXT)
    assert form.fits("pt", "voice", None)
    assert not form.fits("pt", "chat", None)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("form: F-1", "form: F", "form"),
        ("weight: 1\n", "wieght: 1\n", "sections.0.wieght"),
        ("weight: 1, class: customer", "weight: 0, class: customer", ""),
        ("name: Care", "name: Greeting", "sections.1.items.1.name"),
        ("[0, 1, 4]", "[0, 4, 1]", "sections.1.items.1.scale"),
        ("{1: wrong, 5: right}", "{0: wrong}", "sections.1.items.0.anchors.en"),
        ("class: compliance", "class: legal", "sections.0.items.1.class"),
    ],
)
def test_what_is_wrong_is_told_by_its_path(old: str, new: str, path: str) -> None:
    assert old in TEXT
    if path:
        assert path in paths(TEXT.replace(old, new, 1))
    else:
        form_from_text(TEXT.replace(old, new, 1))


def test_weights_that_add_to_zero_are_refused() -> None:
    nothing = TEXT.replace("weight: 1, class", "weight: 0, class").replace(
        "weight: 3, class", "weight: 0, class"
    )
    assert "add to zero" in paths(nothing)["sections.0.items"]
    assert (
        "add to zero"
        in paths(
            TEXT.replace("    weight: 1\n", "    weight: 0\n").replace("    weight: 3\n", "    weight: 0\n")
        )["sections"]
    )


@pytest.mark.parametrize("path", sorted((FOLDER / "forms").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_item_of_the_samples_forms_has_anchors_in_five_languages(path: Path) -> None:
    form = load_form(path)
    assert form.code == path.stem
    for item in form.items.values():
        assert set(item.anchors) == {"en", "es", "pt", "de", "fr"}
        assert all(len(texts) == 2 for texts in item.anchors.values())


def test_the_samples_form_is_the_one_its_evaluations_are_drawn_by() -> None:
    form = load_form(FOLDER / "forms" / f"{FORM}.yaml")
    drawn = [
        (i.name, i.section, i.section_weight, i.weight, i.item_class, i.critical, i.steps, i.optional)
        for i in ITEMS
    ]
    written = [
        (
            i.name,
            i.section,
            i.section_weight,
            i.weight,
            i.item_class,
            i.critical,
            len(i.steps) - 1,
            i.may_not_apply,
        )
        for i in form.items.values()
    ]
    assert written == drawn
