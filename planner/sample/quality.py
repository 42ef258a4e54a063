"""The section `quality:` of the sample's plan.yaml."""

from __future__ import annotations

from typing import Any

from planner.sample.parameters import Parameters

TARGETS = {
    "quality_score": 0.90,
    "critical_customer": 0.98,
    "critical_compliance": 0.98,
    "fcr_no_escalation": 0.85,
    "fcr_repeat_7d": 0.90,
    "csat": 0.80,
}
COACH_BELOW = 0.85
MATTERS = {  # differences between sites or languages that somebody would act on
    "quality_score": 0.02,
    "critical_customer": 0.01,
    "critical_business": 0.01,
    "critical_compliance": 0.01,
    "fcr_repeat_7d": 0.01,
    "fcr_no_escalation": 0.005,
    "service_level": 0.02,
}


def quality(parameters: Parameters) -> dict[str, Any]:
    """What the sample centre asks of its quality, and how its contact log is read."""
    reasons = parameters.spec["reasons"]
    return {
        "targets": TARGETS,
        "coaching": {"target": COACH_BELOW},
        "sampling": {"half_width": 0.05, "minutes": 30},
        "fcr": {"net_reasons": [name for name, reason in reasons.items() if reason["first_line"]]},
        "matters": MATTERS,
    }
