"""Tables of the capacity plan: what is needed week by week, who is there, whom to hire and teach, what it costs."""

# fmt: off

from __future__ import annotations

from planner.domain.capacity_levers import KINDS
from planner.domain.keys import LANGUAGE, QUEUE, QUEUE_COLUMNS, SITE
from planner.domain.shared_rules import no_more_than
from planner.domain.table import Column, Table

WEEK = Column("week", "day", "Monday of the week")
SKILLS = Column("skills", "text", "languages these people serve, joined by ;")
LEVELS = ("p50", "p75", "p90")

CAPACITY_NEED = Table(
    "CAPACITY_NEED", "paid hours needed: one row per queue and week, at three levels of the day", (*QUEUE, "week"),
    (*QUEUE_COLUMNS, WEEK,
     Column("offered", "number", "contacts expected", "contacts", least=0),
     *(Column(f"need_{level}_h", "number", f"paid hours of experienced people on days as busy as the {level[1:]} % day, shrinkage and what shifts lose included", "h", least=0) for level in LEVELS),
     *(Column(f"need_{level}_fte", "number", f"the same at the {level[1:]} % level in full-time equivalents: hours over the weekly hours of capacity.full_time_h, else of the longest contract", "FTE", least=0, needed=False) for level in LEVELS),
     Column("at_once", "number", "people scheduled for it in the interval of the week in which its site needs most at once, at the level planned", "people", least=0, needed=False)),
)

CAPACITY = Table(
    "CAPACITY", "need against supply: one row per site, language and week", ("site", "language", "week"),
    (SITE, LANGUAGE, WEEK,
     *(Column(f"need_{level}_h", "number", f"paid hours of experienced people needed at the {level[1:]} % level", "h", least=0) for level in LEVELS),
     Column("supply_h", "number", "hours of experienced work there for this language: a beginner's hour counts what it is worth, people of several languages count where they are used, overtime included", "h", least=0),
     Column("spare_h", "number", "further hours of people who could serve it and are not needed elsewhere; shared by languages", "h", least=0),
     Column("short_h", "number", "need of the level planned for that nobody works", "h", least=0),
     Column("chance", "share", "chance that supply meets the week's need, over forecast paths and attrition", blank=True),
     *(Column(f"short_{level}_h", "number", f"need of the {level[1:]} % level that nobody works, with the plan's people and overtime", "h", least=0, needed=False) for level in LEVELS),
     Column("decide_by", "day", "last day on which a class can be decided that is on contact in this week: the quickest kind's lead time and training before; blank where nobody is hired", needed=False)),
)

HEADCOUNT = Table(
    "HEADCOUNT", "who is employed: one row per site, skills and week; expected people, so fractions; employed = before + hired + taught_in - taught_away - left", ("site", "skills", "week"),
    (SITE, SKILLS, WEEK,
     Column("before", "number", "employed the week before", "people", least=0),
     Column("hired", "number", "first day of class, or first day, in this week", "people", least=0),
     Column("taught_in", "number", "joined from other skills by cross-training", "people", least=0),
     Column("taught_away", "number", "left for other skills by cross-training", "people", least=0),
     Column("left", "number", "no longer employed", "people", least=0),
     Column("employed", "number", "employed", "people", least=0),
     Column("in_training", "number", "of them in class or course", "people", least=0),
     Column("on_ramp", "number", "of them on contact, not yet as fast as the experienced", "people", least=0),
     Column("experienced", "number", "of them experienced", "people", least=0),
     Column("paid_h", "number", "contract hours", "h", least=0), Column("work_h", "number", "hours of experienced work they are worth", "h", least=0),
     Column("overtime_h", "number", "overtime", "h", least=0),
     Column("training_h", "number", "of the contract hours, those in class or course", "h", least=0, needed=False)),
)

CLASSES = Table(
    "CLASSES", "whom to hire: one row per site, skills, kind of hiring and first day", ("site", "skills", "kind", "first_day"),
    (SITE, SKILLS, Column("kind", "text", "kind of hiring named in plan.yaml"),
     Column("decide_by", "day", "last day to decide: the lead time before"), Column("first_day", "day", "first day of class"),
     Column("on_contact", "day", "first day on contact"), Column("people", "count", "people in these classes", "people"),
     Column("classes", "count", "classes", "classes"), Column("decided", "flag", "already decided in plan.yaml"),
     Column("cost", "number", "hiring and classes, without wages", "currency", least=0)),
    (no_more_than("decide_by", "first_day"), no_more_than("first_day", "on_contact")),
)

