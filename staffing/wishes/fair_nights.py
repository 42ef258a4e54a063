"""Fair share of night work, over the weeks before and the horizon."""

from staffing.fair_wish import shared_fairly

WISH = shared_fairly("nights", weight="nights")
