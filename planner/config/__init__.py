"""`plan.yaml` becomes a `Plan`: everything checked once, every problem with its dotted path."""

from planner.config.handling import FromData
from planner.config.plan import Inputs, Plan, Settings, load_plan, plan_from_text, with_measured
from planner.config.schema import Backend

__all__ = [
    "Backend",
    "FromData",
    "Inputs",
    "Plan",
    "Settings",
    "load_plan",
    "plan_from_text",
    "with_measured",
]
