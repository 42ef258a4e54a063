"""Fair share of Saturdays and Sundays, over the weeks before and the horizon."""

from staffing.fair_wish import shared_fairly

WISH = shared_fairly("weekend days", weight="weekends")
