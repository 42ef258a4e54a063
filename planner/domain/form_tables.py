"""Tables of quality forms and of those who score by them."""

# fmt: off

from __future__ import annotations

from planner.domain.column import Column
from planner.domain.keys import SITE
from planner.domain.table import Table

CLASSES = ("customer", "business", "compliance", "none")

FORMS = Table(
    "FORMS", "quality forms as they were imported: one row per form and version", ("form",),
    (Column("form", "text", "form and version, such as RETAIL-1; a used form never changes"),
     Column("name", "text", "its name", blank=True),
     Column("items", "count", "items on it", "items"),
     Column("fingerprint", "text", "tells two contents apart"),
     Column("text", "text", "the form in YAML, as it was written")),
)

RATERS = Table(
    "RATERS", "who scores: one row per rater", ("rater_id",),
    (Column("rater_id", "text", "id, unique"), Column("name", "text", "name", needed=False), SITE,
     Column("languages", "text", "languages scored, joined by ;", needed=False)),
)

FORM_ITEMS = Table(
    "FORM_ITEMS", "items of the quality forms: one row per form and item", ("form", "item"),
    (Column("form", "text", "form and version"), Column("place", "count", "place on the form"),
     Column("section", "text", "section"), Column("section_weight", "number", "weight of the section"),
     Column("item", "text", "item"), Column("item_weight", "number", "weight in its section"),
     Column("item_class", "text", "class of the item", values=CLASSES),
     Column("critical", "flag", "failing this item fails the evaluation"),
     Column("steps", "text", "points it can earn, joined by ;"),
     Column("may_not_apply", "flag", "points may be left blank")),
)

FORM_ANCHORS = Table(
    "FORM_ANCHORS", "what the steps of an item mean: one row per form, item, language and step", ("form", "item", "language", "points"),
    (Column("form", "text", "form and version"), Column("item", "text", "item"),
     Column("language", "text", "language of the text"), Column("item_name", "text", "the item's name in that language", blank=True),
     Column("points", "number", "step of the scale", "points"), Column("anchor", "text", "what earns these points")),
)

AGENT_ITEMS = Table(
    "AGENT_ITEMS", "agents' points by item beside their group: one row per agent and item", ("agent_id", "item"),
    (Column("agent_id", "text", "who"), Column("item", "text", "item of the form"),
     Column("n", "count", "random evaluations in which it applied", "evaluations"),
     Column("posterior", "number", "share of the item's points expected of the agent: shrunken towards the group", "share", blank=True),
     Column("low", "number", "lower end of the 95 % interval", blank=True), Column("high", "number", "upper end", blank=True),
     Column("group", "number", "the same of agents of the site and language", "share", blank=True),
     Column("lost", "number", "points of an evaluation lost there against the group, of 100", blank=True)),
)

FORM_TABLES = (AGENT_ITEMS, FORMS, RATERS, FORM_ITEMS, FORM_ANCHORS)
