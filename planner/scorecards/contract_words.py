"""The contract in words: the answer sentence, and how its figures are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from planner.domain.language_names import LANGUAGE_NAMES
from planner.language import _, message, ngettext
from planner.language.channels import channel, channel_words
from planner.language.days import month, week, week_number
from planner.language.numbers import (
    NO_BREAK,
    chance,
    exact,
    exact_percent,
    number,
    percent,
    points,
    signed,
)
from planner.language.words import named_language, sentence
from planner.scorecards.contract import SERVICE, Line
from planner.scorecards.contract_outlook import EVEN
from planner.scorecards.contract_periods import Span
from planner.scorecards.contract_promises import Promise, Unit

COUNTS = (
    message("None"), message("One"), message("Two"), message("Three"), message("Four"), message("Five"),
    message("Six"), message("Seven"), message("Eight"), message("Nine"), message("Ten"),
)  # fmt: skip
JUST = 0.0005  # share; so close to the target that one digit would hide the side


def limit_words(promise: Promise) -> str:
    """The limit with its sign: ≥ 80 %."""
    sign = "≥" if promise.at_least else "≤"
    match promise.unit:
        case "s":
            written = f"{exact(promise.limit)}{NO_BREAK}s"
        case "points":
            written = signed(promise.limit * 100, 0)
        case _:
            written = exact_percent(promise.limit)
    return f"{sign}{NO_BREAK}{written}"


def value_words(value: float, unit: Unit, digits: int = 1) -> str:
    """A value in its unit: 77.6 %, 318 s, +12."""
    match unit:
        case "s":
            return f"{number(value)}{NO_BREAK}s" if pd.notna(value) else number(None)
        case "points":
            return signed(value * 100, 0) if pd.notna(value) else number(None)
        case _:
            return percent(value, digits)


def margin_words(line: Line) -> str:
    """The distance from the target with its sign: −2.4 points, or seconds."""
    unit = line.promise.unit if line.promise else "share"
    return signed(line.margin, 0) if unit == "s" else points(line.margin, digits_of(line))


def digits_of(line: Line) -> int:
    """One digit, or two where one would hide on which side of the target the value lies."""
    return 2 if abs(line.margin) < JUST else 1


def state_of(line: Line) -> str:
    """Met or missed, and whether the interval leaves it open; nothing without a target."""
    if line.promise is None:
        return ""
    if not line.known:
        return _("not measured")
    if line.met:
        return _("met") if line.sure else _("met, not surely")
    return _("missed") if line.sure else _("missed, not surely")


def about_words(line: Line, span: Span) -> str:
    """Behind the name: channel, definition, and which period it is of where that is an earlier one."""
    words = [channel_words(line.channel)] if line.channel else []
    words.append(line.about)
    if line.latest is not None and line.latest != span:
        words.append(_("{period}, the last that is over").format(period=short_span(line.latest)))
    return ", ".join(words)


def chance_words(line: Line) -> str:
    """The chance of the promise in the first planned week, or how many queues will probably meet it."""
    if line.chance.share is not None:
        return chance(line.chance.share)
    if line.chance.queues:
        return _("{met} of {n}").format(met=line.chance.likely, n=line.chance.queues)
    return ""


def meanings(lines: Sequence[Line]) -> dict[str, str]:
    """What the measures mean, in the scorecard's own words, by name."""
    return {line.name: line.definition for line in lines if line.definition and line.definition != line.about}


def span_name(span: Span) -> str:
    """A period as a sentence names it: week 47, Oct 2026."""
    if span.length == "month":
        return month(span.first)
    return _("week {n}").format(n=week_number(span.first))


def short_span(span: Span) -> str:
    """A period as a column head: W47, Oct 2026."""
    return month(span.first) if span.length == "month" else week(span.first)


def answer(lines: Sequence[Line], found: pd.DataFrame, *, span: Span, next_week: date | None) -> str:
    """How many targets were met, the worst miss and where, and the chance of it next week.

    `found` has a row a queue with the contract's first promise: language, margin. Marked for bold
    (**) and for a miss (!!).
    """
    measured = [line for line in lines if line.known]
    if not measured:
        return _("Nothing with a target was measured in {period}.").format(period=span_name(span))
    missed = [line for line in measured if not line.met]
    worst = _miss(min(missed, key=_weight)) if missed else ""
    return sentence(_met(len(measured) - len(missed), len(measured)), worst,
                    _where(measured[0], found), _next(measured[0], next_week))  # fmt: skip


def _met(met: int, measured: int) -> str:
    words = ngettext("{met} of {n} target met.", "{met} of {n} targets met.", measured)
    return "**" + words.format(met=_counted(met), n=_counted(measured).lower()) + "**"


def _counted(count: int) -> str:
    return _(COUNTS[count]) if count < len(COUNTS) else number(count)


def _weight(line: Line) -> float:
    """How far a miss is from its target: seconds against the target itself, shares as they are."""
    seconds = line.promise is not None and line.promise.unit == "s"
    return line.margin / line.promise.limit if seconds and line.promise else line.margin


def _miss(line: Line) -> str:
    """Voice misses 80 % in 20 s by 2.4 points."""
    promise = line.promise
    if promise is None:
        return ""
    if promise.unit == "s":
        text = _("{subject} misses {target} by !!{n} s!!.")
        return text.format(subject=_subject(line), target=promise.short, n=number(-line.margin))
    text = _("{subject} misses {target} by !!{n} points!!.")
    by = number(-line.margin * 100, digits_of(line))
    target = promise.short if line.measure in SERVICE else limit_words(promise)
    return text.format(subject=_subject(line), target=target, n=by)


def _subject(line: Line) -> str:
    return channel(line.channel) if line.channel and line.measure in SERVICE else line.name


def _where(line: Line, found: pd.DataFrame) -> str:
    """How many queues miss the contract's first promise, and the worst of them."""
    if line.promise is None or len(found) < 2:
        return ""
    below = found[found["margin"] < 0]
    words = _("{target} ({channel})").format(
        target=line.promise.short, channel=channel_words(line.channel or "")
    )
    if below.empty:
        return _("Every queue met {target}.").format(target=words)
    worst = below.loc[below["margin"].idxmin()]
    text = ngettext(
        "{target} is missed in {missed} of {n} queue, worst {language} by {points}.",
        "{target} is missed in {missed} of {n} queues, worst {language} by {points}.",
        len(found),
    )
    return text.format(
        target=words, missed=len(below), n=number(len(found)),
        language=language_words(worst["language"]), points=number(-worst["margin"] * 100, 1),
    )  # fmt: skip


def language_words(tag: str) -> str:
    """A language in a sentence, in the spoken language."""
    return named_language(tag) or LANGUAGE_NAMES.get(tag, (tag, tag))[1]


def _next(line: Line, next_week: date | None) -> str:
    if next_week is None or line.promise is None:
        return ""
    n, likely = week_number(next_week), line.chance
    if likely.share is not None:
        share = chance(likely.share)
        text = _("Week {n} meets it with a chance of {share}.")
        return text.format(n=n, share=f"!!{share}!!" if likely.share < EVEN else share)
    if likely.queues and likely.likely == likely.queues:
        return _("In week {n}, every queue will probably meet it.").format(n=n)
    if likely.queues:
        text = ngettext(
            "In week {n}, {likely} of {queues} queue will probably meet it.",
            "In week {n}, {likely} of {queues} queues will probably meet it.",
            likely.queues,
        )
        return text.format(n=n, likely=likely.likely, queues=number(likely.queues))
    return ""
