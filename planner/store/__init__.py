"""What is kept: history that grows by imports, and plans that appear at once.

A reader sees the state before a write or the one after it, never half; a killed process and a power
cut leave one of the two.
"""

from planner.store.contacts import add_contacts, contact_files
from planner.store.folder import Store, StoreError
from planner.store.growth import Added
from planner.store.history import add_history, amend_history, imports_of, read_history
from planner.store.plans import PlanInfo, current, history_state, plans, publish, read_plan

__all__ = [
    "Added",
    "PlanInfo",
    "Store",
    "StoreError",
    "add_contacts",
    "add_history",
    "amend_history",
    "contact_files",
    "current",
    "history_state",
    "imports_of",
    "plans",
    "publish",
    "read_history",
    "read_plan",
]
