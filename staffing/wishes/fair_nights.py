"""Fair share of night work, over the weeks before and the horizon."""

from staffing.shared import shared_fairly

WISH = shared_fairly("nights", weight="nights")
