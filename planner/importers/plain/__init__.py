"""Any file of times and contacts becomes a history: columns, times and numbers told by what they hold."""

from planner.importers.plain.columns import Asked
from planner.importers.plain.events import read_events
from planner.importers.plain.people import PlainPeople, read_people
from planner.importers.plain.read import PlainHistory, read_plain
from planner.importers.plain.requirement import PlainRequirement, read_requirement

__all__ = [
    "Asked",
    "PlainHistory",
    "PlainPeople",
    "PlainRequirement",
    "read_events",
    "read_people",
    "read_plain",
    "read_requirement",
]
