"""The straight line from contact history to a published plan, and each of its steps alone."""

from planner.pipeline.history import History, history_of
from planner.pipeline.line import make_plan

__all__ = ["History", "history_of", "make_plan"]
