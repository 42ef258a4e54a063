# ruff: noqa: E501  a text reads best on one line
"""Texts that forecasting, staffing and the scorecards write into tables, as templates for translators.

The rooms speak English into published tables, for files and other systems; pages retell it in the reader's
language (`planner.language.retold`). A room's new sentence is added here; without it stays English.
"""

from __future__ import annotations

from planner.language import definition_words
from planner.language.speech import message

NAMES = (
    *definition_words.NAMES,
    # labour rules, and what each holds
    message("availability"),
    message("absences, hire and leave dates, and the agent's site"),
    message("average week"),
    message("mean hours of a week over a reference period"),
    message("breaks apart"),
    message("least and most work between two pauses"),
    message("consecutive days"),
    message("days in a row worked"),
    message("contract hours"),
    message(
        "paid hours and days of a week stay within the contract and its overtime, leave counted as worked"
    ),
    message("daily rest"),
    message("hours of rest between two shifts, across weeks too"),
    message("free Sundays"),
    message("Sundays without work in a rolling number of weeks"),
    message("free weekends"),
    message("weekends without work in a rolling number of weeks"),
    message("locked shifts"),
    message("days off, shifts and segments that must stay"),
    message("longest day"),
    message("paid hours of a day"),
    message("longest week"),
    message("paid hours of a calendar week"),
    message("meal window"),
    message("when in a shift its meal begins"),
    message("longest night"),
    message("paid hours of a night shift"),
    message("nights in a row"),
    message("night shifts on days in a row"),
    message("nights"),
    message("night shifts in a rolling number of weeks"),
    message("one shift a day"),
    message("an agent works at most one shift on a local day"),
    message("opening hours"),
    message("shifts lie within the site's opening hours"),
    message("pauses"),
    message("a pause before too many hours of work in a row; full meals"),
    message("pauses in all"),
    message("minutes of pauses in a shift by its hours of work"),
    message("seats"),
    message("people at work at one moment have a seat each"),
    message("shift patterns"),
    message("paid hours, meal and paid breaks of the contract's shift pattern"),
    message("shift starts"),
    message("clock times at which the contract's patterns start"),
    message("skills"),
    message("languages and channels of the agent, queues of the site"),
    message("weekly rest"),
    message("an uninterrupted rest in every seven days"),
    # forecast models, and what each believes
    message("the forecast of the queues it is like, times its share of them"),
    message("its own short history alone"),
    message("the volume that was planned for it, in the shape of a like market"),
    message("the forecast of its whole site, times its share of it"),
    message("the forecast of its whole language, times its share of it"),
    message("the forecast of its whole channel, times its share of it"),
    message("the last months go on: weekday, calendar and the level of the last days"),
    message("the year's season repeats and growth goes on, fading"),
    message("as the same weekday was last time"),
    message("level and weekdays drift on from where they stand"),
    message("typical days repeat with the year's season, and growth goes on, fading"),
    message("last year's weeks at this year's level"),
    message("last year's season, smoothed, at this year's level"),
    message("the year's season repeats around the present level"),
    # burdens, wishes and their units
    message("weekend days"),
    message("late shifts"),
    message("early starts"),
    message("day off"),
    message("day of work"),
    message("preferred start"),
    message("days off in pairs"),
    message("forward rotation"),
    message("premiums"),
    message("steady starts"),
    message("fair weekend days"),
    message("fair nights"),
    message("fair late shifts"),
    message("fair early starts"),
    message("days"),
    message("money"),
    message("squared shifts"),
    # changes of a schedule
    message("shift added"),
    message("shift dropped"),
    message("swapped"),
    message("start moved"),
    message("end moved"),
    message("break added"),
    message("break dropped"),
    message("break moved"),
    message("queue changed"),
    # segments, absences, stops, fits
    message("contact"),
    message("break"),
    message("meal"),
    message("training"),
    message("leave"),
    message("all pairs tried"),
    message("gap small"),
    message("time limit"),
    message("exponential"),
    message("weibull"),
    message("unknown"),
    # days of the forecast and findings
    message("drawn in"),
    message("levelled"),
    message("said"),
    message("the program"),
    message("a public holiday"),
    message("expired"),
    message("withdrawn"),
    message("far from what weekday, season and events explain"),
    message("handle time far above its usual"),
    message("no rows although the queue was open"),
    message("the level rose and stayed; what came before weighs less"),
    message("not in the mix"),
    message("silent: it needs a longer history"),
    message("too young, or moved lately: its recent share of the whole line's forecast"),
    message("new: the planned volume with a like market's days, until its own weeks outweigh the plan"),
    message("has not seen a year: so far ahead a like market alone knows the season"),
)

