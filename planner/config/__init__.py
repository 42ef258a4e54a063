"""`plan.yaml` becomes a `Plan`: everything checked once, every problem with its dotted path."""

from planner.config.plan import Inputs, Plan, Settings, load_plan, plan_from_text

__all__ = ["Inputs", "Plan", "Settings", "load_plan", "plan_from_text"]
