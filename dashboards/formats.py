"""Numbers, times and shares as the reader sees them. Missing is a dash, never 0."""

from __future__ import annotations

from planner.language.channels import channel as channel
from planner.language.channels import channel_words as channel_words
from planner.language.days import column_day as column_day
from planner.language.days import day as day
from planner.language.days import day_and_year as day_and_year
from planner.language.days import long_day as long_day
from planner.language.days import month as month
from planner.language.days import numeric_pattern as numeric_pattern
from planner.language.days import short_day as short_day
from planner.language.days import short_weekday as short_weekday
from planner.language.days import span as span
from planner.language.days import week as week
from planner.language.days import week_number as week_number
from planner.language.days import weekday as weekday
from planner.language.numbers import MINUS as MINUS
from planner.language.numbers import MISSING as MISSING
from planner.language.numbers import NO_BREAK as NO_BREAK
from planner.language.numbers import chance as chance
from planner.language.numbers import exact as exact
from planner.language.numbers import exact_percent as exact_percent
from planner.language.numbers import money as money
from planner.language.numbers import number as number
from planner.language.numbers import percent as percent
from planner.language.numbers import points as points
from planner.language.numbers import signed as signed
from planner.language.numbers import with_percent as with_percent
from planner.language.words import capital as capital
from planner.language.words import counted as counted
from planner.language.words import listed as listed
from planner.language.words import sentence as sentence