TEMPLATES = (
    *definition_words.TEMPLATES,
    # targets
    message("{share} % in {seconds} s"),
    message("{share} % in {hours} business hours"),
    message("abandonment ≤ {share} %"),
    message("occupancy ≤ {share} %"),
    message("ASA ≤ {seconds} s"),
    # why a model carries a queue
    message(
        "last {n} origins: {own} % off alone, {best} % the best of the others ({model}), {all} % all together"
    ),
    message("last {n} origins: {own} % off alone, {all} % all together"),
    message("fewer than {n} past forecasts reach these days: all models weigh alike"),
    message("fewer than {n} past forecasts reach these days: weighed as in {bucket}"),
    # findings
    message(
        "{day}: {share} % below what its weekday and the weeks around it suggest; taken as closed or not counted, "
        "and left out"
    ),
    message("{day}: {event} is marked as a one-off and left out"),
    message("{days}: left out by {author}: {reason}"),
    message("{event}: an event marked as a one-off"),
    message(
        "from {day} {share} % higher than in the weeks before; what came before counts at the level since"
    ),
    message(
        "from {day} {share} % lower than in the weeks before; what came before counts at the level since"
    ),
    message(
        "from {day} {share} % higher than in the weeks before; handle times before count at the level since"
    ),
    message(
        "from {day} {share} % lower than in the weeks before; handle times before count at the level since"
    ),
    message("no contacts on {n} public holidays; holidays like them are taken as closed"),
    message("no contacts on {n} public holiday; holidays like them are taken as closed"),
    message("hardly any contacts on {weekdays} in the last weeks; taken as closed"),
    message("{n} days of history: no full year, so its own season cannot be known"),
    message("only {n} days of history: a rough forecast, its intervals are wide"),
    # kinds of day
    message("day after {holiday}"),
    message("day before {holiday}"),
    # what would make a schedule better
    message("one more {language} speaker at {clock} on {weekdays} would save nothing"),
    message(
        "one more {language} speaker at {clock} on {weekdays} would save {hours} agent-hours short per hour"
    ),
    message("one more {language} speaker on {channel} at {clock} on {weekdays} would save nothing"),
    message(
        "one more {language} speaker on {channel} at {clock} on {weekdays} would save {hours} agent-hours short "
        "per hour"
    ),
    message(
        "one more agent of contract {contract} with {languages} would save up to {hours} agent-hours short a week"
    ),
    message(
        "without “{rule}” at most the worth of {hours} agent-hours short (proven) could be saved; no roster was "
        "searched, for time was up"
    ),
    message(
        "without “{rule}” no better roster was found; at most the worth of {hours} agent-hours short (proven) "
        "could be saved"
    ),
    message("leaves everything as it is: some other rule, or the shifts themselves, ask for as much"),
    message("{n} {measure}, fair share {due} of those of {group} ({people})"),
    # why the search of a capacity plan ended
    message("within the gap"),
    message("time was up"),
    message("time was up before any hiring was tried"),
    # broken rules
    message("works while absent from {first} to {last}"),
    message("{mean} h a week on average over {n} weeks to {day}; {most} h are allowed"),
    message("{found} min of work beside a pause; {least} to {most} min are asked for"),
    message("day {n} in a row; {most} are allowed"),
    message(
        "{paid} h on {days} days in the week from {week}; contract {name} less leave allows {left} h on {most} days"
    ),
    message("{found} h of rest before the shift; {asked} h are due"),
    message("{found} Sundays worked in {weeks} weeks; {free} must be free"),
    message("{found} weekends worked in {weeks} weeks; {free} must be free"),
    message("works on a day that is locked as a day off"),
    message("{paid} h paid in a day; {most} h are allowed"),
    message("{paid} h paid in the week from {week}; {most} h are allowed"),
    message("a meal {hours} h into the shift; it begins {least} to {most} h into it"),
    message("{paid} h paid in a night shift; {most} h are allowed"),
    message("night {n} in a row; {most} are allowed"),
    message("{found} night shifts in {weeks} weeks; {most} are allowed"),
    message("{found} h of work without a pause; one is due after {most} h"),
    message("a meal of {found} min; {least} min are due"),
    message("{found} min of pauses in {paid} h of work; {due} min are due"),
    message("is the {n}th at work, when the site has seats for {most} (those at home counted)"),
    message("starts at {clock}, when no pattern of the contract does"),
    message("serves {language} {channel}, which is not among the agent's skills and the site's queues"),
    message("day {n} since the last weekly rest; one is due within {most}"),
    message("not scheduled: {reason}"),
)
