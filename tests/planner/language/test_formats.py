"""Numbers, days and lists in the reader's language. Expectations: CLDR 48 as published, and the design."""

from datetime import date

import pytest

from planner.language import speaking
from planner.language.days import calendar_names, day, long_day, numeric_pattern, short_day, span, week
from planner.language.numbers import exact_percent, number, percent, separators, signed
from planner.language.words import counted, listed, named_language, own_name

NOVEMBER = date(2026, 11, 24)
NB, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "−12,480.5"),
        ("de", "−12.480,5"),
        ("es", "−12.480,5"),
        ("fr", f"−12{NARROW}480,5"),
        ("pt", f"−12{NB}480,5"),  # Portugal
        ("pt-BR", "−12.480,5"),
        ("hi", "−12,480.5"),
    ],
)
def test_numbers_have_the_separators_of_the_language(tag: str, written: str) -> None:
    with speaking(tag):
        assert number(-12480.5, 1) == written


def test_hindi_groups_by_two_above_thousands() -> None:
    with speaking("hi"):
        assert number(-1234567.5, 1) == "−12,34,567.5"


def test_a_rounded_nothing_has_no_minus_and_a_difference_its_sign() -> None:
    with speaking("de"):
        assert (number(-0.04, 1), signed(-3.25, 2), signed(0.001)) == ("0,0", "−3,25", "±0")


def test_the_percent_sign_stands_where_the_language_puts_it() -> None:
    for tag, written in (("en", f"77.6{NB}%"), ("de", f"77,6{NB}%"), ("tr", "%77,6")):
        with speaking(tag):
            assert percent(0.776) == written
    with speaking("fr"):
        assert exact_percent(0.075) == f"7,5{NB}%"


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "Tue 24 Nov"),
        ("es", "mar 24 nov"),
        ("pt", "terça 24 nov"),
        ("de", "Di 24. Nov"),
        ("fr", "mar 24 nov"),
        ("ja", "11月24日(火)"),
    ],
)
def test_days_are_written_in_the_language(tag: str, written: str) -> None:
    with speaking(tag):
        assert day(NOVEMBER) == written


def test_spans_say_the_year_once() -> None:
    first, last = date(2026, 11, 16), date(2026, 11, 22)
    for tag, written in (("en", "16–22 Nov 2026"), ("pt", "16–22 nov 2026"), ("de", "16.–22. Nov 2026")):
        with speaking(tag):
            assert span(first, last) == written
            assert span(last, last) == long_day(last)


def test_short_months_are_those_of_the_language_whoever_spoke_before() -> None:
    """Babel resolves short months that stand alone into data that all languages share."""
    with speaking("ja"):
        calendar_names()
    with speaking("pl"):
        assert calendar_names()["shortMonths"][8] == "wrz"
        assert short_day(date(2026, 9, 4)) == "4 wrz"


def test_charts_get_names_from_sunday_and_january() -> None:
    with speaking("de"):
        names = calendar_names()
        assert (names["days"][0], names["shortDays"][1], names["months"][2]) == ("Sonntag", "Mo", "März")
        assert separators() == ",."
        assert numeric_pattern() == "DD.MM.YYYY"
    with speaking("en"):
        assert week(NOVEMBER) == "W48"


def test_lists_end_as_the_language_asks() -> None:
    for tag, written in (("en", "A, B and I"), ("es", "A, B e I"), ("de", "A, B und I")):
        with speaking(tag):
            assert listed(["A", "B", "I"]) == written
    assert (listed([]), listed(["A"])) == ("", "A")


def test_languages_have_two_names() -> None:
    with speaking("de"):
        assert named_language("es-MX") == "Spanisch (Mexiko)"
        assert named_language("xx") is None
    assert [own_name(tag) for tag in ("en", "es", "pt", "de", "fr", "pt-BR")] == [
        "English", "Español", "Português", "Deutsch", "Français", "Português (Brasil)",
    ]  # fmt: skip


def test_counts_are_written_with_separators() -> None:
    assert counted(1200, "{n} queue", "{n} queues") == "1,200 queues"
