"""What will the coming weeks do? Contacts, people and chances as a block of the page."""

from __future__ import annotations

from collections.abc import Sequence

from planner.language import _
from planner.language.channels import channel_words
from planner.language.days import short_day, week
from planner.language.numbers import chance as written_chance
from planner.language.numbers import number
from planner.reports.paper import Cell, block, table
from planner.reports.svg import column
from planner.scorecards.contract_ahead import Ahead, Week
from planner.scorecards.contract_outlook import EVEN, Chance

MOST_WEEKS = 10
FEW = 20_000  # contacts; below, thousands have a digit


def ahead_block(coming: Ahead) -> str:
    """Contacts of the coming weeks, the chance of each promise, and the peak."""
    weeks = _shown_weeks(coming)
    if not weeks:
        return ""
    heads = [Cell(), *(Cell(f"{week(one.monday)}\n{short_day(one.monday)}", start=True) for one in weeks)]
    top = max(one.contacts[1] for one in weeks)
    digits = 0 if top >= FEW else 1
    drawings = (
        column(n, top=top, words=number(n / 1000, digits)) for n in (one.contacts[1] for one in weeks)
    )
    rows = [[Cell(_("Contacts, thousand"), start=True), *(Cell(drawing=each) for each in drawings)]]
    if any(one.people is not None for one in weeks):
        rows.append([Cell(_("People needed"), start=True), *(Cell(number(one.people)) for one in weeks)])
    for place, line in enumerate(coming.promises):
        name = f"{line.promise.short if line.promise else line.name}"
        small = channel_words(line.channel or "")
        rows.append([Cell(name, start=True, small=small), *(_chance(one.chances[place]) for one in weeks)])
    about = _("median of the forecast paths; chance that the week meets the target, where it was simulated")
    return block(
        _("What will the coming weeks do?"), about, table(heads, rows, tiles=True), foot=peak_words(coming)
    )


def _shown_weeks(ahead: Ahead) -> Sequence[Week]:
    """The first weeks, as many as fit, and the peak week if it comes later."""
    first = list(ahead.weeks[:MOST_WEEKS])
    peak = ahead.peak
    return first if peak is None or peak in first else [*first[:-1], peak]


def _chance(chance: Chance) -> Cell:
    if chance.share is not None:
        return Cell(written_chance(chance.share), strength=max(0.0, (EVEN - chance.share) / EVEN))
    if chance.queues:
        missing = 1 - chance.likely / chance.queues
        return Cell(f"{chance.likely}/{chance.queues}", strength=max(0.0, (missing - EVEN) / EVEN))
    return Cell()


def peak_words(coming: Ahead) -> str:
    """When the peak is, how many contacts and people it brings, and how many are on the roster."""
    peak = coming.peak
    if peak is None:
        return ""
    low, mid, high = peak.contacts
    text = _("**Peak:** week of {day} with {contacts} contacts ({low} to {high} in 8 of 10 cases)").format(
        day=short_day(peak.monday), contacts=number(mid), low=number(low), high=number(high)
    )
    if peak.people is not None and coming.roster is not None:
        text += "; " + _("{people} people needed, {roster} on the roster today").format(
            people=number(peak.people), roster=number(coming.roster)
        )
    return text + "."
