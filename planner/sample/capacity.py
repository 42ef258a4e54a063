"""The section `capacity:` of the sample's plan.yaml."""

from __future__ import annotations

from typing import Any

from planner.sample.parameters import Parameters
from planner.sample.people import contract_name

WEEKS = 30  # over the coming peak and out again
EARLY_WEEKS = 13  # first 90 days
HIRE_COST, CLASS_COST, TEMPORARY_COST = 1_400, 3_500, 700  # invented, EUR
TERM_WEEKS = 14


def capacity(parameters: Parameters) -> dict[str, Any]:
    """How the sample centre hires and loses people: classes of three weeks, temporaries for the peak."""
    people, handling = parameters.spec["people"], parameters.spec["handling"]
    attrition = people["attrition_per_month"]
    permanent = {
        "contract": contract_name(40),
        "class_least": 4,
        "class_most": 16,
        "lead_weeks": 5,
        "training_weeks": 3,
        "cost": HIRE_COST,
        "class_cost": CLASS_COST,
    }
    temporary = permanent | {"lead_weeks": 2, "cost": TEMPORARY_COST, "term_weeks": TERM_WEEKS}
    return {
        "weeks": WEEKS,
        "level": "p75",
        "ramp": [
            {"week": week, "aht_multiple": multiple, "availability": availability}
            for week, multiple, availability in handling["ramp_weeks"]
        ],
        "every_site": {
            "attrition": {
                "per_month": attrition["base"],
                "early_per_month": attrition["first_90_days"],
                "early_weeks": EARLY_WEEKS,
            },
            "kinds": {"permanent": permanent, "temporary": temporary},
            "classrooms": 4,
            "roster_efficiency": 0.84,
        },
        "overtime": {"most_share": 0.08, "premium": 0.5},
    }
