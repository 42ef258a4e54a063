"""The section `quality:` of the sample's plan.yaml."""

from __future__ import annotations

from typing import Any

from planner.sample.parameters import Parameters


def quality(parameters: Parameters) -> dict[str, Any]:
    """What the sample centre asks of its quality, and how its contact log is read."""
    reasons = parameters.spec["reasons"]
    return {"fcr": {"net_reasons": [name for name, reason in reasons.items() if reason["first_line"]]}}
