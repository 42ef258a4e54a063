"""Fair share of shifts that end late, over the weeks before and the horizon."""

from staffing.fair_wish import shared_fairly

WISH = shared_fairly("late shifts", weight="late")
