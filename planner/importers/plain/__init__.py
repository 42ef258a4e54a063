"""Any file of times and contacts becomes a history: columns, times and numbers told by what they hold."""

from planner.importers.plain.columns import Asked
from planner.importers.plain.events import read_events
from planner.importers.plain.read import PlainHistory, read_plain

__all__ = ["Asked", "PlainHistory", "read_events", "read_plain"]
