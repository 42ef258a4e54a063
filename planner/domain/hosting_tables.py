"""Tables of the hosting plan: which site and team answers what, today and as proposed, at what cost and service."""

# fmt: off

from __future__ import annotations

from planner.domain.keys import LANGUAGE, SITE
from planner.domain.table import Column, Table

ALL_DAY = "all day"  # in the column from_to
ALLOCATIONS = ("today", "dedicated", "proposed")
ALLOCATION = Column("allocation", "text", "today = queues as they are; dedicated = the cheapest sites, every language apart; proposed = the cheapest sites and teams", values=ALLOCATIONS)
LINE = Column("line", "text", "customers of one language on one clock: the language, with the zone's place where it has several")
CHANNELS = Column("channels", "text", "channels answered by the same people, joined by ;")
SKILLS = Column("skills", "text", "languages these people use, joined by ;")

HOSTING = Table(
    "HOSTING", "who answers what: one row per allocation, line, channels and site", ("allocation", "line", "channels", "site"),
    (ALLOCATION, LINE, LANGUAGE, CHANNELS, SITE,
     Column("share", "share", "share of the line's work on these channels that the site answers"),
     Column("work_h", "number", "hours of handling in the week, expected", "h", least=0),
     Column("from_to", "text", "part of the day on the line's own clock; all day = all of it"),
     Column("with_languages", "text", "other languages of the same teams, joined by ;", blank=True)),
)

HOSTING_TEAMS = Table(
    "HOSTING_TEAMS", "the teams: one row per allocation, team and skills", ("allocation", "team", "skills"),
    (ALLOCATION, Column("team", "text", "site, channels and lines"), SITE, CHANNELS, SKILLS,
     Column("kind", "text", "alone = one language; pool = several, people of two languages among them", values=("alone", "pool")),
     Column("model_h", "number", "paid hours a week by the queueing model", "h", least=0),
     Column("paid_h", "number", "paid hours a week once simulation has certified the team", "h", least=0),
     Column("people", "number", "paid hours / hours of a full-time week", "people", least=0),
     Column("most_on_contact", "count", "most of them on contact at the same time", "agents"),
     Column("cost", "number", "paid hours at the site's rate with night and Sunday premiums, a week", "currency", least=0)),
)

HOSTING_SERVICE = Table(
    "HOSTING_SERVICE", "what customers meet on days as busy as planned for, simulated on seeds used for nothing else: one row per allocation, line, channel and measure", ("allocation", "line", "channel", "measure"),
    (ALLOCATION, LINE, LANGUAGE, Column("channel", "text", "voice, chat, ..."),
     Column("measure", "text", "service_level, service_level_2, abandonment, met_deadline, ..."),
     Column("value", "number", "mean over the weeks simulated"), Column("low", "number", "lower end of its 95 % interval"), Column("high", "number", "upper end of its 95 % interval"),
     Column("target", "number", "what the contract asks"), Column("holds", "flag", "the whole interval meets the target"),
     Column("chance", "share", "share of weeks to come that meet it, over the forecast's sample paths"),
     Column("offered", "number", "contacts a week", "contacts", least=0),
     Column("replications", "count", "weeks simulated"), Column("seed", "count", "seed of the draws")),
)

HOSTING_PEOPLE = Table(
    "HOSTING_PEOPLE", "who is needed and where they come from: one row per allocation, site and skills", ("allocation", "site", "skills"),
    (ALLOCATION, SITE, SKILLS,
     Column("today", "number", "people of the roster who speak exactly these languages of the plan", "people", least=0),
     Column("needed", "number", "people needed who use exactly these", "people", least=0),
     Column("stay", "number", "of the needed, filled by people of today without a lesson", "people", least=0),
     Column("taught", "number", "filled by people of today who learn one of these languages", "people", least=0),
     Column("hired", "number", "filled by new people", "people", least=0),
     Column("unfilled", "number", "filled by nobody: neither there, nor taught, nor to be hired", "people", least=0),
     Column("free", "number", "people of today with these languages who are not needed", "people", least=0)),
)

HOSTING_COST = Table(
    "HOSTING_COST", "what it costs a week: one row per allocation and site", ("allocation", "site"),
    (ALLOCATION, SITE, Column("country", "text", "country of the site"),
     Column("work_h", "number", "hours of handling", "h", least=0), Column("paid_h", "number", "paid hours, certified", "h", least=0),
     Column("people", "number", "full-time people", "people", least=0), Column("wages", "number", "paid hours at the rate, premiums included", "currency", least=0),
     Column("once", "number", "hiring, lessons and leaving, all of it", "currency", least=0),
     Column("total", "number", "wages, those of people kept included + what is paid once / payback weeks, a week", "currency", least=0),
     Column("kept", "number", "people paid beyond the need, so that a language has the least people at the site", "people", least=0),
     Column("hired", "number", "people hired", "people", least=0), Column("taught", "number", "people taught a language", "people", least=0), Column("unfilled", "number", "people needed whom nobody is there to be, to teach or to hire", "people", least=0), Column("free", "number", "people of today not needed", "people", least=0),
     Column("seats_used", "number", "most people at their desks at the same time, remote people left out", "seats", least=0), Column("seats", "number", "seats", "seats", blank=True)),
)

HOSTING_SEARCH = Table(
    "HOSTING_SEARCH", "how good it is: one row per allocation", ("allocation",),
    (ALLOCATION, Column("cost", "number", "what the programme makes least: a week, by the queueing model", "currency", least=0),
     Column("bound", "number", "no allocation of its kind costs less, hours counted as the programme counts them", "currency", least=0), Column("gap", "number", "(cost - bound) / cost", "share"),
     Column("teams", "count", "teams"), Column("choices", "count", "teams to choose from"),
     Column("model_h", "number", "paid hours by the queueing model", "h", least=0), Column("paid_h", "number", "paid hours, certified", "h", least=0),
     Column("people", "number", "full-time people", "people", least=0), Column("certified_cost", "number", "wages certified + what is paid once / payback weeks", "currency", least=0),
     Column("holds", "flag", "every line meets every target"), Column("chance", "share", "share of weeks to come in which a line's channel meets all its targets, over sample paths and weighted by contacts"),
     Column("seconds", "number", "CPU time", "s", least=0), Column("stopped", "text", "why the search ended")),
)

HOSTING_TABLES = (HOSTING, HOSTING_TEAMS, HOSTING_SERVICE, HOSTING_PEOPLE, HOSTING_COST, HOSTING_SEARCH)
