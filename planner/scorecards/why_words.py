"""Why service was not as planned, in words: each cause with its numbers, and the answer above them."""

from __future__ import annotations

from planner.language import _
from planner.language.numbers import number, percent, points, signed, with_percent
from planner.language.words import sentence
from planner.scorecards.contract_why import Part, Why

SMALL = 0.0005  # share; a gap or part that one digit of a percentage point does not show
SECOND = 0.002, 0.2  # share; a second cause is told from so much on, and from so much of the gap
LOWER_IS_BETTER = ("abandonment",)


def better(measure: str) -> float:
    """1 where more of the measure is better, -1 where less is."""
    return -1.0 if measure in LOWER_IS_BETTER else 1.0


def why_question(split: Why) -> str:
    """Why 77.6 % and not the planned 82.1 %?"""
    return _("Why {actual} and not the planned {planned}?").format(
        actual=percent(split.actual), planned=percent(split.planned)
    )


def shown_parts(split: Why) -> list[Part]:
    """The parts to show: all whose cause is known, and the rest where it is anything."""
    return [part for part in split.parts if part.planned is not None or abs(part.by) >= SMALL / 10]


def part_words(part: Part) -> str:
    """A cause with what it was and what was planned: AHT: 318 s against 305 s."""
    planned, actual = part.planned, part.actual
    if planned is None or actual is None:
        return cause_name(part.factor)
    match part.factor:
        case "volume":
            return _("Volume: {change} against forecast").format(change=_change(actual, planned))
        case "aht":
            return _("AHT: {actual} s against {planned} s").format(
                actual=number(actual), planned=number(planned)
            )
        case "schedule":
            return _("Schedule: {change} hours rostered").format(change=_change(actual, planned))
        case "shrinkage":
            words = _("Absence: {actual} against {planned}")
        case _:
            words = _("Adherence: {actual} against {planned}")
    return words.format(actual=percent(actual), planned=percent(planned))


def cause_name(factor: str) -> str:
    """The name of a cause."""
    return {
        "volume": _("Volume"),
        "aht": _("AHT"),
        "schedule": _("Schedule"),
        "shrinkage": _("Absence"),
        "adherence": _("Adherence"),
    }.get(factor, _("Not in the model"))


def answer(split: Why) -> str:
    """How far from plan, the largest cause with its numbers, and what else counted; ** and !! mark weight.

    The cause named is the largest of those that pull the way service went.
    """
    gap = split.actual - split.planned
    if abs(gap) < SMALL:
        return _("**As planned:** {actual}.").format(actual=percent(split.actual))
    first, second = sorted(split.parts, key=lambda part: part.by if gap < 0 else -part.by)[:2]
    counts = second.by * gap > 0 and abs(second.by) >= max(SECOND[0], SECOND[1] * abs(gap))
    return sentence(
        _gap_words(split),
        _("The largest part is **{cause}**: {points} points.").format(
            cause=cause_name(first.factor), points=points(first.by)
        ),
        fact(first, split.measure),
        _("Next comes {cause}: {points} points.").format(cause=part_words(second), points=points(second.by))
        if counts
        else "",
        unknown_words(split),
    )


def _gap_words(split: Why) -> str:
    gap = split.actual - split.planned
    words = (
        _("{points} points below plan: {actual} against {planned}.")
        if gap < 0
        else _("{points} points above plan: {actual} against {planned}.")
    )
    mark = "!!" if gap * better(split.measure) < 0 else "**"
    written = f"{mark}{number(abs(gap) * 100, 1)}{mark}"
    return words.format(points=written, actual=percent(split.actual), planned=percent(split.planned))


def fact(part: Part, measure: str) -> str:
    """What a cause was and what was planned, as a sentence; empty where it has no numbers."""
    planned, actual = part.planned, part.actual
    if part.factor == "rest":
        return _(
            "It is what the model does not give at the actual values: chance inside the day, or routing."
        )
    if planned is None or actual is None:
        return ""
    write = percent if part.factor in ("shrinkage", "adherence") else number
    return _fact(part, part.by * better(measure) < 0 and actual <= planned).format(
        actual=write(actual), planned=write(planned), change=_change(actual, planned)
    )


def _fact(part: Part, odd: bool) -> str:
    """`odd`: the cause hurt although there was less of it."""
    match part.factor:
        case "volume" if odd:
            return _(
                "{actual} contacts came where {planned} were planned ({change}), but not in the half-hours, "
                "days and queues that were staffed for them."
            )
        case "volume":
            return _("{actual} contacts came where {planned} were planned ({change}).")
        case "aht":
            return _("A contact took {actual} s where {planned} s were planned ({change}).")
        case "schedule":
            return _("{actual} hours were on the roster where {planned} were planned ({change}).")
        case "shrinkage":
            return _("Absence took {actual} of the roster where {planned} were planned.")
    return _("Of their time at work people were {actual} in the scheduled state; {planned} were planned.")


def unknown_words(split: Why) -> str:
    """What of the staff is not known, and where it then lies."""
    unknown = [
        part for part in split.parts if part.factor in ("shrinkage", "adherence") and part.planned is None
    ]
    if len(unknown) < 2:
        return ""
    return _("Absence and adherence of these days are not known; they lie in Schedule.")


def _change(actual: float, planned: float) -> str:
    """How much more, as +6.1 %."""
    return with_percent(signed((actual / planned - 1) * 100)) if planned else number(actual)
