"""Fair share of shifts that start early, over the weeks before and the horizon."""

from staffing.fair_wish import shared_fairly

WISH = shared_fairly("early starts", weight="early")