CROSS_TRAINED = Table(
    "CROSS_TRAINED", "whom to teach a language: one row per site, skills, language and week", ("site", "skills", "adds", "week"),
    (SITE, SKILLS, Column("adds", "text", "language they are taught"), WEEK,
     Column("people", "count", "people who begin", "people"), Column("cost", "number", "courses, without wages", "currency", least=0)),
)

CAPACITY_COST = Table(
    "CAPACITY_COST", "what the plan costs and how good it is: one row per site", ("site",),
    (SITE, Column("wages", "number", "contract hours x the site's rate", "currency"), Column("overtime", "number", "overtime with its premium", "currency"),
     Column("hiring", "number", "hiring and classes", "currency"), Column("courses", "number", "cross-training", "currency"),
     Column("shortage", "number", "price of hours short: what the plan weighs, nobody pays it", "currency"),
     Column("total", "number", "all of these: what the plan makes least", "currency"), Column("bound", "number", "no plan can cost less", "currency"),
     Column("gap", "number", "(total - bound) / total", "share"), Column("short_h", "number", "hours short", "h"), Column("need_h", "number", "hours needed", "h"),
     Column("seconds", "number", "CPU time of the search", "s"), Column("stopped", "text", "why it ended"),
     Column("training_wages", "number", "of the wages, those of hours in class or course", "currency", least=0, needed=False),
     Column("contacts", "number", "contacts expected over all weeks", "contacts", least=0, needed=False)),
)

CAPACITY_SEATS = Table(
    "CAPACITY_SEATS", "seats taken in the busiest interval of each week, at sites that say how many they have: one row per site and week", ("site", "week"),
    (SITE, WEEK,
     Column("seats", "number", "seats of the site", "seats", least=0),
     Column("on_contact", "number", "of them taken by people on contact; those who work from home need none", "seats", least=0),
     Column("in_training", "number", "of them taken by people in class or course", "seats", least=0),
     Column("taken", "number", "on_contact + in_training", "seats", least=0),
     Column("worth", "number", "what one seat more in this week would save, where seats bind: the dual price in the plan whose people can be divided", "currency", least=0)),
)

CAPACITY_LEVERS = Table(
    "CAPACITY_LEVERS", "what one thing more does to the plan: one row per lever, response and site; held = decisions stand, anew = planned again", ("lever", "response", "site"),
    (Column("lever", "text", "its name in plan.yaml, else what it is"), Column("named", "flag", "whether plan.yaml names it"), Column("kind", "text", "kind of lever", values=tuple(KINDS)),
     Column("amount", "number", "its size: weeks, points a month, share or number"), Column("weeks", "count", "weeks it concerns, where it is not about all", "weeks", blank=True),
     Column("response", "text", "held: classes and courses stand, overtime and who serves what is arranged anew; anew: planned again at least cost", values=("held", "anew")), SITE,
     Column("short_h", "number", "hours short at the level planned for", "h", least=0), Column("short_change_h", "number", "against the plan", "h"),
     Column("paid", "number", "wages, overtime, hiring and courses", "currency", least=0), Column("paid_change", "number", "against the plan", "currency"),
     Column("hired", "number", "people hired", "people", least=0), Column("hired_change", "number", "against the plan", "people"),
     Column("heads", "number", "employed in the week watched", "people", least=0), Column("heads_change", "number", "against the plan", "people"),
     Column("watch_week", "day", "Monday of the week most short in the plan, over all sites; where nothing is short, the one that needs most"),
     Column("watch_need_h", "number", "hours needed then, at the level planned for", "h", least=0),
     Column("chance", "share", "chance that a language's need is met in that week: mean over languages, weighted with the hours they need", blank=True),
     Column("chance_change", "number", "against the plan", blank=True),
     Column("bites_week", "day", "Monday of the week in which the site's hours short change most", blank=True),
     Column("bites_h", "number", "change of hours short in that week", "h"),
     Column("gap", "number", "how far the answer may be from the best", "share")),
)

CAPACITY_TABLES = (CAPACITY_NEED, CAPACITY, HEADCOUNT, CLASSES, CROSS_TRAINED, CAPACITY_COST, CAPACITY_SEATS, CAPACITY_LEVERS)
